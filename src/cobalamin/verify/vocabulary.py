"""The concepts by themselves: a code or a reason for none, words that name one thing only, a hierarchy without circles."""

from __future__ import annotations

from collections.abc import Iterator

from cobalamin.records.words import plain
from cobalamin.rules.concepts import Concept
from cobalamin.rules.knowledge import Knowledge
from cobalamin.verify.report import ERROR, Finding


def findings(knowledge: Knowledge) -> Iterator[Finding]:
    """Everything wrong with the names, codes and hierarchy of concepts."""
    for concept in knowledge.concepts.values():
        if not concept.codes and not concept.no_code:
            yield _fault("no-code", concept, f"'{concept.id}' has no code. Give it one under codes:, or say why there is none with no_code:.")
        if concept.is_result and not concept.units and not concept.words:
            yield _fault("no-units", concept, f"nothing can be said of the result '{concept.id}'. Give it units:, words:, or both.")
        circle = _circle(knowledge, concept)
        if circle:
            yield _fault("is-a-cycle", concept, f"'{concept.id}' is a kind of itself: {' -> '.join(circle)}. Remove one is_a.")
    yield from _shared_words(knowledge)
    yield from _shared_codes(knowledge)


def _fault(id: str, concept: Concept, message: str) -> Finding:
    return Finding(id, ERROR, "", str(concept.place), message)


def _circle(knowledge: Knowledge, concept: Concept) -> list[str]:
    """The way from a concept up to itself, or nothing."""
    paths = [[concept.id, broader] for broader in concept.is_a]
    seen: set[str] = set()
    while paths:
        path = paths.pop()
        if path[-1] == concept.id:
            return path
        if path[-1] not in seen:
            seen.add(path[-1])
            paths += [[*path, broader] for broader in knowledge.concepts[path[-1]].is_a]
    return []


def _shared_words(knowledge: Knowledge) -> Iterator[Finding]:
    """A word that names two concepts would be read as whichever stands first."""
    owners: dict[str, Concept] = {}
    for concept in knowledge.concepts.values():
        texts = [concept.id, concept.id.replace("_", " "), *concept.label.values(), *(text for group in concept.also.values() for text in group)]
        for text in dict.fromkeys(map(plain, texts)):
            owner = owners.setdefault(text, concept)
            if owner is not concept:
                message = f"'{text}' names both {owner.id} ({owner.place}) and {concept.id}. Keep it where it is unmistakable."
                yield _fault("shared-word", concept, message)


def _shared_codes(knowledge: Knowledge) -> Iterator[Finding]:
    owners: dict[tuple[str, str], Concept] = {}
    for concept in knowledge.concepts.values():
        for code in concept.codes:
            key = (code.system.casefold(), code.code.casefold())
            if key in owners:
                twice = "twice here" if owners[key] is concept else f"by {owners[key].id} ({owners[key].place}) as well"
                yield _fault("shared-code", concept, f"{code.system} {code.code} of '{concept.id}' is listed {twice}. Keep one.")
            owners.setdefault(key, concept)
