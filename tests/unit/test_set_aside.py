"""Rows that are set aside, each with its reason."""

from __future__ import annotations

import pytest

from cobalamin.model.fact import Fact, RawFact, SetAside
from cobalamin.records.understand import understand
from cobalamin.records.words import Words

B12 = {"concept": "serum_b12", "value": "205", "unit": "pg/mL"}

ASIDE = {
    "no_concept": B12 | {"concept": "  "},
    "not_understood": {"concept": "wobbly knees"},
    "unreadable_date": B12 | {"date": "2026-13-45"},
    "future": B12 | {"date": "2026-11-21"},
    "impossible_date": B12 | {"date": "1899-12-31"},
    "ends_before_start": {"concept": "metformin", "date": "2025-02-01", "end": "2025-01-31"},
    "unreadable_value": B12 | {"value": "a lot"},
    "ambiguous_number": B12 | {"value": "1,234"},
    "unreadable_comparator": B12 | {"comparator": "~"},
    "no_value": {"concept": "serum_b12", "unit": "pg/mL"},
    "number_without_range": {"concept": "intrinsic_factor_antibody", "value": "12", "unit": "U/mL"},
    "no_unit": {"concept": "serum_b12", "value": "205"},
    "wrong_unit": B12 | {"unit": "fL"},
    "unknown_unit": B12 | {"unit": "blobs"},
    "code_unit_clash": B12 | {"concept": "loinc|14685-2"},
    "impossible_value": B12 | {"value": "0.5"},
}


def read(words: Words, today: int, **columns: str) -> Fact | SetAside:
    return understand(RawFact(**columns), words, today)


@pytest.mark.parametrize("reason", ASIDE)
def test_every_reason_for_setting_a_row_aside(reason: str, words: Words, today: int) -> None:
    """Pins one row for each reason."""
    found = read(words, today, **ASIDE[reason])
    assert isinstance(found, SetAside)
    assert found.reason == reason


def test_the_reasons_have_an_order(words: Words, today: int) -> None:
    """Pins that a row with several faults tells the first: concept, date, value, unit."""
    row = {"concept": "nobody knows", "date": "never", "value": "1,234", "unit": "blobs"}
    reasons = []
    for column, mended in (("concept", "serum_b12"), ("date", "2026-11-20"), ("value", "205"), ("unit", "pg/mL")):
        found = read(words, today, **row)
        reasons.append(found.reason)
        row[column] = mended
    assert reasons == ["not_understood", "unreadable_date", "ambiguous_number", "unknown_unit"]
    assert isinstance(read(words, today, **row), Fact)


@pytest.mark.parametrize("value", ["0", "0.0", "-5", "-0.1", "0.00001"])
def test_zero_and_negative_levels_are_impossible(value: str, words: Words, today: int) -> None:
    """Pins that no level of B12 is zero or below."""
    assert read(words, today, **(B12 | {"value": value})).reason == "impossible_value"


def test_zero_where_zero_can_be(words: Words, today: int) -> None:
    """Pins that a count of cigarettes or an altitude below the sea is read."""
    assert read(words, today, concept="cigarettes_per_day", value="0").number == 0
    assert read(words, today, concept="altitude_of_residence", value="-400", unit="m").number == -400


@pytest.mark.parametrize(("value", "flag"), [("39", "improbable_value"), ("40", ""), ("2500", ""), ("2501", "improbable_value")])
def test_improbable_values_are_used_and_flagged(value: str, flag: str, words: Words, today: int) -> None:
    """Pins that the plausible range is closed and only flags."""
    assert read(words, today, **(B12 | {"value": value})).flag == flag


@pytest.mark.parametrize("column", ["value", "unit", "date", "end", "concept", "comparator", "dose"])
def test_a_million_characters_in_any_cell(column: str, words: Words, today: int) -> None:
    """Pins that a huge cell is set aside (a dose is merely unknown) and described in a few words."""
    found = read(words, today, **(B12 | {column: "x" * 1_000_000}))
    assert isinstance(found, Fact) == (column == "dose")
    if isinstance(found, SetAside):
        assert len(found.fact) < 400


@pytest.mark.parametrize("value", ["NaN", "nan", "inf", "-Infinity", "1e999"])
def test_numbers_that_are_none(value: str, words: Words, today: int) -> None:
    """Pins that NaN and infinities never become a level."""
    assert read(words, today, **(B12 | {"value": value})).reason in ("unreadable_value", "impossible_value")
