"""What typed facts ask of the database that holds them, answered by Spark."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from cobalamin.engines.spark.expressions import Spark, spark_sql
from cobalamin.records.sql_text import quote

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


class SparkDatabase:
    """A session and the relations of one run, under names of its own so that two runs in one session do not meet."""

    def __init__(self, session: SparkSession):
        self.session, self.dialect, self.mark = session, Spark(), uuid4().hex[:12]
        self.names: dict[str, str] = {}

    def query(self, sql: str) -> DataFrame:
        """The rows of a query over the relations of this run."""
        return self.session.sql(self._sql(sql))

    def select(self, rows: DataFrame, columns: Iterable[str]) -> DataFrame:
        """Columns computed from rows; each is read by itself, as one long text takes Spark far longer."""
        return rows.selectExpr(*map(self._sql, columns))

    def _sql(self, text: str) -> str:
        known = "|".join(self.names)
        text = re.sub(rf"\b(FROM|JOIN) ({known})\b", lambda found: f"{found[1]} {self.names[found[2]]}", text) if known else text
        return spark_sql(text)

    def define(self, name: str, relation: DataFrame) -> None:
        """Give a relation a name for later queries."""
        self.names[name] = f"cobalamin_{self.mark}_{name}"
        relation.createOrReplaceTempView(self.names[name])

    def close(self) -> None:
        """Take the names back."""
        for name in self.names.values():
            self.session.catalog.dropTempView(name)
        self.names.clear()

    def rows(self, sql: str) -> list[Any]:
        return [tuple(row) for row in self.query(sql).collect()]

    def fill(self, name: str, columns: dict[str, str], rows: Iterable[Sequence[Any]]) -> None:
        """By way of one JSON text: rows handed over one by one would start Python on the workers."""
        shape = self.dialect.kind(f"STRUCT({', '.join(f'{column} {kind}' for column, kind in columns.items())})[]")
        held = json.dumps([dict(zip(columns, row, strict=True)) for row in rows], ensure_ascii=False)
        relation = self.session.sql(f"SELECT inline(from_json(:rows, '{shape}', map('mode', 'FAILFAST')))", args={"rows": held})
        self.define(name, relation.hint("broadcast"))

    def days_since(self, first: str, column: str) -> str:
        return f"date_diff({column}, {first})::BIGINT"

    def matches(self, column: str, pattern: str) -> str:
        whole = rf"^(?:{pattern})\z"
        return f"regexp({column}, {quote(whole)})"

    def floor(self, number: str) -> str:
        return self.dialect.floor(number)

    def as_text(self, number: str) -> str:
        return f"{number}::STRING"

