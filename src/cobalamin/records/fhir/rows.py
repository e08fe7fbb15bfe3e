"""A SQL-on-FHIR v2 ViewDefinition run in memory: the rows it gives for one resource, each column worked out when it is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from cobalamin.records.fhir.evaluate import Evaluated, Found, Get, focused, nothing
from cobalamin.records.fhir.path import ViewError
from cobalamin.records.fhir.shape import Shape, Types
from cobalamin.records.fhir.view import checked_select, constant_of, name_of

Part = tuple[Mapping[str, Get], Any, int]
"""Columns, the focus they are seen from, and its place in its list."""


class Row(dict[str, Any]):
    """One row of a view. A column costs nothing before somebody asks for it: of most resources only the code is looked at."""

    __slots__ = ("parts",)

    def __init__(self, parts: Iterable[Part]):
        super().__init__()
        self.parts = parts

    def __missing__(self, name: str) -> Any:
        for columns, focus, index in self.parts:
            if name in columns:
                value = self[name] = columns[name](focus, index)
                return value
        raise KeyError(name)


@dataclass(frozen=True)
class _Select:
    """What one select gives for a focus: columns that stand once, and for each list of rows the selects that make it."""

    columns: Mapping[str, Get]
    lists: tuple[tuple[_Select, ...], ...]
    names: tuple[str, ...]
    each: Get | None = None
    or_null: bool = False

    def parts(self, focus: Any, index: int) -> Iterator[tuple[Part, ...]]:
        """The parts of each row."""
        if self.each is None:
            yield from self._rows(focus, index)
            return
        held = self.each(focus, index)
        if not held and self.or_null:
            held = [None]
        for place, one in enumerate(held):
            yield from self._rows(one, place)

    def _rows(self, focus: Any, index: int) -> Iterator[tuple[Part, ...]]:
        mine: tuple[Part, ...] = ((self.columns, focus, index),) if self.columns else ()
        if not self.lists:
            yield mine
            return
        for found in product(*([row for select in selects for row in select.parts(focus, index)] for selects in self.lists)):
            yield (*mine, *(part for row in found for part in row))


@dataclass(frozen=True)
class EvaluatedView:
    """A view as a function from a resource to its rows."""

    resource: str
    columns: tuple[str, ...]
    select: _Select
    tests: tuple[Get, ...]

    def rows(self, resource: Mapping[str, Any]) -> Iterator[Row]:
        """The rows of a resource of the right type."""
        if all(test(resource, 0) for test in self.tests):
            for parts in self.select.parts(resource, 0):
                yield Row(parts)


def evaluate_view(view: Mapping[str, Any], types: Types) -> EvaluatedView:
    """The view as a function over resources shaped by *types*; a ViewError names what is wrong or not supported."""
    resource = view.get("resource")
    if not isinstance(resource, str) or not view.get("select"):
        raise ViewError("A view names its resource and selects something.")
    paths = Evaluated({name: Found(_always(value), kind) for name, value, kind in map(constant_of, view.get("constant") or ())})
    root = focused("structure", Shape(resource, False, types))
    made = _View(paths)
    select = made.merged([made.select(select, root) for select in view["select"]])
    tests = [paths.compile(where.get("path"), root) for where in view.get("where") or ()]
    if any(test.kind not in ("boolean", "nothing") for test in tests):
        raise ViewError("A `where` of the view is neither true nor false.")
    return EvaluatedView(resource, select.names, select, tuple(test.one for test in tests))


def _always(value: Any) -> Get:
    return lambda focus, index: value


class _View:
    def __init__(self, paths: Evaluated):
        self.paths = paths

    def select(self, select: Mapping[str, Any], focus: Found) -> _Select:
        """What one `select` gives."""
        checked_select(select)
        for key in ("forEach", "forEachOrNull"):
            if key in select:
                return self._each(select, key, focus)
        columns: dict[str, Get] = {}
        for column in select.get("column") or ():
            name = name_of(column)
            if name in columns:
                raise ViewError(f"The view has two columns named {name!r}.")
            columns[name] = self._column(column, name, focus)
        parts = [_Select(columns, (), tuple(columns))] + [self.select(inner, focus) for inner in select.get("select") or ()]
        if select.get("unionAll"):
            found = [self.select(inner, focus) for inner in select["unionAll"]]
            if any(branch.names != found[0].names for branch in found):
                raise ViewError("The branches of a `unionAll` have different columns.")
            parts.append(_Select({}, (tuple(found),), found[0].names))
        return self.merged(parts)

    def merged(self, parts: list[_Select]) -> _Select:
        """Several selects of one focus as one: their columns stand side by side, their lists multiply."""
        names = tuple(name for part in parts for name in part.names)
        if len(set(names)) < len(names):
            raise ViewError(f"The view has two columns named {next(name for name in names if names.count(name) > 1)!r}.")
        columns: dict[str, Get] = {}
        lists: list[tuple[_Select, ...]] = []
        for part in parts:
            if part.each is not None:
                lists.append((part,))
            else:
                columns |= part.columns
                lists += part.lists
        return _Select(columns, tuple(lists), names)

    def _each(self, select: Mapping[str, Any], key: str, focus: Found) -> _Select:
        inner = {name: held for name, held in select.items() if name != key}
        base = self.paths.compile(select[key], focus)
        seen = Found(nothing, "nothing") if base.kind == "nothing" else focused(base.kind, base.shape)
        rows = self.select(inner, seen)
        each = (lambda focus, index: []) if base.kind == "nothing" else base.all
        return _Select(rows.columns, rows.lists, rows.names, each, key == "forEachOrNull")

    def _column(self, column: Mapping[str, Any], name: str, focus: Found) -> Get:
        found = self.paths.compile(column.get("path"), focus)
        if found.choice:
            raise ViewError(f"The column {name!r} names the choice {found.choice!r} without ofType().")
        return found.all if column.get("collection") else found.one
