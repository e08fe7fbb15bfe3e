"""What DuckDB writes differently from the shared SQL."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cobalamin.engines.sql.dialect import Dialect
from cobalamin.engines.sql.sql import Sql, certainty
from cobalamin.records.sql_text import quote

if TYPE_CHECKING:
    import duckdb


class DuckDB(Dialect):
    """DuckDB's own forms for lists, structs and numbers."""

    def __init__(self) -> None:
        self.constants: dict[str, str] = {}

    def floor(self, number: str) -> str:
        return f"floor({number})"

    def kind(self, kind: str) -> str:
        return kind

    def words(self, words: Iterable[str]) -> str:
        # written to Parquet in less than half the time of texts, and read back as text
        found = ", ".join(map(quote, dict.fromkeys(words)))
        return f"ENUM({found})" if found else "VARCHAR"

    def word(self, number: str, words: Mapping[int, str]) -> str:
        if not words:
            return super().word(number, words)
        first = min(1, *words)
        listed = ", ".join(quote(words[value]) if value in words else "NULL" for value in range(first, max(words) + 1))
        return f"([{listed}]::{self.words(words.values())}[])[{number}{'' if first else ' + 1'}]"

    def array(self, items: Sequence[str]) -> str:
        return f"[{', '.join(items)}]"

    def struct(self, fields: Mapping[str, str]) -> str:
        return "{" + ", ".join(f"{quote(name)}: {sql}" for name, sql in fields.items()) + "}"

    def chosen(self, items: Mapping[str, Sql], kind: str) -> str:
        return f"list_where([{', '.join(items)}]::{kind}[], [{', '.join(certainty(held).text for held in items.values())}])"

    def joined(self, lists: Sequence[str], kind: str) -> str:
        return f"COALESCE(list_concat({', '.join(lists)}), [])::{kind}[]" if lists else f"[]::{kind}[]"

    def present(self, list: str) -> str:
        return f"list_filter({list}, lambda x: x IS NOT NULL)"

    def item(self, list: str, place: str) -> str:
        return f"{list}[{place}]"

    def gathered(self, value: str, condition: str) -> str:
        return f"list({value}) FILTER (WHERE {condition})"

    def different(self, list: str) -> str:
        return f"list_unique({list})"

    def sorted(self, list: str) -> str:
        return f"list_sort({list})"

    def all_rows(self, value: str, order: str, table: str) -> str:
        # a constant of the query: joining a subquery would lose the order of the patients
        self.constants[table] = f"(SELECT list({value} ORDER BY {order}) FROM {table})"
        return f"getvariable({quote(table)})"

    def keep_constants(self, con: duckdb.DuckDBPyConnection) -> None:
        """Give the variables that a query reads their values."""
        for name, value in self.constants.items():
            con.execute(f"SET VARIABLE {name} = {value}")

    def mapped(self, list: str, name: str, item: str) -> str:
        return f"list_transform({list}, lambda {name}: {item})"

    def kept(self, list: str, name: str, condition: str) -> str:
        return f"list_filter({list}, lambda {name}: {condition})"

    def picked(self, list: str, places: str) -> str:
        return f"list_select({list}, {places})"

    def printed(self, number: str) -> str:
        return f"format('{{:.10g}}', {number})"

    def nearest(self, unknown: str) -> str:
        known = "(SELECT map_from_entries(list({'k': concept, 'v': closest})) FROM (SELECT DISTINCT concept[1:80] AS concept, closest FROM vocabulary WHERE key IS NULL))"
        return f"CASE WHEN {unknown} IS NOT NULL THEN COALESCE({known}[{unknown}], []) END"
