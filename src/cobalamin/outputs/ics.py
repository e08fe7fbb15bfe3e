"""A dose calendar as a file for the calendar of a phone or a clinic (iCalendar, RFC 5545): an event for each dose and each review.

Every event lasts a whole day, so that no time zone moves it. The id of an event is made of the person, the kind of event and the
number of the dose: when a plan is made again its events move and do not come twice. What was given or missed stays; what was missed or is
no longer planned is cancelled. The file names no METHOD: it is for importing, and nobody's invitation (RFC 5546 would want an organizer).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from cobalamin.errors import Place, UsageError
from cobalamin.model.calendar import GIVEN, MISSED, OVERDUE, REPLACED, DoseCalendar, Planned
from cobalamin.outputs.fhir.strings import string
from cobalamin.outputs.language import Voice, foreign_run, language, quantity_run
from cobalamin.outputs.treatment import Treatment
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.schedules import read_span

if TYPE_CHECKING:
    from icalendar import Calendar, Event

NEEDS_ICALENDAR = "Calendar files need icalendar: pip install 'cobalamin[calendar]'."
PRODUCT, DISCREET_PRODUCT = "-//Cobalamin//Dose calendar//EN", "-//Appointments//EN"
DAY = timedelta(days=1)
SINCE = datetime(2020, 1, 1, tzinfo=UTC)
"""From where the minutes are counted that number the versions of an event."""


@dataclass(frozen=True)
class Happening:
    """One event before it is written: a day, its title and lines, whether it is over or cancelled, and how often it comes back."""

    key: str
    day: date
    title: str
    lines: tuple[str, ...]
    remind: bool = True
    cancelled: bool = False
    every_days: int = 0
    until: date | None = None


def calendar_ics(calendar: DoseCalendar, reviews: Iterable[dict[str, Any]], knowledge: Knowledge, lang: str = "en", *, voice: Voice = "lay",
                 discreet: bool = False, named: bool = False, stamp: datetime | None = None) -> bytes:  # fmt: skip
    """The file. *reviews* are those of the assessment.

    *discreet* leaves every word of B12 out of it, for a phone that others see; *named* puts the person's id into the titles, for the
    calendar of a clinic. *stamp* is when it is written, the beginning of the day of assessment unless given: a calendar keeps the later one
    of two versions of an event.
    """
    try:
        from icalendar import Calendar
    except ImportError:
        raise UsageError(NEEDS_ICALENDAR) from None
    writer = _Writer(calendar, knowledge, lang, voice, discreet, named, stamp or datetime.combine(calendar.as_of, time(), UTC))
    found = Calendar()
    found.add("prodid", DISCREET_PRODUCT if discreet else PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    name = writer.say("event-calendar-name-discreet") if discreet else writer.say("event-calendar-name")
    found.add("name", name)
    found.add("x-wr-calname", name)
    return writer.written(found, [*writer.doses(), *writer.reviews(reviews)])


class _Writer:
    def __init__(self, calendar: DoseCalendar, knowledge: Knowledge, lang: str, voice: Voice, discreet: bool, named: bool, stamp: datetime):
        self.calendar, self.knowledge, self.voice, self.discreet, self.named, self.stamp = calendar, knowledge, voice, discreet, named, stamp
        self.how, self.words = knowledge.phone_calendar, language(lang)
        self.treatment = Treatment(knowledge, self.words)
        self.refill = read_span(self.how["refill"], Place("phone_calendar.yaml"))

    def say(self, id: str, **values: str | int) -> str:
        """A sentence as a calendar shows it: no marks of direction where the language needs none."""
        return string(self.words.say(id, self.voice, **values), self.words)

    # ---- what happens

    def doses(self) -> Iterator[Happening]:
        """Every planned dose, given or to come; tablets as their beginning and a reminder of supply, or as the days they are taken on."""
        live = {row.number for row in self.calendar.kept}
        for row in self.calendar.planned:
            if row.until is not None:
                if row.state != REPLACED:
                    yield from self._tablets(row)
            elif row.state != REPLACED or row.number not in live:
                yield self._dose(row)

    def _dose(self, row: Planned) -> Happening:
        injected = row.route in self.knowledge.reading["given_once_by"]
        number = quantity_run(str(row.number))
        title = self.say("event-injection", number=number) if injected else self.say("event-dose", number=number)
        lines = [] if row.state == REPLACED else [self._what(row)]
        if row.state == GIVEN:
            lines.append(self.say("event-given"))
        elif row.state == MISSED:
            lines.append(self.say("event-not-given"))
        elif row.state == REPLACED:
            lines.append(self.say("event-left"))
        elif row.state == OVERDUE:
            lines.append(self.say("event-late", due=quantity_run(row.due.isoformat())))
        cancelled = row.state in (MISSED, REPLACED)
        return Happening(f"dose\n{row.number}", row.day, title, tuple(lines), remind=row.state != GIVEN and not cancelled, cancelled=cancelled)

    def _tablets(self, row: Planned) -> Iterator[Happening]:
        assert row.until is not None
        lines = (self._what(row), self.say("received-tablet-missed"))
        if row.every_days and row.every_days > 1:
            yield Happening(f"dose\n{row.number}", row.day, self.say("event-tablets-day"), lines, every_days=row.every_days, until=row.until)
            return
        begun = min(row.planned, row.day)
        title = self.say("event-tablets-go-on") if begun < self.calendar.as_of else self.say("event-tablets-start")
        yield Happening(f"dose\n{row.number}", begun, title, lines, remind=begun >= self.calendar.as_of)
        times = 1
        while (day := self.refill.times(times).after(begun)) < row.until:
            if day >= self.calendar.as_of:
                yield Happening(f"dose\n{row.number}\nrefill {times}", day, self.say("event-tablets-refill"), (self._what(row),))
            times += 1

    def reviews(self, reviews: Iterable[dict[str, Any]]) -> Iterator[Happening]:
        """Every review; one that follows an injection is another after each of them."""
        given = max((row.number for row in self.calendar.kept if row.state == GIVEN), default=0)
        for review in reviews:
            known = self.knowledge.reviews.get(review["review"])
            after = f"\n{given}" if known and known.counted_from == self._upkeep_counts_from() else ""
            what = self.words.joined((self.treatment.look(word, self.voice) for word in review["what"]), self.voice)
            lines = (self.say("event-looks-at", what=what),)
            yield Happening(f"review\n{review['review']}{after}", date.fromisoformat(review["date"]), self.say("event-review"), lines)

    def _upkeep_counts_from(self) -> str:
        """The day that upkeep is counted from: the injection before."""
        return next((regimen.counted_from for regimen in self.knowledge.regimens.values() if regimen.due is not None), "")

    def _what(self, row: Planned) -> str:
        """Amount, drug and route of a dose."""
        parts = (self.treatment.amount(row.amount_ug, row.up_to_ug, self.voice), self.treatment.drug(row.drug, self.voice),
                 self.words.say(f"route-{row.route}", self.voice))  # fmt: skip
        return string(self.words.joined(parts, self.voice), self.words)

    # ---- how it is written

    def written(self, found: Calendar, happenings: Iterable[Happening]) -> bytes:
        """The events in order of their days, as the bytes of a file."""
        for happening in sorted(happenings, key=lambda each: (each.day, each.key)):
            found.add_component(self._event(happening))
        return bytes(found.to_ical())

    def _event(self, happening: Happening) -> Event:
        from icalendar import Event

        event = Event()
        event.add("uid", self.uid(happening.key))
        event.add("dtstamp", self.stamp)
        event.add("last-modified", self.stamp)
        event.add("sequence", max(0, int((self.stamp - SINCE).total_seconds() // 60)))
        event.add("dtstart", happening.day)
        event.add("dtend", happening.day + DAY)
        if happening.every_days and happening.until:
            event.add("rrule", {"freq": "daily", "interval": happening.every_days, "until": happening.until})
        title, lines = (self.say("event-discreet"), [self.say("event-discreet-note")]) if self.discreet else (happening.title, list(happening.lines))
        if self.named:
            title = self.say("event-of", patient=foreign_run(self.calendar.patient_id), title=title)
        spoken = {"language": self.words.code}
        event.add("summary", title, parameters=spoken)
        event.add("description", "\n".join(lines if self.discreet else [*lines, self.say("event-note")]), parameters=spoken)
        event.add("status", "CANCELLED" if happening.cancelled else "CONFIRMED")
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        for hours in self.how["remind_hours"] if happening.remind else ():
            event.add_component(self._alarm(title, hours))
        return event

    def _alarm(self, title: str, hours: int) -> Any:
        from icalendar import Alarm

        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(hours=hours))
        alarm.add("description", title)
        return alarm

    def uid(self, key: str) -> str:
        """The id of an event, the same each time. It is derived and not secret: who knows a person's id can compute it."""
        said = f"{self.calendar.patient_id}\n{key}"
        return str(uuid5(UUID(self.how["id_namespace"]), said.encode("utf-8", "backslashreplace").decode()))
