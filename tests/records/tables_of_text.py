"""Small tables for the tests: written as CSV or Parquet, read by both engines, and held to one law."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb

import cobalamin
from cobalamin.records.columns import COLUMNS
from cobalamin.records.csv_files import open_csv
from cobalamin.records.opened import Opened
from cobalamin.records.rows import csv_rows
from cobalamin.records.source import Input
from cobalamin.records.tables import open_source
from cobalamin.records.words import Words
from cobalamin.rules.load import load
from cobalamin.run import Run

AS_OF = "2026-11-20"
HEAD = "patient_id,concept,date,value,unit"
B12 = "p1,serum_b12,2026-11-01,150,ng/L"


@dataclass
class Answers:
    """What a run gave: the assessments, the account and what was noticed."""

    people: list[dict[str, Any]]
    account: dict[str, Any]
    notices: list[str]

    def status(self) -> dict[str, str]:
        return {person["patient_id"]: person["status"] for person in self.people}


def write(folder: Path, name: str, content: str | bytes | Sequence[str]) -> Path:
    """A file of text, of bytes, or of lines."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / name
    if not isinstance(content, (str, bytes)):
        content = "\n".join(content) + "\n"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def parquet(folder: Path, name: str, sql: str) -> Path:
    """A Parquet file holding the rows of a query."""
    folder.mkdir(exist_ok=True, parents=True)
    path = folder / name
    with duckdb.connect() as con:
        con.execute(f"COPY ({sql}) TO '{str(path).replace(chr(39), chr(39) * 2)}' (FORMAT parquet)")
    return path


def from_rows(folder: Path, rows: Sequence[dict[str, str]], columns: Sequence[str]) -> str:
    """Rows as a relation of text that a query can read."""
    path = write(folder, "rows.json", [json.dumps({column: row.get(column, "") for column in columns}) for row in rows])
    shape = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
    return f"read_json('{path}', format='newline_delimited', maximum_object_size=50000000, columns={{{shape}}})"


def answers(source: Any, engine: str) -> Answers:
    """One engine's answers; the account must add up."""
    account, run = cobalamin.Account(), Run(source, as_of=AS_OF, engine=engine)
    people = list(run.rows(account))
    assert account.adds_up, account.to_dict()
    assert account.patients_used == len(people)
    return Answers(people, account.to_dict(), run.notices)


def both(source: Any) -> Answers:
    """The answers of both engines, which must be the same to the last row set aside."""
    memory, bulk = answers(source, "memory"), answers(source, "duckdb")
    assert memory.account == bulk.account
    for one, other in zip(memory.people, bulk.people, strict=True):
        assert one == other
    assert sorted(memory.notices) == sorted(bulk.notices)
    return memory


def opened_rows(path: Path) -> tuple[list[dict[str, Any]], Opened]:
    """The facts as DuckDB reads them, before anything is understood."""
    with TemporaryDirectory() as scratch, duckdb.connect() as con:
        opened = open_source(con, Input(str(path), Path(scratch)), Words(load()))
        cursor = con.execute("SELECT * FROM raw_facts")
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()], opened


def raw_rows(path: Path, columns: Iterable[str] = COLUMNS["facts"]) -> tuple[list[tuple[str, ...]], int]:
    """The rows of a facts file and how many cannot be read, equal for the plain reader and for DuckDB."""
    with TemporaryDirectory() as scratch:
        plain = list(csv_rows(path, "facts", Path(scratch), []))
    found, opened = opened_rows(path)
    bulk = [tuple(value or "" for value in row.values()) for row in found]
    rows = [tuple(row.get(column, "") for column in columns) for row in plain if row is not None]
    assert rows == bulk
    assert plain.count(None) == opened.unreadable["facts"]
    return rows, plain.count(None)


def header_of(path: Path) -> tuple[str, ...]:
    """The names of the columns of a CSV file."""
    with TemporaryDirectory() as scratch:
        return open_csv(path, Path(scratch)).header
