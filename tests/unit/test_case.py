"""Cases from Python, JSON, YAML and JSON lines; whatever is wrong with them, no row is lost."""

from __future__ import annotations

import random
from contextlib import nullcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.errors import InputError
from cobalamin.model.fact import FACT_COLUMNS
from cobalamin.records.case import read_case, text_of
from cobalamin.records.words import Words
from cobalamin.rules.load import load
from cobalamin.run import cases_of

WORDS = Words(load())
GOOD = {"patient_id": "p1", "sex": "female", "age_years": 40, "facts": [{"concept": "serum_b12", "value": 150, "unit": "ng/L"}]}
NASTY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=30),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.none(), max_size=2),
    st.sampled_from(
        [
            "serum_b12",
            "metformin",
            "pregnancy",
            "150",
            "<150",
            "150 ng/L",
            "ng/L",
            "pmol/L",
            "2026-01-01",
            "2027-01-01",
            "9999-99-99",
            "low",
            "\x00",
            "\ud800",
            "1e999",
        ]
    ),
)


def test_a_case_as_a_dict(words: Words, today: int) -> None:
    """Pins the plain way in: numbers may be numbers."""
    case = read_case(GOOD, words, today)
    assert (case.patient.patient_id, case.patient.sex, case.patient.years) == ("p1", "female", (40, 40))
    assert [fact.number for fact in case.facts] == [150.0]


@pytest.mark.parametrize("tree", [{}, {"patient_id": "p"}, {"patient_id": "p", "facts": None}, {"patient_id": "p", "facts": []}])
def test_a_patient_without_facts_is_a_patient(tree: dict, engine: MemoryEngine) -> None:
    """Pins that nothing known is the status unknown, not an error and not normal."""
    assert engine.assess(read_case(tree, engine.words, engine.day)).status == "unknown"


def test_every_case_has_an_id_of_its_own() -> None:
    """Pins that a case without an id is numbered and a repeated id gets primes, so that no answer hides another."""
    ids = ["p", None, "p", "", " p ", "case 2", 7]
    assert [case["patient_id"] for case in cases_of([{"patient_id": id} for id in ids])] == ["p", "case 2", "p'", "case 4", "p''", "case 2'", "7"]
    assert [case["patient_id"] for case in cases_of({"sex": "female"})] == ["case 1"]


@pytest.mark.parametrize("tree", [[], "case", 5, None])
def test_what_is_no_case(tree: object, words: Words, today: int) -> None:
    """Pins that anything but an object is refused as a whole."""
    with pytest.raises(InputError):
        read_case(tree, words, today)


@pytest.mark.parametrize("facts", ["serum_b12", {"concept": "serum_b12"}, 5, True, 0, False, "", {}])
def test_facts_that_are_no_list(facts: object, words: Words, today: int) -> None:
    """Pins that facts of a wrong type are refused, never read as none."""
    with pytest.raises(InputError):
        read_case(GOOD | {"facts": facts}, words, today)


def test_facts_that_are_no_facts(words: Words, today: int) -> None:
    """Pins that a row of a wrong type is set aside beside the good ones."""
    case = read_case(GOOD | {"facts": ["serum_b12", 5, None, [], *GOOD["facts"]]}, words, today)
    assert [(item.fact, item.reason) for item in case.set_aside] == [(text, "no_concept") for text in ("", "5", "[...]", "serum_b12")]
    assert len(case.facts) == 1


@pytest.mark.parametrize("value", [True, False, [150], {"number": 150}, float("nan"), float("inf")])
def test_values_of_a_wrong_type(value: object, words: Words, today: int) -> None:
    """Pins that a boolean, a list or NaN is no level."""
    case = read_case(GOOD | {"facts": [{"concept": "serum_b12", "value": value, "unit": "ng/L"}]}, words, today)
    assert [item.reason for item in case.set_aside] == ["unreadable_value"]


def test_a_boolean_says_whether_something_is_there(words: Words, today: int) -> None:
    """Pins true and false beside a condition."""
    case = read_case({"facts": [{"concept": "vegan_diet", "value": True}, {"concept": "pregnancy", "value": False}]}, words, today)
    assert [fact.present for fact in case.facts] == [True, False]


def test_duplicate_facts_count_once(engine: MemoryEngine) -> None:
    """Pins that the same row twice changes nothing in the answer, and both rows are accounted for."""
    single, double = (read_case(GOOD | {"facts": GOOD["facts"] * times}, engine.words, engine.day) for times in (1, 2))
    assert len(double.facts) == 2
    assert engine.assess(single) == engine.assess(double)


def test_the_order_of_facts_never_matters(engine: MemoryEngine) -> None:
    """Pins that a shuffled record gives the same answer."""
    texts = [
        ("serum_b12", "150 ng/L", 5),
        ("serum_b12", "400 ng/L", 5),
        ("serum_b12", "low", 5),
        ("mcv", "104", 0),
        ("hemoglobin", "9 g/dL", 2),
        ("fatigue", "", 9),
    ]
    facts = [{"concept": c, "value": v, "date": f"2026-11-{20 - days:02d}"} for c, v, days in texts]
    answers = []
    for seed in range(6):
        random.Random(seed).shuffle(facts)
        answers.append(engine.assess(read_case(GOOD | {"facts": list(facts)}, engine.words, engine.day)))
    assert all(answer == answers[0] for answer in answers)


def test_deep_nesting_inside_a_value(words: Words, today: int) -> None:
    """Pins that nesting too deep to print is set aside like any other wrong type."""
    deep: list = []
    for _ in range(100_000):
        deep = [deep]
    case = read_case({"facts": [{"concept": "serum_b12", "value": deep}, deep]}, words, today)
    assert [item.reason for item in case.set_aside] == ["no_concept", "unreadable_value"]


@pytest.mark.parametrize(("value", "text"), [(None, ""), (True, "true"), (150, "150"), (1.5, "1.5"), ("x", "x"), ([1], "[...]"), ({"a": 1}, "[...]")])
def test_scalars_as_text(value: object, text: str) -> None:
    """Pins how values of a case become the text a record would print."""
    assert text_of(value) == text


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(NASTY, st.dictionaries(st.sampled_from(FACT_COLUMNS), NASTY)), max_size=8))
def test_the_counts_always_add_up(facts: list[object]) -> None:
    """Pins that every fact read is used, set aside or not understood, whatever it holds."""
    case = read_case({"patient_id": "p", "facts": facts}, WORDS, 739940)
    assert len(facts) == len(case.facts) + len(case.set_aside) + len(case.not_understood)
    assert len(case.flagged) <= len(case.facts)
    assert all(item.reason for item in (*case.set_aside, *case.not_understood))


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(["patient_id", "sex", "birth_date", "age_years", "age_months", "facts", "other"]), NASTY))
def test_no_case_makes_reading_fail_except_by_name(tree: dict[str, object]) -> None:
    """Pins that any object is read or refused with a message, never with a traceback."""
    facts = tree.get("facts")
    refused = facts is not None and not isinstance(facts, list)
    with pytest.raises(InputError, match="facts") if refused else nullcontext():
        read_case(tree, WORDS, 739940)
