"""The questions to a person: whom they are asked of, and what the reader refuses."""

from __future__ import annotations

from typing import Any

import pytest

from cobalamin.errors import KnowledgeError
from cobalamin.rules.load import load
from cobalamin.rules.questions import Audience, Question, questions, read_questions

OWN = {"source": "cobalamin-project", "where": "an example", "checked": "own", "since": "2026-01-01"}


def one(body: dict[str, Any], **group: Any) -> Question:
    """A single question, read."""
    return read_questions({"every": OWN, "groups": {"g": {**group, "questions": {"q": body}}}}, load()).groups[0].questions[0]


@pytest.mark.parametrize(("body", "error"), [
    ({"says": "paresthesiaa"}, "unknown-concept"),
    ({"says": "serum_b12"}, "question-kind"),
    ({"asks": "maybe", "says": "fatigue"}, "question-kind"),
    ({"asks": "how_long", "says": "metformin"}, "question-span"),
    ({"says": "metformin", "span": "result_valid_for"}, "question-span"),
    ({"asks": "how_long", "says": "metformin", "span": "intake_adults"}, "unknown-name"),
    ({"asks": "ticks", "answers": {"fatigue": {}}}, "not-a-list"),
    ({"asks": "choice", "says": "fatigue", "answers": {"one": {}}}, "unknown-key"),
    ({"asks": "choice", "answers": {"one": {"says": ["nothing_of_the_kind"]}}}, "unknown-concept"),
    ({}, "missing-key"),
    ({"says": "fatigue", "for": ["my_dog"]}, "question-audience"),
    ({"says": "fatigue", "sex": "women"}, "question-audience"),
    ({"says": "fatigue", "from": "four years"}, "question-audience"),
    ({"says": "fatigue", "asking": "yes"}, "unknown-key"),
])  # fmt: skip
def test_what_is_wrong_is_refused(body: dict[str, Any], error: str) -> None:
    """Pins that each mistake is refused by its name."""
    with pytest.raises(KnowledgeError) as refused:
        one(body)
    assert refused.value.id == error


def test_a_question_stands_once() -> None:
    with pytest.raises(KnowledgeError) as refused:
        read_questions({"every": OWN, "groups": {"a": {"questions": {"q": {"says": "fatigue"}}}, "b": {"questions": {"q": {"says": "fatigue"}}}}}, load())
    assert refused.value.id == "duplicate-id"


@pytest.mark.parametrize(("whom", "sex", "months", "asked"), [
    ("me", "female", (400, 411), True), ("child", "female", (400, 411), False), ("me", "male", (400, 411), False), ("me", "", None, True),
    ("me", "", (143, 143), False), ("me", "", (144, 144), True), ("me", "", (660, 671), True), ("me", "", (672, 683), False), ("me", "", (132, 150), True),
])  # fmt: skip
def test_of_whom_it_is_asked(whom: str, sex: str, months: tuple[int, int] | None, asked: bool) -> None:
    """Pins that who may belong to those asked is asked, and that the limits count in whole months."""
    assert Audience(("me", "relative"), "female", 144, 672).holds(whom, sex, months) is asked


def test_a_question_may_be_asked_of_fewer_than_its_group() -> None:
    question = one({"says": "fatigue", "from": "16 years"}, **{"for": ["me", "child"], "from": "4 years"})
    assert question.audience == Audience(("me", "child"), "", 16 * 12, None)


def test_no_concept_is_asked_for_that_no_rule_reads() -> None:
    """Pins that every answer can matter: to a rule, or as a reason to go today."""
    knowledge = load()
    read = {getattr(node, "concept", "") for conditions in knowledge.conditions.values() for condition in conditions for node in condition.walk()}
    for group in questions().groups:
        for question in group.questions:
            for concept in (concept for answer in question.answers.values() for concept in answer.says):
                wider = {other for other in knowledge.concepts if concept in knowledge.narrower(other)}
                assert wider & read or question.today, concept
