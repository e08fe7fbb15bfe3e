"""The writer of resources about one person: ids that stay the same, references, codes and narratives in one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from cobalamin.outputs.content import Section
from cobalamin.outputs.fhir.strings import narrative, string
from cobalamin.outputs.language import language, quantity_run
from cobalamin.rules.knowledge import Knowledge

Resource = dict[str, Any]
FHIR_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")


class Writer:
    """Writes resources about the person *patient_id*, assessed on a day (*as_of*, ISO) under a guideline, in a language.

    *subject* is what the resources refer to: a Reference, or text such as `Patient/123`; without one it is made of the
    patient's id. *author* is a Reference to whoever makes the proposals; without one nobody is named.
    """

    def __init__(self, knowledge: Knowledge, lang: str, patient_id: str, as_of: str, guideline: str, *,
                 subject: Mapping[str, Any] | str | None = None, author: Mapping[str, Any] | None = None):  # fmt: skip
        self.knowledge, self.words, self.how = knowledge, language(lang), knowledge.fhir_out
        self.patient_id, self.as_of, self.guideline = patient_id, as_of, guideline
        self.author = dict(author) if author else None
        self.subject: dict[str, Any] = {"reference": subject} if isinstance(subject, str) else dict(subject) if subject else self._subject()

    def _subject(self) -> dict[str, Any]:
        if FHIR_ID.fullmatch(self.patient_id):
            return {"reference": f"Patient/{self.patient_id}"}
        if held := self.string(self.patient_id):
            return {"type": "Patient", "identifier": {"value": held}}
        return {"type": "Patient", "display": self.say("fhir-person")}

    # ---- ids

    def id(self, element: str) -> str:
        """The id of the resource about *element* (`ServiceRequest.serum_b12`): the same each time the same is said of the same person, day and guideline.

        It is derived and not secret: who knows a person's id can compute it.
        """
        said = "\n".join((self.patient_id, self.as_of, self.guideline, element))
        return str(uuid5(UUID(self.how["id_namespace"]), said.encode("utf-8", "backslashreplace").decode()))

    def reference(self, element: str) -> dict[str, str]:
        """A Reference to the resource about *element* in the same Bundle."""
        return {"reference": f"urn:uuid:{self.id(element)}"}

    # ---- words

    def say(self, id: str, voice: str = "clinical", **values: str | int) -> str:
        """A sentence of the language as a FHIR string."""
        return self.string(self.words.say(id, "lay" if voice == "lay" else "clinical", **values))

    def said(self, id: str, voice: str = "clinical") -> str:
        """The sentence *id* where there is one, else nothing."""
        return self.say(id, voice) if id.replace("_", "-") in self.words.sources else ""

    def string(self, text: str) -> str:
        """Any text as a FHIR string."""
        return string(text, self.words)

    # ---- codes

    def concept(self, id: str, resource: str) -> dict[str, Any]:
        """A concept as a CodeableConcept: its label, and of each code system that *resource* uses the first code that was checked."""
        concept = self.knowledge.concepts.get(id)
        codes: dict[str, str] = {}
        for code in concept.codes if concept else ():
            if code.checked in self.how["written_when_checked"] and code.system in self.how["request_codes"][resource]:
                codes.setdefault(code.system, code.code)
        coding = [{"system": self.how["systems"][system], "code": code} for system, code in codes.items()]
        return filled(coding=coding, text=self.string(self.words.label(concept.label) if concept else quantity_run(id)))

    def own(self, name: str, word: str, text: str, also: Mapping[str, str] | None = None) -> dict[str, Any]:
        """A word of the pathway as a CodeableConcept: a code of a public system where there is one, our own, and what it means."""
        coding = [*([dict(also)] if also else []), {"system": self.how["own"]["words"], "code": f"{name}.{word}"}]
        return {"coding": coding, "text": self.string(text)}

    # ---- resources

    def resource(self, type: str, element: str, said: Iterable[Section], **held: Any) -> Resource:
        """A resource about *element* whose narrative is what is *said*; what holds nothing is left out."""
        return filled(resourceType=type, id=self.id(element), language=self.words.code, text=narrative(said, self.words), **held)

    def line(self, label: str, value: str) -> str:
        """`label: value` in the language, as a FHIR string."""
        return self.say("label-value", label=label, value=value)

    def note(self, texts: Iterable[str]) -> list[dict[str, str]]:
        """Annotations."""
        return [{"text": text} for text in map(self.string, texts) if text]


def reference_to(resource: Resource) -> dict[str, str]:
    """A Reference to a resource of the same Bundle."""
    return {"reference": f"urn:uuid:{resource['id']}"}


def filled(**held: Any) -> dict[str, Any]:
    """The elements that hold something: FHIR knows no empty value."""
    return {name: value for name, value in held.items() if value not in (None, "", [], {}, ())}
