"""Survey estimates against formulas written out person by person, and at their edges."""

from __future__ import annotations

import math
import random
from collections import defaultdict

import pytest

from cobalamin.stats.survey import Sums, Unit, ratio


def people(number: int) -> list[tuple[Unit, float, bool, bool]]:
    """Unit, weight, whether in the group, whether it has what is estimated."""
    draw = random.Random("survey")
    return [((str(draw.randint(1, 6)), str(draw.randint(1, 3))), draw.uniform(1, 9), draw.random() < 0.4, draw.random() < 0.3) for _ in range(number)]


def sums(rows: list[tuple[Unit, float, bool, bool]]) -> dict[Unit, Sums]:
    found: dict[Unit, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for unit, weight, inside, has in rows:
        if inside:
            found[unit] = [found[unit][0] + 1, found[unit][1] + weight, found[unit][2] + weight * has]
    return {unit: Sums(int(n), w, v) for unit, (n, w, v) in found.items()}


def test_linearization_person_by_person() -> None:
    """Pins the error against the linearized value of each person, summed over the units of each stratum."""
    rows = people(500)
    found = ratio({unit for unit, *_ in rows}, sums(rows), 0.95)
    total = sum(weight for _, weight, inside, _ in rows if inside)
    share = sum(weight for _, weight, inside, has in rows if inside and has) / total
    scores: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for (stratum, unit), weight, inside, has in rows:
        scores[stratum][unit] += inside * weight * (has - share) / total
    variance = 0.0
    for units in scores.values():
        mean = sum(units.values()) / len(units)
        variance += len(units) / (len(units) - 1) * sum((score - mean) ** 2 for score in units.values())
    assert found.value == pytest.approx(share)
    assert found.error == pytest.approx(math.sqrt(variance))
    assert (found.strata, found.units, found.freedom) == (6, 18, 12)


def test_close_to_leaving_one_unit_out() -> None:
    """Pins that the stratified jackknife, another way to the same error, comes out within a few percent."""
    rows = people(3000)
    design, held = {unit for unit, *_ in rows}, sums(rows)
    found = ratio(design, held, 0.95)
    variance = 0.0
    for unit in design:
        mates = [other for other in design if other[0] == unit[0]]
        raised = {other: Sums(s.people, s.weight * len(mates) / (len(mates) - 1), s.value * len(mates) / (len(mates) - 1)) if other in mates else s
                  for other, s in held.items() if other != unit}  # fmt: skip
        without = ratio(design - {unit}, raised, 0.95).value or 0
        variance += (len(mates) - 1) / len(mates) * (without - (found.value or 0)) ** 2
    assert found.error == pytest.approx(math.sqrt(variance), rel=0.03)


def test_plain_random_sampling() -> None:
    """Pins that with equal weights, one stratum and everybody a unit the error is that of a plain share."""
    rows: list[tuple[Unit, float, bool, bool]] = [(("", str(index)), 1.0, True, index < 30) for index in range(100)]
    found = ratio([unit for unit, *_ in rows], sums(rows), 0.95)
    assert found.error == pytest.approx(math.sqrt(0.3 * 0.7 / 99))
    assert found.effective_people(0.95) == pytest.approx(99)
    assert found.freedom == 99


def test_a_lonely_unit_widens() -> None:
    """Pins that a stratum with one unit adds its distance from the mean of all, and is counted."""
    rows = people(500)
    alone: list[tuple[Unit, float, bool, bool]] = [(("9", "1"), 5.0, True, True)] * 20
    with_it = ratio({unit for unit, *_ in rows + alone}, sums(rows + alone), 0.95)
    assert with_it.lonely == 1
    assert with_it.freedom == 12
    held = sums(rows + alone)
    score = (held["9", "1"].value - (with_it.value or 0) * held["9", "1"].weight) / with_it.weight
    others = ratio({unit for unit, *_ in rows}, {unit: s for unit, s in held.items() if unit[0] != "9"}, 0.95)
    assert with_it.error is not None
    assert with_it.error > abs(score)
    assert others.lonely == 0


def test_nobody_and_all() -> None:
    """Pins that of nobody nothing is known, that where all have it the exact interval still has a lower end, and that one unit has no error."""
    nobody = ratio([("1", "1"), ("1", "2")], {}, 0.95)
    assert (nobody.value, nobody.error, nobody.korn_graubard(0.95), nobody.reliable(0.95)) == (None, None, None, False)
    everybody = ratio([("1", "1"), ("1", "2")], {("1", "1"): Sums(20, 20.0, 20.0), ("1", "2"): Sums(20, 20.0, 20.0)}, 0.95)
    low, high = everybody.korn_graubard(0.95) or (0, 0)
    assert (everybody.value, everybody.error, high) == (1.0, 0.0, 1.0)
    assert 0.9 < low < 1
    assert ratio([("1", "1")], {("1", "1"): Sums(20, 20.0, 5.0)}, 0.95).error is None


def test_intervals_hold_the_share() -> None:
    """Pins that each of the three intervals holds the share, and that the exact and the logit one stay within 0 and 1."""
    rows = people(400)
    found = ratio({unit for unit, *_ in rows}, sums(rows), 0.95)
    for interval in (found.t, found.logit(0.95), found.korn_graubard(0.95)):
        assert interval is not None
        assert 0 <= interval[0] < (found.value or 0) < interval[1] <= 1
