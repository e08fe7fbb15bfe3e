"""The application: every page and its JSON twin over HTTP, nothing about a patient kept or logged."""

from __future__ import annotations

import mimetypes
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import Body, FastAPI, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

import cobalamin.outputs
from cobalamin.app.cds_hooks.router import hooks_router
from cobalamin.app.pages.asked import Asked, View
from cobalamin.app.pages.downloads import DOWNLOADS, Download
from cobalamin.app.pages.patient import FIELDS, taken
from cobalamin.app.pages.site import DOORS, Door, rendered
from cobalamin.app.server.described import body, query
from cobalamin.app.server.fhir import router as fhir_router
from cobalamin.app.server.forms import asked_of
from cobalamin.app.server.guard import Guard
from cobalamin.app.server.population import PATH, Populations, add
from cobalamin.app.server.settings import Settings
from cobalamin.assessing import assess
from cobalamin.errors import CobalaminError, InputError
from cobalamin.rules.load import load

OUTPUTS = Path(cobalamin.outputs.__file__).parent
SERVED = {"static": OUTPUTS / "static", "fonts": OUTPUTS / "fonts"}
"""Folders whose files anybody may have; nothing else of the disk is served."""
KEPT = {"cache-control": "public, max-age=3600"}
Page = Callable[[Request], Awaitable[Response]]


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application with the settings of its operator."""
    settings = settings or Settings()
    app = FastAPI(title="Cobalamin", version=load().version, docs_url=None, redoc_url=None,
                  description="A computable care pathway for vitamin B12 deficiency. Decision support with its sources; not a certified medical device.")  # fmt: skip
    app.state.settings = settings
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=settings.known_hosts, www_redirect=False)
    app.add_middleware(Guard, largest_body=settings.largest_body, longest=settings.longest)
    app.state.populations = populations = Populations(settings)
    doors = (*DOORS, Door(PATH, populations.view, slow=True))
    for door in doors:
        _add(app, door, doors, settings)
    add(app, populations)
    for download in DOWNLOADS:
        _add_download(app, download, settings)
    for name, folder in SERVED.items():
        _serve(app, name, folder)
    app.include_router(hooks_router(settings.hooks))
    app.include_router(fhir_router())
    # what a browser asks for by itself beside a page that names no icon
    app.add_api_route("/favicon.ico", lambda: FileResponse(SERVED["static"] / "icon.svg", headers=KEPT), methods=["GET"], include_in_schema=False)
    app.post("/api/assess", tags=["assess"], summary="Assess one person")(assess_case)
    app.exception_handler(CobalaminError)(_mistake)
    app.exception_handler(HTTPException)(_http)
    app.exception_handler(Exception)(_broken)
    return app


async def assess_case(case: Annotated[dict[str, Any], Body(description="The patient's columns and a list called facts.")], as_of: str | None = None,
                      guideline: str | None = None) -> dict[str, Any]:  # fmt: skip
    """The assessment of a case, under the same names as the library and the command line give it."""
    return assess(case, as_of=as_of, guideline=guideline).to_dict()


def _add(app: FastAPI, door: Door, doors: tuple[Door, ...], settings: Settings) -> None:
    """A page for browsers, and the same as JSON for programs."""

    async def view(request: Request) -> tuple[Asked, View]:
        asked = await asked_of(request, door.path, settings.root)
        # one person is answered in less time than it takes to hand the work to another thread
        return asked, await run_in_threadpool(door.view, asked) if door.slow else door.view(asked)

    async def page(request: Request) -> Response:
        asked, found = await view(request)
        return HTMLResponse(rendered(asked, found, doors), headers={"content-language": asked.lang, "vary": "accept-language"})

    async def twin(request: Request) -> Response:
        return JSONResponse(dict((await view(request))[1].data))

    app.add_api_route(door.path, page, methods=["GET", "POST"], include_in_schema=False)
    twin_path = f"{door.path if door.path != '/' else '/home'}.json"
    for method, verb, described, what in (("GET", "read", query, ""), ("POST", "answer", body, ", for what its form holds")):
        app.add_api_route(twin_path, twin, methods=[method], tags=["pages"], operation_id=f"{verb}_{door.id}", openapi_extra=described(door.fields),
                          response_class=JSONResponse, summary=f"The page {door.id} as JSON{what}")  # fmt: skip


def _add_download(app: FastAPI, download: Download, settings: Settings) -> None:
    """A file that the form of a patient is made into, never kept."""

    async def made(request: Request) -> Response:
        asked = await asked_of(request, "/patient", settings.root)
        content = await run_in_threadpool(taken, asked, download.file)
        return Response(content, media_type=download.kind, headers={"content-disposition": f'attachment; filename="{download.file}"'})

    app.add_api_route(f"/patient/{download.file}", made, methods=["POST"], tags=["patient"], name=f"{download.id} of a patient", response_class=Response,
                      openapi_extra=body(FIELDS))  # fmt: skip


def _serve(app: FastAPI, name: str, folder: Path) -> None:
    # small and asked for all the time: read once
    files = {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()} if folder.is_dir() else {}

    async def file(file_name: str) -> Response:
        # looked up among the files there are, so that no name leads anywhere else
        if file_name not in files:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return Response(files[file_name], media_type=mimetypes.guess_type(file_name)[0], headers=KEPT)

    app.add_api_route(f"/{name}/{{file_name}}", file, methods=["GET"], include_in_schema=False)


def _wants_json(request: Request) -> bool:
    return request.url.path.endswith(".json") or request.url.path.startswith(("/api/", "/cds-services"))


async def _mistake(request: Request, error: Exception) -> Response:
    """What somebody got wrong, said so that they can mend it."""
    status = HTTPStatus.BAD_REQUEST if isinstance(error, InputError) else HTTPStatus.UNPROCESSABLE_ENTITY
    return JSONResponse({"error": str(error)}, status) if _wants_json(request) else PlainTextResponse(str(error), status)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return JSONResponse({"error": error.detail}, error.status_code) if _wants_json(request) else PlainTextResponse(error.detail, error.status_code)


async def _broken(request: Request, error: Exception) -> Response:
    """A fault of ours: its kind is said, never what was typed."""
    return JSONResponse({"error": f"Something went wrong here ({type(error).__name__})."}, HTTPStatus.INTERNAL_SERVER_ERROR)
