"""Bundles as no system should send them: a sound one, broken in one or several places by a seeded hand."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

SOUND: dict[str, Any] = {
    "resourceType": "Bundle", "type": "collection", "entry": [
        {"fullUrl": "urn:uuid:0c0acf45-ef2f-415f-bf75-9f4f84cb0001", "resource": {
            "resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1969-04-12", "name": [{"family": "Canary-Name", "given": ["A"]}]}},
        {"resource": {"resourceType": "Observation", "status": "final", "subject": {"reference": "Patient/p"}, "effectiveDateTime": "2026-10-01",
                      "code": {"coding": [{"system": "http://loinc.org", "code": "2132-9"}]},
                      "valueQuantity": {"value": 95, "unit": "pg/mL", "system": "http://unitsofmeasure.org", "code": "pg/mL"},
                      "referenceRange": [{"low": {"value": 200}, "high": {"value": 900}}]}},
        {"resource": {"resourceType": "Condition", "subject": {"reference": "Patient/p"}, "code": {"text": "pernicious anemia"}, "onsetDateTime": "2019-01-01"}},
        {"resource": {"resourceType": "MedicationRequest", "status": "active", "intent": "order", "subject": {"reference": "Patient/p"}, "authoredOn": "2026-09-01",
                      "medicationCodeableConcept": {"text": "metformin"}, "dosageInstruction": [{"doseAndRate": [{"doseQuantity": {"value": 1000, "unit": "mg"}}]}]}},
    ],
}  # fmt: skip
NONSENSE: tuple[Any, ...] = (None, True, -1, 1e308, 10**40, "", " ", "x" * 20_000, "\u202e\u200b<script>alert(1)</script>", "\ud800", [], {}, [[]], [{}], {"": {}},
                             "9999-99-99", "0000-01-01", "2026-13-45T99:99:99Z", {"resourceType": "Bundle"}, [None, None])  # fmt: skip


def places(tree: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to everything inside *tree*."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inside:
        yield (*path, key)
        yield from places(value, (*path, key))


def broken(seed: int) -> bytes:
    """One malformed Bundle: wrong kinds, nothing where something must be, strange names, cut off, or no JSON at all."""
    draw = random.Random(f"malformed-{seed}")
    tree = json.loads(json.dumps(SOUND))
    for _ in range(draw.choice((1, 1, 2, 5))):
        path = draw.choice([*places(tree)] or [()])
        if not path:
            break
        held = tree
        for key in path[:-1]:
            held = held[key]
        how = draw.random()
        if how < 0.6:
            held[path[-1]] = draw.choice(NONSENSE)
        elif how < 0.8:
            del held[path[-1]]
        elif isinstance(held, dict):
            held[draw.choice(("", "resourceType", "__proto__", "extension", "contained"))] = held.pop(path[-1])
    text = json.dumps(tree).encode()
    cut = draw.random()
    if cut < 0.05:
        text = text[: draw.randrange(len(text))]
    elif cut < 0.08:
        text = b"[" * 5000 + text
    elif cut < 0.1:
        text = text.replace(b"Patient", b"\xff\xfe", 1)
    return text
