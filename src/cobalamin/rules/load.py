"""Load the knowledge: read its files, check every name, kind and unit, or raise the first error with its place."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules.cards import COLLECTIONS, read_card
from cobalamin.rules.concepts import read_concept
from cobalamin.rules.files import at, mapping_at, place_of, read_folder, read_yaml, write_archive
from cobalamin.rules.knowledge import Guideline, Knowledge, KnowledgeScope, Source
from cobalamin.rules.parameters import ANY, read_parameter
from cobalamin.rules.phrases import check_phrases
from cobalamin.rules.received import SPANS, read_judging
from cobalamin.rules.schedules import REGIMEN, REGIMENS_ALSO, REVIEWS, WORKLIST, Regimen, read_regimen, read_review, read_task
from cobalamin.rules.tables import read_rows, read_table
from cobalamin.rules.units import EVERYDAY

PLAIN = {
    "reading": ("words", "comparators", "spellings", "sexes", "routes", "given_once_by", "dose_units", "frequencies", "repeated", "oldest_years", "marks"),
    "pathway": ("knowledge_from", "default_guideline", "status_order", "urgency_order", "combined_indicator", "worklists", "worklist_page_rows", "worklist_shows"),
    "phrases": ("same", "means", "absent", "seen", "family", "family_any", "mother", "alone", "thin", "cues", "places", "finer", "full_strength", "years", "alike"),
    "omop": ("sources", "vocabularies", "source_codes", "upward", "operators", "genders", "values", "units", "concepts", "written"),
    "fhir": ("systems", "closed", "levels", "kinds", "also", "semantic_tags", "products", "left_out", "over", "interpretations", "answers", "routes", "timings",
             "supply_days", "genders", "birth_sexes"),
    "fhir_out": ("systems", "written_when_checked", "request_codes", "own", "id_namespace", "for_another_person", "assembler", "laboratory", "routes", "doses",
                 "priorities", "issue_severities", "risks", "severities"),
    "columns": ("roles", "beside", "words", "delimiters", "noise", "prefixes", "blanks", "tests"),
    "distributions": ("source", "fewest", "sure", "distributions"),
    "phone_calendar": ("id_namespace", "remind_hours", "refill"),
    "charts": ("doses_of", "markers"),
    "cds_hooks": ("services", "most_cards", "indicators", "context", "prefetch", "look_back_days", "open_order", "orders", "allergies", "language_extension", "systems"),
    "slip": ("beside", "ranges", "between", "at_most", "days", "century", "person", "months"),
}  # fmt: skip
"""Files that are kept as they stand, each with the keys that whoever uses it relies on."""
SCHEDULES = {REGIMEN: "regimens", REGIMENS_ALSO: "regimens", REVIEWS: "reviews", **dict.fromkeys(COLLECTIONS, "cards")}
"""Conclusions whose words are schedules or cards, and where those are kept; the words of a worklist are tasks."""
RECEIVED = "received.yaml"
FOLDER = Path(__file__).parent.parent / "knowledge"
T = TypeVar("T")


def load(folder: Path | None = None, extra: tuple[Path, ...] = (), places: bool = False) -> Knowledge:
    """Load the knowledge of *folder* (the one shipped, by default) and guideline files of a site's own.

    With *places* the files themselves are read, never the archive, so that everything knows its line.
    """
    return _load(folder or FOLDER, extra, places)


@cache
def _load(folder: Path, extra: tuple[Path, ...], places: bool) -> Knowledge:
    return built(folder, places, lambda trees, signature: _assemble(trees, extra, signature))


def built(folder: Path, places: bool, build: Callable[[dict[str, Any], str], T]) -> T:
    """What *build* makes of the files of *folder* and their digest.

    The archive knows no places: with *places*, or when something is wrong, the files themselves are read.
    """
    trees, signature, archived = read_folder(folder)
    if places and archived:
        trees = {name: read_yaml(folder / name, name) for name in trees}
    try:
        made = build(trees, signature)
    except KnowledgeError:
        if not archived:
            raise
        return build({name: read_yaml(folder / name, name) for name in trees}, signature)
    if not archived and folder == FOLDER:
        write_archive(folder, trees, signature)
    return made


def _assemble(trees: dict[str, Any], extra: tuple[Path, ...], signature: str) -> Knowledge:
    knowledge = Knowledge(version=signature[:12])
    for name, tree in trees.items():
        if name == "sources.yaml":
            _add_sources(knowledge, tree, name)
        elif name.removesuffix(".yaml") in PLAIN:
            held = name.removesuffix(".yaml")
            setattr(knowledge, held, _needed(tree, name, PLAIN[held]))
    knowledge.knowledge_from, knowledge.default_guideline = (str(knowledge.pathway.get(key, "")) for key in ("knowledge_from", "default_guideline"))
    own = [(path, read_yaml(path, path.name)) for path in extra]
    for path, tree in own:
        _add_sources(knowledge, mapping_at(tree.get("sources") or {}, Place(path.name)), path.name)
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
    listed = [id for id in knowledge.pathway.get("guidelines", ()) if id in knowledge.guidelines]
    knowledge.guidelines = {id: knowledge.guidelines[id] for id in dict.fromkeys([*listed, *knowledge.guidelines])}
    for concept in knowledge.concepts.values():
        for named in (*concept.is_a, *filter(None, [concept.injected_as])):
            if named not in knowledge.concepts:
                raise KnowledgeError(f"names '{named}', which is no concept.", concept.place, nearest(named, knowledge.concepts), "unknown-concept")
    check_phrases(knowledge.phrases, knowledge.concepts)
    _add_parameters(knowledge, trees, own)
    _add_tables(knowledge, trees)
    _add_schedules(knowledge, trees)
    return knowledge


def _needed(tree: dict[str, Any], file: str, keys: tuple[str, ...]) -> dict[str, Any]:
    """*tree* itself when it holds every key that reading and answering rely on."""
    for key in keys:
        if key not in tree:
            raise KnowledgeError(f"has no '{key}'.", place_of(tree, Place(file)), f"It needs {', '.join(keys)}.", "missing-key")
    return tree


def _add_sources(knowledge: Knowledge, tree: dict[str, Any], file: str) -> None:
    for id, body in mapping_at(tree, Place(file)).items():
        mapping_at(body, Place(file, path=str(id)))
        held = {key: str(body.get(key) or "") for key in ("title", "publisher", "year", "url", "seen")}
        if not held["title"]:
            raise KnowledgeError(f"source '{id}' has no title.", at(body, file, id), id="source")
        knowledge.sources[str(id)] = Source(str(id), **held)


def _add_concepts(knowledge: Knowledge, tree: dict[str, Any], file: str) -> None:
    for id, body in mapping_at(tree, Place(file)).items():
        mapping_at(body, Place(file, path=str(id)))
        if id in knowledge.concepts:
            raise KnowledgeError(f"the concept '{id}' exists already.", at(body, file, id), f"See {knowledge.concepts[id].place}.", "duplicate-id")
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
        for parameter, entries in mapping_at(tree.get("parameters") or {}, Place(path.name)).items():
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
        place = at(body, file, parameter)
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
        for guidelines, place in [(table.guidelines, table.place), *((row.guidelines, row.place) for row in table.rows)]:
            for guideline in guidelines:
                if guideline not in knowledge.guidelines:
                    raise KnowledgeError(f"'{guideline}' is no guideline.", place, nearest(guideline, knowledge.guidelines), "unknown-guideline")
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
    scope = KnowledgeScope(knowledge)
    for feature in knowledge._drafts:
        knowledge.feature(feature)
    for table in knowledge.tables.values():
        knowledge.conditions[table.id] = read_rows(table, scope)


def _add_schedules(knowledge: Knowledge, trees: dict[str, Any]) -> None:
    """Regimens and reviews, each of which must be what some table's word means, and every such word one of them."""
    for name, tree in trees.items():
        if name.startswith("regimens/"):
            for id, body in mapping_at(tree, Place(name)).items():
                knowledge.regimens[str(id)] = read_regimen(str(id), body, name, knowledge.sources)
        elif name == "reviews.yaml":
            for id, body in mapping_at(tree, Place(name)).items():
                knowledge.reviews[str(id)] = read_review(str(id), body, name, knowledge.sources)
        elif name == "tasks.yaml":
            for id, body in mapping_at(tree, Place(name)).items():
                knowledge.tasks[str(id)] = read_task(str(id), body, name, knowledge.sources, knowledge.pathway["urgency_order"])
        elif name == "cards.yaml":
            for id, body in mapping_at(tree, Place(name)).items():
                knowledge.cards[str(id)] = read_card(str(id), body, name, knowledge.pathway["urgency_order"], knowledge.concepts)
    for schedule in (*knowledge.regimens.values(), *knowledge.reviews.values(), *knowledge.tasks.values()):
        if sum(schedule.id in held for held in (knowledge.regimens, knowledge.reviews, knowledge.tasks)) > 1:
            raise KnowledgeError(f"'{schedule.id}' names two of a regimen, a review and a task.", schedule.place, id="duplicate-id")
        if schedule.counted_from:
            found = knowledge.lookup(schedule.counted_from)
            if found is None or found.kind != "days":
                raise KnowledgeError(f"is counted from '{schedule.counted_from}', which is no feature in days.", schedule.place,
                                     nearest(schedule.counted_from, knowledge.names()), "unknown-name")  # fmt: skip
        for concept in schedule.drugs if isinstance(schedule, Regimen) else ():
            if concept not in knowledge.concepts:
                raise KnowledgeError(f"gives '{concept}', which is no concept.", schedule.place, nearest(concept, knowledge.concepts), "unknown-concept")
    _add_judging(knowledge, trees)
    for table in knowledge.tables.values():
        for row in table.rows:
            for conclusion, words in row.then:
                kind = "tasks" if conclusion.startswith(WORKLIST) else SCHEDULES.get(conclusion)
                held = getattr(knowledge, kind) if kind else words
                for word in words:
                    if word not in held:
                        raise KnowledgeError(f"names '{word}', which is none of the {kind}.", row.place, nearest(word, held), "unknown-schedule")
    for name in (feature for columns in knowledge.pathway["worklist_shows"].values() for feature in columns.values()):
        if name not in knowledge.features:
            raise KnowledgeError(f"worklists show '{name}', which is no feature.", Place("pathway.yaml"), nearest(name, knowledge.features), "unknown-name")


def _add_judging(knowledge: Knowledge, trees: dict[str, Any]) -> None:
    """Which doses really given count; every drug and span that is named must exist."""
    if (tree := trees.get(RECEIVED)) is None:
        return
    judging = knowledge.judging = read_judging(tree, RECEIVED, knowledge.sources)
    for concept in (judging.drugs, judging.injections, *judging.unnamed, *judging.lasting):
        if concept not in knowledge.concepts:
            raise KnowledgeError(f"names '{concept}', which is no concept.", Place(RECEIVED), nearest(concept, knowledge.concepts), "unknown-concept")
    for parameter in SPANS.values():
        if parameter not in knowledge.parameters:
            raise KnowledgeError(f"needs the parameter '{parameter}'.", Place(RECEIVED), nearest(parameter, knowledge.parameters), "unknown-name")
