"""What typed facts ask of the database that holds them, and DuckDB's answers.

Only distinct texts ever come out of it, for `records.words` to interpret, and what they mean goes back in as small tables.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from cobalamin.records.sql_text import quote, quoted

if TYPE_CHECKING:
    import duckdb


class Database(Protocol):
    """A database with the relations `raw_facts` and `raw_patients`, and the few forms of SQL that each writes its own way."""

    def rows(self, sql: str) -> list[Any]:
        """The rows of a query whose result is small: distinct texts, counts."""
        ...

    def fill(self, name: str, columns: dict[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """Create a small table of Python rows."""
        ...

    def days_since(self, first: str, column: str) -> str:
        """The whole days from one date to another."""
        ...

    def matches(self, column: str, pattern: str) -> str:
        """Whether a text as a whole matches a pattern without quotes."""
        ...

    def floor(self, number: str) -> str:
        """The whole number below, for a number of any size."""
        ...

    def as_text(self, number: str) -> str:
        """A DOUBLE as the text of what was recorded."""
        ...


@dataclass(frozen=True)
class DuckDBDatabase:
    """DuckDB's forms."""

    con: duckdb.DuckDBPyConnection

    def rows(self, sql: str) -> list[Any]:
        return self.con.execute(sql).fetchall()

    def fill(self, name: str, columns: dict[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """By way of one JSON text: a parameter for each value would take far longer."""
        shape = json.dumps([{column: kind for column, kind in columns.items()}])
        held = json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False)
        fields = ", ".join(f"r.{quoted(column)}" for column in columns)
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT {fields} FROM (SELECT unnest(from_json(?, ?)) AS r)", [held, shape])

    def days_since(self, first: str, column: str) -> str:
        return f"date_diff('day', {first}, {column})"

    def matches(self, column: str, pattern: str) -> str:
        return f"regexp_full_match({column}, {quote(pattern)})"

    def floor(self, number: str) -> str:
        return f"floor({number})"

    def as_text(self, number: str) -> str:
        return f"{number}::VARCHAR"
