"""The bound rules as propositions over one free patient: the same nodes the engines run, for every patient at once.

What is linear is exact. A product of two results, a power or a logarithm is a free number within its range, equal
for equal terms; so a proof holds, while a counterexample that hangs on such a number must be tried on the engine.
"""

from __future__ import annotations

from fractions import Fraction

from cobalamin.engines.memory.expressions import calculate
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program, Step
from cobalamin.verify import logic
from cobalamin.verify.logic import Bool, both, either, no
from cobalamin.verify.patient import Patient
from cobalamin.verify.ranges import range_of
from cobalamin.verify.symbols import Number, Quantity, Truth, Word


class Encoding:
    """A program over a patient. With *before*, what does not depend on the leaves *moved* is that encoding's own."""

    def __init__(self, program: Program, patient: Patient, before: Encoding | None = None, moved: frozenset[n.Node] = frozenset()):
        self.program, self.patient, self.before, self.moved = program, patient, before, moved
        self.constraints: list[Bool] = list(patient.constraints)
        self.formulas: dict[n.Named, Quantity] = {}
        self._truths: dict[n.Node, Truth] = {}
        self._quantities: dict[n.Node, Quantity] = {}
        self._numbers: dict[n.Node, Number] = {}
        self._steps: dict[int, tuple[Truth, ...]] = {}
        self._chosen: dict[int, list[Bool]] = {}
        self._words: dict[tuple[int, str], Word] = {}
        self._depends: dict[n.Node | int, bool] = {}
        self._free_numbers = 0

    # ---- what differs between two copies of a patient

    def depends(self, node: n.Node) -> bool:
        """Whether *node* can differ from what it was in the encoding before this one."""
        if self.before is None:
            return True
        if node not in self._depends:
            inner = any(self.depends(part) for part in node.parts)
            step = node.step if isinstance(node, (n.Conclusion, n.Fired)) else -1
            self._depends[node] = node in self.moved or inner or (step >= 0 and self.step_depends(step))
        return self._depends[node]

    def step_depends(self, number: int) -> bool:
        """Whether a step can conclude something else than before."""
        if self.before is None:
            return True
        if number not in self._depends:
            self._depends[number] = any(self.depends(condition) for condition in self.program.steps[number].conditions)
        return self._depends[number]

    # ---- tables

    def rows(self, step: Step) -> tuple[Truth, ...]:
        """The truth of every row of a step."""
        if step.number not in self._steps:
            same = self.before is not None and not self.step_depends(step.number)
            rows = self.before.rows(step) if self.before and same else tuple(self.truth(condition) for condition in step.conditions)
            self._steps[step.number] = rows
        return self._steps[step.number]

    def chosen(self, step: Step) -> list[Bool]:
        """When each row of a step counts under its hit policy; a row that cannot be decided blocks nothing."""
        if step.number not in self._chosen:
            held = [row.true for row in self.rows(step)]
            if not step.table.collects:
                held = [both(true, *(no(earlier) for earlier in held[:index])) for index, true in enumerate(held)]
            self._chosen[step.number] = held
        return self._chosen[step.number]

    def word(self, number: int, name: str) -> Word:
        """What a step concludes for *name*."""
        if number < 0:
            return Word({}, False)
        if (number, name) not in self._words:
            step = self.program.steps[number]
            words: dict[str, list[Bool]] = {}
            silent: list[Bool] = []
            for row, holds in zip(step.rows, self.chosen(step), strict=True):
                then = dict(row.then)
                if name in then:
                    words.setdefault(then[name][0], []).append(holds)
                else:
                    silent.append(holds)
            all_false = both(*(row.false for row in self.rows(step)))
            found = {word: logic.any_true(holds) for word, holds in words.items()}
            self._words[number, name] = Word(found, either(all_false, *silent))
        return self._words[number, name]

    # ---- truths

    def truth(self, node: n.Node) -> Truth:
        """When *node* is true and when it is false."""
        if node not in self._truths:
            same = self.before is not None and not self.depends(node)
            self._truths[node] = self.before.truth(node) if self.before and same else self._truth(node)
        return self._truths[node]

    def _truth(self, node: n.Node) -> Truth:
        match node:
            case n.Presence():
                answer = self.patient.leaves[node]
                assert isinstance(answer, Truth)
                return answer
            case n.Named():
                return self.truth(node.value)
            case n.Constant(truth=truth):
                return Truth(truth is True, truth is False)
            case n.Fired():
                return self.rows(self.program.steps[node.step])[node.row]
            case n.And() | n.Or():
                terms = [self.truth(term) for term in node.terms]
                true, false = [term.true for term in terms], [term.false for term in terms]
                return Truth(both(*true), either(*false)) if isinstance(node, n.And) else Truth(either(*true), both(*false))
            case n.Not():
                return self.truth(node.term).negated()
            case n.Known():
                known = self._known(node.term)
                return Truth(known, no(known))
            case n.Certain():
                surely = self.truth(node.term).true
                return Truth(surely, no(surely))
            case n.Is():
                return self._is(node)
            case n.Compare():
                return self._compare(node)
        raise TypeError(f"the solver has no meaning for {node}")

    def _known(self, node: n.Node) -> Bool:
        if node.kind == n.TRUTH:
            return no(self.truth(node).unknown)
        if node.kind == n.NUMBER:
            return self.number(node).known
        return self.word_of(node).known if node.kind == n.WORD else self.quantity(node).known

    def word_of(self, node: n.Node) -> Word:
        """The word a node answers."""
        while isinstance(node, n.Named):
            node = node.value
        if isinstance(node, n.Conclusion):
            same = self.before is not None and not self.depends(node)
            return self.before.word_of(node) if self.before and same else self.word(node.step, node.name)
        answer = self.patient.leaves[node]
        assert isinstance(answer, Word)
        return answer

    def _is(self, node: n.Is) -> Truth:
        if node.left.kind == n.WORD:
            word = self.word_of(node.left)
            inside = logic.any_true(word.words[w] for w in node.words if w in word.words)
            return Truth(inside, either(word.none, *(holds for w, holds in word.words.items() if w not in node.words)))
        result = self.quantity(node.left)
        # A number is not a word: whether it is "low" is for a limit to say.
        inside = logic.any_true(result.words[w] for w in node.words if w in result.words)
        return Truth(both(result.known, inside), both(result.known, *[either(*(h for w, h in result.words.items() if w not in node.words))]))

    def _compare(self, node: n.Compare) -> Truth:
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

    # ---- quantities and numbers

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
