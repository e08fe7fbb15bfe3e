"""Chance that anybody can repeat: every draw is a hash of the seed, the person and the name of the draw, never of the order of the work."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

BITS = 53
"""Bits of a draw: what a double holds."""


@dataclass(frozen=True)
class Chance:
    """The draws of one seed, as SQL over a column that numbers the people (or their occasions)."""

    seed: str
    key: str = "n"

    def _hash(self, name: str) -> str:
        constant = int.from_bytes(hashlib.blake2b(f"{self.seed}:{name}".encode(), digest_size=8).digest(), "big") >> 2
        return f"(((hash(xor({self.key}::BIGINT, {constant})) >> {64 - BITS})::DOUBLE + 0.5) / {float(1 << BITS)!r})"

    def u(self, name: str) -> str:
        """A number between 0 and 1, neither reached."""
        return self._hash(name)

    def below(self, percent: float | str, name: str) -> str:
        """Whether something happens that happens to so many percent."""
        return f"({self.u(name)} * 100 < {percent})"

    def z(self, name: str) -> str:
        """A number of the normal distribution with mean 0 and deviation 1."""
        return f"(sqrt(-2 * ln({self._hash(name + '/length')})) * cos(2 * pi() * {self._hash(name + '/angle')}))"

    def waits(self, name: str) -> str:
        """How long one waits for something that comes at any time alike, its mean being 1."""
        return f"(-ln({self.u(name)}))"

    def between(self, low: float | str, high: float | str, name: str) -> str:
        """A number from *low* to *high*."""
        return f"({low} + {self.u(name)} * ({high} - {low}))"


def chosen(draw: str, shares: list[float]) -> str:
    """The place (from 0) in a list of shares that a draw between 0 and 1 falls on."""
    total, sum_, cases = sum(shares), 0.0, ""
    for place, share in enumerate(shares[:-1]):
        sum_ += share / total
        cases += f" WHEN {draw} < {sum_!r} THEN {place}"
    return f"CASE{cases} ELSE {len(shares) - 1} END" if cases else "0"
