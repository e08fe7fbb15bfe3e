"""CSV in bulk: DuckDB reads a file itself as long as that gives the rows of the law in `csv_files`, and a copy written by the law otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.records.csv_files import MOST_BYTES, CsvFile
from cobalamin.records.sql_text import quote, quoted

if TYPE_CHECKING:
    import duckdb

SPACES = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
"""What `str.strip` takes away; DuckDB's own trim knows only the space."""


def csv_to_parquet(con: duckdb.DuckDBPyConnection, file: CsvFile, picked: dict[str, str], target: Path, scratch: Path) -> int:
    """Copy columns of a CSV file to Parquet, each as SQL over its cells c0, c1, ...; the number of rows that cannot be read."""
    import duckdb

    columns = ", ".join(f"{sql} AS {quoted(name)}" for name, sql in picked.items())
    copy = f"COPY (SELECT {columns} FROM {{}}) TO {quote(target)} (FORMAT parquet)"
    try:
        # the blank lines of a file with one column look like rows to DuckDB
        lost = _copied(con, copy, file, target.stem) if len(file.header) > 1 else None
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        lost = None
    if lost is None:
        rewritten = scratch / f"{target.stem}.rewritten.csv"
        lost = file.rewrite(rewritten)
        con.execute(copy.format(_read_csv(file, rewritten)))
        rewritten.unlink()
    return lost


def _copied(con: duckdb.DuckDBPyConnection, copy: str, file: CsvFile, name: str) -> int | None:
    """Let DuckDB read a file; the number of rows it refused, None when it may have refused them by a law of its own."""
    lost, scan = quoted(f"lost {name}"), f"lost {name} scan"
    options = f"ignore_errors=true, store_rejects=true, rejects_limit=0, rejects_table={quote(f'lost {name}')}, rejects_scan={quote(scan)}"
    con.execute(copy.format(_read_csv(file, file.path, options)))
    alike = "error_type IN ('MISSING COLUMNS', 'TOO MANY COLUMNS') AND NOT contains(csv_line, chr(10)) AND NOT contains(csv_line, chr(34))"
    rows, plain = con.execute(f"SELECT count(DISTINCT line_byte_position), COALESCE(bool_and({alike}), TRUE) FROM {lost}").fetchall()[0]
    return int(rows) if plain else None


def _read_csv(file: CsvFile, path: Path, options: str = "ignore_errors=false") -> str:
    delimiter = file.delimiter.replace("\t", "\\t")
    columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(file.header)))
    return (f"read_csv({quote(path)}, header=true, all_varchar=true, delim='{delimiter}', quote='\"', escape='\"', auto_detect=false, "
            f"columns={{{columns}}}, null_padding=false, strict_mode=true, max_line_size={MOST_BYTES + 1000}, buffer_size=64000000, {options})")  # fmt: skip


def stripped(sql: str) -> str:
    """Text without white space around it. Nearly all text has none, which is cheaper to see than to trim."""
    return f"CASE WHEN {sql} >= '!' AND strlen({sql}) = length({sql}) AND ({sql})[-1] > ' ' THEN {sql} ELSE trim({sql}, '{SPACES}') END"

