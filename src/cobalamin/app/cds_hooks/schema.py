"""What the OpenAPI says of the services: the shape of a call and of feedback, and of what is answered when they are wrong."""

from __future__ import annotations

from typing import Any

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
UUID: dict[str, Any] = {"type": "string", "format": "uuid"}
OBJECT: dict[str, Any] = {"type": "object", "additionalProperties": True}
OUTCOME: dict[str, Any] = {
    "type": "object", "required": ["resourceType", "issue"],
    "properties": {"resourceType": {"const": "OperationOutcome"}, "issue": {"type": "array", "minItems": 1, "items": OBJECT}},
}  # fmt: skip
MEANS = {400: "The call breaks the specification", 401: "The caller is not trusted", 404: "There is no such service",
         412: "What of the record is needed was not sent", 413: "The call is too large", 415: "The call is not JSON"}  # fmt: skip
OUTCOMES: dict[int | str, dict[str, Any]] = {
    status: {"description": means, "content": {"text/plain": {}} if status == 413 else {"application/json": {"schema": OUTCOME}}} for status, means in MEANS.items()
}


def _body(required: list[str], properties: dict[str, Any], what: str) -> dict[str, Any]:
    schema = {"type": "object", "required": required, "properties": properties, "additionalProperties": True}
    return {"requestBody": {"required": True, "description": what, "content": {"application/json": {"schema": schema}}}}


CALL = _body(
    ["hook", "hookInstance", "context"],
    {"hook": TEXT, "hookInstance": UUID, "fhirServer": TEXT, "fhirAuthorization": OBJECT, "context": OBJECT, "prefetch": OBJECT, "extension": OBJECT},
    "A call of CDS Hooks 2.0",
)
FEEDBACK = _body(
    ["feedback"],
    {"feedback": {"type": "array", "minItems": 1, "items": {
        "type": "object", "required": ["card", "outcome", "outcomeTimestamp"],
        "properties": {"card": UUID, "outcome": {"enum": ["accepted", "overridden"]}, "outcomeTimestamp": {"type": "string", "format": "date-time"}}}}},
    "Feedback of CDS Hooks 2.0",
)  # fmt: skip
