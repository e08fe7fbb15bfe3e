"""The plan of one person: treatment with dated doses, what was given so far and what it counts for, and reviews."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path

from cobalamin.assessing import checked_day, memory_engine, understood
from cobalamin.engines.memory.course import calendar
from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.errors import UsageError, nearest
from cobalamin.model.account import Account
from cobalamin.model.assessment import Assessment
from cobalamin.model.calendar import DoseCalendar
from cobalamin.model.fact import Case
from cobalamin.outputs.calendar import csv_text
from cobalamin.outputs.fhir.administration import plan_bundle
from cobalamin.outputs.ics import calendar_ics
from cobalamin.outputs.language import Voice, language
from cobalamin.outputs.plain import to_json
from cobalamin.outputs.text import render_plan
from cobalamin.records.given import given_facts
from cobalamin.records.opened import scratch_folder
from cobalamin.run import Run

PLAN = ("patient_id", "as_of", "guideline", "pathway_version", "status", "urgency", "red_flags", "treatment", "response", "review")
"""What of an assessment a plan says."""


@dataclass(frozen=True)
class Plan:
    """An assessment whose doses are those still to come, and the calendar they stand in."""

    found: Assessment
    calendar: DoseCalendar


def plan_of(run: Run, regimen: str | None = None, given: Path | None = None, begun: str | None = None) -> Plan:
    """The plan of the one person of *run*, with the doses of *regimen* where another is wanted than the first.

    *given* is a list of doses given (CSV) beside those of the record, *begun* the day the plan began where no dose tells it.
    """
    engine = memory_engine(run.as_of, run.guideline, run.files)
    start = date.fromisoformat(checked_day(begun)) if begun else None
    if start and start > engine.today:
        raise UsageError(f"The plan cannot have begun on {start.isoformat()}, after the day it is made for ({engine.as_of}).")
    with scratch_folder() as scratch:
        # two people are enough to know that there is more than one
        people = list(islice(run.cases(Account(), Path(scratch)), 2))
        if len(people) != 1:
            raise UsageError("A plan is for one person: name one with --patient ID." if people else "There is no patient in the input.")
        person = dict(people[0])
        if given is not None:
            person["facts"] = [*(person.get("facts") or []), *given_facts(given, Path(scratch), person["patient_id"], run.notices)]
    case = understood(person, engine, Account())
    found = engine.assess(case)
    if regimen is not None and regimen != found.treatment["regimen"]:
        found = _with_regimen(found, case, engine, regimen)
    return living(found, case, engine, start)


def _with_regimen(found: Assessment, case: Case, engine: MemoryEngine, regimen: str) -> Assessment:
    offered = found.treatment["alternatives"]
    if regimen not in offered:
        raise UsageError(f"'{regimen}' is not offered to this person; there are: {', '.join(filter(None, [found.treatment['regimen'], *offered])) or 'none'}. "
                         f"{nearest(regimen, offered)}".strip())  # fmt: skip
    route = engine.knowledge.regimens[regimen].route
    others = [other for other in (found.treatment["regimen"], *offered) if other not in (regimen, None)]
    return replace(found, treatment=found.treatment | {"regimen": regimen, "route": route, "doses": engine.doses(case, regimen), "alternatives": others})


def living(found: Assessment, case: Case, engine: MemoryEngine, begun: date | None = None) -> Plan:
    """The assessment of a case with its dose calendar; where doses were given, its dated doses are those that are left."""
    held = calendar(case, engine, found.treatment["regimen"], begun)
    if not held.received and begun is None:
        return Plan(found, held)
    return Plan(replace(found, treatment=found.treatment | {"doses": [row.dose() for row in held.to_come]}), held)


def written(plan: Plan, run: Run, format: str, lang: str, voice: str, left_over: bool = False, discreet: bool = False, named: bool = False) -> bytes:
    """A plan as the bytes of a file in *format*: text, json, csv, ics or fhir; with *left_over* a text says what of the input was not used."""
    spoken: Voice = "lay" if voice == "lay" else "clinical"
    if format == "json":
        left = {name: plan.found.to_dict()[name] for name in ("set_aside", "not_understood")}
        return (to_json({name: getattr(plan.found, name) for name in PLAN} | {"calendar": plan.calendar.to_dict()} | left, indent=1) + "\n").encode()
    if format == "fhir":
        return (to_json(plan_bundle(plan.found, plan.calendar, run.knowledge, lang), indent=1) + "\n").encode()
    if format == "csv":
        return csv_text(plan.calendar, plan.found.review, run.knowledge, language(lang), spoken).encode()
    if format == "ics":
        return calendar_ics(plan.calendar, plan.found.review, run.knowledge, lang, voice=spoken, discreet=discreet, named=named, stamp=datetime.now(UTC))
    return (render_plan(plan.found, run.knowledge, lang, spoken, plan.calendar, left_over) + "\n").encode()
