"""What each sentence of an answer rests on: the rules that concluded it, the limits they drew, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from cobalamin.model.quantity import print_number
from cobalamin.outputs.reason import STATUS_TABLE, Fired, Trail, own_words
from cobalamin.rules import nodes as n
from cobalamin.rules.parameters import Evidence
from cobalamin.rules.schedules import Schedule
from cobalamin.rules.tables import Row, Table

HELD, UNDECIDED, WATCHED = "held", "undecided", "watched"
"""A rule that held; one that a bounded result left open; one that did not hold and would say so if it did."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A number that a rule compares with: its name, as its source prints it, and where that is."""

    name: str
    printed: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Ground:
    """One thing of the knowledge that a sentence rests on: a `rule`, `regimen`, `review` or `formula`, by its id.

    Of a rule also its condition, its strength, how it stands, what it looked at as printed, and the limits its own words name.
    """

    kind: str
    id: str
    evidence: Evidence
    when: str = ""
    strength: str = ""
    stands: str = HELD
    looked: tuple[tuple[str, str], ...] = ()
    limits: tuple[Limit, ...] = ()


class Said(str):
    """A sentence that knows what it rests on; `key` names what it says, so that it is the same sentence in every language."""

    grounds: tuple[Ground, ...] = ()
    key: str = ""


def said(text: str, grounds: Iterable[Ground] = (), key: str = "") -> Said:
    """*text* with what it rests on, each once."""
    sentence = Said(text)
    sentence.grounds, sentence.key = tuple({(ground.kind, ground.id): ground for ground in grounds}.values()), key
    return sentence


class Grounds:
    """What the conclusions of one assessment rest on."""

    def __init__(self, trail: Trail):
        self.trail, self.knowledge, self.guideline = trail, trail.knowledge, trail.assessment.guideline

    @cached_property
    def _held(self) -> dict[tuple[str, str], list[Fired]]:
        """The rules that held, by each name and word they concluded."""
        found: dict[tuple[str, str], list[Fired]] = {}
        for fired in self.trail.held:
            for name, words in fired.row.then:
                for word in words:
                    found.setdefault((name, word), []).append(fired)
        return found

    def of(self, name: str, word: str) -> list[Ground]:
        """The rules that concluded *word* for *name*; where none did, those that a result left open."""
        held = [self._fired(fired) for fired in self._held.get((name, word), ())]
        return held or [self._fired(fired) for fired in self.trail.fired if fired.entry.truth != "true" and any(name == given for given, _ in fired.row.then)]

    def status(self) -> list[Ground]:
        """The rule for the status, and the rules that concluded what it looked at, down to what was measured."""
        found = [fired for fired in self.trail.held if fired.table == STATUS_TABLE][:1]
        for fired in found:
            named = (node.name for node in own_words(fired.condition) if isinstance(node, n.Conclusion) and node.name in self.trail.concluded)
            found += [rest for name in named if (rest := self.trail.concluded[name][0]) not in found]
        return [self._fired(fired) for fired in found]

    def watched(self, name: str, word: str = "") -> list[Ground]:
        """The rules that would conclude *word* (any word when none is given) for *name* under the guideline of the assessment."""
        return [self._rule(table, row, WATCHED) for table, row in self._rows(name, word)]

    def schedule(self, kind: str, schedule: Schedule) -> Ground:
        """A regimen or a review by itself."""
        return Ground(kind, schedule.id, schedule.evidence)

    def formula(self, name: str) -> Iterator[Ground]:
        """A feature that is computed, with where its formula comes from."""
        feature = self.knowledge.features.get(name)
        if feature is not None and feature.evidence is not None:
            yield Ground("formula", name, feature.evidence)

    def compared(self) -> list[str]:
        """The parameters that the rule for the status compares with."""
        return [node.name for _, node in self.trail.compared()]

    def limit(self, name: str, guideline: str) -> Limit | None:
        """A parameter in force under a guideline on the day of the assessment, or None where it prints none."""
        held = self.knowledge.in_force(name, guideline, self.trail.day)
        return None if held is None else Limit(name, tuple(f"{print_number(number)} {unit}" for unit, number in held[1].printed), held[1].evidence)

    def _fired(self, fired: Fired) -> Ground:
        looked = tuple((name, text) for name, text in fired.entry.inputs.items() if text)
        stands = HELD if fired.entry.truth == "true" else UNDECIDED
        return Ground("rule", fired.entry.rule, self.trail.evidence(fired), " ".join(fired.row.when.split()), fired.row.strength, stands, looked,
                      self._limits(fired.condition))  # fmt: skip

    def _rule(self, table: Table, row: Row, stands: str) -> Ground:
        condition = self.knowledge.conditions[table.id][table.rows.index(row)]
        return Ground("rule", f"{table.id}.{self.guideline}.{row.id}", row.evidence, " ".join(row.when.split()), row.strength, stands, (), self._limits(condition))

    def _rows(self, name: str, word: str) -> Iterator[tuple[Table, Row]]:
        chain = set(self.knowledge.chain(self.guideline))
        for table in self.knowledge.tables.values():
            for row in table.rows:
                meant = row.guidelines or table.guidelines
                if (not meant or chain & set(meant)) and any(given == name and (not word or word in words) for given, words in row.then):
                    yield table, row

    def _limits(self, condition: n.Node) -> tuple[Limit, ...]:
        names = dict.fromkeys(node.name for node in own_words(condition) if isinstance(node, n.Parameter))
        return tuple(limit for name in names if (limit := self.limit(name, self.guideline)))
