"""What rows that were set aside may have meant: one fact for each sensible reading of a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cobalamin.engines.memory.expressions import Values
from cobalamin.engines.memory.unknowns import Unknowns
from cobalamin.engines.memory.variations import Variation
from cobalamin.model.fact import FACT_COLUMNS, Fact, RawFact, SetAside
from cobalamin.records.understand import printed, understand
from cobalamin.records.words import Value, Words

UNIT = ("no_unit", "unknown_unit", "wrong_unit", "code_unit_clash")
DAY = ("future", "unreadable_date", "impossible_date", "ends_before_start")
VALUE = ("impossible_value", "unreadable_value", "unreadable_comparator", "no_value", "number_without_range")
"""Reasons for which a row is set aside, by what of it would have to be read otherwise."""


def unread(rows: tuple[SetAside, ...], words: Words) -> dict[str, SetAside]:
    """Results that are on record and whose value says nothing, by concept."""
    found: dict[str, SetAside] = {}
    for row in rows:
        id = words.concept(row.raw.concept)[0] if row.raw and row.reason in VALUE else None
        if id is not None and words.knowledge.concepts[id].is_result:
            found.setdefault(id, row)
    return found


def second_readings(row: SetAside, unknowns: Unknowns, values: Values) -> Iterator[Variation]:
    """The facts a row would be in another unit, on another day, or under the name it looks like; only believable ones."""
    raw, words = row.raw, unknowns.words
    if raw is None:
        return
    for other in _otherwise(raw, row, words):
        fact = understand(other, words, unknowns.engine.day)
        asked = unknowns.asked.get(fact.concept) if isinstance(fact, Fact) else None
        if isinstance(fact, Fact) and asked and fact.flag in ("", "assumed_unit"):
            word, value = _said(fact, unknowns, values)
            yield Variation(fact.concept, word, _columns(other), asked.slots, (fact,), aside=row, value=value or word)


def _otherwise(raw: RawFact, row: SetAside, words: Words) -> Iterator[RawFact]:
    if row.reason == "not_understood":
        yield from (replace(raw, concept=id) for id in row.closest)
        return
    id = words.concept(raw.concept)[0]
    if id is None:
        return
    concept = words.knowledge.concepts[id]
    if row.reason in DAY:
        yield replace(raw, concept=id, date="", end="")
    elif row.reason in UNIT and concept.units:
        value: Value | str = words.value(raw.value)
        number = raw.value.strip().removesuffix(value.unit).strip() if isinstance(value, Value) and value.unit else raw.value
        sizes: set[tuple[int, float]] = set()
        for unit in concept.units.units:
            if (unit.group, unit.times) not in sizes:
                sizes.add((unit.group, unit.times))
                yield replace(raw, concept=id, value=number, unit=unit.name)
    elif row.reason in VALUE and not concept.is_result:
        yield replace(raw, concept=id, value="")


def _said(fact: Fact, unknowns: Unknowns, values: Values) -> tuple[str, str]:
    """The word for the value of a fact, and a number with its unit."""
    concept = unknowns.knowledge.concepts[fact.concept]
    if not concept.is_result:
        return "present" if fact.present else "absent", ""
    if fact.word or concept.units is None:
        return fact.word, fact.word
    unit = concept.units.units[fact.unit]
    words = [word for stretch, word in unknowns.results.named_stretches(concept, values, unit) if stretch.holds(fact.number)]
    return words[0] if words else "measured", printed(fact, unknowns.words)


def _columns(raw: RawFact) -> dict[str, Any]:
    return {name: text for name in FACT_COLUMNS if (text := getattr(raw, name))}
