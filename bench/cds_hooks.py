"""CDS Hooks under load: calls at a steady rate against a server of its own, each counted from the moment it was due.

    python bench/cds_hooks.py [--rate 100] [--seconds 20] [--clients 16]

The calls are those of a busy clinic: records opened with and without something to do, orders that are none of ours, and one that is caught.
A record is ten years long: seventy results, a dozen diseases, eight drugs.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
from datetime import date, timedelta
from typing import Any

from loader import Call, part, processor, served, steady
from table import Table

GOAL_MS, RATE, SECONDS, CLIENTS = 25, 100, 20, 16
INSTANCE = "d1577c69-dfbe-44ad-ba6d-3e05e953b2ea"
TODAY = date.today()
SUBJECT = {"reference": "Patient/p1"}
COUNT = (("718-7", "g/dL", 13.1), ("787-2", "fL", 91), ("6690-2", "10*3/uL", 7), ("777-3", "10*3/uL", 240), ("2160-0", "mg/dL", 0.9), ("2276-4", "ng/mL", 80),
         ("2284-8", "ng/mL", 9))  # fmt: skip
DISEASES = ("Essential hypertension", "Hyperlipidemia", "Type 2 diabetes mellitus", "Osteoarthritis of knee", "Asthma", "Migraine", "Gout", "Obesity",
            "Psoriasis", "Back pain")  # fmt: skip
DRUGS = (("6809", "metformin hydrochloride 500 MG Oral Tablet"), ("29046", "lisinopril 10 MG Oral Tablet"), ("36567", "simvastatin 20 MG Oral Tablet"),
         ("7646", "omeprazole 20 MG"), ("435", "albuterol"), ("5640", "ibuprofen 400 MG"), ("519", "allopurinol 100 MG"), ("8640", "prednisone 5 MG"))  # fmt: skip


def day(ago: int) -> str:
    return (TODAY - timedelta(days=ago)).isoformat()


def bundle(resources: list[dict[str, Any]], kind: str = "searchset") -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": kind, "entry": [{"resource": one} for one in resources]}


def result(code: str, unit: str, value: float, ago: int) -> dict[str, Any]:
    quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": unit}
    return {"resourceType": "Observation", "id": f"o{code}-{ago}", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": code}], "text": code},
            "subject": SUBJECT, "effectiveDateTime": f"{day(ago)}T08:30:00Z", "valueQuantity": quantity}  # fmt: skip


def drug(code: str, text: str, id: str, status: str) -> dict[str, Any]:
    coded = {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": code, "display": text}], "text": text}
    return {"resourceType": "MedicationRequest", "id": id, "status": status, "intent": "order", "medicationCodeableConcept": coded, "subject": SUBJECT,
            "authoredOn": day(300)}  # fmt: skip


def record(b12: float, *signs: str) -> dict[str, Any]:
    """Ten years of a record with a level of B12."""
    results = [result(code, unit, value + turn / 10, turn * 360 + 20) for turn in range(10) for code, unit, value in COUNT] + [result("2132-9", "pg/mL", b12, 20)]
    conditions = [{"resourceType": "Condition", "id": f"c{number}", "clinicalStatus": {"coding": [{"code": "active"}]}, "code": {"text": text}, "subject": SUBJECT,
                   "onsetDateTime": day(900 + number)} for number, text in enumerate((*DISEASES, *signs))]  # fmt: skip
    return {"patient": {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1961-03-09"}, "observations": bundle(results),
            "conditions": bundle(conditions), "medication_requests": bundle([drug(*held, id=f"m{number}", status="active") for number, held in enumerate(DRUGS)]),
            "procedures": None, "allergies": None, "medication_statements": None, "medication_administrations": None, "open_orders": None}  # fmt: skip


def call(hook: str, prefetch: dict[str, Any], *drafts: dict[str, Any]) -> Call:
    """A call."""
    context: dict[str, Any] = {"userId": "Practitioner/1", "patientId": "p1"}
    if drafts:
        context["draftOrders"] = bundle(list(drafts), "collection")
    if hook == "order-select":
        context["selections"] = [f"MedicationRequest/{one['id']}" for one in drafts]
    return Call(f"/cds-services/cobalamin-{hook}", json.dumps({"hook": hook, "hookInstance": INSTANCE, "context": context, "prefetch": prefetch}).encode())


def calls() -> dict[str, Call]:
    """The kinds of calls, in turn."""
    folic, other = drug("4511", "Folic acid 5 MG Oral Tablet", "d1", "draft"), drug("723", "amoxicillin 500 MG Oral Capsule", "d2", "draft")
    return {
        "a record, nothing to do": call("patient-view", record(600)),
        "a record, B12 low and numb feet": call("patient-view", record(120, "numbness of feet")),
        "an order that is none of ours": call("order-select", record(600), other),
        "folic acid while B12 is low": call("order-sign", record(120), folic, other),
    }


def measure(rate: int = RATE, seconds: float = SECONDS, clients: int = CLIENTS) -> Table:
    """A server of its own, warmed up, under a steady rate."""
    with served() as (port, pid):
        asyncio.run(steady(port, calls(), 20, 3, clients))
        before = processor(pid)
        times, failed = asyncio.run(steady(port, calls(), rate, seconds, clients))
        used = processor(pid) - before
    everything = {"all calls": [one for held in times.values() for one in held], **times}
    rows = [(name, str(len(held)), *(f"{part(held, share):.1f} ms" for share in (0.5, 0.95, 0.99, 1.0)), f"{GOAL_MS} ms (99th)" if name == "all calls" else "")
            for name, held in everything.items()]  # fmt: skip
    load_now = f"{os.getloadavg()[0]:.1f}"
    title = (f"CDS Hooks, {rate} calls a second for {seconds:.0f} s, one process, {failed} failed; "
             f"{used / max(1, len(everything['all calls'])) * 1000:.1f} ms of processor a call; load average {load_now}")  # fmt: skip
    return Table(title, ("call", "number", "median", "95th", "99th", "slowest", "goal"), rows)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=int, default=RATE)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--clients", type=int, default=CLIENTS)
    given = parser.parse_args()
    print(measure(given.rate, given.seconds, given.clients))
