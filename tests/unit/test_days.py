"""Days, ages by calendar, and doses."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobalamin.model.fact import Patient
from cobalamin.records.understand import completed_months, read_patient
from cobalamin.records.words import Dose, Words

DATES = st.dates(date(1900, 1, 1), date(2026, 11, 20))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        (" 2026-11-20 ", date(2026, 11, 20)),
        ("2026-11-20T23:59:59", date(2026, 11, 20)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-11-20 10:30", date(2026, 11, 20)),
        ("2026-11-20T10:30:00+05:30", date(2026, 11, 20)),
        ("२०२६-११-२०", date(2026, 11, 20)),
        ("٢٠٢٦-١١-٢٠", date(2026, 11, 20)),
    ],
)
def test_days_that_are_read(text: str, day: date, words: Words) -> None:
    """Pins ISO days in three scripts; a time of day is dropped."""
    assert words.day(text) == day.toordinal()


@pytest.mark.parametrize(
    "text",
    [
        "2026-13-01",
        "2026-00-10",
        "2026-02-30",
        "2025-02-29",
        "0000-01-01",
        "20/11/2026",
        "11/20/2026",
        "20261120",
        "2026-11",
        "yesterday",
        "2026-11-20x",
        "2026-11-20" + " " * 300 + "1",
        "9" * 1_000_000,
    ],
)
def test_days_that_are_not(text: str, words: Words) -> None:
    """Pins that impossible months, other orders and junk are no day: day and month are never guessed."""
    assert words.day(text) is None


@pytest.mark.parametrize(
    ("born", "day", "months"),
    [
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2024, 2, 29), date(2025, 3, 1), 12),
        (date(2024, 2, 29), date(2028, 2, 29), 48),
        (date(2026, 1, 31), date(2026, 2, 28), 0),
        (date(2026, 1, 31), date(2026, 3, 1), 1),
        (date(2026, 1, 31), date(2026, 3, 31), 2),
        (date(2025, 11, 20), date(2026, 11, 20), 12),
        (date(2025, 11, 21), date(2026, 11, 20), 11),
        (date(2026, 11, 20), date(2026, 11, 20), 0),
        (date(1961, 12, 31), date(2026, 11, 20), 778),
    ],
)
def test_completed_months(born: date, day: date, months: int) -> None:
    """Pins ages by calendar: a month is complete on the same day of the month, or after it where there is none."""
    assert completed_months(born.toordinal(), day.toordinal()) == months


@given(DATES, DATES)
def test_ages_never_fall(a: date, b: date) -> None:
    """Pins that a later day never makes anybody younger, and that birthdays complete years."""
    born, day = min(a, b), max(a, b)
    months = completed_months(born.toordinal(), day.toordinal())
    assert 0 <= months <= completed_months(born.toordinal(), day.toordinal() + 1)
    assert months // 12 == day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@pytest.mark.parametrize(
    ("row", "years", "months", "aside"),
    [
        ({"birth_date": "1961-11-20"}, (65, 65), (780, 780), []),
        ({"birth_date": "1961-11-21"}, (64, 64), (779, 779), []),
        ({"age_years": "40"}, (40, 40), (480, 491), []),
        ({"age_years": "40 years"}, (40, 40), (480, 491), []),
        ({"age_years": "४०"}, (40, 40), (480, 491), []),
        ({"age_years": "40.9"}, (40, 40), (490, 490), []),
        ({"age_years": "0.3"}, (0, 0), (3, 3), []),
        ({"age_months": "30"}, (2, 2), (30, 30), []),
        ({"age_years": "0"}, (0, 0), (0, 11), []),
        ({"birth_date": "1961-11-20", "age_years": "12"}, (65, 65), (780, 780), []),
        ({"age_months": "8", "age_years": "0"}, (0, 0), (8, 8), []),
        ({}, None, None, []),
        ({"age_years": "-1"}, None, None, ["impossible_value"]),
        ({"age_years": "131"}, None, None, ["impossible_value"]),
        ({"age_years": "1e400"}, None, None, ["unreadable_value"]),
        ({"age_years": ">90"}, None, None, ["unreadable_value"]),
        ({"age_years": "6 months"}, None, None, ["unreadable_value"]),
        ({"age_years": "forty"}, None, None, ["unreadable_value"]),
        ({"birth_date": "2026-11-21"}, None, None, ["future"]),
        ({"birth_date": "1850-01-01"}, None, None, ["impossible_date"]),
        ({"birth_date": "1961-13-01"}, None, None, ["unreadable_date"]),
        ({"birth_date": "1961-13-01", "age_years": "65"}, (65, 65), (780, 791), ["unreadable_date"]),
    ],
)
def test_the_age_of_a_patient(row: dict[str, str], years: object, months: object, aside: list[str], words: Words, today: int) -> None:
    """Pins birth date before months before years, and that an unreadable column is said and leaves the age to the next."""
    patient = read_patient(row, words, today)
    assert (patient.years, patient.months, [item.reason for item in patient.set_aside]) == (years, months, aside)


@pytest.mark.parametrize(("text", "sex"), [("F", "female"), ("Male", "male"), ("महिला", "female"), ("ذكر", "male"), ("", "")])
def test_sex(text: str, sex: str, words: Words, today: int) -> None:
    """Pins sex in three languages."""
    assert read_patient({"patient_id": " p1 ", "sex": text}, words, today) == Patient("p1", sex)


def test_an_unreadable_sex_is_said(words: Words, today: int) -> None:
    """Pins that a word nobody knows stays unknown and is set aside."""
    patient = read_patient({"sex": "x" * 100_000}, words, today)
    assert patient.sex == ""
    assert [item.reason for item in patient.set_aside] == ["unreadable_value"]


@pytest.mark.parametrize(
    ("text", "dose"),
    [
        ("850 mg", Dose(850.0)),
        ("850 mg bd", Dose(1700.0, often=True)),
        ("500 mg twice daily", Dose(1000.0, often=True)),
        ("1 g daily", Dose(1000.0, often=True)),
        ("1000 µg", Dose(1.0)),
        ("1000 μg", Dose(1.0)),
        ("1000 mcg intramuscular", Dose(1.0, True, "intramuscular")),
        ("1000 ug im", Dose(1.0, True, "intramuscular")),
        ("1000 ug orally", Dose(1.0)),
        ("٨٥٠ mg", Dose(850.0)),
        ("2 tablets", Dose(None, route="oral")),
        ("an injection", Dose(None, True, "intramuscular")),
        ("", Dose(None)),
        ("twice daily", Dose(None, often=True)),
        ("x" * 1_000_000, Dose(None)),
    ],
)
def test_doses(text: str, dose: Dose, words: Words) -> None:
    """Pins milligrams a day where that can be told, that an injection is given once, and whether it is taken again and again."""
    assert words.dose(text) == dose
