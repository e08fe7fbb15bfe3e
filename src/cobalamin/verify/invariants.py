"""What must never happen, read from `invariants.yaml`: adding one touches no code.

An invariant is a row that must never hold. It is written in the rule language and bound with the tables, so it may
speak of anything a rule may: results, pictures, conclusions. With `reads`, it says that while `never` holds no row
may count because of one of these parameters.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Step
from cobalamin.rules.files import only_keys, place_of, read_yaml
from cobalamin.rules.knowledge import Knowledge, scope_of
from cobalamin.rules.parameters import Evidence
from cobalamin.rules.parse import parse
from cobalamin.rules.schedules import REGIMEN, REGIMENS_ALSO
from cobalamin.rules.tables import Row, Table
from cobalamin.verify.logic import no
from cobalamin.verify.report import ERROR, PROVED, Finding
from cobalamin.verify.workbench import Workbench

FILE = "invariants.yaml"
TABLE = "verify.invariants"
KEYS = ("id", "never", "reads", "gives", "source", "text")


@dataclass(frozen=True)
class Invariant:
    """One thing that must never be: when, which parameters must not be read then, why, and where that comes from."""

    id: str
    never: n.Node
    reads: tuple[str, ...]
    source: str
    text: str
    place: Place


def read_invariants(knowledge: Knowledge, folder: Path) -> tuple[Invariant, ...]:
    """The invariants beside the knowledge in *folder*; none where there is no such file."""
    path = folder / FILE
    if not path.exists():
        return ()
    tree = read_yaml(path, FILE)
    found: dict[str, Invariant] = {}
    for body in tree.get("invariants") or ():
        one = _read(knowledge, body)
        if one.id in found:
            raise KnowledgeError(f"two invariants are called '{one.id}'.", one.place, "Give each its own id.", "duplicate-id")
        found[one.id] = one
    return tuple(found.values())


def _read(knowledge: Knowledge, body: dict[str, Any]) -> Invariant:
    spot = place_of(body, Place(FILE))
    place = replace(spot, path=str(body.get("id", "")))
    only_keys(body, KEYS, place)
    for key in ("id", "never", "source", "text"):
        if not body.get(key):
            raise KnowledgeError(f"an invariant has no '{key}'.", place, "It needs id, never, source and text.", "invariant-shape")
    if body["source"] not in knowledge.sources:
        raise KnowledgeError(f"names a source '{body['source']}' that sources.yaml does not hold.", place_of(body["source"], place),
                             nearest(body["source"], knowledge.sources), "unknown-source")  # fmt: skip
    reads = tuple(str(name) for name in body.get("reads") or ())
    for name in reads:
        if name not in knowledge.parameters:
            raise KnowledgeError(f"there is no parameter '{name}'.", place, nearest(name, knowledge.parameters), "unknown-name")
    never = parse(body["never"], scope_of(knowledge), place_of(body["never"], place), n.TRUTH)
    if "gives" in body:
        never = n.And(n.TRUTH, (never, _offered(knowledge, [str(drug) for drug in body["gives"]], place)))
    return Invariant(str(body["id"]), never, reads, str(body["source"]), str(body["text"]), place)


def _offered(knowledge: Knowledge, drugs: list[str], place: Place) -> n.Node:
    """Whether a regimen is offered, first or beside, that gives one of *drugs* or a drug that may be one of them."""
    forms = set()
    for drug in drugs:
        if drug not in knowledge.concepts:
            raise KnowledgeError(f"there is no drug '{drug}'.", place, nearest(drug, knowledge.concepts), "unknown-concept")
        forms |= {*knowledge.narrower(drug), *(id for id in knowledge.concepts if drug in knowledge.narrower(id))}
    ids = [id for id, regimen in knowledge.regimens.items() if forms & set(regimen.drugs)]
    first = tuple(id for id in ids if id in knowledge.words_of.get(REGIMEN, ()))
    beside = [id for id in ids if id in knowledge.collections.get(REGIMENS_ALSO, ())]
    chosen: list[n.Node] = [n.Is(n.TRUTH, n.Conclusion(n.WORD, REGIMEN, knowledge.words_of[REGIMEN]), first)] if first else []
    return n.Or(n.TRUTH, (*chosen, *(n.Member(n.TRUTH, id, REGIMENS_ALSO) for id in beside)))


def with_invariants(knowledge: Knowledge, invariants: tuple[Invariant, ...]) -> Knowledge:
    """The knowledge with one more table, whose rows are the invariants, so that they are bound like any other."""
    since = knowledge.knowledge_from
    rows = tuple(
        Row(i.id, "", (("invariants_broken", (i.id,)),), Evidence(i.source, "", "own", since), "must", "", "", "9999-12-31", False, (), i.place)
        for i in invariants
    )
    table = Table(TABLE, "verify", "What must never happen", "collect", (), (), rows, "", Place(FILE))
    conditions = {**knowledge.conditions, TABLE: tuple(i.never for i in invariants)}
    return replace(knowledge, tables={**knowledge.tables, TABLE: table}, conditions=conditions)


def findings(bench: Workbench, invariants: tuple[Invariant, ...]) -> Iterator[Finding]:
    """One finding for every invariant and every way in which guidelines run it."""
    for step in bench.steps:
        if step.table.id == TABLE:
            for index, invariant in enumerate(invariants):
                yield from _readers(bench, step, index, invariant) if invariant.reads else (_never(bench, step, index),)


def _never(bench: Workbench, step: Step, index: int) -> Finding:
    row, holds, guideline = step.rows[index], bench.encoding.rows(step)[index].true, bench.users(step)[0]

    def ask() -> str | None:
        return bench.example(
            bench.solver, [holds], [bench.encoding], lambda v: bench.truth(v, step, index) is True,
            lambda v: f"the status is {bench.verdict(v, guideline)}",
        )  # fmt: skip

    claim, fault = f"'{row.id}' never happens", f"'{row.id}' must never happen, and does. Narrow the row that answers for this patient."
    return bench.question("invariant", bench.under(step), str(row.place), claim, fault, ask)


def _readers(bench: Workbench, step: Step, index: int, invariant: Invariant) -> Iterator[Finding]:
    """A fault for every row that counts, because of a watched parameter, while the invariant's condition holds."""
    faults = 0
    for other in bench.steps:
        if not set(bench.users(other)) & set(bench.users(step)):
            continue
        for row in range(len(other.rows)):
            blind = without(other.conditions[row], frozenset(invariant.reads))
            if blind != other.conditions[row]:
                found = _because_of(bench, step, index, other, row, blind)
                faults += found.severity == ERROR
                yield from (found,) if found.severity == ERROR else ()
    if not faults:
        yield Finding("invariant", PROVED, bench.under(step), str(invariant.place), f"no row counts because of what '{invariant.id}' forbids to read")


def _because_of(bench: Workbench, step: Step, index: int, other: Step, row: int, blind: n.Node) -> Finding:
    terms = [bench.encoding.rows(step)[index].true, bench.encoding.chosen(other)[row], no(bench.encoding.truth(blind).true)]
    id, place = step.rows[index].id, other.rows[row].place

    def ask() -> str | None:
        return bench.example(bench.solver, terms, [bench.encoding], lambda v: bench.truth(v, other, row) is True)

    fault = f"'{id}' forbids this row to count because of such a limit, and it does. Ask in the row who the limit is made for."
    return bench.question("invariant", bench.under(other), str(place), f"'{other.rows[row].id}' keeps to '{id}'", fault, ask)


def without(node: n.Node, names: frozenset[str]) -> n.Node:
    """The condition as it would be if nobody had printed the limits *names*: what rests on them alone is unknown."""
    if isinstance(node, n.Limit) and node.name in names:
        return replace(node, values=(None,) * len(node.values))
    if isinstance(node, n.LimitByWord) and node.name in names:
        return replace(node, words=(), limits=())
    changes: dict[str, Any] = {}
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, n.Node):
            changes[field.name] = without(value, names)
        elif isinstance(value, tuple) and value and isinstance(value[0], n.Node):
            changes[field.name] = tuple(without(item, names) for item in value)
    return replace(node, **changes) if changes else node
