"""What is said around findings: every concept that the cues of phrases speak of must exist, with the words it is given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules.concepts import Concept
from cobalamin.rules.files import place_of

FILE = "phrases.yaml"


def check_phrases(tree: dict[str, Any], concepts: dict[str, Concept]) -> None:
    """Refuse a phrase file that names a concept nobody knows, or a word that a result cannot have."""
    for id, word in _named(tree):
        place = place_of(id, Place(FILE))
        if str(id) not in concepts:
            raise KnowledgeError(f"'{id}' is no concept.", place, nearest(str(id), concepts), "unknown-concept")
        if word and str(word) not in concepts[str(id)].words:
            raise KnowledgeError(f"'{id}' is never '{word}'.", place, nearest(str(word), concepts[str(id)].words), "concept-words")


def _named(tree: dict[str, Any]) -> Iterator[tuple[Any, Any]]:
    """Every concept the file names, with the word it is given, if any."""
    for id, by_word in tree.get("means", {}).items():
        for word, body in by_word.items():
            yield id, word
            yield id, body.get("denied")
    for key in ("family", "mother"):
        for pair in tree.get(key, {}).items():
            yield from ((id, None) for id in pair)
    for id, by_place in tree.get("finer", {}).items():
        yield from ((name, None) for name in (id, *by_place.values()))
    yield tree.get("family_any", ""), None
    for id in (*tree.get("absent", ()), *tree.get("seen", ()), *tree.get("alone", ()), *(id for group in tree.get("places", {}).values() for id in group)):
        yield id, None
