"""The rows kept of a CDM as facts: the relation `raw_facts`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.model.fact import FACT_COLUMNS
from cobalamin.records.omop.tables import Events
from cobalamin.records.sql_text import quote, quoted

if TYPE_CHECKING:
    import duckdb

NUMBER = "TRY_CAST(t.value_as_number AS DOUBLE)"
SHOWN = f"COALESCE(regexp_replace(CASE WHEN isfinite({NUMBER}) THEN {NUMBER}::VARCHAR END, '\\.0$', ''), t.value_as_number)"
"""A number as it is printed, whatever type it was kept in: 48.100 and 48.1 are one."""


def create_facts(con: duckdb.DuckDBPyConnection, kept: dict[Events, str], scratch: Path) -> dict[str, str]:
    """Create `raw_facts` from the rows kept of each table, without those of the dead; how its columns are typed."""
    columns = ("patient_id", *FACT_COLUMNS)
    parts = [_select(events, name) for events, name in kept.items()]
    nothing = ", ".join(f"'' AS {quoted(column)}" for column in columns)
    target = scratch / "omop-facts.parquet"
    con.execute(f"COPY ({' UNION ALL '.join(parts) or f'SELECT {nothing} WHERE FALSE'}) TO {quote(target)} (FORMAT parquet)")
    source = f"read_parquet({quote(target)})"
    plain = ", ".join(f"bool_and({quoted(c)} = '' OR TRY_CAST({quoted(c)} AS {kind}) IS NOT NULL)" for c, kind in (("date", "DATE"), ("end", "DATE")))
    days = con.execute(f"SELECT {plain}, bool_and(value = '' OR regexp_full_match(value, '-?[0-9.]+')) FROM {source}").fetchall()[0]
    types = {column: "VARCHAR" for column in columns}
    types |= {column: kind for (column, kind), fits in zip((("date", "DATE"), ("end", "DATE"), ("value", "DOUBLE")), days, strict=True) if fits}
    picked = ", ".join(f"TRY_CAST(nullif({quoted(c)}, '') AS {kind}) AS {quoted(c)}" for c, kind in types.items())
    con.execute(f"CREATE OR REPLACE TEMP VIEW raw_facts AS SELECT {picked} FROM {source}")
    return types


def _select(events: Events, name: str) -> str:
    """The SELECT of a table's rows as facts, one for each thing a row says."""
    columns = events.table.columns
    joins = [f"FROM {name} t JOIN {name}_says s ON s.key = t.key"]
    fact = {"date": day(f"t.{events.start}"), "end": _end(events), "value": "''", "comparator": "''", "unit": "''", "dose": "''", "reference": "''"}
    if "value_as_number" in columns:
        joins += ["LEFT JOIN omop_values w ON w.id = t.value_as_concept_id", "LEFT JOIN omop_units u ON u.id = t.unit_concept_id",
                  "LEFT JOIN omop_printed p ON p.text = t.value_source_value"]  # fmt: skip
        said = "nullif(t.value_as_string, ''), " if "value_as_string" in columns else ""
        fact["value"] = f"CASE WHEN t.value_as_number <> '' THEN {SHOWN} ELSE COALESCE(w.text, {said}t.value_source_value) END"
        fact["unit"] = "COALESCE(u.text, t.unit_source_value)"
        sign = "''"
        if "operator_concept_id" in columns:
            joins.append("LEFT JOIN omop_signs o ON o.id = t.operator_concept_id")
            sign = "COALESCE(o.text, '')"
        fact["comparator"] = f"CASE WHEN t.value_as_number = '' THEN '' WHEN {sign} <> '' THEN {sign} WHEN p.number = {NUMBER} THEN p.sign ELSE '' END"
    if "range_low" in columns:
        low, high = (f"nullif(regexp_replace(t.{side}, '\\.0+$', ''), '')" for side in ("range_low", "range_high"))
        fact["reference"] = f"concat_ws('-', {low}, {high})"
    if "route_concept_id" in columns:
        joins.append("LEFT JOIN omop_routes r ON r.route = t.route_concept_id AND r.printed = t.route_source_value AND r.drug = t.drug_concept_id")
        fact["dose"] = "COALESCE(r.text, '')"
    picked = ", ".join(f"{sql} AS {quoted(column)}" for column, sql in fact.items())
    return f"SELECT t.person_id AS patient_id, s.concept, {picked} {' '.join(joins)} WHERE t.person_id NOT IN (SELECT person_id FROM omop_dead)"


def day(text: str) -> str:
    """The day of a date or a time, also of one without dashes."""
    dashed = f"regexp_replace({text}, '^(....)(..)(..)$', '\\1-\\2-\\3')"
    return f"CASE WHEN regexp_full_match({text}, '[0-9]{{8}}') THEN {dashed} ELSE regexp_replace({text}, '[T ].*$', '') END"


def _end(events: Events) -> str:
    """The last day: as recorded, else as long as the supply lasts, else the day itself where nothing lasts beyond it."""
    days = [f"nullif({day(f't.{column}')}, '')" for column in events.ends]
    if "days_supply" in events.table.columns:
        supply = "TRY_CAST(t.days_supply AS DOUBLE)::INTEGER"
        days.append(f"CASE WHEN {supply} > 0 THEN (TRY_CAST({day(f't.{events.start}')} AS DATE) + {supply} - 1)::DATE::VARCHAR END")
    if not events.lasting:
        days.append(day(f"t.{events.start}"))
    return f"COALESCE({', '.join([*days, chr(39) * 2])})"
