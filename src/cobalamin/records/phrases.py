"""Findings in a plain phrase: several at once, with what is denied, how long ago, and which word a result has.

A phrase is understood as a whole or not at all: one word left over that could change its meaning is asked back.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cobalamin.records.heard import Heard, NotClear
from cobalamin.records.scope import resolve
from cobalamin.records.segments import Reading, Segments
from cobalamin.records.tokens import Words
from cobalamin.records.vocabulary import Vocabulary
from cobalamin.records.words import LONGEST
from cobalamin.rules.knowledge import Knowledge

MANY = 3
"""How many concepts are asked back."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a phrase says; `year` when it names one, `value` the word of a result (for a denied one what that leaves)."""

    concept: str
    present: bool
    days_ago: int | None
    value: str = ""
    year: int | None = None

    def start(self, as_of: int) -> int | None:
        """The ordinal of the day it began, as of a day, or None when the phrase does not say."""
        if self.days_ago is not None:
            return as_of - self.days_ago
        if self.year is None:
            return None
        # The middle of the year is wrong by half a year at most; in the year of assessment it may not lie ahead.
        middle = date(self.year, 7, 1).toordinal()
        return min(middle, as_of) if self.year == date.fromordinal(as_of).year else middle


@dataclass(frozen=True, slots=True)
class Understood:
    """What a phrase says; with no findings it was not understood, and `closest` is what to ask back with."""

    findings: tuple[Finding, ...]
    closest: tuple[str, ...] = ()


class Phrases:
    """The phrase reader of the knowledge."""

    def __init__(self, knowledge: Knowledge):
        self.knowledge = knowledge

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.knowledge)

    @cached_property
    def segments(self) -> Segments:
        return Segments(self.vocabulary)

    def read(self, text: str) -> Understood:
        """Everything *text* says, or nothing and what it might have meant.

        >>> from cobalamin.rules.load import load
        >>> [(f.concept, f.present) for f in Phrases(load()).read("no tingling or numbness of both feet").findings]
        [('paresthesia', False), ('numbness', False)]
        """
        if len(text) > LONGEST:
            return Understood(())
        words = self.vocabulary.words(text)
        if not len(words):
            return Understood(())
        reading = self.segments.read(words, {})
        findings = self._resolve(reading)
        if not findings and (shared := self.segments.lists(words)):
            again = self.segments.read(words, shared)
            findings = self._resolve(again)
        if not findings and (thin := self.vocabulary.thinned(words)).main != words.main:
            findings = self._resolve(self.segments.read(thin, self.segments.lists(thin)))
        return Understood(findings) if findings else Understood((), self._closest(words, reading))

    def _resolve(self, reading: Reading) -> tuple[Finding, ...]:
        if reading.left_over:
            return ()
        try:
            heard = resolve(reading.events, self.knowledge)
        except NotClear:
            return ()
        found: dict[str, Finding] = {}
        for one in heard:
            for meaning in one.meanings:
                finding = Finding(one.concept_of(meaning), not one.denied, one.days, one.value or one.value_of(meaning), one.year)
                other = found.setdefault(finding.concept, finding)
                if (other.present, other.value) != (finding.present, finding.value):
                    return ()
                if other.days_ago is None and other.year is None:
                    found[finding.concept] = finding
        return tuple(found.values())

    # ---- what to ask back with

    def _closest(self, words: Words, reading: Reading) -> tuple[str, ...]:
        """The concepts that were recognized, or those whose names look like one of the words."""
        heard = [event.data for event in reading.events if isinstance(event.data, Heard)]
        found = [meaning.concept for one in heard for meaning in one.meanings]
        if not found:
            names = self.vocabulary.names.phrases
            spellings = [name for name in names if " " not in name]
            for word in words.main:
                if len(word) >= 4 and self.segments.roles(words, words.main.index(word))[0] == 0:
                    alike = [name for name in spellings if name[0] == word[0]]
                    near = difflib.get_close_matches(word, alike, n=2, cutoff=float(self.knowledge.phrases["alike"]))
                    found += [meaning.concept for name in near for meaning in names[name]]
        return tuple(dict.fromkeys(found))[:MANY]
