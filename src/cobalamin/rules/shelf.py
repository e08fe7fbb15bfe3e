"""Every catalog of the knowledge, read when it is first asked for: an assessment never opens one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cobalamin.errors import Place
from cobalamin.rules.catalog import Catalog, Disagreement, Entry
from cobalamin.rules.catalog_file import read_catalog
from cobalamin.rules.files import mapping_at
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.load import FOLDER, built, load

SCHEMAS = "catalogs.yaml"


@dataclass(frozen=True)
class Shelf:
    """All catalogs by id."""

    catalogs: dict[str, Catalog]

    def entries(self) -> Iterator[tuple[Catalog, Entry]]:
        """Every entry with its catalog."""
        for catalog in self.catalogs.values():
            for entry in catalog.entries.values():
                yield catalog, entry

    def names(self, fold: Callable[[str], str]) -> dict[str, tuple[Catalog, Entry | None]]:
        """What each name means, folded: a whole catalog or one entry."""
        found: dict[str, tuple[Catalog, Entry | None]] = {}
        for catalog in self.catalogs.values():
            found.update((fold(name), (catalog, None)) for name in catalog.names())
        for catalog, entry in self.entries():
            for name in entry.names():
                found.setdefault(fold(name), (catalog, entry))
        return found

    def explaining(self, concepts: tuple[str, ...]) -> list[tuple[Catalog, Entry]]:
        """The entries that explain one of *concepts*."""
        return [(catalog, entry) for catalog, entry in self.entries() if set(entry.fields.get("explains", ())) & set(concepts)]


def differences(catalog: Catalog, entry: Entry) -> list[Disagreement]:
    """The disagreements that concern an entry."""
    return [held for held in catalog.disagreements.values() if entry.id in held.between]


@cache
def shelf(folder: Path | None = None, places: bool = False) -> Shelf:
    """The catalogs of *folder* (the knowledge shipped, by default), strictly checked."""
    knowledge = load(folder, places=places)
    return built(folder or FOLDER, places, lambda trees, _: _assemble(trees, knowledge))


def _assemble(trees: dict[str, Any], knowledge: Knowledge) -> Shelf:
    found = {}
    for id, schema in mapping_at(trees.get(SCHEMAS) or {}, Place(SCHEMAS)).items():
        where = str(mapping_at(schema, Place(SCHEMAS, path=str(id))).get("in", ""))
        files = [(name, tree) for name, tree in trees.items() if name == where or (where.endswith("/") and name.startswith(where))]
        found[str(id)] = read_catalog(str(id), schema, files, knowledge, SCHEMAS)
    return Shelf(found)
