"""What must not wait: a DetectedIssue with how soon somebody has to act, for which reasons, and how strong the picture is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cobalamin.outputs.content import Content
from cobalamin.outputs.fhir.risk import RISK
from cobalamin.outputs.fhir.writer import Resource, Writer

ISSUE = "DetectedIssue"


def detected_issue(writer: Writer, content: Content, implicated: Iterable[Mapping[str, str]]) -> Resource | None:
    """The issue where somebody has to act, None where nothing hurries or is open; *implicated* are References to what is proposed."""
    about = content.assessment
    if about.urgency == "none":
        return None
    grade = writer.how["severities"].get(about.severity)
    strong = [writer.own("severity", about.severity, writer.say(f"severity-{about.severity}"), grade)] if grade else []
    reasons = [writer.own("red_flag", word, writer.say(f"flag-{word}")) for word in about.red_flags]
    return writer.resource(
        ISSUE, ISSUE, [*content.urgency("clinical"), *content.red_flags("clinical"), *content.severity("clinical")],
        status="preliminary", code=writer.own("urgency", about.urgency, writer.say(f"urgency-name-{about.urgency}")),
        severity=writer.how["issue_severities"][about.urgency], patient=writer.subject, identifiedDateTime=writer.as_of, author=writer.author,
        implicated=[dict(reference) for reference in implicated],
        evidence=[{"detail": [writer.reference(RISK)]}, *({"code": [code]} for code in (*reasons, *strong))], detail=writer.say(f"urgency-{about.urgency}"),
    )  # fmt: skip
