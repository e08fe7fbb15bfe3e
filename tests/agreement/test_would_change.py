"""What is said to change an answer does change it, exactly as said; and nothing that a single fact would change is left out."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from generated_patients import AS_OF, Maker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cobalamin.assessing import memory_engine
from cobalamin.engines.memory.second_reading import unread
from cobalamin.model.assessment import Assessment
from cobalamin.records.case import read_case
from cobalamin.rules.load import load

MAKER = Maker(load())
GUIDELINES = sorted(MAKER.knowledge.guidelines)
AGES = ("birth_date", "age_years", "age_months")


def assessed(case: dict[str, Any], guideline: str, would_change: bool = False) -> Assessment:
    """The assessment of a case."""
    engine = memory_engine(AS_OF.isoformat(), guideline)
    return engine.assess(read_case(case, engine.words, engine.day, engine.spoken), would_change)


def with_fact(case: dict[str, Any], row: dict[str, str]) -> dict[str, Any]:
    """The case with a row of facts added, or with a column of the patient stated."""
    if "concept" in row:
        return case | {"facts": [*case["facts"], row]}
    return {name: value for name, value in case.items() if name not in AGES or "sex" in row} | row


def said(before: Assessment, after: Assessment) -> dict[str, Any]:
    """How an entry would tell what differs."""
    found: dict[str, Any] = {name: getattr(after, name) for name in ("status", "urgency") if getattr(before, name) != getattr(after, name)}
    treatments = [{name: one.treatment[name] for name in ("start", "regimen", "duration")} for one in (before, after)]
    if treatments[0] != treatments[1]:
        found["treatment"] = treatments[1]
    had, has = ({cause["id"]: cause["certainty"] for cause in one.causes} for one in (before, after))
    if had != has:
        found["causes"] = [{"id": id, "certainty": certainty} for id, certainty in has.items() if had.get(id) != certainty]
        found["causes_gone"] = [id for id in had if id not in has]
    return found


def outcome(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: entry[name] for name in ("status", "urgency", "treatment", "causes", "causes_gone") if name in entry}


def check(case: dict[str, Any], guideline: str) -> None:
    """Try every entry of a case."""
    before = assessed(case, guideline, would_change=True)
    for entry in before.would_change:
        after = assessed(with_fact(case, entry["fact"]), guideline)
        assert outcome(entry) == said(before, after), (entry, said(before, after), case)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.sampled_from(GUIDELINES))
def test_what_is_said_to_change_the_answer_changes_it_so(random: Random, guideline: str) -> None:
    """Patients that shrink: the fact of every entry, added to the case, gives exactly the outcome of the entry."""
    check(MAKER.case(random, 1), guideline)


@pytest.mark.parametrize("guideline", GUIDELINES)
def test_entries_hold_for_many_patients(guideline: str) -> None:
    """The same for patients by seed."""
    random = Random(f"would change {guideline}")
    for number in range(8):
        check(MAKER.case(random, number), guideline)


def holds(entry: dict[str, Any], number: float, unit: str) -> bool:
    """Whether an entry speaks of a number in a unit."""
    if entry.get("unit", unit) != unit:
        return False
    return (number > entry.get("above", number - 1) and number >= entry.get("from", number)
            and number < entry.get("below", number + 1) and number <= entry.get("up_to", number))  # fmt: skip


def added(random: Random, case: Any, guideline: str) -> list[tuple[dict[str, str], float | None, str]]:
    """Single facts nobody is kept from being asked: every circumstance that is not on record, and results with numbers all over their range."""
    engine = memory_engine(AS_OF.isoformat(), guideline)
    values, changes = engine.values(case), engine.changes
    silent = {fact.concept for fact in case.facts} | {id for id, rows in changes.not_asked.items() if any(row(values) is True for row in rows)}
    alike = {frozenset(changes.unknowns.asked[id].slots) for id in silent if id in changes.unknowns.asked}
    denied = {fact.concept for fact in case.facts if not fact.present}
    found: list[tuple[dict[str, str], float | None, str]] = []
    for id, asked in changes.unknowns.asked.items():
        if frozenset(asked.slots) in alike or denied & changes.unknowns.broader.get(id, set()):
            continue
        if not asked.concept.is_result:
            found.append(({"concept": id}, None, ""))
        elif asked.concept.units is None:
            found += [({"concept": id, "value": word}, None, word) for word in asked.concept.words]
        else:
            unit = changes.unknowns.results.unit_of(asked.concept, values, unread(case.set_aside, engine.words).get(id))
            low, high = asked.concept.plausible
            factor = asked.concept.units.factor(asked.concept.range_group, unit.group) or 1.0
            # on every limit that a source prints, and anywhere
            printed = sorted({limit for name, limit in MAKER.limits.get(id, ()) if name == unit.name and asked.concept.units})
            numbers = [limit for limit in printed if low * factor <= limit * unit.times <= high * factor]
            for _ in range(3):
                number = float(f"{max(low, high / 1000) * (high / max(low, high / 1000)) ** random.random() * factor / unit.times:.3g}")
                numbers.append(number)
            found += [({"concept": id, "value": f"{number:.10g}", "unit": unit.name}, number, unit.name) for number in numbers]
    return found


@pytest.mark.parametrize("guideline", GUIDELINES)
def test_nothing_that_a_single_fact_would_change_is_left_out(guideline: str) -> None:
    """Facts tried one by one on whole assessments: what changes the answer is reported with that outcome, and what is not reported does not."""
    random, engine = Random(f"complete {guideline}"), memory_engine(AS_OF.isoformat(), guideline)
    for number in range(2):
        case = MAKER.case(random, number)
        before = assessed(case, guideline, would_change=True)
        for row, value, unit in added(random, read_case(case, engine.words, engine.day, engine.spoken), guideline):
            wider = {row["concept"], *engine.changes.unknowns.broader.get(row["concept"], ())}
            told = [entry for entry in before.would_change if entry["concept"] in wider and "value" not in entry
                    and (entry["if"] == unit if "unit" not in row and unit else value is None or holds(entry, value, unit))]  # fmt: skip
            differs = said(before, assessed(with_fact(case, row), guideline))
            if differs or value is not None:
                assert any(outcome(entry) == differs for entry in told) or not (differs or told), (row, differs, told, case)


def test_the_proof_would_notice() -> None:
    """A fact with another outcome than the one said is caught."""
    case = {"patient_id": "p", "sex": "female", "age_years": 40, "facts": [{"concept": "serum_b12", "value": 205, "unit": "pg/mL"}]}
    before = assessed(case, "ng239", would_change=True)
    entry = next(entry for entry in before.would_change if entry["concept"] == "methylmalonic_acid")
    after = assessed(with_fact(case, entry["fact"]), "ng239")
    assert outcome(entry) == said(before, after)
    assert outcome(entry | {"status": "probable"}) != said(before, after)
    assert said(before, before) == {}
