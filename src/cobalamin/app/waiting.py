"""How long people waited from the first day their record called for a test or for treatment: curves, medians and missed chances."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cobalamin.stats.survival import Curve, Point, kaplan_meier

MOST_POINTS = 200
Waits = tuple[Mapping[tuple[str, int, bool], int], Mapping[str, int]]
"""How many people waited so many days for a kind of thing and whether it then happened; and chances missed, by kind."""


def waiting(waits: Mapping[tuple[str, int, bool], int], missed: Mapping[str, int], marks: Sequence[int], confidence: float, below: int) -> list[dict[str, Any]]:
    """For each kind of wait the share still waiting, by days, with the median and the chances missed; None of what would point at few people.

    *waits* has how many people waited so many days for something of a kind (`test`, `treatment`) and whether it then happened.
    """
    kinds = sorted({kind for kind, _, _ in waits})
    return [_of_kind(kind, [(days, happened, people) for (of, days, happened), people in waits.items() if of == kind], missed.get(kind, 0), marks, confidence, below)
            for kind in kinds]  # fmt: skip


def _of_kind(kind: str, held: list[tuple[int, bool, int]], missed: int, marks: Sequence[int], confidence: float, below: int) -> dict[str, Any]:
    curve = kaplan_meier(held, confidence)
    found = {"kind": kind, "people": curve.people, "happened": curve.happened, "missed_chances": missed,
             "median": curve.median, "median_low": curve.median_low, "median_high": curve.median_high,
             "marks": [_mark(curve, day, below) for day in marks if day <= curve.points[-1].days], "curve": _thinned(curve)}  # fmt: skip
    if any(0 < number < below for number in (curve.people, curve.happened)):
        # the steps of a curve of few people are people
        found |= dict.fromkeys(("median", "median_low", "median_high"), None) | {"marks": [], "curve": []}
    if any(0 < number < below for number in (curve.happened, curve.people - curve.happened)):
        found["happened"] = None
    if 0 < curve.people < below:
        found["people"] = None
    if 0 < missed < below:
        found["missed_chances"] = None
    return found


def _at(curve: Curve, day: int) -> Point | None:
    """The last point of the curve on or before *day*."""
    return next((point for point in reversed(curve.points) if point.days <= day), None)


def _mark(curve: Curve, day: int, below: int) -> dict[str, Any]:
    point = _at(curve, day)
    waiting = sum(p.happened + p.left for p in curve.points if p.days > day)
    share, low, high = (point.share, point.low, point.high) if point else (1.0, 1.0, 1.0)
    return {"days": day, "waiting": None if 0 < waiting < below else waiting, "share": share, "low": low, "high": high}


def _thinned(curve: Curve) -> list[list[float]]:
    """Day, share and interval from day zero on, at no more than so many days."""
    last = curve.points[-1].days
    step = max(last // MOST_POINTS, 1)
    found: list[list[float]] = [[0, 1.0, 1.0, 1.0]]
    for day in range(0, last + step, step):
        point = _at(curve, min(day, last))
        if point and [point.share, point.low, point.high] != found[-1][1:]:
            found.append([min(day, last), point.share, point.low, point.high])
    return [*found, [last, *found[-1][1:]]] if found[-1][0] < last else found
