"""Every spec table on every engine: what a physician wrote down must come out."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import pytest
from engines_under_test import ENGINES, EngineUnderTest
from expectation import CARDS, CHANGES, FIELDS, LISTS, complaints
from spec_file import SpecPatient, read_all

import cobalamin
from cobalamin.rules.load import load

FILES = read_all(load())
PATIENTS = [patient for file in FILES for patient in file.patients]


@cache
def answers_of(engine: EngineUnderTest) -> dict[str, dict] | Exception:
    """All patients of one engine by id, run together once; an engine that fails fails every patient with one reason."""
    groups: dict[tuple[str, str], list[SpecPatient]] = defaultdict(list)
    for patient in PATIENTS:
        groups[patient.as_of, patient.guideline].append(patient)
    found: dict[str, dict] = {}
    try:
        for (as_of, guideline), patients in groups.items():
            answers = engine.run([patient.case for patient in patients], as_of, guideline)
            assert [a["patient_id"] for a in answers] == [p.id for p in patients], "patients lost or out of order"
            found.update((answer["patient_id"], answer) for answer in answers)
            listed = [patient.case for patient in patients if not set(LISTS).isdisjoint(patient.expected)]
            for patient in patients if engine.name == "memory" else ():
                if not set(CHANGES).isdisjoint(patient.expected):
                    found[patient.id] |= cobalamin.assess(patient.case, as_of=as_of, guideline=guideline).to_dict()
            for id, lists in engine.lists(listed, as_of, guideline).items() if listed else ():
                found[id]["worklists"] = lists
            shown = [patient.case for patient in patients if not set(CARDS).isdisjoint(patient.expected)]
            for id, cards in engine.cards(shown, as_of, guideline).items() if shown and engine.cards else ():
                found[id]["cards"] = cards
    except Exception as error:
        return error
    return found


def marked(patient: SpecPatient) -> object:
    marks = [pytest.mark.xfail(reason=f"disputed: {patient.disputed}", strict=True)] if patient.disputed else []
    return pytest.param(patient, id=patient.id, marks=marks)


@pytest.mark.parametrize("patient", [marked(patient) for patient in PATIENTS])
@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_the_patient_is_read_as_written(engine: EngineUnderTest, patient: SpecPatient) -> None:
    """Pins every expectation of every spec table, on every engine."""
    if engine.missing:
        pytest.skip(engine.missing)
    answers = answers_of(engine)
    if isinstance(answers, Exception):
        pytest.fail(f"{engine.name} failed: {answers!r}", pytrace=False)
    # only a record system shows cards, one person at a time, and only the memory engine says what would change
    unsaid = (set() if engine.cards else set(CARDS)) | (set() if engine.name == "memory" else set(CHANGES))
    expected = {name: wanted for name, wanted in patient.expected.items() if name not in unsaid}
    wrong = complaints(expected, answers[patient.id], load())
    if wrong:
        pytest.fail("\n".join([f"{patient.id} on {engine.name}", *wrong]), pytrace=False)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_the_table_says_what_it_is_for(file: object) -> None:
    """Pins that every spec table can be a chapter: a title, a reason, patients with names of their own."""
    assert file.title
    assert file.about
    assert not file.title.endswith(".")
    assert len({patient.id for patient in file.patients}) == len(file.patients)


def test_names_are_not_ambiguous() -> None:
    """Pins that no word of a spec table means a fact and an expectation at once."""
    knowledge = load()
    assert not set(knowledge.concepts) & (set(knowledge.words_of) | set(FIELDS) | set(LISTS) | set(CARDS) | set(CHANGES))
