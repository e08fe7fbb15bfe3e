"""Schedules: spans by calendar, doses from the day or from a course already begun, and files that are refused with their place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cobalamin.errors import KnowledgeError
from cobalamin.rules.load import load
from cobalamin.rules.schedules import Span, dated_doses, dated_review, read_regimen, read_review, read_task

DAY = date(2026, 11, 20)
SOURCES = load().sources
PROOF: dict[str, Any] = {"source": "cobalamin-project", "where": "a test", "checked": "own", "since": "2026-01-01"}


def regimen(**body: Any) -> Any:
    return read_regimen("r", {"sure": "practice", **PROOF, **body}, "regimens/test.yaml", SOURCES)


@pytest.mark.parametrize(("span", "day", "then"), [
    (Span(days=2), "2026-12-30", "2027-01-01"), (Span(months=1), "2026-01-31", "2026-02-28"), (Span(months=1), "2028-01-31", "2028-02-29"),
    (Span(months=13), "2026-12-15", "2028-01-15"), (Span(months=2, days=3), "2026-12-31", "2027-03-03"), (Span(), "2026-05-05", "2026-05-05"),
])  # fmt: skip
def test_a_span_goes_by_the_calendar(span: Span, day: str, then: str) -> None:
    """Pins that months end on the last day of a short month, and days follow months."""
    assert span.after(date.fromisoformat(day)).isoformat() == then


def test_days_that_have_passed_are_left_out() -> None:
    """Pins that a course begun five days ago goes on where it stands."""
    held = regimen(counted_from="course_start", doses=[{"drug": "hydroxocobalamin", "ug": 1000, "route": "intramuscular", "on_days": [0, 5, 7]}])
    assert [dose["date"] for dose in dated_doses(held, DAY, 5)] == ["2026-11-20", "2026-11-22"]
    assert [dose["date"] for dose in dated_doses(held, DAY, None)] == ["2026-11-20", "2026-11-25", "2026-11-27"]


@pytest.mark.parametrize(("days_ago", "first"), [(None, "2027-02-20"), (0, "2027-02-20"), (51, "2026-12-30"), (92, "2026-11-20"), (400, "2026-11-20")])
def test_what_is_due_and_late_is_due_today(days_ago: int | None, first: str) -> None:
    """Pins that upkeep follows the last injection and everything after it follows that."""
    held = regimen(counted_from="last_injection", due="3 months",
                   doses=[{"drug": "hydroxocobalamin", "ug": 1000, "route": "intramuscular", "every": "3 months", "times": 2}])  # fmt: skip
    doses = list(dated_doses(held, DAY, days_ago))
    assert [dose["date"] for dose in doses] == [first, Span(months=3).after(date.fromisoformat(first)).isoformat()]


def test_tablets_are_one_entry_with_an_end() -> None:
    """Pins the shape of a dose taken every day, and that one that is over is not listed."""
    held = regimen(counted_from="course_start", doses=[
        {"drug": "cyanocobalamin", "ug": 50, "up_to_ug": 150, "route": "oral", "every": "1 day", "for": "8 weeks"},
        {"drug": "cyanocobalamin", "ug": 1000, "route": "oral", "from": "8 weeks", "every": "7 days", "for": "4 weeks"}])  # fmt: skip
    first, second = dated_doses(held, DAY, None)
    assert first == {"date": "2026-11-20", "drug": "cyanocobalamin", "amount_ug": 50, "up_to_ug": 150, "route": "oral", "every_days": 1, "until": "2027-01-15"}
    assert (second["date"], second["until"], second["every_days"]) == ("2027-01-15", "2027-02-12", 7)
    assert [dose["date"] for dose in dated_doses(held, DAY, 60)] == ["2026-11-20"]


def test_a_review_that_is_late_is_today() -> None:
    """Pins that a review is never in the past."""
    held = read_review("v", {**PROOF, "counted_from": "treatment_age", "due": "3 months", "what": ["symptoms"]}, "reviews.yaml", SOURCES)
    assert dated_review(held, DAY, 10)["date"] == "2027-02-10"
    assert dated_review(held, DAY, 300) == {"date": "2026-11-20", "review": "v", "what": ["symptoms"]}


@pytest.mark.parametrize(("body", "id"), [
    ({"doses": [{"drug": "x", "ug": 1, "route": "oral", "every": "2 fortnights"}]}, "span"),
    ({"doses": [{"drug": "x", "ug": 1}]}, "regimen-shape"),
    ({"doses": [{"drug": "x", "ug": 1, "route": "oral", "for": "1 week"}]}, "regimen-shape"),
    ({"doses": [{"drug": "x", "ug": 1, "route": "oral", "evry": "1 day"}]}, "unknown-key"),
    ({"sure": "certain"}, "sureness"), ({"source": "nobody"}, "unknown-source"), ({"dose": []}, "unknown-key"),
])  # fmt: skip
def test_a_regimen_of_the_wrong_shape_is_refused(body: dict[str, Any], id: str) -> None:
    """Pins what is refused, under which name."""
    with pytest.raises(KnowledgeError) as caught:
        regimen(**body)
    assert caught.value.id == id


def task(**body: Any) -> Any:
    return read_task("t", {"urgency": "soon", "what": ["find_cause"], **PROOF, **body}, "tasks.yaml", SOURCES, ("soon", "routine"))


@pytest.mark.parametrize(("due", "days_ago", "then"), [
    ({"due": "3 months"}, 100, "2026-11-12"), ({"due": "1 week"}, 0, "2026-11-27"), ({}, 5, "2026-11-15"), ({"due": "3 months"}, None, "2026-11-20"),
])  # fmt: skip
def test_a_task_keeps_the_day_it_was_due(due: dict[str, str], days_ago: int | None, then: str) -> None:
    """Pins that a day that has passed stays, so that it tells how late it is, and that without a day to count from it is today."""
    assert task(**due).due_on(DAY, days_ago).isoformat() == then


@pytest.mark.parametrize(("body", "id"), [({"urgency": "now"}, "urgency"), ({"what": []}, "task-shape"), ({"due": "soon"}, "span"), ({"dose": 1}, "unknown-key")])
def test_a_wrong_task_is_refused(body: dict[str, Any], id: str) -> None:
    """Pins that a task names a known urgency, at least one step and a span of time."""
    with pytest.raises(KnowledgeError) as refused:
        task(**body)
    assert refused.value.id == id
