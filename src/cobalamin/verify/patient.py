"""A patient as the solver sees one: every look-up a rule can make, free within what records can say.

A circumstance that holds now has held before, a narrower one makes every broader one hold, a result lies within its
possible range, and completed years follow from months. Nothing else is assumed: what is proved holds for everybody.
"""

from __future__ import annotations

from cobalamin.engines.memory.features import days
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program
from cobalamin.rules.knowledge import SEXES, Knowledge
from cobalamin.verify import logic
from cobalamin.verify.logic import Bool, Real, both, implies, no
from cobalamin.verify.ranges import oldest_years, possible_in
from cobalamin.verify.symbols import Quantity, Truth, Word

Answer = Truth | Word | Quantity
MONTHS_A_YEAR = logic.exact(12)
ZERO = logic.exact(0)


class Patient:
    """One free patient: an answer for every leaf of a program, and what records force to be true of them together."""

    def __init__(self, program: Program, name: str = "", shared: Patient | None = None, own: frozenset[n.Node] = frozenset()):
        """With *shared*, everything is that patient's except the leaves in *own*."""
        self.knowledge: Knowledge = program.knowledge
        self.name, self.constraints = name, []  # type: str, list[Bool]
        self.age_known: Bool = shared.age_known if shared else self._bool("age known")
        self.in_months: Bool = shared.in_months if shared else self._bool("age in months")
        self.years: Real = shared.years if shared else self._whole("years")
        self.months: Real = shared.months if shared else self._whole("months")
        if not shared:
            first = logic.times(self.years, MONTHS_A_YEAR)
            last = logic.plus(first, MONTHS_A_YEAR - 1)
            oldest = oldest_years(self.knowledge)
            self.constraints += [self._between(self.years, 0, oldest), self._at_most(first, self.months), self._at_most(self.months, last)]
        self.leaves: dict[n.Node, Answer] = {}
        for leaf in program.leaves:
            self.leaves[leaf] = shared.leaves[leaf] if shared and leaf not in own else self._answer(leaf)
        self.constraints += [*self._presences(), *self._courses(), *self._results()]

    # ---- the answers

    def _answer(self, leaf: n.Node) -> Answer:
        match leaf:
            case n.Presence():
                holds = self._bool(describe(leaf))
                return Truth(holds, no(holds))
            case n.Latest():
                return self._result(leaf)
            case n.Course():
                amount = logic.free_real(self.name + describe(leaf)) if leaf.function == "dose" else self._whole(describe(leaf))
                self.constraints.append(self._at_most(ZERO, amount))
                return Quantity(self._bool(f"{describe(leaf)} known"), amount, amount, True, True, (True,), {})
            case n.Tally():
                count = self._whole(describe(leaf))
                self.constraints.append(self._at_most(ZERO, count))
                return Quantity(True, count, count, True, True, (True,), {})
            case n.Person(name="sex"):
                sexes = [self._bool(sex) for sex in SEXES]
                self.constraints.append(no(both(*sexes)))
                return Word(dict(zip(SEXES, sexes, strict=True)), False)
            case n.Person(name="age_years"):
                return Quantity(self.age_known, self.years, self.years, True, True, (True,), {})
        first = logic.times(self.years, MONTHS_A_YEAR)
        low = logic.choose(self.in_months, self.months, first)
        high = logic.choose(self.in_months, self.months, logic.plus(first, MONTHS_A_YEAR - 1))
        return Quantity(self.age_known, low, high, True, True, (True,), {})

    def _result(self, leaf: n.Latest) -> Quantity:
        concept, name = self.knowledge.concepts[leaf.concept], describe(leaf)
        known, value = self._bool(f"{name} known"), logic.free_real(self.name + name)
        words = {word: self._bool(f"{name} {word}") for word in concept.words}
        ends = [self._bool(f"{name} {end}") for end in ("exact", "at most", "at least")] if concept.units else []
        kinds = [*ends, *words.values()]
        self.constraints += [implies(known, logic.one_of(kinds)), *(implies(kind, known) for kind in kinds)]
        names = concept.units.groups if concept.units else ("",)
        groups = tuple(self._bool(f"{name} in {group}") for group in names) if len(names) > 1 else (True,)
        if len(groups) > 1:
            self.constraints.append(logic.one_of(list(groups)))
        for group, holds in enumerate(groups):
            span = possible_in(self.knowledge, leaf.concept, group) if concept.units else None
            if span is not None:
                self.constraints.append(implies(both(holds, logic.any_true(ends)), self._between(value, *span)))
        exact, most, least = ends or (False, False, False)
        return Quantity(known, value, value, logic.either(exact, least), logic.either(exact, most), groups, words)

    # ---- what holds together

    def _presences(self) -> list[Bool]:
        found: dict[tuple[str, int], dict[str, Bool]] = {}
        for leaf in self.leaves:
            if isinstance(leaf, n.Presence):
                found.setdefault((leaf.function, days(leaf.window) or 0), {})[leaf.concept] = self._holds(leaf)
        forced = []
        for concepts in found.values():
            for broader, holds in concepts.items():
                narrower = set(self.knowledge.narrower(broader)) - {broader}
                forced += [implies(other, holds) for concept, other in concepts.items() if concept in narrower]
        for (function, window), concepts in found.items():
            for (later, longer), wider in found.items():
                lasting = (function == "has" and later in ("ever", "recent")) or (function, later) == n.ORDERED or (
                    function == "recent" and (later == "ever" or (later == "recent" and longer > window))
                )
                if lasting:
                    forced += [implies(self._within(concepts, concept), holds) for concept, holds in wider.items()]
        return forced

    def _within(self, concepts: dict[str, Bool], broader: str) -> Bool:
        """Whether *broader* or anything narrower is among the circumstances that hold."""
        return logic.any_true(concepts[concept] for concept in self.knowledge.narrower(broader) if concept in concepts)

    def _courses(self) -> list[Bool]:
        forced = []
        for leaf in self.leaves:
            if isinstance(leaf, n.Course):
                needs = "ever" if leaf.function.startswith("days_since") else "has"
                for other in self.leaves:
                    if isinstance(other, n.Presence) and (other.function, other.concept) == (needs, leaf.concept):
                        forced.append(implies(self._quantity(leaf).known, self._holds(other)))
        return forced

    def _results(self) -> list[Bool]:
        """A result within a window is the latest of all; a day counted above a limit has a latest result beside it."""
        forced = []
        latest = [leaf for leaf in self.leaves if isinstance(leaf, n.Latest) and not leaf.earliest]
        for leaf in latest:
            for other in latest:
                longer = days(other.window) is None or (days(leaf.window) or 0) < (days(other.window) or 0)
                if leaf.concept == other.concept and leaf != other and days(leaf.window) is not None and longer:
                    forced.append(implies(self._quantity(leaf).known, self.equal(self._quantity(leaf), self._quantity(other))))
        for tally in self.leaves:
            if not isinstance(tally, n.Tally):
                continue
            some = logic.compare(self._quantity(tally).low, ">=", logic.exact(1))
            for leaf in latest:
                if (leaf.concept, leaf.window) == (tally.concept, tally.window):
                    result = self._quantity(leaf)
                    forced += [implies(some, result.known), implies(self._above(result, tally.above), some)]
        return forced

    def _above(self, result: Quantity, limit: n.Node | None) -> Bool:
        if limit is None:
            return both(result.known, *(no(word) for word in result.words.values()))
        values = limit.values if isinstance(limit, n.Limit) else ()
        return logic.any_true(
            both(result.known, result.bounded_below, result.groups[group], logic.compare(result.low, ">", logic.exact(value)))
            for group, value in enumerate(values) if value is not None
        )  # fmt: skip

    @staticmethod
    def equal(a: Quantity, b: Quantity) -> Bool:
        """Whether two results are the same."""
        return both(
            logic.same(a.known, b.known), logic.compare(a.low, "==", b.low), logic.same(a.bounded_below, b.bounded_below),
            logic.same(a.bounded_above, b.bounded_above), *(logic.same(x, y) for x, y in zip(a.groups, b.groups, strict=True)),
            *(logic.same(a.words[word], b.words[word]) for word in a.words),
        )  # fmt: skip

    def _holds(self, leaf: n.Presence) -> Bool:
        answer = self.leaves[leaf]
        return answer.true if isinstance(answer, Truth) else False

    def _quantity(self, leaf: n.Node) -> Quantity:
        answer = self.leaves[leaf]
        assert isinstance(answer, Quantity)
        return answer

    def _bool(self, name: str) -> Bool:
        return logic.free_bool(self.name + name)

    def _whole(self, name: str) -> Real:
        return logic.free_whole(self.name + name)

    def _at_most(self, a: Real, b: Real) -> Bool:
        return logic.compare(a, "<=", b)

    def _between(self, value: Real, low: float, high: float) -> Bool:
        return both(self._at_most(logic.exact(low), value), self._at_most(value, logic.exact(high)))


def describe(leaf: n.Node) -> str:
    """A look-up in words, distinct for distinct look-ups."""
    match leaf:
        case n.Presence():
            return f"{leaf.function} {leaf.concept}{_window(leaf.window)}"
        case n.Latest():
            return f"{'earliest' if leaf.earliest else 'latest'} {leaf.concept}{_window(leaf.window)}"
        case n.Course():
            return f"{leaf.function} {leaf.concept}{_window(leaf.window)}"
        case n.Tally():
            above = f" above {leaf.above.values}" if isinstance(leaf.above, n.Limit) else ""
            return f"count {leaf.concept}{_window(leaf.window)}{above}"
    return leaf.name if isinstance(leaf, n.Person) else repr(leaf)


def _window(window: n.Node | None) -> str:
    span = days(window)
    return "" if span is None else f" within {span} days"
