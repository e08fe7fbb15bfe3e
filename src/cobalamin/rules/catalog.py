"""Catalogs: reference collections that people ask about and no rule decides by, such as foods or intakes.

`catalogs.yaml` says what a catalog holds: the fields of an entry and of each of its values, and the words a field may take.
An entry has labels in three languages; each of its values has its source, or is a gap that says why there is none.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from cobalamin.errors import Place
from cobalamin.model.quantity import print_number
from cobalamin.rules.parameters import Evidence

Labels = dict[str, str]


@dataclass(frozen=True)
class Amount:
    """A number as its source prints it: exact, from one to another, or with a sign of comparison; `unit` may be empty."""

    low: float
    high: float
    sign: str = ""
    unit: str = ""

    def times(self, factor: float) -> Amount:
        """The amount multiplied, in the same unit."""
        return Amount(self.low * factor, self.high * factor, self.sign, self.unit)

    def __str__(self) -> str:
        span = print_number(self.low) if self.low == self.high else f"{print_number(self.low)}-{print_number(self.high)}"
        return f"{self.sign}{span} {self.unit}".strip()


@dataclass(frozen=True)
class Field:
    """What a field holds: its type, the labels of the words it may take, and the units it may be in."""

    name: str
    type: str
    words: dict[str, Labels]
    units: tuple[str, ...]


@dataclass(frozen=True)
class Value:
    """One thing a source says of an entry, or a gap where no source said anything."""

    fields: dict[str, Any]
    gap: str
    evidence: Evidence
    place: Place


@dataclass(frozen=True)
class Named:
    """What people may ask for by an id, a label or another name, in any language."""

    id: str
    label: Labels
    also: dict[str, tuple[str, ...]]

    def names(self) -> Iterable[str]:
        """Everything it may be called."""
        return dict.fromkeys([self.id, self.id.replace("_", " "), *self.label.values(), *(name for names in self.also.values() for name in names)])


@dataclass(frozen=True)
class Entry(Named):
    """One entry of a catalog, with every value that sources give for it."""

    fields: dict[str, Any]
    values: tuple[Value, ...]
    place: Place


@dataclass(frozen=True)
class Disagreement:
    """Entries whose sources do not say the same; `disagreement-<id>` says how."""

    id: str
    between: tuple[str, ...]
    evidence: Evidence
    place: Place


@dataclass(frozen=True)
class Catalog(Named):
    """A named collection of entries; `says` begins the id of the sentence each entry has, where it has one."""

    by: str
    says: str
    needs: tuple[str, ...]
    gaps: dict[str, Labels]
    entry_fields: dict[str, Field]
    value_fields: dict[str, Field]
    entries: dict[str, Entry]
    disagreements: dict[str, Disagreement]
    place: Place

    def sentences(self) -> Iterable[str]:
        """The id of every sentence the catalog needs."""
        yield f"catalog-{self.id}"
        if self.says:
            yield from (f"{self.says}-{id}".replace("_", "-") for id in self.entries)
        yield from (f"disagreement-{id}".replace("_", "-") for id in self.disagreements)
