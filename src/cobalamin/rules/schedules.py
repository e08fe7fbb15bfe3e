"""Schedules: what happens on which days. A regimen gives doses; a review looks at something.

A schedule counts from the day of assessment, or from a day some days ago that a feature tells (`counted_from`).
With `due`, its first day comes so long after that day, or on the day of assessment where that has passed; without, days
that have passed are left out.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules.files import at, mapping_at, only_keys, place_of
from cobalamin.rules.parameters import Evidence, read_evidence

REGIMEN, REGIMENS_ALSO, REVIEWS, WORKLIST = "regimen", "regimens_also", "reviews", "worklist_"
"""The conclusions whose words name a regimen, others that would do as well, and reviews; how those begin whose words name tasks."""
WORKLIST_STAGE = "worklist"
"""The stage of the pathway that says who stands on a worklist; it runs on request."""
UNITS = {"day": (1, 0), "week": (7, 0), "month": (0, 1)}
"""A span's unit as days and calendar months."""
SURENESS = ("guideline", "label", "trials", "small_trial", "cohorts", "practice")
"""What a regimen rests on, surest first: a guideline, a product label, trials, one small trial, cohorts without controls, practice."""
SCHEDULE_KEYS = {"counted_from", "due", "source", "where", "checked", "since", "reviewer", "note"}
DOSE_KEYS = {"drug", "ug", "up_to_ug", "route", "on_days", "from", "every", "times", "for", "parts", "while_it_helps"}


@dataclass(frozen=True)
class Span:
    """A stretch of time: days, or calendar months."""

    days: int = 0
    months: int = 0

    def after(self, day: date) -> date:
        """The day so long after *day*; the last of a month that is too short.

        >>> Span(months=1).after(date(2026, 1, 31))
        datetime.date(2026, 2, 28)
        """
        month = day.month - 1 + self.months
        year, month = day.year + month // 12, month % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1])) + timedelta(days=self.days)

    def times(self, number: int) -> Span:
        """This span *number* times over."""
        return Span(self.days * number, self.months * number)


@dataclass(frozen=True)
class Doses:
    """One stretch of a regimen: an amount of a drug by a route, at each of `at`, or every day from the first of them `lasting` so long.

    The amount is that of a day; it is taken in so many `parts`. Injections given `while_it_helps` may go on beyond those that are dated.
    """

    drug: str
    ug: float
    up_to_ug: float | None
    route: str
    at: tuple[Span, ...]
    every: Span | None
    lasting: Span | None
    parts: int = 1
    while_it_helps: bool = False


@dataclass(frozen=True)
class Schedule:
    """Where days are counted from, when the first is due, and where that comes from."""

    id: str
    counted_from: str
    due: Span | None
    evidence: Evidence
    note: str
    place: Place

    def start(self, as_of: date, days_ago: int | None) -> date:
        """The day that everything is counted from."""
        anchor = as_of if days_ago is None else as_of - timedelta(days=days_ago)
        return anchor if self.due is None else max(as_of, self.due.after(anchor))


@dataclass(frozen=True)
class Regimen(Schedule):
    """A treatment with B12 as stretches of doses; `sure` says what kind of evidence it rests on."""

    route: str
    sure: str
    doses: tuple[Doses, ...]

    @property
    def drugs(self) -> tuple[str, ...]:
        """Every drug it gives."""
        return tuple(dict.fromkeys(stretch.drug for stretch in self.doses))

    def parts_of(self, dose: Mapping[str, Any]) -> int:
        """In how many parts the amount of a dated dose is taken."""
        held = (dose["drug"], dose["amount_ug"], dose["route"])
        return next((stretch.parts for stretch in self.doses if (stretch.drug, stretch.ug, stretch.route) == held), 1)


@dataclass(frozen=True)
class Review(Schedule):
    """A day on which to look again, and at what."""

    what: tuple[str, ...]


@dataclass(frozen=True)
class Task(Schedule):
    """What somebody on a worklist is there for: by when it was or is to be done, how urgent that is, and the steps."""

    urgency: str
    what: tuple[str, ...]

    def due_on(self, as_of: date, days_ago: int | None) -> date:
        """The day it is due, which may lie behind; the day of assessment where the day it counts from is not on record."""
        return as_of if days_ago is None else (self.due or Span()).after(as_of - timedelta(days=days_ago))


def dated_doses(regimen: Regimen, as_of: date, days_ago: int | None) -> Iterator[dict[str, Any]]:
    """Every dose still to come, one row each; tablets taken every so often are one row with `every_days` and `until`."""
    start = regimen.start(as_of, days_ago)
    for stretch in regimen.doses:
        for span in stretch.at:
            day = span.after(start)
            until = stretch.lasting.after(day) if stretch.lasting else day
            if until >= as_of:
                yield {
                    "date": max(day, as_of).isoformat() if stretch.lasting else day.isoformat(),
                    "drug": stretch.drug, "amount_ug": stretch.ug, "up_to_ug": stretch.up_to_ug, "route": stretch.route,
                    "every_days": stretch.every.days if stretch.every and stretch.lasting else None,
                    "until": until.isoformat() if stretch.lasting else None,
                }  # fmt: skip


def dated_review(review: Review, as_of: date, days_ago: int | None) -> dict[str, Any]:
    """A review as it stands in the assessment."""
    return {"date": max(as_of, review.start(as_of, days_ago)).isoformat(), "review": review.id, "what": list(review.what)}


# ---- reading


def read_span(text: object, place: Place) -> Span:
    """`3 months`, `2 days`, `1 week` as a span."""
    found = re.fullmatch(r"(\d+) (day|week|month)s?", str(text))
    if not found:
        raise KnowledgeError(f"'{text}' is no span of time.", place_of(text, place), "Write it like 2 days, 1 week or 3 months.", "span")
    days, months = UNITS[found[2]]
    return Span(days * int(found[1]), months * int(found[1]))


def read_regimen(id: str, tree: dict[str, Any], file: str, sources: dict[str, Any]) -> Regimen:
    """Check one regimen of a file and freeze it."""
    place = at(mapping_at(tree, Place(file, path=id)), file, id)
    only_keys(tree, SCHEDULE_KEYS | {"route", "sure", "doses"}, place)
    sure = str(tree.get("sure", ""))
    if sure not in SURENESS:
        raise KnowledgeError(f"sure is '{sure}', not one of {', '.join(SURENESS)}.", place, nearest(sure, SURENESS), "sureness")
    doses = tuple(_read_doses(mapping_at(body, place), place) for body in tree.get("doses") or ())
    return Regimen(**_schedule(id, tree, sources, place), route=str(tree.get("route", doses[0].route if doses else "")), sure=sure, doses=doses)


def read_review(id: str, tree: dict[str, Any], file: str, sources: dict[str, Any]) -> Review:
    """Check one review of a file and freeze it."""
    place = at(mapping_at(tree, Place(file, path=id)), file, id)
    only_keys(tree, SCHEDULE_KEYS | {"what"}, place)
    if not tree.get("what"):
        raise KnowledgeError("looks at nothing.", place, "Write what: [symptoms, complete_blood_count].", "review-shape")
    return Review(**_schedule(id, tree, sources, place), what=tuple(str(word) for word in tree["what"]))


def read_task(id: str, tree: dict[str, Any], file: str, sources: dict[str, Any], urgencies: Sequence[str]) -> Task:
    """Check one task of a file and freeze it; its urgency is one of *urgencies*."""
    place = at(mapping_at(tree, Place(file, path=id)), file, id)
    only_keys(tree, SCHEDULE_KEYS | {"urgency", "what"}, place)
    urgency = str(tree.get("urgency", ""))
    if urgency not in urgencies:
        raise KnowledgeError(f"urgency is '{urgency}', not one of {', '.join(urgencies)}.", place, nearest(urgency, urgencies), "urgency")
    if not tree.get("what"):
        raise KnowledgeError("leads to nothing.", place, "Write what: [start_treatment, find_cause].", "task-shape")
    return Task(**_schedule(id, tree, sources, place), urgency=urgency, what=tuple(str(word) for word in tree["what"]))


def _schedule(id: str, tree: dict[str, Any], sources: dict[str, Any], place: Place) -> dict[str, Any]:
    due = read_span(tree["due"], place) if "due" in tree else None
    return {"id": id, "counted_from": str(tree.get("counted_from", "")), "due": due, "evidence": read_evidence(tree, None, sources, place),
            "note": str(tree.get("note", "")), "place": place}  # fmt: skip


def _read_doses(tree: dict[str, Any], around: Place) -> Doses:
    place = place_of(tree, around)
    only_keys(tree, DOSE_KEYS, place)
    for key in ("drug", "ug", "route"):
        if key not in tree:
            raise KnowledgeError(f"a stretch of doses has no '{key}'.", place, "It needs drug, ug, route and its days.", "regimen-shape")
    first = read_span(tree.get("from", "0 days"), place)
    every = read_span(tree["every"], place) if "every" in tree else None
    lasting = read_span(tree["for"], place) if "for" in tree else None
    if lasting and (every is None or every.months):
        raise KnowledgeError("lasts a while and does not say every how many days.", place, "Write every: 1 day beside for.", "regimen-shape")
    if "on_days" in tree:
        at = tuple(Span(first.days + int(day), first.months) for day in tree["on_days"])
    else:
        steps = (every or Span()).times
        at = tuple(Span(first.days + step.days, first.months + step.months) for step in map(steps, range(int(tree.get("times", 1)))))
    return Doses(str(tree["drug"]), float(tree["ug"]), float(tree["up_to_ug"]) if "up_to_ug" in tree else None, str(tree["route"]), at, every, lasting,
                 int(tree.get("parts", 1)), tree.get("while_it_helps") is True)  # fmt: skip
