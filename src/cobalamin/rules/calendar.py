"""The living dose calendar: a regimen advised today, the doses really received, and what is planned from today on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from cobalamin.model.calendar import TO_COME, Counted, DoseCalendar, Planned, Received, Unmatched
from cobalamin.rules.course import overdue
from cobalamin.rules.history import History
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.received import Limits, limits
from cobalamin.rules.schedules import Regimen


@dataclass(frozen=True)
class Asked:
    """What a calendar is made for: the regimen advised on a day, and whatever else is known of the plan.

    *begun* is the day the plan began, where that is known and no dose tells it; *followed* the regimen that past doses were given by,
    where it was another; *years* the completed years of age.
    """

    advised: Regimen | None
    as_of: date
    guideline: str
    years: int | None = None
    begun: date | None = None
    followed: Regimen | None = None


def dose_calendar(asked: Asked, doses: Sequence[Received], knowledge: Knowledge, unmatched: Sequence[Unmatched] = ()) -> DoseCalendar:
    """Say of every received dose what it counts for, and plan the rest from the day of assessment on.

    Doses after that day do not exist. Nothing is planned on a day on which an injection was given.
    """
    return _Maker(asked, sorted(doses, key=lambda dose: dose.day), knowledge, tuple(unmatched)).calendar()


def injects(regimen: Regimen | None, knowledge: Knowledge) -> bool:
    """Whether a regimen gives injections."""
    return regimen is not None and any(stretch.route in knowledge.reading["given_once_by"] for stretch in regimen.doses)


class _Maker:
    def __init__(self, asked: Asked, doses: list[Received], knowledge: Knowledge, unmatched: tuple[Unmatched, ...]):
        assert knowledge.judging is not None
        self.asked, self.knowledge, self.judging, self.unmatched = asked, knowledge, knowledge.judging, unmatched
        self.limits: Limits = limits(knowledge, asked.guideline, asked.as_of.isoformat(), asked.years)
        self.advised, self.as_of = asked.advised, asked.as_of
        if asked.begun:
            self.earlier = [dose for dose in doses if dose.day < asked.begun - timedelta(days=self.limits.course_gap)]
        else:
            self.earlier = self._before_pause(doses)
        self.doses = doses[len(self.earlier) :]
        self.injections = [dose for dose in self.doses if dose.injected]
        self.routes = frozenset(knowledge.reading["given_once_by"])

    def _before_pause(self, doses: list[Received]) -> list[Received]:
        """The doses before the last pause after which treatment counts as begun anew."""
        cut = 0
        days = [*(dose.day for dose in doses), self.as_of]
        for at, (before, after) in enumerate(pairwise(days), 1):
            if (after - before).days > self.limits.lapse:
                cut = at
        return doses[:cut]

    # ---- which regimen the past is read by

    @property
    def upkeep(self) -> bool:
        """Whether the regimen advised is upkeep, counted from the injection before."""
        return self.advised is not None and self.advised.due is not None

    @property
    def again(self) -> bool:
        """Whether the regimen advised is a course that begins on the day of assessment whatever came before."""
        return self.advised is not None and not self.advised.counted_from and injects(self.advised, self.knowledge)

    def followed(self) -> Regimen | None:
        """The regimen the past is read by: the one advised, or the course that it goes on from or begins again."""
        advised = self.advised
        if advised is None or not injects(advised, self.knowledge):
            return self.asked.followed or advised
        if self.again:
            return next((r for r in self.knowledge.regimens.values() if r.counted_from and r.doses == advised.doses), advised)
        if not self.upkeep:
            return advised
        courses = [r for r in self.knowledge.regimens.values() if r.counted_from and r.due is None and _goes_on_as(r, advised)]
        if self.asked.followed in courses:
            return self.asked.followed
        longest = self._longest_run()
        if not courses:
            return self.asked.followed if self.asked.followed and self.injections else advised
        # injections that are all far apart are upkeep: the first course is older than the record
        return min(courses, key=lambda course: abs(len(course.doses[0].at) - longest)) if longest > 1 else advised

    def _longest_run(self) -> int:
        """The most injections in a row that are each within a week of the one before."""
        longest = run = 1 if self.injections else 0
        for before, after in pairwise(sorted({dose.day for dose in self.injections})):
            run = run + 1 if (after - before).days <= self.limits.course_gap else 1
            longest = max(longest, run)
        return longest

    # ---- what is planned

    def calendar(self) -> DoseCalendar:
        regimen = self.followed()
        if regimen is None or not regimen.doses:
            counted = [Counted(dose, None, ("before_plan",)) for dose in self.doses]
            return self._made(None, None, "none", (), counted)
        begun = self.asked.begun or self._start(regimen)
        history = History(regimen, begun, self.limits, self.judging, self.routes, self.as_of, self._endless(regimen), self.again)
        history.read(self.doses)
        decision = self._go_on(history, regimen)
        planned, counted_now = history.rows()
        return self._made(regimen, begun, decision, planned, counted_now)

    def _start(self, regimen: Regimen) -> date:
        if injects(regimen, self.knowledge) and self.injections:
            return self.injections[0].day
        return regimen.start(self.as_of, None)

    def _taken(self, row: Planned) -> Planned:
        """Tablets that are being taken keep the day they were begun on."""
        since = [held.since for held in self.unmatched
                 if held.reason == "taken_since" and held.drug == row.drug and (held.until is None or held.until >= self.as_of)]  # fmt: skip
        return replace(row, planned=min(since), due=min(since)) if since and row.state == TO_COME and row.until and row.day == self.as_of else row

    def _endless(self, regimen: Regimen) -> bool:
        """Whether a regimen goes on at its last interval: it is upkeep, or ends in one."""
        return any(r.due is not None and _goes_on_as(regimen, r) for r in self.knowledge.regimens.values())

    def _go_on(self, history: History, regimen: Regimen) -> str:
        """Plan what is to come, and say how the plan goes on."""
        advised = self.advised
        under_way = history.last is not None and (self.as_of - history.last).days <= self.limits.course_gap and any(s.close for s in history.course.open)
        fresh = history.course.first is not None and (self.as_of - history.course.first).days <= self.limits.open_for
        if advised is None or not advised.doses:
            history.course.close_at(self.as_of, "no_plan")
            return "none"
        same = advised.doses == regimen.doses or (self.upkeep and _goes_on_as(regimen, advised))
        if not same:
            start = advised.start(self.as_of, (self.as_of - history.fitting).days if self.upkeep and history.fitting else None)
            history.change(advised, self._free(start), "changed", self.as_of, self._endless(advised))
            self._late(history)
            history.course.keep(0)
            return "changed"
        if history.last is not None and not under_way and ((self.again and not fresh) or (not self.upkeep and history.broken_off(self.as_of))):
            history.change(advised, self._free(self.as_of), "gap_in_course", self.as_of, self._endless(advised))
            return "begin_again"
        if self.upkeep and not under_way:
            history.leave_course(self.as_of)
        self._late(history)
        history.course.keep(sum(len(stretch.at) for stretch in advised.doses) if self.upkeep else 0)
        return "go_on" if self.injections or history.last else "begin"

    def _late(self, history: History) -> None:
        """Plan for today what is late, and move what follows."""
        slot = history.course.next()
        if slot is None:
            return
        if not slot.close:
            slot = history.passed(slot, self.as_of)
        days = (self._free(max(slot.due, self.as_of)) - slot.due).days
        if slot.due < self.as_of:
            gap = "late_start" if history.last is None else "gap_in_whole_course" if slot.close else "gap_in_upkeep"
            due = slot.due
            history.course.move(days)
            slot.shifted -= days
            overdue(slot, due + timedelta(days=days), gap)
        else:
            history.course.move(days)

    def _free(self, day: date) -> date:
        """*day*, or the next where an injection was given on it already."""
        return day + timedelta(days=1) if any(dose.day == day for dose in self.injections) else day

    def _made(self, regimen: Regimen | None, begun: date | None, decision: str, planned: Sequence[Planned], counted: Sequence[Counted]) -> DoseCalendar:
        earlier = [Counted(dose, None, ("before_plan" if self.asked.begun else "earlier_treatment",)) for dose in self.earlier]
        return DoseCalendar("", self.as_of, self.asked.guideline, self.advised.id if self.advised else None, regimen.id if regimen else None, begun, decision,
                            tuple(map(self._taken, planned)), (*earlier, *counted), self.unmatched)  # fmt: skip


def _goes_on_as(regimen: Regimen, upkeep: Regimen) -> bool:
    """Whether the last stretch of a regimen is what an upkeep regimen gives."""
    if not regimen.doses or not upkeep.doses:
        return False
    last, first = regimen.doses[-1], upkeep.doses[0]
    return last.lasting is None and last.every is not None and (last.drug, last.ug, last.route, last.every) == (first.drug, first.ug, first.route, first.every)
