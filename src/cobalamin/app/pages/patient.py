"""The door for a patient: what is known of somebody in, the whole answer out."""

from __future__ import annotations

from typing import Any

from cobalamin.app.pages.answer import SEVERITIES, Answer
from cobalamin.app.pages.asked import Asked, View
from cobalamin.app.pages.entering import Entered, Entering
from cobalamin.app.pages.entry import AGES, Entry, entry_of
from cobalamin.app.pages.rows import is_day, shown
from cobalamin.app.pages.suggest import search
from cobalamin.assessing import memory_engine, vocabulary
from cobalamin.errors import UsageError
from cobalamin.model.assessment import Assessment
from cobalamin.outputs.language import VOICES, Voice, foreign_run, language
from cobalamin.outputs.markers import charts
from cobalamin.records.case import PATIENT_COLUMNS, read_case

ANSWER, CHANGED, SUGGEST = "patient-answer", "patient-changed", "patient-suggest"
"""The parts that may be asked for alone: the answer while somebody types, form and answer after a button, names to pick from."""
WITH_FIELDS = ("patient_id", "sex", "birth_date", *AGES)
MOST_OPEN = 200


def view(asked: Asked) -> View:
    """The answer to what the form holds, and the form again."""
    words = language(asked.lang)
    if asked.part == SUGGEST:
        found = search(vocabulary()).suggestions(asked.one("add"), words)
        return View(SUGGEST, {"suggestions": found}, {"suggestions": [{"concept": one.concept, "kind": one.kind, "label": one.label} for one in found]})
    trouble = []
    try:
        engine = memory_engine(asked.one("as_of") or None, asked.one("guideline") or None)
    except UsageError as error:
        trouble.append(("trouble", str(error)))
        engine = memory_engine()
    entry = entry_of(asked, engine.spoken)
    entered = Entered(entry, add=asked.one("add"), slip=asked.one("slip")) if asked.part == ANSWER else Entering(asked, engine, words).entered(entry)
    case = entered.entry.case()
    voice: Voice = "lay" if asked.one("voice") == "lay" else "clinical"
    read = read_case(case, engine.words, engine.day, engine.spoken) if len(case) > 1 or case["facts"] else None
    assessment = engine.assess(read) if read else None
    answer = Answer(assessment, engine.knowledge, asked.lang, voice) if assessment else None
    sections = answer.sections() if answer else []
    guidelines = [(id, words.label(held.title)) for id, held in engine.knowledge.guidelines.items()]
    held: dict[str, Any] = {
        "person": _person(entered.entry), "carried": [(name, text) for name, text in entered.entry.person.items() if name not in WITH_FIELDS],
        "rows": shown(entered.entry, engine.words, words), "entered": entered, "notes": [*trouble, *entered.notes], "is_day": is_day, "shown_as_is": foreign_run,
        "as_of": engine.as_of, "guideline": engine.guideline, "guidelines": guidelines, "voice": voice, "voices": VOICES,
        "answer": answer, "sections": sections, "severities": SEVERITIES, "open": frozenset(asked.one("open").split()[:MOST_OPEN]),
        "charts": charts(read, assessment, engine.knowledge, words) if read and assessment else [],
    }  # fmt: skip
    return View("patient", held, _data(case, assessment, sections), (ANSWER, CHANGED))


def _person(entry: Entry) -> dict[str, str]:
    """The columns of the person, the age once with the unit it was told in."""
    held = {name: entry.person.get(name, "") for name in PATIENT_COLUMNS}
    age_in = next((name for name in AGES if held[name]), AGES[0])
    return held | {"age": held[age_in], "age_in": age_in}


def _data(case: dict[str, Any], assessment: Assessment | None, sections: list[dict[str, Any]]) -> dict[str, Any]:
    """The same for programs: the case the form stands for, its assessment, and what is said of it with what each sentence rests on."""
    return {"case": case, "assessment": assessment.to_dict() if assessment else None, "sections": sections}
