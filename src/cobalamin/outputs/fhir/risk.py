"""How likely it is that B12 lacks: a RiskAssessment under each guideline, the chosen one with everything it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cobalamin.outputs.content import Content, Section
from cobalamin.outputs.fhir.strings import texts
from cobalamin.outputs.fhir.writer import Resource, Writer

RISK = "RiskAssessment"


def risk_assessments(writer: Writer, content: Content) -> Iterator[Resource]:
    """The status under the guideline of the assessment, then under each other one, which is a part of it.

    The status is `preliminary`: nobody verified it. The method is the guideline, the basis what was measured.
    """
    about = content.assessment
    yield _main(writer, content)
    for guideline, status in about.guidelines.items():
        if guideline != about.guideline:
            yield _other(writer, content, guideline, status)


def _main(writer: Writer, content: Content) -> Resource:
    about, only = content.assessment, ("findings", "notes", "alternatives")
    told = texts(*content.severity("clinical"), *content.causes("clinical"), *content.collections("clinical", only))
    held = _held(writer, content, about.guideline, about.status)
    if because := writer.string(content.because("clinical")):
        held["prediction"][0]["rationale"] = because
    return writer.resource(
        RISK, RISK, content.for_the_clinician(), **held, basis=[{"display": text} for text in _basis(writer, content)],
        mitigation=writer.say(f"next-{about.status}"), note=writer.note([writer.say(f"basis-{about.status_basis}"), *told]),
    )  # fmt: skip


def _other(writer: Writer, content: Content, guideline: str, status: str) -> Resource:
    said = writer.line(content.guideline(guideline), writer.say(f"status-name-{status}"))
    title = Section("", writer.say("fhir-outcome"), (said,))
    return writer.resource(RISK, f"{RISK}.{guideline}", [title], **_held(writer, content, guideline, status), parent=writer.reference(RISK))


def _held(writer: Writer, content: Content, guideline: str, status: str) -> dict[str, Any]:
    """What every one of them says: whose status, on which day, by which guideline."""
    risks = writer.how["risks"]
    risk = {"system": risks["system"], "code": risks["codes"][status]} if status in risks["codes"] else None
    likely = writer.own("status", status, writer.say(f"status-name-{status}"), risk)
    return {
        "status": "preliminary", "method": writer.own("guideline", guideline, content.guideline(guideline)), "code": {"text": writer.say("page-title")},
        "subject": writer.subject, "occurrenceDateTime": writer.as_of, "performer": writer.author,
        "prediction": [{"outcome": {"text": writer.say("fhir-outcome")}, "qualitativeRisk": likely}],
    }  # fmt: skip


def _basis(writer: Writer, content: Content) -> Iterator[str]:
    """What was measured or recorded and counted in a rule, each once."""
    looked = {(name, text) for found in content.trail.fired for name, text in found.entry.inputs.items() if name in writer.knowledge.concepts}
    for name, text in sorted(looked):
        yield writer.line(content.treatment.concept(name), writer.words.quantity(text))
