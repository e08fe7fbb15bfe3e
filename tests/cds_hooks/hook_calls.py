"""Calls as a record system makes them, put together from a few resources."""

from __future__ import annotations

from typing import Any

AS_OF = "2026-11-20"
PATIENT, INSTANCE = "p1", "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
SUBJECT = {"reference": f"Patient/{PATIENT}"}
LOINC, RXNORM, ATC = "http://loinc.org", "http://www.nlm.nih.gov/research/umls/rxnorm", "http://www.whocc.no/atc"
EMPTY = ("medication_statements", "medication_administrations", "procedures", "allergies", "open_orders")
Resource = dict[str, Any]


def bundle(*resources: Resource) -> Resource:
    """What a search finds."""
    return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": one} for one in resources]}


def patient(**more: Any) -> Resource:
    return {"resourceType": "Patient", "id": PATIENT, "gender": "female", "birthDate": "1968-03-01", **more}


def result(code: str, value: float, unit: str, date: str = "2026-11-02") -> Resource:
    """A laboratory result by its LOINC code."""
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    return {"resourceType": "Observation", "id": f"o-{code}", "status": "final", "code": {"coding": [{"system": LOINC, "code": code}]}, "subject": SUBJECT,
            "effectiveDateTime": date, "valueQuantity": quantity}  # fmt: skip


def condition(text: str, date: str = "2026-01-01") -> Resource:
    return {"resourceType": "Condition", "id": "c1", "clinicalStatus": {"coding": [{"code": "active"}]}, "code": {"text": text}, "subject": SUBJECT,
        "onsetDateTime": date}


def drug(text: str, id: str = "rx1", status: str = "draft", system: str = "", code: str = "", **more: Any) -> Resource:
    """A prescription, a draft unless said otherwise."""
    coding = [{"system": system, "code": code}] if code else []
    concept = {"text": text, **({"coding": coding} if coding else {})}
    return {"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order", "medicationCodeableConcept": concept, "subject": SUBJECT, **more}


def lab_order(code: str, id: str = "sr1", status: str = "draft", **more: Any) -> Resource:
    """An order of a laboratory test."""
    return {"resourceType": "ServiceRequest", "id": id, "status": status, "intent": "order", "code": {"coding": [{"system": LOINC, "code": code}]},
        "subject": SUBJECT, **more}




def prefetch(observations: tuple[Resource, ...] = (), conditions: tuple[Resource, ...] = (), drugs: tuple[Resource, ...] = (), **more: Any) -> dict[str, Any]:
    """Everything that is asked for, most of it empty."""
    held: dict[str, Any] = {"patient": patient(), "observations": bundle(*observations), "conditions": bundle(*conditions), "medication_requests": bundle(*drugs)}
    return held | dict.fromkeys(EMPTY) | more


def call(hook: str, sent: dict[str, Any] | None = None, drafts: tuple[Resource, ...] = (), selections: list[str] | None = None, **more: Any) -> dict[str, Any]:
    """A call of *hook*; of orders every draft is selected unless said otherwise."""
    context: dict[str, Any] = {"userId": "Practitioner/1", "patientId": PATIENT}
    if hook != "patient-view":
        context["draftOrders"] = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in drafts]}
    if hook == "order-select":
        context["selections"] = [f"{one['resourceType']}/{one['id']}" for one in drafts] if selections is None else selections
    return {"hook": hook, "hookInstance": INSTANCE, "context": context, "prefetch": prefetch() if sent is None else sent, **more}


LOW = result("2132-9", 120, "pg/mL")
FOLIC_ACID = drug("Folic acid 5 mg tablet", system=RXNORM, code="4511")
