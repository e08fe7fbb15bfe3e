"""An assessment as a FHIR R4 Bundle: status, urgency, proposals, plan, words for the person, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cobalamin.model.assessment import Assessment
from cobalamin.outputs.content import Content
from cobalamin.outputs.fhir.care_plan import PLAN, care_plan, goals
from cobalamin.outputs.fhir.communication import COMMUNICATION, communication_request
from cobalamin.outputs.fhir.issue import ISSUE, detected_issue
from cobalamin.outputs.fhir.medication import medication_requests
from cobalamin.outputs.fhir.provenance import provenances
from cobalamin.outputs.fhir.requests import advised_tests, service_request
from cobalamin.outputs.fhir.risk import RISK, risk_assessments
from cobalamin.outputs.fhir.software import software
from cobalamin.outputs.fhir.strings import texts
from cobalamin.outputs.fhir.writer import Resource, Writer, reference_to
from cobalamin.rules.knowledge import Knowledge


def bundle_of(assessment: Assessment, knowledge: Knowledge, lang: str = "en", *, subject: Mapping[str, Any] | str | None = None,
              recorded: str | None = None) -> dict[str, Any]:  # fmt: skip
    """The assessment as a Bundle of type `collection`: no server acts on it by itself, and everything in it that could be done is a draft proposal.

    *subject* is a Reference to the person (text such as `Patient/123` will do), made of the patient's id unless given;
    *recorded* the instant it is written, with a time zone, the beginning of the day of assessment unless given.
    Ids stay the same for the same person, day and guideline.
    """
    recorded = recorded or f"{assessment.as_of}T00:00:00Z"
    program = software(knowledge, assessment.pathway_version, lang)
    writer = Writer(knowledge, lang, assessment.patient_id, assessment.as_of, assessment.guideline, subject=subject, author=reference_to(program))
    content = Content(assessment, knowledge, writer.words)
    risks = zip((RISK, *(f"{RISK}.{other}" for other in assessment.guidelines if other != assessment.guideline)), risk_assessments(writer, content), strict=True)
    requests = _requests(writer, content)
    proposed = [reference_to(request) for request in requests.values()]
    aims = {f"Goal.{word}": goal for word, goal in zip(assessment.response["expected"], goals(writer, content), strict=True)}
    single = {
        ISSUE: detected_issue(writer, content, proposed),
        PLAN: care_plan(writer, content, aims.values(), proposed),
        COMMUNICATION: communication_request(writer, content),
    }
    made = {**dict(risks), **requests, **aims, **{element: resource for element, resource in single.items() if resource}}
    resources = [program, *made.values(), *provenances(writer, content, made, recorded)]
    return {
        "resourceType": "Bundle", "id": writer.id("Bundle"), "language": writer.words.code, "type": "collection", "timestamp": recorded,
        "entry": [{"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in resources],
    }  # fmt: skip


def _requests(writer: Writer, content: Content) -> dict[str, Resource]:
    """Every test and drug that is proposed, by what it is about."""
    found: dict[str, Resource] = {}
    about, rests_on = content.assessment, [writer.reference(RISK)]
    for test in advised_tests(about):
        if request := service_request(writer, test, urgency=about.urgency, because=about.test["because"], supporting=rests_on):
            found[f"ServiceRequest.{test}"] = request
    regimen = writer.knowledge.regimens.get(about.treatment["regimen"] or "")
    if regimen:
        notes = texts(*content.start("clinical"))
        for request in medication_requests(writer, about.treatment["doses"], name=regimen.id, urgency=about.urgency, notes=notes, supporting=rests_on):
            found[f"MedicationRequest.{len(found)}"] = request
    return found
