"""What an expression answers about every patient at once: truths, words, quantities and numbers made of propositions.

Each mirrors a value of the memory engine; where that would be one value for one patient, here it is the conditions
under which the value is what it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from cobalamin.verify.logic import Bool, Real, both, either, no


@dataclass(frozen=True)
class Truth:
    """When something is true and when it is false; where neither holds it is unknown."""

    true: Bool
    false: Bool

    @property
    def unknown(self) -> Bool:
        """When it is neither."""
        return both(no(self.true), no(self.false))

    def negated(self) -> Truth:
        """Kleene's not."""
        return Truth(self.false, self.true)


@dataclass(frozen=True)
class Word:
    """When each word is the answer, and when the answer is that there is none; otherwise it is undecided."""

    words: dict[str, Bool]
    none: Bool

    @property
    def known(self) -> Bool:
        """When some word is the answer."""
        return either(*self.words.values())

    @property
    def undecided(self) -> Bool:
        """When nothing can be said yet."""
        return both(no(self.known), no(self.none))


@dataclass(frozen=True)
class Quantity:
    """A closed interval that may lack an end, in one of some unit groups; or a word in place of a number."""

    known: Bool
    low: Real
    high: Real
    bounded_below: Bool
    bounded_above: Bool
    groups: tuple[Bool, ...]
    words: dict[str, Bool]

    @property
    def is_exact(self) -> Bool:
        """When it is one number; an interval held in two different ends never is."""
        whole = self.low is self.high
        return both(self.known, self.bounded_below, self.bounded_above, True if whole else self.low == self.high)


@dataclass(frozen=True)
class Number:
    """A plain number of arithmetic and when it is known."""

    known: Bool
    value: Real
