"""The door for a person: lay cases and what must be said, never a diagnosis or a dose, nothing lost on the way, in every language."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
import yaml

pytest.importorskip("jinja2", reason="the web extra is not installed")

from cobalamin.app.pages import me
from cobalamin.app.pages.asked import Asked, languages
from cobalamin.app.pages.site import html
from cobalamin.app.pages.told import FIELD, Told
from cobalamin.assessing import today
from cobalamin.outputs.language import language
from cobalamin.rules.load import load
from cobalamin.rules.questions import NONE, Question, questions

CASES = yaml.safe_load((Path(__file__).parent / "me_cases.yaml").read_text(encoding="utf-8"))
PERSON = ("whom", "sex", "years", "months", "said")
STATUSES = ("status-deficient", "status-probable", "status-indeterminate", "status-unlikely", "start-now", "start-consider")
"""Sentences that tell a status or begin a treatment."""
DOSE = re.compile(r"\d+ ?(?:µg|μg|mcg|mg)")

SOURCES = re.compile(r'<details class="why">.*?</details>|<section[^>]*class="sources">.*?</section>', re.DOTALL)
"""Where sentences come from, in the words of the sources."""


def asked(told: dict[str, str], lang: str = "en", **more: str) -> Asked:
    """The request of a form that tells so much; `all` answers every other question so."""
    fields = [(name, told[name]) for name in PERSON if name in told] + [(FIELD + name, value) for name, value in told.items() if name not in (*PERSON, "all")]
    if "all" in told:
        there = {name for name, _ in fields}
        fields += [(FIELD + q.id, value) for q in every() if FIELD + q.id not in there and (value := otherwise(q, told["all"]))]
    return Asked("/me", lang, (*fields, *more.items()), part=more.get("part", ""))


def otherwise(question: Question, answer: str) -> str:
    """How a question is answered with no or with not sure."""
    if question.asks == "ticks":
        return NONE if answer == "no" else ""
    return answer if answer in question.answers else next(iter(question.answers))


def every() -> list[Question]:
    return [question for group in questions().groups for question in group.questions]


def data(told: dict[str, str], lang: str = "en") -> dict[str, Any]:
    return dict(me.view(asked(told, lang)).data)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_lay_case(case: dict[str, Any]) -> None:
    """Pins for each case what is answered, how soon, what to ask for, and which sentences stand there or not."""
    found = data(case["told"])
    assert found["verdict"] == case["verdict"]
    assert found["how_soon"] == case.get("how_soon", found["how_soon"])
    assert [test["id"] for test in found["ask_for"]] == case.get("ask_for", [test["id"] for test in found["ask_for"]])
    said = {point["id"] for name in ("danger", "why", "mind", "prevention") for point in found[name] if isinstance(point, dict)}
    assert set(case.get("says", ())) <= said
    assert not set(case.get("silent", ())) & said


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_never_a_diagnosis_and_never_a_dose(case: dict[str, Any], lang: str) -> None:
    """Pins that page, sheet and data say no status and no regimen, and an amount only where they speak of food and prevention."""
    words = language(lang)
    forbidden = [words.say(id, voice) for id in STATUSES for voice in ("lay", "clinical")]
    for page in (html(asked(case["told"], lang)), html(asked(case["told"], lang, sheet="1")), json.dumps(data(case["told"], lang), ensure_ascii=False)):
        text = bare(page)
        assert not [sentence for sentence in forbidden if bare(sentence) in text]
    page = html(asked(case["told"], lang, part="me-answer"))
    assert not DOSE.search(bare(SOURCES.sub("", page[: page.index('class="food"')])))
    if data(case["told"])["verdict"] == "look":
        prevention = data(case["told"], lang)["prevention"]
        assert not [point for point in prevention if DOSE.search(bare(point["says"]))]
    assert not DOSE.search(bare(SOURCES.sub("", html(asked({name: text for name, text in case["told"].items() if name != "said"}, lang, sheet="1")))))


def bare(text: str) -> str:
    """Text without tags and without marks of direction."""
    return unescape(re.sub("[\u2066-\u2069]", "", re.sub(r"<[^>]*>", "", text)))


@pytest.mark.parametrize("lang", languages())
def test_every_question_is_asked_in_every_language(lang: str) -> None:
    """Pins that each question stands on the page of somebody, with its own sentence and each of its answers."""
    words, pages = language(lang), ""
    for whom, age in (("me", {}), ("relative", {}), ("child", {"months": "9"}), ("child", {"years": "9"})):
        pages += html(asked({"whom": whom, **age}, lang))
    for question in every():
        assert f'name="{FIELD}{question.id}"' in pages
        assert bare(words.say(question.text, "lay")) in bare(pages)
        if lang != "en":
            assert words.say(question.text, "lay") != language("en").say(question.text, "lay")


@pytest.mark.parametrize("question", every(), ids=lambda question: question.id)
def test_every_answer_is_understood(question: Question) -> None:
    """Pins that what an answer says is a fact that the reader uses, and that a no is a denial and not a silence."""
    from cobalamin.assessing import memory_engine
    from cobalamin.records.case import read_case

    engine = memory_engine()
    for id, answer in question.answers.items():
        told = Told(questions(), question.audience.whom[0], chosen={question.id: (id,)})
        case = told.case(load(), today())
        read = read_case(case, engine.words, engine.day, engine.spoken)
        assert not read.set_aside
        assert not read.not_understood
        assert read.used == len(case["facts"])
        assert {fact.concept for fact in read.facts if fact.present} == set(answer.says)
        denied = {concept for other in question.answers.values() for concept in other.denies} if id == NONE else set(answer.denies) - set(answer.says)
        assert {fact.concept for fact in read.facts if not fact.present} == ({c for c in denied} if question.asks != "ticks" or id == NONE else set())


def test_who_states_a_kind_of_something_does_not_deny_it() -> None:
    facts = Told(questions(), "me", chosen={"eats": ("everything",), "strict": ("yes",)}).case(load(), today())["facts"]
    assert {"concept": "restrictive_eating"} in facts
    assert not [fact for fact in facts if fact["concept"] == "low_animal_food_diet"]


def test_no_to_the_rest_leaves_what_was_answered() -> None:
    """Pins that the button denies only what is open in its own group."""
    told = Told(questions(), "me", chosen={"tingling": ("yes",), "tired": ("unsure",), "danger_now": ("chest_pain",)})
    after = told.with_no_to("nerves")
    assert after.chosen["tingling"] == ("yes",)
    assert after.chosen["numbness"] == ("no",)
    assert after.chosen["tired"] == ("unsure",)
    assert "breathless" not in after.chosen
    assert after.with_no_to("danger").chosen["danger_now"] == ("chest_pain", NONE)
    assert after.with_no_to("nonsense") == after


def test_a_switch_of_language_keeps_every_answer() -> None:
    """Pins that the form of another language holds the same answers, on the page and on the sheet."""
    told = {"whom": "me", "sex": "female", "years": "34", "tingling": "yes", "eats": "vegan", "body_others": "vomiting", "metformin": "longer", "said": "सिर भारी"}
    page = html(asked(told, "ar"))
    for name, value in (("tingling", "yes"), ("eats", "vegan"), ("body_others", "vomiting"), ("metformin", "longer")):
        assert f'name="{FIELD}{name}" value="{value}" checked' in page
    assert 'value="34"' in page
    assert "सिर भारी" in page
    sheet = html(asked(told, "hi", sheet="1"))
    for name, value in told.items():
        assert f'type="hidden" name="{name if name in PERSON else FIELD + name}" value="{value}"' in sheet


def test_the_sheet_speaks_the_person_s_language_and_english() -> None:
    """Pins that whoever reads the sheet at the clinic finds every line in English too."""
    sheet = html(asked({"whom": "me", "years": "34", "tingling": "yes", "eats": "milk"}, "ar", sheet="1"))
    for said in ("تنميل", "tingling or pins and needles: yes", "vegetarian with milk every day", "total vitamin B12 in serum", "Not a diagnosis"):
        assert said in bare(sheet)


@pytest.mark.parametrize("age", ["", "abc", "-4", "3.5", "9999", "٣٤", "३४", "<b>", "²"])
def test_an_age_is_read_or_said_to_be_unread(age: str) -> None:
    found, page = Told.of(asked({"whom": "me", "years": age}), questions()), html(asked({"whom": "me", "years": age}))
    known = age in ("٣٤", "३४")
    assert (found.age is not None) == known
    assert ("could not be read" in page) == bool(age and not known)
    assert "<b>" not in page


def test_hostile_input_is_only_text() -> None:
    """Pins that no value becomes HTML, picks a template, or answers a question that is not there."""
    evil = '"><script>alert(1)</script>\u202e\u200b'
    fields = [(name, evil) for name in ("whom", "sex", "years", "months", "said", "rest", "part", "sheet", FIELD + "eats", FIELD + "nowhere")]
    for whom in ((), (("whom", "me"),)):
        page = html(Asked("/me", "en", (*fields, *whom), part="../../frame"))
        assert "<script>alert" not in page
        assert "<html" in page
    many = html(Asked("/me", "en", (("whom", "me"), ("said", "\n".join(f"line {n} " + "x" * 5000 for n in range(500))))))
    assert len(many) < 200_000


def test_danger_stands_first() -> None:
    """Pins that a ticked danger sign is said above the questions, also where only the answer is asked for."""
    page = html(asked({"whom": "me", "danger_now": "chest_pain"}))
    assert page.index("Please see a doctor today") < page.index("<details")
    part = html(asked({"whom": "me", "danger_now": "chest_pain"}, part="me-answer"))
    assert 'hx-swap-oob="true"' in part
    assert "<html" not in part


def test_an_older_case_goes_over_to_the_page_for_a_patient() -> None:
    """Pins that the same facts arrive there, the denied ones as denied."""
    told = Told(questions(), "child", "male", "1", "2", {"mother_eats": ("vegan",), "quiet": ("no",)}, ("cries a lot",))
    over = dict(told.handed_over(load(), today()))
    assert over["age_months"] == "14"
    assert over["sex"] == "male"
    assert {over[f"r{n}.concept"] for n in (1, 2, 3)} == {"maternal_vegan_diet", "infant_apathy", "cries a lot"}
    assert over["r2.value"] == "absent"
