"""Expressions as functions: each node becomes one small function of a patient's values.

Read this as the definition of the rule language; other engines are shown to agree with it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

from cobalamin.engines.memory.features import State, feature
from cobalamin.model.quantity import Quantity, on_grid, print_number
from cobalamin.model.truth import Truth, join, negate
from cobalamin.records.words import Words
from cobalamin.rules import nodes as n
from cobalamin.rules.tables import NONE

ABSENT = object()


class Values:
    """What is known of one patient so far: features looked up once, and what each step concluded."""

    __slots__ = ("slots", "state", "truths", "words")

    def __init__(self, state: State, size: int, steps: int):
        self.state = state
        self.slots: list[Any] = [ABSENT] * size
        self.truths: list[Sequence[Truth]] = [()] * steps
        self.words: list[dict[str, str | None]] = [{}] * steps

    def copy(self, state: State | None = None) -> Values:
        """The same values, of another *state* if one is given, to be looked up in without a trace in these."""
        copy = Values(state or self.state, 0, 0)
        copy.slots, copy.truths, copy.words = self.slots.copy(), self.truths, self.words
        return copy


Function = Callable[[Values], Any]


class Expressions:
    """Make functions of nodes; equal nodes share one function, features and named features one slot."""

    def __init__(self, words: Words):
        self.words = words
        self.functions: dict[n.Node, Function] = {}
        self.slot_of: dict[n.Node, int] = {}
        """Where a feature or named feature is kept once it was looked up."""

    def function(self, node: n.Node) -> Function:
        """The function that answers *node*."""
        if node not in self.functions:
            self.functions[node] = self._make(node)
        return self.functions[node]

    @property
    def slots(self) -> int:
        """How many things a patient's values keep."""
        return len(self.slot_of)

    def _once(self, node: n.Node, compute: Callable[[Values], Any]) -> Function:
        slot = self.slot_of[node] = len(self.slot_of)

        def look(values: Values) -> Any:
            held = values.slots[slot]
            if held is ABSENT:
                held = values.slots[slot] = compute(values)
            return held

        return look

    def _make(self, node: n.Node) -> Function:
        match node:
            case n.Latest() | n.Presence() | n.Course() | n.Tally() | n.Person():
                look_up = feature(node, self.words)
                return self._once(node, lambda values: look_up(values.state))
            case n.Named(unit_group=-1):
                return self._once(node, self.function(node.value))
            case n.Named():
                return self._once(node, self._formula(node))
            case n.Conclusion(step=step, name=name):
                return (lambda values: None) if step < 0 else (lambda values: values.words[step].get(name))
            case n.Fired(step=step, row=row):
                return lambda values: values.truths[step][row]
            case n.Constant(truth=truth):
                return lambda values: truth
            case n.And() | n.Or():
                terms, stop = [self.function(term) for term in node.terms], isinstance(node, n.Or)
                return lambda values: join(terms, values, stop)
            case n.Not():
                inner = self.function(node.term)
                return lambda values: negate(inner(values))
            case n.Compare(left=left, right=right) if isinstance(right, (n.Limit, n.LimitByWord)) and left.kind != n.NUMBER:
                return self._compare(node.op, self.function(left), self.limits(right))
            case n.Compare():
                return self._compare_numbers(node.op, self.function(node.left), self.function(node.right))
            case n.Is(left=n.Conclusion(step=step, name=name), words=words) if step >= 0:
                return lambda values: None if (held := values.words[step].get(name)) is None else held in words
            case n.Is():
                return self._is(self.function(node.left), node.words)
            case n.Known():
                inner = self.function(node.term)
                return lambda values: inner(values) not in (None, NONE)
            case n.Certain():
                inner = self.function(node.term)
                return lambda values: inner(values) is True
            case n.CountOf():
                return self._count([self.function(term) for term in node.terms])
            case n.Limit(values=limits):
                return lambda values: limits[0]
            case n.LimitByWord():
                limits_of = self.limits(node)
                return lambda values: limits_of(values)[0]
            case n.Amount():
                return self._amount(self.function(node.term), node.factors)
            case n.Arithmetic():
                return self._arithmetic(node.op, [self.function(term) for term in node.terms])
            case n.Choose():
                return self._choose(*(self.function(part) for part in (node.condition, node.then, node.otherwise)))
            case n.Default():
                first, second = self.function(node.term), self.function(node.otherwise)
                return lambda values: held if (held := first(values)) is not None else second(values)
        raise TypeError(f"no meaning for {node}")

    def limits(self, node: n.Limit | n.LimitByWord) -> Callable[[Values], tuple[float | None, ...]]:
        """The limit in each unit group, once the word that chooses it is known."""
        if isinstance(node, n.Limit):
            fixed = node.values
            return lambda values: fixed
        key, groups = self.function(node.key), max((len(limit.values) for limit in node.limits), default=1)
        table = {word: limit.values for word, limit in zip(node.words, node.limits, strict=True)}
        unknown: tuple[float | None, ...] = (None,) * groups
        return lambda values: table.get(key(values), unknown)

    def _compare(self, op: str, left: Function, limits: Callable[[Values], tuple[float | None, ...]]) -> Function:
        def compare(values: Values) -> Truth:
            quantity: Quantity | None = left(values)
            limit = None if quantity is None else limits(values)[quantity.group]
            if quantity is None or limit is None:
                return None
            lo, hi = quantity.lo, quantity.hi
            match op:
                case "<":
                    return True if hi < limit else False if lo >= limit else None
                case "<=":
                    return True if hi <= limit else False if lo > limit else None
                case ">":
                    return True if lo > limit else False if hi <= limit else None
            return True if lo >= limit else False if hi < limit else None

        return compare

    def _compare_numbers(self, op: str, left: Function, right: Function) -> Function:
        test: Callable[[float, float], bool] = {
            "<": lambda a, b: a < b, "<=": lambda a, b: a <= b, ">": lambda a, b: a > b, ">=": lambda a, b: a >= b,
        }[op]  # fmt: skip
        return lambda values: test(a, b) if (a := left(values)) is not None and (b := right(values)) is not None else None

    def _is(self, left: Function, words: tuple[str, ...]) -> Function:
        def check(values: Values) -> Truth:
            held = left(values)
            if isinstance(held, Quantity):
                # A number is not a word: whether 205 pg/mL is "low" is for a limit to say.
                held = held.word or None
            return None if held is None else held in words

        return check

    def _count(self, terms: list[Function]) -> Function:
        def count(values: Values) -> Quantity:
            truths = [term(values) for term in terms]
            return Quantity(float(truths.count(True)), float(len(truths) - truths.count(False)))

        return count

    def _amount(self, term: Function, factors: tuple[float | None, ...]) -> Function:
        def amount(values: Values) -> float | None:
            quantity: Quantity | None = term(values)
            if quantity is None or not quantity.is_exact:
                return None
            factor = factors[quantity.group]
            return None if factor is None else quantity.lo * factor

        return amount

    def _arithmetic(self, op: str, terms: list[Function]) -> Function:
        def arithmetic(values: Values) -> float | None:
            numbers: list[float] = []
            for term in terms:
                number = term(values)
                if number is None:
                    return None
                numbers.append(number)
            return calculate(op, numbers)

        return arithmetic

    def _choose(self, condition: Function, then: Function, otherwise: Function) -> Function:
        def choose(values: Values) -> float | None:
            truth = condition(values)
            return None if truth is None else then(values) if truth else otherwise(values)

        return choose

    def _formula(self, node: n.Named) -> Callable[[Values], Quantity | None]:
        inner, scale = self.function(node.value), 10.0**node.digits

        def formula(values: Values) -> Quantity | None:
            number = inner(values)
            if number is None:
                return None
            shown = math.floor(number * scale + 0.5) / scale
            held = on_grid(shown * node.times)
            return Quantity(held, held, node.unit_group, "", f"{print_number(shown)} {node.unit}")

        return formula


def calculate(op: str, numbers: list[float]) -> float | None:
    """Arithmetic that is unknown where it is undefined: a division by zero, a root or logarithm of nothing."""
    match op:
        case "+":
            return numbers[0] + numbers[1]
        case "-":
            return numbers[0] - numbers[1]
        case "*":
            return numbers[0] * numbers[1]
        case "/":
            return numbers[0] / numbers[1] if numbers[1] != 0 else None
        case "**":
            return numbers[0] ** numbers[1] if numbers[0] > 0 else None
        case "log10":
            return math.log10(numbers[0]) if numbers[0] > 0 else None
        case "neg":
            return -numbers[0]
    return min(numbers) if op == "min" else max(numbers)
