"""Which limits the rules draw for a number of this patient: of a result, of a time, of the age."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from cobalamin.engines.memory.expressions import ABSENT, Expressions, Function, Values
from cobalamin.engines.memory.features import State
from cobalamin.engines.memory.stretches import Cut, crossings, cut_by
from cobalamin.model.truth import Truth
from cobalamin.rules import nodes as n

LOOKED_UP = (n.Latest, n.Presence, n.Course, n.Tally, n.Person, n.Conclusion)
MOST_KNOWN = 4096
Subject = tuple[str, str]
"""What a number is of: `latest`, `age_years`, `days_on` ..., and the concept (none of an age)."""


@dataclass(frozen=True)
class Drawn:
    """A comparison of a number with a limit."""

    op: str
    name: str
    """The parameter that it is compared with."""
    limits: Callable[[Values], tuple[float | None, ...]]
    factors: tuple[float | None, ...] = ()
    """For a comparison of plain numbers: by how much an amount of each group was multiplied."""

    def cut(self, values: Values, group: int) -> Cut | None:
        """Where it parts the amounts of a unit group, as things stand with the patient."""
        held = self.limits(values)
        if self.factors:
            limit, factor = held[0], self.factors[group]
            return cut_by(self.op, limit / factor) if limit is not None and factor else None
        limit = held[group] if group < len(held) else None
        return None if limit is None else cut_by(self.op, limit)


class Limits:
    """Every limit among the *nodes* of a program, by what it is drawn for."""

    def __init__(self, nodes: Iterable[n.Node], expressions: Expressions):
        self.drawn: dict[Subject, list[Drawn]] = {}
        self.formulas: dict[Subject, list[Function]] = {}
        """Comparisons of a formula that the number is a part of."""
        self.inputs: dict[Subject, list[Function]] = {}
        """What such comparisons take besides the number: other look-ups and words."""
        self.known: dict[Hashable, set[Cut]] = {}
        self.stale: dict[Subject, set[int]] = {}
        """What was computed from a number and must be computed anew for another."""
        nodes = list(nodes)
        kept = [node for node in nodes if node in expressions.slot_of]
        for node in nodes:
            if isinstance(node, n.Compare):
                self._compare(node, expressions)
            elif isinstance(node, n.Tally) and isinstance(node.above, n.Limit):
                self._draw(("latest", node.concept), ">", node.above, expressions)
        for subject in self.formulas:
            self.stale[subject] = {expressions.slot_of[node] for node in kept if any(subject_of(part) == subject for part in node.walk())}

    def _compare(self, node: n.Compare, expressions: Expressions) -> None:
        left = unnamed(node.left)
        if isinstance(node.right, (n.Limit, n.LimitByWord)):
            factors = left.factors if isinstance(left, n.Amount) else ()
            if subject := subject_of(unnamed(left.term) if isinstance(left, n.Amount) else left):
                self._draw(subject, node.op, node.right, expressions, factors)
                return
        function, parts = expressions.function(node), [part for part in node.walk() if isinstance(part, LOOKED_UP)]
        for subject in dict.fromkeys(found for part in node.left.walk() if (found := subject_of(part))):
            self.formulas.setdefault(subject, []).append(function)
            inputs = self.inputs.setdefault(subject, [])
            others = (expressions.function(part) for part in parts if subject_of(part) != subject)
            inputs += [look for look in others if look not in inputs]

    def _draw(self, subject: Subject, op: str, right: n.Limit | n.LimitByWord, expressions: Expressions, factors: tuple[float | None, ...] = ()) -> None:
        self.drawn.setdefault(subject, []).append(Drawn(op, right.name, expressions.limits(right), factors))

    def cuts(self, subject: Subject, values: Values, group: int = 0) -> set[Cut]:
        """Where the limits part the amounts of a unit group."""
        return {cut for drawn in self.drawn.get(subject, ()) if (cut := drawn.cut(values, group))}

    def crossed(self, subject: Subject, values: Values, state_with: Callable[[float], State], numbers: Sequence[float], along: Hashable) -> set[Cut]:
        """Where, along *numbers*, a formula crosses a limit, as a patient's state holds one number or another.

        What the formula takes besides decides, so patients who have that in common are asked once; *along* names the numbers.
        """
        if subject not in self.formulas:
            return set()
        found: set[Cut] = set()

        def values_with(number: float | None) -> Values:
            fresh = values.copy(None if number is None else state_with(number))
            for slot in self.stale[subject] if number is not None else ():
                fresh.slots[slot] = ABSENT
            return fresh

        calm = values_with(None)
        key = subject, along, tuple(look(calm) for look in self.inputs[subject])
        if key in self.known:
            return self.known[key]
        held = cache(values_with)
        def truth(compare: Function) -> Callable[[float], Truth]:
            return lambda number: compare(held(number))

        for compare in self.formulas.get(subject, ()):
            found.update(crossings(truth(compare), numbers))
        if len(self.known) < MOST_KNOWN:
            self.known[key] = found
        return found


def unnamed(node: n.Node) -> n.Node:
    """What a name stands for; a formula is its own."""
    while isinstance(node, n.Named) and node.unit_group < 0:
        node = node.value
    return node


def subject_of(node: n.Node) -> Subject | None:
    """What a look-up of a number is of."""
    match node:
        case n.Latest():
            return "latest", node.concept
        case n.Course():
            return node.function, node.concept
        case n.Person() if node.kind != n.WORD:
            return node.name, ""
    return None
