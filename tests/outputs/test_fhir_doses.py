"""Doses given and missed as FHIR R4: what they say, and that three outside judges find nothing wrong."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import fhir_judges
import pytest

from cobalamin.assessing import memory_engine
from cobalamin.engines.memory.course import calendar
from cobalamin.model.calendar import DoseCalendar, Received
from cobalamin.outputs.fhir.administration import medication_administrations, plan_bundle
from cobalamin.outputs.fhir.writer import Writer
from cobalamin.records.case import read_case
from cobalamin.rules.calendar import Asked, dose_calendar
from cobalamin.rules.knowledge import Knowledge

DAY = date(2026, 10, 1)
LANGUAGES = ("en", "hi", "ar")
needs_judges = pytest.mark.skipif(bool(fhir_judges.WHY_NOT), reason=f"the judges of FHIR cannot sit: {fhir_judges.WHY_NOT}")
GIVEN = [
    Received(DAY, "hydroxocobalamin", 1000.0, "intramuscular"), Received(DAY + timedelta(days=2), "hydroxocobalamin", 250.5, "subcutaneous"),
    Received(DAY + timedelta(days=2), "vitamin_b12_injection", None, ""), Received(DAY + timedelta(days=4), "cyanocobalamin", 1000.0, "oral", False),
]  # fmt: skip


def held(knowledge: Knowledge) -> DoseCalendar:
    asked = Asked(knowledge.regimens["hydroxocobalamin_loading_again"], DAY + timedelta(days=20), "ng239", 40)
    return dose_calendar(asked, GIVEN, knowledge).named("asha", "ng239")


def made(knowledge: Knowledge, lang: str = "en") -> list[dict[str, Any]]:
    return medication_administrations(Writer(knowledge, lang, "asha", "2026-10-21", "ng239"), held(knowledge))


def test_what_was_given_and_what_was_not(knowledge: Knowledge) -> None:
    """Pins day, status and amount of each, and that the record's silence stays silence."""
    found = made(knowledge)
    assert [(one["status"], one["effectiveDateTime"]) for one in found] == [
        ("completed", "2026-10-01"), ("completed", "2026-10-03"), ("completed", "2026-10-03"), ("completed", "2026-10-05"),
        *(("not-done", (DAY + timedelta(days=offset)).isoformat()) for offset in (4, 7, 9, 11))]  # fmt: skip
    assert found[0]["dosage"]["dose"] == {"value": 1000, "unit": "µg", "system": "http://unitsofmeasure.org", "code": "ug"}
    assert found[0]["medicationCodeableConcept"]["coding"] == [{"system": "http://www.whocc.no/atc", "code": "B03BA03"}]
    assert found[1]["dosage"]["dose"]["value"] == 250.5
    assert "dosage" not in found[2]
    assert "Does not count" in found[1]["note"][0]["text"]
    assert "Counts as dose 2" in found[2]["note"][0]["text"]
    assert len({one["id"] for one in found}) == len(found)


@needs_judges
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_judges_find_nothing(knowledge: Knowledge, lang: str) -> None:
    """Pins that schema, invariants and models accept each of them."""
    assert fhir_judges.faults(made(knowledge, lang)) == []


@needs_judges
def test_a_plan_is_a_bundle_of_what_is_left(knowledge: Knowledge) -> None:
    """Pins that the request proposes only what is to come, beside what was given, and that the Bundle is valid."""
    from cobalamin.app.planning import living

    engine = memory_engine("2026-11-20")
    facts = [{"concept": "pernicious anemia"}, {"concept": "serum_b12", "value": 90, "unit": "ng/L"},
             {"concept": "hydroxocobalamin", "date": "2026-11-16", "dose": "1 mg im"}]  # fmt: skip
    case = read_case({"patient_id": "asha", "age_years": 60, "facts": facts}, engine.words, engine.day, engine.spoken)
    found = engine.assess(case)
    plan = living(found, case, engine)
    bundle = plan_bundle(plan.found, plan.calendar, knowledge)
    kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
    assert kinds.count("MedicationAdministration") == 1
    (request,) = (entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == "MedicationRequest")
    days = [day for instruction in request["dosageInstruction"] for day in instruction["timing"]["event"]]
    assert days == [row.day.isoformat() for row in plan.calendar.to_come]
    assert days[0] == "2026-11-20"
    assert calendar(case, engine, found.treatment["regimen"]) == plan.calendar
    assert fhir_judges.faults([bundle, *(entry["resource"] for entry in bundle["entry"])]) == []
