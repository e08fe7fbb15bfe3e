"""Kleene's three values, by their whole tables."""

from __future__ import annotations

import itertools

import pytest

from cobalamin.model.truth import Truth, join, negate

VALUES = (True, False, None)
RANK = {False: 0, None: 1, True: 2}
PAIRS = list(itertools.product(VALUES, VALUES))


def all_of(truths: list[Truth]) -> Truth:
    return join([lambda _, truth=truth: truth for truth in truths], None, stop=False)


def any_of(truths: list[Truth]) -> Truth:
    return join([lambda _, truth=truth: truth for truth in truths], None, stop=True)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_and_takes_the_lesser(a: bool | None, b: bool | None) -> None:
    """Pins the table of `and`: false below unknown below true."""
    assert all_of([a, b]) is min(a, b, key=RANK.__getitem__)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_or_takes_the_greater(a: bool | None, b: bool | None) -> None:
    """Pins the table of `or`."""
    assert any_of([a, b]) is max(a, b, key=RANK.__getitem__)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_de_morgan(a: bool | None, b: bool | None) -> None:
    """Pins that denying an `and` is an `or` of denials, unknown included."""
    assert negate(all_of([a, b])) is any_of([negate(a), negate(b)])


def test_nothing_at_all() -> None:
    """Pins the empty cases: all of nothing holds, any of nothing does not."""
    assert all_of([]) is True
    assert any_of([]) is False


def test_unknown_is_not_turned_into_anything() -> None:
    """Pins that denying the unknown leaves it unknown."""
    assert negate(None) is None
