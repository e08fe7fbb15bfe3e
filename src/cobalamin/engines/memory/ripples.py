"""What a changed fact leads to, worked out from what was known without it: only who hung on something changed is asked again.

Whoever is asked again and answers as before stops the ripple there, so most facts that could be added cost next to nothing.
What a rule hangs on is worked out for each patient: an `and` that is false hangs on its first false term, whatever the others say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from heapq import heappop, heappush

from cobalamin.engines.memory.expressions import ABSENT, Expressions, Function, Values
from cobalamin.engines.memory.features import State
from cobalamin.engines.memory.tables import concluded
from cobalamin.model.truth import Truth
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Step

LOOKED_UP = (n.Latest, n.Presence, n.Course, n.Tally, n.Person)
WHOLE = -1
"""The row of a reader that has none: a named feature."""
Known = int | tuple[int, int] | tuple[int, str]
"""Something that is kept once it is known: a feature by its slot, a row by step and row, a word by step and name."""
Hangs = Callable[[Values, list[Known]], None]
"""Adds what a node's answer hangs on."""


class Ripples:
    """The part of a program that some words (step and name) and rows (step and row) rest on."""

    def __init__(self, steps: Iterable[Step], expressions: Expressions, words: Iterable[tuple[int, str]], rows: Iterable[tuple[int, int]]):
        self.steps = {step.number: step for step in steps}
        self.expressions, self.slots = expressions, expressions.slot_of
        self.nodes: dict[n.Node, None] = {}
        """Every node that counts here, in an order that is always the same."""
        self.conditions: dict[tuple[int, int], Function] = {}
        self.looks: dict[int, Function] = {}
        """How to look up a feature, by its slot."""
        self.order: list[tuple[int, int]] = []
        """Readers by rank, each before those that look at it: the number of a step, and the slot of a feature or `WHOLE` for the step itself."""
        self.readers: list[tuple[int, int, int, Hangs]] = []
        """What may hang on something: its rank, its row or `WHOLE`, its step or slot, and what it hangs on."""
        self._hangs: dict[n.Node, Hangs] = {}
        self._rank(self._needed(words, rows))

    def _needed(self, words: Iterable[tuple[int, str]], rows: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
        """Every row that counts, by step: those asked for and all they rest on."""
        needed: dict[int, set[int]] = {}
        ahead = [*rows, *((step, row) for step, _ in words for row in range(len(self.steps[step].rows)))]
        while ahead:
            number, row = ahead.pop()
            if row in needed.setdefault(number, set()):
                continue
            needed[number].add(row)
            todo = [self.steps[number].conditions[row]]
            while todo:
                node = todo.pop()
                if node not in self.nodes:
                    self.nodes[node] = None
                    todo += node.parts
                    if isinstance(node, n.Fired):
                        ahead.append((node.step, node.row))
                    elif isinstance(node, n.Conclusion) and node.step >= 0:
                        ahead += [(node.step, index) for index in range(len(self.steps[node.step].rows))]
        return needed

    def _rank(self, needed: dict[int, set[int]]) -> None:
        """Put steps and features in an order, each step before the features that rest on it."""
        last: dict[n.Node, int] = {}

        def last_step(node: n.Node) -> int:
            if node not in last:
                own = node.step if isinstance(node, (n.Fired, n.Conclusion)) else -1
                last[node] = max([own, *map(last_step, node.parts)])
            return last[node]

        function = self.expressions.function
        features = {self.slots[node]: node for node in self.nodes if node in self.slots}
        self.order = sorted([*((number, WHOLE) for number in needed), *((last_step(node), slot) for slot, node in features.items())])
        for rank, (number, slot) in enumerate(self.order):
            if slot == WHOLE:
                for row in sorted(needed[number]):
                    condition = self.steps[number].conditions[row]
                    self.conditions[number, row] = function(condition)
                    self.readers.append((rank, row, number, self._hanging(condition)))
                continue
            self.looks[slot] = function(features[slot])
            if isinstance(features[slot], n.Named):
                self.readers.append((rank, WHOLE, slot, self._together(features[slot].parts)))

    def _hanging(self, node: n.Node) -> Hangs:
        if node not in self._hangs:
            self._hangs[node] = self._make(node)
        return self._hangs[node]

    def _make(self, node: n.Node) -> Hangs:
        known: Known | None = None
        if node in self.slots:
            known = self.slots[node]
        elif isinstance(node, n.Fired):
            known = node.step, node.row
        elif isinstance(node, n.Conclusion) and node.step >= 0:
            known = node.step, node.name
        if known is not None:
            only: Known = known
            return lambda values, found: found.append(only)
        if isinstance(node, (n.And, n.Or)):
            stop, together = isinstance(node, n.Or), self._together(node.terms)
            terms = [(self.expressions.function(term), self._hanging(term)) for term in node.terms]

            def hangs(values: Values, found: list[Known]) -> None:
                for truth, alone in terms:
                    if truth(values) is stop:
                        alone(values, found)
                        return
                together(values, found)

            return hangs
        return self._together(node.parts)

    def _together(self, parts: tuple[n.Node, ...]) -> Hangs:
        every = [self._hanging(part) for part in parts if not isinstance(part, (n.Limit, n.Constant))]
        if len(every) == 1:
            return every[0]

        def hangs(values: Values, found: list[Known]) -> None:
            for one in every:
                one(values, found)

        return hangs


class Calm:
    """A patient's values before anything is changed, with what everything hangs on."""

    def __init__(self, ripples: Ripples, values: Values):
        self.ripples, self.values = ripples, values
        self.readers: dict[Known, list[tuple[int, int]]] = {}
        """Who hangs on what is known: rank and row."""
        found: list[Known] = []
        for rank, row, number, hangs in ripples.readers:
            # what nobody looked at changed nobody's mind: it is looked up when somebody asks
            if values.slots[number] is ABSENT if row == WHOLE else row >= len(values.truths[number]):
                continue
            found.clear()
            hangs(values, found)
            for known in found:
                self.readers.setdefault(known, []).append((rank, row))

    def disturbed(self, state: State, leaves: Iterable[int]) -> tuple[Values, set[Known]] | None:
        """The values once *state* holds other facts, which the slots *leaves* look up, with the rows and words that changed; None when nothing does."""
        ripples, before = self.ripples, self.values.slots
        touched = [slot for slot in leaves if slot in self.readers]
        if not touched:
            return None
        after = self.values.copy(state)
        for slot in leaves:
            after.slots[slot] = ABSENT
        ripple = _Ripple(self.readers)
        for slot in touched:
            if ripples.looks[slot](after) != before[slot]:
                ripple.reach(slot)
        if not ripple.ahead:
            return None
        after.truths, after.words = list(self.values.truths), list(self.values.words)
        while ripple.ahead:
            rank = heappop(ripple.ahead)
            number, slot = ripples.order[rank]
            if slot == WHOLE:
                self._step(number, ripple, ripple.rows.pop(rank), after)
            else:
                after.slots[slot] = ABSENT
                if ripples.looks[slot](after) != before[slot]:
                    ripple.reach(slot)
        return after, ripple.changed

    def _step(self, number: int, ripple: _Ripple, rows: set[int], after: Values) -> None:
        """Ask the *rows* of a step again that hung on something changed."""
        step, conditions, old = self.ripples.steps[number], self.ripples.conditions, after.truths[number]
        truths: list[Truth] = list(old)
        if step.table.hit == "first":
            # nobody looks past the first row that holds, and everybody looks on when it holds no more
            for row in sorted(rows):
                if row < len(truths):
                    truths[row] = conditions[number, row](after)
                    if truths[row] is True:
                        del truths[row + 1 :]
            while len(truths) < len(step.rows) and (not truths or truths[-1] is not True):
                truths.append(conditions[number, len(truths)](after))
        else:
            for row in rows:
                truths[row] = conditions[number, row](after)
        if truths == old:
            return
        after.truths[number] = truths
        if step.table.collects:
            for row in rows:
                if truths[row] is not old[row]:
                    ripple.reach((number, row))
            return
        words, was = concluded(step, truths), after.words[number]
        after.words[number] = words
        for name, word in words.items():
            if word != was[name]:
                ripple.reach((number, name))


class _Ripple:
    """How far a change has run: who is to be asked again, by rank, and what has changed."""

    def __init__(self, readers: dict[Known, list[tuple[int, int]]]):
        self.readers = readers
        self.ahead: list[int] = []
        self.rows: dict[int, set[int]] = {}
        self.changed: set[Known] = set()

    def reach(self, what: Known) -> None:
        self.changed.add(what)
        for rank, row in self.readers.get(what, ()):
            if rank in self.rows:
                self.rows[rank].add(row)
            else:
                self.rows[rank] = {row}
                heappush(self.ahead, rank)
