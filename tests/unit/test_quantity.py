"""Amounts as intervals on a grid of four decimals."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobalamin.engines.memory.expressions import Expressions
from cobalamin.model.quantity import STEPS, Quantity, bounds, on_grid, print_number
from cobalamin.records.words import Words
from cobalamin.rules import nodes as n
from cobalamin.rules.load import load

EXPRESSIONS = Expressions(Words(load()))
STEP_NUMBERS = st.integers(0, 40)


@pytest.mark.parametrize(
    ("number", "held"), [(0.18 * 1000, 180.0), (0.00005, 0.0001), (0.000049, 0.0), (-0.00005, 0.0), (133.33333, 133.3333), (7, 7.0)]
)
def test_the_grid_rounds_half_up(number: float, held: float) -> None:
    """Pins four decimals, halves upward: the only rounding a result goes through."""
    assert on_grid(number) == held


@given(st.floats(-1e9, 1e9))
def test_the_grid_is_kept_once_reached(number: float) -> None:
    """Pins that rounding twice is rounding once and never moves by more than half a step."""
    once = on_grid(number)
    assert on_grid(once) == once
    assert abs(once - number) <= 0.5 / STEPS + abs(number) * 1e-12


@pytest.mark.parametrize(
    ("comparator", "interval"),
    [("", (150, 150)), ("<", (-math.inf, 149.9999)), ("<=", (-math.inf, 150)), (">", (150.0001, math.inf)), (">=", (150, math.inf))],
)
def test_a_comparison_sign_is_a_closed_interval(comparator: str, interval: tuple[float, float]) -> None:
    """Pins that an open end is one step inside."""
    assert bounds(150.0, comparator) == interval


@given(low=STEP_NUMBERS, high=STEP_NUMBERS, limit=STEP_NUMBERS, op=st.sampled_from(["<", "<=", ">", ">="]))
def test_comparing_an_interval_is_comparing_all_it_holds(low: int, high: int, limit: int, op: str) -> None:
    """Pins true where every value of the interval compares true, false where none does, unknown in between."""
    low, high = min(low, high), max(low, high)
    compare = EXPRESSIONS._compare(op, lambda values: Quantity(low / STEPS, high / STEPS), lambda values: (limit / STEPS,))
    single = {"<": lambda v: v < limit, "<=": lambda v: v <= limit, ">": lambda v: v > limit, ">=": lambda v: v >= limit}[op]
    answers = {single(value) for value in range(low, high + 1)}
    assert compare(None) is (answers.pop() if len(answers) == 1 else None)


@given(number=STEP_NUMBERS, limit=STEP_NUMBERS, sign=st.sampled_from(["<", "<=", ">", ">="]), op=st.sampled_from(["<", "<=", ">", ">="]))
def test_an_open_interval_against_a_limit(number: int, limit: int, sign: str, op: str) -> None:
    """Pins the same for results such as `<150`, by trying every value within reach."""
    low, high = bounds(number / STEPS, sign)
    compare = EXPRESSIONS._compare(op, lambda values: Quantity(low, high), lambda values: (limit / STEPS,))
    tests = {"<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b}
    answers = {tests[op](value, limit) for value in range(-100, 200) if tests[sign](value, number)}
    assert compare(None) is (answers.pop() if len(answers) == 1 else None)


def test_a_limit_nobody_printed_leaves_a_comparison_unknown() -> None:
    """Pins that a missing limit or a missing result is unknown, never false."""
    known, unknown = Quantity(5.0, 5.0), None
    for quantity, limits in ((known, (None,)), (unknown, (5.0,))):
        assert EXPRESSIONS._compare("<", lambda values, q=quantity: q, lambda values, m=limits: m)(None) is None


def test_a_word_holds_every_number() -> None:
    """Pins that a result given as a word decides no comparison with a number."""
    word = Quantity(-math.inf, math.inf, 0, "high", "high")
    assert EXPRESSIONS._compare(">", lambda values: word, lambda values: (5.0,))(None) is None
    assert not word.is_exact


def test_a_count_is_an_interval() -> None:
    """Pins that counting truths counts the unknown ones as both."""
    truths = [n.Constant(n.TRUTH, truth) for truth in (True, None, False, None, True)]
    counted = EXPRESSIONS.function(n.CountOf("count", tuple(truths)))(None)
    assert (counted.lo, counted.hi) == (2.0, 4.0)


@pytest.mark.parametrize(("number", "text"), [(205.0, "205"), (0.27, "0.27"), (0.0001, "0.0001"), (1234567.0, "1234567"), (151.2, "151.2")])
def test_numbers_are_printed_as_people_write_them(number: float, text: str) -> None:
    """Pins no trailing zeros and no exponent."""
    assert print_number(number) == text
