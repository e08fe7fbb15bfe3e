"""The dose calendar of one person: the doses a record holds, and the plan the pathway advises today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.model.calendar import DoseCalendar, Received, Unmatched
from cobalamin.model.fact import Case, Fact
from cobalamin.records.understand import ages_on
from cobalamin.rules.calendar import Asked, dose_calendar, injects
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.schedules import Regimen

MICROGRAMS = 1000
"""How many are a milligram, the unit in which facts hold doses."""


class Doses:
    """Read the doses of B12 out of the facts of people.

    A dose was given where the record dates it, it begins and ends on one day, as every injection does, and nothing says that there
    was more than one. A time over which B12 was taken, a prescription (`every three months`) and B12 without a day are no doses.
    """

    def __init__(self, knowledge: Knowledge):
        judging = knowledge.judging
        assert judging is not None
        self.knowledge, self.drugs = knowledge, frozenset(knowledge.narrower(judging.drugs))
        self.injections = frozenset(knowledge.narrower(judging.injections))
        self.names = {c.injected_as: c.id for c in knowledge.concepts.values() if c.injected_as and c.id not in judging.unnamed}
        """A drug as regimens name it, by what it is called when it was injected."""

    def of(self, facts: Iterable[Fact]) -> tuple[list[Received], list[Unmatched]]:
        """The doses that were given on a day, and the facts about B12 that are no such dose."""
        found = sorted((fact for fact in facts if fact.concept in self.drugs), key=lambda fact: (fact.start, fact.concept, fact.dose or 0.0))
        given, others = [], []
        for fact in found:
            drug, day = self.names.get(fact.concept, fact.concept), date.fromordinal(fact.start)
            if why := _no_dose(fact):
                others.append(Unmatched(drug, day, date.fromordinal(fact.end) if fact.end is not None else None, why))
            else:
                amount = None if fact.dose is None else round(fact.dose * MICROGRAMS, 3)
                given.append(Received(day, drug, amount, fact.route, fact.concept in self.injections))
        return given, others


def _no_dose(fact: Fact) -> str:
    """Why a fact about B12 is no dose of a day; empty where it is one."""
    if not fact.present:
        return "not_given"
    if not fact.dated:
        return "undated"
    if fact.end != fact.start:
        return "taken_since"
    return "prescribed" if fact.often else ""


def calendar(case: Case, engine: MemoryEngine, regimen: str | None, begun: date | None = None) -> DoseCalendar:
    """The dose calendar of one person on the engine's day, planned on by *regimen*, the one that is advised or another.

    *begun* is the day the plan began, where that is known and no dose tells it.
    """
    knowledge = engine.knowledge
    given, others = Doses(knowledge).of(case.facts)
    advised, years = knowledge.regimens.get(regimen or ""), case.patient.years
    asked = Asked(advised, engine.today, engine.guideline, years[1] if years else None, begun, _followed(case, engine, given, advised))
    return dose_calendar(asked, given, knowledge, others).named(case.patient.patient_id, engine.guideline)


def _followed(case: Case, engine: MemoryEngine, given: list[Received], advised: Regimen | None) -> Regimen | None:
    """The regimen that was advised when the injections began, where the one advised today does not tell."""
    days = [dose.day for dose in given if dose.injected]
    if not days or (advised is not None and injects(advised, engine.knowledge) and advised.due is None):
        return None
    first = engine.advised_on(_until(case, days[0]), days[0])
    return first if injects(first, engine.knowledge) else None


def _until(case: Case, day: date) -> Case:
    """A case as it stood on a day."""
    years, months = ages_on(case.patient.born, day.toordinal())
    return replace(case, patient=replace(case.patient, years=years, months=months), facts=tuple(f for f in case.facts if f.start <= day.toordinal()))
