"""Drafts and open orders: which concept each is of. An order is no fact; nothing here was given or done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from cobalamin.app.cds_hooks.request import reference_of
from cobalamin.model.fact import RawFact
from cobalamin.records.fhir.coding import Codings
from cobalamin.records.understand import ordered
from cobalamin.records.words import Words

LONGEST = 200


@dataclass(frozen=True)
class Order:
    """A draft or an open order: how it is referred to, what it is called, and its concepts."""

    reference: str
    called: str
    concepts: frozenset[str]


def orders_of(resources: Sequence[Mapping[str, Any]], words: Words, beside: Iterable[Mapping[str, Any]] = ()) -> list[Order]:
    """The orders among *resources* that name something the pathway knows; a drug in a resource of its own is looked up among them and those *beside*."""
    drugs = {reference_of(one): one for one in (*resources, *beside) if one.get("resourceType") == "Medication"}
    return [order for one in resources if (order := _order(one, drugs, words))]


def is_open(resource: Mapping[str, Any], words: Words, day: date) -> bool:
    """Whether an order on record still stands: neither done nor ended, and not forgotten."""
    how = words.knowledge.cds_hooks["open_order"]
    try:
        age = (day - date.fromisoformat(str(resource.get("authoredOn", ""))[:10])).days
    except ValueError:
        age = 0
    return resource.get("status") in how["status"] and resource.get("doNotPerform") is not True and age <= how["for_days"]


def _order(resource: Mapping[str, Any], drugs: Mapping[str, Mapping[str, Any]], words: Words) -> Order | None:
    kind = resource.get("resourceType")
    if not isinstance(kind, str) or kind not in words.knowledge.cds_hooks["orders"] or resource.get("doNotPerform") is True:
        return None
    concept = _code(resource, drugs)
    named = named_by(concept, kind, words)
    dose = _dose(resource, words)
    found = frozenset(filter(None, (ordered(RawFact(concept=one, dose=f"{dose} {route}".strip()), words) for one, route in named)))
    return Order(reference_of(resource), _called(concept), found) if found else None


def _code(resource: Mapping[str, Any], drugs: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Any]:
    """The CodeableConcept of what is ordered; of a drug also through the resource it stands in."""
    held = resource.get("code") if resource.get("resourceType") == "ServiceRequest" else resource.get("medicationCodeableConcept")
    pointed = resource.get("medicationReference")
    if not isinstance(held, Mapping) and isinstance(pointed, Mapping):
        where = str(pointed.get("reference", ""))
        inside = {f"#{one.get('id')}": one for one in _list(resource.get("contained")) if isinstance(one, Mapping)}
        found = inside.get(where) or drugs.get("/".join(where.split("/")[-2:]))
        held = found.get("code") if found else None
        if not isinstance(held, Mapping):
            held = {"text": pointed.get("display")}
    return held if isinstance(held, Mapping) else {}


def named_by(concept: Mapping[str, Any], resource: str, words: Words) -> tuple[tuple[str, str], ...]:
    """What a CodeableConcept names and the route its product goes by, as facts print them; nothing when it is not ours."""
    codings = [one for one in _list(concept.get("coding")) if isinstance(one, Mapping)]
    coded = [(str(one["system"]), str(one["code"])) for one in codings if isinstance(one.get("system"), str) and isinstance(one.get("code"), str)]
    texts = [concept.get("text"), *(one.get("display") for one in codings)]
    known = _codings(words, resource)
    found = known.named([system for system, _ in coded], [code for _, code in coded], *(text[:LONGEST] for text in texts if isinstance(text, str)))
    return tuple((one.concept, one.route) for one in found)


@lru_cache(maxsize=16)
def _codings(words: Words, resource: str) -> Codings:
    """The names that an order may use, which are more than a record's: a gas is ordered like a drug."""
    codings = Codings(words, resource)
    codings.kinds = set(words.knowledge.cds_hooks["orders"][resource])
    codings.is_drug = "drug" in codings.kinds
    return codings


def _dose(resource: Mapping[str, Any], words: Words) -> str:
    """The route of the first instruction in words that doses are read by, and its text."""
    first = next((one for one in _list(resource.get("dosageInstruction")) if isinstance(one, Mapping)), {})
    route = first.get("route")
    how = route if isinstance(route, Mapping) else {}
    coded = [one for one in _list(how.get("coding")) if isinstance(one, Mapping)]
    texts = [*(words.knowledge.fhir["routes"].get(str(one.get("code"))) for one in coded), how.get("text"), *(one.get("display") for one in coded), first.get("text")]
    return " ".join(text[:LONGEST] for text in texts if isinstance(text, str))


def _called(concept: Mapping[str, Any]) -> str:
    """What the order calls itself."""
    texts = [concept.get("text"), *(one.get("display") for one in _list(concept.get("coding")) if isinstance(one, Mapping))]
    return next((text.strip()[:LONGEST] for text in texts if isinstance(text, str) and text.strip()), "")


def _list(held: object) -> list[Any]:
    return held if isinstance(held, list) else []
