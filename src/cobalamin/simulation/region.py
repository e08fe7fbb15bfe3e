"""A region to invent people of: its numbers, ages, exposures, signs, results and laboratories, strictly checked.

`knowledge/simulation/everywhere.yaml` holds what is common to all; a region's own file wins, row by row. Every row has its source.
"""

from __future__ import annotations

from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from typing import Any, TypeVar

from cobalamin.errors import KnowledgeError, Place, UsageError, nearest
from cobalamin.records.words import Words
from cobalamin.rules.files import mapping_at, only_keys, place_of
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.load import FOLDER, built, load
from cobalamin.rules.parameters import Evidence, read_evidence

EVERYWHERE, FOLDER_OF_REGIONS = "simulation/everywhere.yaml", "simulation/"
EVIDENCE = ("source", "where", "checked", "since", "reviewer")
SECTIONS = ("numbers", "ages", "exposures", "signs", "results", "prints", "assays", "mistakes", "treatments", "given_too_soon", "costs")
KEYS = ("region", "title", "every", "sites", "unexplained", "treated_by", "currency", *SECTIONS)
T = TypeVar("T")


@dataclass(frozen=True)
class Number:
    """A number of the simulation, or the span its source gives."""

    id: str
    is_: float | tuple[float, float]
    evidence: Evidence

    @property
    def middle(self) -> float:
        return self.is_ if not isinstance(self.is_, tuple) else sum(self.is_) / len(self.is_)


@dataclass(frozen=True)
class Ages:
    """From an age to another in years (not reached): percent of all people, of women among them, and of those who lack B12."""

    id: str
    from_: float
    to: float
    share: float
    female: float
    deficient: float
    evidence: Evidence
    prevalence: str = ""


@dataclass(frozen=True)
class Exposure:
    """What may lead to a deficiency: percent who have it, percent of them it alone makes deficient, and what else it does."""

    id: str
    share: float
    deficient: float
    evidence: Evidence
    one_of: str = ""
    sex: str = ""
    age: float = 0
    to: float = 200
    recorded: float = 100
    years: tuple[float, float] = (0, 1)
    lasts: float = 0
    cause: str = ""
    hides: dict[str, float] = field(default_factory=dict)
    shifts: dict[str, float] = field(default_factory=dict)
    dose: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sign:
    """Percent who show it at the full depth of a deficiency, who have it anyway, and of whom it is written down."""

    id: str
    deficient: float
    others: float
    recorded: float
    evidence: Evidence


@dataclass(frozen=True)
class Result:
    """A test: a person's own level, what a deficiency does to it, how it varies and when it is ordered."""

    id: str
    evidence: Evidence
    unit: str = ""
    typical: float = 0
    male: float = 0
    young: dict[str, float] = field(default_factory=dict)
    """Up to an age in years (not reached), the youngest first: how many times the typical level the children of both sexes have."""
    spread: float = 0
    times_a_year_of_age: float = 1
    falls: float = 1
    rises: float = 1
    late: float = 1
    treated: float = 1
    within: float = 0
    below: float = 0
    above: float = 0
    digits: float = 0
    ordered: float = 0
    with_sign: float = 0
    with_: str = ""
    after: float = 0
    days_after: float = 0
    words: tuple[str, ...] = ()
    yes: dict[str, float] = field(default_factory=dict)
    others: float = 0


@dataclass(frozen=True)
class Treatment:
    """What is given: injections of a course and then for upkeep, or tablets."""

    id: str
    share: float
    dose: str
    stays: float
    evidence: Evidence
    course: float = 0
    every: float = 0
    keep: float = 0
    late: float = 0


@dataclass(frozen=True)
class TooSoon:
    """What some are given at a first sign, before B12 was known."""

    id: str
    percent: float
    dose: str
    lasts: float
    evidence: Evidence


@dataclass(frozen=True)
class Print:
    """How some laboratories print a concept."""

    as_: str
    share: float
    unit: str = ""


@dataclass(frozen=True)
class Assay:
    """How the assay of some laboratories differs: 10^shift times the level to a power."""

    share: float
    power: float
    shift: float
    evidence: Evidence


@dataclass(frozen=True)
class Region:
    """Everything needed to invent the people of a region."""

    id: str
    title: dict[str, str]
    sites: tuple[str, ...]
    unexplained: str
    """The cause of a deficiency that no exposure explains."""
    treated_by: str
    """The result that doctors treat by, and order further tests after."""
    currency: str
    numbers: dict[str, Number]
    ages: dict[str, Ages]
    exposures: dict[str, Exposure]
    signs: dict[str, Sign]
    results: dict[str, Result]
    treatments: dict[str, Treatment]
    given_too_soon: dict[str, TooSoon]
    prints: dict[str, tuple[Print, ...]]
    assays: dict[str, tuple[Assay, ...]]
    mistakes: dict[str, tuple[str, ...]]
    costs: dict[str, Number]

    def number(self, id: str) -> float:
        """One number of the region; a span by its middle."""
        return self.numbers[id].middle


ROWS: dict[str, Any] = {"numbers": Number, "ages": Ages, "exposures": Exposure, "signs": Sign, "results": Result, "treatments": Treatment,
                        "given_too_soon": TooSoon, "costs": Number}  # fmt: skip


@cache
def regions() -> dict[str, Region]:
    """Every region of the knowledge."""
    knowledge = load()
    return built(FOLDER, False, lambda trees, _: read_regions(trees, knowledge))


def region_named(id: str) -> Region:
    """The region *id*, or an error that names those there are."""
    known = regions()
    if id not in known:
        raise UsageError(f"There is no region '{id}' to invent; there are {', '.join(known)}. {nearest(id, known)}".strip())
    return known[id]


def read_regions(trees: dict[str, Any], knowledge: Knowledge) -> dict[str, Region]:
    """The regions among the *trees* of the knowledge, each checked for names, numbers, units and sources."""
    words = Words(knowledge)
    common = trees.get(EVERYWHERE) or {}
    names = [name for name in trees if name.startswith(FOLDER_OF_REGIONS) and name != EVERYWHERE]
    found = [_region(common, trees[name], name, words) for name in names]
    return {region.id: region for region in found}


def _region(common: dict[str, Any], own: dict[str, Any], file: str, words: Words) -> Region:
    place = Place(file)
    held: dict[str, Any] = {}
    for tree, name in ((common, EVERYWHERE), (own, file)):
        only_keys(tree, KEYS, Place(name))
        every = mapping_at(tree.get("every") or {}, Place(name))
        for section in SECTIONS:
            rows = held.setdefault(section, {})
            for id, body in mapping_at(tree.get(section) or {}, Place(name)).items():
                if section in ROWS:
                    # what a region says itself rests on what the region says it rests on
                    rows[id] = {**rows.get(id, {}), **every, **mapping_at(body, place_of(body, Place(name, path=str(id))))}
                else:
                    rows[id] = [{**every, **row} if section == "assays" else row for row in body]
    made = {section: {str(id): _made(kind, str(id), body, words.knowledge, Place(file, path=f"{section}.{id}")) for id, body in held[section].items()}
            for section, kind in ROWS.items()}  # fmt: skip
    for section, kind in (("prints", Print), ("assays", Assay)):
        made[section] = {str(id): tuple(_made(kind, "", row, words.knowledge, Place(file, path=f"{section}.{id}")) for row in rows)
                         for id, rows in held[section].items()}  # fmt: skip
    for key in ("region", "title", "sites"):
        if not own.get(key):
            raise KnowledgeError(f"a region has no '{key}'.", place, "It needs region, title, sites and ages.", "region-shape")
    region = Region(str(own["region"]), dict(own["title"]), tuple(map(str, own["sites"])), str(common["unexplained"]), str(common["treated_by"]),
                    str(own.get("currency", common["currency"])), mistakes={str(id): tuple(map(str, texts)) for id, texts in held["mistakes"].items()},
                    **made)  # fmt: skip
    _check(region, words, place)
    return region


def _made(kind: type[T], id: str, tree: dict[str, Any], knowledge: Knowledge, place: Place) -> T:
    """A row of a section, each field of the type it has."""
    known = {f.name.rstrip("_"): f for f in fields(kind)}  # type: ignore[arg-type]
    only_keys(tree, [*(name for name in known if name not in ("id", "evidence")), *EVIDENCE], place)
    values: dict[str, Any] = {"id": id} if "id" in known else {}
    if "evidence" in known:
        values["evidence"] = read_evidence(tree, None, knowledge.sources, place)
    for name, spec in known.items():
        if name in tree:
            values[spec.name] = _held(tree[name], str(spec.type), name, place_of(tree[name], place))
        elif spec.name not in values and spec.default is MISSING and spec.default_factory is MISSING:
            raise KnowledgeError(f"has no '{name}'.", place, f"It needs {name}: ...", "missing-key")
    return kind(**values)


def _held(written: Any, type: str, name: str, place: Place) -> Any:
    number = isinstance(written, (int, float)) and not isinstance(written, bool)
    if "float" in type and number and not type.startswith(("tuple", "dict")):
        return float(written)
    if "tuple[float" in type and isinstance(written, list) and len(written) == 2:
        return float(written[0]), float(written[1])
    if type.startswith("tuple[str") and isinstance(written, list):
        return tuple(map(str, written))
    if type.startswith("dict") and isinstance(written, dict):
        return {str(key): float(value) for key, value in written.items()}
    if type == "str" and not number:
        return str(written)
    raise KnowledgeError(f"{name} is {written!r}.", place, f"It is a {type}.", "field-type")


def _check(region: Region, words: Words, place: Place) -> None:
    concepts = words.knowledge.concepts
    for section in ("exposures", "signs", "results", "treatments", "given_too_soon", "prints", "costs"):
        for id in getattr(region, section):
            if id not in concepts:
                raise KnowledgeError(f"names '{id}' in {section}, which is no concept.", place, nearest(id, concepts), "unknown-concept")
    for result in region.results.values():
        units = concepts[result.id].units
        if not result.words and not (units and units.named(result.unit)):
            raise KnowledgeError(f"gives {result.id} in '{result.unit}'.", place, "Name a unit of the concept.", "unknown-unit")
    for id, prints in region.prints.items():
        for row in prints:
            if words.concept(row.as_)[0] != id:
                raise KnowledgeError(f"prints {id} as '{row.as_}', which is not read as that.", place, "Write a code or words that are read as it.", "spelling")
    for band in region.ages.values():
        for age in {band.from_, *(e.age for e in region.exposures.values() if band.from_ < e.age < band.to)}:
            for sex in ("female", "male"):
                if left_over(region, band, age, sex) < 0:
                    raise KnowledgeError(f"the exposures make more than {band.deficient} % of '{band.id}' deficient.", place,
                                         "Lower what an exposure does, or raise the share of the deficient.", "too-many-deficient")  # fmt: skip


def left_over(region: Region, band: Ages, age: float, sex: str) -> float:
    """The chance of a deficiency that no exposure explains, at an age and for a sex, so that as many are deficient as the band says."""
    spared, groups = 1.0, dict[str, float]()
    for e in region.exposures.values():
        share = e.share / 100 * e.deficient / 100 if e.age <= age < e.to and e.sex in ("", sex) else 0.0
        if e.one_of:
            groups[e.one_of] = groups.get(e.one_of, 0.0) + share
        else:
            spared *= 1 - share
    for share in groups.values():
        spared *= 1 - share
    return 1 - (1 - band.deficient / 100) / spared
