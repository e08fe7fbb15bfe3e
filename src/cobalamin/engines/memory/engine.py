"""The memory engine: one patient at a time, in plain Python. It is the law the other engines are held to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from cobalamin.engines.memory.expressions import Expressions, Function, Values
from cobalamin.engines.memory.features import ordinal, state_of
from cobalamin.engines.memory.tables import Tables, chosen
from cobalamin.model.assessment import Assessment, TraceEntry
from cobalamin.model.fact import Case
from cobalamin.model.quantity import Quantity
from cobalamin.records.spoken import Spoken
from cobalamin.records.words import Words
from cobalamin.rules import asking
from cobalamin.rules.answer import (
    ADEQUATE,
    ADVISED,
    CAUSE_FIELDS,
    INDICATOR_CLASS,
    RESPONSE_LISTS,
    TEST_FIELDS,
    TREATMENT_LISTS,
    TREATMENT_WORDS,
    WORD_FIELDS,
    RowTrace,
    answer,
)
from cobalamin.rules.bind import Program, bind
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.schedules import REGIMEN, REVIEWS, Regimen, Schedule, dated_doses, dated_review
from cobalamin.rules.tables import NONE

if TYPE_CHECKING:
    from cobalamin.engines.memory.changes import Changes


class MemoryEngine:
    """Assess patients on one day under one guideline, with every other guideline's status beside it."""

    def __init__(self, knowledge: Knowledge, as_of: str, guideline: str, words: Words | None = None, whole: bool = False, asked: Collection[str] = ()):
        """With *whole*, every guideline is run to its end, not only as far as one answer needs; *asked* names stages that run on request."""
        self.knowledge, self.as_of, self.guideline = knowledge, as_of, guideline
        self.words = words or Words(knowledge)
        self.day = ordinal(as_of)
        self.spoken = Spoken(self.words, self.day)
        self.program: Program = bind(knowledge, as_of, whole=None if whole else guideline, asked={*asked, asking.STAGE})
        self.expressions = Expressions(self.words)
        steps = self.program.steps if whole else self.program.needed_for(guideline, "status")
        # whom a fact is asked of matters only to what would change, which looks at it itself
        steps = tuple(step for step in steps if step.table.stage != asking.STAGE)
        self.tables = Tables(steps, self.expressions)
        self.answer = answer(self.program, guideline)
        self.indicator: Function | None = self.expressions.function(self.answer.indicator) if self.answer.indicator else None
        self.anchors = {id: self.expressions.function(node) for id, node in self.answer.anchors.items()}
        self.today = date.fromisoformat(as_of)
        self.dated = lru_cache(maxsize=4096)(lambda id, days_ago: tuple(dated_doses(knowledge.regimens[id], self.today, days_ago)))
        self.trace_rows = [(number, hit, [self._lookups(row) for row in rows]) for number, hit, rows in self.answer.trace]

    def _lookups(self, row: RowTrace) -> tuple[RowTrace, list[tuple[str, Function]], list[Function]]:
        function = self.expressions.function
        return row, [(i.name, function(i.node)) for i in row.inputs], [function(node) for node in row.measured]

    def values(self, case: Case, day: int | None = None) -> Values:
        """Every feature, truth and conclusion of one patient, as of a *day* of the past when one is given."""
        values = Values(state_of(case, self.day if day is None else day, self.words), self.expressions.slots, len(self.program.steps))
        self.tables.run(values)
        return values

    def assess(self, case: Case, would_change: bool = False) -> Assessment:
        """The assessment of one patient; with *would_change*, also which facts that are missing would change it, at many times the cost."""
        changes = self.changes if would_change else None
        values = self.values(case)
        found = self.assessed(case, values)
        return replace(found, would_change=changes.of(case, values)) if changes else found

    def would_change(self, case: Case) -> list[dict[str, Any]]:
        """Which facts that are missing or were set aside would change status, urgency, causes or treatment, most deciding first."""
        changes = self.changes
        return changes.of(case, self.values(case))

    @cached_property
    def changes(self) -> Changes:
        """The part of the program that is asked what would change an answer; made when it is first asked."""
        from cobalamin.engines.memory.changes import Changes

        return Changes(self)

    def assessed(self, case: Case, values: Values) -> Assessment:
        """The assessment of one patient whose values are known."""
        held = {name: self._word(values, name) or default for name, default in WORD_FIELDS.items()}
        truths = values.truths
        lists = {
            name: [word for word, rows in words.items() if any(truths[step][row] is True for step, row in rows)]
            for name, words in self.answer.lists.items()
        }
        return Assessment(
            patient_id=case.patient.patient_id, as_of=self.as_of, guideline=self.guideline,
            pathway_version=self.knowledge.version,
            guidelines={g: self._named(values, step, "status") or "unknown" for g, step in self.answer.statuses.items()},
            test={"advised": self._word(values, ADVISED) == "true", **{k: lists[name] for k, name in TEST_FIELDS.items()}},
            red_flags=lists["red_flags"], causes=self._causes(lists), findings=lists["findings"], notes=lists["notes"], alternatives=lists["alternatives"],
            treatment=self._treatment(values, lists), response=self._response(values, lists), review=self._reviews(values, lists), prevention=lists["prevention"],
            combined_indicator=self._indicator(values),
            set_aside=case.patient.set_aside + case.set_aside, flagged=case.flagged, not_understood=case.not_understood, reference_ranges=case.reference_ranges,
            trace=tuple(self._trace(values)), status=held["status"], status_basis=held["status_basis"],
            urgency=held["urgency"], severity=held["severity"],
        )  # fmt: skip

    @staticmethod
    def _causes(lists: dict[str, list[str]]) -> list[dict[str, str]]:
        """Every cause once, as sure as it is, surest first."""
        found: dict[str, str] = {}
        for certainty, name in CAUSE_FIELDS.items():
            for cause in lists[name]:
                found.setdefault(cause, certainty)
        return [{"id": cause, "certainty": certainty} for cause, certainty in found.items()]

    def _treatment(self, values: Values, lists: dict[str, list[str]]) -> dict[str, Any]:
        """The regimen with its doses dated from the day of assessment or from the course already begun."""
        words = {field: self._word(values, name) for field, name in TREATMENT_WORDS.items()}
        regimen = self.knowledge.regimens.get(words["regimen"] or "")
        doses = self._doses(values, regimen) if regimen else []
        return {"start": words["start"] or "none", "regimen": words["regimen"], "route": regimen.route if regimen else None, "duration": words["duration"],
                "doses": doses, **{field: lists[name] for field, name in TREATMENT_LISTS.items()}}  # fmt: skip

    def doses(self, case: Case, regimen: str) -> list[dict[str, Any]]:
        """The dated doses of any regimen for a patient."""
        return self._doses(self.values(case), self.knowledge.regimens[regimen])

    def advised_on(self, case: Case, day: date) -> Regimen | None:
        """The regimen that the record called for on a day of the past; *case* is the record as it stood then."""
        return self.knowledge.regimens.get(self._word(self.values(case, day.toordinal()), REGIMEN) or "")

    def _doses(self, values: Values, regimen: Regimen) -> list[dict[str, Any]]:
        return [dict(dose) for dose in self.dated(regimen.id, self._days_ago(values, regimen))]

    def _days_ago(self, values: Values, schedule: Schedule) -> int | None:
        """How many days ago a schedule begins, or None when it begins on the day itself."""
        look = self.anchors.get(schedule.id)
        quantity: Quantity | None = look(values) if look else None
        return None if quantity is None else int(quantity.lo)

    def _response(self, values: Values, lists: dict[str, list[str]]) -> dict[str, Any]:
        adequate = self._word(values, ADEQUATE)
        return {"adequate": None if adequate is None else adequate == "true", **{field: lists[name] for field, name in RESPONSE_LISTS.items()}}

    def _reviews(self, values: Values, lists: dict[str, list[str]]) -> list[dict[str, Any]]:
        """Every review, the earliest first."""
        reviews = (self.knowledge.reviews[id] for id in lists[REVIEWS])
        found = [dated_review(review, self.today, self._days_ago(values, review)) for review in reviews]
        return sorted(found, key=lambda review: (review["date"], review["review"]))

    def _named(self, values: Values, step: int | None, name: str) -> str | None:
        word = values.words[step].get(name) if step is not None else None
        return None if word == NONE else word

    def _word(self, values: Values, name: str) -> str | None:
        return self._named(values, self.answer.words[name], name)

    def _indicator(self, values: Values) -> dict[str, Any] | None:
        """The combined indicator, only under the conditions in which it has a class."""
        held = self._word(values, INDICATOR_CLASS)
        quantity: Quantity | None = self.indicator(values) if self.indicator and held else None
        return None if quantity is None else {"name": self.knowledge.pathway["combined_indicator"], "value": quantity.lo, "class": held}

    def _trace(self, values: Values) -> list[TraceEntry]:
        """The rules that counted, and those of a unique table that a known but bounded result left undecided."""
        entries = []
        for number, hit, rows in self.trace_rows:
            truths = values.truths[number]
            held = chosen(hit, truths)
            open_rows = hit == "unique" and not held and None in truths
            for index in range(len(rows)) if open_rows else held:
                row, shown, measured = rows[index]
                if not open_rows or (truths[index] is None and measured and all(look(values) is not None for look in measured)):
                    inputs = {name: text for name, look in shown if (text := show(look(values)))}
                    entries.append(TraceEntry(row.rule, "unknown" if open_rows else "true", inputs, row.source, row.locator))
        return entries


def show(held: Any) -> str:
    """A value as the trace prints it; empty for what is unknown, absent or not concluded."""
    if isinstance(held, Quantity):
        return held.printed
    if held is True:
        return "present"
    return held if isinstance(held, str) and held != NONE else ""
