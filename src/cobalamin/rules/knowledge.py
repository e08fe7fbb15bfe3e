"""All of the knowledge, loaded: sources, concepts, parameters, features, tables, guidelines and ways of reading.

`load()` answers with everything checked for names, kinds and units, or raises the first `KnowledgeError`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cobalamin.errors import KnowledgeError, Place
from cobalamin.rules import nodes as n
from cobalamin.rules.cards import Card
from cobalamin.rules.concepts import Concept
from cobalamin.rules.files import at, place_of
from cobalamin.rules.parameters import ANY, Dated, Evidence, ParameterSpec, read_evidence
from cobalamin.rules.parse import parse
from cobalamin.rules.received import Judging
from cobalamin.rules.schedules import Regimen, Review, Task
from cobalamin.rules.tables import Table
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
    regimens: dict[str, Regimen] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    tasks: dict[str, Task] = field(default_factory=dict)
    judging: Judging | None = None
    """Which doses really given count; None in a folder of knowledge that does not say."""
    cards: dict[str, Card] = field(default_factory=dict)
    reading: dict[str, Any] = field(default_factory=dict)
    phrases: dict[str, Any] = field(default_factory=dict)
    columns: dict[str, Any] = field(default_factory=dict)
    """How tables name their columns."""
    distributions: dict[str, Any] = field(default_factory=dict)
    """How the results of a population usually lie."""
    omop: dict[str, Any] = field(default_factory=dict)
    fhir: dict[str, Any] = field(default_factory=dict)
    """How FHIR resources are read."""
    fhir_out: dict[str, Any] = field(default_factory=dict)
    """How an assessment is written as FHIR resources."""
    charts: dict[str, Any] = field(default_factory=dict)
    """What a chart of a marker draws: its limits and what lies between them."""
    phone_calendar: dict[str, Any] = field(default_factory=dict)
    """How a plan is put into the calendar of a phone."""
    cds_hooks: dict[str, Any] = field(default_factory=dict)
    """The services that a record system calls."""
    slip: dict[str, Any] = field(default_factory=dict)
    """What laboratories print around a result on a slip."""
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

    @property
    def on_request(self) -> tuple[str, ...]:
        """Stages of the pathway that no assessment needs and that run only when asked for."""
        return tuple(self.pathway.get("on_request", ()))

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

    def in_force(self, parameter: str, guideline: str, day: str) -> tuple[str, Dated] | None:
        """Whose value of *parameter* holds under *guideline* on *day*, and that value; None where the guideline prints none."""
        spec = self.parameters[parameter]
        for holder in self.chain(guideline):
            if holder in spec.silent:
                return None
            if dated := spec.in_force(holder, day):
                return holder, dated
        return None

    def feature(self, name: str) -> Feature:
        """A named feature, read when first asked for; a feature that needs itself is refused."""
        if name not in self.features:
            tree, file = self._drafts[name]
            place = at(tree, file, name)
            if name in self._reading_now:
                raise KnowledgeError(f"'{name}' needs itself: {' -> '.join([*self._reading_now, name])}.", place, id="cycle")
            self._reading_now.append(name)
            self.features[name] = _read_feature(self, name, tree, place)
            self._reading_now.pop()
        return self.features[name]


class KnowledgeScope:
    """The knowledge under the method names the parser asks for."""

    def __init__(self, knowledge: Knowledge):
        self.knowledge = knowledge

    def concepts(self) -> list[str]:
        return self.knowledge.concept_names()

    def __getattr__(self, name: str) -> Any:
        return getattr(self.knowledge, name)


def scope_of(knowledge: Knowledge) -> KnowledgeScope:
    """The names of the knowledge, for whoever else reads expressions."""
    return KnowledgeScope(knowledge)


def _read_feature(knowledge: Knowledge, name: str, tree: dict[str, Any], place: Place) -> Feature:
    node = parse(tree["is"], KnowledgeScope(knowledge), place_of(tree["is"], place))
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
