"""A phrase cut into folded words, and phrases kept by their words so that the longest is found first."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from cobalamin.records.folding import APOSTROPHES, fold_word, singular

MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
PIECES = re.compile(rf"\d+(?:\.\d+)?|[<>]=?|[^\W\d_](?:[^\W\d_]|[{MARKS}])*|[-,;.?/&+%،؛؟।]|\S")
STOPS = {"،": ",", "؛": ";", "؟": "?", "।": ".", "|": ","}
IGNORED = frozenset("()[]{}\"“”«»:*_!…·=#~'^_")
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz ")
SHORT_FOR = 3
"""A full stop after a word no longer than this marks an abbreviation (`vit. b12`), not the end of a sentence."""


def split(text: str, compounds: Collection[str] | None) -> list[str]:
    """The folded words of an evened text; a compound is one word where it is known as one (None: always)."""
    if PLAIN.issuperset(text):
        return list(map(fold_word, text.split()))
    if "'" in text or not text.isascii():
        text = APOSTROPHES.sub("", text)
    found: list[str] = []
    for piece in _compounds(text, compounds) if "-" in text else PIECES.findall(text):
        if piece in IGNORED or (piece == "." and (not found or len(found[-1]) <= SHORT_FOR)):
            continue
        found += (STOPS.get(piece) or fold_word(piece)).split()
    while found and found[-1] == ".":
        found.pop()
    return found


LATIN = frozenset(("latin",))


def scripts_of(text: str) -> set[str] | frozenset[str]:
    if text.isascii():
        return LATIN
    found = set(LATIN) if any("a" <= letter <= "z" for letter in text) else set()
    if any("\u0900" <= letter <= "\u097f" for letter in text):
        found.add("devanagari")
    if any("\u0600" <= letter <= "\u06ff" for letter in text):
        found.add("arabic")
    return found


COMPOUND = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{MARKS}])*(?:-(?:[^\W\d_]|[{MARKS}])+)+")


def _compounds(text: str, known: Collection[str] | None) -> list[str]:
    """The pieces of a text with hyphens: one word for a compound that is known as one, its parts otherwise."""

    def joined(found: re.Match[str]) -> str:
        together = found[0].replace("-", "")
        return together if known is None or (known and fold_word(together) in known) else found[0].replace("-", " ")

    pieces = PIECES.findall(COMPOUND.sub(joined, text))
    # Only between numbers does a hyphen say something: from this to that.
    return [p for i, p in enumerate(pieces) if p != "-" or (0 < i < len(pieces) - 1 and pieces[i - 1][0].isdigit() and pieces[i + 1][0].isdigit())]


@dataclass(slots=True)
class Lane:
    """Phrases by their words, one spelling for all that fold alike, and how many words the longest with a first word has."""

    phrases: dict[str, Any]
    reach: dict[str, int]

    def add(self, words: list[str], meaning: Any) -> None:
        self.phrases.setdefault(" ".join(words), meaning)
        if self.reach.get(words[0], 0) < len(words):
            self.reach[words[0]] = len(words)

    def longest(self, words: list[str], singulars: list[str], at: int, least: int = 1) -> tuple[int, Any]:
        """The number of words of the longest phrase that begins at a word, and its meaning; 0 when there is none."""
        most = self.reach.get(words[at], 0)
        for count in range(min(most, len(words) - at), least - 1, -1):
            last = at + count - 1
            found = self.phrases.get(" ".join(words[at : last + 1]))
            if found is None and singulars[last] is not words[last]:
                found = self.phrases.get(" ".join([*words[at:last], singulars[last]]))
            if found is not None:
                return count, found
        if least == 1 and singulars[at] is not words[at] and (found := self.phrases.get(singulars[at])) is not None:
            return 1, found
        return 0, None


class Words:
    """The words of one text in each way they may be looked up."""

    __slots__ = ("main", "singulars", "typed")

    def __init__(self, main: list[str], typed: list[str]):
        self.main, self.typed = main, typed
        self.singulars = [singular(word) for word in main]

    def __len__(self) -> int:
        return len(self.main)
