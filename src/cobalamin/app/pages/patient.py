"""The door for a patient: what is known of somebody in, the whole answer out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cobalamin.app.pages.answer import SEVERITIES, Answer
from cobalamin.app.pages.asked import Asked, View, languages
from cobalamin.app.pages.downloads import BY_FILE, DOWNLOADS, Taken
from cobalamin.app.pages.entering import Entered, Entering
from cobalamin.app.pages.entry import AGES, Entry, entry_of
from cobalamin.app.pages.rows import folded, is_day, shown
from cobalamin.app.pages.suggest import search
from cobalamin.assessing import memory_engine, vocabulary
from cobalamin.engines.memory.course import calendar
from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.errors import NothingToAssess, UsageError
from cobalamin.model.assessment import Assessment
from cobalamin.model.calendar import DoseCalendar
from cobalamin.model.fact import Case
from cobalamin.outputs.language import VOICES, Voice, foreign_run, language
from cobalamin.outputs.markers import charts
from cobalamin.records.case import PATIENT_COLUMNS, read_case

LIVE, CHANGED, SUGGEST = "patient-live", "patient-changed", "patient-suggest"
"""The parts that may be asked for alone: the answer while somebody types, form and answer after a button, names to pick from."""
WITH_FIELDS = ("patient_id", "sex", "birth_date", *AGES)
MOST_OPEN = 200
OPTIONS = ("also", "large", "discreet")
"""Fields that only say how something is taken along."""

FIELDS = {
    "lang": "en, hi or ar", "sex": "female or male", "age": "a number", "age_in": "age_years (the default) or age_months", "birth_date": "a day, a month or a year",
    "as_of": "the day of assessment; today unless given", "guideline": "the id of a guideline", "voice": "clinical (the default) or lay",
    "patient_id": "a name for print-outs",
    "r1.concept": "what the first row is about: an id, a code, or plain words; r2, r3 ... are further rows",
    "r1.value": "a number, with a sign before it, or a word such as absent",
    "r1.unit": "the unit of the value", "r1.date": "its day, or since when", "r1.end": "until when", "r1.dose": "the dose of a medicine",
    "r1.reference": "the laboratory's own range", "add": "words, or a result with its number, to be understood and added", "slip": "results as printed on a slip",
}  # fmt: skip
"""What the fields of the form are."""


@dataclass(frozen=True)
class Found:
    """A case as it was read, its assessment with the doses that are left, and the calendar they stand in."""

    case: Case
    assessment: Assessment
    calendar: DoseCalendar


@dataclass(frozen=True)
class Work:
    """One request carried out: the engine of its day, the form after what was asked, and what was found if anything is known."""

    engine: MemoryEngine
    entered: Entered
    voice: Voice
    case: dict[str, Any]
    found: Found | None


def work(asked: Asked) -> Work:
    """Carry out what the form asks."""
    trouble = []
    try:
        engine = memory_engine(asked.one("as_of") or None, asked.one("guideline") or None)
    except UsageError as error:
        trouble.append(("trouble", str(error)))
        engine = memory_engine()
    entry = entry_of(asked, engine.spoken)
    typing = asked.part == LIVE
    entered = Entered(entry, add=asked.one("add"), slip=asked.one("slip")) if typing else Entering(asked, engine, language(asked.lang)).entered(entry)
    case = entered.entry.case()
    known = len(case) > 1 or case["facts"]
    voice: Voice = "lay" if asked.one("voice") == "lay" else "clinical"
    return Work(engine, replace(entered, notes=(*trouble, *entered.notes)), voice, case, _found(case, engine) if known else None)


def _found(case: dict[str, Any], engine: MemoryEngine) -> Found:
    read = read_case(case, engine.words, engine.day, engine.spoken)
    found = engine.assess(read, would_change=True)
    held = calendar(read, engine, found.treatment["regimen"])
    if held.received:
        # doses that were given count; what is left is planned from today on
        found = replace(found, treatment=found.treatment | {"doses": [row.dose() for row in held.to_come]})
    return Found(read, found, held)


def view(asked: Asked) -> View:
    """The answer to what the form holds, and the form again."""
    words = language(asked.lang)
    if asked.part == SUGGEST:
        found = search(vocabulary()).suggestions(asked.one("add"), words)
        return View(SUGGEST, {"suggestions": found}, {"suggestions": [{"concept": one.concept, "kind": one.kind, "label": one.label} for one in found]})
    done = work(asked)
    engine, entered = done.engine, done.entered
    answer = Answer(done.found.assessment, engine.knowledge, asked.lang, done.voice, done.found.calendar) if done.found else None
    sections = answer.sections() if answer else []
    rows = shown(entered.entry, engine.spoken, words)
    held: dict[str, Any] = {
        "person": _person(entered.entry), "carried": [(name, text) for name, text in entered.entry.person.items() if name not in WITH_FIELDS],
        "rows": rows, "folded": folded(rows), "entered": entered, "notes": entered.notes, "is_day": is_day, "shown_as_is": foreign_run,
        "as_of": engine.as_of, "guideline": engine.guideline, "voice": done.voice, "voices": VOICES,
        "guidelines": [(id, words.label(held.title)) for id, held in engine.knowledge.guidelines.items()],
        "answer": answer, "sections": sections, "severities": SEVERITIES, "open": frozenset(asked.one("open").split()[:MOST_OPEN]),
        "charts": charts(done.found.case, done.found.assessment, engine.knowledge, words) if done.found else [],
        "downloads": [download for download in DOWNLOADS if download.there], "options": {name: asked.one(name) for name in OPTIONS},
        "others": [(code, language(code).say("language-name")) for code in languages() if code != asked.lang],
    }  # fmt: skip
    return View("patient", held, _data(done, sections), (LIVE, CHANGED))


def taken(asked: Asked, file: str) -> bytes:
    """A file to take along, by its name in the table of downloads."""
    done = work(asked)
    if done.found is None:
        raise NothingToAssess("Nothing is entered yet: enter something about the patient first.")
    return BY_FILE[file].make(Taken(done.engine, done.case, done.found.assessment, done.found.calendar, asked.lang, done.voice, {n: asked.one(n) for n in OPTIONS}))


def _person(entry: Entry) -> dict[str, str]:
    """The columns of the person, the age once with the unit it was told in."""
    held = {name: entry.person.get(name, "") for name in PATIENT_COLUMNS}
    age_in = next((name for name in AGES if held[name]), AGES[0])
    return held | {"age": held[age_in], "age_in": age_in}


def _data(done: Work, sections: list[dict[str, Any]]) -> dict[str, Any]:
    """The same for programs: the case the form stands for, its assessment, and what is said of it with what each sentence rests on."""
    return {"case": done.case, "assessment": done.found.assessment.to_dict() if done.found else None, "sections": sections,
            "notes": [text for _, text in done.entered.notes]}  # fmt: skip
