"""The three truth values of Kleene's logic: true, false and unknown.

`UNKNOWN` is written `None` in Python and `NULL` in SQL, so that every engine has it natively.
It never means "normal" and never turns into false by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

Truth = bool | None
UNKNOWN: Truth = None


def all_of(truths: Iterable[Truth]) -> Truth:
    """False if any is false, else unknown if any is unknown, else true.

    >>> all_of([True, None]), all_of([False, None])
    (None, False)
    """
    answer: Truth = True
    for truth in truths:
        if truth is False:
            return False
        if truth is None:
            answer = None
    return answer


def any_of(truths: Iterable[Truth]) -> Truth:
    """True if any is true, else unknown if any is unknown, else false.

    >>> any_of([True, None]), any_of([False, None])
    (True, None)
    """
    answer: Truth = False
    for truth in truths:
        if truth is True:
            return True
        if truth is None:
            answer = None
    return answer


def negate(truth: Truth) -> Truth:
    """Turn true to false and false to true; unknown stays unknown."""
    return None if truth is None else not truth


def in_words(truth: Truth) -> str:
    """Name a truth value as the assessment prints it: `true`, `false` or `unknown`."""
    return "unknown" if truth is None else "true" if truth else "false"
