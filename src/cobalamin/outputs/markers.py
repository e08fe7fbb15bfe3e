"""Markers over time: every result of a kind with the limits of the chosen guideline under it and the doses of B12 beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cobalamin.model.assessment import Assessment
from cobalamin.model.fact import RANKS, Case, Fact
from cobalamin.model.quantity import print_number
from cobalamin.outputs.language import Language, quantity_run
from cobalamin.outputs.reason import Trail
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.units import Unit

COMPARATORS = {rank: sign for sign, rank in RANKS.items()}
DIGITS = 4
"""Significant digits of a number that was converted."""


@dataclass(frozen=True, slots=True)
class Point:
    """One result: its day (an ordinal), the number in the unit of the chart, and how the laboratory printed it."""

    day: int
    number: float
    bounded: str
    printed: str
    zone: str


@dataclass(frozen=True, slots=True)
class Zone:
    """What lies between two limits; the lowest begins at nothing, the highest has no end."""

    id: str
    tone: str
    low: float
    high: float | None
    with_high: bool = False
    """Whether a result on the upper limit itself still lies in here."""
    with_low: bool = False

    def holds(self, number: float, comparator: str) -> bool:
        """Whether a result lies in here for certain."""
        above = number > self.low or self.low == 0 or (self.with_low and number == self.low)
        under = self.high is None or number < self.high or (self.with_high and number == self.high)
        if comparator.startswith("<"):
            return self.low == 0 and (under or number == self.high)
        if comparator.startswith(">"):
            return self.high is None and number >= self.low
        return above and under


@dataclass(frozen=True, slots=True)
class Dose:
    """A drug with B12: the day it was given or begun, the day it ended (the same for one dose), and its name."""

    start: int
    end: int | None
    drug: str


@dataclass(frozen=True, slots=True)
class Marker:
    """All results of one kind in one unit, oldest first."""

    concept: str
    unit: str
    points: tuple[Point, ...]
    zones: tuple[Zone, ...]


class Markers:
    """The markers of one person that have results with a number and a day."""

    def __init__(self, case: Case, assessment: Assessment, knowledge: Knowledge):
        self.case, self.assessment, self.knowledge = case, assessment, knowledge
        self.trail = Trail(assessment, knowledge)
        self.last = date.fromisoformat(assessment.as_of).toordinal()

    def all(self) -> Iterator[tuple[Marker, ...]]:
        """Each marker in every unit it can be shown in, that of its latest result first."""
        for concept, drawn in self.knowledge.charts["markers"].items():
            facts = sorted((fact for fact in self.case.facts if fact.concept == concept and not fact.word), key=lambda fact: fact.start)
            if facts:
                yield tuple(self._in_unit(concept, facts, unit, drawn) for unit in self._units(concept, facts[-1], drawn["units"]))

    def doses(self) -> list[Dose]:
        """Every course and dose of B12 on record, oldest first."""
        drugs = self.knowledge.narrower(self.knowledge.charts["doses_of"])
        found = (Dose(fact.start, fact.end, fact.concept) for fact in self.case.facts if fact.concept in drugs and fact.present and fact.dated)
        return sorted(dict.fromkeys(found), key=lambda dose: (dose.start, dose.drug))

    def _units(self, concept: str, latest: Fact, offered: Sequence[str]) -> list[Unit]:
        units = self.knowledge.concepts[concept].units
        if units is None:
            return []
        names = dict.fromkeys([units.units[latest.unit].name, *offered])
        return [unit for name in names if (unit := units.named(name)) and units.factor(units.units[latest.unit].group, unit.group) is not None]

    def _in_unit(self, concept: str, facts: Sequence[Fact], unit: Unit, drawn: dict[str, Any]) -> Marker:
        points = tuple(point for fact in facts if (point := self._point(fact, unit, drawn)))
        return Marker(concept, unit.name, points, tuple(self._zones(concept, unit, drawn)))

    def _point(self, fact: Fact, unit: Unit, drawn: dict[str, Any]) -> Point | None:
        units = self.knowledge.concepts[fact.concept].units
        own = units.units[fact.unit] if units else None
        factor = units.factor(own.group, unit.group) if units and own else None
        if own is None or factor is None:
            return None
        comparator = COMPARATORS[fact.rank]
        reported = fact.number / own.times
        # judged in the laboratory's own unit, as the rules do; a converted limit is another number
        zone = next((zone.id for zone in self._zones(fact.concept, own, drawn) if zone.holds(reported, comparator)), "")
        return Point(fact.start, _rounded(fact.number * factor / unit.times), comparator, f"{comparator}{print_number(reported)} {own.name}", zone)

    def _zones(self, concept: str, unit: Unit, drawn: dict[str, Any]) -> Iterator[Zone]:
        """The zones whose limits are printed for this person; where a limit is missing, the zones beside it are not told apart."""
        limits = [self._limit(choices, unit) for choices in drawn["limits"]]
        if any(limit is None for limit in limits):
            return
        edges = [limit for limit in limits if limit is not None]
        for zone, low, high in zip(drawn["zones"], [None, *edges], [*edges, None], strict=True):
            if high is None or low is None or high[0] > low[0]:
                yield Zone(zone["id"], zone["tone"], low[0] if low else 0.0, high[0] if high else None, bool(high and high[1]), bool(low and not low[1]))

    def _limit(self, choices: Sequence[dict[str, Any]], unit: Unit) -> tuple[float, bool] | None:
        """The first limit that is printed for this person, in the unit of the chart, and whether a result on it lies under it."""
        for choice in choices:
            name, under = (choice["up_to"], True) if "up_to" in choice else (choice["below"], False)
            if any(self._word(conclusion) not in words for conclusion, words in choice.get("only", {}).items()):
                continue
            spec, dated = self.knowledge.parameters[name], self.trail.dated(name)
            values = dict(dated.by_word).get(self._word(spec.by)) if dated and spec.by else dated.values if dated else None
            if values and (held := values[unit.group]) is not None:
                return _rounded(held / unit.times), under
        return None

    def _word(self, conclusion: str) -> str:
        return self.trail.concluded[conclusion][1] if conclusion in self.trail.concluded else ""


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")


WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 680, 264, 58, 132, 16, 42
"""The drawing, and the margins of what is drawn in it; the names of the zones stand on the right."""
HEADROOM, ABOVE_THE_LAST, HALF_A_YEAR = 1.12, 1.3, 183
MOST_DAYS = 6


class Drawing:
    """Where everything of a marker stands in a drawing: time runs from left to right in every language, as on every clinical chart."""

    def __init__(self, marker: Marker, doses: Sequence[Dose], last: int, words: Language):
        self.marker, self.words = marker, words
        days = [point.day for point in marker.points]
        first = min([*days, *(dose.start for dose in doses)])
        self.last = max(last, *days)
        # a single day stands in the middle of a year
        margin = max((self.last - first) // 20, 1) if self.last > first else HALF_A_YEAR
        self.first, self.last = first - margin, self.last + margin
        edges = [zone.low for zone in marker.zones]
        self.top = max([*(point.number for point in marker.points), *(edge * ABOVE_THE_LAST for edge in edges)]) * HEADROOM or 1.0
        self.doses = doses

    def x(self, day: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first) / (self.last - self.first), 1)

    def y(self, number: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - number / self.top), 1)

    def held(self) -> dict[str, Any]:
        """Everything the template draws."""
        points = [self._point(point) for point in self.marker.points]
        line = " ".join(f"{point['x']},{point['y']}" for point in points) if len(points) > 1 else ""
        doses = [{"x": self.x(dose.start), "width": max(self.x(min(dose.end or self.last, self.last)) - self.x(dose.start), 0), "drug": dose.drug,
                  "day": _iso(dose.start)} for dose in self.doses if dose.start <= self.last]  # fmt: skip
        return {"unit": quantity_run(self.marker.unit), "points": points, "zones": [self._zone(zone) for zone in self.marker.zones], "doses": doses, "line": line,
                "ticks": list(self._ticks()), "width": WIDTH, "height": HEIGHT, "left": LEFT, "right": WIDTH - RIGHT, "top": TOP, "bottom": HEIGHT - BOTTOM}  # fmt: skip

    def _point(self, point: Point) -> dict[str, Any]:
        zone = self.words.say(f"zone-{point.zone}") if point.zone else ""
        bounded = "down" if point.bounded.startswith("<") else "up" if point.bounded else ""
        return {"x": self.x(point.day), "y": self.y(point.number), "printed": point.printed, "day": _iso(point.day), "zone": zone, "bounded": bounded}

    def _zone(self, zone: Zone) -> dict[str, Any]:
        upper, lower = self.y(min(zone.high or self.top, self.top)), self.y(min(zone.low, self.top))
        return {"y": upper, "height": round(lower - upper, 1), "tone": zone.tone, "name": self.words.say(f"zone-{zone.id}"),
                "edge": print_number(zone.low) if zone.low else "", "edge_y": lower}  # fmt: skip

    def _ticks(self) -> Iterator[dict[str, Any]]:
        """The first of a few months or years, so that dates are round."""
        span = self.last - self.first
        months = next((step for step in (1, 3, 6, 12, 24, 60) if span / (step * 30.4) <= MOST_DAYS), 120)
        start = date.fromordinal(self.first)
        month = start.year * 12 + start.month - 1
        for count in range(month - month % months, month + span // 28 + months, months):
            day = date(count // 12, count % 12 + 1, 1).toordinal()
            if self.first <= day <= self.last:
                yield {"x": self.x(day), "text": _iso(day)[:7]}


def charts(case: Case, assessment: Assessment, knowledge: Knowledge, words: Language) -> list[dict[str, Any]]:
    """What the template draws of every marker: its name, and one drawing for each unit."""
    found = Markers(case, assessment, knowledge)
    doses = found.doses()
    named = {dose.drug: words.label(knowledge.concepts[dose.drug].label) for dose in doses}
    drawn = []
    for variants in found.all():
        drawings = [Drawing(marker, doses, found.last, words).held() for marker in variants]
        drawn.append({"id": variants[0].concept, "name": words.label(knowledge.concepts[variants[0].concept].label), "drawings": drawings, "drugs": named})
    return drawn


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
