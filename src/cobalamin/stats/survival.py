"""How long people wait for something that has not yet happened to all of them: Kaplan and Meier's curve and its median."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from cobalamin.stats.distributions import normal_quantile

HALF = 1 / 2
SAME = 1e-9
"""Shares closer than this are one share: a product of fractions rarely is exactly a half."""


@dataclass(frozen=True, slots=True)
class Point:
    """After *days*: how many were waiting just before, to how many it happened, how many left unseen, and the share still waiting with its interval."""

    days: int
    waiting: int
    happened: int
    left: int
    share: float
    error: float
    low: float
    high: float


@dataclass(frozen=True)
class Curve:
    """The curve with a point for each day on which something happened or somebody left, and the days after which half no longer wait."""

    people: int
    happened: int
    points: tuple[Point, ...]
    median: float | None
    median_low: float | None
    median_high: float | None


def kaplan_meier(counts: Iterable[tuple[int, bool, int]], confidence: float) -> Curve:
    """The curve from counts of (days, whether it happened or the person was last seen waiting then, people).

    Errors are Greenwood's; intervals are taken on the log(-log) scale, which keeps them between 0 and 1; the interval of the
    median is where the interval of the curve crosses a half (Brookmeyer and Crowley 1982). Whoever left on a day was still waiting on it.
    """
    by_day: dict[int, list[int]] = {}
    for days, ended, people in counts:
        by_day.setdefault(days, [0, 0])[0 if ended else 1] += people
    waiting = total = sum(sum(pair) for pair in by_day.values())
    z, share, spread = normal_quantile((1 + confidence) / 2), 1.0, 0.0
    points = []
    for days, (happened, left) in sorted(by_day.items()):
        if happened:
            share *= 1 - happened / waiting
            spread += happened / (waiting * (waiting - happened)) if happened < waiting else 0.0
        points.append(Point(days, waiting, happened, left, share, share * math.sqrt(spread), *_interval(share, spread, z)))
        waiting -= happened + left
    return Curve(total, sum(pair[0] for pair in by_day.values()), tuple(points), _half(points, "share"), _half(points, "low"), _half(points, "high"))


def _interval(share: float, spread: float, z: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    reach = z * math.sqrt(spread) / abs(math.log(share))
    return share ** math.exp(reach), share ** math.exp(-reach)


def _half(points: list[Point], name: str) -> float | None:
    """The first day on which less than half wait; where exactly half do for a while, the middle of that while."""
    flat: int | None = None
    for point in points:
        held = getattr(point, name)
        # where nobody waits any more the interval has no width, and says nothing of its own
        if name != "share" and point.share <= 0:
            return None
        if not point.happened:
            continue
        if abs(held - HALF) < SAME:
            flat = point.days if flat is None else flat
        elif held < HALF:
            return float(point.days) if flat is None else (flat + point.days) / 2
    return None if flat is None else float(flat)
