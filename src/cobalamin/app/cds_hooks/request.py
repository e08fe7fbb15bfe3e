"""The call of a service as the specification has it, or the first reason why it is none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from cobalamin.errors import CallError
from cobalamin.outputs.language import language
from cobalamin.rules.knowledge import Knowledge

USER = re.compile(r"(Practitioner|PractitionerRole|Patient|RelatedPerson)/[A-Za-z0-9.-]{1,64}")
REFERENCE = re.compile(r"[A-Za-z]+/[A-Za-z0-9.-]{1,64}")
FHIR_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
AUTHORIZATION = ("access_token", "token_type", "expires_in", "scope", "subject")


@dataclass(frozen=True)
class Call:
    """One call: of which service, about which patient, with which drafts of orders (`selected` are those at hand) and what of the record came with it."""

    service: str
    hook: str
    instance: str
    patient_id: str
    drafts: tuple[Mapping[str, Any], ...]
    selected: frozenset[str] | None
    """References of the drafts at hand; None when all are."""
    prefetch: Mapping[str, Any]
    lang: str


def read_call(service: str, body: object, knowledge: Knowledge, accepted: str = "") -> Call:
    """The call of *service* by a JSON *body*; *accepted* is its Accept-Language. Whatever breaks the specification is a CallError, never repeating a value."""
    offered = knowledge.cds_hooks["services"].get(service)
    if offered is None:
        raise CallError("There is no such service; GET /cds-services lists those there are.", 404, "not-found")
    tree = object_of(body, "")
    hook = text_of(tree, "hook")
    if hook != offered["hook"]:
        raise CallError(f"This service answers the hook '{offered['hook']}' and no other.", code="value", where="hook")
    instance = uuid_of(text_of(tree, "hookInstance"), "hookInstance")
    _authorization(tree)
    context = object_of(tree.get("context"), "context")
    asked = knowledge.cds_hooks["context"][hook]
    for name in asked:
        if name not in context:
            raise CallError(f"The hook {hook} needs {', '.join(asked)} in its context.", code="required", where=f"context.{name}")
    if not USER.fullmatch(text_of(context, "userId", "context.userId")):
        raise CallError("The user is written like Practitioner/123; a PractitionerRole, Patient or RelatedPerson will do as well.", code="value", where="context.userId")
    patient_id = text_of(context, "patientId", "context.patientId").removeprefix("Patient/")
    if not FHIR_ID.fullmatch(patient_id):
        raise CallError("The patient's id is no id of FHIR: letters, digits, - and ., at most 64 of them.", code="value", where="context.patientId")
    drafts = _drafts(context["draftOrders"]) if "draftOrders" in asked else ()
    selected = _selected(context["selections"], drafts) if "selections" in asked else None
    prefetch = object_of(tree.get("prefetch", {}), "prefetch")
    return Call(service, hook, instance, patient_id, drafts, selected, prefetch, _language(tree, context, knowledge, accepted))


def reference_of(resource: Mapping[str, Any]) -> str:
    """How a draft is referred to: `MedicationRequest/103`; empty for one without an id."""
    reference = f"{resource.get('resourceType')}/{resource.get('id')}"
    return reference if REFERENCE.fullmatch(reference) and resource.get("id") is not None else ""


def _drafts(bundle: object) -> tuple[Mapping[str, Any], ...]:
    where = "context.draftOrders"
    held = object_of(bundle, where)
    if held.get("resourceType") != "Bundle":
        raise CallError("The draft orders are a Bundle of FHIR.", code="structure", where=where)
    entries = held.get("entry", [])
    if not isinstance(entries, list):
        raise CallError("The entries of a Bundle are a list.", code="structure", where=f"{where}.entry")
    found = []
    for number, entry in enumerate(entries):
        resource = object_of(object_of(entry, f"{where}.entry[{number}]").get("resource"), f"{where}.entry[{number}].resource")
        if not isinstance(resource.get("resourceType"), str):
            raise CallError("A draft order is a resource of FHIR.", code="structure", where=f"{where}.entry[{number}].resource")
        found.append(resource)
    return tuple(found)


def _selected(selections: object, drafts: tuple[Mapping[str, Any], ...]) -> frozenset[str]:
    where = "context.selections"
    if not isinstance(selections, list) or not all(isinstance(one, str) for one in selections):
        raise CallError("The selections are a list of references.", code="structure", where=where)
    known = {reference_of(draft) for draft in drafts}
    for number, one in enumerate(selections):
        if not REFERENCE.fullmatch(one):
            raise CallError("A selection is written like MedicationRequest/103.", code="value", where=f"{where}[{number}]")
        if one not in known:
            raise CallError("A selection is one of the draft orders.", code="value", where=f"{where}[{number}]")
    return frozenset(selections)


def _authorization(tree: Mapping[str, Any]) -> None:
    if "fhirServer" in tree and not is_url(text_of(tree, "fhirServer")):
        raise CallError("The FHIR server is a URL.", code="value", where="fhirServer")
    if "fhirAuthorization" not in tree:
        return
    held = object_of(tree["fhirAuthorization"], "fhirAuthorization")
    if "fhirServer" not in tree:
        raise CallError("A fhirAuthorization comes with the fhirServer it is for.", code="required", where="fhirServer")
    for name in AUTHORIZATION:
        if name not in held:
            raise CallError(f"A fhirAuthorization holds {', '.join(AUTHORIZATION)}.", code="required", where=f"fhirAuthorization.{name}")
        if name == "expires_in":
            if isinstance(held[name], bool) or not isinstance(held[name], int):
                raise CallError("The lifetime of a token is a whole number of seconds.", code="value", where=f"fhirAuthorization.{name}")
        else:
            text_of(held, name, f"fhirAuthorization.{name}")
    if held["token_type"] != "Bearer":
        raise CallError("The type of the token is Bearer.", code="value", where="fhirAuthorization.token_type")


def _language(tree: Mapping[str, Any], context: Mapping[str, Any], knowledge: Knowledge, accepted: str) -> str:
    """The language an extension of the request or of its context names, else the one that is accepted."""
    from cobalamin.app.pages.asked import chosen_language

    name = knowledge.cds_hooks["language_extension"]
    for held in (tree.get("extension"), context.get("extension")):
        asked = held.get(name) if isinstance(held, Mapping) else None
        if isinstance(asked, str) and asked:
            code = asked.split("-")[0].lower()
            return language(code).code
    return chosen_language("", accepted)


def is_url(text: str) -> bool:
    """Whether *text* is an absolute address of the web."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and not any(char.isspace() for char in text)


def object_of(held: object, where: str) -> Mapping[str, Any]:
    """A JSON object at a place of a call."""
    if not isinstance(held, dict):
        raise CallError("This is a JSON object." if where else "The body is a JSON object.", code="structure", where=where)
    return held


def text_of(tree: Mapping[str, Any], name: str, where: str = "") -> str:
    """A text that must be there and says something."""
    held = tree.get(name)
    if held is None:
        raise CallError("This must be there.", code="required", where=where or name)
    if not isinstance(held, str) or not held.strip():
        raise CallError("This is a text that is not empty.", code="value", where=where or name)
    return held


def uuid_of(text: str, where: str) -> str:
    """A UUID in its usual form."""
    try:
        return str(UUID(text))
    except ValueError:
        raise CallError("This is a UUID.", code="value", where=where) from None
