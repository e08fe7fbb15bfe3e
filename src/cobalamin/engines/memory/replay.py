"""The past of one person replayed: which day the record first called for a test or for treatment, and when that was done.

Read this as the definition: every other engine must answer the same. A day is judged by the facts that begin on it or before, by the rules
of today and the age on that day. What answers a call is left out of the record of its own day, or nothing done at once would ever have
been called for.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.model.fact import Case, Fact
from cobalamin.records.understand import ages_on
from cobalamin.rules.replaying import Call

COLUMNS = {"patient_id": "VARCHAR", "kind": "VARCHAR", "called_on": "DATE", "happened_on": "DATE", "censored_on": "DATE", "days": "INTEGER",
           "happened": "BOOLEAN", "missed_chances": "INTEGER"}  # fmt: skip
"""The table that a replay writes; `days` from the call until it was done, or until the day of assessment where it never was."""


def days_of(case: Case) -> list[int]:
    """The days on which something was recorded; what has no date was recorded on the day of assessment."""
    return sorted({fact.start for fact in case.facts})


def answers(fact: Fact, call: Call, engine: MemoryEngine) -> bool:
    """Whether a fact is what a call asks for: a result of a day, a treatment begun on a day."""
    return fact.dated and fact.concept in call.answered_by and (fact.present or engine.knowledge.concepts[fact.concept].is_result)


def replayed(case: Case, engine: MemoryEngine, calls: tuple[Call, ...]) -> list[dict[str, Any]]:
    """One row for each kind of call that the record ever made; *engine* must have been made with the stage `replay`."""
    days, rows = days_of(case), []
    done = {call.kind: {fact.start for fact in case.facts if answers(fact, call, engine)} for call in calls}
    called: dict[str, list[int]] = {call.kind: [] for call in calls}
    for day in days:
        years, months = ages_on(case.patient.born, day)
        patient = replace(case.patient, years=years, months=months)
        until = [fact for fact in case.facts if fact.start <= day]
        whole = None
        for call in calls:
            if day in done[call.kind]:
                facts = tuple(fact for fact in until if not (fact.start == day and answers(fact, call, engine)))
                truths = engine.values(replace(case, patient=patient, facts=facts), day).truths
            else:
                whole = whole or engine.values(replace(case, patient=patient, facts=tuple(until)), day).truths
                truths = whole
            if any(truths[step][row] is True for step, row in call.rows):
                called[call.kind].append(day)
    for call in calls:
        if called[call.kind]:
            first = called[call.kind][0]
            happened = next((day for day in sorted(done[call.kind]) if day >= first), None)
            missed = [day for day in called[call.kind] if day > first and (happened is None or day < happened)]
            last = engine.day if happened is None else happened
            rows.append({"patient_id": case.patient.patient_id, "kind": call.kind, "called_on": _day(first), "happened_on": _day(happened),
                         "censored_on": _day(engine.day if happened is None else None), "days": last - first, "happened": happened is not None,
                         "missed_chances": len(missed)})  # fmt: skip
    return rows


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
