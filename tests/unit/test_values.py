"""Printed numbers: every script, either decimal mark, thousands, and what is no number."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobalamin.records.words import Value, Words, plain
from cobalamin.rules.load import load

WORDS = Words(load())


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("205", 205.0),
        (" 205 ", 205.0),
        ("205.5", 205.5),
        ("205,5", 205.5),
        ("0,123", 0.123),
        ("-5", -5.0),
        ("+5", 5.0),
        ("2.5e2", 250.0),
        ("1e-07", 1e-07),
        ("205.", 205.0),
        (".5", 0.5),
        (",5", 0.5),
        ("1,234.5", 1234.5),
        ("1.234,5", 1234.5),
        ("1,234,567", 1234567.0),
        ("12,34,567", 1234567.0),
        ("1.234.567", 1234567.0),
        ("٢٠٥", 205.0),
        ("۲۰۵", 205.0),
        ("२०५", 205.0),
        ("٢٠٥٫٥", 205.5),
        ("١٬٢٣٤٫٥", 1234.5),
        ("２０５", 205.0),
        ("\ufeff205", 205.0),
        ("\u200f205\u200e", 205.0),
        ("\u061c205", 205.0),
        ("2\u200c05", 205.0),
        ("205\u00a0", 205.0),
    ],
)
def test_numbers_as_people_print_them(text: str, number: float) -> None:
    """Pins decimal points and commas, thousands, three scripts of digits, and marks nobody sees."""
    assert WORDS.value(text) == Value(number)


@pytest.mark.parametrize("text", ["1,234", "12,345", "-1,234", "١,٢٣٤"])
def test_a_number_that_could_be_two_is_refused(text: str) -> None:
    """Pins that `1,234` is neither 1234 nor 1.234."""
    assert WORDS.value(text) == "ambiguous_number"


@pytest.mark.parametrize(
    "text",
    [
        "NaN",
        "nan",
        "inf",
        "-inf",
        "Infinity",
        "abc",
        "",
        " ",
        "-",
        ".",
        ",",
        "<",
        "1,2,3",
        "1,23.4",
        "12.34,5.6",
        "1..2",
        "150-200",
        "150 - 200",
        "150–200 pg/mL",
        "1:160",
        "5 0",
        "7/8",
        "x" * 1_000_000,
        "1" * 1_000_000,
    ],
)
def test_what_is_no_single_number_is_unreadable(text: str) -> None:
    """Pins that ranges, titres, halves of numbers and huge cells are refused, never cut to their beginning."""
    assert WORDS.value(text) == "unreadable_value"


@pytest.mark.parametrize("text", ["1e400", "-1e400", "1e305", "1e16", "9" * 199])
def test_numbers_beyond_anything_measured(text: str) -> None:
    """Pins that a number no arithmetic could hold is impossible rather than a crash."""
    assert WORDS.value(text) == "impossible_value"


@given(st.integers(1, 999), st.integers(0, 9999), st.sampled_from(["०१२३४५६७८९", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "0123456789"]))
def test_the_script_of_the_digits_never_matters(whole: int, part: int, digits: str) -> None:
    """Pins that a number is the same number in every script."""
    text = f"{whole}.{part:04d}"
    assert WORDS.value("".join(digits[int(c)] if c.isdigit() else c for c in text)) == WORDS.value(text) == Value(float(text))


@given(st.text(max_size=40))
def test_any_text_is_a_value_or_a_reason(text: str) -> None:
    """Pins that no text makes reading fail, and that a number read is finite."""
    found = WORDS.value(text)
    if isinstance(found, Value):
        assert found.word or abs(found.number) <= 1e15
    else:
        assert found in ("unreadable_value", "ambiguous_number", "impossible_value")


@given(st.text(st.characters(max_codepoint=0x9FF, exclude_categories=["Cs"]), max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    """Pins that a text of Latin, Arabic or Devanagari letters has one key, however often it is folded."""
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [("\u039cMOL/L", "umol/l"), ("\u00b5mol/L", "umol/l"), ("\u03bcmol/L", "umol/l"), ("\u0130\u0323", "\u1ecb\u0307"), ("\u01f0", "\u01f0")],
)
def test_folding_puts_letters_together(text: str, key: str) -> None:
    """Pins that every kind of mu is one, a unit in capitals too, and that an accent taken off by folding is put back on."""
    assert plain(text) == key
