"""Everything that is unknown of a patient and could matter, as series of facts the patient could have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from cobalamin.engines.memory.expressions import Values
from cobalamin.engines.memory.features import days
from cobalamin.engines.memory.limits import Limits
from cobalamin.engines.memory.ripples import Ripples
from cobalamin.engines.memory.stretches import Cut, Stretch, stretches
from cobalamin.engines.memory.unknown_people import UnknownPeople
from cobalamin.engines.memory.unknown_results import Asked, UnknownResults
from cobalamin.engines.memory.variations import Ends, Variation
from cobalamin.model.fact import Fact, RawFact, SetAside
from cobalamin.records.understand import months_before, understand
from cobalamin.rules import nodes as n

if TYPE_CHECKING:
    from cobalamin.engines.memory.engine import MemoryEngine

LONG_AGO = 36_500
"""More days than anybody takes a medicine."""


class Unknowns:
    """What is unknown of a patient, as series of values in their order."""

    def __init__(self, engine: MemoryEngine, ripples: Ripples):
        self.engine, self.words, self.knowledge = engine, engine.words, engine.knowledge
        self.limits = Limits(ripples.nodes, engine.expressions)
        self.people = UnknownPeople(ripples, self.limits, self.words.oldest)
        self.results = UnknownResults(engine, self.limits)
        self.asked: dict[str, Asked] = {}
        """Everything that is looked up, also what nobody need be asked because something broader says the same."""
        self.broader: dict[str, set[str]] = {}
        self._look_ups([leaf for leaf in engine.program.leaves if leaf in ripples.nodes], ripples)
        self.circumstances = self._distinct()
        self.present = {asked.concept.id: self._present(asked) for asked in self.circumstances}
        self.places = {id: place for place, id in enumerate(self.asked)}
        """The order in which the pathway first looks at things."""

    def _look_ups(self, leaves: Iterable[n.Node], ripples: Ripples) -> None:
        for leaf in leaves:
            match leaf:
                case n.Latest() | n.Tally():
                    asked = self._ask(leaf.concept, ripples.slots[leaf])
                    if isinstance(leaf, n.Latest):
                        asked.windows.append(days(leaf.window))
                case n.Presence() | n.Course():
                    for id in self.knowledge.narrower(leaf.concept):
                        asked = self._ask(id, ripples.slots[leaf])
                        self.broader.setdefault(id, set()).add(leaf.concept)
                        if isinstance(leaf, n.Course):
                            asked.courses.add(leaf)
                        elif leaf.function in ("has", "recent"):
                            asked.spans.add(days(leaf.window) or 0)

    def _ask(self, id: str, slot: int) -> Asked:
        asked = self.asked.setdefault(id, Asked(self.knowledge.concepts[id]))
        asked.slots.append(slot)
        return asked

    def _distinct(self) -> list[Asked]:
        """One circumstance for all that are looked up alike: the one the rules name."""
        found: dict[frozenset[int], Asked] = {}
        for asked in self.asked.values():
            if not asked.concept.is_result:
                found.setdefault(frozenset(asked.slots), asked)
        return list(found.values())

    def of(self, values: Values, not_asked: set[str], unread: dict[str, SetAside]) -> Iterator[list[Variation]]:
        """Series of values, each of one thing that is unknown; *unread* are results on record whose value could not be read."""
        state = values.state
        yield self.people.sexes(state)
        yield self.people.ages(values)
        for asked in self.asked.values():
            if asked.concept.is_result and asked.concept.id not in not_asked:
                yield self.results.result(asked, values, unread.get(asked.concept.id))
        denied = {fact.concept for fact in state.case.facts if not fact.present}
        for asked in self.circumstances:
            id = asked.concept.id
            if id not in not_asked and denied.isdisjoint((id, *self.broader[id])):
                yield from self.circumstance(asked, values)

    def circumstance(self, asked: Asked, values: Values) -> Iterator[list[Variation]]:
        """Something that may be so, from today's point of view; and since when, where the rules ask for how long."""
        id, state = asked.concept.id, values.state
        held = state.facts.get(id, ())
        if any(fact.dated or not fact.present for fact in held):
            return
        if not held:
            yield self.present[id]
        if asked.courses:
            yield [self._since(asked, stretch, labels) for labels in [self._labels(asked, values)] for stretch in stretches(labels, 0, LONG_AGO, 1)]

    def _present(self, asked: Asked) -> list[Variation]:
        """What a row says that holds a name and nothing else."""
        fact = understand(RawFact(concept=asked.concept.id), self.words, self.engine.day)
        return [Variation(asked.concept.id, "present", {"concept": asked.concept.id}, asked.slots, (fact,))] if isinstance(fact, Fact) else []

    def _labels(self, asked: Asked, values: Values) -> dict[Cut, tuple[float, str]]:
        """Where the rules part the days since something began; each with the number and unit that the rule says."""
        as_of, found = values.state.as_of, dict[Cut, tuple[float, str]]()
        for course in asked.courses:
            if days(course.window) is not None:
                found[Cut(days(course.window) or 0, True)] = (days(course.window) or 0, "days")
            for cut in self.limits.cuts((course.function, course.concept), values):
                if course.kind == "months":
                    months = int(cut.at) + cut.after
                    found[Cut(as_of - months_before(as_of, months))] = (months, "months")
                else:
                    found[cut] = (cut.at, "days")
        for span in asked.spans if asked.concept.lasts else ():
            last = span + (asked.concept.lasts or 1) - 1
            found[Cut(last, True)] = (last, "days")
        return found

    def _since(self, asked: Asked, stretch: Stretch, labels: dict[Cut, tuple[float, str]]) -> Variation:
        id, start = asked.concept.id, self.engine.day - int(stretch.example)
        end = None if asked.concept.lasts is None else start + asked.concept.lasts - 1
        day = date.fromordinal(start).isoformat()
        units = {labels[cut][1] for cut in (stretch.lower, stretch.upper) if cut}
        unit = units.pop() if len(units) == 1 else "days"

        def said(cut: Cut | None, upper: bool) -> tuple[float, bool] | None:
            return None if cut is None else (labels[cut][0] if labels[cut][1] == unit else cut.at, cut.after == upper)

        ends = Ends(said(stretch.lower, False), said(stretch.upper, True), unit)
        return Variation(id, "present", {"concept": id, "date": day}, asked.slots, (Fact(id, start, end),), ends=ends)
