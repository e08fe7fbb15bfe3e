"""The catalogs by themselves: a name means one entry only, and nothing that a record can say."""

from __future__ import annotations

from collections.abc import Iterator

from cobalamin.errors import Place
from cobalamin.records.folding import fold
from cobalamin.records.words import Words
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.shelf import Shelf
from cobalamin.verify.report import ERROR, Finding


def findings(shelf: Shelf, knowledge: Knowledge) -> Iterator[Finding]:
    """Names that two entries share, or an entry and a concept: whoever asks would get whichever stands first."""
    concepts = {fold(name): knowledge.concepts[id] for name, id in Words(knowledge).names.items()}
    owners: dict[str, tuple[str, Place]] = {}
    named = [(catalog.id, catalog.names(), catalog.place) for catalog in shelf.catalogs.values()]
    named += [(f"{catalog.id}.{entry.id}", entry.names(), entry.place) for catalog, entry in shelf.entries()]
    for owner, names, place in named:
        for name in dict.fromkeys(map(fold, names)):
            if name in concepts:
                yield _shared(name, owner, place, f"the concept {concepts[name].id}", concepts[name].place)
            first, where = owners.setdefault(name, (owner, place))
            if first != owner:
                yield _shared(name, owner, place, first, where)


def _shared(name: str, owner: str, place: Place, other: str, where: Place) -> Finding:
    return Finding("shared-word", ERROR, "", str(place), f"'{name}' names both {other} ({where}) and {owner}. Keep it where it is unmistakable.")
