"""The curve of Kaplan and Meier, against the data every textbook prints."""

from __future__ import annotations

import pytest

from cobalamin.stats.survival import kaplan_meier

# Freireich 1963 as printed by Gehan 1965: weeks of remission in leukemia under 6-mercaptopurine and under placebo.
TREATED = [(6, True, 3), (6, False, 1), (7, True, 1), (9, False, 1), (10, True, 1), (10, False, 1), (11, False, 1), (13, True, 1), (16, True, 1),
           (17, False, 1), (19, False, 1), (20, False, 1), (22, True, 1), (23, True, 1), (25, False, 1), (32, False, 2), (34, False, 1), (35, False, 1)]  # fmt: skip
PLACEBO = [(1, True, 2), (2, True, 2), (3, True, 1), (4, True, 2), (5, True, 2), (8, True, 4), (11, True, 2), (12, True, 2), (15, True, 1),
           (17, True, 1), (22, True, 1), (23, True, 1)]  # fmt: skip
# weeks: share still in remission, Greenwood's standard error (Collett, Modelling Survival Data; Kleinbaum and Klein, Survival Analysis)
PRINTED = {6: (0.8571, 0.0764), 7: (0.8067, 0.0869), 10: (0.7529, 0.0963), 13: (0.6902, 0.1068), 16: (0.6275, 0.1141), 22: (0.5378, 0.1282), 23: (0.4482, 0.1346)}


def test_the_curve_of_the_textbooks() -> None:
    """Pins share and Greenwood's error at every event, and how many were at risk."""
    curve = kaplan_meier(TREATED, 0.95)
    found = {point.days: (round(point.share, 4), round(point.error, 4)) for point in curve.points if point.happened}
    assert found == PRINTED
    assert (curve.people, curve.happened) == (21, 9)
    assert [point.waiting for point in curve.points if point.happened] == [21, 17, 15, 12, 11, 7, 6]


def test_the_median_and_its_interval() -> None:
    """Pins the printed medians of both arms: 23 weeks, from 13 on with no upper end; and 8 weeks, from 4 to 11."""
    treated, placebo = kaplan_meier(TREATED, 0.95), kaplan_meier(PLACEBO, 0.95)
    assert (treated.median, treated.median_low, treated.median_high) == (23, 13, None)
    assert (placebo.median, placebo.median_low, placebo.median_high) == (8, 4, 11)


def test_intervals_on_the_log_log_scale() -> None:
    """Pins the first interval as R's survfit prints it with conf.type="log-log"."""
    first = kaplan_meier(TREATED, 0.95).points[0]
    assert (round(first.low, 3), round(first.high, 3)) == (0.620, 0.952)


def test_nobody_and_nothing() -> None:
    """Pins that nobody gives no points, and that a curve nothing happens on has no median."""
    assert kaplan_meier([], 0.95).points == ()
    waiting = kaplan_meier([(30, False, 4)], 0.95)
    assert (waiting.median, waiting.points[-1].share) == (None, 1.0)


def test_a_half_for_a_while() -> None:
    """Pins that where exactly half wait between two days, the median is the middle."""
    assert kaplan_meier([(1, True, 1), (3, True, 1)], 0.95).median == 2


@pytest.mark.parametrize("confidence", [0.5, 0.9, 0.99])
def test_intervals_hold_the_share(confidence: float) -> None:
    """Pins that every interval holds its share and lies between 0 and 1."""
    for point in kaplan_meier(TREATED, confidence).points:
        assert 0 <= point.low <= point.share <= point.high <= 1
