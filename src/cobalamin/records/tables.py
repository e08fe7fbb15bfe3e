"""Tables of patients and facts read in bulk by DuckDB: CSV or Parquet files, or rows already in memory.

The files become two relations of text, `raw_facts` and `raw_patients`. What their texts mean is asked of
`cobalamin.records.words` once per distinct text and kept in small tables, so DuckDB reads as the law reads.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cobalamin.errors import InputError
from cobalamin.records.case import raw_columns, text_of
from cobalamin.records.columns import COLUMNS, FACTS, places
from cobalamin.records.csv_bulk import csv_to_parquet, stripped
from cobalamin.records.csv_files import open_csv
from cobalamin.records.folder import kind_of, table_files
from cobalamin.records.opened import Opened
from cobalamin.records.sql_text import quote, quoted

if TYPE_CHECKING:
    import duckdb

    from cobalamin.records.source import Input
    from cobalamin.records.words import Words

WHOLE = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT")
BROKEN = ("FLOAT", "DOUBLE", "DECIMAL")


def recognizes(source: str) -> bool:
    """Whether *source* is a folder, or a file of a table."""
    path = Path(source)
    return bool(kind_of(path)) or os.path.isdir(path)


def files(source: str) -> list[Path]:
    """The files of a folder that are read, or the file itself."""
    tables = table_files(Path(source))
    return [*tables.facts, *tables.patients]


def open_source(con: duckdb.DuckDBPyConnection, source: Input, words: Words) -> Opened:
    """Open a folder holding `patients` and `facts`, or a facts file alone, as `raw_facts` and `raw_patients`."""
    tables = table_files(Path(source.source))
    opened = Opened({}, bool(tables.patients), list(tables.notices))
    _open(con, "patients", tables.patients, source.scratch, opened)
    opened.facts_types = _open(con, "facts", tables.facts, source.scratch, opened)
    return opened


def open_cases(con: duckdb.DuckDBPyConnection, cases: Iterable[dict[str, Any]], scratch: Path) -> Opened:
    """Open cases already in memory, by way of one file of rows each, so that they are read like any other table."""
    import json

    with (scratch / "patients.json").open("w", encoding="utf-8") as people, (scratch / "facts.json").open("w", encoding="utf-8") as rows:
        for case in cases:
            person = {column: text_of(case.get(column)).strip() for column in COLUMNS["patients"]}
            people.write(json.dumps(person) + "\n")
            for fact in case.get("facts") or []:
                rows.write(json.dumps({"patient_id": person["patient_id"], **raw_columns(fact)}) + "\n")
    for name in ("patients", "facts"):
        shape = ", ".join(f"'{column}': 'VARCHAR'" for column in COLUMNS[name])
        con.execute(f"CREATE OR REPLACE TEMP VIEW raw_{name} AS SELECT * FROM read_json({quote(scratch / f'{name}.json')}, columns={{{shape}}}, "
                    "format='newline_delimited', maximum_object_size=50000000)")  # fmt: skip
    return Opened(dict.fromkeys(FACTS, "VARCHAR"), True)


def _open(con: duckdb.DuckDBPyConnection, table: str, paths: Sequence[Path], scratch: Path, opened: Opened) -> dict[str, str]:
    """Create the view `raw_<table>` over all parts of a table and return how its columns are typed; parts that differ are text."""
    if not paths:
        empty = ", ".join(f"NULL::VARCHAR AS {quoted(column)}" for column in COLUMNS[table])
        con.execute(f"CREATE OR REPLACE TEMP VIEW raw_{table} AS SELECT {empty} WHERE FALSE")
        return dict.fromkeys(COLUMNS[table], "VARCHAR")
    parts = _parquet(con, table, paths, opened) if kind_of(paths[0]) == ".parquet" else [_csv(con, table, paths, scratch, opened)]
    kinds = {column: {types.get(column, "VARCHAR") for _, types in parts} for column in COLUMNS[table]}
    types = {column: held.pop() if len(held) == 1 else "VARCHAR" for column, held in kinds.items()}
    if len(parts) == 1:
        whole = parts[0][0]
    else:
        columns = ", ".join(f"{quoted(column)}::{kind} AS {quoted(column)}" for column, kind in types.items())
        whole = " UNION ALL ".join(f"(SELECT {columns} FROM ({part}))" for part, _ in parts)
    con.execute(f"CREATE OR REPLACE TEMP VIEW raw_{table} AS {whole}")
    return types


def _parquet(con: duckdb.DuckDBPyConnection, table: str, paths: Sequence[Path], opened: Opened) -> list[tuple[str, dict[str, str]]]:
    """The SELECT of our columns for all parts that are typed alike: text, except days and the numbers of `value`, which keep their type."""
    alike: dict[tuple[tuple[str, str], ...], list[Path]] = {}
    for path in paths:
        alike.setdefault(tuple(parquet_columns(con, path)), []).append(path)
    found = []
    for described, held in alike.items():
        at = places([name for name, _ in described], table, held[0].name, opened.notices)
        source = f"read_parquet([{', '.join(map(quote, held))}])"
        picked, types = [], {}
        for column in COLUMNS[table]:
            name, kind = (quoted(described[at[column]][0]), described[at[column]][1]) if column in at else ("NULL", "VARCHAR")
            sql, types[column] = _typed(column, name, kind)
            if column == "patient_id" and kind == "VARCHAR" and con.execute(f"SELECT COALESCE(bool_and({sql} = {name}), TRUE) FROM {source}").fetchall()[0][0]:
                # a bare column lets a part of the patients skip the row groups of the others
                sql = name
                opened.facts_file = held[0] if table == "facts" and name == '"patient_id"' and len(paths) == 1 else opened.facts_file
            picked.append(f"{sql} AS {quoted(column)}")
        found.append((f"SELECT {', '.join(picked)} FROM {source}", types))
    return found


def parquet_columns(con: duckdb.DuckDBPyConnection, path: Path) -> list[tuple[str, str]]:
    """The columns of a Parquet file and their types; a file that is none is an error."""
    import duckdb

    try:
        path.open("rb").close()
        return [(str(row[0]), str(row[1])) for row in con.execute(f"DESCRIBE SELECT * FROM read_parquet({quote(path)})").fetchall()]
    except OSError as error:
        raise InputError(f"{path.name} cannot be opened: {error.strerror}.") from None
    except duckdb.Error:
        raise InputError(f"{path.name} is not a Parquet file that can be read.") from None


def _typed(column: str, name: str, kind: str) -> tuple[str, str]:
    """The SQL of a column of Parquet and the type it keeps."""
    plain = kind.split("(")[0] if kind.endswith(")") else kind
    if plain == "DATE" or kind in ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"):
        return f"{name}::DATE", "DATE"
    if kind == "TIMESTAMP WITH TIME ZONE":
        # the day in UTC, whatever zone the machine that reads happens to be in
        return f"make_timestamp(epoch_us({name}))::DATE", "DATE"
    if column == "value" and plain in WHOLE + BROKEN:
        # a 32-bit 31.2 is 31.2 as it prints, not 31.200000762939453
        return f"{name}{'::VARCHAR' if plain == 'FLOAT' else ''}::DOUBLE", "DOUBLE"
    if column == "patient_id" and plain in BROKEN:
        # ids that became numbers because one of them was missing: 7.0 is patient 7, NaN is nobody
        return f"nullif(regexp_replace({name}::VARCHAR, '\\.0+$', ''), 'nan')", "VARCHAR"
    return (f"{name}::VARCHAR" if plain in WHOLE else stripped(f"{name}::VARCHAR")), "VARCHAR"


def _csv(con: duckdb.DuckDBPyConnection, table: str, paths: Sequence[Path], scratch: Path, opened: Opened) -> tuple[str, dict[str, str]]:
    """The SELECT of the parts of a CSV table, each turned into Parquet once; rows that cannot be read are counted."""
    targets = []
    opened.unreadable[table] = 0
    for number, path in enumerate(paths):
        file = open_csv(path, scratch)
        at = places(file.header, table, file.name, opened.notices)
        target = scratch / f"raw-{table}-{number}.parquet"
        picked = {column: stripped(f"c{at[column]}") if column in at else "NULL::VARCHAR" for column in COLUMNS[table]}
        opened.unreadable[table] += csv_to_parquet(con, file, picked, target, scratch)
        targets.append(target)
    if table == "facts" and len(targets) == 1:
        opened.facts_file = targets[0]
    return f"SELECT * FROM read_parquet([{', '.join(map(quote, targets))}])", {}
