"""The dose calendar in words: each dose given and what it counts for, each one missed, and the same as rows of a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from cobalamin.model.calendar import GIVEN, MISSED, OVERDUE, Counted, DoseCalendar, Planned
from cobalamin.model.quantity import print_number
from cobalamin.outputs.content import Section
from cobalamin.outputs.language import Language, Voice, quantity_run
from cobalamin.outputs.plain import harmless
from cobalamin.outputs.treatment import Treatment
from cobalamin.outputs.worklist import BYTE_ORDER_MARK, MARKS
from cobalamin.rules.knowledge import Knowledge

COLUMNS = ("what", "number", "state", "date", "planned", "due", "drug", "amount_ug", "up_to_ug", "route", "every_days", "until", "counts_for", "because", "text")


class CalendarWords:
    """Say a dose calendar in one language."""

    def __init__(self, knowledge: Knowledge, words: Language):
        self.words, self.treatment = words, Treatment(knowledge, words)

    def sections(self, calendar: DoseCalendar, voice: Voice) -> Iterator[Section]:
        """What was given and missed, in order of days, and how the plan goes on; nothing while nothing was given, missed or is late."""
        past = list(self.past(calendar, voice))
        if past:
            decision = self.words.say(f"calendar-{calendar.decision}", voice)
            yield Section("dose-calendar", self.words.say("heading-dose-calendar", voice), (decision,), tuple(past))
        others = tuple(self.words.say("dose-no-day", voice, what=self.treatment.drug(row.drug, voice), date=self._day(row.since), why=self.why((row.reason,), voice))
                       for row in calendar.unmatched)  # fmt: skip
        if others and past:
            yield Section("not-doses", self.words.say("heading-not-doses", voice), (), others)

    def past(self, calendar: DoseCalendar, voice: Voice) -> Iterator[str]:
        """A line for each dose received, each one missed and one that is late now, by their days."""
        due = {row.number: row.due for row in calendar.kept}
        lines = [(row.received.day, 0, self.received(row, due, voice)) for row in calendar.received]
        lines += [(row.due, 1, self.planned(row, voice)) for row in calendar.planned if row.state in (MISSED, OVERDUE)]
        return (line for _, _, line in sorted(lines, key=lambda entry: entry[:2]))

    def received(self, row: Counted, due: dict[int, date], voice: Voice) -> str:
        """One received dose: what it was, what it counts for and why."""
        day = due.get(row.number or 0) or date.fromordinal(row.received.day.toordinal() - row.days)
        said = {"date": self._day(row.received.day), "what": self.what(row, voice), "why": self.why(row.because, voice, day)}
        if row.number is None:
            return self.words.say("dose-not-counted", voice, **said)
        return self.words.say("dose-counted", voice, **said, number=quantity_run(str(row.number)))

    def planned(self, row: Planned, voice: Voice) -> str:
        """One planned dose that was missed or is late."""
        said = {"date": self._day(row.due), "number": quantity_run(str(row.number)), "why": self.why((row.because,), voice, row.due)}
        return self.words.say("dose-late-now", voice, **said) if row.state == OVERDUE else self.words.say("dose-missed", voice, **said)

    def what(self, row: Counted, voice: Voice) -> str:
        """Drug, amount and route of a received dose, as far as the record has them."""
        given = row.received
        parts = [self.treatment.drug(given.drug, voice)]
        if given.amount_ug is not None:
            parts.append(self.treatment.amount(given.amount_ug, None, voice))
        if given.route:
            parts.append(self.words.say(f"route-{given.route}", voice))
        return self.words.joined(parts, voice)

    def why(self, because: Iterable[str], voice: Voice, due: date | None = None) -> str:
        """Reasons as one text."""
        return self.words.joined((self.words.say(f"received-{id}", voice, due=self._day(due) if due else "") for id in because if id), voice)

    @staticmethod
    def _day(day: date) -> str:
        return quantity_run(day.isoformat())


def csv_text(calendar: DoseCalendar, reviews: Iterable[dict[str, Any]], knowledge: Knowledge, words: Language, voice: Voice) -> str:
    """The calendar as rows of a spreadsheet: planned doses, received doses, reviews, each with a text in words."""
    said, buffer = CalendarWords(knowledge, words), io.StringIO(newline="")
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    due = {row.number: row.due for row in calendar.kept}
    rows: list[dict[str, Any]] = []
    for row in calendar.planned:
        text = said.planned(row, voice) if row.state in (MISSED, OVERDUE) else said.why((row.because,), voice, row.due) if row.state != GIVEN else ""
        rows.append({"what": "planned", **row.to_dict(), "text": text})
    rows += [{"what": "received", **counted.to_dict(), "text": said.received(counted, due, voice)} for counted in calendar.received]
    rows += [{"what": "review", "date": review["date"], "text": words.joined((said.treatment.look(word, voice) for word in review["what"]), voice)}
             for review in reviews]  # fmt: skip
    for held in rows:
        because = held.get("because") or ()
        held["because"] = because if isinstance(because, str) else ";".join(because)
        if not words.right_to_left:
            held["text"] = MARKS.sub("", held["text"])
        writer.writerow({name: harmless(print_number(value) if isinstance(value, float) else str(value)) for name in COLUMNS if (value := held.get(name)) is not None})
    return BYTE_ORDER_MARK + buffer.getvalue()
