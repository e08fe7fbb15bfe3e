"""What the plans of many people need by month: injections, and days on which tablets are taken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from cobalamin.model.calendar import Planned
from cobalamin.rules.schedules import Span

UNDER_WAY, AS_BEFORE, TO_BEGIN = STARTS = ("under_way", "as_before", "to_begin")
"""Whether a treatment goes on; goes on by the record alone, as no regimen is advised today; or is advised and has not begun."""


@dataclass(frozen=True, order=True)
class Need:
    """A dose that is needed in a month (`2026-11`): what, how much of it, how it is given, and whether treatment is under way."""

    month: str
    drug: str
    route: str
    amount_ug: float
    up_to_ug: float
    daily: bool
    start: str


@dataclass
class Supply:
    """How many doses of each kind, and for how many people; *people* were looked at, *planned* have doses to come in these months."""

    as_of: date
    until: date
    people: int = 0
    planned: int = 0
    doses: Counter[Need] = field(default_factory=Counter)
    needing: Counter[Need] = field(default_factory=Counter)

    def add(self, rows: Iterable[Planned], start: str, people: int = 1) -> None:
        """Add the plan of one person, or of so many who all have the same."""
        found: Counter[Need] = Counter()
        for row in rows:
            kind = (row.drug, row.route, row.amount_ug, row.up_to_ug or row.amount_ug, row.until is not None, start)
            for month, number in days_by_month(row, self.as_of, self.until):
                found[Need(month, *kind)] += number
        for need, number in found.items():
            self.doses[need] += number * people
            self.needing[need] += people
        self.planned += people if found else 0


def last_day(as_of: date, months: int) -> date:
    """The last day of so many calendar months, the one of *as_of* among them.

    >>> last_day(date(2026, 11, 20), 2)
    datetime.date(2026, 12, 31)
    """
    return Span(months=months).after(as_of.replace(day=1)) - timedelta(days=1)


def days_by_month(row: Planned, first: date, last: date) -> Iterator[tuple[str, int]]:
    """On how many days of each month a planned dose is given, from *first* to *last*, both among them."""
    found: Counter[str] = Counter()
    day, end = row.day, min(row.until or row.day, last)
    while day <= end:
        if day >= first:
            found[day.isoformat()[:7]] += 1
        day += timedelta(days=row.every_days or 1)
    yield from found.items()
