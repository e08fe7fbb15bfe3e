"""A page of plain text in one language: paragraphs, lists and titles, wrapped to the width of a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from cobalamin.outputs.language import Language, Voice
from cobalamin.outputs.lines import width, wrap

COLUMNS = 80


class Page:
    """The lines of one page."""

    def __init__(self, words: Language):
        self.words = words
        self.lines: list[str] = []

    def text(self) -> str:
        """Every line."""
        return self.words.directed(self.lines)

    def paragraph(self, text: str, first: str = "", rest: str = "") -> None:
        if text:
            self.lines += wrap(text, first, rest, COLUMNS)

    def items(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.paragraph(text, "  - ", "    ")

    def title(self, text: str, rule: str = "") -> None:
        self.lines += ["", *wrap(text, "", "", COLUMNS)]
        if rule:
            self.lines.append(rule * min(COLUMNS, width(text)))

    def section(self, id: str, texts: Iterable[str], voice: Voice) -> None:
        """A heading with its items, or nothing when there is none."""
        if held := list(texts):
            self.title(self.words.say(f"heading-{id}", voice))
            self.items(held)
