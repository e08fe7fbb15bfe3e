"""Tables of patients and facts read in bulk by DuckDB: CSV or Parquet files, or rows already in memory.

The files become two relations of text, `raw_facts` and `raw_patients`. What their texts mean is asked of
`cobalamin.records.words` once per distinct text and kept in small tables, so DuckDB reads as the law reads.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cobalamin.errors import InputError, nearest
from cobalamin.model.fact import FACT_COLUMNS
from cobalamin.records.case import PATIENT_COLUMNS, raw_columns, text_of
from cobalamin.records.text_files import cleaned, delimiter_of

if TYPE_CHECKING:
    import duckdb

SUFFIXES = (".parquet", ".csv", ".tsv", ".txt")
FACTS = ("patient_id", *FACT_COLUMNS)
NUMERIC = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "FLOAT", "DOUBLE", "DECIMAL")


@dataclass
class Opened:
    """Which relations are there, how their columns are typed, and what was noticed on the way."""

    facts_types: dict[str, str]
    has_patients: bool
    notices: list[str] = field(default_factory=list)


def open_path(con: duckdb.DuckDBPyConnection, path: Path, scratch: Path) -> Opened:
    """Open a folder holding `patients` and `facts`, or a facts file alone, as `raw_facts` and `raw_patients`."""
    if path.is_dir():
        facts, patients = _in_folder(path, "facts"), _in_folder(path, "patients")
        if facts is None and patients is None:
            names = ", ".join(sorted(p.name for p in path.iterdir())[:6]) or "nothing"
            raise InputError(f"{path} holds {names}; expected patients and facts, each .csv or .parquet.")
    else:
        facts, patients = path, None
    notices: list[str] = []
    types = _view(con, "raw_facts", facts, FACTS, ("patient_id", "concept"), scratch, notices)
    _view(con, "raw_patients", patients, PATIENT_COLUMNS, ("patient_id",), scratch, notices)
    return Opened(types, patients is not None, notices)


def open_cases(con: duckdb.DuckDBPyConnection, cases: Iterable[dict[str, Any]], scratch: Path) -> Opened:
    """Open cases already in memory, by way of one file of rows each, so that they are read like any other table."""
    import json

    with (scratch / "patients.json").open("w", encoding="utf-8") as people, (scratch / "facts.json").open("w", encoding="utf-8") as rows:
        for case in cases:
            person = {column: text_of(case.get(column)) for column in PATIENT_COLUMNS}
            people.write(json.dumps(person) + "\n")
            for fact in case.get("facts") or []:
                rows.write(json.dumps({"patient_id": person["patient_id"], **raw_columns(fact)}) + "\n")
    for name, columns in (("patients", PATIENT_COLUMNS), ("facts", FACTS)):
        shape = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
        con.execute(f"CREATE OR REPLACE TEMP VIEW raw_{name} AS SELECT * FROM read_json('{scratch}/{name}.json', columns={{{shape}}}, "
                    "format='newline_delimited', maximum_object_size=50000000)")  # fmt: skip
    return Opened(dict.fromkeys(FACTS, "VARCHAR"), True)


def _in_folder(folder: Path, name: str) -> Path | None:
    return next((folder / f"{name}{suffix}" for suffix in SUFFIXES if (folder / f"{name}{suffix}").exists()), None)


def _view(con: duckdb.DuckDBPyConnection, name: str, path: Path | None, columns: Sequence[str], needed: Sequence[str],
          scratch: Path, notices: list[str]) -> dict[str, str]:  # fmt: skip
    if path is None:
        empty = ", ".join(f"NULL::VARCHAR AS {quoted(column)}" for column in columns)
        con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {empty} WHERE FALSE")
        return dict.fromkeys(columns, "VARCHAR")
    source = _scan(path, scratch)
    try:
        described = con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    except Exception as error:
        raise InputError(f"{path.name} cannot be read as {path.suffix[1:]}: {_first_line(error)}.") from None
    found = {str(row[0]).strip().lstrip("\ufeff").casefold(): (str(row[0]), str(row[1])) for row in described}
    for column in needed:
        if column not in found:
            raise InputError(f"{path.name} has no column '{column}'; it has {', '.join(found) or 'none'}. {nearest(column, found)}")
    for column in found:
        if column not in columns:
            notices.append(f"{path.name}: the column '{column}' is not used. {nearest(column, columns)}".strip())
    picked, types = [], {}
    for column in columns:
        original, kind = found.get(column, ("", "VARCHAR"))
        keep = kind == "DATE" or (column == "value" and kind.startswith(NUMERIC))
        types[column] = ("DATE" if kind == "DATE" else "DOUBLE") if keep else "VARCHAR"
        picked.append(f"{f'{quoted(original)}::{types[column]}' if original else 'NULL::VARCHAR'} AS {quoted(column)}")
    con.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT {', '.join(picked)} FROM {source}")
    return types


def _scan(path: Path, scratch: Path) -> str:
    if not path.exists():
        raise InputError(f"{path} does not exist.")
    if path.suffix == ".parquet":
        return f"read_parquet('{_safe(path)}')"
    if path.stat().st_size == 0:
        raise InputError(f"{path.name} is empty.")
    clean = cleaned(path, scratch)
    delimiter = delimiter_of(clean).replace("\t", "\\t")
    # One file is one reader: a row that does not fit its header is rejected, counted and shown, never dropped in silence.
    return (f"read_csv('{_safe(clean)}', header=true, all_varchar=true, delim='{delimiter}', quote='\"', escape='\"', auto_detect=false, "
            f"columns={_header(clean, delimiter)}, null_padding=false, strict_mode=true, ignore_errors=true, store_rejects=true, "
            f"rejects_limit=0, max_line_size=20000000, buffer_size=64000000, parallel=true)")  # fmt: skip


def _header(path: Path, delimiter: str) -> str:
    import csv

    with path.open(encoding="utf-8", newline="") as file:
        names = next(csv.reader(file, delimiter=delimiter.replace("\\t", "\t")), [])
    unique: dict[str, None] = {}
    for index, name in enumerate(names):
        unique[name if name not in unique else f"{name}_{index}"] = None
    return "{" + ", ".join(f"'{_text(name)}': 'VARCHAR'" for name in unique) + "}"


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0].rstrip(".")[:200]


def _safe(path: Path) -> str:
    return _text(str(path))


def _text(text: str) -> str:
    return text.replace("'", "''")


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for what a run needs on disk and nobody wants afterwards."""
    return tempfile.TemporaryDirectory(prefix="cobalamin-")
