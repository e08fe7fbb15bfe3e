"""Search the vocabulary while somebody types: any symptom, drug, disease or test, in any of its languages and spellings."""

from __future__ import annotations

import difflib
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from cobalamin.outputs.language import Language
from cobalamin.records.folding import even, fold_typed, fold_word
from cobalamin.records.phrases import Phrases
from cobalamin.records.words import Words
from cobalamin.rules import nodes as n
from cobalamin.rules.concepts import Concept

MOST = 8
"""How many are offered at once."""
LONGEST = 60
"""Longer texts are not searched for: nobody types that much before picking."""
ARTICLES = ("ال",)
"""What may stand before the first letters of an Arabic noun that is only half typed."""
WHOLE, BEGINS, WORDS_BEGIN, ALIKE = range(4)
"""How well a name fits what was typed, best first; names only like it are looked at where nothing else fits."""
SHORTEST_ALIKE = 4


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A concept to pick: its id and kind, its label in the language of the page, and the name that was found where that is another."""

    concept: str
    kind: str
    label: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class _Name:
    text: str
    words: tuple[str, ...]
    typed: tuple[str, ...]
    concept: str


class Search:
    """The names of every concept, ready to be searched."""

    def __init__(self, words: Words):
        self.words, self.knowledge = words, words.knowledge
        self.phrases = Phrases(words.knowledge)
        self.found = lru_cache(maxsize=4096)(self._found)

    @cached_property
    def names(self) -> list[_Name]:
        """Every name with its folded words."""
        return [_Name(text, *_folded(text), concept.id) for concept in self.knowledge.concepts.values() for text in _names_of(concept)]

    @cached_property
    def by_word(self) -> list[tuple[str, int]]:
        """Every folded word with the number of the name it is in, sorted."""
        return sorted({(word, number) for number, name in enumerate(self.names) for word in (*name.words, *name.typed)})

    @cached_property
    def asked_for(self) -> frozenset[str]:
        """The concepts that some rule looks at: they come before those that are only understood."""
        nodes = [node for conditions in self.knowledge.conditions.values() for condition in conditions for node in condition.walk()]
        looked = {str(concept) for node in nodes for concept in _concepts(node)}
        return frozenset(looked | {concept.id for concept in self.knowledge.concepts.values() if looked & set(concept.is_a)})

    def suggestions(self, text: str, words: Language) -> list[Suggestion]:
        """What *text* may be the beginning of, best first, in the language of the page."""
        key = even(text).strip()
        return [self._said(id, also, words) for id, also in self.found(key)] if key and len(key) <= LONGEST else []

    def closest(self, text: str, words: Language, heard: Iterable[str] = ()) -> list[Suggestion]:
        """What to ask back with when *text* was not understood: what it may be the beginning of, then what was *heard* in it."""
        found = {suggestion.concept: suggestion for suggestion in self.suggestions(text[:LONGEST], words)}
        for id in heard:
            found.setdefault(id, self._said(id, "", words))
        return list(found.values())[:MOST]

    def _said(self, id: str, also: str, words: Language) -> Suggestion:
        concept = self.knowledge.concepts[id]
        label = words.label(concept.label)
        return Suggestion(id, concept.kind, label, "" if even(also) == even(concept.label.get(words.code, "")) else also)

    def _found(self, key: str) -> list[tuple[str, str]]:
        ranked: dict[str, tuple[tuple[int, ...], str]] = {}
        for fit, typed, name in [*self._fitting(key)] or self._alike(key):
            concept = self.knowledge.concepts[name.concept]
            rank = (fit, typed, name.concept not in self.asked_for, name.text not in concept.label.values(), len(name.text))
            if name.concept not in ranked or rank < ranked[name.concept][0]:
                ranked[name.concept] = (rank, name.text)
        best = [(id, also) for id, (_, also) in sorted(ranked.items(), key=lambda item: (item[1][0], item[0]))]
        said = [finding.concept for finding in self.phrases.read(key).findings]
        return list(dict([*((id, ranked[id][1] if id in ranked else "") for id in said), *best]).items())[:MOST]

    def _fitting(self, key: str) -> Iterator[tuple[int, bool, _Name]]:
        """Every name that fits, how well, and whether only as Hindi is typed; the last word may be half typed."""
        for begun in dict.fromkeys((key, *(key.removeprefix(article) for article in ARTICLES))):
            for typed in (False, True):
                words = _folded(begun)[typed]
                if not words or (typed and words == _folded(begun)[0]):
                    continue
                for number in self._with(words):
                    name = self.names[number]
                    own = name.typed if typed else name.words
                    if own == words:
                        yield WHOLE, typed, name
                    elif own[: len(words) - 1] == words[:-1] and len(own) >= len(words) and own[len(words) - 1].startswith(words[-1]):
                        yield BEGINS, typed, name
                    else:
                        yield WORDS_BEGIN, typed, name

    def _alike(self, key: str) -> Iterator[tuple[int, bool, _Name]]:
        """The names with a word that looks like the last one typed."""
        words = _folded(key)[0]
        if words and len(words[-1]) >= SHORTEST_ALIKE:
            at, end = (bisect_left(self.by_word, (edge, -1)) for edge in (words[-1][0], words[-1][0] + chr(0x10FFFF)))
            near = difflib.get_close_matches(words[-1], {word for word, _ in self.by_word[at:end]}, n=3, cutoff=float(self.knowledge.phrases["alike"]))
            yield from ((ALIKE, False, self.names[number]) for word in near for number in self._with((word,)))

    def _with(self, words: tuple[str, ...]) -> set[int]:
        """The numbers of the names in which every one of *words* begins some word."""
        found: set[int] | None = None
        for word in sorted(set(words), key=len, reverse=True):
            held: set[int] = set()
            at = bisect_left(self.by_word, (word, -1))
            while at < len(self.by_word) and self.by_word[at][0].startswith(word):
                held.add(self.by_word[at][1])
                at += 1
            found = held if found is None else found & held
            if not found:
                break
        return found or set()


def _names_of(concept: Concept) -> Iterator[str]:
    yield from dict.fromkeys((*concept.label.values(), *(text for group in concept.also.values() for text in group)))


@lru_cache(maxsize=65536)
def _folded(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a text folded, and folded once more as Hindi is typed in Latin letters."""
    plain = "".join(letter if letter.isalnum() or letter.isspace() or _mark(letter) else " " for letter in even(text))
    words = tuple(word for piece in plain.split() for word in fold_word(piece).split())
    return words, tuple(map(fold_typed, words))


def _mark(letter: str) -> bool:
    """Whether a character is a sign on a letter of Hindi or Arabic, and so belongs to its word."""
    return unicodedata.category(letter)[0] == "M"


def _concepts(node: n.Node) -> Iterator[str]:
    """The concepts a node looks at."""
    for name in ("concept", "concepts"):
        held = getattr(node, name, ())
        yield from (held,) if isinstance(held, str) else held


@lru_cache(maxsize=2)
def search(words: Words) -> Search:
    """The search over a vocabulary, made once."""
    return Search(words)

