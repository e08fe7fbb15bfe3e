"""One row of the facts table: a fact, or the reason why it is set aside."""

from __future__ import annotations

import pytest

from cobalamin.model.fact import Fact, RawFact, SetAside
from cobalamin.records.understand import RANKS, describe, limits_in, printed, understand
from cobalamin.records.words import Words

B12 = {"concept": "serum_b12", "value": "205", "unit": "pg/mL"}


def read(words: Words, today: int, **columns: str) -> Fact | SetAside:
    return understand(RawFact(**columns), words, today)


@pytest.mark.parametrize(
    "name",
    [
        "\u200bserum_b12",
        "serum\u200f_b12",
        "\ufeffserum_b12",
        "SERUM_B12 ",
        "serum  b12",
        "Vitamin\u00a0B12",
        "\u202bفيتامين ب12\u202c",
        "विटामिन\u200d बी12",
        "\u061cفيتامين ب12",
    ],
)
def test_marks_nobody_sees_in_names(name: str, words: Words, today: int) -> None:
    """Pins that zero-width characters, direction marks and runs of spaces do not hide a concept."""
    assert read(words, today, **(B12 | {"concept": name})).concept == "serum_b12"


@pytest.mark.parametrize("name", ["tingling", "paresthesia", "हाथ-पैर में झुनझुनी", "icd10|R20.2"])
def test_codes_and_words_of_three_languages(name: str, words: Words, today: int) -> None:
    """Pins that ids, codes and plain words name the same thing."""
    assert read(words, today, concept=name).concept == "paresthesia"


def test_words_nobody_knows_are_asked_back(words: Words, today: int) -> None:
    """Pins that a near miss is never guessed and comes with what it may have meant."""
    found = read(words, today, concept="paresthesiaa")
    assert (found.reason, found.closest) == ("not_understood", ("paresthesia",))


@pytest.mark.parametrize(
    ("value", "present"),
    [("", True), ("yes", True), ("positive", True), ("absent", False), ("no", False), ("negative", False), ("نعم", True), ("नहीं", False)],
)
def test_presence(value: str, present: bool, words: Words, today: int) -> None:
    """Pins that a row without a value says that something is there, and how one says that it is not."""
    assert read(words, today, concept="vegan_diet", value=value).present is present


@pytest.mark.parametrize("value", ["5", "low", "high"])
def test_a_condition_has_no_level(value: str, words: Words, today: int) -> None:
    """Pins that a number or a level beside a condition is unreadable."""
    assert read(words, today, concept="vegan_diet", value=value).reason == "unreadable_value"


def test_how_long_a_fact_lasts(words: Words, today: int) -> None:
    """Pins until ended, for a span, for one day, and an injection of a drug that otherwise goes on."""
    day = {"date": "2026-11-01"}
    start = words.day("2026-11-01")
    assert read(words, today, concept="metformin", **day).end is None
    assert read(words, today, concept="metformin", end="2026-11-05", **day).end == start + 4
    assert read(words, today, concept="pregnancy", **day).end == start + 293
    assert read(words, today, concept="hydroxocobalamin", **day).end == start
    assert read(words, today, concept="cyanocobalamin", **day).end is None
    assert read(words, today, concept="cyanocobalamin", dose="1000 ug im", **day).end == start


def test_a_fact_without_a_day_is_of_today(words: Words, today: int) -> None:
    """Pins the meaning of an empty date, and that it is remembered to be empty."""
    fact = read(words, today, **B12)
    assert (fact.start, fact.dated) == (today, False)
    assert read(words, today, date="2026-11-20", **B12).dated


@pytest.mark.parametrize(
    "columns", [{"value": "<205"}, {"value": "205", "comparator": "<"}, {"value": "205", "comparator": "less than"}, {"value": "205 से कम"}]
)
def test_a_sign_in_either_column(columns: dict[str, str], words: Words, today: int) -> None:
    """Pins that the sign may stand in the value or in its own column."""
    assert read(words, today, concept="serum_b12", unit="pg/mL", **columns).rank == RANKS["<"]


@pytest.mark.parametrize("columns", [{"value": "<205", "comparator": "<"}, {"value": "low", "comparator": "<"}, {"value": "205", "comparator": "about"}])
def test_signs_that_make_no_sense(columns: dict[str, str], words: Words, today: int) -> None:
    """Pins that two signs, or a sign before a word, are refused."""
    assert read(words, today, concept="serum_b12", unit="pg/mL", **columns).reason == "unreadable_comparator"


def test_two_units_that_disagree(words: Words, today: int) -> None:
    """Pins that `180 ng/L` beside the unit pmol/L is a clash and not 180 pmol/L."""
    assert read(words, today, concept="serum_b12", value="180 ng/L", unit="pmol/L").reason == "unreadable_value"


@pytest.mark.parametrize("unit", ["ng/L", "NG/L", " ng/l "])
def test_the_same_unit_twice(unit: str, words: Words, today: int) -> None:
    """Pins that a unit in both columns is read once."""
    assert read(words, today, concept="serum_b12", value="180 ng/L", unit=unit).number == 180


@pytest.mark.parametrize(("value", "unit"), [("180 pg/ml", "pg / mL"), ("180 pgm/ml", "PG/ML")])
def test_the_same_unit_in_two_spellings(value: str, unit: str, words: Words, today: int) -> None:
    """Pins that a unit written in two ways is no clash."""
    assert isinstance(read(words, today, concept="serum_b12", value=value, unit=unit), Fact)


@pytest.mark.parametrize("value", ["150 L", "150 H", "150*", "150 (low)", "150 pg/mL L"])
def test_a_flag_beside_the_number_is_no_second_unit(value: str, words: Words, today: int) -> None:
    """Pins that `150 L` beside the unit pg/mL is 150 pg/mL: L marks a low result, and to drop the row loses a deficiency."""
    found = read(words, today, concept="serum_b12", value=value, unit="pg/mL")
    assert isinstance(found, Fact)
    assert found.number == 150


@pytest.mark.parametrize("value", ["150-200", "150 to 200 or 250", "1:160", "150/200"])
def test_a_range_beside_a_unit_is_not_its_lower_end(value: str, words: Words, today: int) -> None:
    """Pins that a second number in the cell makes it unreadable, though the unit column is filled."""
    assert read(words, today, concept="serum_b12", value=value, unit="pg/mL").reason == "unreadable_value"


def test_limits_follow_the_unit(words: Words) -> None:
    """Pins that what is possible is judged in the unit the laboratory used."""
    assert limits_in(words, "serum_b12", 0, "plausible") == (40, 2500)
    assert limits_in(words, "serum_b12", 1, "plausible") == (29.5122, 1844.515)


@pytest.mark.parametrize(
    ("columns", "text"),
    [({}, "205 pg/mL"), ({"value": "<205"}, "<205 pg/mL"), ({"value": "0.2", "unit": "ng/ml"}, "0.2 ng/mL"), ({"value": "low", "unit": ""}, "low")],
)
def test_a_result_is_shown_as_it_was_printed(columns: dict[str, str], text: str, words: Words, today: int) -> None:
    """Pins that the trace shows the laboratory's own unit and sign."""
    assert printed(read(words, today, **(B12 | columns)), words) == text


def test_a_row_is_described_as_its_owner_wrote_it() -> None:
    """Pins the words a set-aside row is shown with."""
    assert describe(RawFact("serum_b12", "2026-13-01", value="205", comparator="<", unit="pg/mL")) == "serum_b12 <205 pg/mL (2026-13-01)"
