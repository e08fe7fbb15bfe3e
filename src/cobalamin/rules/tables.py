"""Decision tables: one file each, with a hit policy and rows that each name their source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules import nodes as n
from cobalamin.rules.files import mapping_at, only_keys, place_of
from cobalamin.rules.parameters import Evidence, read_evidence
from cobalamin.rules.parse import Scope, parse

HIT_POLICIES = ("unique", "first", "collect")
"""DMN's: at most one row holds; the first row that holds counts; every row that holds counts."""
STRENGTHS = ("must", "should", "may", "note")
NONE = "none"
"""What a conclusion is when every row of its table is false (as opposed to undecided)."""


@dataclass(frozen=True)
class Row:
    """One rule: when it holds, what follows, where that comes from, which sentence says it, and for which guidelines (all when none is named)."""

    id: str
    when: str
    then: tuple[tuple[str, tuple[str, ...]], ...]
    evidence: Evidence
    strength: str
    text: str
    note: str
    until: str
    may_reverse: bool
    guidelines: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Table:
    """A decision table: rows in order under a hit policy, for some guidelines or for all."""

    id: str
    stage: str
    title: str
    hit: str
    guidelines: tuple[str, ...]
    let: tuple[tuple[str, str, Place], ...]
    rows: tuple[Row, ...]
    gaps: str
    place: Place

    @property
    def collects(self) -> bool:
        return self.hit == "collect"

    def concludes(self) -> dict[str, set[str]]:
        """Every name this table concludes and the words it may conclude."""
        found: dict[str, set[str]] = {}
        for row in self.rows:
            for name, words in row.then:
                found.setdefault(name, set()).update(words)
        return found


ROW_KEYS = {"id", "when", "then", "source", "where", "checked", "since", "until", "reviewer", "strength", "text", "note", "may_reverse", "guidelines"}
TABLE_KEYS = {"table", "title", "hit", "guidelines", "let", "rows", "gaps", "source", "where", "checked", "since", "reviewer", "strength"}


def read_table(tree: dict[str, Any], file: str, sources: dict[str, Any]) -> Table:
    """Check the shape of one table file and freeze it; expressions are read later, when every name is known."""
    place = place_of(tree, Place(file))
    only_keys(tree, TABLE_KEYS, place)
    for key in ("table", "hit", "rows"):
        if key not in tree:
            raise KnowledgeError(f"has no '{key}'.", place, "A table needs table, hit and rows.", "table-shape")
    hit, id = str(tree["hit"]), str(tree["table"])
    if hit not in HIT_POLICIES:
        raise KnowledgeError(f"hit policy '{hit}' is not one of {', '.join(HIT_POLICIES)}.", place_of(tree["hit"], place),
                             nearest(hit, HIT_POLICIES), "hit-policy")  # fmt: skip
    default = Evidence(*(str(tree.get(key, "")) for key in ("source", "where", "checked", "since", "reviewer")))
    rows = tuple(_read_row(row, id, tree, default, sources, place) for row in tree["rows"])
    seen: set[str] = set()
    for row in rows:
        if row.id in seen:
            raise KnowledgeError(f"two rows are called '{row.id}'.", row.place, "Give each row its own id.", "duplicate-id")
        seen.add(row.id)
    let = tuple((str(k), str(v), place_of(v, place)) for k, v in (tree.get("let") or {}).items())
    guidelines = tuple(str(g) for g in tree.get("guidelines") or ())
    return Table(id, id.split(".")[0], str(tree.get("title", "")), hit, guidelines, let, rows, str(tree.get("gaps", "")), place)


def _read_row(tree: dict[str, Any], table: str, parent: dict[str, Any], default: Evidence, sources: dict[str, Any], around: Place) -> Row:
    spot = place_of(mapping_at(tree, around), around)
    id = str(tree.get("id", ""))
    place = Place(spot.file, spot.line, spot.column, f"{table}.{id}")
    only_keys(tree, ROW_KEYS, place)
    for key in ("id", "when", "then"):
        if key not in tree:
            raise KnowledgeError(f"a row has no '{key}'.", place, "A row needs id, when and then.", "row-shape")
    evidence = read_evidence(tree, default, sources, place)
    strength = str(tree.get("strength", parent.get("strength", "should")))
    if strength not in STRENGTHS:
        raise KnowledgeError(f"strength '{strength}' is not one of {', '.join(STRENGTHS)}.", place, nearest(strength, STRENGTHS), "strength")
    if not isinstance(tree["then"], dict) or not tree["then"]:
        raise KnowledgeError("`then` must give a name a word.", place, "Write then: {name: word}.", "row-shape")
    then = tuple((str(name), tuple(str(w) for w in words) if isinstance(words, list) else (_word(words),)) for name, words in tree["then"].items())
    if parent["hit"] != "collect" and any(len(words) != 1 for _, words in then):
        raise KnowledgeError("only a table with hit: collect may give a name several words.", place, id="row-shape")
    return Row(id, tree["when"], then, evidence, strength, str(tree.get("text", "")), str(tree.get("note", "")),
               str(tree.get("until", "9999-12-31")), bool(tree.get("may_reverse", False)), tuple(str(g) for g in tree.get("guidelines") or ()), place)  # fmt: skip


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class LetScope:
    """A table's own short names on top of the names everybody knows."""

    def __init__(self, outer: Scope, table: Table):
        self.outer, self.local = outer, {}  # type: Scope, dict[str, n.Node]
        for name, text, place in table.let:
            if outer.lookup(name) is not None:
                raise KnowledgeError(f"`let` names '{name}', which already means something.", place, "Choose another name.", "name-clash")
            self.local[name] = parse(text, self, place)

    def names(self) -> list[str]:
        return [*self.local, *self.outer.names()]

    def lookup(self, name: str) -> n.Node | None:
        return self.local.get(name) or self.outer.lookup(name)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.outer, name)


def read_rows(table: Table, scope: Scope) -> tuple[n.Node, ...]:
    """The condition of every row as nodes, in the order of the rows."""
    inner = LetScope(scope, table)
    return tuple(parse(row.when, inner, place_of(row.when, row.place), n.TRUTH) for row in table.rows)
