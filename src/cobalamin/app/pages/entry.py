"""The form of a patient and the case it stands for, each made from the other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cobalamin.app.pages.asked import Asked
from cobalamin.model.fact import FACT_COLUMNS, RawFact
from cobalamin.records.case import PATIENT_COLUMNS, raw_columns, text_of
from cobalamin.records.spoken import Spoken
from cobalamin.records.words import Words

FIELD = re.compile(rf"r(\d{{1,6}})\.({'|'.join((*FACT_COLUMNS, 'said'))})")
"""The name of a field of a row: its number, and a column of a fact or the words it was added with."""
AGES = ("age_years", "age_months")
MOST_ROWS = 400
"""A form has no room for more rows than this; further ones are told of."""
NUMBER = re.compile(r"\s*([<>]=?)?\s*([+-]?[\d.,]+)\s*(\D.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One fact as the form holds it: every column as text, and the words it was added with."""

    number: int
    columns: Mapping[str, str]
    said: str = ""

    def column(self, name: str) -> str:
        """A column's text, empty when there is none."""
        return self.columns.get(name, "")

    def fact(self) -> dict[str, str]:
        """The row as a fact of a case: the columns that say something."""
        return {name: text for name in FACT_COLUMNS if (text := self.column(name))}


@dataclass(frozen=True)
class Entry:
    """What is known of somebody as the form holds it: the columns of the person, and a row for each fact."""

    person: Mapping[str, str] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    turned_away: int = 0
    """Facts there was no room for."""

    def case(self) -> dict[str, Any]:
        """The case the form stands for."""
        return {**{name: text for name in PATIENT_COLUMNS if (text := self.person.get(name, ""))}, "facts": [row.fact() for row in self.rows]}

    def with_facts(self, facts: Iterable[Mapping[str, str]], said: str = "") -> Entry:
        """The entry with a row for each further fact; one that is there already is not added again."""
        rows, number = list(self.rows), max((row.number for row in self.rows), default=0)
        there = {tuple(sorted(row.fact().items())) for row in rows}
        turned_away = self.turned_away
        for columns in facts:
            row = Row(number + 1, {name: columns.get(name, "") for name in FACT_COLUMNS}, said or columns.get("said", ""))
            if tuple(sorted(row.fact().items())) in there:
                continue
            if len(rows) >= MOST_ROWS:
                turned_away += 1
                continue
            there.add(tuple(sorted(row.fact().items())))
            rows.append(row)
            number += 1
        return replace(self, rows=tuple(rows), turned_away=turned_away)

    def without(self, number: int) -> Entry:
        """The entry without a row."""
        return replace(self, rows=tuple(row for row in self.rows if row.number != number))

    def with_concept(self, number: int, concept: str) -> Entry:
        """The entry in which a row means *concept*; the words it came with stay."""
        rows = (Row(row.number, {**row.columns, "concept": concept}, row.said or row.column("concept")) if row.number == number else row for row in self.rows)
        return replace(self, rows=tuple(rows))

    def with_person(self, columns: Mapping[str, str]) -> Entry:
        """The entry with what *columns* say of the person."""
        said = {name: text for name in PATIENT_COLUMNS if (text := columns.get(name, ""))}
        kept = {name: text for name, text in self.person.items() if not (said.keys() & {"birth_date", *AGES} and name in ("birth_date", *AGES))}
        return replace(self, person={**kept, **said})


def entry_of(asked: Asked, spoken: Spoken) -> Entry:
    """What the fields of a form hold; words that say several things become a row for each."""
    values = dict(asked.fields)
    person = {name: values[name].strip() for name in PATIENT_COLUMNS if values.get(name, "").strip()}
    if age := values.get("age", "").strip():
        person[unit if (unit := values.get("age_in", "")) in AGES else AGES[0]] = age
    found: dict[int, dict[str, str]] = {}
    for name, text in asked.fields:
        if match := FIELD.fullmatch(name):
            found.setdefault(int(match[1]), {})[match[2]] = text_of(text).strip()
    entry, number = Entry(person), max(found, default=0)
    rows: list[Row] = []
    for own, columns in found.items():
        if not any(columns.values()):
            continue
        for at, fact in enumerate(facts_of(columns, spoken)):
            number += at > 0
            rows.append(Row(number if at else own, fact, columns.get("said", "") or fact.get("said", "")))
    return replace(entry, rows=tuple(rows[:MOST_ROWS]), turned_away=len(rows[MOST_ROWS:]))


def facts_of(row: object, spoken: Spoken) -> Iterator[dict[str, str]]:
    """A row of a record as columns of text, one for each thing its words say, with sign, number and unit each in its own place."""
    for raw in spoken.rows(RawFact(**raw_columns(row))):
        yield {**parted({name: getattr(raw, name) for name in FACT_COLUMNS}, spoken.words), "said": raw.said}


def parted(columns: dict[str, str], words: Words) -> dict[str, str]:
    """The columns with the unit of a value such as `180 pg/mL` in the unit's own column, and a sign in front of its number."""
    sign = words.comparator(columns["comparator"])
    if sign and columns["value"][:1].isdigit():
        columns = {**columns, "value": sign + columns["value"], "comparator": ""}
    found = NUMBER.fullmatch(columns["value"]) if not columns["unit"] else None
    if found and words.names_unit(found[3]):
        columns = {**columns, "value": f"{found[1] or ''}{found[2]}", "unit": found[3].strip()}
    return columns
