"""Questions to a person who has no results in hand: groups of questions, whom they are asked of, and what each answer says.

An answer states concepts and denies concepts; what is not answered says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules.files import at, mapping_at, only_keys, place_of
from cobalamin.rules.knowledge import SEXES, Knowledge
from cobalamin.rules.load import FOLDER, built, load
from cobalamin.rules.parameters import Evidence, read_evidence

FILE = "questions.yaml"
WHOM = ("me", "child", "relative")
KINDS = ("yes_no", "how_long", "how_recent", "choice", "ticks")
WITHIN, BEYOND = "within", "beyond"
"""How far back an answer reaches: less than the span of its question, or more."""
NO, UNSURE, NONE = "no", "unsure", "none"
"""The answers that deny and that say nothing, and the tick that denies whatever is not ticked."""
ASKED_OF, GROUP_KEYS = ("for", "sex", "from", "below"), ("today", "questions")
QUESTION_KEYS = ("asks", "says", "span", "over", "answers")
MONTHS = {"month": 1, "months": 1, "year": 12, "years": 12}


@dataclass(frozen=True)
class Audience:
    """Whom something is asked of; ages are months, and who is of unknown sex or age is asked."""

    whom: tuple[str, ...]
    sex: str
    from_months: int | None
    below_months: int | None

    def holds(self, whom: str, sex: str, months: tuple[int, int] | None) -> bool:
        """Whether a person of this age (the least and the most months there may be) is asked."""
        least, most = months or (None, None)
        too_young = self.from_months is not None and most is not None and most < self.from_months
        too_old = self.below_months is not None and least is not None and least >= self.below_months
        return whom in self.whom and not (self.sex and sex and sex != self.sex) and not too_young and not too_old


@dataclass(frozen=True)
class Answer:
    """One answer: the sentence that names it, what it states and denies, how far back it reaches, and the diet it tells of."""

    id: str
    text: str
    says: tuple[str, ...] = ()
    denies: tuple[str, ...] = ()
    reach: str = ""
    foods: str = ""


@dataclass(frozen=True)
class Question:
    """A question with its answers; with `today` whoever says yes should see a doctor the same day."""

    id: str
    asks: str
    audience: Audience
    answers: dict[str, Answer]
    span: str
    over: bool
    today: bool
    place: Place

    @property
    def text(self) -> str:
        """The id of its sentence."""
        return f"question-{self.id}".replace("_", "-")

    def sentences(self) -> Iterator[str]:
        """The id of every sentence it needs."""
        yield self.text
        yield from (answer.text for answer in self.answers.values())


@dataclass(frozen=True)
class Group:
    """Questions that belong together under one heading."""

    id: str
    questions: tuple[Question, ...]
    evidence: Evidence

    @property
    def text(self) -> str:
        """The id of its heading."""
        return f"group-of-questions-{self.id}".replace("_", "-")


@dataclass(frozen=True)
class Questionnaire:
    """Every group in the order of the page, and what is said beside every answer, with what it rests on."""

    groups: tuple[Group, ...]
    advice: dict[str, Evidence]

    def sentences(self) -> Iterator[str]:
        """The id of every sentence it needs."""
        for group in self.groups:
            yield group.text
            for question in group.questions:
                yield from question.sentences()
        yield from (f"advice-{id}".replace("_", "-") for id in self.advice)


@cache
def questions(folder: Path | None = None, places: bool = False) -> Questionnaire:
    """The questions of *folder* (the knowledge shipped, by default), strictly checked; read when first asked for."""
    knowledge = load(folder, places=places)
    return built(folder or FOLDER, places, lambda trees, _: read_questions(trees.get(FILE) or {}, knowledge))


def read_questions(tree: dict[str, Any], knowledge: Knowledge) -> Questionnaire:
    """Check every question against the concepts and parameters there are."""
    place = Place(FILE)
    only_keys(tree, ("every", "advice", "groups"), place)
    every = mapping_at(tree.get("every") or {}, place)
    advised = mapping_at(tree.get("advice") or {}, place)
    advice = {str(id): read_evidence({**every, **mapping_at(held, place)}, None, knowledge.sources, at(held, FILE, str(id))) for id, held in advised.items()}
    groups: list[Group] = []
    seen: dict[str, Place] = {}
    for id, body in mapping_at(tree.get("groups") or {}, place).items():
        spot = at(mapping_at(body, Place(FILE, path=str(id))), FILE, str(id))
        only_keys(body, (*ASKED_OF, *GROUP_KEYS, "source", "where", "checked", "since", "reviewer"), spot)
        evidence = read_evidence({**every, **body}, None, knowledge.sources, spot)
        own = mapping_at(body.get("questions") or {}, spot)
        found = tuple(_question(str(key), mapping_at(held, Place(FILE, path=str(key))), body, knowledge, at(held, FILE, str(key))) for key, held in own.items())
        for question in found:
            if question.id in seen:
                raise KnowledgeError(f"the question '{question.id}' exists already.", question.place, f"See {seen[question.id]}.", "duplicate-id")
            seen[question.id] = question.place
        groups.append(Group(str(id), found, evidence))
    return Questionnaire(tuple(groups), advice)


def _question(id: str, tree: dict[str, Any], group: dict[str, Any], knowledge: Knowledge, place: Place) -> Question:
    only_keys(tree, (*ASKED_OF, *QUESTION_KEYS), place)
    asks = str(tree.get("asks", "yes_no"))
    if asks not in KINDS:
        raise KnowledgeError(f"asks for '{asks}'.", place_of(asks, place), f"Say one of {', '.join(KINDS)}. {nearest(asks, KINDS)}".strip(), "question-kind")
    span = str(tree.get("span") or "")
    timed = asks in ("how_long", "how_recent")
    if timed != bool(span):
        raise KnowledgeError("has a span to no purpose." if span else "has no span.", place, "`how_long` and `how_recent` need one, others have none.", "question-span")
    if span and (span not in knowledge.parameters or knowledge.parameters[span].of not in ("days", "months")):
        raise KnowledgeError(f"has the span '{span}', which is no parameter in days or months.", place_of(tree["span"], place),
                             nearest(span, knowledge.parameters), "unknown-name")  # fmt: skip
    answers = {answer.id: answer for answer in _answers(id, asks, tree, place)}
    for concept in (concept for answer in answers.values() for concept in (*answer.says, *answer.denies)):
        if concept not in knowledge.concepts:
            raise KnowledgeError(f"names '{concept}', which is no concept.", place, nearest(concept, knowledge.concepts), "unknown-concept")
        if knowledge.concepts[concept].is_result:
            raise KnowledgeError(f"asks for '{concept}', which is a result.", place, "Ask for what a person can tell without a laboratory.", "question-kind")
    return Question(id, asks, _audience({**group, **tree}, place), answers, span, bool(tree.get("over")), bool(group.get("today")), place)


def _answers(id: str, asks: str, tree: dict[str, Any], place: Place) -> Iterator[Answer]:
    """The answers of a question in the order of the page."""
    listed = tree.get("answers")
    if asks == "ticks":
        if not isinstance(listed, list) or "says" in tree:
            raise KnowledgeError("has no list of ticks.", place, "Write answers: [concept, concept].", "not-a-list")
        yield from (Answer(str(concept), f"tick-{concept}".replace("_", "-"), (str(concept),), (str(concept),)) for concept in listed)
        yield Answer(NONE, "answer-none")
        return
    if asks == "choice":
        if "says" in tree:
            raise KnowledgeError("says something before anything is chosen.", place, "Let each answer say what it means.", "unknown-key")
        for key, held in mapping_at(listed, place).items():
            only_keys(mapping_at(held, place), ("says", "denies", "foods"), place)
            text = f"choice-{id}-{key}".replace("_", "-")
            yield Answer(str(key), text, tuple(map(str, held.get("says") or ())), tuple(map(str, held.get("denies") or ())), foods=str(held.get("foods") or ""))
    else:
        if not tree.get("says") or listed is not None:
            raise KnowledgeError("says nothing.", place, "Name its concept with `says:`; only a choice or ticks have answers.", "missing-key")
        concept = (str(tree["says"]),)
        yield Answer(NO, "answer-never" if asks == "how_recent" else "answer-no", denies=concept)
        if asks == "yes_no":
            yield Answer("yes", "answer-yes", concept)
        elif asks == "how_long":
            yield from (Answer("shorter", "answer-shorter", concept, reach=WITHIN), Answer("longer", "answer-longer", concept, reach=BEYOND),
                        Answer("yes", "answer-yes-since-unknown", concept))  # fmt: skip
        else:
            yield from (Answer("lately", "answer-lately", concept, reach=WITHIN), Answer("before", "answer-before", concept, reach=BEYOND))
    yield Answer(UNSURE, "answer-unsure")


def _audience(tree: dict[str, Any], place: Place) -> Audience:
    whom = tuple(map(str, tree.get("for") or WHOM))
    for one in whom:
        if one not in WHOM:
            raise KnowledgeError(f"is for '{one}'.", place, f"Say some of {', '.join(WHOM)}. {nearest(one, WHOM)}".strip(), "question-audience")
    sex = str(tree.get("sex") or "")
    if sex and sex not in SEXES:
        raise KnowledgeError(f"is for the sex '{sex}'.", place, f"Say one of {', '.join(SEXES)}.", "question-audience")
    return Audience(whom, sex, _months(tree.get("from"), place), _months(tree.get("below"), place))


def _months(written: Any, place: Place) -> int | None:
    if written is None:
        return None
    number, _, unit = str(written).partition(" ")
    if not number.isdigit() or unit not in MONTHS:
        raise KnowledgeError(f"has the age '{written}'.", place, "Write it like 4 years or 6 months.", "question-audience")
    return int(number) * MONTHS[unit]
