"""The services over HTTP. Nothing of a call is kept or logged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from cobalamin.app.cds_hooks.discovery import discovery, templates
from cobalamin.app.cds_hooks.feedback import Counts, read_feedback
from cobalamin.app.cds_hooks.schema import CALL, FEEDBACK, OUTCOMES
from cobalamin.app.cds_hooks.service import answer, engine_for
from cobalamin.app.cds_hooks.settings import HookSettings
from cobalamin.app.cds_hooks.token import Gate
from cobalamin.app.pages.asked import chosen_language
from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.errors import CallError, CobalaminError, InputError
from cobalamin.records.fhir.resources import resources_from

ROOT = "/cds-services"
JSON_KINDS = ("", "application/json", "application/fhir+json")
MAY = {"access-control-allow-methods": "GET, POST", "access-control-allow-headers": "authorization, content-type", "access-control-max-age": "600"}
"""What a web page of an origin that is let in may send."""
LONGEST = 1000
"""Characters of an Accept-Language that are looked at."""


def hooks_router(settings: HookSettings | None = None) -> APIRouter:
    """The endpoints of CDS Hooks with the settings of the operator."""
    settings = settings or HookSettings()
    router, gate, counts = APIRouter(tags=["cds-hooks"]), Gate(settings.clients) if settings.clients else None, Counts(settings.feedback)

    def engine() -> MemoryEngine:
        return engine_for(None, settings.guideline, settings.guideline_files)

    # made before the first call, which is to be no slower than others; and a guideline that there is not is said now
    templates(engine(), settings.dates)

    async def trusted(request: Request, *paths: str) -> None:
        if gate is not None:
            given, meant = request.headers.get("authorization", ""), [settings.base_url + path for path in paths]
            # only a gate that may fetch keys is worth another thread
            await run_in_threadpool(gate.check, given, meant) if gate.fetches else gate.check(given, meant)

    @router.get(ROOT, summary="Which services there are", responses=OUTCOMES)
    async def services(request: Request) -> JSONResponse:
        lang = chosen_language("", request.headers.get("accept-language", "")[:LONGEST])

        async def found() -> Any:
            await trusted(request, ROOT)
            return discovery(engine(), lang, settings.dates)

        return await _answered(request, found, settings)

    @router.post(f"{ROOT}/{{service}}", summary="Call a service: cards for a record or for orders", responses=OUTCOMES, openapi_extra=CALL)
    async def call(service: str, request: Request) -> JSONResponse:
        async def found() -> Any:
            await trusted(request, f"{ROOT}/{service}")
            return answer(service, await _body(request), engine(), request.headers.get("accept-language", "")[:LONGEST])

        return await _answered(request, found, settings)

    @router.post(f"{ROOT}/{{service}}/feedback", summary="Say what became of cards", responses=OUTCOMES, openapi_extra=FEEDBACK)
    async def feedback(service: str, request: Request) -> JSONResponse:
        async def found() -> Any:
            await trusted(request, f"{ROOT}/{service}/feedback", f"{ROOT}/{service}")
            entries = read_feedback(service, await _body(request), engine().knowledge)
            counts.add(entries)
            return {"counted": len(entries)}

        return await _answered(request, found, settings)

    if settings.origins:
        for path in (ROOT, f"{ROOT}/{{service}}", f"{ROOT}/{{service}}/feedback"):
            router.add_api_route(path, _preflight(settings), methods=["OPTIONS"], include_in_schema=False)
    return router


async def _body(request: Request) -> Any:
    """The JSON of a request; numbers keep the digits they are printed with."""
    if request.headers.get("content-type", "").split(";")[0].strip().lower() not in JSON_KINDS:
        raise CallError("A call is JSON: Content-Type: application/json.", 415, "not-supported", "Content-Type")
    try:
        return resources_from(await request.body())
    except InputError:
        raise CallError("The body is not valid JSON.", code="structure") from None


async def _answered(request: Request, found: Callable[[], Any], settings: HookSettings) -> JSONResponse:
    """The answer, or an OperationOutcome that says what is wrong with the call."""
    headers = {"vary": "accept-language, origin", **_cors(request, settings)}
    try:
        return JSONResponse(await found(), headers=headers)
    except CallError as error:
        if error.status == 401:
            headers["www-authenticate"] = "Bearer"
        return JSONResponse(outcome(error), error.status, headers)
    except CobalaminError as error:
        return JSONResponse(outcome(CallError(str(error))), 400, headers)


def outcome(error: CallError) -> dict[str, Any]:
    """An error as an OperationOutcome."""
    issue: dict[str, Any] = {"severity": "error", "code": error.code, "details": {"text": str(error)}}
    if error.where:
        issue |= {"diagnostics": f"At {error.where}.", "expression": [error.where]}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def _cors(request: Request, settings: HookSettings) -> dict[str, str]:
    origin = request.headers.get("origin", "")
    return {"access-control-allow-origin": origin} if origin in settings.origins else {}


def _preflight(settings: HookSettings) -> Callable[[Request], Any]:
    async def preflight(request: Request) -> JSONResponse:
        allowed = _cors(request, settings)
        return JSONResponse({}, 200 if allowed else 403, {"vary": "origin", **(allowed and allowed | MAY)})

    return preflight
