"""Tests and drugs as draft proposals of FHIR R4: what they say, and that three outside judges find nothing wrong."""

from __future__ import annotations

import json
from typing import Any

import fhir_judges
import pytest

from cobalamin.outputs.fhir.medication import medication_request, medication_requests
from cobalamin.outputs.fhir.requests import service_request, service_requests
from cobalamin.outputs.fhir.writer import Writer
from cobalamin.rules.knowledge import Knowledge

LANGUAGES = ("en", "hi", "ar")
INJECTION = {"drug": "hydroxocobalamin", "amount_ug": 1000.0, "up_to_ug": None, "route": "intramuscular", "every_days": None, "until": None}
TABLET = {"date": "2026-11-20", "drug": "cyanocobalamin", "amount_ug": 50.0, "up_to_ug": 150.0, "route": "oral", "every_days": 1, "until": "2027-02-20"}
needs_judges = pytest.mark.skipif(bool(fhir_judges.WHY_NOT), reason=f"the judges of FHIR cannot sit: {fhir_judges.WHY_NOT}")


def writer(knowledge: Knowledge, lang: str = "en", patient_id: str = "asha", **held: Any) -> Writer:
    return Writer(knowledge, lang, patient_id, "2026-11-20", "ng239", **held)


def test_a_test_is_a_draft_proposal_with_its_loinc_code(knowledge: Knowledge) -> None:
    found = service_request(writer(knowledge), "serum_b12", urgency="emergency", because=["nerves"])

    assert found is not None
    assert (found["status"], found["intent"], found["priority"], found["subject"]) == ("draft", "proposal", "stat", {"reference": "Patient/asha"})
    assert found["code"] == {"coding": [{"system": "http://loinc.org", "code": "2132-9"}], "text": "total vitamin B12 in serum"}


@pytest.mark.parametrize("test", ["potassium", "gastroscopy", "stool_parasites"])
def test_a_code_that_nobody_checked_is_not_written(knowledge: Knowledge, test: str) -> None:
    """A remembered code may be read; an order with a wrong code is a wrong order, so text alone asks for the test."""
    found = service_request(writer(knowledge), test)

    assert found is not None
    assert found["code"] == {"text": knowledge.concepts[test].label["en"]}
    assert "category" not in found


def test_a_test_of_the_mother_is_not_requested_for_the_child(knowledge: Knowledge) -> None:
    assert service_request(writer(knowledge), "maternal_b12") is None
    assert len(service_requests(writer(knowledge), ["maternal_b12", "serum_b12", "serum_b12"])) == 1


def test_injections_are_dates(knowledge: Knowledge) -> None:
    found = medication_request(writer(knowledge), [INJECTION | {"date": day} for day in ("2026-11-20", "2026-11-22")])

    assert (found["status"], found["intent"]) == ("draft", "proposal")
    assert found["medicationCodeableConcept"]["coding"] == [{"system": "http://www.whocc.no/atc", "code": "B03BA03"}]
    (instruction,) = found["dosageInstruction"]
    assert instruction["timing"] == {"event": ["2026-11-20", "2026-11-22"]}
    assert instruction["route"]["coding"] == [{"system": "http://snomed.info/sct", "code": "78421000"}]
    assert instruction["doseAndRate"] == [{"doseQuantity": {"value": 1000, "unit": "µg", "system": "http://unitsofmeasure.org", "code": "ug"}}]
    assert instruction["text"] == "1000 µg hydroxocobalamin, into the muscle: 2026-11-20, 2026-11-22"


def test_tablets_are_a_rhythm_with_an_end(knowledge: Knowledge) -> None:
    (instruction,) = medication_request(writer(knowledge), [TABLET])["dosageInstruction"]

    assert instruction["timing"] == {"repeat": {"boundsPeriod": {"start": "2026-11-20", "end": "2027-02-20"}, "frequency": 1, "period": 1, "periodUnit": "d"}}
    (rate,) = instruction["doseAndRate"]
    assert [rate["doseRange"][end]["value"] for end in ("low", "high")] == [50, 150]


def test_a_daily_amount_in_parts_is_not_one_dose(knowledge: Knowledge) -> None:
    """The label gives 0.5 mg three times a day; a single dose of the amount of a day would be another treatment."""
    dose = TABLET | {"drug": "mecobalamin", "amount_ug": 1500.0, "up_to_ug": None}
    (instruction,) = medication_request(writer(knowledge), [dose], name="mecobalamin_tablets")["dosageInstruction"]

    assert (instruction["timing"]["repeat"]["frequency"], instruction["doseAndRate"][0]["doseQuantity"]["value"]) == (3, 500)
    assert instruction["text"].endswith("at the latest, 3 times a day, in equal parts")


def test_each_drug_is_a_proposal_of_its_own(knowledge: Knowledge) -> None:
    found = medication_requests(writer(knowledge), [INJECTION | {"date": "2026-11-20"}, TABLET, INJECTION | {"date": "2026-11-22"}])

    assert [len(request["dosageInstruction"]) for request in found] == [1, 1]
    with pytest.raises(ValueError, match="one drug"):
        medication_request(writer(knowledge), [INJECTION | {"date": "2026-11-20"}, TABLET])


def test_ids_stay_and_differ(knowledge: Knowledge) -> None:
    """The same proposal keeps its id in every language; another person, test or regimen has another."""
    ids = {service_request(writer(knowledge, lang), "serum_b12")["id"] for lang in LANGUAGES}  # type: ignore[index]
    others = {service_request(writer(knowledge, patient_id=who), test)["id"] for who in ("asha", "meera") for test in ("serum_b12", "ferritin")}  # type: ignore[index]
    regimens = {medication_request(writer(knowledge), [TABLET], name=name)["id"] for name in ("", "first", "second")}

    assert (len(ids), len(others), len(regimens)) == (1, 4, 3)


@pytest.mark.parametrize(("patient_id", "subject"), [
    ("Bed 7 <b>", {"type": "Patient", "identifier": {"value": "Bed 7 <b>"}}),
    ("", {"type": "Patient", "display": "the person assessed"}),
    ("a\ud800\x00", {"type": "Patient", "identifier": {"value": "a"}}),
])  # fmt: skip
def test_an_id_that_fhir_does_not_allow_is_an_identifier(knowledge: Knowledge, patient_id: str, subject: dict[str, Any]) -> None:
    assert writer(knowledge, patient_id=patient_id).subject == subject
    assert json.dumps(service_request(writer(knowledge, patient_id=patient_id), "serum_b12")).encode()


def test_whoever_calls_may_say_who_and_by_whom(knowledge: Knowledge) -> None:
    found = service_request(writer(knowledge, subject="Patient/123", author={"reference": "Device/1"}), "serum_b12")

    assert found is not None
    assert (found["subject"], found["requester"]) == ({"reference": "Patient/123"}, {"reference": "Device/1"})


def test_numbers_keep_their_direction_only_where_they_need_it(knowledge: Knowledge) -> None:
    """Arabic text keeps the marks around a number; in English and Hindi no invisible mark is left to trip a search."""
    texts = {lang: json.dumps(medication_request(writer(knowledge, lang), [TABLET]), ensure_ascii=False) for lang in LANGUAGES}

    assert ["\u2066" in texts[lang] for lang in LANGUAGES] == [False, False, True]
    assert 'dir=\\"rtl\\"' in texts["ar"]


@needs_judges
def test_three_judges_find_nothing_wrong(knowledge: Knowledge) -> None:
    made = []
    for lang in LANGUAGES:
        about = writer(knowledge, lang)
        tests = {test for name in ("tests_first", "tests_next", "tests_cause") for test in knowledge.collections[name]}
        made += service_requests(about, sorted(tests), urgency="urgent", because=["nerves"], supporting=[about.reference("RiskAssessment")])
        made += medication_requests(about, [INJECTION | {"date": "2026-11-20"}, TABLET], name="x", notes=["a note"])

    assert not fhir_judges.faults(made)
    assert len(made) > 60


@needs_judges
@pytest.mark.parametrize(("judge", "spoil"), [
    ("schema", {"authoredOn": "20 November"}), ("models", {"occurrenceDateTime": "2026-11-20", "occurrencePeriod": {}}),
    ("medplum", {"orderDetail": [{"text": "x"}], "code": None}), ("medplum", {"status": "zzz"}),
])  # fmt: skip
def test_each_judge_finds_what_it_is_there_for(knowledge: Knowledge, judge: str, spoil: dict[str, Any]) -> None:
    found = service_request(writer(knowledge), "serum_b12")
    assert found is not None
    spoiled = {name: value for name, value in (found | spoil).items() if value is not None}

    assert any(f"({judge})" in fault for fault in fhir_judges.faults([spoiled]))
