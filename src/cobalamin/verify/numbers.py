"""Quantities, the arithmetic of formulas, and comparisons, over one free patient.

What is linear is exact. A product of two results, a power or a logarithm is a free number within its range, equal
for equal terms; so a proof holds, while a counterexample that hangs on such a number must be tried on the engine.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction

from cobalamin.engines.memory.expressions import calculate
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program
from cobalamin.verify import logic
from cobalamin.verify.logic import Bool, both, either, no
from cobalamin.verify.patient import Patient
from cobalamin.verify.ranges import range_of
from cobalamin.verify.symbols import Number, Quantity, Truth, Word


class Numbers(ABC):
    """Everything of an encoding that has a size; truths and words are the encoding's own."""

    before: Numbers | None = None

    def __init__(self, program: Program, patient: Patient):
        self.program, self.patient = program, patient
        self.constraints: list[Bool] = list(patient.constraints)
        self.formulas: dict[n.Named, Quantity] = {}
        self._quantities: dict[n.Node, Quantity] = {}
        self._numbers: dict[n.Node, Number] = {}
        self._free_numbers = 0

    @abstractmethod
    def depends(self, node: n.Node) -> bool:
        """Whether *node* can differ from what it was in the encoding before this one."""

    @abstractmethod
    def truth(self, node: n.Node) -> Truth:
        """When *node* is true and when it is false."""

    @abstractmethod
    def word_of(self, node: n.Node) -> Word:
        """The word a node answers."""

    # ---- quantities

    def quantity(self, node: n.Node) -> Quantity:
        """The interval a node answers."""
        if node not in self._quantities:
            same = self.before is not None and not self.depends(node)
            self._quantities[node] = self.before.quantity(node) if self.before and same else self._quantity(node)
        return self._quantities[node]

    def _quantity(self, node: n.Node) -> Quantity:
        match node:
            case n.Named(unit_group=-1):
                return self.quantity(node.value)
            case n.Named():
                found = self.formulas[node] = self._formula(node)
                return found
            case n.CountOf():
                truths = [self.truth(term) for term in node.terms]
                low, high = logic.exact(0), logic.exact(0)
                for t in truths:
                    low = logic.plus(low, logic.choose(t.true, logic.exact(1), logic.exact(0)))
                    high = logic.plus(high, logic.choose(t.false, logic.exact(0), logic.exact(1)))
                return Quantity(True, low, high, True, True, (True,), {})
        answer = self.patient.leaves[node]
        assert isinstance(answer, Quantity)
        return answer

    def _formula(self, node: n.Named) -> Quantity:
        number = self.number(node.value)
        scale = logic.exact(10**node.digits)
        # half up: steps <= number * scale + 1/2 < steps + 1
        steps = logic.free_whole(f"{self.patient.name}{node.name} in steps")
        raised = logic.plus(logic.times(number.value, scale), Fraction(1, 2))
        self.constraints += [logic.compare(steps, "<=", raised), logic.compare(raised, "<", logic.plus(steps, logic.exact(1)))]
        value = logic.times(steps, logic.exact(node.times) / scale)
        units = self.program.knowledge.units(node.kind)
        groups = tuple(group == node.unit_group for group in range(len(units.groups) if units else 1))
        return Quantity(number.known, value, value, True, True, groups, {})

    # ---- arithmetic

    def number(self, node: n.Node) -> Number:
        """The plain number a node answers."""
        if node not in self._numbers:
            same = self.before is not None and not self.depends(node)
            self._numbers[node] = self.before.number(node) if self.before and same else self._number(node)
        return self._numbers[node]

    def _number(self, node: n.Node) -> Number:
        match node:
            case n.Limit(values=values):
                return Number(values[0] is not None, logic.exact(values[0] or 0))
            case n.LimitByWord():
                key, known, value = self.word_of(node.key), False, logic.exact(0)
                for word, limit in zip(node.words, node.limits, strict=True):
                    if word in key.words and limit.values[0] is not None:
                        known = either(known, key.words[word])
                        value = logic.choose(key.words[word], logic.exact(limit.values[0]), value)
                return Number(known, value)
            case n.Amount():
                quantity, value, fits = self.quantity(node.term), logic.exact(0), False
                for holds, factor in zip(quantity.groups, node.factors, strict=True):
                    if factor is not None:
                        fits = either(fits, holds)
                        value = logic.choose(holds, logic.times(quantity.low, logic.exact(factor)), value)
                return Number(both(quantity.is_exact, fits), value)
            case n.Choose():
                test, a, b = self.truth(node.condition), self.number(node.then), self.number(node.otherwise)
                known = either(both(test.true, a.known), both(test.false, b.known))
                return Number(known, logic.choose(test.true, a.value, b.value))
            case n.Default():
                a, b = self.number(node.term), self.number(node.otherwise)
                return Number(either(a.known, b.known), logic.choose(a.known, a.value, b.value))
            case n.Arithmetic():
                return self._arithmetic(node)
        raise TypeError(f"the solver has no meaning for {node}")

    def _arithmetic(self, node: n.Arithmetic) -> Number:
        terms = [self.number(term) for term in node.terms]
        known, values = both(*(term.known for term in terms)), [term.value for term in terms]
        fixed = [logic.is_number(value) for value in values]
        if all(fixed):
            result = calculate(node.op, [float(value) for value in values])
            return Number(False if result is None else known, logic.exact(result or 0))
        match node.op:
            case "+":
                return Number(known, logic.plus(*values))
            case "-":
                return Number(known, logic.plus(values[0], logic.times(values[1], logic.exact(-1))))
            case "neg":
                return Number(known, logic.times(values[0], logic.exact(-1)))
            case "*" if any(fixed):
                return Number(known, logic.times(values[1], values[0]) if fixed[0] else logic.times(values[0], values[1]))
            case "/" if fixed[1] and values[1] != 0:
                return Number(known, logic.times(values[0], 1 / values[1]))
            case "min" | "max":
                best = values[0]
                for value in values[1:]:
                    best = logic.choose(logic.compare(value, "<" if node.op == "min" else ">", best), value, best)
                return Number(known, best)
        return self._free(node, terms)

    def _free(self, node: n.Arithmetic, terms: list[Number]) -> Number:
        self._free_numbers += 1
        name = f"{self.patient.name}free number {self._free_numbers}"
        span = range_of(self.program.knowledge, node)
        value, defined = logic.free_real(name), True if span.always else logic.free_bool(f"{name} defined")
        if span.always:
            self.constraints += [logic.compare(logic.exact(span.low), "<=", value), logic.compare(value, "<=", logic.exact(span.high))]
        found = Number(both(defined, *(term.known for term in terms)), value)
        if self.before is not None:
            was = [self.before.number(term) for term in node.terms]
            earlier = self.before.number(node)
            equal = [both(a.known, b.known, logic.compare(a.value, "==", b.value)) for a, b in zip(terms, was, strict=True)]
            outcome = both(logic.compare(value, "==", earlier.value), logic.same(found.known, earlier.known))
            self.constraints.append(logic.implies(both(*equal), outcome))
        return found

    # ---- comparisons

    def compare(self, node: n.Compare) -> Truth:
        if node.kind == n.NUMBER or node.left.kind == n.NUMBER:
            a, b = self.number(node.left), self.number(node.right)
            known, holds = both(a.known, b.known), logic.compare(a.value, node.op, b.value)
            return Truth(both(known, holds), both(known, no(holds)))
        inner = node.left
        while isinstance(inner, n.Named) and inner.unit_group < 0:
            inner = inner.value
        if isinstance(inner, n.CountOf) and isinstance(node.right, n.Limit):
            return self._compare_count(inner, node.op, node.right.values[0])
        left = self.quantity(node.left)
        if isinstance(node.right, n.Limit):
            return _against(left, node.op, node.right)
        if not isinstance(node.right, n.LimitByWord):
            raise TypeError(f"the solver has no meaning for {node}")
        key = self.word_of(node.right.key)
        cases = [
            (key.words[word], _against(left, node.op, limit))
            for word, limit in zip(node.right.words, node.right.limits, strict=True)
            if word in key.words
        ]
        return Truth(either(*(both(k, t.true) for k, t in cases)), either(*(both(k, t.false) for k, t in cases)))

    def _compare_count(self, node: n.CountOf, op: str, limit: float | None) -> Truth:
        if limit is None:
            return Truth(False, False)
        truths = [self.truth(term) for term in node.terms]
        # at least this many hold, for > and >= (and, turned round, for <= and <)
        needed = int(limit // 1) + 1 if op in (">", "<=") else -int(-limit // 1)
        enough = logic.at_least([t.true for t in truths], needed)
        never = no(logic.at_least([no(t.false) for t in truths], needed))
        return Truth(enough, never) if op in (">", ">=") else Truth(never, enough)


def _against(left: Quantity, op: str, limit: n.Limit) -> Truth:
    """Interval logic: true when the whole interval is on one side, false when it is on the other, else unknown."""
    true, false = [], []
    low, high = left.low, left.high
    for holds, value in zip(left.groups, limit.values, strict=False):
        if value is None or holds is False:
            continue
        line = logic.exact(value)
        below = both(left.known, holds, left.bounded_above, logic.compare(high, "<" if op in ("<", ">=") else "<=", line))
        above = both(left.known, holds, left.bounded_below, logic.compare(low, ">=" if op in ("<", ">=") else ">", line))
        yes, not_so = (below, above) if op in ("<", "<=") else (above, below)
        true.append(yes)
        false.append(not_so)
    return Truth(either(*true), either(*false))
