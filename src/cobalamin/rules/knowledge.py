"""All of the knowledge, loaded: sources, concepts, parameters, features, tables, guidelines and ways of reading.

`load()` answers with everything checked for names, kinds and units, or raises the first `KnowledgeError`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.model.quantity import on_grid
from cobalamin.rules import nodes as n
from cobalamin.rules.concepts import Concept, read_concept
from cobalamin.rules.files import place_of, read_folder, read_yaml, write_archive
from cobalamin.rules.parameters import ANY, Evidence, ParameterSpec, read_evidence, read_parameter
from cobalamin.rules.parse import parse
from cobalamin.rules.tables import Table, read_rows, read_table
from cobalamin.rules.units import EVERYDAY, Units

FOLDER = Path(__file__).parent.parent / "knowledge"
SEXES = ("female", "male")
PERSON = {
    "age_years": n.Person("years", "age_years"),
    "age_months": n.Person("months", "age_months"),
    "sex": n.Person(n.WORD, "sex", SEXES),
}


@dataclass(frozen=True)
class Source:
    """A publication the knowledge rests on, and how much of it was seen."""

    id: str
    title: str
    publisher: str
    year: str
    url: str
    seen: str


@dataclass(frozen=True)
class Guideline:
    """A named set of parameters and tables; `based_on` lends what it does not say itself."""

    id: str
    title: dict[str, str]
    since: str
    source: str
    based_on: str
    note: dict[str, str]


@dataclass(frozen=True)
class Feature:
    """A named expression that rules share; for a formula also its unit, rounding and source."""

    name: str
    what: str
    node: n.Node
    evidence: Evidence | None
    rises_with: tuple[str, ...]
    falls_with: tuple[str, ...]
    place: Place


@dataclass
class Knowledge:
    """Everything the pathway knows; also the scope in which expressions are read."""

    version: str = ""
    knowledge_from: str = ""
    default_guideline: str = ""
    sources: dict[str, Source] = field(default_factory=dict)
    concepts: dict[str, Concept] = field(default_factory=dict)
    parameters: dict[str, ParameterSpec] = field(default_factory=dict)
    features: dict[str, Feature] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    conditions: dict[str, tuple[n.Node, ...]] = field(default_factory=dict)
    guidelines: dict[str, Guideline] = field(default_factory=dict)
    reading: dict[str, Any] = field(default_factory=dict)
    pathway: dict[str, Any] = field(default_factory=dict)
    words_of: dict[str, tuple[str, ...]] = field(default_factory=dict)
    collections: dict[str, set[str]] = field(default_factory=dict)
    _drafts: dict[str, tuple[dict[str, Any], str]] = field(default_factory=dict)
    _reading_now: list[str] = field(default_factory=list)

    # ---- the scope of expressions

    def names(self) -> list[str]:
        return [*PERSON, *self._drafts, *self.words_of, *self.parameters]

    def lookup(self, name: str) -> n.Node | None:
        if name in PERSON:
            return PERSON[name]
        if name in self._drafts:
            return self.feature(name).node
        if name in self.words_of:
            return n.Conclusion(n.WORD, name, self.words_of[name])
        if name in self.parameters:
            spec = self.parameters[name]
            kind = n.NUMBER if spec.of == "number" else spec.of
            return n.Parameter(kind, name, self.lookup(spec.by) if spec.by else None)
        return None

    def units(self, kind: str) -> Units | None:
        return self.concepts[kind].units if kind in self.concepts else EVERYDAY.get(kind)

    def concept(self, name: str) -> tuple[str, bool] | None:
        return (name, self.concepts[name].is_result) if name in self.concepts else None

    def concept_names(self) -> list[str]:
        return list(self.concepts)

    def collection(self, name: str) -> set[str] | None:
        return self.collections.get(name)

    def words(self, node: n.Node) -> tuple[str, ...]:
        while isinstance(node, n.Named):
            node = node.value
        if isinstance(node, n.Latest):
            return self.concepts[node.concept].words
        return node.words if isinstance(node, (n.Conclusion, n.Person)) else ()

    # ---- what follows from the hierarchy

    def narrower(self, concept: str) -> tuple[str, ...]:
        """The concept and everything that is a kind of it."""
        found = [concept]
        for id in found:
            found.extend(c.id for c in self.concepts.values() if id in c.is_a and c.id not in found)
        return tuple(found)

    def chain(self, guideline: str) -> tuple[str, ...]:
        """The guideline, what it is based on, and what all share, nearest first."""
        found: list[str] = []
        while guideline and guideline not in found:
            found.append(guideline)
            guideline = self.guidelines[guideline].based_on
        return (*found, ANY)

    def feature(self, name: str) -> Feature:
        """A named feature, read when first asked for; a feature that needs itself is refused."""
        if name not in self.features:
            tree, file = self._drafts[name]
            place = _at(tree, file, name)
            if name in self._reading_now:
                raise KnowledgeError(f"'{name}' needs itself: {' -> '.join([*self._reading_now, name])}.", place, id="cycle")
            self._reading_now.append(name)
            self.features[name] = _read_feature(self, name, tree, place)
            self._reading_now.pop()
        return self.features[name]


class _Scope:
    """The knowledge under the method names the parser asks for."""

    def __init__(self, knowledge: Knowledge):
        self.knowledge = knowledge

    def concepts(self) -> list[str]:
        return self.knowledge.concept_names()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.knowledge, name)


def scope_of(knowledge: Knowledge) -> _Scope:
    """The names of the knowledge, for whoever else reads expressions."""
    return _Scope(knowledge)


def _at(tree: object, file: str, path: str) -> Place:
    spot = place_of(tree, Place(file))
    return Place(file, spot.line, spot.column, path)


def _read_feature(knowledge: Knowledge, name: str, tree: dict[str, Any], place: Place) -> Feature:
    node = parse(tree["is"], _Scope(knowledge), place_of(tree["is"], place))
    gives = tree.get("gives")
    evidence = None
    if node.kind == n.NUMBER:
        if not gives:
            raise KnowledgeError(f"'{name}' is arithmetic and does not say what it gives.", place,
                                 "Write gives: {kind: unit} and round: digits.", "formula")  # fmt: skip
        kind, unit_name = next(iter(gives.items()))
        units = knowledge.units(str(kind))
        unit = units.named(str(unit_name)) if units else None
        if unit is None:
            raise KnowledgeError(f"'{name}' gives {kind} in '{unit_name}', which is no unit of it.", place, id="unknown-unit")
        evidence = read_evidence(tree, None, knowledge.sources, place)
        node = n.Named(str(kind), name, node, unit.group, unit.name, unit.times, int(tree.get("round", 0)))
    else:
        node = n.Named(node.kind, name, node)
    rises, falls = (tuple(str(x) for x in tree.get(key) or ()) for key in ("rises_with", "falls_with"))
    return Feature(name, str(tree.get("what", "")), node, evidence, rises, falls, place)


def load(folder: Path | None = None, extra: tuple[Path, ...] = (), places: bool = False) -> Knowledge:
    """Load the knowledge of *folder* (the one shipped, by default) and guideline files of a site's own.

    With *places* the files themselves are read, never the archive, so that everything knows its line.
    """
    return _load(folder or FOLDER, extra, places)


@cache
def _load(folder: Path, extra: tuple[Path, ...], places: bool) -> Knowledge:
    trees, signature, archived = read_folder(folder)
    if places and archived:
        trees = {name: read_yaml(folder / name, name) for name in trees}
    try:
        knowledge = _assemble(trees, extra, signature)
    except KnowledgeError:
        if not archived:
            raise
        # The archive knows no places: read the files themselves so that the error can point at its line.
        trees = {name: read_yaml(folder / name, name) for name in trees}
        return _assemble(trees, extra, signature)
    if not archived and folder == FOLDER:
        write_archive(folder, trees, signature)
    return knowledge


def _assemble(trees: dict[str, Any], extra: tuple[Path, ...], signature: str) -> Knowledge:
    knowledge = Knowledge(version=signature[:12])
    for name, tree in trees.items():
        if name == "sources.yaml":
            _add_sources(knowledge, tree, name)
        elif name == "reading.yaml":
            knowledge.reading = tree
        elif name == "pathway.yaml":
            knowledge.pathway = tree
            knowledge.knowledge_from, knowledge.default_guideline = str(tree["knowledge_from"]), str(tree["default_guideline"])
    own = [(path, read_yaml(path, path.name)) for path in extra]
    for path, tree in own:
        _add_sources(knowledge, tree.get("sources") or {}, path.name)
    for name, tree in trees.items():
        if name.startswith("concepts/"):
            _add_concepts(knowledge, tree, name)
        elif name.startswith("guidelines/"):
            _add_guideline(knowledge, tree, name)
        elif name.startswith("features/"):
            for feature, body in tree.items():
                knowledge._drafts[str(feature)] = (body, name)
    for path, tree in own:
        _add_guideline(knowledge, tree, path.name)
    for concept in knowledge.concepts.values():
        for broader in concept.is_a:
            if broader not in knowledge.concepts:
                raise KnowledgeError(f"is a '{broader}', which is no concept.", concept.place, nearest(broader, knowledge.concepts), "unknown-concept")
    _add_parameters(knowledge, trees, own)
    _add_tables(knowledge, trees)
    return knowledge


def _add_sources(knowledge: Knowledge, tree: dict[str, Any], file: str) -> None:
    for id, body in tree.items():
        held = {key: str(body.get(key) or "") for key in ("title", "publisher", "year", "url", "seen")}
        if not held["title"]:
            raise KnowledgeError(f"source '{id}' has no title.", _at(body, file, id), id="source")
        knowledge.sources[str(id)] = Source(str(id), **held)


def _add_concepts(knowledge: Knowledge, tree: dict[str, Any], file: str) -> None:
    for id, body in tree.items():
        if id in knowledge.concepts:
            raise KnowledgeError(f"the concept '{id}' exists already.", _at(body, file, id), f"See {knowledge.concepts[id].place}.", "duplicate-id")
        knowledge.concepts[str(id)] = read_concept(str(id), body, file)


def _add_guideline(knowledge: Knowledge, tree: dict[str, Any], file: str) -> None:
    place = place_of(tree, Place(file))
    for key in ("guideline", "title", "since", "source"):
        if key not in tree:
            raise KnowledgeError(f"a guideline file has no '{key}'.", place, "It needs guideline, title, since and source.", "guideline-shape")
    id, base, source = str(tree["guideline"]), str(tree.get("based_on") or ""), str(tree["source"])
    if base and base not in knowledge.guidelines:
        raise KnowledgeError(f"is based on '{base}', which is no guideline.", place, nearest(base, knowledge.guidelines), "unknown-guideline")
    if source not in knowledge.sources:
        raise KnowledgeError(f"names a source '{source}' that nobody describes.", place, nearest(source, knowledge.sources), "unknown-source")
    title, note = tree["title"], tree.get("note") or {}
    if not isinstance(title, dict):
        title = {"en": str(title)}
    knowledge.guidelines[id] = Guideline(id, dict(title), str(tree["since"]), source, base, dict(note))


def _add_parameters(knowledge: Knowledge, trees: dict[str, Any], own: list[tuple[Path, Any]]) -> None:
    drafts: dict[str, tuple[dict[str, Any], str]] = {}
    for name, tree in trees.items():
        if name.startswith("parameters/"):
            for parameter, body in tree.items():
                drafts[str(parameter)] = (body, name)
    for path, tree in own:
        for parameter, entries in (tree.get("parameters") or {}).items():
            if parameter not in drafts:
                raise KnowledgeError(f"there is no parameter '{parameter}'.", place_of(parameter, Place(path.name)),
                                     nearest(str(parameter), drafts), "unknown-name")  # fmt: skip
            body, file = drafts[parameter]
            merged = type(body)(body)
            if hasattr(body, "place"):
                merged.place = body.place  # type: ignore[attr-defined]
            merged[str(tree["guideline"])] = entries
            drafts[str(parameter)] = (merged, file)
    for parameter, (body, file) in drafts.items():
        place = _at(body, file, parameter)
        kind = str(body.get("of", ""))
        units = knowledge.units(kind)
        if units is None:
            known = [*EVERYDAY, *(c.id for c in knowledge.concepts.values() if c.units)]
            raise KnowledgeError(f"is of '{kind}', which is no kind of quantity.", place, nearest(kind, known), "unknown-kind")
        for guideline in body:
            if guideline not in ("what", "of", "by", ANY) and guideline not in knowledge.guidelines:
                raise KnowledgeError(f"'{guideline}' is no guideline.", place_of(guideline, place), nearest(guideline, knowledge.guidelines), "unknown-guideline")
        knowledge.parameters[parameter] = read_parameter(parameter, body, file, units, knowledge.sources)


def _add_tables(knowledge: Knowledge, trees: dict[str, Any]) -> None:
    for name, tree in trees.items():
        if not name.startswith("pathway/"):
            continue
        table = read_table(tree, name, knowledge.sources)
        if table.id in knowledge.tables:
            raise KnowledgeError(f"the table '{table.id}' exists already.", table.place, id="duplicate-id")
        for guideline in table.guidelines:
            if guideline not in knowledge.guidelines:
                raise KnowledgeError(f"'{guideline}' is no guideline.", table.place, nearest(guideline, knowledge.guidelines), "unknown-guideline")
        knowledge.tables[table.id] = table
        for conclusion, words in table.concludes().items():
            if table.collects:
                knowledge.collections.setdefault(conclusion, set()).update(words)
            else:
                held = set(knowledge.words_of.get(conclusion, ())) | words
                knowledge.words_of[conclusion] = tuple(sorted(held))
    clash = set(knowledge.words_of) & (set(knowledge.collections) | set(knowledge.parameters) | set(knowledge._drafts))
    if clash:
        raise KnowledgeError(f"'{min(clash)}' is the name of two different things.", Place("pathway/"), id="name-clash")
    scope = _Scope(knowledge)
    for feature in knowledge._drafts:
        knowledge.feature(feature)
    for table in knowledge.tables.values():
        knowledge.conditions[table.id] = read_rows(table, scope)


def limit_values(dated_values: tuple[float | None, ...]) -> tuple[float | None, ...]:
    """Limits on the grid results live on."""
    return tuple(None if value is None else on_grid(value) for value in dated_values)
