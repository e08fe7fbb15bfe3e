"""The dose calendar: tables a clinician can read, and what must hold for whatever doses were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cobalamin.model.calendar import GIVEN, MISSED, OPEN, DoseCalendar, Received
from cobalamin.rules.calendar import Asked, dose_calendar, injects
from cobalamin.rules.load import load
from cobalamin.rules.schedules import dated_doses

DAY_0 = date(2026, 10, 1)
KNOWLEDGE = load()
TABLES = yaml.safe_load(Path(__file__).with_name("doses.yaml").read_text(encoding="utf-8"))
CASES = [(table.rsplit(", ", 1)[1], case) for table, cases in TABLES.items() for case in cases]
ROUTES = frozenset(KNOWLEDGE.reading["given_once_by"])


def day(offset: int) -> date:
    return DAY_0 + timedelta(days=offset)


def dose(at: Any) -> Received:
    """A dose as a table writes it."""
    written = at if isinstance(at, list) else [at]
    offset, amount, drug, route = [*written, *(None, 1000, "hydroxocobalamin", "intramuscular")[len(written) :]]
    return Received(day(offset), drug, None if amount == "none" else float(amount), route, route != "oral")


def made(regimen: str, doses: Sequence[Received], as_of: date, begun: date | None = None) -> DoseCalendar:
    return dose_calendar(Asked(KNOWLEDGE.regimens.get(regimen), as_of, "ng239", 40, begun), doses, KNOWLEDGE)


@pytest.mark.parametrize(("regimen", "case"), CASES, ids=[f"{regimen}: {case['name']}" for regimen, case in CASES])
def test_the_tables(regimen: str, case: dict[str, Any]) -> None:
    """Pins which dose counts for which, what was missed, and what is planned."""
    held = made(regimen, [dose(at) for at in case["given"]], day(case["as_of"]), day(case["begun"]) if "begun" in case else None)
    numbers = [row.number if row.number is not None else "none" for row in held.received]
    assert numbers == case.get("counts", numbers)
    assert [row.because[0] for row in held.received] == case.get("why", [row.because[0] for row in held.received])
    assert set(case.get("marks", ())) <= {id for row in held.received for id in row.because}
    missed = [(row.day - DAY_0).days for row in held.planned if row.state == MISSED]
    assert missed == case.get("missed", [])
    following = case.get("next", [])
    assert [(row.day - DAY_0).days for row in held.to_come][: len(following) or None] == (following or [(row.day - DAY_0).days for row in held.to_come])
    assert held.decision == case.get("decision", held.decision)


REGIMENS = sorted(id for id, regimen in KNOWLEDGE.regimens.items() if regimen.doses)
ANCHORED = [id for id in REGIMENS if KNOWLEDGE.regimens[id].counted_from]
"""Regimens that go on from doses given; the others begin on the day they are advised on, whatever came before."""
DRUGS = ["hydroxocobalamin", "cyanocobalamin", "mecobalamin", "vitamin_b12_injection"]
DOSE = st.builds(
    lambda offset, drug, amount, route: Received(day(offset), drug, amount, route, route != "oral"),
    st.integers(0, 420), st.sampled_from([*DRUGS[:1] * 6, *DRUGS]), st.sampled_from([1000.0, 1000.0, 1000.0, None, 100.0, 400.0, 5000.0]),
    st.sampled_from(["intramuscular"] * 5 + ["subcutaneous", "intravenous", "oral", ""]),
)  # fmt: skip
HISTORIES = st.lists(DOSE, max_size=16) | st.lists(st.integers(0, 30), max_size=10).map(lambda days: [dose(offset) for offset in days])


@settings(max_examples=600, deadline=None)
@given(st.sampled_from(REGIMENS), HISTORIES, st.integers(0, 430), st.none() | st.integers(0, 60))
def test_whatever_was_given(regimen: str, doses: list[Received], as_of: int, begun: int | None) -> None:
    """Every dose is explained once, the past is kept, the future begins today at the earliest, and no day has two injections."""
    today, known = day(as_of), [dose for dose in doses if dose.day <= day(as_of)]
    start = None if begun is None or begun > as_of else day(begun)
    held = made(regimen, known, today, start)
    assert sorted(map(repr, (row.received for row in held.received))) == sorted(map(repr, known))
    assert all(row.because for row in held.received)
    counted = [row for row in held.received if row.number is not None]
    assert all(all(map(KNOWLEDGE.judging.counts, row.because)) for row in counted)
    assert not any(all(map(KNOWLEDGE.judging.counts, row.because)) for row in held.received if row.number is None)
    injected = [row for row in counted if row.received.injected and "tablet_taken" not in row.because]
    by_number = {row.number: row for row in held.kept}
    assert [by_number[row.number].day for row in injected] == [row.received.day for row in injected]
    assert sorted(row.number for row in injected) == sorted(row.number for row in held.planned if row.state == GIVEN)
    assert [row.number for row in held.kept] == list(range(1, len(held.kept) + 1))
    assert all(row.day >= today for row in held.to_come)
    assert all(row.day < today for row in held.planned if row.state == MISSED)
    single = [row.day for row in held.kept if row.state in (*OPEN, GIVEN) and not row.until]
    assert len(single) == len(set(single))
    days_injected = {dose.day for dose in known if dose.injected}
    assert not any(row.day in days_injected for row in held.to_come if row.route in ROUTES)
    assert [row.day for row in held.to_come if not row.until] == sorted(row.day for row in held.to_come if not row.until)
    assert made(regimen, list(reversed(known)), today, start).to_come == held.to_come


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(ANCHORED), st.integers(0, 500))
def test_who_keeps_every_day_keeps_the_plan(regimen: str, days: int) -> None:
    """With every dose given on its day, what is planned is what was planned from the start."""
    held = KNOWLEDGE.regimens[regimen]
    plan = list(dated_doses(replace(held, counted_from="", due=None), DAY_0, None))
    today = day(days)
    given_so_far = [Received(date.fromisoformat(row["date"]), row["drug"], row["amount_ug"], row["route"]) for row in plan
                    if row["until"] is None and row["date"] <= today.isoformat()]  # fmt: skip
    if not injects(held, KNOWLEDGE) or not given_so_far or (today - given_so_far[-1].day).days > 180:
        return
    calendar = made(regimen, given_so_far, today, DAY_0)
    assert all(row.because[0] in ("on_time", "smaller_amount") for row in calendar.received)
    wanted = [row["date"] for row in plan if row["until"] is None]
    kept = [row for row in calendar.kept if not row.until][: len(wanted)]
    assert [row.day.isoformat() for row in kept] == wanted
    assert all(row.planned == row.due == row.day for row in kept)


@settings(max_examples=200, deadline=None)
@given(HISTORIES, st.integers(0, 60), st.integers(1, 30))
def test_a_dose_keeps_its_number(doses: list[Received], as_of: int, later: int) -> None:
    """What was given keeps its number when the plan is made again later."""
    known = [dose for dose in doses if dose.day <= day(as_of)]
    first, second = (made("hydroxocobalamin_loading", known, day(at), DAY_0) for at in (as_of, as_of + later))
    numbers = {row.number: row.day for row in first.planned if row.state == GIVEN}
    again = {row.number: row.day for row in second.planned if row.state == GIVEN}
    assert numbers.items() <= again.items()
