"""Cards: each is shown for what it is for, in three languages, as the specification has it, and not otherwise."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hook_calls import AS_OF, ATC, FOLIC_ACID, LOW, PATIENT, RXNORM, SUBJECT, bundle, call, condition, drug, lab_order, patient, prefetch, result
from hook_specification import breaches

from cobalamin.app.cds_hooks.record import record_of
from cobalamin.app.cds_hooks.request import read_call
from cobalamin.app.cds_hooks.service import answer, engine_for
from cobalamin.engines.memory.cards import Cards
from cobalamin.outputs.language import Language, language
from cobalamin.outputs.markdown import escaped
from cobalamin.records.case import read_case
from cobalamin.rules.concepts import LANGUAGES
from cobalamin.rules.load import load

INJECTED = drug("Hydroxocobalamin 1 mg injection", "rx9", "active", ATC, "B03BA03", authoredOn="2026-10-25", dosageInstruction=[{"route": {"text": "intramuscular"}}])
LEBER = condition("Leber's hereditary optic neuropathy")
CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    # by the card that is to be shown first: service, call
    "start_treatment": ("patient-view", call("patient-view", prefetch((LOW,)))),
    "act_this_week": ("patient-view", call("patient-view", prefetch((LOW,), (condition("numbness"),)))),
    "stop_cyanocobalamin": ("patient-view", call("patient-view", prefetch((), (LEBER,), (drug("Cyanocobalamin 1 mg tablet", "rx8", "active",
    authoredOn="2026-10-01"),)))),
    "test_b12": ("patient-view", call("patient-view", prefetch((), (condition("vegan diet"), condition("numbness"))))),
    "second_test": ("patient-view", call("patient-view", prefetch((result("2132-9", 250, "pg/mL"), result("718-7", 13, "g/dL"), result("787-2", 90, "fL")),
    (condition("fatigue"),)))),
    "folic_acid_before_b12": ("order-sign", call("order-sign", prefetch((LOW,)), (FOLIC_ACID,))),
    "folic_acid_before_test": ("order-select", call("order-select", prefetch((result("787-2", 108, "fL"),)), (FOLIC_ACID,))),
    "cyanocobalamin_in_leber": ("order-sign", call("order-sign", prefetch((LOW,), (LEBER,)), (drug("Cyanocobalamin", system=ATC, code="B03BA01"),))),
    "cyanocobalamin_with_optic_neuropathy": ("order-sign", call("order-sign", prefetch((LOW,), (condition("optic neuropathy"),)), (drug("Cyanocobalamin",
    system=RXNORM, code="11248"),))),
    "b12_with_allergy": ("order-sign", call("order-sign", prefetch((LOW,), allergies=bundle({
        "resourceType": "AllergyIntolerance", "id": "a1", "patient": SUBJECT, "code": {"text": "Cyanocobalamin"}})), (drug("Hydroxocobalamin 1 mg injection"),))),
    "level_under_injections": ("order-select", call("order-select", prefetch((), (), (INJECTED,)), (lab_order("2132-9"),))),
    "level_in_pregnancy": ("order-select", call("order-select", prefetch((), (condition("pregnancy", "2026-08-01"),)), (lab_order("2132-9"),))),
    "level_after_nitrous_oxide": ("order-select", call("order-select", prefetch((), (condition("recreational use of nitrous oxide", "2026-11-01"),
    condition("numbness"))), (lab_order("14685-2"),))),
    "metformin_without_plan": ("order-sign", call("order-sign", prefetch(), (drug("Metformin 500 mg tablet", system=RXNORM, code="6809"),))),
    "metformin_with_risk": ("order-sign", call("order-sign", prefetch((), (condition("numbness"),)), (drug("metformin hydrochloride 500 MG Oral Tablet"),))),
    "nitrous_oxide_while_short": ("order-sign", call("order-sign", prefetch((LOW,)), (drug("Entonox", system=ATC, code="N01AX13"),))),
}


def shown(hook: str, body: dict[str, Any], accepted: str = "") -> list[dict[str, Any]]:
    """The cards of a call, each as the specification has it."""
    held = answer(f"cobalamin-{hook}", body, engine_for(AS_OF), accepted)
    json.dumps(held, ensure_ascii=False).encode()
    assert breaches(held) == []
    return held["cards"]


def raised(body: dict[str, Any]) -> list[str]:
    """Every card that rules raise for an opened record, before any is left out."""
    engine = engine_for(AS_OF)
    record = record_of(read_call("cobalamin-patient-view", body, engine.knowledge), engine.words, date.fromisoformat(AS_OF))
    assert record.case is not None
    return [one.card.id for one in Cards(engine, "patient_cards").of(read_case(record.case, engine.words, engine.day))[0]]


def said(card: str, lang: str = "en") -> str:
    """The summary of a card without the marks that keep numbers in their direction."""
    return bare(language(lang).say(f"card-{card}"))


def bare(text: str) -> str:
    return "".join(char for char in text if char not in "\u2066\u2068\u2069")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("card", CALLS)
def test_a_card_is_shown_for_what_it_is_for(card: str, lang: str) -> None:
    """Pins the first card of each call, its source, and that it speaks the language asked for."""
    found = shown(*CALLS[card], accepted=lang)
    assert bare(found[0]["summary"]) == said(card, lang)
    assert found[0]["source"]["label"] != load().sources["cobalamin-project"].title or card == "cyanocobalamin_with_optic_neuropathy"
    assert found[0]["overrideReasons"]
    assert len(found) <= 3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_summary_is_short(lang: str) -> None:
    """Pins the limit of the specification for every card that there is, marks of direction counted."""
    long = {id: len(text) for id in load().cards if len(text := Language(lang).say(f"card-{id}")) >= 140}
    assert long == {}


def test_every_card_is_in_a_call_or_a_spec_table() -> None:
    """Pins that no card goes untested."""
    from spec_file_names import cards_expected

    assert set(load().cards) <= set(CALLS) | cards_expected()


@pytest.mark.parametrize(("hook", "body"), [
    ("patient-view", call("patient-view")),
    ("patient-view", call("patient-view", prefetch((result("2132-9", 600, "pg/mL"),)))),
    ("patient-view", call("patient-view", prefetch((LOW,), patient=patient(deceasedBoolean=True)))),
    ("patient-view", call("patient-view", prefetch((LOW,), patient=patient(deceasedDateTime="2026-11-01")))),
    ("order-sign", call("order-sign", prefetch((LOW,)))),
    ("order-sign", call("order-sign", prefetch((LOW,)), (drug("Ibuprofen 400 mg", system=RXNORM, code="5640"),))),
    ("order-sign", call("order-sign", prefetch((LOW,)), ({"resourceType": "NutritionOrder", "id": "n1"},))),
    ("order-select", call("order-select", prefetch((LOW,)), (FOLIC_ACID,), [])),
])  # fmt: skip
def test_nothing_to_do_is_nothing_said(hook: str, body: dict[str, Any]) -> None:
    assert shown(hook, body) == []


def test_only_what_is_selected_is_spoken_of() -> None:
    """Pins that a draft that is not at hand raises no card, and still counts as planned."""
    b12 = drug("Hydroxocobalamin 1 mg injection", "rx2")
    assert shown("order-select", call("order-select", prefetch((LOW,)), (FOLIC_ACID, b12), ["MedicationRequest/rx2"])) == []
    assert shown("order-select", call("order-select", prefetch((LOW,)), (FOLIC_ACID, b12), ["MedicationRequest/rx1"])) == []
    assert len(shown("order-select", call("order-select", prefetch((LOW,)), (FOLIC_ACID, drug("Ibuprofen", "rx2")), ["MedicationRequest/rx1"]))) == 1


def test_a_draft_is_never_a_drug_that_was_given() -> None:
    """Pins that B12 among the drafts, or drafted in the record, treats nobody: the folic acid beside it is the only question."""
    drafted = drug("Hydroxocobalamin 1 mg injection", "rx7", "draft", authoredOn="2026-11-19")
    assert bare(shown("patient-view", call("patient-view", prefetch((LOW, result("718-7", 6, "g/dL")), (condition("numbness"),),
        (drafted,))))[0]["summary"]) == said("act_today")
    body = call("order-sign", prefetch((LOW,)), (drug("metformin"),))
    assert [cause for card in shown("order-sign", body) for cause in card["detail"].split("\n") if "etformin" in cause] == []


def test_what_is_on_order_is_not_asked_for_again() -> None:
    """Pins that an active order of the test keeps the card away, and one that was forgotten does not."""
    signs = (condition("vegan diet"), condition("numbness"))
    ordered, forgotten = (bundle(lab_order("2132-9", status="active", authoredOn=day)) for day in ("2026-11-01", "2026-01-01"))
    assert shown("patient-view", call("patient-view", prefetch((), signs, open_orders=ordered))) == []
    assert len(shown("patient-view", call("patient-view", prefetch((), signs, open_orders=forgotten)))) == 1


def test_a_draft_is_replaced_and_not_only_removed() -> None:
    """Pins Leber's: the draft itself with hydroxocobalamin in it, preferred, or taken out; one of the two."""
    (card,) = (one for one in shown(*CALLS["cyanocobalamin_in_leber"]) if one["indicator"] == "critical")
    replace, remove = card["suggestions"]
    assert card["selectionBehavior"] == "at-most-one"
    assert (replace["isRecommended"], remove.get("isRecommended")) == (True, None)
    (action,) = replace["actions"]
    assert action["type"] == "update"
    assert action["resource"]["id"] == "rx1"
    assert action["resource"]["medicationCodeableConcept"]["coding"] == [{"system": ATC, "code": "B03BA03"}]
    assert remove["actions"][0] | {"description": ""} == {"type": "delete", "description": "", "resourceId": "MedicationRequest/rx1"}


@pytest.mark.parametrize("guideline", list(load().guidelines))
@pytest.mark.parametrize("card", ["cyanocobalamin_in_leber", "cyanocobalamin_with_optic_neuropathy"])
def test_a_card_never_suggests_what_it_speaks_against(card: str, guideline: str) -> None:
    """Pins that no guideline's usual drug comes back as the one to give instead."""
    hook, body = CALLS[card]
    (found,) = (one for one in answer(f"cobalamin-{hook}", body, engine_for(AS_OF, guideline))["cards"] if bare(one["summary"]) == said(card))
    drafts = [action["resource"] for one in found["suggestions"] for action in one["actions"] if "resource" in action]
    assert "yanocobalamin" not in json.dumps(drafts)


def test_an_order_without_words_is_called_by_what_it_is() -> None:
    hook, body = CALLS["level_under_injections"]
    assert bare(shown(hook, body)[0]["suggestions"][0]["label"]).endswith("total vitamin B12 in serum")


def test_suggested_drafts_are_about_the_patient() -> None:
    """Pins that a draft is a draft, a proposal, and names the patient of the context."""
    for hook, body in CALLS.values():
        for card in shown(hook, body):
            for resource in (action["resource"] for one in card.get("suggestions", ()) for action in one["actions"] if "resource" in action):
                assert (resource["status"], resource["intent"], resource["subject"]) == ("draft", "proposal", {"reference": f"Patient/{PATIENT}"})


def test_suggested_drafts_are_fhir() -> None:
    """Pins that every draft is a resource of R4 by an outside model."""
    pytest.importorskip("fhir.resources", reason="fhir.resources is not installed")
    from fhir_judges import by_models

    cards = [card for hook, body in CALLS.values() for card in shown(hook, body)]
    drafts = [action["resource"] for card in cards for one in card.get("suggestions", ()) for action in one["actions"] if "resource" in action]
    assert {draft["resourceType"] for draft in drafts} == {"MedicationRequest", "ServiceRequest"}
    assert [wrong for draft in drafts for wrong in by_models(draft)] == []


def test_the_most_urgent_come_first_and_three_are_enough() -> None:
    """Pins order and number on somebody with much to be done."""
    signs = tuple(condition(text) for text in ("worsening nerve signs", "symptoms not improved", "vegan diet"))
    old = drug("Cyanocobalamin 1 mg tablet", "rx8", "active", authoredOn="2026-08-20")
    body = call("patient-view", prefetch((LOW, result("718-7", 9, "g/dL", "2026-08-10")), (*signs, LEBER), (old,)))
    assert len(raised(body)) > 3
    found = shown("patient-view", body)
    assert len(found) == 3
    order = ["critical", "warning", "info"]
    assert [card["indicator"] for card in found] == sorted((card["indicator"] for card in found), key=order.index)


def test_what_was_not_sent_is_said() -> None:
    """Pins that a missing or halved part of the record stands in the detail, by name."""
    sent = prefetch((LOW,))
    del sent["procedures"]
    sent["conditions"]["link"] = [{"relation": "next", "url": "https://ehr.example/fhir?page=2"}]
    (card,) = shown("patient-view", call("patient-view", sent))
    for part in ("procedures", "conditions"):
        assert language("en").say(f"prefetch-{part}") in card["detail"]
    assert "did not send" not in shown("patient-view", call("patient-view", prefetch((LOW,))))[0]["detail"]


def test_the_words_of_an_order_cannot_become_markup() -> None:
    """Pins that what an order calls itself reaches a label as plain text, without anything that steers a line, and no detail at all."""
    nasty = drug("<img src=x onerror=alert(1)>\u202e[a](javascript:b)\ud800\x00", system=RXNORM, code="4511")
    (card,) = shown("order-sign", call("order-sign", prefetch((LOW,)), (nasty,)))
    remove = card["suggestions"][-1]
    assert "\u202e" not in remove["label"]
    assert "\x00" not in remove["label"]
    assert "onerror" not in card["detail"]
    assert "<img" not in card["detail"]


@pytest.mark.parametrize(("text", "shown"), [
    ("<b>5*5</b> [x](y)", r"\<b\>5\*5\</b\> \[x\]\(y\)"), ("- a", r"\- a"), ("1. a", r"\1. a"), ("# a", r"\# a"), ("a\n\n# b", r"a \# b"), ("a & b", "a &amp; b"),
    ("`x` ~y~ |z| _u_", r"\`x\` \~y\~ \|z\| \_u\_"), ("https://evil.example", "h\u2060ttps://evil.example"), ("195 pg/mL", "195 pg/mL"),
])  # fmt: skip
def test_words_in_a_detail_are_no_markup(text: str, shown: str) -> None:
    assert escaped(text) == shown


def test_an_answer_does_not_change() -> None:
    """Pins that the same call gets the same cards with the same ids, and another call other ids."""
    hook, body = CALLS["start_treatment"]
    assert shown(hook, body) == shown(hook, body)
    other = shown(hook, {**body, "hookInstance": "00000000-0000-4000-8000-000000000001"})
    assert other[0]["uuid"] != shown(hook, body)[0]["uuid"]


@pytest.mark.parametrize(("more", "accepted", "lang"), [
    ({}, "fr;q=0.9, hi;q=0.5", "hi"), ({"extension": {"org.cobalamin.language": "ar"}}, "hi", "ar"), ({"extension": {"org.cobalamin.language": "hi-IN"}}, "", "hi"),
    ({"extension": {"org.cobalamin.language": "xx"}}, "hi", "en"), ({"extension": "ar"}, "", "en"), ({}, "", "en"),
])  # fmt: skip
def test_the_language_of_a_call(more: dict[str, Any], accepted: str, lang: str) -> None:
    hook, body = CALLS["start_treatment"]
    assert bare(shown(hook, {**body, **more}, accepted)[0]["summary"]) == said("start_treatment", lang)


def test_the_language_of_the_context() -> None:
    hook, body = CALLS["start_treatment"]
    context = {**body["context"], "extension": {"org.cobalamin.language": "hi"}}
    assert bare(shown(hook, {**body, "context": context}, "ar")[0]["summary"]) == said("start_treatment", "hi")
