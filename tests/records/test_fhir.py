"""FHIR in: what a resource says becomes facts, what it does not say is counted, and every row is accounted for."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pytest

from cobalamin.model.account import Account, SourceRows
from cobalamin.records.fhir.reader import open_source
from cobalamin.records.source import Input
from cobalamin.records.words import Words
from cobalamin.rules.load import load
from cobalamin.run import Run

DAY = "2026-11-20"
LOINC, SNOMED, ICD = "http://loinc.org", "http://snomed.info/sct", "http://hl7.org/fhir/sid/icd-10-cm"
PATIENT: dict[str, Any] = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1970-02-03"}


def coded(*codings: tuple[str, str], text: str = "") -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code} for system, code in codings], **({"text": text} if text else {})}


def observation(code: dict[str, Any], **more: Any) -> dict[str, Any]:
    person = {"reference": "Patient/p1"}
    return {"resourceType": "Observation", "id": "o", "status": "final", "code": code, "subject": person, "effectiveDateTime": "2026-11-01T10:00:00+05:30", **more}


def quantity(value: float, unit: str, **more: Any) -> dict[str, Any]:
    return {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit, **more}


def bulk(folder: Path, *resources: dict[str, Any]) -> Path:
    """A Bulk Data export of the resources, a file for each type."""
    for resource in resources:
        with (folder / f"{resource['resourceType']}.ndjson").open("a", encoding="utf-8") as file:
            file.write(json.dumps(resource) + "\n")
    return folder


@cache
def words() -> Words:
    return Words(load())


def facts_of(source: Path, tmp_path: Path) -> tuple[list[dict[str, Any]], dict[str, SourceRows], list[str]]:
    """The facts of a source as they are read, where its resources went, and the notices."""
    scratch = tmp_path.parent / f"scratch-{uuid4()}"
    scratch.mkdir()
    with duckdb.connect() as con:
        opened = open_source(con, Input(str(source), scratch, None, DAY), words())
        cursor = con.execute("SELECT * FROM raw_facts ORDER BY ALL")
        names = [column[0] for column in cursor.description or ()]
        rows = [{name: str(value) for name, value in zip(names, row, strict=True) if value is not None} for row in cursor.fetchall()]
    assert all(part.adds_up for part in opened.sources.values())
    return rows, opened.sources, opened.notices


def account_of(source: Path, tmp_path: Path) -> Account:
    """The account of a whole run."""
    account = Run(source, as_of=DAY).write(tmp_path / "out.parquet", "parquet")
    assert account.adds_up
    return account


def test_a_result_with_its_unit_and_day(tmp_path: Path) -> None:
    folder = bulk(tmp_path, PATIENT, observation(coded((LOINC, "2132-9")), valueQuantity=quantity(150.50, "pg/mL", comparator="<")))
    rows, sources, _ = facts_of(folder, tmp_path)
    assert rows == [{"patient_id": "p1", "concept": "loinc|2132-9", "date": "2026-11-01", "value": "150.5", "comparator": "<", "unit": "pg/mL"}]
    assert sources["Observation"].to_dict() == {"read": 1, "used": 1, "not_ours": 0, "set_aside": {}}


def test_the_first_coding_that_is_known_counts(tmp_path: Path) -> None:
    code = coded(("urn:local", "B12"), (LOINC, "9999-9"), (LOINC, "14685-2"), (LOINC, "2132-9"))
    rows, _, _ = facts_of(bulk(tmp_path, PATIENT, observation(code, valueQuantity=quantity(140, "pmol/L"))), tmp_path)
    assert [row["concept"] for row in rows] == ["loinc|14685-2"]


def test_components_are_facts_of_their_own(tmp_path: Path) -> None:
    count = observation(coded((LOINC, "99999-9")), component=[
        {"code": coded((LOINC, "718-7")), "valueQuantity": quantity(10.1, "g/dL")},
        {"code": coded((LOINC, "787-2")), "valueQuantity": quantity(104, "fL")},
        {"code": coded((LOINC, "99998-1")), "valueQuantity": quantity(1, "1")},
    ])  # fmt: skip
    rows, sources, _ = facts_of(bulk(tmp_path, PATIENT, count), tmp_path)
    assert {row["concept"]: row["value"] for row in rows} == {"loinc|718-7": "10.1", "loinc|787-2": "104"}
    assert sources["Observation.component"].to_dict() == {"read": 3, "used": 2, "not_ours": 1, "set_aside": {}}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        ({"status": "entered-in-error"}, "entered_in_error"),
        ({"status": "cancelled"}, "cancelled"),
        ({"dataAbsentReason": coded(("http://terminology.hl7.org/CodeSystem/data-absent-reason", "not-performed")), "valueQuantity": None}, "absent_not_performed"),
        ({"subject": None}, "no_patient"),
        ({"effectiveDateTime": None}, "no_date"),
        ({"effectiveDateTime": "yesterday"}, "unreadable_date"),
    ],
)
def test_what_says_nothing_is_set_aside_with_its_reason(tmp_path: Path, more: dict[str, Any], reason: str) -> None:
    made = {"valueQuantity": quantity(150, "pg/mL")} | more
    held = {key: value for key, value in observation(coded((LOINC, "2132-9")), **made).items() if value is not None}
    rows, sources, _ = facts_of(bulk(tmp_path, PATIENT, held), tmp_path)
    assert rows == []
    assert sources["Observation"].set_aside == {reason: 1}


@pytest.mark.parametrize(
    ("code", "value", "word"),
    [
        ("2132-9", {"interpretation": [coded(("http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation", "L"))]}, "low"),
        ("31444-3", {"valueCodeableConcept": coded((SNOMED, "10828004"))}, "positive"),
        ("31444-3", {"valueCodeableConcept": coded(text="Negative")}, "Negative"),
        ("31444-3", {"valueString": "not detected"}, "not detected"),
    ],
)
def test_results_in_words(tmp_path: Path, code: str, value: dict[str, Any], word: str) -> None:
    rows, _, _ = facts_of(bulk(tmp_path, PATIENT, observation(coded((LOINC, code)), **value)), tmp_path)
    assert [row["value"] for row in rows] == [word]


def test_the_ways_to_name_a_person(tmp_path: Path) -> None:
    named = ["Patient/p1", "urn:uuid:p1", "https://example.org/fhir/Patient/p1", "https://example.org/fhir/Patient/p1/_history/3", "Group/p1", "#p1"]
    made = [observation(coded((LOINC, "2132-9")), valueQuantity=quantity(150 + n, "pg/mL"), subject={"reference": text}) for n, text in enumerate(named)]
    rows, sources, _ = facts_of(bulk(tmp_path, PATIENT, *made), tmp_path)
    assert [row["patient_id"] for row in rows] == ["p1"] * 4
    assert sources["Observation"].set_aside == {"no_patient": 2}


def test_conditions(tmp_path: Path) -> None:
    def condition(code: dict[str, Any], verified: str = "confirmed", clinical: str = "active", **more: Any) -> dict[str, Any]:
        return {"resourceType": "Condition", "code": code, "subject": {"reference": "Patient/p1"}, "verificationStatus": coded(("x", verified)),
                "clinicalStatus": coded(("x", clinical)), **more}  # fmt: skip

    folder = bulk(
        tmp_path, PATIENT,
        condition(coded((ICD, "D510")), onsetDateTime="2015"),
        condition(coded((ICD, "E11.65")), onsetDateTime="2016-05"),
        condition(coded((SNOMED, "84027009"), text="Pernicious anemia (disorder)"), recordedDate="2020-01-02"),
        condition(coded((ICD, "D51.0")), verified="refuted"),
        condition(coded((ICD, "D51.0")), verified="entered-in-error"),
        condition(coded((ICD, "D51.0")), verified="differential"),
        condition(coded((ICD, "D51.0")), clinical="resolved", onsetDateTime="2001-01-01", abatementDateTime="2003"),
        condition(coded((ICD, "D51.0")), clinical="resolved"),
        condition(coded((ICD, "Z99.9"), text="metformin")),
        condition({"text": "no pernicious anemia in the family"}),
    )  # fmt: skip
    rows, sources, _ = facts_of(folder, tmp_path)
    assert [(row["concept"], row.get("date"), row.get("end")) for row in rows] == [
        ("icd10|D51.0", "2001-01-01", "2003-12-31"), ("icd10|D51.0", "2015-07-01", None), ("icd10|E11", "2016-05-15", None),
        ("pernicious_anemia", "2020-01-02", None)]  # fmt: skip
    assert sources["Condition"].to_dict() == {
        "read": 10, "used": 4, "not_ours": 2, "set_aside": {"entered_in_error": 1, "no_date": 1, "refuted": 1, "unconfirmed": 1}}  # fmt: skip


def test_drugs_by_code_product_contained_and_reference(tmp_path: Path) -> None:
    def order(kind: str = "MedicationRequest", **more: Any) -> dict[str, Any]:
        return {"resourceType": kind, "status": "active", "intent": "order", "subject": {"reference": "Patient/p1"}, **more}

    atc = "http://www.whocc.no/atc"
    twice = [{"text": "with food", "timing": {"repeat": {"frequency": 2, "period": 1.0, "periodUnit": "d"}},
              "doseAndRate": [{"doseQuantity": {"value": 500, "unit": "mg"}}]}]  # fmt: skip
    product = "24 HR omeprazole 20 MG Delayed Release Oral Capsule"
    folder = bulk(
        tmp_path, PATIENT,
        order(medicationCodeableConcept=coded((atc, "A10BA02")), authoredOn="2020-01-01", dosageInstruction=twice),
        order(medicationCodeableConcept=coded(("http://www.nlm.nih.gov/research/umls/rxnorm", "1"), text=product), authoredOn="2021-01-01"),
        order(medicationReference={"reference": "#m"}, contained=[{"resourceType": "Medication", "id": "m", "code": coded((atc, "A02BC02"))}], authoredOn="2022-01-01"),
        order(medicationReference={"reference": "Medication/m2"}, authoredOn="2023-01-01", status="stopped",
              dispenseRequest={"validityPeriod": {"start": "2023-01-02", "end": "2023-06-01"}}),
        order(medicationCodeableConcept=coded((atc, "A10BA02")), authoredOn="2024-01-01", intent="proposal"),
        {"resourceType": "Medication", "id": "m2", "code": coded((atc, "A02BA02"))},
        order("MedicationAdministration", status="completed", medicationCodeableConcept=coded((atc, "B03BA03")), effectiveDateTime="2026-10-01T09:00:00Z",
              dosage={"route": coded((SNOMED, "78421000")), "dose": {"value": 1000, "code": "ug"}}),
        order("MedicationAdministration", status="not-done", medicationCodeableConcept=coded((atc, "B03BA03")), effectiveDateTime="2026-10-03"),
        order("MedicationStatement", status="not-taken", medicationCodeableConcept=coded((atc, "A10BA02")), effectiveDateTime="2026-10-03"),
    )  # fmt: skip
    rows, sources, _ = facts_of(folder, tmp_path)
    assert sorted((row["date"], row["concept"], row.get("end"), row.get("dose")) for row in rows) == [
        ("2020-01-01", "atc|A10BA02", None, "500 mg bd"), ("2021-01-01", "omeprazole", None, None), ("2022-01-01", "atc|A02BC02", None, None),
        ("2023-01-02", "atc|A02BA02", "2023-06-01", None), ("2026-10-01", "atc|B03BA03", "2026-10-01", "1000 ug intramuscular")]  # fmt: skip
    aside = {kind: dict(sources[kind].set_aside) for kind in ("MedicationRequest", "MedicationAdministration", "MedicationStatement")}
    assert aside == {"MedicationRequest": {"planned": 1}, "MedicationAdministration": {"not_done": 1}, "MedicationStatement": {"not_done": 1}}


def test_a_bundle_is_no_case_and_reads_like_an_export(tmp_path: Path) -> None:
    entries = [{"fullUrl": "urn:uuid:aaaa", "resource": PATIENT},
               {"fullUrl": "urn:uuid:b", "resource": observation(coded((LOINC, "2132-9")), valueQuantity=quantity(150, "pg/mL"), subject={"reference": "urn:uuid:aaaa"})},
               {"resource": {"resourceType": "Encounter"}}]  # fmt: skip
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps({"entry": entries, "resourceType": "Bundle", "type": "collection"}, indent=1), encoding="utf-8")
    rows, sources, _ = facts_of(path, tmp_path)
    assert [(row["patient_id"], row["value"]) for row in rows] == [("p1", "150")]
    assert sources["Encounter"].not_ours == 1
    case = tmp_path / "case.json"
    case.write_text(json.dumps({"patient_id": "x", "facts": [{"concept": "b12", "value": "150", "unit": "pg/mL"}]}), encoding="utf-8")
    assert Run(case, as_of=DAY).of_cases


def test_one_file_of_every_type_and_gzip(tmp_path: Path) -> None:
    lines = [PATIENT, {"resourceType": "Encounter", "id": "e"}, observation(coded((LOINC, "2132-9")), valueQuantity=quantity(150, "pg/mL"))]
    path = tmp_path / "all.ndjson.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    rows, sources, _ = facts_of(path, tmp_path)
    assert len(rows) == 1
    assert {part: rows.read for part, rows in sources.items()} == {"Encounter": 1, "Observation": 1, "Patient": 1}


def test_the_dead_are_counted_and_not_assessed(tmp_path: Path) -> None:
    folder = bulk(tmp_path, PATIENT, PATIENT | {"id": "d1", "deceasedBoolean": True}, PATIENT | {"id": "d2", "deceasedDateTime": "2020-01"},
                  PATIENT | {"id": "later", "deceasedDateTime": "2027-01-01"},
                  observation(coded((LOINC, "2132-9")), valueQuantity=quantity(150, "pg/mL"), subject={"reference": "Patient/d1"}))  # fmt: skip
    rows, sources, _ = facts_of(folder, tmp_path)
    assert rows == []
    assert account_of(folder, tmp_path).patients_used == 2
    assert sources["Patient"].set_aside == {"deceased": 2}
    assert sources["Observation"].set_aside == {"deceased": 1}
