"""What a measurement says in words: values, signs and units given as concepts, and how a drug was given, each distinct one asked once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cobalamin.records.database import DuckDBDatabase
from cobalamin.records.omop.meanings import Meanings
from cobalamin.records.words import Value

if TYPE_CHECKING:
    import duckdb


class Values:
    """Small tables of what the values, signs, units and routes of the rows mean."""

    def __init__(self, con: duckdb.DuckDBPyConnection, meanings: Meanings):
        self.con, self.meanings, self.words = con, meanings, meanings.words
        tree: dict[str, Any] = meanings.tree
        self.results = {int(id): str(word) for id, word in tree["values"].items()}
        self.signs = {int(id): str(sign) for id, sign in tree["operators"].items()}
        self.units = {int(id): str(unit) for id, unit in tree["units"].items()}

    def learn(self, tables: Iterable[str], columns: dict[str, tuple[str, ...]]) -> None:
        """Create `omop_values`, `omop_signs`, `omop_units`, `omop_printed` and `omop_routes` for the rows kept in *tables*."""
        held = list(tables)
        asked = {column: self._distinct(held, columns, column) for column in ("value_as_concept_id", "operator_concept_id", "unit_concept_id", "route_concept_id")}
        named = self.meanings.concepts({int(id) for ids in asked.values() for (id,) in ids if id})
        self._fill("omop_values", "VARCHAR", ((id, self._result(id, named)) for (id,) in asked["value_as_concept_id"]))
        self._fill("omop_signs", "VARCHAR", ((id, self._sign(id, named)) for (id,) in asked["operator_concept_id"]))
        self._fill("omop_units", "VARCHAR", ((id, self._unit(id, named)) for (id,) in asked["unit_concept_id"]))
        self._learn_printed(held, columns)
        self._learn_routes(held, columns, named)

    def _distinct(self, tables: list[str], columns: dict[str, tuple[str, ...]], *wanted: str) -> list[Any]:
        parts = [f"SELECT DISTINCT {', '.join(wanted)} FROM {table}" for table in tables if set(wanted) <= set(columns[table])]
        return self.con.execute(" UNION ".join(parts)).fetchall() if parts else []

    def _fill(self, name: str, kind: str, rows: Iterable[tuple[Any, Any]]) -> None:
        DuckDBDatabase(self.con).fill(name, {"id": "BIGINT", "text": kind}, ((id, text) for id, text in rows if id and text))

    def _result(self, id: int, named: dict[int, tuple[str, str, str]]) -> str:
        """A result in words: as the knowledge reads the concept, else the concept's name, which `words` may not understand."""
        return self.results.get(id) or named.get(id, ("", "", ""))[2] or str(id)

    def _sign(self, id: int, named: dict[int, tuple[str, str, str]]) -> str:
        return self.signs[id] if id in self.signs else named.get(id, ("", "", ""))[2] or str(id)

    def _unit(self, id: int, named: dict[int, tuple[str, str, str]]) -> str:
        """A unit's UCUM code."""
        vocabulary, code, _ = named.get(id, ("", "", ""))
        return code if vocabulary == "UCUM" else self.units.get(id, "")

    def _learn_printed(self, tables: list[str], columns: dict[str, tuple[str, ...]]) -> None:
        """The number and the sign in what the source printed, where it is more than a number: mappings often lose the sign."""
        odd = [text for (text,) in self._distinct(tables, columns, "value_source_value") if text and not re.fullmatch(r"[0-9.]+", text)]
        read = ((text, self.words.value(text)) for text in odd)
        DuckDBDatabase(self.con).fill("omop_printed", {"text": "VARCHAR", "number": "DOUBLE", "sign": "VARCHAR"},
             ((text, value.number, value.comparator) for text, value in read if isinstance(value, Value) and value.comparator))  # fmt: skip

    def _learn_routes(self, tables: list[str], columns: dict[str, tuple[str, ...]], named: dict[int, tuple[str, str, str]]) -> None:
        """How drugs were given: by the route's concept, the route as printed, or the form in the drug's own name."""
        rows = self._distinct(tables, columns, "route_concept_id", "route_source_value", "drug_concept_id")
        forms = self.meanings.codings["drug"]
        texts = ((*row, self._route(named.get(row[0], ("", "", ""))[2], row[1]) or forms.form(self.meanings.known.get(row[2], ("", "", ""))[2])) for row in rows)
        DuckDBDatabase(self.con).fill("omop_routes", {"route": "BIGINT", "printed": "VARCHAR", "drug": "BIGINT", "text": "VARCHAR"}, (row for row in texts if row[-1]))

    def _route(self, *names: str) -> str:
        """The first route that any of the names tells, as a word that doses are read by."""
        for name in names:
            for word in re.findall(r"[^\W\d_]+", name.casefold()):
                if word in self.words.routes:
                    return self.words.routes[word]
        return ""
