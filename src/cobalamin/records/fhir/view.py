"""A SQL-on-FHIR v2 ViewDefinition as one SELECT of DuckDB.

Supported: column (also `collection`), select, forEach, forEachOrNull, unionAll, where, constant. `repeat` is refused by its name.
Rows are built as lists inside one pass over the resources and unnested once, so nothing is read twice and nothing is joined.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cobalamin.records.fhir.path import ViewError
from cobalamin.records.fhir.shape import Shape, Types
from cobalamin.records.fhir.values import Paths, Value
from cobalamin.records.sql_text import quote, quoted

VIEWS = Path(__file__).parent / "views"
KEYS = {"column", "select", "forEach", "forEachOrNull", "unionAll"}
TYPES = {"boolean": "BOOLEAN", "integer": "BIGINT", "positiveInt": "BIGINT", "unsignedInt": "BIGINT", "integer64": "BIGINT"}


@dataclass(frozen=True)
class CompiledView:
    """The SELECT of a view with `{source}` where the rows of resources belong, its columns, and the shape that is read.

    `{also}` is where a view without lists of rows may carry more columns of its source along.
    """

    resource: str
    sql: str
    columns: tuple[str, ...]
    shape: Shape

    def over(self, source: str, also: str = "") -> str:
        """The SELECT over a relation that holds the columns of `shape`, with some other columns of it behind those of the view."""
        return self.sql.replace("{source}", source).replace("{also}", also)


@dataclass(frozen=True)
class _List:
    """A list of rows as SQL, and its columns; `each` is the list of elements it was made of, what an element is called, and its columns."""

    sql: str
    names: tuple[str, ...]
    each: tuple[str, str, dict[str, str]] | None = None


@dataclass
class _Rows:
    """What a select gives for one focus: columns that stand once, and lists of rows whose product they multiply with."""

    columns: dict[str, str]
    lists: list[_List]
    names: tuple[str, ...]


def compile_view(view: Mapping[str, Any], types: Types) -> CompiledView:
    """The SQL of *view* over resources shaped by *types*; a ViewError names what is wrong or not supported."""
    resource = view.get("resource")
    if not isinstance(resource, str) or not view.get("select"):
        raise ViewError("A view names its resource and selects something.")
    shape = Shape(resource, False, types)
    compiler = _View(Paths({name: Value(_literal(value), kind) for name, value, kind in map(constant_of, view.get("constant") or ())}))
    root = Value("", "structure", False, shape)
    compiler.merged([compiler.rows(select, root) for select in view["select"]])
    tests = [compiler.paths.compile(where.get("path"), root) for where in view.get("where") or ()]
    if any(test.kind not in ("boolean", "nothing") for test in tests):
        raise ViewError("A `where` of the view is neither true nor false.")
    where = " WHERE " + " AND ".join(test.one for test in tests) if tests else ""
    found = [compiler.merged([compiler.rows(select, root) for select in branch]) for branch in _branches(view["select"])]
    return CompiledView(resource, "\nUNION ALL\n".join(compiler.select(rows, where) for rows in found), found[0].names, shape)


def shipped(resource: str) -> dict[str, Any]:
    """The view shipped for a type of resource."""
    found: dict[str, Any] = json.loads((VIEWS / f"{resource}.json").read_text(encoding="utf-8"))
    return found


def branches(view: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A view whose `unionAll` stands at its top as one view for each branch of it."""
    return [{**view, "select": selects} for selects in _branches(view["select"])]


def _branches(selects: list[Any]) -> list[list[Any]]:
    """The selects of a view with one `unionAll` at its top, once for each branch: two plain passes are cheaper than building lists of rows."""
    at = [place for place, select in enumerate(selects) if isinstance(select, Mapping) and select.get("unionAll")]
    if len(at) != 1 or any(key in selects[at[0]] for key in ("forEach", "forEachOrNull", "column", "select")):
        return [selects]
    return [[*selects[: at[0]], branch, *selects[at[0] + 1 :]] for branch in selects[at[0]]["unionAll"]]


def constant_of(tree: Mapping[str, Any]) -> tuple[str, str | float | bool, str]:
    """The name of a constant, its value, and what that is."""
    held = [(key, value) for key, value in tree.items() if key.startswith("value")]
    if len(held) != 1 or not isinstance(tree.get("name"), str):
        raise ViewError("A constant of the view needs a name and one value.")
    value = held[0][1]
    if isinstance(value, bool):
        return tree["name"], value, "boolean"
    if isinstance(value, (int, float)):
        return tree["name"], value, "number"
    return tree["name"], str(value), "string"


def _literal(value: str | float | bool) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return quote(value) if isinstance(value, str) else repr(value)


def checked_select(select: Any) -> None:
    """Refuse a `select` that is none, or that uses what is not supported."""
    if not isinstance(select, Mapping):
        raise ViewError("A `select` of the view is no object.")
    unknown = set(select) - KEYS - {"description", "id", "extension"}
    if unknown:
        raise ViewError(f"The view uses {', '.join(sorted(unknown))}, which is not supported.")


def name_of(column: Mapping[str, Any]) -> str:
    """The name of a column."""
    name = column.get("name")
    if not isinstance(name, str) or not name.isidentifier():
        raise ViewError("A column of the view needs a name of letters, digits and underscores.")
    return name


class _View:
    def __init__(self, paths: Paths):
        self.paths = paths

    def rows(self, select: Mapping[str, Any], focus: Value, index: str = "0") -> _Rows:
        """What one `select` gives."""
        checked_select(select)
        for key in ("forEach", "forEachOrNull"):
            if key in select:
                return self._each(select, key, focus, index)
        columns = {}
        for column in select.get("column") or ():
            name, sql = self._column(column, focus, index)
            if name in columns:
                raise ViewError(f"The view has two columns named {name!r}.")
            columns[name] = sql
        parts = [_Rows(columns, [], tuple(columns))] + [self.rows(inner, focus, index) for inner in select.get("select") or ()]
        if select.get("unionAll"):
            found = [self.rows(inner, focus, index) for inner in select["unionAll"]]
            if any(branch.names != found[0].names for branch in found):
                raise ViewError("The branches of a `unionAll` have different columns.")
            lists = [self.product(branch)[0] for branch in found]
            parts.append(_Rows({}, [_List(f"list_concat({', '.join(lists)})" if len(lists) > 1 else lists[0], found[0].names)], found[0].names))
        return self.merged(parts)

    def merged(self, parts: list[_Rows]) -> _Rows:
        names = tuple(name for part in parts for name in part.names)
        if len(set(names)) < len(names):
            raise ViewError(f"The view has two columns named {next(name for name in names if names.count(name) > 1)!r}.")
        return _Rows({name: sql for part in parts for name, sql in part.columns.items()}, [held for part in parts for held in part.lists], names)

    def select(self, rows: _Rows, where: str) -> str:
        """The SELECT of some rows over `{source}`."""
        if not rows.lists:
            return f"SELECT {', '.join(f'{rows.columns[name]} AS {quoted(name)}' for name in rows.names)}{{also}} FROM {{source}}{where}"
        columns = "".join(f"{sql} AS {quoted(name)}, " for name, sql in rows.columns.items())
        if len(rows.lists) == 1 and (each := rows.lists[0].each):
            # columns of one element are cheaper side by side than as rows of a list
            held, one, inner = each
            picked = ", ".join(f"{inner.get(name, quoted(name))} AS {quoted(name)}" for name in rows.names)
            return f"SELECT {picked} FROM (SELECT {columns}unnest({held}) AS {one} FROM {{source}}{where})"
        multiplied = tuple(name for part in rows.lists for name in part.names)
        held = rows.lists[0].sql if len(rows.lists) == 1 else self.product(_Rows({}, rows.lists, multiplied))[0]
        picked = ", ".join(('"each row".' if name in multiplied else "") + quoted(name) for name in rows.names)
        return f"SELECT {picked} FROM (SELECT {columns}unnest({held}) AS \"each row\" FROM {{source}}{where})"

    def product(self, rows: _Rows) -> tuple[str, tuple[str, ...]]:
        """Everything of *rows* as one list of structures."""
        fields = dict(rows.columns)
        ones = [self.paths.fresh() for _ in rows.lists]
        for part, one in zip(rows.lists, ones, strict=True):
            fields |= {name: f"{one}.{quoted(name)}" for name in part.names}
        row = f"struct_pack({', '.join(f'{quoted(name)} := {fields[name]}' for name in rows.names)})"
        if not rows.lists:
            return f"[{row}]", rows.names
        for depth, (part, one) in enumerate(reversed(list(zip(rows.lists, ones, strict=True)))):
            row = f"list_transform({part.sql}, lambda {one}: {row})"
            row = f"flatten({row})" if depth else row
        return row, rows.names

    def _each(self, select: Mapping[str, Any], key: str, focus: Value, index: str) -> _Rows:
        inner = {name: held for name, held in select.items() if name != key}
        base = self.paths.compile(select[key], focus, index)
        if base.kind == "nothing":
            none = self.rows(inner, Value("NULL", "nothing"))
            held, names = self.product(none)
            return _Rows({}, [_List(held if key == "forEachOrNull" else f"{held}[:0]", names)], names)
        held = base.sql if base.many else f"CASE WHEN {base.sql} IS NOT NULL THEN [{base.sql}] END"
        if key == "forEachOrNull":
            held = f"CASE WHEN COALESCE(len({held}), 0) = 0 THEN [NULL] ELSE {held} END"
        one, place = self.paths.fresh(), self.paths.fresh()
        rows = self.rows(inner, Value(one, base.kind, False, base.shape), f"({place} - 1)")
        row, names = self.product(rows)
        uses_place = f"({place} - 1)" in row
        body = row[1:-1] if not rows.lists else row
        each = f"list_transform({held}, lambda {one}{', ' + place if uses_place else ''}: {body})"
        plain = (held, one, rows.columns) if not rows.lists and not uses_place else None
        return _Rows({}, [_List(f"flatten({each})" if rows.lists else each, names, plain)], names)

    def _column(self, column: Mapping[str, Any], focus: Value, index: str) -> tuple[str, str]:
        name = name_of(column)
        value = self.paths.compile(column.get("path"), focus, index)
        if value.choice:
            raise ViewError(f"The column {name!r} names the choice {value.choice!r} without ofType().")
        held = TYPES.get(str(column.get("type")), "VARCHAR")
        if column.get("collection"):
            return name, f"COALESCE({'NULL' if value.kind == 'nothing' else value.all}, []::{held}[])"
        return name, f"NULL::{held}" if value.kind == "nothing" else value.one
