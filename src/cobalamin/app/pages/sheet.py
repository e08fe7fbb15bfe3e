"""The sheet for the clinic: what was answered and what follows, as lines of text in one language."""

from __future__ import annotations

from dataclasses import dataclass

from cobalamin.app.pages.advice import Advice
from cobalamin.app.pages.told import Told, span_of
from cobalamin.outputs.language import Language, Voice, quantity_run
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.questions import Answer, Question


@dataclass(frozen=True)
class Sheet:
    """The lines of a sheet; those of two languages stand side by side, so each list is as long in every language."""

    about: str
    danger: list[str]
    why: list[str]
    tests: list[str]
    lines: list[str]
    open: str
    sources: list[str]


def sheet(advice: Advice, day: str) -> Sheet:
    """What the sheet says in the language of *advice*."""
    told, words = advice.told, advice.words
    ticked = [words.say(answer.text) for answer in told.today if not answer.reach]
    lines = [_pair(words, words.say(question.text), words.joined(said(question, answer, advice.knowledge, words, day, "clinical") for answer in answers))
             for _, question, answers in told.answers()]  # fmt: skip
    left = words.joined(words.say(group.text) for group in told.still_open)
    return Sheet(
        _about(told, words, day), [*ticked, *(point.text for point in advice.danger())], [point.text for point in advice.why()],
        [_pair(words, name, point.text) for name, point in advice.tests()], lines, _pair(words, words.say("me-sheet-open", "lay"), left) if left else "",
        advice.sources(),
    )  # fmt: skip


def said(question: Question, answer: Answer, knowledge: Knowledge, words: Language, day: str, voice: Voice) -> str:
    """An answer in words, with the span of its question where it has one."""
    span = span_of(question, knowledge, day) if answer.reach else None
    months = words.say("span-months", voice, count=span.months, number=quantity_run(str(span.months))) if span else ""
    return words.say(answer.text, voice, **({"span": months} if span else {}))


def _about(told: Told, words: Language, day: str) -> str:
    """The day, who answered, and sex and age as far as they were told."""
    parts = [_pair(words, words.say("me-sheet-day", "lay"), quantity_run(day)), words.say(f"me-whom-{told.whom}")]
    if told.sex:
        parts.append(words.say(f"value-{told.sex}"))
    if told.age:
        exact = told.age[0] == told.age[1]
        parts.append(words.say("me-sheet-age-months", number=told.age[0]) if exact else words.say("me-sheet-age-years", number=int(told.years)))
    return words.joined(parts, "lay")


def _pair(words: Language, label: str, value: str) -> str:
    return words.say("label-value", "lay", label=label, value=value)
