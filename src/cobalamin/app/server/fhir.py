"""FHIR over HTTP: a Bundle about one person in, the assessment as a Bundle out; what cannot be read is an OperationOutcome."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from cobalamin.app.pages.asked import chosen_language
from cobalamin.assessing import assess
from cobalamin.errors import CobalaminError, InputError
from cobalamin.outputs.fhir.bundle import bundle_of
from cobalamin.records.fhir.resources import resources_from
from cobalamin.rules.load import load

KIND = "application/fhir+json"
PATH = "/fhir/$assess"
SCHEMA = {"requestBody": {"required": True, "content": {KIND: {"schema": {"type": "object", "required": ["resourceType"], "properties": {
    "resourceType": {"type": "string"}, "entry": {"type": "array", "items": {"type": "object"}}}}}}}}  # fmt: skip


def router() -> APIRouter:
    """The one operation."""
    held = APIRouter(tags=["fhir"])
    held.add_api_route(PATH, operation, methods=["POST"], summary="Assess the person a Bundle is about", openapi_extra=SCHEMA, response_class=JSONResponse)
    return held


async def operation(request: Request, as_of: str | None = None, guideline: str | None = None, lang: str | None = None) -> Response:
    """The assessment of the one person of a Bundle as a Bundle of draft proposals; every fault as an OperationOutcome."""
    try:
        resources = resources_from(await request.body(), "The body")
        if not isinstance(resources, dict) or resources.get("resourceType") != "Bundle":
            raise InputError("The body must be a FHIR R4 Bundle about one person.")
        found = assess(resources, as_of=as_of, guideline=guideline)
    except CobalaminError as error:
        status = HTTPStatus.BAD_REQUEST if isinstance(error, InputError) else HTTPStatus.UNPROCESSABLE_ENTITY
        return JSONResponse(outcome(str(error), "invalid" if isinstance(error, InputError) else "processing"), status, media_type=KIND)
    language = chosen_language(lang or "", request.headers.get("accept-language", ""))
    return JSONResponse(bundle_of(found, load(), language), media_type=KIND)


def outcome(text: str, code: str) -> dict[str, Any]:
    """An OperationOutcome that says what went wrong."""
    return {"resourceType": "OperationOutcome", "issue": [{"severity": "error", "code": code, "diagnostics": text}]}
