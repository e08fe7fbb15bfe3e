"""The memory engine: one patient at a time, in plain Python. It is the law the other engines are held to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cobalamin.engines.memory.expressions import Expressions, Values
from cobalamin.engines.memory.features import ordinal, state_of
from cobalamin.engines.memory.tables import Tables, chosen
from cobalamin.model.assessment import Assessment, TraceEntry
from cobalamin.model.fact import Case
from cobalamin.model.quantity import Quantity
from cobalamin.records.words import Words
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program, bind
from cobalamin.rules.inputs import inputs_of, measured_in, rule_id
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.tables import NONE

WORD_FIELDS = {"status": "unknown", "status_basis": "none", "urgency": "none", "severity": "none"}
"""Fields of the assessment that are one concluded word, and what they are when nothing was concluded."""
LIST_FIELDS = ("findings", "notes", "alternatives")
TEST_FIELDS = {"first": "tests_first", "next": "tests_next", "cause": "tests_cause"}


class MemoryEngine:
    """Assess patients on one day under one guideline, with every other guideline's status beside it."""

    def __init__(self, knowledge: Knowledge, as_of: str, guideline: str, words: Words | None = None):
        self.knowledge, self.as_of, self.guideline = knowledge, as_of, guideline
        self.words = words or Words(knowledge)
        self.day = ordinal(as_of)
        self.program: Program = bind(knowledge, as_of)
        self.expressions = Expressions(self.words)
        self.tables = Tables(self.program, self.expressions)
        program = self.program
        self.word_steps = {name: program.step_of(guideline, name) for name in (*WORD_FIELDS, "test_advised", "combined_indicator_class")}
        self.status_steps = {g: program.step_of(g, "status") for g in program.takes}
        names = (*LIST_FIELDS, *TEST_FIELDS.values())
        self.collections = {name: program.contributions(guideline, name) for name in names}
        self.evidence = [self._trace_plan(number) for number in program.takes[guideline]]
        indicator = knowledge.features.get("combined_indicator")
        self.indicator = self._function(indicator.node) if indicator else None
        self.indicator_node = indicator

    def _function(self, node: n.Node) -> Callable[[Values], Any]:
        bound = next((c for step in self.program.steps for cond in step.conditions for c in cond.walk()
                      if isinstance(c, n.Named) and isinstance(node, n.Named) and c.name == node.name), None)  # fmt: skip
        return self.expressions.function(bound) if bound else (lambda values: None)

    def _trace_plan(self, number: int) -> tuple[int, str, list[tuple[str, str, str, list[tuple[str, Callable[[Values], Any]]], list[Any]]]]:
        step = self.program.steps[number]
        rows = []
        for index, (row, condition) in enumerate(zip(step.rows, step.conditions, strict=True)):
            source = self.knowledge.sources[row.evidence.source].title
            shown = [(i.name, self.expressions.function(i.node)) for i in inputs_of(condition)]
            measured = [self.expressions.function(node) for node in measured_in(condition)]
            rows.append((rule_id(step, index, self.guideline), source, row.evidence.where, shown, measured))
        return number, step.table.hit, rows

    def values(self, case: Case) -> Values:
        """Every feature, truth and conclusion of one patient."""
        values = Values(state_of(case, self.day, self.words), self.expressions.slots, len(self.program.steps))
        self.tables.run(values)
        return values

    def assess(self, case: Case) -> Assessment:
        """The assessment of one patient."""
        values = self.values(case)
        held = {name: self._word(values, name) or default for name, default in WORD_FIELDS.items()}
        lists = {name: self._collected(values, name) for name in self.collections}
        return Assessment(
            patient_id=case.patient.patient_id, as_of=self.as_of, guideline=self.guideline,
            pathway_version=self.knowledge.version,
            guidelines={g: self._named(values, step, "status") or "unknown" for g, step in self.status_steps.items()},
            test={"advised": self._word(values, "test_advised") == "true", **{k: lists[name] for k, name in TEST_FIELDS.items()}},
            findings=lists["findings"], notes=lists["notes"], alternatives=lists["alternatives"],
            combined_indicator=self._indicator(values),
            set_aside=case.patient.set_aside + case.set_aside, flagged=case.flagged, not_understood=case.not_understood,
            trace=tuple(self._trace(values)), **held,
        )  # fmt: skip

    def _named(self, values: Values, step: int | None, name: str) -> str | None:
        word = values.words[step].get(name) if step is not None else None
        return None if word == NONE else word

    def _word(self, values: Values, name: str) -> str | None:
        return self._named(values, self.word_steps[name], name)

    def _collected(self, values: Values, name: str) -> list[str]:
        found: dict[str, None] = {}
        for step, row, words in self.collections[name]:
            if values.truths[step][row] is True:
                found.update(dict.fromkeys(words))
        return list(found)

    def _indicator(self, values: Values) -> dict[str, Any] | None:
        quantity: Quantity | None = self.indicator(values) if self.indicator else None
        if quantity is None:
            return None
        return {"name": self.knowledge.pathway["combined_indicator"], "value": quantity.lo,
                "class": self._word(values, "combined_indicator_class")}  # fmt: skip

    def _trace(self, values: Values) -> list[TraceEntry]:
        entries = []
        for number, hit, rows in self.evidence:
            truths = values.truths[number]
            held = chosen(hit, truths)
            for index, (rule, source, where, shown, measured) in enumerate(rows):
                if index in held:
                    truth = "true"
                elif hit == "unique" and not held and truths[index] is None and any(m(values) is not None for m in measured):
                    truth = "unknown"
                else:
                    continue
                inputs = {name: text for name, look in shown if (text := show(look(values)))}
                entries.append(TraceEntry(rule, truth, inputs, source, where))
        return entries


def show(held: Any) -> str:
    """A value as the trace prints it; empty for what is unknown, absent or not concluded."""
    if isinstance(held, Quantity):
        return held.printed
    if held is True:
        return "present"
    return held if isinstance(held, str) and held != NONE else ""

