"""Tables of patients and facts as Spark reads them: `raw_facts` and `raw_patients`, typed as DuckDB's readers type them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, Union

from cobalamin.errors import InputError
from cobalamin.records.columns import COLUMNS, FACTS, places
from cobalamin.records.csv_bulk import SPACES
from cobalamin.records.opened import Opened
from cobalamin.records.sql_text import quote

if TYPE_CHECKING:
    import duckdb
    from pyspark.sql import Column, DataFrame, SparkSession

    from cobalamin.engines.spark.database import SparkDatabase

Table: TypeAlias = Union["DataFrame", str, list[Path]]
"""Rows, or where their Parquet is: an address as Spark takes it, or files of this machine."""
WHOLE = ("tinyint", "smallint", "int", "bigint")
PATTERN, MEANT = r"([*?{}\[\]\\])", r"\\\1"
"""Signs that Spark reads as a pattern of names, and how they are meant as they are."""
BROKEN = ("float", "double", "decimal")


def open_tables(database: SparkDatabase, patients: Table | None, facts: Table | None) -> Opened:
    """Open two tables as `raw_patients` and `raw_facts`; either may be missing."""
    opened = Opened({}, patients is not None)
    for name, table in (("patients", patients), ("facts", facts)):
        types = _open(database, name, table, opened)
        if name == "facts":
            opened.facts_types = types
    return opened


def _open(database: SparkDatabase, table: str, given: Table | None, opened: Opened) -> dict[str, str]:
    """Define `raw_<table>` with our columns and the place of every row, and say how the columns are typed."""
    from pyspark.sql import functions as F

    if given is None:
        database.fill(f"raw_{table}", dict.fromkeys((*COLUMNS[table], "place"), "VARCHAR"), ())
        return dict.fromkeys(COLUMNS[table], "VARCHAR")
    frame = _parquet(database.session, given, table) if isinstance(given, (str, list)) else given
    at = places(frame.columns, table, table, opened.notices)
    described = dict(frame.dtypes)
    picked: list[Column] = []
    types: dict[str, str] = {}
    for column in COLUMNS[table]:
        column_sql, types[column] = F.lit(None).cast("string"), "VARCHAR"
        if column in at:
            name = frame.columns[at[column]]
            column_sql, types[column] = _typed(column, F.col(f"`{name}`"), described[name])
        picked.append(column_sql.alias(column))
    if isinstance(given, (str, list)):
        place = F.struct(F.col("_metadata.file_path").alias("file"), F.col("_metadata.row_index").alias("row"))
    else:
        # a DataFrame has no order: of two rows for one patient the one that sorts first counts
        place = F.struct(*(column.cast("string") for column in picked)) if table == "patients" else F.lit(0)
    database.define(f"raw_{table}", frame.select(*picked, place.alias("place")))
    return types


def open_copies(database: SparkDatabase, con: duckdb.DuckDBPyConnection, read: Opened, scratch: Path) -> Opened:
    """Open what a reader left in DuckDB, by way of Parquet in *scratch*."""
    places = {table: [scratch / f"{table}-for-spark.parquet"] for table in ("patients", "facts")}
    for table, (place,) in places.items():
        con.execute(f"COPY raw_{table} TO {quote(place)} (FORMAT parquet)")
    opened = open_tables(database, places["patients"] if read.has_patients else None, places["facts"])
    return replace(read, facts_types=opened.facts_types)


def _parquet(session: SparkSession, address: str | list[Path], table: str) -> DataFrame:
    """The rows of Parquet files; what cannot be opened is named without repeating anything of it. A file of this machine is no pattern."""
    from pyspark.errors import PySparkException

    found = [address] if isinstance(address, str) else [f"file:{re.sub(PATTERN, MEANT, str(file.absolute()))}" for file in address]
    try:
        return session.read.parquet(*found)
    except PySparkException:
        raise InputError(f"The table of {table} is no Parquet that Spark can read.") from None


def _typed(column: str, value: Column, kind: str) -> tuple[Column, str]:
    """A column as it is carried and the type it keeps; the same rules as `records.tables`."""
    from pyspark.sql import functions as F

    plain = kind.split("(")[0]
    if plain in ("date", "timestamp_ntz"):
        return value.cast("date"), "DATE" if column in FACTS else "VARCHAR"
    if plain == "timestamp":
        return F.to_date(F.to_utc_timestamp(value, F.current_timezone())), "DATE" if column in FACTS else "VARCHAR"
    if column == "value" and plain in WHOLE + BROKEN:
        return (value.cast("string") if plain == "float" else value).cast("double"), "DOUBLE"
    text = value.cast("string")
    if column == "patient_id" and plain in BROKEN:
        text = F.regexp_replace(text, r"\.0+$", "")
        return F.when(F.lower(text) != "nan", text), "VARCHAR"
    if plain in WHOLE:
        return text, "VARCHAR"
    return F.btrim(text, F.lit(SPACES)), "VARCHAR"

