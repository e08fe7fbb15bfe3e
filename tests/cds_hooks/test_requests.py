"""Calls that break the specification are refused with a reason and a place, never with a value of the patient."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from hook_calls import AS_OF, FOLIC_ACID, LOW, bundle, call, drug, patient, prefetch
from hook_specification import breaches_of_discovery

from cobalamin.app.cds_hooks.discovery import discovery, templates
from cobalamin.app.cds_hooks.feedback import Counts, read_feedback
from cobalamin.app.cds_hooks.service import answer, engine_for
from cobalamin.errors import CallError, InputError
from cobalamin.rules.concepts import LANGUAGES
from cobalamin.rules.load import load

VIEW, SELECT, SIGN = "patient-view", "order-select", "order-sign"
TOKEN = {"access_token": "secret", "token_type": "Bearer", "expires_in": 300, "scope": "user/Patient.read", "subject": "cds"}
SERVER = "https://ehr.example/fhir"
CARD = "4e0a3a1e-3283-4575-ab82-028d55fe2719"
LOST = object()
"""A member that is not there."""


def changed(body: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    """*body* with another value at a path, or without it."""
    made = copy.deepcopy(body)
    *above, last = path.split(".")
    spot = made
    for name in above:
        spot = spot[name]
    if value is LOST:
        del spot[last]
    else:
        spot[last] = value
    return made


def refused(hook: str, body: Any) -> CallError:
    """Why a call is refused."""
    with pytest.raises(CallError) as caught:
        answer(f"cobalamin-{hook}", body, engine_for(AS_OF))
    assert "secret" not in str(caught.value)
    assert "Kowalska" not in str(caught.value)
    return caught.value


def outcome_of(hook: str, body: Any) -> int:
    """The status of a call whose answer, if there is one, can be sent."""
    try:
        json.dumps(answer(f"cobalamin-{hook}", body, engine_for(AS_OF)), ensure_ascii=False).encode()
    except CallError as error:
        return error.status
    return 200


@pytest.mark.parametrize(("hook", "path", "value", "where"), [
    (VIEW, "hook", LOST, "hook"), (VIEW, "hook", "order-sign", "hook"), (VIEW, "hook", 5, "hook"), (VIEW, "hook", "", "hook"),
    (VIEW, "hookInstance", LOST, "hookInstance"), (VIEW, "hookInstance", "Kowalska", "hookInstance"), (VIEW, "hookInstance", None, "hookInstance"),
    (VIEW, "context", LOST, "context"), (VIEW, "context", [], "context"), (VIEW, "context", None, "context"),
    (VIEW, "context.userId", LOST, "context.userId"), (VIEW, "context.userId", "Kowalska", "context.userId"), (VIEW, "context.userId", "Device/1", "context.userId"),
    (VIEW, "context.patientId", LOST, "context.patientId"), (VIEW, "context.patientId", "Kowalska Anna", "context.patientId"), (VIEW, "context.patientId", 7,
    "context.patientId"),
    (VIEW, "prefetch", [], "prefetch"), (VIEW, "prefetch", None, "prefetch"),
    (VIEW, "fhirServer", "ehr", "fhirServer"), (VIEW, "fhirServer", 5, "fhirServer"), (VIEW, "fhirServer", "https://[", "fhirServer"),
    (VIEW, "fhirAuthorization", TOKEN, "fhirServer"), (VIEW, "fhirAuthorization", "secret", "fhirAuthorization"),
    (SELECT, "context.selections", LOST, "context.selections"), (SELECT, "context.selections", "MedicationRequest/rx1", "context.selections"),
    (SELECT, "context.selections", ["rx1"], "context.selections[0]"), (SELECT, "context.selections", ["MedicationRequest/rx1", "MedicationRequest/9"],
    "context.selections[1]"),
    (SELECT, "context.draftOrders", LOST, "context.draftOrders"), (SIGN, "context.draftOrders", LOST, "context.draftOrders"),
    (SIGN, "context.draftOrders", {"resourceType": "List"}, "context.draftOrders"), (SIGN, "context.draftOrders.entry", {}, "context.draftOrders.entry"),
    (SIGN, "context.draftOrders.entry", ["x"], "context.draftOrders.entry[0]"), (SIGN, "context.draftOrders.entry", [{"resource": {}}],
    "context.draftOrders.entry[0].resource"),
    (SIGN, "context.draftOrders.entry", [{}], "context.draftOrders.entry[0].resource"),
])  # fmt: skip
def test_a_call_that_breaks_the_specification(hook: str, path: str, value: Any, where: str) -> None:
    """Pins status 400 and the place."""
    error = refused(hook, changed(call(hook, prefetch((LOW,)), (FOLIC_ACID,)), path, value))
    assert (error.status, error.where) == (400, where)


@pytest.mark.parametrize("missing", TOKEN)
def test_an_authorization_is_whole(missing: str) -> None:
    held = {name: value for name, value in TOKEN.items() if name != missing}
    error = refused(VIEW, call(VIEW, fhirServer=SERVER, fhirAuthorization=held))
    assert (error.status, error.where) == (400, f"fhirAuthorization.{missing}")


@pytest.mark.parametrize(("name", "value"), [("token_type", "Basic"), ("expires_in", "300"), ("expires_in", True), ("scope", ""), ("access_token", 5)])
def test_an_authorization_is_well_formed(name: str, value: Any) -> None:
    error = refused(VIEW, call(VIEW, fhirServer=SERVER, fhirAuthorization=TOKEN | {name: value}))
    assert (error.status, error.where) == (400, f"fhirAuthorization.{name}")


def test_an_authorization_with_its_server_is_let_in() -> None:
    assert answer(f"cobalamin-{VIEW}", call(VIEW, fhirServer=SERVER, fhirAuthorization=TOKEN), engine_for(AS_OF)) == {"cards": []}


@pytest.mark.parametrize("body", [None, [], "call", 5, True])
def test_a_body_is_an_object(body: Any) -> None:
    assert refused(VIEW, body).status == 400


def test_an_unknown_service() -> None:
    with pytest.raises(CallError) as caught:
        answer("cobalamin-nothing", call(VIEW), engine_for(AS_OF))
    assert caught.value.status == 404


OUTCOME = {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": "exception"}]}


@pytest.mark.parametrize(("key", "value"), [
    ("patient", LOST), ("patient", None), ("patient", OUTCOME), ("patient", patient(id="p2")), ("patient", bundle()), ("patient", "x"), ("patient", []),
    ("observations", LOST), ("observations", OUTCOME), ("observations", bundle(OUTCOME)), ("observations", {"resourceType": "Bundle", "entry": {}}), ("observations", 5),
    ("conditions", LOST), ("medication_requests", LOST), ("medication_requests", {}),
])  # fmt: skip
def test_a_record_that_cannot_be_used(key: str, value: Any) -> None:
    """Pins status 412 and the key."""
    error = refused(VIEW, changed(call(VIEW), f"prefetch.{key}", value))
    assert (error.status, error.where) == (412, f"prefetch.{key}")


def test_somebody_elses_results_are_not_used() -> None:
    """Pins that a resource about another patient in the prefetch says nothing."""
    other = {**LOW, "subject": {"reference": "https://ehr.example/fhir/Patient/p2"}}
    assert answer(f"cobalamin-{VIEW}", call(VIEW, prefetch((other,))), engine_for(AS_OF)) == {"cards": []}


def test_somebody_elses_allergy_and_orders_are_not_used() -> None:
    """Pins the same of what only these services read."""
    theirs = {"reference": "Patient/p2"}
    allergy = {"resourceType": "AllergyIntolerance", "id": "a1", "patient": theirs, "code": {"text": "Cyanocobalamin"}}
    b12 = drug("Hydroxocobalamin 1 mg injection", "rx9", "on-hold", subject=theirs)
    sent = prefetch((LOW,), (), (b12,), allergies=bundle(allergy))
    (card,) = answer(f"cobalamin-{VIEW}", call(VIEW, sent), engine_for(AS_OF))["cards"]
    assert card["summary"].startswith("Vitamin B12 deficiency and no treatment on record")


@pytest.mark.parametrize("value", [5, "x", True, [], {}, None, {"a": {}}, [[]], ["x", None], {"coding": 5}, {"coding": [5, None, {}]}, {"reference": 5}, -1.5,
    "\ud800", "9" * 5000])
@pytest.mark.parametrize("name", ["resourceType", "id", "status", "code", "subject", "valueQuantity", "effectiveDateTime", "medicationCodeableConcept",
    "medicationReference",
                                  "dosageInstruction", "contained", "authoredOn", "verificationStatus", "doNotPerform", "deceasedDateTime", "birthDate"])  # fmt: skip
def test_any_nonsense_inside_a_resource_is_lived_with(name: str, value: Any) -> None:
    """Pins that what FHIR does not allow is an answer or a refusal, never a fault."""
    resources = [{**LOW, name: value}, {**FOLIC_ACID, name: value}, {"resourceType": "AllergyIntolerance", "code": {"text": "B12"}, name: value}]
    sent = prefetch((resources[0],), (resources[0],), (resources[1],), allergies=bundle(resources[2]),
        patient=patient(**({name: value} if name not in ("resourceType", "id") else {})),
                    open_orders=bundle({**FOLIC_ACID, "resourceType": "ServiceRequest", name: value}))  # fmt: skip
    for hook in (VIEW, SIGN):
        assert outcome_of(hook, call(hook, sent, (resources[1],))) in (200, 400, 412)


# ---- discovery


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_offered(lang: str) -> None:
    """Pins the three services, that they are described in the language, and that their queries keep to plain searches."""
    held = discovery(engine_for(AS_OF), lang)
    assert breaches_of_discovery(held) == []
    assert [(one["hook"], one["id"]) for one in held["services"]] == [(hook, f"cobalamin-{hook}") for hook in (VIEW, SELECT, SIGN)]
    assert len({one["title"] for one in held["services"]}) == 3


def test_results_are_asked_for_by_what_rules_look_at() -> None:
    """Pins that the query names the codes of what any rule looks at, within the look-back, and can do without `today()`."""
    query = templates(engine_for(AS_OF), True)["observations"]
    for code in ("2132-9", "718-7", "787-2", "13964-2"):
        assert f"http://loinc.org|{code}" in query
    assert "4548-4" not in query
    assert f"date=ge{{{{today() - {load().cds_hooks['look_back_days']} days}}}}" in query
    assert "today()" not in json.dumps(discovery(engine_for(AS_OF), dates=False))


def test_open_orders_are_asked_for_by_tests_of_cards() -> None:
    query = templates(engine_for(AS_OF), True)["open_orders"]
    assert "http://loinc.org|2132-9" in query
    assert "http://loinc.org|2823-3" not in query


# ---- feedback


def entry(**more: Any) -> dict[str, Any]:
    return {"card": CARD, "outcome": "accepted", "acceptedSuggestions": [{"id": CARD}], "outcomeTimestamp": "2026-11-20T10:05:31Z", **more}


def overridden(**reason: Any) -> dict[str, Any]:
    return {"card": CARD, "outcome": "overridden", "outcomeTimestamp": "2026-11-20T10:05:31.5Z", **({"overrideReason": reason} if reason else {})}


OURS = {"system": "urn:cobalamin:override-reason", "code": "declined"}


@pytest.mark.parametrize(("given", "outcome", "reason"), [
    (entry(), "accepted", "none"), (overridden(), "overridden", "none"), (overridden(reason=OURS), "overridden", "declined"),
    (overridden(userComment="Mrs Kowalska says no"), "overridden", "none"), (overridden(reason={"system": "urn:ehr", "code": "Kowalska"}), "overridden", "other"),
    (overridden(reason=OURS | {"code": "Kowalska"}, userComment="x"), "overridden", "other"),
])  # fmt: skip
def test_feedback_is_counted(given: dict[str, Any], outcome: str, reason: str) -> None:
    """Pins what is kept of an entry: service, outcome and one of our own reasons."""
    assert read_feedback("cobalamin-order-sign", {"feedback": [given]}, load()) == [("cobalamin-order-sign", outcome, reason)]


@pytest.mark.parametrize(("given", "where"), [
    ({"acceptedSuggestions": []}, "feedback[0].acceptedSuggestions"), ({"acceptedSuggestions": None}, "feedback[0].acceptedSuggestions"),
    ({"acceptedSuggestions": [{}]}, "feedback[0].acceptedSuggestions[0].id"), ({"acceptedSuggestions": [{"id": "1"}]}, "feedback[0].acceptedSuggestions[0].id"),
    ({"acceptedSuggestions": ["x"]}, "feedback[0].acceptedSuggestions[0]"),
    ({"outcome": "ignored"}, "feedback[0].outcome"), ({"outcome": None}, "feedback[0].outcome"), ({"card": "1"}, "feedback[0].card"), ({"card": None},
    "feedback[0].card"),
    ({"outcomeTimestamp": None}, "feedback[0].outcomeTimestamp"), ({"outcomeTimestamp": "yesterday"}, "feedback[0].outcomeTimestamp"),
    ({"outcomeTimestamp": "2026-11-31T10:00:00Z"}, "feedback[0].outcomeTimestamp"), ({"outcomeTimestamp": "2026-11-20"}, "feedback[0].outcomeTimestamp"),
    ({"overrideReason": {}}, "feedback[0].overrideReason"), ({"overrideReason": "x"}, "feedback[0].overrideReason"),
    ({"overrideReason": {"reason": {"code": "x"}}}, "feedback[0].overrideReason.reason.system"), ({"overrideReason": {"userComment": 5}},
    "feedback[0].overrideReason.userComment"),
])  # fmt: skip
def test_feedback_that_breaks_the_specification(given: dict[str, Any], where: str) -> None:
    """Pins the invariants cds-fb-1 to 3, above all that what was accepted names its suggestions."""
    with pytest.raises(CallError) as caught:
        read_feedback("cobalamin-order-sign", {"feedback": [entry(**given)]}, load())
    assert (caught.value.status, caught.value.where) == (400, where)


@pytest.mark.parametrize("body", [{}, {"feedback": []}, {"feedback": {}}, [], None])
def test_feedback_is_a_list(body: Any) -> None:
    with pytest.raises(CallError) as caught:
        read_feedback("cobalamin-order-sign", body, load())
    assert caught.value.status == 400


def test_counts_are_kept_in_the_operators_file(tmp_path: Any) -> None:
    """Pins that counts go on after a restart, hold nothing else, and that another file is not overwritten."""
    file = tmp_path / "counts.json"
    for _ in range(2):
        Counts(file).add(read_feedback("cobalamin-order-sign", {"feedback": [entry(), overridden(reason=OURS, userComment="Mrs Kowalska")]}, load()))
    assert Counts(file).rows() == [{"service": "cobalamin-order-sign", "outcome": "accepted", "reason": "none", "count": 2},
                                   {"service": "cobalamin-order-sign", "outcome": "overridden", "reason": "declined", "count": 2}]  # fmt: skip
    assert "Kowalska" not in file.read_text(encoding="utf-8")
    file.write_text("{}", encoding="utf-8")
    with pytest.raises(InputError):
        Counts(file)
