"""Results as a laboratory prints them on a slip, line by line: name, number, unit, usual range, and the day at the top.

A line is read as a whole or not at all. Whatever could change its meaning and is not known leaves it unread, to be looked at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from cobalamin.model.fact import RawFact
from cobalamin.records.folding import fold
from cobalamin.records.slip_days import PrintedDay, SlipDays
from cobalamin.records.spoken import Spoken
from cobalamin.records.words import Words, plain

LONGEST_LINE = 240
MOST_LINES = 400
"""No slip is longer; what comes after is left unread."""
MOST_WORDS = 9
"""The words of the longest name."""
SPACED = re.compile(r"(?<![\d:])\s*[:=]\s*(?!\d{2}\b(?=\s*(?:hrs|am|pm|$)))|\t|\||;|(?<=[^\d\s])\s+[-–—]+\s+|(?=[<>≤≥])|(?<=[^\W\d_])[-–](?=\d)")
"""Where a name ends without a space: at a colon, a column, a sign, a hyphen before a number."""
NUMBER = re.compile(r"([<>≤≥]=?)?\s*(\d+(?:[.,]\d+)*)(?![-/:\d.,])")
NUMBERED = re.compile(r"^(?:\d{1,2}[.)]\s|[-•*▪●#>]+\s)")
BRACKET = re.compile(r"^[\[({]\s*([^\])}]*)\s*[\])}]")
LIKE_A_UNIT = re.compile(r"^[^\W\d_%][\w^*.µ]*/[\w^.*]+$|^[a-z]*%$", re.IGNORECASE)
APART = re.compile(r"(?<![^\W_])\d")
"""A number that is no part of a name such as B12."""
RANGE_NUMBER = r"\d+(?:[.,]\d+)*"


@dataclass(frozen=True)
class Slip:
    """What a slip says: facts as columns of text, the person's columns, lines that were not read, and days read day before month."""

    facts: tuple[dict[str, str], ...] = ()
    person: dict[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()
    day_first: tuple[tuple[str, str], ...] = ()


@dataclass
class _Line:
    """A line as it is being read: what is left of it, and what it said so far."""

    rest: str
    concept: str
    value: str = ""
    unit: str = ""
    reference: str = ""
    date: str = ""


class _Vocabulary:
    """The names of results and the words around them, folded."""

    def __init__(self, words: Words):
        slip = words.knowledge.slip
        concepts = words.knowledge.concepts
        self.results = {_key(name): id for name, id in words.names.items() if concepts[id].is_result and "|" not in name}
        self.beside = {_key(str(word)) for group in slip["beside"].values() for word in group} | {""}
        labels = sorted({plain(str(word)) for group in slip["ranges"].values() for word in group}, key=len, reverse=True)
        between = "|".join(re.escape(plain(str(word))) for word in slip["between"])
        at_most = "|".join(re.escape(plain(str(word))) for word in sorted(slip["at_most"], key=len, reverse=True))
        label = "|".join(map(re.escape, labels))
        self.range = re.compile(rf"^[\[({{]?\s*(?:(?:{label})[\s.:=-]*)*"
                                rf"({RANGE_NUMBER}\s*(?:[-–—~]|(?:{between}))\s*{RANGE_NUMBER}|(?:[<>≤≥]=?|(?:{at_most})\s)\s*{RANGE_NUMBER})")  # fmt: skip
        self.days = {kind: {_key(str(word)) for word in labels} for kind, labels in slip["days"].items()}
        self.person = {kind: {_key(str(word)) for word in labels} for kind, labels in slip["person"].items()}
        self.printed = SlipDays(slip)


@lru_cache(maxsize=2)
def _vocabulary(words: Words) -> _Vocabulary:
    return _Vocabulary(words)


@lru_cache(maxsize=65536)
def _key(text: str) -> str:
    """A name without what is only punctuation."""
    return fold(re.sub(r"[-.,:;()\[\]/=%*_]+", " ", plain(text)))


class SlipReader:
    """Read slips; lines that are no printed result are read as plain words, where those say something."""

    def __init__(self, words: Words, spoken: Spoken):
        self.words, self.spoken = words, spoken
        self.known = _vocabulary(words)

    def read(self, text: str) -> Slip:
        """Everything a slip says."""
        facts: list[dict[str, str]] = []
        person: dict[str, str] = {}
        unread: list[str] = []
        day_first: dict[str, str] = {}
        day, taken = "", False
        lines = [line for line in text.splitlines() if any(map(str.isalnum, line))]
        for line in lines[:MOST_LINES]:
            if days := self._days(line):
                for kind, found, printed in days:
                    if kind == "born":
                        person["birth_date"] = found.day
                    elif kind == "taken" or not taken:
                        # what stands above the first day of a slip is of that day too
                        facts = facts if day else [fact | {"date": fact["date"] or found.day} for fact in facts]
                        day, taken = found.day, taken or kind == "taken"
                    if found.either_way:
                        day_first[printed] = found.day
            elif about := self._person(line):
                person |= about
            elif rows := self.line(line):
                facts += [row | {"date": row["date"] or day} for row in rows]
            else:
                unread.append(line.strip())
        return Slip(tuple(facts), person, (*unread, *lines[MOST_LINES:]), tuple(day_first.items()))

    def line(self, line: str) -> list[dict[str, str]]:
        """The facts of one line, or nothing where it is not understood as a whole."""
        if len(line) > LONGEST_LINE:
            return []
        if found := self._result(line):
            return [found]
        parts = [part for part in re.split(r"[,;]\s+|\s{3,}|\s+/\s+", line.strip()) if part.strip()]
        several = [self._result(part) for part in parts] if len(parts) > 1 else []
        if several and all(several):
            return [row for row in several if row]
        said = line.strip()
        rows = [row for row in self.spoken.rows(RawFact(concept=said)) if self._says(row)]
        if APART.search(plain(said)) and not any(row.value or row.date for row in rows) and not self.words.concept(said)[0]:
            # a number that no word accounts for may be the result of a test
            return []
        return [{"concept": row.concept, "value": row.value, "date": row.date, "unit": "", "reference": "", "said": said} for row in rows]

    def _says(self, row: RawFact) -> bool:
        """Whether plain words say something: a test without its result is a heading of the slip."""
        id, _ = self.words.concept(row.concept)
        concept = self.words.knowledge.concepts.get(id or "")
        return concept is not None and concept.kind != "panel" and (not concept.is_result or bool(row.value))

    # ---- days and people

    def _days(self, line: str) -> list[tuple[str, PrintedDay, str]]:
        """Every day of a line that holds nothing else than days with what they are; nothing for any other line."""
        rest, found = plain(line[:LONGEST_LINE]), []
        while day := self.known.printed.first(rest):
            label = _key(rest[: day.begin])
            kind = next((kind for kind, labels in self.known.days.items() if label in labels), "taken" if not label else "")
            if not kind:
                return []
            found.append((kind, day, rest[day.begin : day.end].strip()))
            rest = rest[day.end :]
        return found if not _key(rest) else []

    def _person(self, line: str) -> dict[str, str]:
        """Age and sex of a line that holds nothing else (`Age/Sex: 45 Y / F`)."""
        known, words = self.known.person, _key(re.sub(r"(?<=\d)(?=[^\W\d])", " ", plain(line[:LONGEST_LINE]))).split()
        labels, told = known["age"] | known["sex"], {}
        if not words or words[0] not in labels:
            return {}
        for at, word in enumerate(words):
            if word.isdigit():
                unit = words[at + 1] if at + 1 < len(words) else ""
                told["age_months" if unit in known["months"] else "age_years"] = word
            elif word in self.words.sexes:
                told["sex"] = self.words.sexes[word]
            elif word not in labels | known["years"] | known["months"]:
                return {}
        return told

    # ---- results

    def _result(self, line: str) -> dict[str, str] | None:
        text = SPACED.sub(" ", plain(NUMBERED.sub("", line.strip())))
        found = self._named(text.split())
        if found is None or not self._past_name(found) or not self._valued(found) or not self._ended(found):
            return None
        return {"concept": found.concept, "value": found.value, "unit": found.unit, "date": found.date, "reference": found.reference, "said": line.strip()}

    def _named(self, words: list[str]) -> _Line | None:
        """The longest name of a result that the line begins with, past words that change nothing."""
        begin = 0
        while True:
            for end in range(min(len(words), begin + MOST_WORDS), begin, -1):
                id = self.known.results.get(_key(" ".join(words[begin:end])))
                if id is not None and not (end - begin > 1 and words[end - 1].strip("()[].").isdigit()):
                    return _Line(" ".join(words[end:]), id)
                if id is not None and words[end - 1].isdigit() and _key(" ".join(words[begin : end - 1])) not in self.known.results:
                    return _Line(" ".join(words[end:]), id)
            if begin >= len(words) or begin > 1 or _key(words[begin]) not in self.known.beside:
                return None
            begin += 1

    def _past_name(self, line: _Line) -> bool:
        """Whether all that stands between the name and the value is known to change nothing."""
        while True:
            line.rest = line.rest.lstrip(" .,:=-–—")
            if bracket := BRACKET.match(line.rest):
                held = bracket[1].strip()
                if self.words.names_unit(held):
                    line.unit = held
                elif _key(held) not in self.known.beside and self.known.results.get(_key(held)) != line.concept:
                    return False
                line.rest = line.rest[bracket.end() :]
                continue
            word, _, rest = line.rest.partition(" ")
            if not word or word[0].isdigit() or NUMBER.match(line.rest) or plain(line.rest) in self.words.value_words:
                return bool(word)
            if word in self.words.marks or (_key(word) in self.known.beside and word not in self.words.value_words):
                line.rest = rest
                continue
            return True

    def _valued(self, line: _Line) -> bool:
        """Whether a number or a word of a result comes next."""
        sign = ""
        for spelling, meaning in self.words.comparators.items():
            if line.rest.startswith(spelling + " ") and spelling[0].isalpha():
                sign, line.rest = meaning, line.rest[len(spelling) :].strip()
                break
        if found := NUMBER.match(line.rest):
            line.value = (sign or found[1] or "").replace("≤", "<=").replace("≥", ">=") + found[2]
            line.rest = line.rest[found.end() :]
            return True
        words = line.rest.split()
        for end in range(min(3, len(words)), 0, -1):
            word = self.words.value_words.get(" ".join(words[:end]).rstrip(".,"))
            if word is not None and not sign:
                line.value, line.rest = word, " ".join(words[end:])
                return True
        return False

    def _ended(self, line: _Line) -> bool:
        """Whether what follows the value is its unit, a mark, the usual range or a day, and nothing else."""
        while line.rest.strip(" .,:|*"):
            line.rest = line.rest.strip().lstrip(",:|*").strip()
            if not any(take(line) for take in (self._unit, self._mark, self._day, self._range, self._beside)):
                return False
        return True

    def _unit(self, line: _Line) -> bool:
        bracket = BRACKET.match(line.rest)
        if bracket and self.words.names_unit(bracket[1]):
            return self._take_unit(line, bracket[1], line.rest[bracket.end() :])
        words = line.rest.split()
        for end in range(min(4, len(words)), 0, -1):
            text = " ".join(words[:end]).rstrip(",;.")
            if words[end - 1] not in self.words.marks and self.words.names_unit(text):
                return self._take_unit(line, text, " ".join(words[end:]))
        first = words[0].rstrip(",;.")
        return not line.unit and bool(LIKE_A_UNIT.match(first)) and self._take_unit(line, first, " ".join(words[1:]))

    def _take_unit(self, line: _Line, text: str, rest: str) -> bool:
        if line.unit and self.words.canonical(line.unit) != self.words.canonical(text):
            return False
        line.unit, line.rest = line.unit or text, rest
        return True

    def _mark(self, line: _Line) -> bool:
        word, _, rest = line.rest.partition(" ")
        if word.rstrip(".,") not in self.words.marks:
            return False
        line.rest = rest
        return True

    def _range(self, line: _Line) -> bool:
        found = self.known.range.match(line.rest)
        if not found or line.reference:
            return False
        line.reference = re.sub(r"\s*([-–—~])\s*", r"\1", found[1]).strip()
        line.rest = line.rest[found.end() :]
        inside = re.match(r"^\s*([^\d\])}]*?)\s*[\])}]", line.rest)
        if inside and (not inside[1] or self.words.names_unit(inside[1])):
            line.rest = line.rest[inside.end() :]
            return not inside[1] or self._take_unit(line, inside[1], line.rest)
        return True

    def _day(self, line: _Line) -> bool:
        found = self.known.printed.first(line.rest)
        if not found or line.date or _key(line.rest[: found.begin]) not in self.known.days["taken"] | {""}:
            return False
        line.date, line.rest = found.day, line.rest[found.end :].lstrip(" )]")
        return True

    def _beside(self, line: _Line) -> bool:
        bracket = BRACKET.match(line.rest)
        word, rest = (bracket[1], line.rest[bracket.end() :]) if bracket else line.rest.partition(" ")[::2]
        if _key(word) not in self.known.beside or not word:
            return False
        line.rest = rest
        return True

