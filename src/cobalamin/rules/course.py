"""The planned doses of a regimen from a day on: which are close together, which is due next, and how they move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from cobalamin.model.calendar import GIVEN, MISSED, OVERDUE, REPLACED, TO_COME, Planned
from cobalamin.rules.received import Limits
from cobalamin.rules.schedules import Doses, Regimen, Span


@dataclass
class Slot:
    """One planned dose while the past is read: `close` when it is planned within a week of another, as in a first course."""

    stretch: Doses
    planned: date
    close: bool = False
    shifted: int = 0
    state: str = TO_COME
    day: date | None = None
    because: str = ""
    late: int = 0
    number: int = 0
    added: bool = False
    """Whether it stands behind the last dose that the regimen dates."""

    @property
    def due(self) -> date:
        return self.planned + timedelta(days=self.shifted)

    @property
    def lasting(self) -> bool:
        """Whether it is tablets over a time, and no dose of one day."""
        return self.stretch.lasting is not None

    def frozen(self, not_before: date | None = None) -> Planned:
        """The slot as a row; tablets that go on are planned from *not_before* at the earliest."""
        stretch, day = self.stretch, self.day or self.due
        until = stretch.lasting.after(self.due) if stretch.lasting else None
        if until and not_before and self.state == TO_COME:
            day = max(day, not_before)
        every = stretch.every.days if stretch.every and stretch.lasting else None
        return Planned(self.number, self.state, self.planned, self.due, day, stretch.drug, stretch.ug, stretch.up_to_ug, stretch.route, every, until,
                       self.because, self.late)  # fmt: skip


class Course:
    """The doses of a regimen begun on a day; one that is `endless` goes on at its last interval."""

    def __init__(self, regimen: Regimen, start: date, limits: Limits, endless: bool = False):
        self.regimen, self.start, self.limits, self.endless = regimen, start, limits, endless
        self.slots = [Slot(stretch, span.after(start)) for stretch in regimen.doses for span in stretch.at]
        self.slots.sort(key=lambda slot: slot.planned)
        doses = [slot for slot in self.slots if not slot.lasting]
        for before, after in pairwise(doses):
            if (after.planned - before.planned).days <= limits.course_gap:
                after.close = True
                if before is doses[0]:
                    before.close = True
        self.moved = 0
        """By how many days what is still to come has moved."""
        self.first: date | None = None
        """The day of its first dose that counted."""

    @property
    def open(self) -> list[Slot]:
        """Doses of one day that are neither given nor missed."""
        return [slot for slot in self.slots if slot.state == TO_COME and not slot.lasting]

    def next(self) -> Slot | None:
        """The dose that is due next; upkeep that is over goes on at its interval."""
        return next(iter(self.open), None) or self.extended()

    def after(self, slot: Slot) -> Slot | None:
        """The dose after *slot*."""
        following = self.open[self.open.index(slot) + 1 :]
        return following[0] if following else self.extended()

    def extended(self) -> Slot | None:
        """One more dose of the last stretch, where that goes on; None where the regimen ends."""
        if not self.endless:
            return None
        stretch, doses = self.regimen.doses[-1], [slot for slot in self.slots if not slot.lasting]
        assert stretch.every is not None
        number = sum(slot.stretch is stretch for slot in doses)
        first, step = stretch.at[0], stretch.every.times(number)
        added = Slot(stretch, Span(first.days + step.days, first.months + step.months).after(self.start), shifted=self.moved, added=True)
        self.slots.append(added)
        return added

    def goes_on(self, day: date) -> Slot | None:
        """The last injection of a first course that is given while it helps, where *day* is within a week of it and upkeep is next; else None."""
        given = [slot for slot in self.slots if slot.state == GIVEN]
        if not given or not given[-1].stretch.while_it_helps or any(slot.close for slot in self.open):
            return None
        return given[-1] if given[-1].day is not None and 0 < (day - given[-1].day).days <= self.limits.course_gap else None

    def prolonged(self, last: Slot) -> Slot:
        """One more injection after the *last* of a first course; upkeep waits for it."""
        assert last.stretch.every is not None
        assert last.day is not None
        step = last.stretch.every.days
        added = Slot(last.stretch, last.planned + timedelta(days=step), close=True, shifted=(last.day - last.planned).days)
        self.move(step)
        self.slots.insert(self.slots.index(last) + 1, added)
        return added

    def interval(self, slot: Slot) -> int:
        """Days planned between a dose and the one before it."""
        doses = [other for other in self.slots if not other.lasting]
        at = doses.index(slot)
        return (slot.planned - doses[at - 1].planned).days if at else 0

    def move(self, days: int) -> None:
        """Everything that is still to come moves by so many days."""
        self.moved += days
        for slot in self.slots:
            if slot.state == TO_COME:
                slot.shifted += days

    def keep(self, most: int) -> None:
        """So many doses to come where the regimen goes on, and no more of those behind the last that it dates."""
        late = sum(slot.state == OVERDUE for slot in self.slots)
        while len(self.open) + late < most and self.extended():
            pass
        while len(self.open) + late > most and self.slots[-1].added and self.slots[-1].state == TO_COME:
            self.slots.pop()

    def end(self, slots: Sequence[Slot], day: date, because: str) -> None:
        """These doses end on *day*: those due before were missed, the others are no longer planned."""
        for slot in slots:
            slot.state, slot.day, slot.because = (MISSED if slot.due < day and not slot.lasting else REPLACED), slot.due, because

    def close_at(self, day: date, because: str) -> None:
        """The course ends on *day*."""
        self.end([slot for slot in self.slots if slot.state == TO_COME], day, because)


def overdue(slot: Slot, day: date, because: str) -> None:
    """A dose that is late and planned for *day* now."""
    slot.state, slot.because, slot.late, slot.day = OVERDUE, because, (day - slot.due).days, day
