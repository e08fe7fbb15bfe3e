"""Everybody counted for a report: in the database, or one person at a time by the memory engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from cobalamin.app.comparison import Comparison, pattern_of
from cobalamin.assessing import memory_engine, understood
from cobalamin.engines.memory.expressions import Values
from cobalamin.errors import NothingToAssess, UsageError
from cobalamin.model.counts import ALL, SITE, Counts, Group, Survey
from cobalamin.model.fact import Patient
from cobalamin.records.opened import scratch_folder
from cobalamin.rules.counting import STAGE, UNKNOWN, Counting, Rows, counting
from cobalamin.run import Run


def count_people(run: Run) -> tuple[Comparison, Counts, Counting]:
    """Who has which status by which rule, how many of each group show what, and what was counted."""
    if run.engine not in ("memory", "duckdb"):
        raise UsageError(f"A report is counted by the engines memory and duckdb, not by {run.engine}.")
    comparison = Comparison()
    with scratch_folder() as folder:
        if run.engine != "memory":
            from cobalamin.engines.duckdb.population import Population

            with run.opened(Path(folder), asked=(STAGE,)) as engine:
                plan = counting(engine.program, run.guideline)
                population = Population(engine, plan)
                for pattern, number in engine.patterns(comparison.account, None, population.columns()):
                    comparison.patterns[pattern] += number
                counts = population.counts()
        else:
            counts, plan = _one_by_one(run, comparison, Path(folder))
    if not comparison.patterns:
        raise NothingToAssess("There is no patient in the input.")
    return comparison, counts, plan


@dataclass
class _Person:
    """What a report needs of one person."""

    patient: Patient
    groups: list[tuple[str, str]]
    steps: list[str]
    path: list[str]
    measures: dict[str, bool | None] = field(default_factory=dict)


def _one_by_one(run: Run, comparison: Comparison, scratch: Path) -> tuple[Counts, Counting]:
    engine = memory_engine(run.as_of, run.guideline, run.files, asked=(STAGE,))
    plan = counting(engine.program, run.guideline)
    people = []
    for case in run.cases(comparison.account, scratch):
        read = understood(case, engine, comparison.account)
        values = engine.values(read)
        pattern = pattern_of(engine, values)
        comparison.patterns[pattern] += 1
        statuses = {guideline: status for guideline, status, _ in pattern}
        people.append(_person(read.patient, values, plan, statuses))
    return _counted(people, plan), plan


def _person(patient: Patient, values: Values, plan: Counting, statuses: dict[str, str]) -> _Person:
    def held(rows: Rows) -> bool | None:
        truths = [values.truths[step][row] for step, row in rows]
        return True if True in truths else None if None in truths else False

    groups = [("all", ALL), *(key for key, rows in plan.groups.items() if held(rows)), *([(SITE, patient.site)] if patient.site else [])]
    person = _Person(patient, groups, [s for s, rows in plan.steps.items() if held(rows)], [s for s, rows in plan.path.items() if held(rows)])
    for measure in plan.measures:
        status = statuses.get(measure.guideline, UNKNOWN)
        person.measures[measure.id] = held(measure.rows) if measure.rows else None if status == UNKNOWN else status in measure.statuses
    return person


def _counted(people: list[_Person], plan: Counting) -> Counts:
    groups: dict[tuple[str, str], Group] = {}
    design = _Design(any(person.patient.stratum for person in people), any(person.patient.psu for person in people))
    survey = _surveyed(people, design)
    for key in [("all", ALL), *plan.groups, *sorted({key for person in people for key in person.groups if key[0] == SITE})]:
        groups[key] = Group(*key, 0, dict.fromkeys(plan.steps, 0), dict.fromkeys(plan.path, 0), {m.id: (0, 0) for m in plan.measures})
    for place, person in enumerate(people, 1):
        unit = design.unit(person.patient, place) if survey else None
        for group in (groups[key] for key in person.groups):
            group.people += 1
            for step in person.steps:
                group.steps[step] += 1
            for step in person.path:
                group.path[step] += 1
            for id, truth in person.measures.items():
                found, known = group.measured[id]
                group.measured[id] = found + (truth is True), known + (truth is not None)
                if unit and person.patient.weight:
                    number, weight, value = group.weighted.setdefault(id, {}).get(unit, (0, 0.0, 0.0))
                    own = person.patient.weight
                    group.weighted[id][unit] = number + (truth is not None), weight + own * (truth is not None), value + own * (truth is True)
    return Counts([group for group in groups.values() if group.people], survey)


@dataclass(frozen=True)
class _Design:
    """Which columns of a survey anybody has."""

    strata: bool
    units: bool

    def unit(self, patient: Patient, place: int) -> tuple[str, str] | None:
        """Stratum and sampling unit of a weighted person; whoever has no unit where nobody has one is a unit."""
        if patient.weight is None or (self.strata and not patient.stratum) or (self.units and not patient.psu):
            return None
        return patient.stratum, patient.psu if self.units else str(place)


def _surveyed(people: list[_Person], design: _Design) -> Survey | None:
    if not any(person.patient.weight for person in people):
        return None
    found = [(person.patient, design.unit(person.patient, place)) for place, person in enumerate(people, 1)]
    return Survey(sum(unit is not None for _, unit in found), sum(patient.weight is None for patient, _ in found),
                  sum(patient.weight is not None and unit is None for patient, unit in found), {unit for _, unit in found if unit})  # fmt: skip
