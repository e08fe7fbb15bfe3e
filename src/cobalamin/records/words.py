"""What printed text means: concepts, codes, units, numbers, comparators, value words, days and doses.

Every engine asks this module, one distinct text at a time, so that all of them read alike.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from cobalamin.rules.knowledge import Knowledge

LONGEST = 200
"""Longer texts are not read: no concept, unit or value anybody prints is that long."""
LARGEST = 1e15
"""Nothing anybody measures is larger; beyond it arithmetic would no longer be exact."""
NUMBER = re.compile(r"[+-]?(\d+(\.\d+)?|\.\d+)(e[+-]?\d+)?")
LEADING_NUMBER = re.compile(r"[+-]?[.,]?\d[\d.,]*(e[+-]?\d+)?")
GROUPED = re.compile(r"[+-]?\d{1,3}((,\d{2,3})*,\d{3}|(\.\d{3})+)")
"""Thousands set apart, the Indian way too: `1,234,567`, `12,34,567`, `1.234.567`."""
ASSUMED = "(assumed)"
"""Stands behind a unit that the record does not print and somebody asked to be taken for granted; the fact is flagged."""
DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})([T ]\d{2}:?\d{2}.*)?")
MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")
"""A year, or a month of a year."""
DIGITS = {ord(c): str(i % 10) for i, c in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९")}
MARKS = DIGITS | {ord("٫"): ".", ord("٬"): ",", ord("\u00b5"): "u", ord("\u03bc"): "u", ord("\ufeff"): None} | {
    # invisible joiners and direction marks travel with copied Arabic and Hindi text and mean nothing here
    code: None for code in (0xAD, 0x61C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0x2066, 0x206A))
}


def plain(text: str) -> str:
    """Fold case, digits of other scripts, micro signs, invisible marks and runs of spaces.

    >>> plain("  PG/mL "), plain("١٢٣")
    ('pg/ml', '123')
    """
    folded = unicodedata.normalize("NFKC", text.translate(MARKS)).casefold().translate(MARKS)
    # folding case takes letters apart again (İ, ΐ) and turns a capital Greek mu into a micro sign
    return " ".join(unicodedata.normalize("NFKC", folded).split())


@dataclass(frozen=True, slots=True)
class Value:
    """A printed value as understood: a number with its comparator, or a word; `unit` when it stood beside the number."""

    number: float | None = None
    comparator: str = ""
    word: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Dose:
    """A printed dose: milligrams a day where that can be told, and whether it was given once by injection.

    `route` is the way it was given where the text names one; `often` says that it speaks of more than one dose, as a prescription does.
    """

    milligrams: float | None = None
    once: bool = False
    route: str = ""
    often: bool = False


class Words:
    """The vocabulary of the knowledge, ready to be asked."""

    def __init__(self, knowledge: Knowledge):
        self.knowledge = knowledge
        reading = knowledge.reading
        self.value_words = {plain(s): str(w) for w, spellings in reading["words"].items() for s in (w, *spellings)}
        pairs = [(plain(s), str(c)) for c, spellings in reading["comparators"].items() for s in (c, *spellings)]
        self.comparators = dict(sorted(pairs, key=lambda pair: -len(pair[0])))
        self.unit_spellings = {self._squeeze(str(s)): str(u) for s, u in reading["spellings"].items()}
        self.sexes = {plain(s): str(sex) for sex, spellings in reading["sexes"].items() for s in (sex, *spellings)}
        self.routes = {plain(s): str(r) for r, spellings in reading["routes"].items() for s in (r, *spellings)}
        self.frequencies = {plain(str(s)): float(times) for s, times in reading["frequencies"].items()}
        self.repeated = {plain(str(word)) for word in reading["repeated"]}
        self.dose_units = {plain(str(s)): float(times) for s, times in reading["dose_units"].items()}
        self.once_routes = set(reading["given_once_by"])
        self.marks = {plain(str(mark)) for mark in reading["marks"]}
        self.oldest = int(reading["oldest_years"])
        self.value = lru_cache(maxsize=65536)(self._value)
        self.concept = lru_cache(maxsize=65536)(self._concept)
        self.unit = lru_cache(maxsize=65536)(self._unit)
        self.day = lru_cache(maxsize=65536)(self._day)
        self.dose = lru_cache(maxsize=65536)(self._dose)
        self.closest = lru_cache(maxsize=65536)(self._closest)

    @cached_property
    def names(self) -> dict[str, str]:
        """Every id, label, synonym and code of every concept."""
        found: dict[str, str] = {}
        for concept in self.knowledge.concepts.values():
            texts = [concept.id, concept.id.replace("_", " "), *concept.label.values()]
            texts += [text for group in concept.also.values() for text in group]
            texts += [f"{code.system}|{code.code}" for code in concept.codes]
            for text in texts:
                found.setdefault(plain(text), concept.id)
        return found

    def _concept(self, text: str) -> tuple[str | None, str]:
        """The concept a text names, and the unit group its code insists on (or empty)."""
        if len(text) > LONGEST:
            return None, ""
        key = plain(text)
        id = self.names.get(key)
        says = ""
        if id and "|" in key:
            system, _, number = key.partition("|")
            codes = self.knowledge.concepts[id].codes
            says = next((c.says for c in codes if (c.system.casefold(), c.code.casefold()) == (system, number)), "")
        return id, "" if says == "any" else says

    def _closest(self, text: str) -> tuple[str, ...]:
        """Up to three names of the vocabulary that look like *text*, to ask back with; never to guess."""
        if len(text) > LONGEST:
            return ()
        near = difflib.get_close_matches(plain(text), list(self.names), n=3, cutoff=0.6)
        return tuple(dict.fromkeys(self.names[name] for name in near))

    @staticmethod
    def _squeeze(text: str) -> str:
        return plain(text).replace(" ", "").replace("^", "").replace("*", "").replace("×", "x")

    def _unit(self, concept: str, text: str) -> tuple[int | None, str]:
        """The index of the concept's unit that *text* names, or None and the reason."""
        units = self.knowledge.concepts[concept].units
        if units is None:
            return 0, ""
        if not text.strip():
            # With a single unit there is nothing to mistake it for.
            return (0, "") if len(units.units) == 1 else (None, "no_unit")
        if len(text) > LONGEST:
            return None, "unknown_unit"
        key = self._squeeze(text.strip().removesuffix(ASSUMED))
        for index, unit in enumerate(units.units):
            if self._squeeze(unit.name) == key:
                return index, ""
        name = self.unit_spellings.get(key)
        for index, unit in enumerate(units.units):
            if unit.name == name:
                return index, ""
        return None, "wrong_unit" if self.names_unit(text) else "unknown_unit"

    @cached_property
    def every_unit(self) -> set[str]:
        return {self._squeeze(u.name) for c in self.knowledge.concepts.values() if c.units for u in c.units.units}

    def _value(self, text: str) -> Value | str:
        """A printed value, or the reason why it cannot be read."""
        if len(text) > LONGEST:
            return "unreadable_value"
        key = plain(text)
        if key in self.value_words:
            return Value(word=self.value_words[key])
        comparator = ""
        for spelling, meaning in self.comparators.items():
            in_words = any(letter.isalpha() for letter in spelling)
            if key.startswith(spelling) and (not in_words or key[len(spelling) :][:1] in " 0123456789"):
                comparator, key = meaning, key[len(spelling) :].strip()
                break
            if in_words and key.endswith(" " + spelling):
                comparator, key = meaning, key[: -len(spelling)].strip()
                break
        found = LEADING_NUMBER.match(key)
        if not found:
            return "unreadable_value"
        number = _number(found.group().rstrip(".,"))
        if isinstance(number, str):
            return number
        rest = self._without_mark(key[found.end() :].strip())
        if any(letter.isdigit() for letter in rest) and not self.names_unit(rest):
            # a range, a titre, a second number: which one is meant is not for us to guess
            return "unreadable_value"
        return Value(number, comparator, unit=rest)

    def _without_mark(self, text: str) -> str:
        """*text* without the laboratory's own mark for low or high at its end."""
        head, _, last = text.rpartition(" ")
        return head if last in self.marks else text.rstrip("*")

    def canonical(self, unit: str) -> str:
        """A unit's canonical name where its spelling is known, so that two spellings of one unit are the same."""
        key = self._squeeze(unit)
        return self.unit_spellings.get(key, key)

    def names_unit(self, text: str) -> bool:
        """Whether *text* is a unit of any concept, in any spelling."""
        key = self._squeeze(text)
        return key in self.unit_spellings or key in self.every_unit

    def comparator(self, text: str) -> str | None:
        """The comparator a text names (empty for none), or None when it names nothing."""
        key = plain(text)
        return "" if key in ("", "=") else self.comparators.get(key)

    def _day(self, text: str) -> int | None:
        """The ordinal of an ISO day (a time of day is dropped), or None."""
        found = DAY.fullmatch(plain(text).upper()) if len(text) <= LONGEST else None
        try:
            return date(int(found[1]), int(found[2]), int(found[3])).toordinal() if found else None
        except ValueError:
            return None

    def days_of(self, text: str) -> tuple[int, int] | None:
        """The first and last ordinal day a date of birth may be: an ISO day, or all days of a month (1960-05) or a year (1960); None for anything else."""
        day = self.day(text)
        if day is not None:
            return day, day
        found = MONTH.fullmatch(plain(text)) if len(text) <= LONGEST else None
        try:
            if not found:
                return None
            year, first, last = int(found[1]), int(found[2] or 1), int(found[2] or 12)
            return date(year, first, 1).toordinal(), date(year + last // 12, last % 12 + 1, 1).toordinal() - 1
        except ValueError:
            return None

    def _dose(self, text: str) -> Dose:
        """What a dose text says of amount a day and route; what it does not say stays unknown."""
        key = plain(text[:LONGEST])
        found = re.match(r"(\d+(?:\.\d+)?)\s*([a-z]+)", key)
        words = re.findall(r"[^\W\d_]+", key)
        routes = [self.routes[word] for word in words if word in self.routes]
        once = any(route in self.once_routes for route in routes)
        route = next((route for route in routes if route in self.once_routes), routes[0] if routes else "")
        often = any(word in self.frequencies or word in self.repeated for word in words)
        if not found or found[2] not in self.dose_units:
            return Dose(None, once, route, often)
        times = next((self.frequencies[word] for word in words if word in self.frequencies), 1.0)
        return Dose(round(float(found[1]) * self.dose_units[found[2]] * times, 6), once, route, often)


def _number(text: str) -> float | str:
    """A number with either decimal mark; `1,234` could be two different numbers and is refused."""
    commas, dots = text.count(","), text.count(".")
    if commas and dots:
        decimal = max(text.rfind(","), text.rfind("."))
        whole, rest = text[:decimal], text[decimal + 1 :]
        text = re.sub("[.,]", "", whole) + "." + rest if GROUPED.fullmatch(whole) else ""
    elif commas == 1:
        whole, _, rest = text.partition(",")
        if len(rest) == 3 and whole.lstrip("+-0"):
            return "ambiguous_number"
        text = f"{whole}.{rest}"
    elif commas > 1 or dots > 1:
        text = re.sub("[.,]", "", text) if GROUPED.fullmatch(text) else ""
    if not NUMBER.fullmatch(text):
        return "unreadable_value"
    number = float(text)
    return number if abs(number) <= LARGEST else "impossible_value"
