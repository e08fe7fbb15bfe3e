"""The steps from the columns of a view to the columns of a fact, each for both runners: as SQL, and as a function of a row in memory.

A step is made once from the knowledge and says the same twice; nothing is NULL in SQL and None in memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from operator import itemgetter
from typing import Any

from cobalamin.records.fhir.scalars import number, printed
from cobalamin.records.sql_text import quote

Of = Callable[[Mapping[str, Any]], Any]
LONGEST_SUPPLY = 36525
"""A drug supplied for more days than a hundred years have is a slip of the pen."""
DAY_LENGTH = 10


@dataclass(frozen=True)
class Step:
    """What one column of a fact is: SQL over the columns of a view, and the same as a function of a row of it."""

    sql: str
    of: Of


def column(name: str) -> Step:
    """A column of the view."""
    return Step(name, itemgetter(name))


def text(value: str) -> Step:
    """The same text for every row."""
    return Step(quote(value), lambda row: value)


NOTHING = Step("NULL::VARCHAR", lambda row: None)


def first(*steps: Step) -> Step:
    """The first that is something."""
    runs = [step.of for step in steps]

    def of(row: Mapping[str, Any]) -> Any:
        for run in runs:
            if (value := run(row)) is not None:
                return value
        return None

    return Step(f"COALESCE({', '.join(step.sql for step in steps)}, NULL)", of)


def case(step: Step, table: Mapping[str, Any], otherwise: Step = NOTHING) -> Step:
    """What a table of the knowledge says of a text."""
    if not table:
        return otherwise
    rows = " ".join(f"WHEN {quote(key)} THEN {quote(value) if isinstance(value, str) else value}" for key, value in table.items())
    run, other = step.of, otherwise.of
    return Step(f"CASE {step.sql} {rows} ELSE {'NULL' if otherwise is NOTHING else otherwise.sql} END",
                lambda row: table[value] if (value := run(row)) in table else other(row))  # fmt: skip


def when(test: Step, then: Step, otherwise: Step = NOTHING) -> Step:
    """One thing where a test holds, another where it does not or nobody knows."""
    asked, yes, no = test.of, then.of, otherwise.of
    return Step(f"CASE WHEN {test.sql} THEN {then.sql} ELSE {otherwise.sql} END", lambda row: yes(row) if asked(row) else no(row))


def known(step: Step) -> Step:
    """Whether there is something."""
    run = step.of
    return Step(f"({step.sql} IS NOT NULL)", lambda row: run(row) is not None)


def unknown(step: Step) -> Step:
    """Whether there is nothing."""
    run = step.of
    return Step(f"({step.sql} IS NULL)", lambda row: run(row) is None)


def every(*tests: Step) -> Step:
    """Whether all of some tests hold."""
    runs = [test.of for test in tests]
    return Step(f"({' AND '.join(test.sql for test in tests)})", lambda row: all(run(row) for run in runs))


def some(*tests: Step) -> Step:
    """Whether one of some tests holds."""
    runs = [test.of for test in tests]
    return Step(f"({' OR '.join(test.sql for test in tests)})", lambda row: any(run(row) for run in runs))


def among(step: Step, values: Collection[str]) -> Step:
    """Whether a text is one of some."""
    run, held = step.of, frozenset(values)
    return Step(f"({step.sql} IN ({', '.join(map(quote, sorted(held)))}))" if held else "FALSE", lambda row: run(row) in held)


def joined(sign: str, *steps: Step) -> Step:
    """What there is of some texts, with a sign between."""
    runs = [step.of for step in steps]
    return Step(f"concat_ws({quote(sign)}, {', '.join(step.sql for step in steps)})",
                lambda row: sign.join([value for run in runs if (value := run(row)) is not None]))  # fmt: skip


def chained(*steps: Step) -> Step:
    """Some texts one after the other; nothing when one of them is."""
    runs = [step.of for step in steps]

    def of(row: Mapping[str, Any]) -> str | None:
        found = []
        for run in runs:
            if (value := run(row)) is None:
                return None
            found.append(value)
        return "".join(found)

    return Step(f"({' || '.join(step.sql for step in steps)})", of)


def filled(step: Step) -> Step:
    """A text, or nothing for an empty one."""
    run = step.of
    return Step(f"nullif({step.sql}, '')", lambda row: run(row) or None)


def lower(step: Step) -> Step:
    run = step.of
    return Step(f"lower({step.sql})", lambda row: None if (value := run(row)) is None else value.lower())


def replaced(step: Step, old: str, new: str) -> Step:
    run = step.of
    return Step(f"replace({step.sql}, {quote(old)}, {quote(new)})", lambda row: None if (value := run(row)) is None else value.replace(old, new))


ZEROS = re.compile(r"\.0+\Z")


def whole(step: Step) -> Step:
    """A printed number without zeros behind its point, where nothing else stands there."""
    run = step.of
    return Step(f"regexp_replace({step.sql}, '\\.0+$', '')", lambda row: None if (value := run(row)) is None else ZEROS.sub("", value))


def said(step: Step) -> Step:
    """A truth as a text."""
    run = step.of
    return Step(f"{step.sql}::VARCHAR", lambda row: printed(run(row)))


def day(name: str, month: str, year: str) -> Step:
    """The day of a FHIR date: what stands behind a month or a year alone is added."""
    lengths = {4: year, 7: month}

    def of(row: Mapping[str, Any]) -> str | None:
        held = row[name]
        return None if held is None else held + more if (more := lengths.get(len(held))) else held[:DAY_LENGTH]

    return Step(f"CASE length({name}) WHEN 4 THEN {name} || '{year}' WHEN 7 THEN {name} || '{month}' ELSE {name}[:{DAY_LENGTH}] END", of)


def begins(*names: str) -> Step:
    """The first of some dates that is given, as the day something begins; a month or a year alone is its middle, wrong by half of it at most."""
    return first(*(day(name, "-15", "-07-01") for name in names))


def ends(*names: str) -> Step:
    """The first of some dates that is given, where something ends: a month or a year alone ends with it."""
    return first(*(day(name, "-28", "-12-31") for name in names))


def real(sql: str) -> str:
    """SQL of a text as a day: NULL unless it is one that exists, written as ISO writes it."""
    return f"CASE WHEN length({sql}) = {DAY_LENGTH} AND TRY_CAST({sql} AS DATE)::VARCHAR = {sql} THEN TRY_CAST({sql} AS DATE) END"


@lru_cache(maxsize=65536)
def real_day(text: str | None) -> date | None:
    """A text as a day: None unless it is one that exists, written as ISO writes it."""
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.isoformat() == text else None


def supplied(start: Step, amount: Step, days: Step) -> Step:
    """The day until which a supply lasts; nothing when its start or its length cannot be read, or it is longer than any supply."""
    length = f"(TRY_CAST({amount.sql} AS DOUBLE) * {days.sql})"
    begins, much, unit = start.of, amount.of, days.of

    def of(row: Mapping[str, Any]) -> str | None:
        since, held, times = real_day(begins(row)), number(much(row)), unit(row)
        if since is None or held is None or times is None or not abs(held * times) <= LONGEST_SUPPLY:
            return None
        try:
            return (since + timedelta(round(held * times))).isoformat()
        except OverflowError:
            # beyond the calendar: a text, and no day
            return ""

    return Step(f"({real(start.sql)} + CASE WHEN abs({length}) <= {LONGEST_SUPPLY} THEN {length}::INT END)::VARCHAR", of)


def exact(step: Step) -> Step:
    """A text that is a day; nothing where it is none."""
    run = step.of
    return Step(f"({real(step.sql)})::VARCHAR", lambda row: value if (value := run(row)) is not None and real_day(value) else None)
