"""Days as slips print them: 02/11/2026, 2-Nov-26, 2026.11.02, with or without a time behind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cobalamin.records.words import plain

TIME = r"(?:[,T]?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?|hrs?)?)?"
YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}})(?!\d){TIME}", re.IGNORECASE)
YEAR_LAST = re.compile(rf"(?<![\d.])(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}})(?![\d.]){TIME}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PrintedDay:
    """A day found in a text: as ISO, where it stands, and whether day and month could also be the other way round."""

    day: str
    begin: int
    end: int
    either_way: bool = False


class SlipDays:
    """The reader of printed days, with the names of the months it knows."""

    def __init__(self, slip: Mapping[str, Any]):
        self.century = int(slip["century"])
        self.months = {plain(str(name)): int(number) for number, names in slip["months"].items() for name in names}
        names = "|".join(re.escape(name) for name in sorted(self.months, key=len, reverse=True))
        self.named = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[-/.,\s]*({names})\w{{0,0}}[-/.,\s]+(\d{{4}}|\d{{2}})(?!\d){TIME}", re.IGNORECASE)
        self.month_first = re.compile(rf"({names})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d){TIME}", re.IGNORECASE)

    def first(self, text: str) -> PrintedDay | None:
        """The first day printed in *text* (folded by `plain`); day before month where both are possible."""
        found = [day for read in (self._year_first, self._year_last, self._named, self._month_first) if (day := read(text))]
        return min(found, key=lambda day: day.begin, default=None)

    def _year_first(self, text: str) -> PrintedDay | None:
        found = YEAR_FIRST.search(text)
        return _day(found, int(found[1]), int(found[2]), int(found[3])) if found else None

    def _year_last(self, text: str) -> PrintedDay | None:
        found = YEAR_LAST.search(text)
        if not found:
            return None
        one, two, year = int(found[1]), int(found[3]), self._year(found[4])
        if two > 12:
            return _day(found, year, one, two)
        return _day(found, year, two, one, either_way=one <= 12 and one != two)

    def _named(self, text: str) -> PrintedDay | None:
        found = self.named.search(text)
        return _day(found, self._year(found[3]), self.months[found[2].casefold()], int(found[1])) if found else None

    def _month_first(self, text: str) -> PrintedDay | None:
        found = self.month_first.search(text)
        return _day(found, int(found[3]), self.months[found[1].casefold()], int(found[2])) if found else None

    def _year(self, text: str) -> int:
        return int(text) + (self.century if len(text) == 2 else 0)


def _day(found: re.Match[str], year: int, month: int, day: int, either_way: bool = False) -> PrintedDay | None:
    try:
        return PrintedDay(date(year, month, day).isoformat(), found.start(), found.end(), either_way)
    except ValueError:
        return None
