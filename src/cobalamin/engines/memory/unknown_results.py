"""What a result could be that is missing, too old, unreadable or only bounded: one value for every stretch that the rules tell apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from cobalamin.engines.memory.expressions import Values
from cobalamin.engines.memory.features import COMPARATORS, State
from cobalamin.engines.memory.limits import Limits
from cobalamin.engines.memory.stretches import Cut, Printed, Stretch, stretches
from cobalamin.engines.memory.variations import Ends, Variation
from cobalamin.model.fact import RANKS, Fact, SetAside
from cobalamin.model.quantity import INFINITY, bounds, print_number
from cobalamin.records.understand import limits_in
from cobalamin.rules import nodes as n
from cobalamin.rules.concepts import Concept
from cobalamin.rules.units import Unit

if TYPE_CHECKING:
    from cobalamin.engines.memory.engine import MemoryEngine

EXACT = RANKS[""]


@dataclass
class Asked:
    """A result or circumstance that somebody may be asked for, with what looks it up."""

    concept: Concept
    slots: list[int] = field(default_factory=list)
    windows: list[int | None] = field(default_factory=list)
    """How far the look-ups of a result reach back."""
    courses: set[n.Course] = field(default_factory=set)
    spans: set[int] = field(default_factory=set)
    """For how many days after its end a circumstance still counts."""


class UnknownResults:
    """Results that a patient could have."""

    def __init__(self, engine: MemoryEngine, limits: Limits):
        self.engine, self.words, self.knowledge, self.limits = engine, engine.words, engine.knowledge, limits

    def result(self, asked: Asked, values: Values, aside: SetAside | None) -> list[Variation]:
        """Every stretch of a result's values that the rules tell apart, where no result is on record that still counts, or only a bounded one."""
        concept, state = asked.concept, values.state
        held = self._held(asked, state)
        if held and (held.rank == EXACT or held.word):
            return []
        day = {"date": date.fromordinal(held.start).isoformat()} if held and held.dated else {}
        start = held.start if held else state.as_of
        if concept.units is None:
            return [Variation(concept.id, word, {"concept": concept.id, "value": word}, asked.slots,
                              (Fact(concept.id, start, start, False, rank=RANKS["word"], number=float(place), word=word),), aside=aside)
                    for place, word in enumerate(concept.words)]  # fmt: skip
        unit = self.unit_of(concept, values, aside)
        found = []
        between = bounds(held.number, COMPARATORS[held.rank]) if held else (-INFINITY, INFINITY)
        for stretch, word in self.named_stretches(concept, values, unit, between):
            number = print_number(stretch.example / unit.times)
            fact = Fact(concept.id, start, start, bool(day), True, EXACT, stretch.example, concept.units.units.index(unit))
            ends = Ends(_end(stretch.lower, unit, True), _end(stretch.upper, unit, False), unit.name)
            found.append(Variation(concept.id, word, {"concept": concept.id, "value": number, "unit": unit.name, **day}, asked.slots, (fact,), ends=ends, aside=aside))
        return found

    def _held(self, asked: Asked, state: State) -> Fact | None:
        """The result on record that still counts."""
        spans = [window for window in asked.windows if window is not None]
        since = state.as_of - max(spans) if spans else 0
        return max((fact for fact in state.facts.get(asked.concept.id, ()) if fact.start >= since), key=lambda fact: (fact.start, fact.rank), default=None)

    def unit_of(self, concept: Concept, values: Values, aside: SetAside | None = None) -> Unit:
        """The unit in which this patient's results are printed, else that in which the guideline prints the limit that holds here, else the first."""
        assert concept.units is not None
        units = concept.units.units
        if numbers := [fact for fact in values.state.facts.get(concept.id, ()) if not fact.word]:
            return units[max(numbers, key=lambda fact: fact.start).unit]
        if aside and aside.raw and (index := self.words.unit(concept.id, aside.raw.unit)[0]) is not None:
            return units[index]
        program = self.engine.program
        for drawn in self.limits.drawn.get(("latest", concept.id), ()):
            dated = self.knowledge.in_force(drawn.name, self.engine.guideline, program.day) if drawn.name in self.knowledge.parameters else None
            if dated and (unit := concept.units.named(dated[1].printed[0][0].rpartition(": ")[2])) and drawn.cut(values, unit.group):
                return unit
        return units[0]

    def named_stretches(self, concept: Concept, values: Values, unit: Unit, between: tuple[float, float] = (-INFINITY, INFINITY)) -> list[tuple[Stretch, str]]:
        """The stretches of a result's believable values in the unit group of *unit*, each with its word."""
        subject, state = ("latest", concept.id), values.state
        low, high = limits_in(self.words, concept.id, unit.group, "plausible")
        cuts = self.limits.cuts(subject, values, unit.group)
        index = concept.units.units.index(unit) if concept.units else 0

        def measured(number: float) -> State:
            fact = Fact(concept.id, state.as_of, state.as_of, True, True, EXACT, number, index)
            return State(state.case, state.as_of, state.words, {**state.facts, concept.id: [*state.facts.get(concept.id, ()), fact]})

        cuts |= self.limits.crossed(subject, values, measured, Printed(low, high, unit.times), unit)
        found = stretches(cuts, low, high)
        named = zip(found, self._words(concept, found, unit, cuts), strict=True)
        return [(clipped, word) for stretch, word in named if (clipped := stretch.within(*between, low, high))]

    def _words(self, concept: Concept, found: list[Stretch], unit: Unit, cuts: set[Cut]) -> list[str]:
        """Low, borderline, normal, borderline, high: beside the stretch that is usual."""
        if len(found) == 1:
            return ["measured"]
        usual = self._usual(concept, found, unit)
        if "negative" in concept.words and "normal" not in concept.words:
            return ["negative" if place == usual else "positive" for place in range(len(found))]
        return [_word(place, usual, len(found)) for place in range(len(found))]

    def _usual(self, concept: Concept, found: list[Stretch], unit: Unit) -> int:
        """Which stretch is usual: where the middle of a population lies, else below limits that are only drawn upwards, else away from what is worse to overlook."""
        known = self.knowledge.distributions["distributions"].get(concept.id)
        from_unit = concept.units.named(str(known["unit"])) if known and concept.units else None
        factor = concept.units.factor(from_unit.group, unit.group) if from_unit and concept.units else None
        if known and from_unit and factor:
            middle = float(known["p50"]) * from_unit.times * factor
            return next(place for place, stretch in enumerate(found) if stretch.holds(middle))
        ops = {drawn.op for drawn in self.limits.drawn.get(("latest", concept.id), ())} & {"<", ">"}
        lowest = ops == {">"} or (ops != {"<"} and concept.highest_wins)
        return 0 if lowest else len(found) - 1


def _end(cut: Cut | None, unit: Unit, lower: bool) -> tuple[float, bool] | None:
    """The end of a stretch in a printed unit, and whether it belongs to it."""
    return None if cut is None else (cut.at / unit.times, cut.after != lower)


def _word(place: int, usual: int, count: int) -> str:
    if place == usual:
        return "normal"
    if place < usual:
        return "borderline" if place == usual - 1 and place > 0 else "low"
    return "borderline" if place == usual + 1 and place < count - 1 else "high"
