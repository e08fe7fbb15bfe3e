"""The bound rules as propositions over one free patient: the same nodes the engines run, for every patient at once."""

from __future__ import annotations

from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program, Step
from cobalamin.verify import logic
from cobalamin.verify.logic import Bool, both, either, no
from cobalamin.verify.numbers import Numbers
from cobalamin.verify.patient import Patient
from cobalamin.verify.symbols import Truth, Word


class Encoding(Numbers):
    """A program over a patient. With *before*, what does not depend on the leaves *moved* is that encoding's own."""

    before: Encoding | None

    def __init__(self, program: Program, patient: Patient, before: Encoding | None = None, moved: frozenset[n.Node] = frozenset()):
        super().__init__(program, patient)
        self.before, self.moved = before, moved
        self._truths: dict[n.Node, Truth] = {}
        self._steps: dict[int, tuple[Truth, ...]] = {}
        self._chosen: dict[int, list[Bool]] = {}
        self._words: dict[tuple[int, str], Word] = {}
        self._depends: dict[n.Node | int, bool] = {}

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
                return self.compare(node)
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
