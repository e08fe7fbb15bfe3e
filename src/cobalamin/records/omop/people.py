"""The persons of a CDM: the relation `raw_patients`, one row a person in the order of their ids."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.model.account import SourceRows
from cobalamin.records.case import PATIENT_COLUMNS
from cobalamin.records.omop.facts import day
from cobalamin.records.omop.tables import Cdm
from cobalamin.records.sql_text import quote, quoted

if TYPE_CHECKING:
    import duckdb

    from cobalamin.records.words import Words


def create(con: duckdb.DuckDBPyConnection, cdm: Cdm, words: Words, scratch: Path) -> SourceRows:
    """Create `raw_patients` of everybody who is not in `omop_dead`; a birth of which only the year or the month is known is given as that."""
    genders = " ".join(f"WHEN {int(id)} THEN {quote(sex)}" for id, sex in words.knowledge.omop["genders"].items())
    joins, sites = "", []
    if cdm.has("care_site"):
        joins += f" LEFT JOIN {cdm.rows('care_site')} s ON s.care_site_id = p.care_site_id AND p.care_site_id <> 0"
        sites += ["nullif(s.care_site_name, '')", "nullif(s.care_site_source_value, '')"]
    sites.append("CASE WHEN p.care_site_id <> 0 THEN CAST(p.care_site_id AS VARCHAR) END")
    if cdm.has("location"):
        joins += f" LEFT JOIN {cdm.rows('location')} l ON l.location_id = p.location_id AND p.location_id <> 0"
        sites += ["nullif(l.county, '')", "nullif(l.state, '')"]
    born = ("p.year_of_birth", "p.month_of_birth", "p.day_of_birth", "p.birth_datetime")
    cdm.keep("omop_person", f"SELECT p.person_id, CASE p.gender_concept_id {genders} ELSE p.gender_source_value END AS sex, "
             f"{', '.join(born)}, COALESCE({', '.join(sites)}, '') AS site FROM {cdm.rows('person')} p{joins}")  # fmt: skip
    year, month, of_month = (f"TRY_CAST({part} AS DOUBLE)::INTEGER" for part in ("year_of_birth", "month_of_birth", "day_of_birth"))
    known = f"CASE WHEN {month} > 0 THEN printf('-%02d', {month}) || CASE WHEN {of_month} > 0 THEN printf('-%02d', {of_month}) ELSE '' END ELSE '' END"
    date = f"CASE WHEN {year} IS NULL THEN {day('birth_datetime')} ELSE printf('%04d', {year}) || {known} END"
    picked = {"patient_id": "person_id", "sex": "sex", "birth_date": date, "site": "site"}
    columns = ", ".join(f"{picked.get(column, 'NULL::VARCHAR')} AS {quoted(column)}" for column in PATIENT_COLUMNS)
    target = scratch / "omop-people.parquet"
    living = "omop_person WHERE person_id NOT IN (SELECT person_id FROM omop_dead)"
    con.execute(f"COPY (SELECT {columns} FROM {living} ORDER BY TRY_CAST(person_id AS BIGINT), person_id) TO {quote(target)} (FORMAT parquet)")
    con.execute(f"CREATE OR REPLACE TEMP VIEW raw_patients AS SELECT * FROM read_parquet({quote(target)})")
    read, dead = con.execute("SELECT count(*), count(*) FILTER (WHERE person_id IN (SELECT person_id FROM omop_dead)) FROM omop_person").fetchall()[0]
    rows = SourceRows(int(read), int(read) - int(dead))
    if dead:
        rows.set_aside["deceased"] = int(dead)
    return rows


def learn_deaths(con: duckdb.DuckDBPyConnection, cdm: Cdm, as_of: str) -> None:
    """Create `omop_dead`: who had died by the day of assessment, or on a day that nobody wrote down."""
    if cdm.has("death"):
        cdm.keep("omop_death", f"SELECT d.person_id, d.death_date FROM {cdm.rows('death')} d")
    else:
        con.execute("CREATE OR REPLACE TEMP TABLE omop_death (person_id VARCHAR, death_date VARCHAR)")
    died = f"TRY_CAST({day('death_date')} AS DATE)"
    con.execute(f"CREATE OR REPLACE TEMP TABLE omop_dead AS SELECT DISTINCT person_id FROM omop_death WHERE {died} IS NULL OR {died} <= DATE {quote(as_of)}")
