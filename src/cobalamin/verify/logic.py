"""The few words of the solver that the proofs use, with plain constants folded away.

Everything here is linear: a number is a rational, a sum, a multiple by a constant, or a free number.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, TypeAlias

import z3  # type: ignore[import-untyped]

Bool: TypeAlias = Any
"""A solver's proposition, or a plain True or False."""
Real: TypeAlias = Any
"""A solver's number, or a plain Fraction."""


def free_bool(name: str) -> Bool:
    """A proposition the solver may choose."""
    return z3.Bool(name)


def free_real(name: str) -> Real:
    """A number the solver may choose."""
    return z3.Real(name)


def free_whole(name: str) -> Real:
    """A whole number the solver may choose."""
    return z3.ToReal(z3.Int(name))


def exact(number: float) -> Fraction:
    """A number of the knowledge as it is printed, not as binary holds it."""
    return Fraction(repr(float(number)))


def both(*terms: Bool) -> Bool:
    """All of *terms*."""
    return all_true(terms)


def either(*terms: Bool) -> Bool:
    """Any of *terms*."""
    return any_true(terms)


def all_true(terms: Iterable[Bool]) -> Bool:
    """All of *terms*, True when there are none."""
    kept: list[Bool] = []
    for term in terms:
        if term is False:
            return False
        if term is not True:
            kept.append(term)
    return True if not kept else kept[0] if len(kept) == 1 else z3.And(kept)


def any_true(terms: Iterable[Bool]) -> Bool:
    """Any of *terms*, False when there are none."""
    kept: list[Bool] = []
    for term in terms:
        if term is True:
            return True
        if term is not False:
            kept.append(term)
    return False if not kept else kept[0] if len(kept) == 1 else z3.Or(kept)


def no(term: Bool) -> Bool:
    """The opposite of *term*."""
    return not term if isinstance(term, bool) else z3.Not(term)


def implies(given: Bool, then: Bool) -> Bool:
    """*then*, wherever *given* holds."""
    return either(no(given), then)


def same(a: Bool, b: Bool) -> Bool:
    """Both hold or neither does."""
    if isinstance(a, bool):
        return b if a else no(b)
    if isinstance(b, bool):
        return a if b else no(a)
    return True if a is b else a == b


def one_of(terms: list[Bool]) -> Bool:
    """Exactly one of *terms*."""
    return both(any_true(terms), *(either(no(a), no(b)) for i, a in enumerate(terms) for b in terms[:i]))


def at_least(terms: Iterable[Bool], number: int) -> Bool:
    """At least *number* of *terms*."""
    kept = [term for term in terms if term is not False]
    number -= sum(term is True for term in kept)
    kept = [term for term in kept if term is not True]
    if number <= 0:
        return True
    return False if number > len(kept) else z3.AtLeast(*kept, number)


def choose(condition: Bool, a: Real, b: Real) -> Real:
    """*a* where *condition* holds, else *b*."""
    if isinstance(condition, bool):
        return a if condition else b
    return z3.If(condition, _term(a), _term(b))


def compare(a: Real, op: str, b: Real) -> Bool:
    """Whether *a* stands in the relation *op* to *b*."""
    if not isinstance(a, Fraction) or not isinstance(b, Fraction):
        a, b = _term(a), _term(b)
    match op:
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case ">=":
            return a >= b
    return a == b


def is_number(number: Real) -> bool:
    """Whether *number* is a plain constant."""
    return isinstance(number, Fraction)


def plus(a: Real, b: Real) -> Real:
    """The sum of *a* and *b*."""
    return a + b if is_number(a) and is_number(b) else _term(a) + _term(b)


def times(a: Real, factor: Fraction) -> Real:
    """A multiple of *a* by a constant."""
    return a * factor if is_number(a) else _term(a) * _term(factor)


def _term(number: Real) -> Any:
    return z3.RealVal(f"{number.numerator}/{number.denominator}") if isinstance(number, Fraction) else number
