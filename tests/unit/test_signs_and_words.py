"""Comparison signs and words for values, in three languages."""

from __future__ import annotations

import pytest

from cobalamin.records.words import Value, Words
from cobalamin.rules.load import load

WORDS = Words(load())
READ = [(spelling, word) for word, spellings in load().reading["words"].items() for spelling in (word, *spellings)]
SIGNS = [(spelling, sign) for sign, spellings in load().reading["comparators"].items() for spelling in (sign, *spellings)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("<150", Value(150, "<")),
        ("< 150", Value(150, "<")),
        ("≤150", Value(150, "<=")),
        (">=150", Value(150, ">=")),
        ("＞150", Value(150, ">")),
        ("less than 150", Value(150, "<")),
        ("more than 150", Value(150, ">")),
        ("at least 150", Value(150, ">=")),
        ("&lt;150", Value(150, "<")),
        ("150 से कम", Value(150, "<")),
        ("१५० से ज्यादा", Value(150, ">")),
        ("150 से अधिक", Value(150, ">")),
        ("कम से कम 150", Value(150, ">=")),
        ("150 तक", Value(150, "<=")),
        ("أقل من 150", Value(150, "<")),
        ("أكثر من ١٥٠", Value(150, ">")),
        ("على الأقل 150", Value(150, ">=")),
        ("أقل من أو يساوي 150", Value(150, "<=")),
        ("<150 pg/mL", Value(150, "<", unit="pg/ml")),
        ("150 pg/mL से कम", Value(150, "<", unit="pg/ml")),
        ("أقل من ١٥٠ بيكوغرام/مل", Value(150, "<", unit="بيكوغرام/مل")),
        ("5.2 10^9/L", Value(5.2, unit="10^9/l")),
        ("75 mL/min/1.73m2", Value(75, unit="ml/min/1.73m2")),
        ("0.3 µmol/L", Value(0.3, unit="umol/l")),
    ],
)
def test_signs_and_units_inside_the_value(text: str, value: Value) -> None:
    """Pins comparison signs in three languages, before or after the number, and a unit beside it."""
    assert WORDS.value(text) == value


@pytest.mark.parametrize(("spelling", "sign"), SIGNS)
def test_every_spelling_of_a_sign(spelling: str, sign: str) -> None:
    """Pins that each listed spelling is read alone in its column, and before or after a number in the value."""
    assert WORDS.comparator(spelling) == sign
    assert Value(150, sign) in (WORDS.value(f"{spelling} 150"), WORDS.value(f"150 {spelling}"))


@pytest.mark.parametrize(("spelling", "word"), READ)
def test_every_spelling_of_a_word(spelling: str, word: str) -> None:
    """Pins that each listed spelling of positive, negative, normal, high, low, undetectable, present, absent is read."""
    assert WORDS.value(f" {spelling.upper()} ") == Value(word=word)


@pytest.mark.parametrize(
    ("text", "word"),
    [("positive", "positive"), ("पॉजिटिव", "positive"), ("إيجابي", "positive"), ("कम", "low"), ("منخفض", "low"), ("طبيعي", "normal")],
)
def test_words_in_three_languages(text: str, word: str) -> None:
    """Pins the everyday words, so that a list that loses one is noticed."""
    assert WORDS.value(text) == Value(word=word)


def test_a_word_is_never_read_as_a_sign() -> None:
    """Pins that `low` and `lt` are not confused, and that a sign glued to letters is none."""
    assert WORDS.value("low") == Value(word="low")
    assert WORDS.value("ltd 5") == "unreadable_value"
