"""A share of people counted, with its interval where everybody counts alike."""

from __future__ import annotations

import math
from dataclasses import dataclass

from cobalamin.stats.distributions import beta_quantile, normal_quantile


@dataclass(frozen=True)
class Share:
    """*found* of *people*, and the interval in which the share of a large population would lie."""

    found: int
    people: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """The share itself, or None of nobody."""
        return self.found / self.people if self.people else None


def wilson(found: int, people: int, confidence: float) -> Share:
    """A share with Wilson's score interval (Wilson 1927), which stays within 0 and 1 and holds for small numbers.

    >>> share = wilson(7, 20, 0.95)
    >>> round(share.low, 4), round(share.high, 4)
    (0.1812, 0.5671)
    """
    if not people:
        return Share(found, people, 0.0, 1.0)
    z = normal_quantile((1 + confidence) / 2)
    share, more = found / people, z * z / people
    middle = (share + more / 2) / (1 + more)
    reach = z / (1 + more) * math.sqrt(share * (1 - share) / people + more / (4 * people))
    return Share(found, people, max(middle - reach, 0.0) if found else 0.0, min(middle + reach, 1.0) if found < people else 1.0)


def exact_interval(found: float, people: float, confidence: float) -> tuple[float, float]:
    """The interval of Clopper and Pearson (1934); counts may be effective ones, not whole."""
    tail = (1 - confidence) / 2
    low = beta_quantile(tail, found, people - found + 1) if found > 0 else 0.0
    high = beta_quantile(1 - tail, found + 1, people - found) if found < people else 1.0
    return low, high
