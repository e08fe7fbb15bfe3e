"""What a resource looks like: its elements, which of them repeat, and the DuckDB type of those that a view touches."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cobalamin.records.sql_text import quote, quoted

SCALARS = {"boolean": "BOOLEAN", "number": "DOUBLE"}
"""How a primitive is held; all others as the text that is printed, so that no digit of a decimal is lost."""
Types = Mapping[str, Any]


@dataclass
class Shape:
    """An element: a primitive by its name or a structure, once or as a list; it remembers which of its elements were asked for."""

    kind: Any
    many: bool
    types: Types
    asked: dict[str, Shape] = field(default_factory=dict)

    @property
    def elements(self) -> Mapping[str, Any] | None:
        """The elements of a structure, None for a primitive."""
        held = self.types.get(self.kind) if isinstance(self.kind, str) else self.kind
        return held if isinstance(held, Mapping) else None

    def element(self, name: str) -> Shape | None:
        """The element *name*, or None when there is none."""
        if name not in self.asked:
            kind = (self.elements or {}).get(name)
            if kind is None:
                return None
            many = isinstance(kind, list)
            self.asked[name] = Shape(kind[0] if many else kind, many, self.types)
        return self.asked[name]

    def choices(self, name: str) -> list[str]:
        """The elements that a choice such as `value` or `effective` may be given as."""
        return [held for held in self.elements or {} if held.startswith(name) and held[len(name) : len(name) + 1].isupper()]

    @property
    def sql_type(self) -> str:
        """The DuckDB type that holds what was asked for of it, and nothing else: what is not read costs nothing."""
        if self.elements is None:
            held = SCALARS.get(str(self.kind), "VARCHAR")
        else:
            asked = ", ".join(f"{quoted(name)} {shape.sql_type}" for name, shape in self.asked.items())
            held = f"STRUCT({asked})" if asked else "JSON"
        return held + "[]" if self.many else held

    @property
    def structure(self) -> Any:
        """What was asked for as the structure of `from_json`."""
        if self.elements is None:
            held: Any = SCALARS.get(str(self.kind), "VARCHAR")
        else:
            held = {name: shape.structure for name, shape in self.asked.items()} or "JSON"
        return [held] if self.many else held

    def columns(self) -> str:
        """The `columns` of `read_json` for a resource."""
        held = ", ".join(f"{quote(name)}: {quote(shape.sql_type)}" for name, shape in self.asked.items())
        return f"{{{held}}}"


@cache
def r4() -> Types:
    """The elements of FHIR R4 that the views of this folder rely on."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "elements.json").read_text(encoding="utf-8"))
    return found


def shape_of(resources: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The elements seen in some resources, for data whose shape nobody wrote down."""
    found: dict[str, Any] = {}
    for resource in resources:
        _merge(found, resource)
    return found


def _merge(into: dict[str, Any], held: Mapping[str, Any]) -> None:
    for name, value in held.items():
        many = isinstance(value, list)
        old = into.get(name)
        inner = (old[0] if isinstance(old, list) else old) if old is not None else None
        for one in value if many else [value]:
            if isinstance(one, Mapping):
                inner = inner if isinstance(inner, dict) else {}
                _merge(inner, one)
            elif inner is None:
                inner = "boolean" if isinstance(one, bool) else "number" if isinstance(one, (int, float)) else "string"
        if inner is not None:
            into[name] = [inner] if many else inner
