"""What the record system sent along, as a case: facts from the record, the orders at hand, and what was not sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from cobalamin.app.cds_hooks.orders import Order, is_open, named_by, orders_of
from cobalamin.app.cds_hooks.request import Call
from cobalamin.errors import CallError
from cobalamin.records.fhir.facts import TYPES
from cobalamin.records.fhir.resources import people_of
from cobalamin.records.words import Words

OUTCOME = "OperationOutcome"


@dataclass
class Record:
    """The orders at hand that are ours, the keys of what is missing or was sent only in part, and the case, which is read when it is asked for."""

    call: Call
    words: Words
    day: date
    resources: list[Mapping[str, Any]]
    orders: tuple[Order, ...]
    drafts: tuple[Order, ...]
    unsent: tuple[str, ...]

    @cached_property
    def case(self) -> Mapping[str, Any] | None:
        """The record as a case with its orders; None of somebody who has died."""
        call, words = self.call, self.words
        # a Patient without an id can only be the one of the context
        held = ({"id": call.patient_id, **one} if one.get("resourceType") == "Patient" else one for one in self.resources if one.get("resourceType") in TYPES)
        read = people_of(list(held), words, self.day.isoformat())
        if call.patient_id in read.deceased:
            return None
        case = read.people.get(call.patient_id, {"patient_id": call.patient_id, "facts": []})
        still_open = orders_of([one for one in self.resources if is_open(one, words, self.day)], words, beside=self.resources)
        at_hand, planned = ([concept for order in held for concept in sorted(order.concepts)] for held in (self.orders, (*self.drafts, *still_open)))
        return {**case, "facts": [*case["facts"], *_allergies(self.resources, words)], "ordered": at_hand, "planned": planned}


def record_of(call: Call, words: Words, day: date) -> Record:
    """The record that came with a call; without what no answer can be given, a CallError of status 412."""
    how = words.knowledge.cds_hooks["prefetch"]
    resources: list[Mapping[str, Any]] = []
    unsent = []
    for key, asked in how.items():
        found, whole = _sent(call.prefetch, key)
        if not whole:
            if found is None and asked.get("needed"):
                raise CallError(f"The prefetch '{key}' is needed and was not sent, or is an error of the record system; this service asks for nothing by itself. "
                                "See its prefetch templates at GET /cds-services.", 412, "required", f"prefetch.{key}")  # fmt: skip
            unsent.append(key)
        resources += found or ()
    person = next((one for one in resources if one.get("resourceType") == "Patient"), None)
    if person is None or person.get("id") not in (None, call.patient_id):
        raise CallError("The prefetch 'patient' is not the patient of the context.", 412, "required", "prefetch.patient")
    mine = [one for one in resources if _about(one, call.patient_id)]
    drafts = orders_of(call.drafts, words, beside=mine)
    at_hand = tuple(order for order in drafts if call.selected is None or order.reference in call.selected)
    return Record(call, words, day, mine, at_hand, tuple(drafts), tuple(unsent))


def _sent(prefetch: Mapping[str, Any], key: str) -> tuple[list[Mapping[str, Any]] | None, bool]:
    """The resources under a key (None when there is nothing usable) and whether these are all there are; null says that there are none."""
    if key not in prefetch:
        return None, False
    held = prefetch[key]
    if held is None:
        return [], True
    if not isinstance(held, Mapping) or held.get("resourceType") in (None, OUTCOME):
        return None, False
    if held["resourceType"] != "Bundle":
        return [held], True
    entries = held.get("entry", [])
    if not isinstance(entries, list):
        return None, False
    found = [entry.get("resource") for entry in entries if isinstance(entry, Mapping)]
    resources = [one for one in found if isinstance(one, Mapping)]
    links = held.get("link")
    more = any(isinstance(link, Mapping) and link.get("relation") == "next" for link in (links if isinstance(links, list) else ()))
    usable = [one for one in resources if one.get("resourceType") != OUTCOME]
    failed = len(usable) < len(resources)
    return (None if failed and not usable else usable), not (failed or more)


def _about(resource: Mapping[str, Any], patient_id: str) -> bool:
    """Whether a resource may be about the patient: one that names somebody else is left out."""
    who = resource.get("subject") or resource.get("patient")
    named = who.get("reference") if isinstance(who, Mapping) else None
    return not isinstance(named, str) or named.rsplit("/", 1)[-1] == patient_id or named.startswith(("urn:", "#"))


def _allergies(resources: list[Mapping[str, Any]], words: Words) -> Iterator[dict[str, str]]:
    """An allergy to a drug of ours as what it is on record; refuted ones are none."""
    knowledge = words.knowledge
    for one in resources:
        if one.get("resourceType") != "AllergyIntolerance" or _codes(one.get("verificationStatus")) & {"refuted", "entered-in-error"}:
            continue
        code = one.get("code")
        named = named_by(code, "MedicationRequest", words) if isinstance(code, Mapping) else ()
        meant = {words.concept(text)[0] for text, _ in named}
        for drug, allergy in knowledge.cds_hooks["allergies"].items():
            if meant & {*knowledge.narrower(drug), allergy}:
                yield {"concept": allergy}


def _codes(concept: object) -> set[str]:
    codings = concept.get("coding") if isinstance(concept, Mapping) else None
    return {str(one.get("code")) for one in codings if isinstance(one, Mapping)} if isinstance(codings, list) else set()
