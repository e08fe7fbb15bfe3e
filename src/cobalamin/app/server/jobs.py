"""Work that takes longer than a request: one population at a time, its answers in a folder that ends with the server."""

from __future__ import annotations

import json
import shutil
import tempfile
import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from typing import Any

from cobalamin.app.inventing import invent
from cobalamin.app.reporting import report_data
from cobalamin.app.server.sources import DEMO_PEOPLE, DEMO_SEED, Population
from cobalamin.app.worklist import lists_of
from cobalamin.errors import CobalaminError, UsageError
from cobalamin.model.account import Account
from cobalamin.outputs.plain import to_json
from cobalamin.rules.worklist import Counts
from cobalamin.run import Run

STEPS = ("waiting", "inventing", "counting", "listing", "done")
MOST_KEPT = 8
"""Finished populations that are kept; the oldest goes first."""


@dataclass
class Job:
    """One population that is being answered: how far it is, and where its answers stand."""

    id: str
    population: Population
    as_of: str
    guideline: str
    folder: Path
    step: str = STEPS[0]
    trouble: str = ""
    begun: float = 0.0
    ended: float = 0.0
    people: int = 0
    shown: tuple[str, ...] = ()
    counts: Counts | None = None

    @property
    def over(self) -> bool:
        return self.step == STEPS[-1] or bool(self.trouble)

    @property
    def seconds(self) -> int:
        return round((self.ended or time.monotonic()) - self.begun)

    def report(self) -> dict[str, Any]:
        """The report as plain data."""
        held = json.loads((self.folder / "report.json").read_text(encoding="utf-8"))
        assert isinstance(held, dict)
        return held

    def rows(self) -> list[dict[str, Any]]:
        """The rows of the worklists, the most urgent first."""
        return [json.loads(line) for line in (self.folder / "worklist.jsonl").read_text(encoding="utf-8").splitlines()]


class Jobs:
    """The populations of this server, by an id nobody can guess."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="cobalamin-"))
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="population")
        self.held: OrderedDict[str, Job] = OrderedDict()
        self.lock = threading.Lock()

    def close(self) -> None:
        """End, and leave nothing behind."""
        self.worker.shutdown(wait=False, cancel_futures=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def start(self, population: Population, as_of: str, guideline: str) -> Job:
        """Begin with a population, unless just that is there or under way already."""
        with self.lock:
            for job in self.held.values():
                if (job.population.id, job.as_of, job.guideline) == (population.id, as_of, guideline) and not job.trouble and not job.over:
                    return job
            waiting = sum(not job.over for job in self.held.values())
            if waiting >= MOST_KEPT:
                raise UsageError("Too many populations are waiting; try again when one is done.")
            job = Job(token_urlsafe(16), population, as_of, guideline, self.folder / token_urlsafe(8), begun=time.monotonic())
            self.held[job.id] = job
            for old in [id for id, held in self.held.items() if held.over][: max(len(self.held) - MOST_KEPT, 0)]:
                shutil.rmtree(self.held.pop(old).folder, ignore_errors=True)
        self.worker.submit(self._do, job)
        return job

    def get(self, id: str) -> Job | None:
        with self.lock:
            return self.held.get(id)

    def _do(self, job: Job) -> None:
        try:
            job.folder.mkdir()
            job.begun = time.monotonic()
            source = job.population.path
            if source is None:
                job.step, source = "inventing", job.folder / "people"
                invent(job.population.region, DEMO_PEOPLE, DEMO_SEED, source, job.as_of)
            self._answer(job, source)
        except CobalaminError as error:
            job.trouble = str(error)
        except Exception as error:  # whatever happens to one population, the server goes on; what the data hold is not repeated
            job.trouble = f"Something went wrong here ({type(error).__name__})."
        finally:
            job.ended = time.monotonic()

    def _answer(self, job: Job, source: Path) -> None:
        job.step = "counting"
        run = Run(str(source), as_of=job.as_of, guideline=job.guideline)
        (job.folder / "report.json").write_text(to_json(report_data(run, Account())), encoding="utf-8")
        job.step = "listing"
        run = Run(str(source), as_of=job.as_of, guideline=job.guideline)
        with lists_of(run, run.knowledge.pathway["worklists"]) as lists, (job.folder / "worklist.jsonl").open("w", encoding="utf-8") as file:
            for row in lists.rows:
                file.write(to_json(row) + "\n")
            job.counts, job.shown, job.people = lists.counts, tuple(lists.shown), lists.counts.people
        job.step = STEPS[-1]
