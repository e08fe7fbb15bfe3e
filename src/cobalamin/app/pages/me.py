"""The door for a person or their family: plain questions in, whether and how soon to be seen or tested out, and a sheet for the clinic."""

from __future__ import annotations

from typing import Any

from cobalamin.app.pages.advice import Advice, Point
from cobalamin.app.pages.asked import Asked, View
from cobalamin.app.pages.sheet import said, sheet
from cobalamin.app.pages.told import FIELD, Told
from cobalamin.assessing import assess, today
from cobalamin.outputs.language import FALLBACK, Language, language
from cobalamin.rules.knowledge import SEXES, Knowledge
from cobalamin.rules.load import load
from cobalamin.rules.questions import WHOM, Question, questions

NONE_OF_THESE, SHEET = "rest", "sheet"
"""The fields of the buttons that answer no to the rest of a group, and that open the sheet."""


def view(asked: Asked) -> View:
    """The questions with what was answered, and the answer; or the sheet for the clinic."""
    knowledge, words, as_of, closed = load(), language(asked.lang), today(), asked.one(NONE_OF_THESE)
    told = Told.of(asked, questions()).with_no_to(closed)
    case = told.case(knowledge, as_of)
    found = assess(case, as_of=as_of, would_change=False)
    advice = Advice(told, found, knowledge, words)
    held: dict[str, Any] = {"told": told, "advice": advice, "whoms": WHOM, "sexes": SEXES, "field": FIELD, "own_words": "\n".join(told.said),
                            "live": bool(asked.part), "handed_over": told.handed_over(knowledge, as_of),
                            "groups": _groups(told, knowledge, words, as_of, closed)}  # fmt: skip
    if asked.one(SHEET) and told.whom:
        english = Advice(told, found, knowledge, language(FALLBACK))
        held |= {"sheet": sheet(advice, as_of), "sheet_in_english": sheet(english, as_of), "say_in_english": english.words.say, "english": asked.lang != FALLBACK}
        return View("me-sheet", held, _data(told, advice, case, as_of))
    return View("me", held, _data(told, advice, case, as_of), ("me-answer",))


def _groups(told: Told, knowledge: Knowledge, words: Language, as_of: str, closed: str) -> list[dict[str, Any]]:
    """The groups of questions as the page shows them; open are those of danger, those begun, and the one after the group just *closed*."""
    found: list[dict[str, Any]] = []
    for group, asked in told.asked:
        answered, danger, before = sum(not told.open(question) for question in asked), any(question.today for question in asked), found[-1]["id"] if found else ""
        begun = any(question.id in told.chosen for question in asked) and answered < len(asked) and group.id != closed
        first = not told.chosen and len(found) == 1
        if found:
            found[-1]["after"] = group.id
        found.append({
            "id": group.id, "title": words.say(group.text, "lay"), "danger": danger, "sex": asked[0].audience.sex, "count": len(asked), "answered": answered,
            "open": danger or begun or first or bool(closed and closed == before), "after": "",
            "questions": [_question(question, told, knowledge, words, as_of) for question in asked],
        })  # fmt: skip
    return found


def _question(question: Question, told: Told, knowledge: Knowledge, words: Language, as_of: str) -> dict[str, Any]:
    chosen = told.chosen.get(question.id, ())
    answers = [(id, said(question, answer, knowledge, words, as_of, "lay"), id in chosen) for id, answer in question.answers.items()]
    return {"id": question.id, "text": words.say(question.text, "lay"), "several": question.asks == "ticks", "short": question.asks == "yes_no", "answers": answers}


def _data(told: Told, advice: Advice, case: dict[str, Any], as_of: str) -> dict[str, Any]:
    """The same for programs: what was understood, and the plain answer with what each sentence rests on."""
    if not told.whom:
        return {"as_of": as_of, "whom": "", "questions": {group.id: [question.id for question in group.questions] for group in told.questionnaire.groups}}
    return {
        "as_of": as_of, "whom": told.whom, "answers": {id: list(answers) for id, answers in told.chosen.items()}, "case": case,
        "how_soon": advice.how_soon, "verdict": advice.verdict, "says": advice.words.say(f"me-verdict-{advice.verdict}", "lay"),
        "danger": [*[advice.words.say(answer.text, "lay") for answer in told.today], *_points(advice.danger(), advice)],
        "why": _points(advice.why(), advice), "ask_for": [{"test": name, **_point(point, advice)} for name, point in advice.tests()],
        "mind": _points(advice.avoid(), advice), "prevention": _points(advice.prevention(), advice),
        "still_open": [group.id for group in told.still_open], "not_understood": advice.not_understood(),
    }  # fmt: skip


def _points(points: list[Point], advice: Advice) -> list[dict[str, Any]]:
    return [_point(point, advice) for point in points]


def _point(point: Point, advice: Advice) -> dict[str, Any]:
    return {"id": point.id, "says": point.text, "sources": [advice.source(evidence) for evidence in point.evidence]}
