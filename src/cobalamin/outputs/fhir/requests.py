"""Tests as draft proposals: ServiceRequest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from cobalamin.model.assessment import Assessment
from cobalamin.outputs.content import Section
from cobalamin.outputs.fhir.writer import Resource, Writer


def service_request(writer: Writer, test: str, *, urgency: str = "none", because: Iterable[str] = (),
                    supporting: Iterable[Mapping[str, Any]] = ()) -> Resource | None:  # fmt: skip
    """The proposal of a *test* (a concept id such as `serum_b12`) as a ServiceRequest, status draft; None for a test of somebody else than the person.

    *urgency* is a word of the assessment and becomes the priority; *because* are the words of its `test.because`;
    *supporting* are References to what it rests on. The code is the first LOINC code of the concept that was checked, else text alone.
    """
    how = writer.how
    if test in how["for_another_person"]:
        return None
    code = writer.concept(test, "ServiceRequest")
    reasons = [{"text": writer.say(f"why-test-{word}")} for word in because]
    for_what = writer.said(f"test-{test}")
    return writer.resource(
        "ServiceRequest", f"ServiceRequest.{test}", [Section("", code["text"], (), (for_what, *(reason["text"] for reason in reasons)))],
        status="draft", intent="proposal", category=[{"coding": [dict(how["laboratory"])]}] if "coding" in code else None,
        priority=how["priorities"][urgency], code=code, subject=writer.subject, authoredOn=writer.as_of, requester=writer.author,
        reasonCode=reasons, supportingInfo=[dict(reference) for reference in supporting], note=writer.note([for_what]),
        patientInstruction=writer.said(f"test-{test}", "lay"),
    )  # fmt: skip


def advised_tests(assessment: Assessment) -> list[str]:
    """Every test an assessment advises, each once: to do first, next, and for the cause."""
    return list(dict.fromkeys(test for key in ("first", "next", "cause") for test in assessment.test[key]))


def service_requests(writer: Writer, tests: Iterable[str], **held: Any) -> list[Resource]:
    """The proposals of several tests, each once; see `service_request`."""
    return [request for test in dict.fromkeys(tests) if (request := service_request(writer, test, **held))]
