"""What a card suggests: drafts of tests and of the treatment chosen, or another draft for the one at hand; a person takes them over or leaves them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cobalamin.app.cds_hooks.orders import Order
from cobalamin.model.assessment import Assessment
from cobalamin.outputs.fhir.medication import medication_requests
from cobalamin.outputs.fhir.requests import service_request
from cobalamin.outputs.fhir.writer import Writer
from cobalamin.outputs.language import Language, foreign_run
from cobalamin.outputs.treatment import Treatment
from cobalamin.rules.cards import DROP, REGIMEN, REPLACE, TESTS
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.raising import Raised


@dataclass(frozen=True)
class Suggestion:
    """A label and the one thing that is done when somebody takes it over."""

    label: str
    action: Mapping[str, Any]


class Suggestions:
    """What may be suggested to somebody about one person."""

    def __init__(self, patient_id: str, assessment: Assessment, knowledge: Knowledge, words: Language):
        self.assessment, self.words = assessment, words
        self.treatment = Treatment(knowledge, words)
        self.writer = Writer(knowledge, words.code, patient_id, assessment.as_of, assessment.guideline, subject=f"Patient/{patient_id}")

    def of(self, raised: Raised, about: Sequence[Order], urgency: str) -> list[Suggestion]:
        """What a card suggests, each thing once, the orders it is *about* in hand; never the very drug that it speaks against."""
        found: dict[str, Suggestion] = {}
        spoken_against = any(dose["drug"] in raised.about for dose in self.assessment.treatment["doses"])
        for word in raised.card.suggests:
            for suggestion in self._of(word, about, urgency) if not (spoken_against and word in (REGIMEN, REPLACE)) else ():
                found.setdefault(suggestion.label, suggestion)
        return list(found.values())

    def _of(self, word: str, about: Sequence[Order], urgency: str) -> Iterator[Suggestion]:
        if word == DROP:
            for order in about:
                label = self.writer.say("suggest-drop", order=self._called(order))
                if order.reference:
                    yield Suggestion(label, {"type": "delete", "description": label, "resourceId": order.reference})
        elif word == REPLACE:
            for order in about:
                yield from (one for resource in self._drugs(urgency)[:1] for one in self._instead(order, resource))
        elif word == REGIMEN:
            for resource in self._drugs(urgency):
                yield Suggestion(self.writer.say("suggest-drug", **self._drug(resource)), self._create(self._regimen(), resource))
        else:
            tests = self.assessment.test[word.removeprefix("tests_")] if word in TESTS else [word]
            for test in tests:
                if made := service_request(self.writer, test, urgency=urgency, because=self.assessment.test["because"]):
                    label = self.writer.say("suggest-test", test=self.treatment.concept(test))
                    yield Suggestion(label, self._create(" – ".join(filter(None, (label, self.writer.said(f"test-{test}")))), made))

    def _drugs(self, urgency: str) -> list[dict[str, Any]]:
        held = self.assessment.treatment
        return medication_requests(self.writer, held["doses"], name=held["regimen"], urgency=urgency) if held["regimen"] and held["doses"] else []

    def _instead(self, order: Order, resource: dict[str, Any]) -> Iterator[Suggestion]:
        """The draft itself with another drug in it, so that nothing is left of the one it held."""
        kind, _, id = order.reference.partition("/")
        if kind == resource["resourceType"]:
            label = self.writer.say("suggest-replace", order=self._called(order), **self._drug(resource))
            yield Suggestion(label, {"type": "update", "description": f"{label} – {self._regimen()}", "resource": resource | {"id": id}})

    def _create(self, description: str, resource: dict[str, Any]) -> dict[str, Any]:
        return {"type": "create", "description": description, "resource": resource}

    def _regimen(self) -> str:
        return self.writer.string(self.treatment.sure(self.assessment.treatment["regimen"], "clinical"))

    def _drug(self, resource: Mapping[str, Any]) -> dict[str, str]:
        return {"drug": resource["medicationCodeableConcept"]["text"], "route": resource["dosageInstruction"][0]["route"]["text"]}

    def _called(self, order: Order) -> str:
        return foreign_run(order.called) if order.called else self.treatment.concept(min(order.concepts))
