"""Which unit the numbers of a column are in, told by how they lie; a suggestion, never a conversion.

Numbers come as counts on a scale of logarithms, so that no value of a patient is ever held here. Units of one concept that differ by a
factor move the whole distribution; the knowledge says where a population usually lies and by how much populations differ.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cobalamin.errors import UsageError
from cobalamin.records.case import text_of
from cobalamin.records.sql_text import quote
from cobalamin.records.words import ASSUMED, Words
from cobalamin.rules.concepts import Concept
from cobalamin.rules.knowledge import Knowledge

if TYPE_CHECKING:
    import duckdb

BINS = 64
"""Counts of values are kept by the natural logarithm in steps of one sixty-fourth: a percent and a half."""
CLOSE_NUMBERS = 3.29
"""The 5th and the 95th percentile of a normal distribution lie so many standard deviations apart."""
APART = 4.0
"""Two units are told apart within one column when they lie so many standard deviations from each other."""
FARTHEST = 3.0
FEW = 0.01
"""A second unit is worth a note when at least one value in a hundred is in it."""

Counts = Mapping[int, int]


@dataclass(frozen=True)
class Fit:
    """How well each unit of a concept fits a column: shares that sum to one, best first; `near` is false when none fits."""

    values: int
    shares: tuple[tuple[str, float], ...]
    near: bool
    sure: bool

    @property
    def suggested(self) -> str:
        """The unit that fits so much better than the others that it can be suggested, or nothing."""
        return self.shares[0][0] if self.near and self.sure else ""

    def __str__(self) -> str:
        best = " or ".join(f"{unit} ({share * 100:.0f} %)" for unit, share in self.shares[:3] if share >= FEW)
        if not self.near:
            return "their distribution fits none of its units"
        return f"their distribution fits {best}" + ("" if self.sure else ": too close to tell, so ask the laboratory")


def scales(concept: Concept, first: str = "") -> dict[str, float]:
    """One unit for each size of number a concept is printed in: how many of it one unit of the range's group is; *first* stands for those of its size."""
    found: dict[str, float] = {}
    for unit in sorted(concept.units.units, key=lambda unit: unit.name != first) if concept.units else ():
        factor = concept.units.factor(concept.range_group, unit.group) if concept.units else None
        if factor is not None and not any(math.isclose(factor / unit.times, held, rel_tol=1e-6) for held in found.values()):
            found[unit.name] = factor / unit.times
    return found


def fit(knowledge: Knowledge, concept: Concept, counts: Counts) -> Fit | None:
    """How well the units of a concept fit; None when it has one size of number only, nothing is known of it, or the values are too few."""
    known = knowledge.distributions["distributions"].get(concept.id)
    total = sum(counts.values())
    sizes = scales(concept, str(known["unit"])) if known else {}
    if known is None or len(sizes) < 2 or total < int(knowledge.distributions["fewest"]):
        return None
    middle, spread = _median(counts), math.log(float(known["populations_differ"]))
    usual = math.log(float(known["p50"]) / sizes_in(concept, str(known["unit"])))
    away = {unit: (middle - usual - math.log(size)) / spread for unit, size in sizes.items()}
    weights = {unit: math.exp(-0.5 * min(distance**2, 1000.0)) for unit, distance in away.items()}
    whole = sum(weights.values())
    shares = sorted(((unit, weight / whole) for unit, weight in weights.items()), key=lambda pair: -pair[1])
    near = min(abs(distance) for distance in away.values()) <= FARTHEST
    return Fit(total, tuple(shares), near, shares[0][1] >= float(knowledge.distributions["sure"]))


def mixed(knowledge: Knowledge, concept: Concept, counts: Counts) -> tuple[str, str, float] | None:
    """Two units that one column seems to hold, and the share of the values in the second; None where there is one, or they cannot be told apart.

    Only units far enough apart leave two heaps: for vitamin B12 ng/mL beside pg/mL, never pmol/L beside pg/mL.
    """
    known = knowledge.distributions["distributions"].get(concept.id)
    total = sum(counts.values())
    if known is None or total < int(knowledge.distributions["fewest"]):
        return None
    sizes = scales(concept, str(known["unit"]))
    usual = math.log(float(known["p50"]) / sizes_in(concept, str(known["unit"])))
    inside = math.log(float(known["p95"]) / float(known["p05"])) / CLOSE_NUMBERS
    middle = _median(counts)
    main = min(sizes, key=lambda unit: abs(middle - usual - math.log(sizes[unit])))
    found = []
    for unit in sizes:
        gap = math.log(sizes[unit] / sizes[main])
        if abs(gap) < APART * inside:
            continue
        # around the place where this unit's values would lie, and around the empty place half way to it
        heap = {place: n for place, n in counts.items() if abs(place / BINS - middle - gap) < abs(gap) / 4}
        there = sum(heap.values())
        between = sum(n for place, n in counts.items() if abs(place / BINS - middle - gap / 2) < abs(gap) / 8)
        if there >= max(FEW * total, 5) and between < there / 2:
            found.append((abs(_median(heap) - middle - gap), there / total, unit))
    if not found:
        return None
    _, share, unit = min(found)
    return main, unit, share


def sizes_in(concept: Concept, name: str) -> float:
    """How many of the unit *name* one unit of the range's group is."""
    unit = concept.units.named(name) if concept.units else None
    factor = concept.units.factor(concept.range_group, unit.group) if concept.units and unit else None
    return (factor or 1.0) / (unit.times if unit else 1.0)


def _median(counts: Counts) -> float:
    half, seen = sum(counts.values()) / 2, 0
    for place in sorted(counts):
        seen += counts[place]
        if seen >= half:
            return (place + 0.5) / BINS
    return 0.0


def counted(con: duckdb.DuckDBPyConnection, value: str, relation: str) -> Counts:
    """The numbers of a column of text as counts by their logarithm."""
    number = f"TRY_CAST({value} AS DOUBLE)"
    sql = f"SELECT floor(ln({number}) * {BINS})::INTEGER AS place, count(*) FROM {relation} WHERE {number} > 0 AND isfinite({number}) GROUP BY place"
    return dict(con.execute(sql).fetchall())


def assume(con: duckdb.DuckDBPyConnection, units: Mapping[str, str], words: Words) -> None:
    """Put units that were asked for behind the results of `raw_facts` that stand without one, marked as assumed."""
    texts = [str(text) for (text,) in con.execute("SELECT DISTINCT concept FROM raw_facts WHERE trim(COALESCE(unit, '')) = '' AND concept IS NOT NULL").fetchall()]
    named = {id: [text for text in texts if words.concept(text)[0] == id] for id in units}
    cases = "".join(f" WHEN concept IN ({', '.join(map(quote, held))}) THEN {quote(f'{units[id]} {ASSUMED}')}" for id, held in named.items() if held)
    if cases:
        kind = con.execute("SELECT table_type FROM information_schema.tables WHERE table_name = 'raw_facts'").fetchall()[0][0]
        con.execute(f"ALTER {'VIEW' if kind == 'VIEW' else 'TABLE'} raw_facts RENAME TO raw_facts_as_read")
        given = f"CASE WHEN trim(COALESCE(unit, '')) <> '' OR value IS NULL THEN unit{cases} ELSE unit END"
        con.execute(f"CREATE OR REPLACE TEMP VIEW raw_facts AS SELECT * REPLACE ({given} AS unit) FROM raw_facts_as_read")


def assumed_case(case: Mapping[str, Any], units: Mapping[str, str], words: Words) -> Mapping[str, Any]:
    """A case with the units that were asked for behind its results without one."""
    def given(fact: Any) -> Any:
        bare = isinstance(fact, Mapping) and fact.get("value") is not None and not text_of(fact.get("unit")).strip()
        unit = units.get(words.concept(text_of(fact.get("concept")))[0] or "") if bare else None
        return {**fact, "unit": f"{unit} {ASSUMED}"} if unit else fact

    return {**case, "facts": [given(fact) for fact in case.get("facts") or []]}


def checked_units(asked: Iterable[str], words: Words) -> dict[str, str]:
    """What was asked for as `concept=unit`, by the id of the concept."""
    found: dict[str, str] = {}
    for text in asked:
        name, sign, unit = text.partition("=")
        id = words.concept(name)[0]
        if not sign or id is None:
            near = ", ".join(words.closest(name))
            raise UsageError(f"--assume-unit {text[:60]}: write CONCEPT=UNIT." + (f" Did you mean {near}?" if near and id is None else ""))
        units = words.knowledge.concepts[id].units
        if not unit or units is None or words.unit(id, unit)[0] is None:
            raise UsageError(f"'{unit[:40]}' is no unit of {id}; it has {', '.join(u.name for u in units.units) if units else 'none'}.")
        found[id] = unit.strip()
    return found


def notices_of(con: duckdb.DuckDBPyConnection, pairs: list[tuple[str | None, str | None]], words: Words) -> list[str]:
    """What is to be said of results of `raw_facts` that stand without a unit, concept by concept; *pairs* are its distinct concepts and units."""
    texts: dict[str, list[str]] = {}
    for text, unit in pairs:
        id = words.concept(text)[0] if text and not (unit or "").strip() else None
        units = words.knowledge.concepts[id].units if id else None
        if id and text and units and len(units.units) > 1:
            texts.setdefault(id, []).append(text)
    return [notice for id, held in sorted(texts.items()) if (notice := _notice(con, words, id, sorted(set(held))))]


def _notice(con: duckdb.DuckDBPyConnection, words: Words, id: str, texts: list[str]) -> str:
    concept = words.knowledge.concepts[id]
    named = ", ".join(quote(text) for text in texts)
    rows = f"(SELECT value::VARCHAR AS value FROM raw_facts WHERE trim(COALESCE(unit, '')) = '' AND concept IN ({named}))"
    counts = counted(con, "value", rows)
    total = sum(counts.values())
    found, also = fit(words.knowledge, concept, counts), mixed(words.knowledge, concept, counts)
    if not found and not also:
        return ""
    said = f"; {found}" if found else ""
    if also:
        said += f"; {also[2] * 100:.0f} % of them look like {also[1]} among {also[0]}"
    suggested = found.suggested if found and not also else ""
    apply = f"; apply with --assume-unit {id}={suggested}" if suggested else ""
    return f"{id} has no unit in {total:,} rows{said}{apply}."
