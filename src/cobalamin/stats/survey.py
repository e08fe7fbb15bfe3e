"""Estimates from a survey with weights, strata and sampling units, by Taylor linearization of a ratio.

The design is taken as SUDAAN's WR and as NCHS recommends for its public files: strata with primary sampling units drawn with
replacement. Everything is computed from sums over each sampling unit, so a database can do the adding. A subpopulation is
estimated with *every* unit of the design, also those in which it has nobody: they bring a sum of zero, not nothing.
A stratum with one unit only (a lonely one) is centred on the mean of all units, which errs on the wide side.
Degrees of freedom are the units less the strata in which the subpopulation has somebody (Korn and Graubard 1999; NCHS).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cobalamin.stats.distributions import t_quantile
from cobalamin.stats.shares import exact_interval

Unit = tuple[str, str]
"""Stratum and primary sampling unit."""
LEAST_PEOPLE, LEAST_FREEDOM, WIDEST, NARROW, WIDEST_RELATIVE = 30, 8, 3 / 10, 5 / 100, 13 / 10
"""NCHS data presentation standards for proportions (Vital and Health Statistics 2(175), 2017)."""


@dataclass(frozen=True, slots=True)
class Sums:
    """One sampling unit's part in a subpopulation: people counted, and weighted sums of everybody and of what is estimated."""

    people: int
    weight: float
    value: float


@dataclass(frozen=True)
class Estimate:
    """A weighted ratio (a share or a mean) with its design-based error. None where it cannot be computed."""

    value: float | None
    error: float | None
    people: int
    weight: float
    strata: int
    units: int
    lonely: int
    freedom: int
    t: tuple[float, float] | None
    """value ± t · error."""

    def logit(self, confidence: float) -> tuple[float, float] | None:
        """The interval of a share computed on the logit scale."""
        if self.value is None or self.error is None or self.freedom < 1 or not 0 < self.value < 1:
            return None
        middle = math.log(self.value / (1 - self.value))
        reach = t_quantile((1 + confidence) / 2, self.freedom) * self.error / (self.value * (1 - self.value))
        return tuple(1 / (1 + math.exp(-(middle + side * reach))) for side in (-1, 1))  # type: ignore[return-value]

    def effective_people(self, confidence: float) -> float:
        """How many people a plain random sample would need for this error, brought to the design's degrees of freedom, never more than were seen."""
        if not self.error or self.value is None or not 0 < self.value < 1 or self.freedom < 1:
            return float(self.people)
        tail = (1 + confidence) / 2
        adjusted = (t_quantile(tail, self.people - 1) / t_quantile(tail, self.freedom)) ** 2 if self.people > 1 else 1.0
        return min(self.value * (1 - self.value) / self.error**2 * adjusted, float(self.people))

    def korn_graubard(self, confidence: float) -> tuple[float, float] | None:
        """The exact interval of a share at the effective number of people (Korn and Graubard 1998), as NCHS prints it."""
        if self.value is None or self.error is None or self.freedom < 1:
            return None
        people = self.effective_people(confidence)
        return exact_interval(people * min(max(self.value, 0.0), 1.0), people, confidence)

    def reliable(self, confidence: float) -> bool:
        """Whether NCHS would print this share without a warning."""
        interval = self.korn_graubard(confidence)
        if interval is None or self.value is None or min(self.people, self.effective_people(confidence)) < LEAST_PEOPLE:
            return False
        width = interval[1] - interval[0]
        if width >= WIDEST or (width > NARROW and width / max(self.value, 1e-9) > WIDEST_RELATIVE):
            return False
        return self.freedom >= LEAST_FREEDOM


def ratio(design: Iterable[Unit], sums: Mapping[Unit, Sums], confidence: float) -> Estimate:
    """The weighted ratio of value to weight over the units of *sums*, with its error over all units of the *design*.

    For a share the value of a unit is the weight of those who have it; for a mean, the weighted sum.
    """
    strata: dict[str, set[Unit]] = {}
    for unit in design:
        strata.setdefault(unit[0], set()).add(unit)
    inside = {unit for unit, held in sums.items() if held.people}
    people, weight = sum(held.people for held in sums.values()), math.fsum(held.weight for held in sums.values())
    freedom = len(inside) - len({unit[0] for unit in inside})
    lonely = sum(len(units) == 1 for units in strata.values())
    count = sum(map(len, strata.values()))
    if not weight:
        return Estimate(None, None, people, weight, len(strata), count, lonely, freedom, None)
    value = math.fsum(held.value for held in sums.values()) / weight
    scores = {unit: (held.value - value * held.weight) / weight for unit, held in sums.items()}
    variance = 0.0
    for units in strata.values():
        own = [scores.get(unit, 0.0) for unit in units]
        # all scores add up to zero, so the mean of all units is zero
        middle = math.fsum(own) / len(own) if len(own) > 1 else 0.0
        variance += len(own) / max(len(own) - 1, 1) * math.fsum((score - middle) ** 2 for score in own)
    error = math.sqrt(variance)
    t = None
    if freedom >= 1:
        reach = t_quantile((1 + confidence) / 2, freedom) * error
        t = (value - reach, value + reach)
    return Estimate(value, error if freedom >= 1 else None, people, weight, len(strata), count, lonely, freedom, t)
