"""A measured amount as an interval: `205 pg/mL` is a point, `<150 pg/mL` is everything below.

Amounts live on a grid of four decimals of the first unit of their group (ng/L, pmol/L, g/L ...).
On a grid an open end is one step inside, so `<150` is the closed interval from nothing to 149.9999,
and every engine compares plain numbers. The grid is the only rounding a result goes through.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

STEPS = 10_000
STEP = 1 / STEPS
INFINITY = math.inf


def on_grid(number: float) -> float:
    """Round half up to four decimals, by the arithmetic every engine can repeat exactly.

    >>> on_grid(0.18 * 1000)
    180.0
    """
    return math.floor(number * STEPS + 0.5) / STEPS


def bounds(number: float, comparator: str) -> tuple[float, float]:
    """Return the closed interval on the grid that *comparator* and *number* describe.

    >>> bounds(150.0, "<")
    (-inf, 149.9999)
    """
    match comparator:
        case "<":
            return -INFINITY, on_grid(number - STEP)
        case "<=":
            return -INFINITY, number
        case ">":
            return on_grid(number + STEP), INFINITY
        case ">=":
            return number, INFINITY
    return number, number


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount of one kind: closed interval `lo..hi` in the first unit of unit group `group`.

    `word` is set instead when the laboratory gave a word (`high`, `positive`); then `lo..hi` is everything.
    `printed` is what the record said, for the reader; it takes no part in any comparison.
    """

    lo: float
    hi: float
    group: int = 0
    word: str = ""
    printed: str = ""

    @property
    def is_exact(self) -> bool:
        return self.lo == self.hi


def print_number(number: float) -> str:
    """Write a number as a person would: no trailing zeros, no exponent for everyday sizes.

    >>> print_number(205.0), print_number(0.27)
    ('205', '0.27')
    """
    return format(number, ".10g")
