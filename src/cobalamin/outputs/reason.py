"""Why a status was reached: the way back through the rules that held to what was measured and the limit it was held to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cobalamin.model.assessment import Assessment, TraceEntry
from cobalamin.model.quantity import print_number
from cobalamin.rules import nodes as n
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.parameters import Dated, Evidence
from cobalamin.rules.tables import Row

STATUS_TABLE = "interpret.status"


@dataclass(frozen=True)
class Fired:
    """A rule of the trace together with the row and condition it stands for."""

    entry: TraceEntry
    table: str
    row: Row
    condition: n.Node


class Trail:
    """The way back from a conclusion through the rules that held to the limits that were drawn."""

    def __init__(self, assessment: Assessment, knowledge: Knowledge):
        self.assessment, self.knowledge = assessment, knowledge
        self.day = max(assessment.as_of, knowledge.knowledge_from)
        self.fired = [found for entry in assessment.trace if (found := self._fired(entry))]
        self.held = [found for found in self.fired if found.entry.truth == "true"]
        self.concluded = {name: (found, words[0]) for found in self.held for name, words in found.row.then if len(words) == 1}

    def _fired(self, entry: TraceEntry) -> Fired | None:
        table_id, _, row_id = entry.rule.partition(f".{self.assessment.guideline}.")
        table = self.knowledge.tables.get(table_id)
        for row, condition in zip(table.rows, self.knowledge.conditions[table_id], strict=True) if table else ():
            if row.id == row_id:
                return Fired(entry, table_id, row, condition)
        return None

    def because(self) -> tuple[str, dict[str, str]]:
        """The id of the sentence that gives the reason, and as printed: what was measured, `limit`, `upper`, `concept`."""
        status = next((found for found in self.held if found.table == STATUS_TABLE), None)
        if status is None or not status.row.text:
            return "", {}
        values = {name: text for found in self.fired for name, text in found.entry.inputs.items() if name in self.knowledge.concepts}
        drawn = self._drawn(status.condition, set())[:2]
        limits = [self._limit(parameter, values.get(concept, "")) for concept, parameter in drawn]
        if drawn and all(limits):
            values |= {"concept": drawn[0][0], **dict(zip(("limit", "upper"), limits, strict=False))}
        return status.row.text, values

    def compared(self) -> list[tuple[str, n.Parameter]]:
        """Every concept that the rule for the status compares with a limit, and the limit."""
        status = next((found for found in self.held if found.table == STATUS_TABLE), None)
        return self._drawn(status.condition, set()) if status else []

    def _drawn(self, condition: n.Node, seen: set[str]) -> list[tuple[str, n.Parameter]]:
        """What *condition* compares with a limit: in its own words, else in a rule it rests on, else in a named feature."""
        own = list(own_words(condition))
        found = _limits(own, self.knowledge)
        for node in () if found else own:
            if isinstance(node, n.Conclusion) and node.name in self.concluded and node.name not in seen:
                found = self._drawn(self.concluded[node.name][0].condition, seen | {node.name})
                if found:
                    break
        return found or _limits(list(condition.walk()), self.knowledge)

    def dated(self, name: str) -> Dated | None:
        """The value of a parameter in force under the guideline of the assessment."""
        held = self.knowledge.in_force(name, self.assessment.guideline, self.day)
        return held[1] if held else None

    def _limit(self, parameter: n.Parameter, measured: str) -> str:
        """A limit as its source prints it, in the unit of the measured value; converted beside it where only another is printed."""
        dated, units = self.dated(parameter.name), self.knowledge.units(parameter.kind)
        own = units.named(measured.partition(" ")[2]) if units else None
        if dated is None or units is None or own is None:
            return ""
        printed = dict(dated.printed)
        if isinstance(parameter.key, n.Conclusion):
            word = self.concluded[parameter.key.name][1] if parameter.key.name in self.concluded else ""
            printed = {key.partition(": ")[2]: number for key, number in printed.items() if key.partition(": ")[0] == word}
        limits = [(unit, number) for name, number in printed.items() if (unit := units.named(name))]
        for unit, number in limits:
            if (unit.group, unit.times) == (own.group, own.times):
                return f"{print_number(number)} {own.name}"
        for unit, number in limits:
            factor = units.factor(unit.group, own.group)
            if factor is not None:
                converted = float(f"{number * unit.times * factor / own.times:.4g}")
                return f"{print_number(number)} {unit.name} ({print_number(converted)} {own.name})"
        return ""

    def evidence(self, found: Fired) -> Evidence:
        """Where the rule of a trace entry comes from: a limit of the guideline's own in it, or else its row."""
        for node in found.condition.walk():
            if isinstance(node, n.Parameter) and (dated := self.dated(node.name)):
                source = self.knowledge.sources[dated.evidence.source].title
                if (source, dated.evidence.where) == (found.entry.source, found.entry.locator):
                    return dated.evidence
        return found.row.evidence


def own_words(condition: n.Node) -> Iterator[n.Node]:
    """The nodes of a condition as its row spells it, without what its named features are made of."""
    yield condition
    for part in () if isinstance(condition, n.Named) else condition.parts:
        yield from own_words(part)


def _limits(nodes: list[n.Node], knowledge: Knowledge) -> list[tuple[str, n.Parameter]]:
    """Every concept that one of *nodes* compares with a limit, and the limit."""
    found = []
    for node in nodes:
        if isinstance(node, n.Compare):
            sides = ((node.left, node.right), (node.right, node.left))
            found += [(side.kind, limit) for side, limit in sides if isinstance(limit, n.Parameter) and side.kind in knowledge.concepts]
    return found
