"""Rows whose concept is plain words, turned into rows that name concepts; what follows treats them like any other row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cobalamin.model.fact import RawFact
from cobalamin.records.phrases import Finding, Phrases
from cobalamin.records.words import Words


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that plain words say: a concept, a value word, and the day it began where the words tell."""

    concept: str
    value: str = ""
    day: str = ""


class Spoken:
    """What plain words say, asked once per distinct text; exact names and codes are never taken apart."""

    def __init__(self, words: Words, as_of: int):
        self.words, self.as_of = words, as_of
        self.phrases = Phrases(words.knowledge)
        self.known: dict[str, tuple[Part, ...]] = {}
        self.near: dict[str, tuple[str, ...]] = {}

    def parts(self, text: str) -> tuple[Part, ...]:
        """Everything *text* says when it is no name of ours; nothing when it is one, or is not understood as a whole."""
        if text not in self.known:
            self.known[text] = () if not text.strip() or self.words.concept(text)[0] else self._read(text)
        return self.known[text]

    @property
    def heard(self) -> bool:
        """Whether any text so far was plain words that say something."""
        return any(self.known.values())

    def closest(self, text: str) -> tuple[str, ...]:
        """What to ask back with."""
        return self.near.get(text) or self.words.closest(text)

    def _read(self, text: str) -> tuple[Part, ...]:
        understood = self.phrases.read(text)
        self.near[text] = understood.closest
        parts = tuple(self._part(finding) for finding in understood.findings)
        concepts = self.words.knowledge.concepts
        if len(parts) > 1 and any(concepts[part.concept].is_result and not part.value for part in parts):
            # one value column cannot serve two results
            self.near[text] = tuple(part.concept for part in parts)
            return ()
        return parts

    def _part(self, finding: Finding) -> Part:
        start = finding.start(self.as_of)
        denied = "" if finding.present or finding.value else "absent"
        return Part(finding.concept, finding.value or denied, date.fromordinal(start).isoformat() if start else "")

    def rows(self, raw: RawFact) -> list[RawFact]:
        """The row itself, or one row for each thing its words say; what the row states itself goes before its words."""
        parts = self.parts(raw.concept)
        if not parts:
            return [raw]
        return [replace(raw, concept=p.concept, value=raw.value.strip() or p.value, date=raw.date.strip() or p.day, said=raw.concept) for p in parts]
