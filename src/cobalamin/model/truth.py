"""The three truth values of Kleene's logic: true, false and unknown.

Unknown is written `None` in Python and `NULL` in SQL, so that every engine has it natively.
It never means "normal" and never turns into false by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

Truth = bool | None
Given = TypeVar("Given")


def join(terms: Sequence[Callable[[Given], Truth]], given: Given, stop: bool) -> Truth:
    """Kleene's `and` of *terms* (*stop* is false) or their `or` (*stop* is true), each asked of *given* in turn.

    One term equal to *stop* decides; otherwise one unknown leaves it unknown.

    >>> join([lambda x: True, lambda x: None], 0, stop=False), join([lambda x: False, lambda x: None], 0, stop=False)
    (None, False)
    """
    answer: Truth = not stop
    for term in terms:
        truth = term(given)
        if truth is stop:
            return stop
        if truth is None:
            answer = None
    return answer


def negate(truth: Truth) -> Truth:
    """Turn true to false and false to true; unknown stays unknown."""
    return None if truth is None else not truth
