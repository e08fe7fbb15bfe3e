"""Small cells: counts that could point at a person are left out, and so is what they could be computed from."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def hidden(counts: Mapping[Key, int], sums: Iterable[tuple[Key, Sequence[Key]]], below: int) -> set[Key]:
    """The counts to leave out: those above zero and below *below*, and where a single part of a sum would be left out,
    the next smallest part too, for otherwise it could be computed from the rest.

    >>> sorted(hidden({"all": 20, "a": 2, "b": 6, "c": 12}, [("all", ["a", "b", "c"])], 5))
    ['a', 'b']
    """
    out = {key for key, number in counts.items() if 0 < number < below}
    sums = list(sums)
    while True:
        more = set[Key]()
        for total, parts in sums:
            gone = [part for part in parts if part in out]
            left = [part for part in parts if part not in out and counts[part]]
            if len(gone) == 1 and left and total not in out:
                more.add(min(left, key=lambda part: counts[part]))
        if not more:
            return out
        out |= more
