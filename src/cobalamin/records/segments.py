"""From the words of a phrase to what was heard in order: findings, cues, times, and whether a word was left over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cobalamin.records.heard import Event, Heard, wants_word
from cobalamin.records.measured import Measured
from cobalamin.records.tokens import Words
from cobalamin.records.vocabulary import Meaning, Vocabulary

CONJUNCT = 5
"""How many words a member of a list may have when a part of its words stands only in another member."""
BEFORE_A_NUMBER = frozenset(("harmless", "measured", "break", "value"))
"""What may stand between the name of a result and its number."""
Members = tuple[int, list[tuple[Meaning, ...]]]
"""Where a list ends, and the meaning of each of its members."""
Lists = dict[int, Members]


class Reading:
    """One pass over the words: the events found, the names recognized, and whether a word was left over."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.left_over = False


def _finding(meanings: tuple[Meaning, ...]) -> Event:
    return Event("finding", Heard(meanings, denied=meanings[0].absent))


def _events(roles: dict[str, object]) -> Iterator[Event]:
    """The roles of a cue; a number or a unit alone ("for days") dates nothing."""
    if "deny_before" in roles and "deny_after" in roles:
        yield Event("deny_either", roles["deny_before"])
    for role, data in roles.items():
        if role not in ("number", "unit") and not (role in ("deny_before", "deny_after") and "deny_before" in roles and "deny_after" in roles):
            yield Event(role, data, len(roles) > 1)


class Segments:
    """The reader of a phrase's words."""

    def __init__(self, vocabulary: Vocabulary):
        self.vocabulary, self.measured = vocabulary, Measured(vocabulary)
        self.oldest = float(vocabulary.knowledge.reading["oldest_years"])
        self.years = [int(year) for year in vocabulary.tree["years"]]
        self.strongest = str(vocabulary.tree["full_strength"])

    # ---- from words to events

    def read(self, words: Words, shared: Lists) -> Reading:
        reading, at, total = Reading(), 0, len(words)
        result: Heard | None = None
        while at < total:
            if result is not None:
                length, number = self.measured.read(words, at, result.meanings[0].concept)
                if length:
                    result.measured, result = number, None
                    at += length
                    continue
                if words.main[at][0].isdigit():
                    result = None
            if at in shared:
                end, members = shared[at]
                for index, meanings in enumerate(members):
                    if index:
                        reading.events.append(Event("and", True))
                    reading.events.append(_finding(meanings))
                at = end
                continue
            count, names = self.vocabulary.name_at(words, at)
            used, roles = self.vocabulary.cue_at(words, at)
            # "a day" behind an amount is no time
            often = used > 1 and roles is not None and roles.keys() == {"harmless"}
            if count < 2 and not often and (count == 0 or words.main[at][0].isdigit()):
                length = self._time(words, at, reading)
                if length:
                    at += length
                    continue
            if names is not None and count >= used:
                reading.events.append(_finding(names))
                found: Heard = reading.events[-1].data
                result = found if len(names) == 1 and wants_word(found, self.vocabulary.knowledge) else None
                at += count
            elif roles is not None:
                reading.events += _events(roles)
                if not BEFORE_A_NUMBER.issuperset(roles):
                    result = None
                at += used
            elif words.main[at][0] == ">" and at + 1 < total and words.main[at + 1][0].isdigit():
                # "for >5 years": what is sure is the five
                at += 1
            else:
                result = None
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

    def roles(self, words: Words, at: int) -> tuple[int, dict[str, object]]:
        used, roles = self.vocabulary.cue_at(words, at) if at < len(words) else (0, None)
        return used, roles or {}

    def _time(self, words: Words, at: int, reading: Reading) -> int:
        """How many words of a time, an age or an amount begin here; what they say is added to the events."""
        before, roles = self.roles(words, at)
        if "age_before" in roles:
            used, number = self._number(words, at + before)
            if number is not None and number <= self.oldest and not {"unit", "age_after"} & set(self.roles(words, at + before + used)[1]):
                return before + used
            return 0
        if "undated" in roles:
            # "from 6 months" is an age as often as a time: it dates nothing
            used, number = self._number(words, at + before)
            unit, roles = self.roles(words, at + before + used)
            return before + used + unit if number is not None and "unit" in roles else 0
        used, number = self._number(words, at)
        if number is None:
            return 0
        after = at + used
        link, roles = self.roles(words, after)
        if words.main[after : after + 1] == ["-"]:
            link, roles = 1, {"range": True}
        if "range" in roles and "unit" not in roles:
            # "3-4 months": what is sure is the smaller one.
            more, second = self._number(words, after + link)
            if second is not None and second > number:
                after += link + more
        used, roles = self.roles(words, after)
        if "age_after" in roles:
            return after + used - at
        if "unit" in roles:
            reading.events.append(Event("days", round(number * float(str(roles["unit"])))))
            after += used
            used, roles = self.roles(words, after)
            # "a six month history of" says how long, not that it is over
            return after + (used if "lasting" in roles else 0) - at
        if "amount" in roles:
            reading.events.append(Event("amount", True))
            return after + used - at
        if words.main[at].isdigit() and self.years[0] <= number <= self.years[1]:
            reading.events.append(Event("year", int(number)))
            return after - at
        if words.main[at].isdigit() and words.main[after : after + 2] == ["/", self.strongest] and number < float(self.strongest):
            # the grade of a weak muscle
            reading.events.append(Event("amount", True))
            return 3
        if words.main[at].isdigit():
            reading.left_over = True
            return 1
        return 0

    # ---- lists that share words

    def lists(self, words: Words) -> Lists:
        """Lists whose members share their first or last words: "loss of vibration and position sense"."""
        found: Lists = {}
        at = 0
        joins = {i for i in range(len(words)) if {"and", "or"} & set(self.roles(words, i)[1])}
        while joins and at < len(words):
            best = next(self._lists_from(words, at, joins), None)
            if best:
                found[at] = best
                at = best[0]
            else:
                at += 1
        return found

    def _lists_from(self, words: Words, at: int, joins: set[int]) -> Iterator[Members]:
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
