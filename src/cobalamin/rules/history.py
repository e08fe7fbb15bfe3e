"""The doses received in one treatment, in order: which counts for which planned one, and which were missed.

A dose that was early or late moves everything after it by as many days, so that no interval grows or shrinks; a dose that does not
count moves nothing. What has passed keeps its day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from cobalamin.model.calendar import GIVEN, MISSED, REPLACED, TO_COME, Counted, Planned, Received
from cobalamin.rules.course import Course, Slot
from cobalamin.rules.received import TIMING, Judging, Limits
from cobalamin.rules.schedules import Regimen


def fits(given: Received, slot: Slot, judging: Judging, injected_routes: frozenset[str]) -> list[str]:
    """What there is to say of drug, amount and route of a dose beside those planned; nothing where all are as planned."""
    want, found = slot.stretch, []
    if given.injected != (want.route in injected_routes):
        return ["injected_not_by_mouth" if given.injected else "by_mouth_not_injected"]
    if given.injected and given.route != want.route:
        found += {"intravenous": ["intravenous"], "subcutaneous": ["under_skin"]}.get(given.route, [])
    if given.amount_ug is None:
        found.append("amount_unknown")
    elif given.amount_ug < want.ug:
        found.append("smaller_amount")
    elif given.amount_ug > (want.up_to_ug or want.ug):
        found.append("larger_amount")
    if given.drug in judging.unnamed and want.drug not in judging.unnamed:
        found.append("form_unknown")
    elif given.drug != want.drug and want.drug not in judging.unnamed:
        lasting = given.drug in judging.lasting and want.drug not in judging.lasting
        found.append("lasting_form" if lasting else "other_form_in_course" if slot.close or slot.lasting else "other_form_in_upkeep")
    return sorted(found, key=judging.counts)


@dataclass
class History:
    """The received doses of one treatment read one after the other against the courses they belong to."""

    regimen: Regimen
    start: date
    limits: Limits
    judging: Judging
    injected_routes: frozenset[str]
    as_of: date
    endless: bool = False
    again: bool = False
    """Whether the first course is advised again on the day of assessment."""
    done: list[Slot] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    last: date | None = None
    """The day of the last dose that counted."""
    fitting: date | None = None
    """The day of the last dose of the right drug, amount and route, whether it counted or not."""

    def __post_init__(self) -> None:
        self.course = Course(self.regimen, self.start, self.limits, self.endless)
        self.numbers: dict[int, Slot] = {}

    def read(self, doses: Sequence[Received]) -> None:
        """Say of every dose what it counts for; *doses* are in order of their days."""
        for at, given in enumerate(doses):
            slot = self._slot(given, doses[at:])
            because = self._judged(given, slot)
            timed = slot is not None and not slot.lasting and because[0] in TIMING
            late = (given.day - slot.due).days if slot and timed else 0
            self.counted.append(Counted(given, None, tuple(because), late))
            if slot and all(map(self.judging.counts, because)):
                self.numbers[len(self.counted) - 1] = slot
                self._give(slot, given.day, late, because[0])

    def _give(self, slot: Slot, day: date, late: int, because: str) -> None:
        if slot.lasting:
            return
        slot.late, slot.because = late, because
        due = slot.due
        self.course.move((day - due).days)
        slot.shifted -= (day - due).days
        slot.state, slot.day = GIVEN, day
        self.course.first = self.course.first or day
        self.last = day

    def _judged(self, given: Received, slot: Slot | None) -> list[str]:
        """Why a dose counts or does not, the deciding reason first."""
        if given.day < self.start - timedelta(days=0 if slot is None else self.limits.course_gap):
            return ["before_plan"]
        if slot is None:
            return ["plan_over"]
        kind = fits(given, slot, self.judging, self.injected_routes)
        if not all(map(self.judging.counts, kind)):
            return kind
        if slot.lasting:
            return ["tablet_taken", *kind]
        self.fitting = given.day
        return [self._timing(given.day, slot), *kind]

    def _timing(self, day: date, slot: Slot) -> str:
        if self.last is not None and day <= self.last:
            return "same_day"
        if day == slot.due:
            return "on_time"
        if day > slot.due:
            return "late"
        if slot.close or self.last is None:
            return "early" if self.last is None or (day - self.last).days >= self.limits.shortest_gap else "too_early"
        return "early" if (slot.due - day).days <= self.course.interval(slot) // self.limits.early_part else "too_early"

    def _slot(self, given: Received, rest: Sequence[Received]) -> Slot | None:
        """The planned dose that a received one is held against, after the gap before it has been looked at."""
        tablets = [slot for slot in self.course.slots if slot.lasting and slot.state == TO_COME and slot.due <= given.day]
        if not given.injected and tablets:
            return tablets[-1]
        slot = self.course.next()
        if slot is None:
            return tablets[-1] if tablets else None
        if (last := self.course.goes_on(given.day)) and all(map(self.judging.counts, fits(given, last, self.judging, self.injected_routes))):
            return self.course.prolonged(last)
        misfit = [id for id in fits(given, slot, self.judging, self.injected_routes) if not self.judging.counts(id)]
        if misfit and misfit != ["other_form_in_upkeep"]:
            return slot
        if self._begins_course(given, slot, rest):
            self._begin_again(given.day, "gap_in_course" if slot.close else "changed")
            return self.course.next()
        if slot.close and self.last and (given.day - self.last).days > self.limits.course_gap and not self._course_open(given.day):
            self.leave_course(given.day)
            slot = self.course.next()
        if slot is not None and not slot.close:
            slot = self.passed(slot, given.day)
        return slot

    def leave_course(self, day: date) -> None:
        """What is left of a first course on *day* is not given any more; upkeep follows its last injection as if it had been whole."""
        left = [slot for slot in self.course.open if slot.close]
        self.course.end(left, day, "course_left")
        if left and self.last is not None:
            self.course.move((self.last - left[-1].due).days)

    def passed(self, slot: Slot, day: date) -> Slot:
        """The dose that is due on *day*: those that another has come due after were missed."""
        while self.last is not None and (after := self.course.after(slot)) is not None and after.due <= day:
            slot.state, slot.day, slot.because = MISSED, slot.due, "missed"
            slot = after
        return slot

    def _course_open(self, day: date) -> bool:
        return self.course.first is not None and (day - self.course.first).days <= self.limits.open_for

    def broken_off(self, day: date) -> bool:
        """Whether a first course stopped before it was whole, too long before *day* to go on."""
        slot = next(iter(self.course.open), None)
        if slot is None or not slot.close or self.last is None or self.course.first is None or (day - self.last).days <= self.limits.course_gap:
            return False
        whole = (self.last - self.course.first).days >= self.limits.whole_from
        return self.judging.begins_again("gap_in_whole_course" if whole else "gap_in_course")

    def _begins_course(self, given: Received, slot: Slot, rest: Sequence[Received]) -> bool:
        """Whether a dose is the first of a course given again: after one broken off, or of several within a week of one another."""
        if self.broken_off(given.day):
            return True
        closed = not slot.close and any(other.close for other in self.course.slots)
        if not closed or self.last is None or self._course_open(given.day) or (given.day - self.last).days <= self.limits.course_gap:
            return False
        run = 1
        for before, after in pairwise(rest):
            if (after.day - before.day).days > self.limits.course_gap:
                break
            run += before.day < after.day
        advised = self.again and (self.as_of - rest[-1].day).days <= self.limits.course_gap and run == len({other.day for other in rest})
        return advised or run >= self.limits.course_seen_from

    def _begin_again(self, day: date, because: str) -> None:
        self.change(self.course.regimen, day, because, day, self.endless)

    def change(self, regimen: Regimen, start: date, because: str, day: date, endless: bool) -> None:
        """Another course begins on *start*; what the one before had planned ends on *day*."""
        self.course.close_at(day, because)
        self.done += self.course.slots
        self.course = Course(regimen, start, self.limits, endless)

    def rows(self) -> tuple[tuple[Planned, ...], tuple[Counted, ...]]:
        """Every planned dose and every received one; what is no longer planned has the numbers that follow those before it."""
        number = beyond = 0
        slots = [*self.done, *self.course.slots]
        for slot in slots:
            number, beyond = (number, beyond + 1) if slot.state == REPLACED else (number + 1, 0)
            slot.number = number + beyond
        replaced = [slot for slot in slots if slot.state == REPLACED]
        counted = [Counted(row.received, self.numbers[at].number if at in self.numbers else None, row.because, row.days) for at, row in enumerate(self.counted)]
        live = [slot.frozen(self.as_of) for slot in slots if slot.state != REPLACED]
        return (*live, *(slot.frozen() for slot in replaced)), tuple(counted)
