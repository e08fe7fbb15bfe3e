"""The count of what a clinic needs: by month, by hand for few people, and alike by both engines for many."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobalamin.app.supply import supply_of
from cobalamin.model.calendar import TO_COME, Planned
from cobalamin.outputs.supply import csv_text, plain, text_page
from cobalamin.rules.load import load
from cobalamin.rules.supply import days_by_month, last_day
from cobalamin.run import Run

AS_OF = date(2026, 11, 20)
KNOWLEDGE = load()
ANEMIC = [{"concept": "pernicious anemia"}, {"concept": "serum_b12", "date": "2026-11-01", "value": "95", "unit": "ng/L"}]


def shot(days_ago: int, drug: str = "hydroxocobalamin", dose: str = "1 mg im") -> dict[str, Any]:
    return {"concept": drug, "date": (AS_OF - timedelta(days=days_ago)).isoformat(), "dose": dose}


def person(id: str, *facts: dict[str, Any], years: int = 60) -> dict[str, Any]:
    return {"patient_id": id, "sex": "female", "age_years": years, "facts": list(facts)}


PEOPLE = [
    person("to begin", *ANEMIC), person("to begin too", *ANEMIC),
    person("two of six given", *ANEMIC, shot(4), shot(2)),
    person("upkeep in December", *ANEMIC, shot(80)),
    person("low again after an injection", *ANEMIC, shot(120)),
    person("on injections and nothing advised", shot(150), shot(60)),
    person("said in words", *ANEMIC, {"concept": "B12 injection and metformin", "date": "2026-11-18"}),
    person("long ago and nothing advised", shot(400)),
    person("vegan on tablets", {"concept": "vegan diet"}, {"concept": "serum_b12", "date": "2026-11-01", "value": "130", "unit": "ng/L"},
           {"concept": "cyanocobalamin", "date": "2026-11-02", "dose": "50 ug oral daily"}),
    person("child", {"concept": "serum_b12", "date": "2026-11-01", "value": "70", "unit": "pmol/L"}, shot(3), years=6),
    person("nothing"),
]  # fmt: skip


DRUGS, DOSES = ["hydroxocobalamin", "cyanocobalamin", "b12 injection", "stardust"], ["1 mg im", "", "250 ug im", "1 mg im monthly", "1000 ug oral daily"]


def counted(people: list[dict[str, Any]], engine: str = "memory", months: int = 3, guideline: str = "ng239") -> dict[str, Any]:
    run = Run(people, as_of=AS_OF.isoformat(), engine=engine, guideline=guideline)
    return plain(supply_of(run, months)[0], guideline)


def test_one_person_counted_by_hand() -> None:
    """Pins months, doses and people of a first course, and that the months begin on the day of assessment."""
    found = counted([PEOPLE[0]])
    assert (found["as_of"], found["until"], found["people"], found["planned"]) == ("2026-11-20", "2027-01-31", 1, 1)
    assert [(row["month"], row["treatment"], row["drug"], row["doses"], row["people"]) for row in found["rows"]] == [
        ("2026-11", "to_begin", "hydroxocobalamin", 5, 1), ("2026-12", "to_begin", "hydroxocobalamin", 1, 1)]  # fmt: skip


@pytest.mark.parametrize(("number", "rows"), [
    (2, [("2026-11", "under_way", 4)]), (3, [("2026-12", "under_way", 1)]), (4, [("2026-11", "under_way", 5), ("2026-12", "under_way", 1)]),
    (5, [("2026-12", "as_before", 1)]), (7, []), (10, []),
])  # fmt: skip
def test_what_was_given_is_not_needed_again(number: int, rows: list[tuple[str, str, int]]) -> None:
    """Pins who is under way, who goes on although nothing is advised, and who needs nothing in these months."""
    assert [(row["month"], row["treatment"], row["doses"]) for row in counted([PEOPLE[number]], months=2)["rows"]] == rows


def test_days_of_tablets() -> None:
    """Pins that tablets are counted by the days they are taken on, up to the last day of the count."""
    found = counted([PEOPLE[8]], months=2)["rows"]
    assert [(row["month"], row["counted"], row["doses"], row["amount_ug"], row["up_to_ug"]) for row in found] == [
        ("2026-11", "days", 11, 50.0, 150.0), ("2026-12", "days", 31, 50.0, 150.0)]  # fmt: skip


@pytest.mark.parametrize("guideline", ["ng239", "aafp2025", "conventional"])
def test_both_engines_count_alike(guideline: str) -> None:
    """Pins that a population is counted as its people are one by one."""
    assert counted(PEOPLE * 3, "duckdb", 12, guideline) == counted(PEOPLE * 3, "memory", 12, guideline)


def test_both_engines_count_whatever_was_given_alike() -> None:
    """The engines agree on people with any history of doses."""
    chance = Random(7)
    people = []
    for number in range(120):
        history = [(chance.randint(0, 200), chance.choice(DRUGS), chance.choice(DOSES)) for _ in range(chance.randint(0, 9))]
        people.append(person(f"p{number}", *(ANEMIC if number % 3 else []), *(shot(*dose) for dose in history)))
    assert counted(people, "duckdb") == counted(people, "memory")


@given(st.integers(-40, 100), st.integers(0, 200), st.integers(1, 10), st.integers(1, 12))
def test_every_day_of_tablets_is_in_one_month(start: int, long: int, every: int, months: int) -> None:
    """The months together hold every day on which tablets are taken within the count, and no other."""
    first, last = AS_OF + timedelta(days=start), AS_OF + timedelta(days=start + long)
    row = Planned(1, TO_COME, first, first, first, "cyanocobalamin", 1000, None, "oral", every, last)
    until = last_day(AS_OF, months)
    taken = [first + timedelta(days=offset) for offset in range(0, long + 1, every)]
    assert sum(number for _, number in days_by_month(row, AS_OF, until)) == sum(AS_OF <= day <= until for day in taken)


def test_the_outputs_say_the_same() -> None:
    """Pins that page, spreadsheet and plain data hold the same rows, the page in three languages."""
    supply, account = supply_of(Run(PEOPLE, as_of=AS_OF.isoformat(), engine="memory"), 3)
    found = plain(supply, "ng239")["rows"]
    assert account.patients_used == supply.people == len(PEOPLE)
    rows = list(csv.DictReader(io.StringIO(csv_text(supply).removeprefix("\ufeff"))))
    assert [(row["month"], row["drug"], int(row["doses"]), int(row["people"])) for row in rows] == [
        (row["month"], row["drug"], row["doses"], row["people"]) for row in found]  # fmt: skip
    for lang in ("en", "hi", "ar"):
        page = text_page(supply, KNOWLEDGE, lang)
        assert all(f"\u2066{row['doses']}\u2069" in page for row in found)
