"""Resources of every kind that is read, well made and then spoilt: something of a wrong type, missing, or odd at any place."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from random import Random
from typing import Any

from hypothesis import strategies as st

LOINC, ATC, ICD = "http://loinc.org", "http://www.whocc.no/atc", "http://hl7.org/fhir/sid/icd-10-cm"


def coded(system: str, code: str, **more: Any) -> dict[str, Any]:
    return {"coding": [{"system": system, "code": code, "display": "Vitamin B12"}], **more}


def of(kind: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": kind, "id": kind.lower(), "subject": {"reference": "Patient/p1"}, **more}


DOSED = {"text": "1000 ug monthly", "timing": {"repeat": {"frequency": 1, "period": 1.0, "periodUnit": "mo"}}, "route": coded("http://snomed.info/sct", "78421000"),
         "doseAndRate": [{"doseQuantity": {"value": 1.0, "unit": "mg", "code": "mg"}}]}  # fmt: skip
TEMPLATES: tuple[dict[str, Any], ...] = (
    {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1970-02-03", "deceasedBoolean": False},
    {"resourceType": "Patient", "id": "p2", "gender": "other", "birthDate": "1970", "deceasedDateTime": "2030-01",
     "extension": [{"url": "http://hl7.org/fhir/us/core/StructureDefinition/us-core-birthsex", "valueCode": "M"}]},
    {"resourceType": "Patient", "id": "p3", "gender": "male", "deceasedDateTime": "2020-05-05"},
    {"resourceType": "Medication", "id": "m1", "code": coded(ATC, "A10BA02")},
    of("Observation", status="final", code=coded(LOINC, "2132-9", text="Serum B12"), effectiveDateTime="2026-11-01T10:00:00+05:30",
       valueQuantity={"value": 150.5, "comparator": "<", "unit": "pg/mL", "code": "pg/mL"}, interpretation=[coded("x", "L")],
       referenceRange=[{"low": {"value": 180.0, "unit": "pg/mL"}, "high": {"value": 914}}]),
    of("Observation", status="final", code={"text": "Vitamin B12", "coding": [{"system": "urn:local", "code": "1"}]}, effectivePeriod={"start": "2026-10"},
       valueCodeableConcept=coded("http://snomed.info/sct", "10828004"), dataAbsentReason=coded("x", "not-performed")),
    of("Observation", status="final", code=coded(LOINC, "58410-2"), issued="2026-11-01T10:00:00Z", component=[
        {"code": coded(LOINC, "718-7"), "valueQuantity": {"value": 10.1, "unit": "g/dL"}},
        {"code": coded(LOINC, "787-2"), "valueRange": {"low": {"value": 99}, "high": {"value": 104.0}}},
        {"code": coded(LOINC, "31444-3"), "valueBoolean": True}, {"code": coded(LOINC, "787-2"), "valueInteger": 103},
        {"code": coded(LOINC, "718-7"), "dataAbsentReason": coded("x", "unknown")}]),
    of("Condition", code=coded(ICD, "D51.0"), clinicalStatus=coded("x", "resolved"), verificationStatus=coded("x", "confirmed"), onsetDateTime="2015",
       abatementDateTime="2019-05"),
    of("Condition", code={"text": "Pernicious anemia (disorder)"}, clinicalStatus="active", verificationStatus="confirmed", recordedDate="2020-01-02",
       onsetPeriod={"start": "2019-01-01", "end": "2020-01-01"}, abatementPeriod={"start": "2021"}),
    of("Procedure", status="completed", notDone=False, code={"text": "total gastrectomy"}, performedPeriod={"start": "2010-03", "end": "2010-04"}),
    of("MedicationRequest", status="completed", intent="order", doNotPerform=False, authoredOn="2024-01-01", medicationCodeableConcept=coded(ATC, "B03BA03"),
       dosageInstruction=[DOSED], dispenseRequest={"expectedSupplyDuration": {"value": 3, "code": "mo"}}),
    of("MedicationRequest", status="active", intent="order", medicationReference={"reference": "Medication/m1"}, authoredOn="2024-01-01",
       dispenseRequest={"validityPeriod": {"start": "2024-01-02", "end": "2024-06"}}),
    of("MedicationRequest", status="stopped", intent="order", medicationReference={"reference": "#m"}, authoredOn="2022-02-30",
       contained=[{"resourceType": "Medication", "id": "m", "code": coded(ATC, "A02BC02", text="omeprazole 20 MG Oral Capsule")}]),
    of("MedicationStatement", status="completed", taken="n", medicationCodeableConcept={"text": "metformin"}, dateAsserted="2024-01-01",
       effectivePeriod={"start": "2020", "end": "2021"}, dosage=[DOSED]),
    of("MedicationAdministration", status="completed", notGiven=False, medicationCodeableConcept=coded(ATC, "B03BA03"), effectiveDateTime="2026-10-01T09:00:00Z",
       dosage={"text": "one", "route": {"text": "Intramuscular"}, "dose": {"value": 1000, "code": "ug"}}),
    {"resourceType": "Encounter", "id": "e"},
)  # fmt: skip
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 3, 2.5, 1000.0, 10**25, "", " ", "x", "true", "No", "1", "Patient/p1", "Patient/p3", "Patient/", "urn:uuid:a", "urn:uuid:p1",
    "https://example.org/fhir/Patient/p2/_history/1", "#m", "Medication/m1", "2026", "2026-11", "2026-13", "2026-02-30", "2026-11-01", "20261101", "2026-1-1", "1-1-1",
    "infinity", "0000-01-01", "9999-12-31", "2030-01-01", "entered-in-error", "n",
    "mg", "d", "wk", "L", "-", "1e3", "nan", "1e400", "ب١٢", "हीमोग्लोबिन", "a\u202eb\u200b", "<script>", "y" * 5000, [], {}, [None], [[]], [{}], [5, None, "x"],
    {"coding": 5}, {"coding": [None, 5]}, {"value": 7}, {"text": {"a": [1.5]}}, {"start": "2020-05-05"},
    {"reference": "Patient/p2"}, {"reference": 5}, [{"code": "x"}, {"system": LOINC}, {"system": LOINC, "code": "2132-9"}],
)  # fmt: skip
"""What may stand where something else belongs."""


def places(held: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every place in a resource, from the outside in."""
    for key, value in held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ():
        yield (*path, key)
        yield from places(value, (*path, key))


def spoilt_once() -> dict[str, Any]:
    """One Bundle with every template as it is, and again with every odd thing at every one of its places; spoilt Patients have ids of their own."""
    made = [copy.deepcopy(template) for template in TEMPLATES]
    for template in TEMPLATES:
        for *way, last in places(template):
            for odd in ODD:
                resource = copy.deepcopy(template)
                if resource["resourceType"] == "Patient":
                    resource["id"] = f"v{len(made)}"
                held: Any = resource
                for key in way:
                    held = held[key]
                held[last] = odd
                made.append(resource)
    return {"resourceType": "Bundle", "entry": [{"resource": resource} for resource in made]}


def deep(levels: int) -> Any:
    """Lists and objects within each other, deeper than any reader goes."""
    held: Any = "x"
    for level in range(levels):
        held = [held] if level % 2 else {"code": held}
    return held


HOSTILE: tuple[Any, ...] = (
    *ODD, deep(3000), "\ud800", "\0", "\n" * 50, "z" * 1_000_000, 10**400, 1e-7, 1e22, float("nan"), float("-inf"), [[]] * 1000, {"": {}}, {"resourceType": "Bundle"},
    [{"coding": [{"code": deep(50)}]}], "\u202eevil\u200b", "=1+1", "'; DROP TABLE raw_facts; --")  # fmt: skip


def malformed(chance: Random) -> Any:
    """A Bundle in which hostile things stand anywhere, the Bundle's own elements included."""
    entries = [{"fullUrl": "urn:uuid:a", "resource": copy.deepcopy(chance.choice(TEMPLATES))} for _ in range(chance.randint(0, 8))]
    made: Any = {"resourceType": "Bundle", "type": "searchset", "entry": entries}
    if chance.random() < 0.02:
        return chance.choice(HOSTILE)
    # from the inside out, so that nothing is changed within what was put in
    for *way, last in sorted(chance.sample(list(places(made)), chance.randint(1, 3)), key=lambda way: -len(way)):
        held = made
        for key in way:
            held = held[key]
        if isinstance(held, dict) and chance.random() < 0.2:
            del held[last]
        else:
            held[last] = chance.choice(HOSTILE)
    return made


@st.composite
def resources(draw: st.DrawFn) -> dict[str, Any]:
    """One resource, spoilt at a few places."""
    made = copy.deepcopy(draw(st.sampled_from(TEMPLATES)))
    for _ in range(draw(st.integers(0, 3))):
        *way, last = draw(st.sampled_from(sorted(places(made), key=str)))
        held: Any = made
        for key in way:
            held = held[key]
        if isinstance(held, dict) and draw(st.booleans()) and last != "resourceType":
            del held[last]
            continue
        held[last] = copy.deepcopy(draw(st.sampled_from(ODD)))
    return made


@st.composite
def bundles(draw: st.DrawFn) -> dict[str, Any]:
    """A Bundle of such resources, with or without names of its own for them; sometimes an entry is none."""
    entries: list[Any] = []
    for resource in draw(st.lists(resources(), min_size=1, max_size=25)):
        url = draw(st.sampled_from((None, None, "urn:uuid:a", "urn:uuid:p1", "urn:oid:m1", "https://example.org/fhir/Patient/p1", 5)))
        entries.append({"resource": resource} | ({} if url is None else {"fullUrl": url}))
    entries += draw(st.lists(st.sampled_from((None, 5, {}, {"resource": None}, {"resource": [1]}, {"resource": {"resourceType": "Mrs Miller"}})), max_size=1))
    return {"resourceType": "Bundle", "type": "collection", "entry": entries}
