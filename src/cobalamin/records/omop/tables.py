"""The tables of the OMOP Common Data Model 5.4 that are read, and what of each: its columns and where a row says what, when and how much."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

Ids = tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table of the model: the columns that hold ids of concepts, persons or places, and those read as text."""

    name: str
    ids: Ids = ()
    texts: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    """Without these a table is none of the model's."""

    @property
    def columns(self) -> tuple[str, ...]:
        return self.ids + self.texts


@dataclass(frozen=True)
class Events:
    """A table of what happened to people: a row says of a person that something was so from a day on."""

    table: Table
    of: str
    """What the names of its columns begin with, and the domain whose kinds of concept its rows may be."""
    start: str
    ends: tuple[str, ...] = ()
    """Where the last day stands, the first that is filled."""
    lasting: bool = False
    """Whether a row without a last day still holds (a condition), or held on its day only (a drug handed out)."""

    @property
    def concept(self) -> str:
        return f"{self.of}_concept_id"


def _events(name: str, of: str, start: str, ends: tuple[str, ...] = (), ids: Ids = (), texts: tuple[str, ...] = (), sources: bool = True, lasting: bool = True) -> Events:
    source_ids, source_texts = ((f"{of}_source_concept_id",), (f"{of}_source_value",)) if sources else ((), ())
    table = Table(name, (f"{of}_concept_id", *source_ids, *ids), ("person_id", *source_texts, start, *ends, *texts), ("person_id", f"{of}_concept_id", start))
    return Events(table, of, start, ends, lasting)


MEASURED = ("value_as_number", "unit_source_value", "value_source_value")
EVENTS = (
    _events("measurement", "measurement", "measurement_date", ids=("operator_concept_id", "value_as_concept_id", "unit_concept_id"),
            texts=(*MEASURED, "range_low", "range_high")),
    _events("observation", "observation", "observation_date", ids=("value_as_concept_id", "unit_concept_id"), texts=(*MEASURED, "value_as_string")),
    _events("condition_occurrence", "condition", "condition_start_date", ("condition_end_date",)),
    _events("procedure_occurrence", "procedure", "procedure_date"),
    _events("drug_exposure", "drug", "drug_exposure_start_date", ("drug_exposure_end_date", "verbatim_end_date"),
            ids=("route_concept_id",), texts=("route_source_value", "days_supply"), lasting=False),
    _events("drug_era", "drug", "drug_era_start_date", ("drug_era_end_date",), sources=False, lasting=False),
)  # fmt: skip
INSTEAD = {"drug_era": "drug_exposure"}
"""A table made from another one is read only where that other one is missing or empty."""

PERSON = Table("person", ("gender_concept_id", "care_site_id", "location_id"),
               ("person_id", "year_of_birth", "month_of_birth", "day_of_birth", "birth_datetime", "gender_source_value"), ("person_id",))  # fmt: skip
CARE_SITE = Table("care_site", ("care_site_id",), ("care_site_name", "care_site_source_value"), ("care_site_id",))
LOCATION = Table("location", ("location_id",), ("county", "state"), ("location_id",))
DEATH = Table("death", (), ("person_id", "death_date"), ("person_id",))
CONCEPT = Table("concept", ("concept_id",), ("concept_name", "vocabulary_id", "concept_code"), ("concept_id", "vocabulary_id", "concept_code"))
ANCESTOR = Table("concept_ancestor", ("ancestor_concept_id", "descendant_concept_id"), (), ("ancestor_concept_id", "descendant_concept_id"))
RELATIONSHIP = Table("concept_relationship", ("concept_id_1", "concept_id_2"), ("relationship_id", "invalid_reason"), ("concept_id_1", "concept_id_2", "relationship_id"))

TABLES = {table.name: table for table in (PERSON, *(events.table for events in EVENTS), CARE_SITE, LOCATION, DEATH, CONCEPT, ANCESTOR, RELATIONSHIP)}


class Cdm(Protocol):
    """Where the tables are: a folder of files, or a database."""

    unreadable: dict[str, int]
    """Rows of a file that do not fit its header, by table."""
    notices: list[str]

    def has(self, table: str) -> bool:
        """Whether the table is there."""
        ...

    def rows(self, table: str) -> str:
        """SQL for the rows of a table that is there: its columns in `TABLES`, ids as whole numbers, everything else as text."""
        ...

    def keep(self, name: str, sql: str) -> None:
        """Run a query where the tables are and keep its result as the table *name* of DuckDB."""
        ...
