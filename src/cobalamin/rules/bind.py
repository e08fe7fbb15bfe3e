"""Bind the tables to guidelines and a day: the program that every engine runs.

A program is a list of steps in the order their conclusions are needed. Guidelines that say the same share a step,
so nothing is computed twice; where they differ each has its own step.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from itertools import chain as chain_of

from cobalamin.errors import KnowledgeError
from cobalamin.rules import nodes as n
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.schedules import WORKLIST_STAGE, Schedule
from cobalamin.rules.tables import Row, Table


@dataclass(frozen=True)
class Step:
    """One table as some guidelines run it: its rows in force, each with its bound condition."""

    number: int
    table: Table
    rows: tuple[Row, ...]
    conditions: tuple[n.Node, ...]

    @cached_property
    def reads(self) -> frozenset[int]:
        """The earlier steps whose rows or conclusions this one looks at."""
        nodes = (node for condition in self.conditions for node in condition.walk())
        return frozenset(node.step for node in nodes if isinstance(node, (n.Conclusion, n.Fired)) and node.step >= 0)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names this step concludes a word for."""
        return () if self.table.collects else tuple(self.table.concludes())


@dataclass(frozen=True)
class Program:
    """Every step of every guideline, in a runnable order, and which steps each guideline takes."""

    knowledge: Knowledge
    day: str
    steps: tuple[Step, ...]
    takes: dict[str, tuple[int, ...]]
    anchors: dict[str, dict[str, n.Node]]
    """Under each guideline, how many days ago each schedule begins that is not counted from the day itself."""
    shown: dict[str, n.Node] = field(default_factory=dict)
    """What worklists show of a record, by the name of the feature; empty when no worklist is asked for."""

    def step_of(self, guideline: str, conclusion: str) -> int | None:
        """The step in which *guideline* concludes *conclusion* (a word)."""
        for number in self.takes[guideline]:
            step = self.steps[number]
            if not step.table.collects and any(conclusion == name for row in step.rows for name, _ in row.then):
                return number
        return None

    def contributions(self, guideline: str, collection: str) -> dict[str, list[tuple[int, int]]]:
        """For every word that may enter *collection*, in order of first mention, the (step, row) pairs that would add it."""
        found: dict[str, list[tuple[int, int]]] = {}
        for number in self.takes[guideline]:
            step = self.steps[number]
            for index, row in enumerate(step.rows):
                for name, words in row.then:
                    for word in words if step.table.collects and name == collection else ():
                        found.setdefault(word, []).append((number, index))
        return found

    def needed_for(self, guideline: str, conclusion: str) -> tuple[Step, ...]:
        """The steps that answer everything under *guideline* and *conclusion* under every other, in order."""
        return self.resting_on({*self.takes[guideline], *(number for other in self.takes if (number := self.step_of(other, conclusion)) is not None)})

    def resting_on(self, wanted: set[int]) -> tuple[Step, ...]:
        """The steps *wanted* and all that they rest on, in order."""
        for step in reversed(self.steps):
            if step.number in wanted:
                wanted = wanted | step.reads
        return tuple(step for step in self.steps if step.number in wanted)

    @cached_property
    def leaves(self) -> tuple[n.Node, ...]:
        """Every distinct look-up in the facts that any condition makes, in order of first use."""
        kinds = (n.Latest, n.Presence, n.Course, n.Tally, n.Person)
        found: dict[n.Node, None] = {}
        conditions = (condition for step in self.steps for condition in step.conditions)
        for whole in chain_of(conditions, *(anchors.values() for anchors in self.anchors.values()), self.shown.values()):
            for node in whole.walk():
                if isinstance(node, kinds):
                    found.setdefault(node)
        return tuple(found)


def _needs(knowledge: Knowledge) -> dict[str, list[str]]:
    """For every table the tables whose conclusions it reads."""
    makers: dict[str, set[str]] = {}
    for table in knowledge.tables.values():
        for name in table.concludes():
            makers.setdefault(name, set()).add(table.id)
    needs: dict[str, list[str]] = {}
    for table in knowledge.tables.values():
        names = {node.name for condition in knowledge.conditions[table.id] for node in _reads(knowledge, condition)}
        # sorted, so that the order is the same in every process
        needs[table.id] = sorted({maker for name in names for maker in makers.get(name, ())})
    return needs


def order(knowledge: Knowledge) -> list[Table]:
    """The tables in an order in which each reads only what stands before it; a circle is refused."""
    needs = _needs(knowledge)
    try:
        return [knowledge.tables[id] for id in TopologicalSorter(needs).static_order()]
    except CycleError as error:
        circle = " -> ".join(reversed(error.args[1]))
        raise KnowledgeError(f"tables read each other in a circle: {circle}.", knowledge.tables[error.args[1][0]].place,
                             "A table may read only what other tables conclude before it.", "cycle") from None  # fmt: skip


def _reads(knowledge: Knowledge, condition: n.Node) -> list[n.Conclusion | n.Member]:
    found: list[n.Conclusion | n.Member] = []
    for node in condition.walk():
        if isinstance(node, (n.Conclusion, n.Member)):
            found.append(node)
    return found


def _up_to(knowledge: Knowledge, conclusion: str) -> set[str]:
    """The tables that conclude *conclusion*, and all that these rest on."""
    needs = _needs(knowledge)
    found: set[str] = set()
    ahead = [table.id for table in knowledge.tables.values() if conclusion in table.concludes()]
    while ahead:
        id = ahead.pop()
        if id not in found:
            found.add(id)
            ahead += needs[id]
    return found


def bind(knowledge: Knowledge, as_of: str, guidelines: tuple[str, ...] | None = None, whole: str | None = None, asked: Collection[str] = ()) -> Program:
    """The program for *guidelines* (all by default) as the knowledge stands on *as_of* (an ISO day).

    With *whole*, only this guideline is bound to its end, the others as far as their status; of the stages that run on
    request only, those *asked* for are bound.
    A day before the knowledge begins uses it as it began: an old record is read with today's guidelines.
    """
    day = max(as_of, knowledge.knowledge_from)
    steps: list[Step] = []
    known: dict[tuple[object, ...], int] = {}
    takes: dict[str, tuple[int, ...]] = {}
    anchors: dict[str, dict[str, n.Node]] = {}
    shown: dict[str, n.Node] = {}
    ordered = order(knowledge)
    status_only = _up_to(knowledge, "status") if whole else set()
    left_out = set(knowledge.on_request) - set(asked) if whole else set()
    for guideline in guidelines or tuple(knowledge.guidelines):
        binder = _Binder(knowledge, guideline, day, steps)
        taken: list[int] = []
        chain = knowledge.chain(guideline)
        for table in ordered:
            if not _holds_for(table.guidelines, chain) or table.stage in left_out or (whole and guideline != whole and table.id not in status_only):
                continue
            rows, conditions = [], []
            for row, condition in zip(table.rows, knowledge.conditions[table.id], strict=True):
                if row.evidence.since <= day <= row.until and _holds_for(row.guidelines, chain):
                    rows.append(row)
                    conditions.append(binder.bound(condition))
            key = (table.id, tuple(row.id for row in rows), tuple(conditions))
            if key not in known:
                known[key] = len(steps)
                steps.append(Step(len(steps), table, tuple(rows), tuple(conditions)))
            binder.conclude(steps[known[key]])
            taken.append(known[key])
        takes[guideline] = tuple(taken)
        schedules: dict[str, Schedule] = {**knowledge.regimens, **knowledge.reviews} if whole in (None, guideline) else {}
        if schedules and WORKLIST_STAGE not in left_out:
            schedules |= knowledge.tasks
            shown = {name: binder.bound(knowledge.features[name].node) for columns in knowledge.pathway["worklist_shows"].values() for name in columns.values()}
        found = {id: knowledge.lookup(held.counted_from) for id, held in schedules.items() if held.counted_from}
        anchors[guideline] = {id: binder.bound(node) for id, node in found.items() if node}
    return Program(knowledge, day, tuple(steps), takes, anchors, shown)


def _holds_for(guidelines: tuple[str, ...], chain: tuple[str, ...]) -> bool:
    """Whether a table or row for *guidelines* (all when there are none) is for the first of *chain*."""
    return not guidelines or not set(guidelines).isdisjoint(chain)


class _Binder:
    """Replace names by what they stand for under one guideline."""

    def __init__(self, knowledge: Knowledge, guideline: str, day: str, steps: list[Step]):
        self.knowledge, self.guideline, self.day, self.steps = knowledge, guideline, day, steps
        self.concluded: dict[str, int] = {}
        self.members: dict[tuple[str, str], list[n.Fired]] = {}
        self.lasting: dict[n.Node, n.Node] = {}
        """What no table can change is bound once; the rest anew after each table."""
        self.passing: dict[n.Node, n.Node] = {}

    def conclude(self, step: Step) -> None:
        for index, row in enumerate(step.rows):
            for name, words in row.then:
                if step.table.collects:
                    for word in words:
                        self.members.setdefault((name, word), []).append(n.Fired(n.TRUTH, step.number, index))
                else:
                    if self.concluded.setdefault(name, step.number) != step.number:
                        other = self.steps[self.concluded[name]].table.id
                        raise KnowledgeError(f"'{name}' is concluded by {other} and by {step.table.id} under {self.guideline}.",
                                             row.place, "One table concludes a name; collect tables may share one.", "two-tables")  # fmt: skip
        self.passing.clear()

    def bound(self, node: n.Node) -> n.Node:
        cache = self.passing if node.reads_tables else self.lasting
        if node not in cache:
            cache[node] = self._bind(node)
        return cache[node]

    def _bind(self, node: n.Node) -> n.Node:
        match node:
            case n.Parameter():
                return self._limit(node)
            case n.Conclusion():
                if node.name not in self.concluded:
                    return replace(node, step=-1)
                return replace(node, step=self.concluded[node.name])
            case n.Member():
                fired = self.members.get((node.name, node.word), [])
                return n.Or(n.TRUTH, tuple(fired)) if fired else n.Constant(n.TRUTH, False)
        if not node.parts:
            return node
        changes: dict[str, object] = {}
        for name in node.__dataclass_fields__:
            value = getattr(node, name)
            if isinstance(value, n.Node):
                changes[name] = self.bound(value)
            elif isinstance(value, tuple) and value and isinstance(value[0], n.Node):
                changes[name] = tuple(self.bound(item) for item in value)
        return replace(node, **changes)  # type: ignore[arg-type]

    def _limit(self, node: n.Parameter) -> n.Node:
        spec = self.knowledge.parameters[node.name]
        units = self.knowledge.units(spec.of)
        groups = len(units.groups) if units else 1
        held = self.knowledge.in_force(node.name, self.guideline, self.day)
        if held is None:
            return n.Limit(node.kind, node.name, (None,) * groups)
        _, found = held
        if node.key is None:
            return n.Limit(node.kind, node.name, found.values)
        words = tuple(word for word, _ in found.by_word)
        limits = tuple(n.Limit(node.kind, f"{node.name}[{word}]", values) for word, values in found.by_word)
        return n.LimitByWord(node.kind, node.name, self.bound(node.key), words, limits)
