"""What must never happen, read from `invariants.yaml`: adding one touches no code.

An invariant is a row that must never hold. It is written in the rule language and bound with the tables, so it may
speak of anything a rule may: results, pictures, conclusions. With `reads`, it says that while `never` holds no row
that looks at one of these parameters may count.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Step
from cobalamin.rules.files import place_of, read_yaml
from cobalamin.rules.knowledge import Knowledge, scope_of
from cobalamin.rules.parameters import Evidence
from cobalamin.rules.parse import parse
from cobalamin.rules.tables import Row, Table
from cobalamin.verify.logic import both
from cobalamin.verify.report import Finding
from cobalamin.verify.workbench import Workbench

FILE = "invariants.yaml"
TABLE = "verify.invariants"
KEYS = ("id", "never", "reads", "source", "text")


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
    for key in body:
        if key not in KEYS:
            raise KnowledgeError(f"'{key}' is not understood here.", place_of(key, place), nearest(str(key), KEYS), "unknown-key")
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
    return Invariant(str(body["id"]), never, reads, str(body["source"]), str(body["text"]), place)


def with_invariants(knowledge: Knowledge, invariants: tuple[Invariant, ...]) -> Knowledge:
    """The knowledge with one more table, whose rows are the invariants, so that they are bound like any other."""
    since = knowledge.knowledge_from
    rows = tuple(
        Row(i.id, "", (("invariants_broken", (i.id,)),), Evidence(i.source, "", "own", since), "must", "", "", "9999-12-31", False, i.place)
        for i in invariants
    )
    table = Table(TABLE, "verify", "What must never happen", "collect", (), (), rows, "", Place(FILE))
    conditions = {**knowledge.conditions, TABLE: tuple(i.never for i in invariants)}
    return replace(knowledge, tables={**knowledge.tables, TABLE: table}, conditions=conditions)


def findings(bench: Workbench, invariants: tuple[Invariant, ...]) -> Iterator[Finding]:
    """One finding for every invariant and every way in which guidelines run it."""
    for step in bench.steps:
        if step.table.id != TABLE:
            continue
        for index, invariant in enumerate(invariants):
            watched = [_never(bench, step, index)] if not invariant.reads else []
            for other in bench.steps if invariant.reads else ():
                if set(bench.users(other)) & set(bench.users(step)):
                    watched += [_row_within(bench, step, index, other, row) for row in _readers(bench, other, invariant.reads)]
            faults = [finding for finding in watched if finding.severity != "proved"]
            yield from faults or watched[:1]


def _never(bench: Workbench, step: Step, index: int) -> Finding:
    row, holds = step.rows[index], bench.encoding.rows(step)[index].true
    guideline = bench.users(step)[0]

    def ask() -> str | None:
        return bench.example(
            bench.solver, [holds], [bench.encoding], lambda v: v.truths[step.number][index] is True,
            lambda v: f"status {bench.concluded(v, guideline, 'status')} by {bench.answering(v, guideline, 'status')}",
        )  # fmt: skip

    return bench.question("invariant", bench.under(step), str(row.place), f"'{row.id}' never happens", f"'{row.id}' must never happen, and does.", ask)


def _readers(bench: Workbench, step: Step, reads: tuple[str, ...]) -> list[int]:
    """The rows of a step that look at one of the parameters."""
    own = bench.knowledge.conditions[step.table.id]
    index_of = {row.id: index for index, row in enumerate(step.table.rows)}
    return [
        number for number, row in enumerate(step.rows)
        if any(isinstance(node, n.Parameter) and node.name in reads for node in own[index_of[row.id]].walk())
    ]  # fmt: skip


def _row_within(bench: Workbench, step: Step, index: int, other: Step, row: int) -> Finding:
    """Whether a row that looks at a watched parameter counts while the invariant's condition holds."""
    terms = [bench.encoding.rows(step)[index].true, both(bench.encoding.chosen(other)[row])]
    id = step.rows[index].id

    def ask() -> str | None:
        return bench.example(bench.solver, terms, [bench.encoding], lambda v: v.truths[other.number][row] is True)

    fault = f"'{id}' must never happen, and row '{other.rows[row].id}' counts all the same."
    return bench.question("invariant", bench.under(other), str(other.rows[row].place), f"'{id}' never happens", fault, ask)
