"""Stretches of a number within which no rule changes its mind: between the limits that are drawn for this patient.

A limit is drawn by a comparison with the number itself, or with a formula that the number is a part of; for a formula the place where it
crosses the limit is searched among numbers of three digits, as laboratories print them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import overload

from cobalamin.model.quantity import INFINITY, STEP, on_grid
from cobalamin.model.truth import Truth

DIGITS = 3
"""How many digits of a result count where a formula is searched for a limit."""
PARTS = 8
"""Into how many parts a search is cut first, so that a formula may turn round."""
FARTHER = 4 / 3
"""How far beyond the last limit an example of a number lies, as a factor."""


@dataclass(frozen=True, order=True)
class Cut:
    """Where one stretch ends and the next begins: just before a number, or just `after` it."""

    at: float
    after: bool = False


@dataclass(frozen=True)
class Stretch:
    """The numbers from one cut to another, `None` where nothing ends it, and one number of them as an `example`."""

    lower: Cut | None
    upper: Cut | None
    example: float

    def holds(self, number: float) -> bool:
        """Whether a number lies in it."""
        above = self.lower is None or number > self.lower.at or (number == self.lower.at and not self.lower.after)
        return above and (self.upper is None or number < self.upper.at or (number == self.upper.at and self.upper.after))


    def within(self, lowest: float, highest: float, low: float, high: float) -> Stretch | None:
        """What of it lies from *lowest* to *highest*, among numbers from *low* to *high*; None when nothing does."""
        if lowest == -INFINITY and highest == INFINITY:
            return self
        ends = [cut for cut in (self.lower, self.upper, Cut(lowest), Cut(highest, True)) if cut and abs(cut.at) != INFINITY]
        inside = stretches(ends, max(low, lowest), min(high, highest))
        return next((stretch for stretch in inside if self.holds(stretch.example)), None)


def cut_by(op: str, limit: float) -> Cut:
    """The cut that a comparison makes: `<` and `>=` part the numbers before the limit, `<=` and `>` after it."""
    return Cut(limit, op in ("<=", ">"))


def stretches(cuts: Iterable[Cut], low: float, high: float, step: float = STEP) -> list[Stretch]:
    """The stretches between *cuts* that hold a number from *low* to *high*, in order; a number is a multiple of *step*."""
    ends: list[Cut | None] = [None, *sorted(set(cuts)), None]
    found = []
    for lower, upper in pairwise(ends):
        first = low if lower is None else max(low, on_grid(lower.at + step) if lower.after else lower.at)
        last = high if upper is None else min(high, upper.at if upper.after else on_grid(upper.at - step))
        if first <= last:
            found.append(Stretch(lower, upper, _example(first, last, lower is None, upper is None, step)))
    return found


def _example(first: float, last: float, open_below: bool, open_above: bool, step: float) -> float:
    """A number from *first* to *last* that a reader would believe: round, in the middle, or a little beyond the only limit."""
    if open_below and not open_above:
        aim = max(first, last / FARTHER)
    elif open_above and not open_below:
        aim = min(last, first * FARTHER)
    else:
        aim = (first + last) / 2
    for digits in range(2, DIGITS + 3):
        rounded = on_grid(round(float(f"{aim:.{digits}g}") / step) * step)
        if first <= rounded <= last:
            return rounded
    return first


def crossings(truth: Callable[[float], Truth], numbers: Sequence[float]) -> list[Cut]:
    """Where the *truth* of a comparison changes along *numbers* in order."""
    if all(truth(numbers[place]) is None for place in (0, len(numbers) // 2, len(numbers) - 1)):
        # something else that the formula needs is unknown
        return []
    ends = sorted({round(index * (len(numbers) - 1) / PARTS) for index in range(PARTS + 1)})
    known = {end: truth(numbers[end]) for end in ends}
    found = []
    for low, high in pairwise(ends):
        before = known[low]
        if known[high] is before:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            if truth(numbers[middle]) is before:
                low = middle
            else:
                high = middle
        found.append(Cut(numbers[high]))
    return found


class Printed(Sequence[float]):
    """The numbers of three digits from *low* to *high*, each a multiple of *times* in the unit that results are held in."""

    def __init__(self, low: float, high: float, times: float):
        self.times = times
        self.first = self._index(max(low, STEP) / times)
        self.last = self._index(high / times)

    @staticmethod
    def _index(number: float) -> int:
        digits, _, power = f"{number:.{DIGITS - 1}e}".partition("e")
        decade = 9 * 10 ** (DIGITS - 1)
        return int(int(power) * decade + int(digits.replace(".", "")) - decade // 9)

    def __len__(self) -> int:
        return self.last - self.first + 1

    @overload
    def __getitem__(self, index: int) -> float: ...
    @overload
    def __getitem__(self, index: slice) -> list[float]: ...
    def __getitem__(self, index: int | slice) -> float | list[float]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        power, digits = divmod(self.first + index, 9 * 10 ** (DIGITS - 1))
        return on_grid(float(f"{digits + 10 ** (DIGITS - 1)}e{power - DIGITS + 1}") * self.times)
