"""The door for a population: choose records the operator allowed, watch them being answered, read the report and the worklists."""

from __future__ import annotations

import base64
import hashlib
import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from cobalamin.app.pages.asked import Asked, View, chosen_language
from cobalamin.app.server.guard import POLICY
from cobalamin.app.server.jobs import STEPS, Job, Jobs
from cobalamin.app.server.settings import Settings
from cobalamin.app.server.sources import Sources
from cobalamin.assessing import checked_day, checked_guideline
from cobalamin.errors import UsageError
from cobalamin.outputs.language import language, quantity_run
from cobalamin.outputs.report import report_page
from cobalamin.outputs.worklist import csv_lines
from cobalamin.outputs.worklist_page import WorklistPage
from cobalamin.rules.load import load

PATH = "/population"
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


class Populations:
    """What the operator of this server lets people look at, and how far it is."""

    def __init__(self, settings: Settings):
        self.sources, self.jobs = Sources(settings.folders), Jobs()

    def view(self, asked: Asked) -> View:
        """The choice of records, and the one that was chosen."""
        knowledge, words = load(), language(asked.lang)
        job, trouble = self.jobs.get(asked.one("job")), ""
        as_of, guideline = asked.one("as_of"), asked.one("guideline") or (job.guideline if job else knowledge.default_guideline)
        if asked.one("begin"):
            try:
                as_of, guideline = checked_day(as_of or None), checked_guideline(knowledge, guideline)
                job = self.jobs.start(self.sources.chosen(asked.one("records"), words), as_of, guideline)
            except UsageError as error:
                trouble = str(error)
        held: dict[str, Any] = {
            "populations": [(held.id, held.name) for held in self.sources.all(words)], "chosen": job.population.id if job else asked.one("records"), "trouble": trouble,
            "as_of": job.as_of if job else as_of or checked_day(None), "guideline": guideline,
            "guidelines": [(id, words.label(held.title)) for id, held in knowledge.guidelines.items()], "job": self._shown(job, asked.lang) if job else None,
        }  # fmt: skip
        return View("population", held, self.data(job) | ({"error": trouble} if trouble else {}), ("population-job",))

    def data(self, job: Job | None) -> dict[str, Any]:
        """How far a population is, as plain data."""
        if job is None:
            return {"populations": [held.id for held in self.sources.all(language("en"))]}
        return {"job": job.id, "population": job.population.id, "as_of": job.as_of, "guideline": job.guideline, "step": job.step, "seconds": job.seconds,
                "people": job.people, "error": job.trouble or None, "worklists": job.counts.kinds if job.counts else None}  # fmt: skip

    def _shown(self, job: Job, lang: str) -> dict[str, Any]:
        """A job in words."""
        words = language(lang)
        done = STEPS.index(job.step)
        kinds = [(words.say(f"worklist-{kind}"), quantity_run(f"{number:,}")) for kind, number in job.counts.kinds.items()] if job.counts and job.over else []
        name = next((held.name for held in self.sources.all(words) if held.id == job.population.id), job.population.name)
        return {"id": job.id, "name": name, "over": job.over, "trouble": job.trouble, "step": job.step, "done": done, "steps": len(STEPS) - 1,
                "kinds": kinds, "seconds": quantity_run(str(job.seconds)), "people": quantity_run(f"{job.people:,}")}  # fmt: skip

    def finished(self, request: Request) -> tuple[Job, str]:
        """The job a request names, once it is done, and the language it is to be read in."""
        job = self.jobs.get(request.query_params.get("job", ""))
        if job is None or job.step != STEPS[-1]:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return job, chosen_language(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))


def add(app: FastAPI, populations: Populations) -> None:
    """The answers of a finished population: pages that stand alone, and their data."""

    async def report(request: Request) -> Response:
        job, lang = populations.finished(request)
        return alone(await run_in_threadpool(lambda: report_page(load(), job.report(), lang)))

    async def worklist(request: Request) -> Response:
        job, lang = populations.finished(request)
        assert job.counts is not None
        return alone(await run_in_threadpool(WorklistPage(load(), lang).render, job.rows(), job.counts, job.as_of, job.guideline))

    async def table(request: Request) -> Response:
        job, lang = populations.finished(request)
        text = await run_in_threadpool(lambda: "".join(csv_lines(job.rows(), list(job.shown), load(), lang)))
        return PlainTextResponse(text, media_type="text/csv", headers={"content-disposition": 'attachment; filename="worklists.csv"'})

    async def data(request: Request) -> Response:
        return JSONResponse(populations.finished(request)[0].report())

    for name, answer in (("report", report), ("worklist", worklist), ("worklists.csv", table), ("report.json", data)):
        app.add_api_route(f"{PATH}/{name}", answer, methods=["GET"], tags=["population"], name=name)
    app.router.add_event_handler("shutdown", populations.jobs.close)


def alone(html: str) -> Response:
    """A page that brings its own style sheet, allowed by its digest and nothing else."""
    digests = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" for style in STYLE.findall(html))
    return HTMLResponse(html, headers={"content-security-policy": POLICY.replace("style-src 'self'", f"style-src {digests}")})
