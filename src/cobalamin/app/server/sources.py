"""Which records may be opened as a population: what lies in the folders the operator allowed, and invented people to try it with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cobalamin.errors import CobalaminError, UsageError, nearest
from cobalamin.outputs.language import Language, foreign_run
from cobalamin.records.source import reader_of
from cobalamin.simulation.region import region_named, regions

MOST = 200
"""More entries of a folder than a person looks through."""
DEMO_PEOPLE, DEMO_SEED = 5_000, 1


@dataclass(frozen=True)
class Population:
    """Records that may be opened: by this id, under this name; a path, or a region whose people are to be invented."""

    id: str
    name: str
    path: Path | None = None
    region: str = ""


class Sources:
    """What stands in the list of records to choose from. A choice is looked up in that list, so that no other path can be named."""

    def __init__(self, folders: tuple[Path, ...]):
        self.folders = [folder.resolve() for folder in folders]

    def all(self, words: Language) -> list[Population]:
        """The records in each allowed folder, then a region of invented people for each there is."""
        invented = (Population(f"demo/{region}", words.label(region_named(region).title), region=region) for region in regions())
        return [*self._allowed(), *invented]

    def chosen(self, id: str, words: Language) -> Population:
        """The population called *id*; an unknown one is a UsageError."""
        known = {population.id: population for population in self.all(words)}
        if id not in known:
            raise UsageError(f"There are no such records to open. {nearest(id, known)}".strip())
        return known[id]

    def _allowed(self) -> Iterator[Population]:
        for number, folder in enumerate(self.folders, 1):
            for path in (folder, *sorted(folder.iterdir())[:MOST]) if folder.is_dir() else ():
                # a link may not lead out of what was allowed
                if path.resolve().is_relative_to(folder) and not path.name.startswith(".") and _readable(path):
                    inside = "" if path == folder else f"/{path.name}"
                    yield Population(f"{number}{inside}", foreign_run(folder.name + inside), path)


def _readable(path: Path) -> bool:
    try:
        reader_of(str(path))
    except CobalaminError:
        return False
    return True
