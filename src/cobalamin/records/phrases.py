"""Findings in a plain phrase: several at once, with what is denied, how long ago, and which word a result has.

A phrase is understood as a whole or not at all: one word left over that could change its meaning is asked back.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise

from cobalamin.records.scope import Event, Heard, NotClear, resolve
from cobalamin.records.vocabulary import Meaning, Vocabulary, Words
from cobalamin.records.words import LONGEST
from cobalamin.rules.knowledge import Knowledge

OLDEST_YEAR, NEWEST_YEAR, OLDEST_AGE = 1900, 2099, 120
CONJUNCT = 5
"""How many words a member of a list may have when a part of its words stands only in another member."""
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


class _Reading:
    """One pass over the words: the events found, the names recognized, and whether a word was left over."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.left_over = False


def _events(roles: dict[str, object]) -> Iterator[Event]:
    """The roles of a cue; a number or a unit alone ("for days") dates nothing."""
    if "deny_before" in roles and "deny_after" in roles:
        yield Event("deny_either", roles["deny_before"])
    for role, data in roles.items():
        if role not in ("number", "unit") and not (role in ("deny_before", "deny_after") and "deny_before" in roles and "deny_after" in roles):
            yield Event(role, data, len(roles) > 1)


class Phrases:
    """The phrase reader of the knowledge."""

    def __init__(self, knowledge: Knowledge):
        self.knowledge = knowledge

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(self.knowledge)

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
        reading = self._pass(words, {})
        findings = self._resolve(reading)
        if not findings and (shared := self._shared(words)):
            again = self._pass(words, shared)
            findings = self._resolve(again)
        return Understood(findings) if findings else Understood((), self._closest(words, reading))

    def _resolve(self, reading: _Reading) -> tuple[Finding, ...]:
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

    # ---- from words to events

    def _pass(self, words: Words, shared: dict[int, tuple[int, list[tuple[Meaning, ...]]]]) -> _Reading:
        reading, at, total = _Reading(), 0, len(words)
        while at < total:
            if at in shared:
                end, members = shared[at]
                for index, meanings in enumerate(members):
                    if index:
                        reading.events.append(Event("and", True))
                    reading.events.append(Event("finding", Heard(meanings)))
                at = end
                continue
            count, names = self.vocabulary.name_at(words, at)
            used, roles = self.vocabulary.cue_at(words, at)
            if count < 2 and (count == 0 or words.main[at][0].isdigit()):
                length = self._time(words, at, reading)
                if length:
                    at += length
                    continue
            if names is not None and count >= used:
                reading.events.append(Event("finding", Heard(names)))
                at += count
            elif roles is not None:
                reading.events += _events(roles)
                at += used
            else:
                if words.main[at] in ",;.":
                    reading.events.append(Event("comma" if words.main[at] == "," else "break", True))
                else:
                    reading.left_over = True
                at += 1
        return reading

    def _number(self, words: Words, at: int) -> tuple[int, float | None]:
        """A number in digits or in a word, and how many words it takes."""
        if at >= len(words):
            return 0, None
        if words.main[at][0].isdigit():
            return 1, float(words.main[at])
        used, roles = self.vocabulary.cue_at(words, at)
        return (used, float(roles["number"])) if roles and "number" in roles else (0, None)

    def _roles(self, words: Words, at: int) -> tuple[int, dict[str, object]]:
        used, roles = self.vocabulary.cue_at(words, at) if at < len(words) else (0, None)
        return used, roles or {}

    def _time(self, words: Words, at: int, reading: _Reading) -> int:
        """How many words of a time, an age or an amount begin here; what they say is added to the events."""
        before, roles = self._roles(words, at)
        if "age_before" in roles:
            used, number = self._number(words, at + before)
            if number is not None and number <= OLDEST_AGE and not {"unit", "age_after"} & set(self._roles(words, at + before + used)[1]):
                return before + used
            return 0
        used, number = self._number(words, at)
        if number is None:
            return 0
        after = at + used
        if after < len(words) and words.main[after] in ("-", "to", "से") and not {"unit"} & set(self._roles(words, after)[1]):
            # "3-4 months": what is sure is the smaller one.
            more, second = self._number(words, after + 1)
            if second is not None and second > number:
                after += 1 + more
        used, roles = self._roles(words, after)
        if "age_after" in roles:
            return after + used - at
        if "unit" in roles:
            reading.events.append(Event("days", round(number * float(str(roles["unit"])))))
            return after + used - at
        if "amount" in roles:
            reading.events.append(Event("amount", True))
            return after + used - at
        if words.main[at].isdigit() and OLDEST_YEAR <= number <= NEWEST_YEAR:
            reading.events.append(Event("year", int(number)))
            return after - at
        if words.main[at].isdigit() and after + 1 < len(words) and words.main[after] == "/" and words.main[after + 1] == "5" and number < 5:
            # the grade of a weak muscle, of five
            reading.events.append(Event("amount", True))
            return 3
        if words.main[at].isdigit():
            reading.left_over = True
            return 1
        return 0

    # ---- lists that share words

    def _shared(self, words: Words) -> dict[int, tuple[int, list[tuple[Meaning, ...]]]]:
        """Lists whose members share their first or last words: "loss of vibration and position sense"."""
        found: dict[int, tuple[int, list[tuple[Meaning, ...]]]] = {}
        at = 0
        joins = {i for i in range(len(words)) if {"and", "or"} & set(self._roles(words, i)[1])}
        while joins and at < len(words):
            best = next(self._lists_from(words, at, joins), None)
            if best:
                found[at] = best
                at = best[0]
            else:
                at += 1
        return found

    def _lists_from(self, words: Words, at: int, joins: set[int]) -> Iterator[tuple[int, list[tuple[Meaning, ...]]]]:
        """The list that begins at a word, longest first, with its end."""
        for join in sorted(joins):
            if not at < join <= at + 3 * CONJUNCT:
                continue
            for end in range(min(len(words), join + 1 + CONJUNCT), join + 1, -1):
                marks = [i for i in range(at, end) if words.main[i] == "," or i in joins]
                if not marks or marks[-1] != join:
                    continue
                edges = [at - 1, *marks, end]
                members = [words.main[a + 1 : b] for a, b in pairwise(edges)]
                members = [member for member in members if member]
                if len(members) < 2 or max(map(len, members)) > CONJUNCT:
                    continue
                for head in range(len(members[0])):
                    for tail in range(len(members[-1])):
                        meanings = self._spread(members, head, tail) if head or tail else None
                        if meanings:
                            yield end, meanings

    def _spread(self, members: list[list[str]], head: int, tail: int) -> list[tuple[Meaning, ...]] | None:
        """The meaning of each member with the words it shares, or None when one of them is no name."""
        first, last = members[0][:head], members[-1][len(members[-1]) - tail :]
        found = []
        for index, member in enumerate(members):
            own = [*(first if index else []), *member, *(last if index < len(members) - 1 else [])]
            whole = Words(own, own)
            count, meanings = self.vocabulary.names.longest(whole.main, whole.singulars, 0)
            if count != len(own) or meanings is None:
                return None
            found.append(meanings)
        return found

    # ---- what to ask back with

    def _closest(self, words: Words, reading: _Reading) -> tuple[str, ...]:
        """The concepts that were recognized, or those whose names look like one of the words."""
        heard = [event.data for event in reading.events if isinstance(event.data, Heard)]
        found = [meaning.concept for one in heard for meaning in one.meanings]
        if not found:
            names = self.vocabulary.names.phrases
            for word in words.main:
                if len(word) >= 4 and self._roles(words, words.main.index(word))[0] == 0:
                    near = difflib.get_close_matches(word, self._spellings, n=2, cutoff=0.8)
                    found += [meaning.concept for name in near for meaning in names[name]]
        return tuple(dict.fromkeys(found))[:MANY]

    @property
    def _spellings(self) -> list[str]:
        """The names of one word."""
        return [name for name in self.vocabulary.names.phrases if " " not in name]
