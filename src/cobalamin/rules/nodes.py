"""The nodes of the rule language: frozen, typed, comparable, hashable. Every engine reads these and nothing else.

A node's `kind` is what it answers: `truth`, `word`, `number` (plain arithmetic), `collection`, or the kind of a
quantity: a concept id (`serum_b12`) or one of the everyday kinds of `cobalamin.rules.units` (`days`, `months`, ...).
Equal expressions are equal nodes, so an engine computes each once however many rules or guidelines use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TypeVar, dataclass_transform

T = TypeVar("T")
TRUTH, WORD, NUMBER, COLLECTION = "truth", "word", "number", "collection"
ORDERED = ("ordered", "planned")
"""Presences of what somebody means to do and nobody has done: the order at hand, and any that is open. Only a record system tells them."""


@dataclass(frozen=True)
class Node:
    """Anything an expression is made of; `kind` tells what it answers."""

    kind: str

    @cached_property
    def parts(self) -> tuple[Node, ...]:
        """The nodes directly inside this one."""
        found: list[Node] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Node):
                found.append(value)
            elif isinstance(value, tuple):
                found.extend(item for item in value if isinstance(item, Node))
        return tuple(found)

    def walk(self) -> Iterator[Node]:
        """This node and every node below it, outermost first."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @cached_property
    def reads_tables(self) -> bool:
        """Whether what this answers hangs on what an earlier table concluded."""
        return isinstance(self, (Conclusion, Member)) or any(part.reads_tables for part in self.parts)

    def __hash__(self) -> int:
        # Deep expressions are looked up often; hashing them afresh each time dominated load time.
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((type(self).__name__, *(getattr(self, field.name) for field in fields(self))))


@dataclass_transform(frozen_default=True)
def node(cls: type[T]) -> type[T]:
    """Declare a node class: frozen, compared by value, hashed once."""
    made = dataclass(frozen=True, eq=True)(cls)
    made.__hash__ = Node.__hash__  # type: ignore[method-assign, assignment]
    return made


# ---- what is looked up in the facts -----------------------------------------------------------------------------


@node
class Latest(Node):
    """The latest (or earliest) result of a concept, optionally within a window of days before the assessment."""

    concept: str
    window: Node | None = None
    earliest: bool = False


@node
class Presence(Node):
    """Whether something is on record: `has` now, `ever` before, `recent` within a window, `denied` in so many words.

    `ordered` is the order at hand, `planned` any order that is open, drafts and the one at hand among them; neither is ever on record as given or done.
    """

    function: str
    concept: str
    window: Node | None = None


@node
class Course(Node):
    """How long or how much: `days_since` it last began, `days_since_first` it began (within a window, if there is one), `days_on` or `months_on` it up to
    now, `dose` a day. Of a result, its day: the latest, or the first."""

    function: str
    concept: str
    window: Node | None = None


@node
class Tally(Node):
    """On how many days a result was certainly above a limit (or was recorded at all) within a window."""

    concept: str
    window: Node | None = None
    above: Node | None = None


@node
class Person(Node):
    """`age_years`, `age_months` (completed, by calendar) or `sex` of the patient."""

    name: str
    words: tuple[str, ...] = ()


# ---- what the knowledge says ------------------------------------------------------------------------------------


@node
class Parameter(Node):
    """A number of the knowledge by name; with `key`, one of several chosen by a concluded word."""

    name: str
    key: Node | None = None


@node
class Limit(Node):
    """A parameter bound for one guideline and day: `values[group]` in the first unit of each unit group, or unknown."""

    name: str
    values: tuple[float | None, ...] = ()


@node
class LimitByWord(Node):
    """A bound parameter with one limit per word of `key`; a word without a limit leaves it unknown."""

    name: str
    key: Node
    words: tuple[str, ...]
    limits: tuple[Limit, ...]


@node
class Named(Node):
    """A named feature: `value` under a name; when `unit_group` is set, arithmetic rounded to `digits` becomes a quantity."""

    name: str
    value: Node
    unit_group: int = -1
    unit: str = ""
    times: float = 1.0
    digits: int = 0


@node
class Conclusion(Node):
    """The word an earlier table concluded; `step` is the step of the program that concludes it, once bound."""

    name: str
    words: tuple[str, ...] = ()
    step: int = -1


@node
class Member(Node):
    """Whether an earlier table put `word` into the collection `name`; bound to the rows that would (`Fired`)."""

    word: str
    name: str


@node
class Fired(Node):
    """The truth of one row of an earlier step of the program."""

    step: int
    row: int


# ---- logic -------------------------------------------------------------------------------------------------------


@node
class Constant(Node):
    """A row that always holds (`otherwise`), or one that can never be decided (a limit that was never printed)."""

    truth: bool | None


@node
class And(Node):
    """Kleene's and."""

    terms: tuple[Node, ...]


@node
class Or(Node):
    """Kleene's or; `any_of(...)` is the same thing."""

    terms: tuple[Node, ...]


@node
class Not(Node):
    """Kleene's not."""

    term: Node


@node
class Compare(Node):
    """`<`, `<=`, `>`, `>=` between a quantity and a limit of its kind, or between two numbers."""

    op: str
    left: Node
    right: Node


@node
class Is(Node):
    """Whether a word is one of `words`."""

    left: Node
    words: tuple[str, ...]


@node
class Known(Node):
    """Whether there is a value at all: never unknown itself."""

    term: Node


@node
class Certain(Node):
    """Whether the term surely holds: an unknown counts as not certain, so this is never unknown itself."""

    term: Node


@node
class CountOf(Node):
    """How many of the terms hold: an interval from those surely true to those not surely false."""

    terms: tuple[Node, ...]


# ---- arithmetic, for named features only -------------------------------------------------------------------------


@node
class Amount(Node):
    """A quantity as a plain number in a stated unit; unknown unless it is exact."""

    term: Node
    factors: tuple[float | None, ...]
    unit: str


@node
class Arithmetic(Node):
    """`+ - * / **`, `log10`, `min`, `max` over numbers; unknown where undefined."""

    op: str
    terms: tuple[Node, ...]


@node
class Choose(Node):
    """`a if condition else b`; unknown when the condition is."""

    condition: Node
    then: Node
    otherwise: Node


@node
class Default(Node):
    """The first term, or the second when the first is unknown."""

    term: Node
    otherwise: Node
