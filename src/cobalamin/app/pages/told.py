"""What a person has told by answering questions: who it is about, the answers, and the facts that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from cobalamin.app.pages.asked import Asked
from cobalamin.rules.knowledge import SEXES, Knowledge
from cobalamin.rules.questions import BEYOND, NO, NONE, UNSURE, WHOM, WITHIN, Answer, Group, Question, Questionnaire

FIELD = "q-"
"""What the name of a question's field begins with."""
ABSENT = "absent"
LONGEST_LINE, MOST_LINES = 200, 40
"""More than this is no answer to a question but a record; the page for a patient reads those."""
MONTHS_IN_YEAR, DAYS_IN_MONTH = 12, 365.25 / 12


@dataclass(frozen=True)
class Span:
    """The span of a question, in days and in whole months."""

    days: int
    months: int


@dataclass(frozen=True)
class Told:
    """The answers of one form to the questions there are."""

    questionnaire: Questionnaire
    whom: str = ""
    sex: str = ""
    years: str = ""
    months: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    said: tuple[str, ...] = ()

    @classmethod
    def of(cls, asked: Asked, questionnaire: Questionnaire) -> Told:
        """What a form holds; a value that no form of ours sends is as if nothing was answered."""
        chosen = {}
        for group in questionnaire.groups:
            for question in group.questions:
                values = tuple(value for value in dict.fromkeys(asked.all(FIELD + question.id)) if value in question.answers)
                if values:
                    chosen[question.id] = values if question.asks == "ticks" else values[-1:]
        whom, sex = asked.one("whom"), asked.one("sex")
        lines = (line.strip()[:LONGEST_LINE] for line in asked.one("said").splitlines())
        return cls(questionnaire, whom if whom in WHOM else "", sex if sex in SEXES else "", asked.one("years").strip()[:LONGEST_LINE],
                   asked.one("months").strip()[:LONGEST_LINE], chosen, tuple(line for line in lines if line)[:MOST_LINES])  # fmt: skip

    def with_no_to(self, group: str) -> Told:
        """The same, with a no to every question of *group* that is not answered and may be answered so."""
        held = next((questions for given, questions in self.asked if given.id == group), ())
        rest = {q.id: (*self.chosen.get(q.id, ()), NONE) for q in held if q.asks == "ticks" and NONE not in self.chosen.get(q.id, ())}
        rest |= {q.id: (NO,) for q in held if q.id not in self.chosen and NO in q.answers}
        return replace(self, chosen={**self.chosen, **rest})

    @property
    def unread_age(self) -> bool:
        """Whether something stands for an age that is none."""
        return any(text and _number(text) is None for text in (self.years, self.months))

    @property
    def age(self) -> tuple[int, int] | None:
        """The least and the most completed months the person may have lived; None where the age is not told."""
        years, months = _number(self.years), _number(self.months) if self.whom == "child" else None
        if months is not None:
            exact = (years or 0) * MONTHS_IN_YEAR + months
            return exact, exact
        return None if years is None else (years * MONTHS_IN_YEAR, years * MONTHS_IN_YEAR + MONTHS_IN_YEAR - 1)

    @cached_property
    def asked(self) -> tuple[tuple[Group, tuple[Question, ...]], ...]:
        """The questions for this person, by their groups; none before it is told whom they are about."""
        found = ((group, tuple(q for q in group.questions if q.audience.holds(self.whom, self.sex, self.age))) for group in self.questionnaire.groups)
        return tuple((group, questions) for group, questions in found if questions)

    def open(self, question: Question) -> bool:
        """Whether a question is still open: not answered, or answered with not sure."""
        return self.chosen.get(question.id, (UNSURE,)) == (UNSURE,)

    @property
    def still_open(self) -> tuple[Group, ...]:
        """The groups in which a question is still open."""
        return tuple(group for group, questions in self.asked if any(map(self.open, questions)))

    def answers(self) -> Iterator[tuple[Group, Question, tuple[Answer, ...]]]:
        """Every question that was answered, with its answers in the order of the page."""
        for group, questions in self.asked:
            for question in questions:
                if question.id in self.chosen:
                    yield group, question, tuple(answer for id, answer in question.answers.items() if id in self.chosen[question.id])

    def affirmed(self) -> Iterator[tuple[Question, Answer]]:
        """Every answer that states something, whatever time ago."""
        for _, question, answers in self.answers():
            yield from ((question, answer) for answer in answers if answer.says)

    @property
    def today(self) -> tuple[Answer, ...]:
        """Answers that are reason by themselves to see a doctor the same day."""
        return tuple({answer.text: answer for question, answer in self.affirmed() if question.today and answer.reach != BEYOND}.values())

    @property
    def diet(self) -> str:
        """The diet whose foods fit; empty where nothing was told."""
        return next((answer.foods for _, _, answers in self.answers() for answer in answers if answer.foods), "")

    def states(self, *concepts: str) -> bool:
        """Whether an answer states one of *concepts* for the present time."""
        return any(set(answer.says) & set(concepts) for _, answer in self.affirmed() if answer.reach != BEYOND)

    def case(self, knowledge: Knowledge, as_of: str) -> dict[str, Any]:
        """The answers as a case: the columns of the person, and a fact for each thing stated or denied and for each line in own words."""
        age = self.age
        exact = age is not None and age[0] == age[1]
        person = {"sex": self.sex, "age_months": str(age[0]) if age and exact else "", "age_years": str(age[0] // MONTHS_IN_YEAR) if age and not exact else ""}
        return {**person, "facts": [*self._facts(knowledge, as_of), *({"concept": line} for line in self.said)]}

    def handed_over(self, knowledge: Knowledge, as_of: str) -> list[tuple[str, str]]:
        """The case as the fields of the page for a patient: the columns of the person, and a numbered row for each fact."""
        case = self.case(knowledge, as_of)
        rows = [(f"r{number}.{column}", text) for number, fact in enumerate(case.pop("facts"), 1) for column, text in fact.items()]
        return [(name, text) for name, text in case.items() if text] + rows

    def _facts(self, knowledge: Knowledge, as_of: str) -> Iterator[dict[str, str]]:
        stated: set[str] = set()
        for question, answer in self.affirmed():
            for concept in answer.says:
                if concept not in stated:
                    stated.add(concept)
                    yield _fact(concept, question, answer, knowledge, as_of)
        for concept in dict.fromkeys(self._denied()):
            # whoever states a kind of something does not deny it
            if not stated & set(knowledge.narrower(concept)):
                yield {"concept": concept, "value": ABSENT}

    def _denied(self) -> Iterator[str]:
        for _, question, answers in self.answers():
            if question.asks != "ticks":
                yield from (concept for answer in answers for concept in answer.denies)
            elif NONE in self.chosen[question.id]:
                yield from (concept for id, answer in question.answers.items() if id not in self.chosen[question.id] for concept in answer.denies)


def span_of(question: Question, knowledge: Knowledge, as_of: str) -> Span | None:
    """The span that divides the answers of a question, from its parameter under the default guideline."""
    held = knowledge.in_force(question.span, knowledge.default_guideline, max(as_of, knowledge.knowledge_from)) if question.span else None
    if held is None:
        return None
    unit, number = held[1].printed[0]
    days = number if unit == "days" else number * DAYS_IN_MONTH
    return Span(round(days), round(days / DAYS_IN_MONTH))


def _fact(concept: str, question: Question, answer: Answer, knowledge: Knowledge, as_of: str) -> dict[str, str]:
    """What an answer states. Nobody asked for a day, so one stands in for it: half the span ago for less than the span, twice for more."""
    span = span_of(question, knowledge, as_of)
    if span is None or not answer.reach:
        return {"concept": concept}
    on_a_day = knowledge.concepts[concept].lasts is not None
    if answer.reach == WITHIN and question.asks == "how_recent" and not on_a_day:
        return {"concept": concept}
    days = span.days // 2 if answer.reach == WITHIN else span.days * 2
    day = (date.fromisoformat(as_of) - timedelta(days=days)).isoformat()
    return {"concept": concept, "date": day, **({"end": day} if question.over and answer.reach == BEYOND else {})}


def _number(text: str) -> int | None:
    """A whole number of at most three digits, in the digits of any script."""
    return int(text) if text.isdecimal() and len(text) <= 3 else None
