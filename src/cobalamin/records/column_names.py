"""What the name of a column says: a patient's column, a test with its unit, what stands beside a test, or nothing anybody knows."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from cobalamin.records.words import LONGEST, Words, plain

BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]+)[)\]}]")
CODE = re.compile(r"(?<![\d-])(\d{3,6}-\d)(?![\d-])")
SYSTEM = re.compile(r"(loinc|icd10cm|icd10|atc|rxnorm|hpo)[\s_|:.-]+(\S+)")
HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])")
ALIKE = 0.75
LONGEST_UNIT = 4
"""A unit spread over a name, such as `pg_ml` or `10e3_ul`, has at most so many parts."""


@dataclass(frozen=True)
class Said:
    """What a name says: `role` is our column of a patient and `rank` its place among its names, `concept` a concept's id, `code` the code
    it was named by, `unit` a canonical unit, `beside` which part of a fact about *concept* it holds, `words` whether it holds diagnoses or
    drugs in words, `near` nearest names."""

    role: str = ""
    rank: int = 0
    concept: str = ""
    code: str = ""
    unit: str = ""
    beside: str = ""
    words: bool = False
    near: tuple[str, ...] = ()


class ColumnNames:
    """The names tables give their columns, in three languages, as the knowledge lists them."""

    def __init__(self, words: Words):
        self.words, held = words, words.knowledge.columns
        self.roles = {self._flat(text): (role, rank) for role, texts in held["roles"].items() for rank, text in enumerate(texts)}
        self.lists = {self._flat(text) for text in held["words"]}
        self.noise = sorted((self._flat(text).split() for text in held["noise"]), key=len, reverse=True)
        self.beside = [(self._flat(text).split(), what) for what, texts in held["beside"].items() for text in texts]
        self.short = {self._flat(text): id for id, texts in held["tests"].items() for text in texts}
        self.prefixes = tuple(str(text) for text in held["prefixes"])

    @staticmethod
    def _flat(name: object) -> str:
        return " ".join(re.sub(r"[_\s.\-]+", " ", plain(HUMPS.sub(" ", str(name)))).split())

    def read(self, name: str) -> Said:
        """What *name* says, the most certain way of reading it first."""
        flat = self._flat(name)
        inside = BRACKETS.search(plain(name))
        bare = self._flat(BRACKETS.sub(" ", name))
        if (role := self.roles.get(flat) or self.roles.get(bare)) is not None:
            return Said(*role)
        if (coded := self._code(name)) is not None:
            return coded
        if flat in self.lists or bare in self.lists:
            return Said(words=True)
        unit = inside[1] if inside and self.words.names_unit(inside[1]) else ""
        found = self._test(bare if unit else flat, unit) or self._test(self._flat(name.rpartition(",")[0]), name.rpartition(",")[2])
        if found is None and inside:
            found = self._test(bare, "") or self._test(self._flat(inside[1]), "")
        return found or self._beside(flat) or Said(near=self._near(bare))

    def _near(self, name: str) -> tuple[str, ...]:
        """Concepts with names so like *name* that it may be one of them, misspelled."""
        found = difflib.get_close_matches(name, list(self.words.names), n=2, cutoff=ALIKE) if len(name) < LONGEST else []
        return tuple(dict.fromkeys(self.words.names[text] for text in found))

    def _code(self, name: str) -> Said | None:
        number, named = CODE.search(name), SYSTEM.search(plain(name))
        for text in ([f"loinc|{number[1]}"] if number else []) + ([f"{named[1]}|{named[2]}"] if named else []):
            id, _ = self.words.concept(text)
            if id is not None:
                return Said(concept=id, code=text)
        return None

    def _test(self, flat: str, unit: str) -> Said | None:
        """A test, with its unit in *unit* or at the end of the name."""
        parts = flat.split()
        if unit and not self.words.names_unit(unit):
            return None
        if unit:
            id = self.concept(parts)
            return Said(concept=id, unit=self._unit(id, unit)) if id else None
        # a name as a whole comes before a name that ends in a unit: `platelet count`, `hb`
        for taken in (0, *range(min(LONGEST_UNIT, len(parts) - 1), 0, -1)):
            id = self.concept(parts[: len(parts) - taken])
            if id is None:
                continue
            if not taken:
                return Said(concept=id)
            for text in ("/".join(parts[-taken:]), "".join(parts[-taken:]), " ".join(parts[-taken:])):
                if not text.isdigit() and self._unit(id, text):
                    return Said(concept=id, unit=self._unit(id, text))
        return None

    def _unit(self, concept: str, text: str) -> str:
        units = self.words.knowledge.concepts[concept].units
        index, _ = self.words.unit(concept, text)
        return units.units[index].name if units and index is not None and text.strip() else ""

    def concept(self, parts: list[str]) -> str | None:
        """The concept that the parts of a name say, with and without the words around it that change nothing."""
        if not parts:
            return None
        tries = [parts, self._without_noise(parts)]
        tries += [[part.removeprefix(prefix), *rest] for part, *rest in [parts] for prefix in self.prefixes if part.startswith(prefix)]
        for attempt in tries:
            for text in (" ".join(attempt), "".join(attempt), "-".join(attempt)):
                id = (self.words.concept(text)[0] or self.short.get(text)) if text else None
                if id is not None:
                    return id
        return None

    def _without_noise(self, parts: list[str]) -> list[str]:
        again = True
        while again:
            again = False
            for noise in self.noise:
                if len(parts) > len(noise) and parts[: len(noise)] == noise:
                    parts, again = parts[len(noise) :], True
                elif len(parts) > len(noise) and parts[-len(noise) :] == noise:
                    parts, again = parts[: -len(noise)], True
        return parts

    def _beside(self, flat: str) -> Said | None:
        """What stands beside a test: `b12 date`, `date of b12`, `hb unit`."""
        parts = flat.split()
        for mark, what in self.beside:
            rest = parts[: -len(mark)] if parts[-len(mark) :] == mark else parts[len(mark) :] if parts[: len(mark)] == mark else []
            found = self._test(" ".join(rest), "") if rest else None
            if found:
                return Said(concept=found.concept, beside=what)
        return None
