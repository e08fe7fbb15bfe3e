"""A number said of a result inside a phrase: read only where name, number and unit leave nothing to guess."""

from __future__ import annotations

from functools import cached_property

from cobalamin.records.folding import even
from cobalamin.records.tokens import Lane, Words, split
from cobalamin.records.vocabulary import Vocabulary

FOLLOWS_NO_NUMBER = ("unit", "amount", "age_after", "range", "number")
"""What makes a number without a unit something else than a result: a time, a dose, an age, the beginning of a range."""


class Measured:
    """The reader of numbers behind the name of a result."""

    def __init__(self, vocabulary: Vocabulary):
        self.vocabulary, self.knowledge = vocabulary, vocabulary.knowledge

    @cached_property
    def units(self) -> Lane:
        """Every spelling of a unit by its words, and the unit's own name."""
        lane = Lane({}, {})
        for concept in self.knowledge.concepts.values():
            for unit in concept.units.units if concept.units else ():
                self._add(lane, unit.name, unit.name)
        for spelling, unit_name in self.knowledge.reading["spellings"].items():
            self._add(lane, str(spelling), str(unit_name))
        return lane

    @cached_property
    def signs(self) -> Lane:
        """Every spelling of less than and more than."""
        lane = Lane({}, {})
        for sign, spellings in self.knowledge.reading["comparators"].items():
            for spelling in spellings:
                self._add(lane, str(spelling), str(sign))
        return lane

    @staticmethod
    def _add(lane: Lane, text: str, meaning: str) -> None:
        if words := split(even(text), ()):
            lane.add(words, meaning)

    def read(self, words: Words, at: int, concept_id: str) -> tuple[int, str]:
        """How many words from *at* are the number of a result, and what they say (`<150 pg/mL`); 0 when that is not certain."""
        main, start = words.main, at
        count, sign = self.signs.longest(main, main, at)
        at += count
        if at >= len(main) or not main[at][0].isdigit():
            return 0, ""
        number = main[at]
        at += 1
        unit, used = self._unit(words, at, concept_id)
        if unit is None:
            return 0, ""
        at += used
        if at < len(main) and not main[at].isascii() and not sign:
            count, sign = self.signs.longest(main, main, at)
            at += count
        return (at - start, f"{sign or ''}{number} {unit}") if self._ends(words, at, used) else (0, "")

    def _unit(self, words: Words, at: int, concept_id: str) -> tuple[str | None, int]:
        """The unit that begins here, if it is one of the concept, and how many words it has; the only one may be left out."""
        units = self.knowledge.concepts[concept_id].units
        if units is None:
            return None, 0
        names = {unit.name for unit in units.units}
        if at < len(words):
            most = self.units.reach.get(words.main[at], 0)
            for count in range(min(most, len(words) - at), 0, -1):
                name = self.units.phrases.get(" ".join(words.main[at : at + count]))
                if name is not None:
                    return (name, count) if name in names else (None, 0)
        return (units.units[0].name, 0) if len(names) == 1 else (None, 0)

    def _ends(self, words: Words, at: int, used: int) -> bool:
        """Whether a number ends before a word: nothing may follow that would make it another number."""
        if at >= len(words):
            return True
        word = words.main[at]
        roles = self._roles(words, at)
        if word[0].isdigit():
            return used > 1 or (used == 1 and not {"unit", "amount"} & self._roles(words, at - 1))
        if word[0] in "-/%+<>" or (word == "," and at + 1 < len(words) and words.main[at + 1][0].isdigit()):
            return False
        known = bool(roles) or word in ",;." or self.vocabulary.name_at(words, at)[0] > 0
        return used > 0 or (known and not set(FOLLOWS_NO_NUMBER) & roles)

    def _roles(self, words: Words, at: int) -> set[str]:
        return set(self.vocabulary.cue_at(words, at)[1] or ())
