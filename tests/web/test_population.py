"""The door for a population: only what was allowed can be opened, progress is told, and the answers are those of the command line."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")
pytest.importorskip("duckdb", reason="DuckDB is not installed")

from starlette.testclient import TestClient

from cobalamin.app.reporting import report_data
from cobalamin.app.server.server import create_app
from cobalamin.app.server.settings import Settings
from cobalamin.model.account import Account
from cobalamin.run import Run

CLINIC = Path(__file__).parents[2] / "samples" / "clinic"
DAY = "2026-11-20"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    allowed = tmp_path_factory.mktemp("allowed")
    (allowed / "clinic").symlink_to(CLINIC)
    outside = tmp_path_factory.mktemp("outside")
    (outside / "facts.csv").write_text("patient_id,concept\n1,fatigue\n")
    (allowed / "leak").symlink_to(outside)
    (allowed / "notes.md").write_text("no records")
    with TestClient(create_app(Settings(folders=(allowed, CLINIC))), base_url="http://localhost") as held:
        yield held


def opened(client: TestClient, records: str) -> dict[str, Any]:
    job = client.get("/population.json", params={"records": records, "begin": "yes", "as_of": DAY}).json()
    for _ in range(600):
        if job.get("step") == "done" or job.get("error"):
            break
        time.sleep(0.2)
        job = client.get("/population.json", params={"job": job["job"]}).json()
    return job


def test_only_what_was_allowed_is_there(client: TestClient) -> None:
    """Pins that links that lead out, hidden files and what holds no records are not offered, and that no path can be named."""
    offered = client.get("/population.json").json()["populations"]
    assert "2" in offered
    assert not any("leak" in id or "notes" in id for id in offered)
    for records in ("/etc", "../..", "1/../../etc", "1/leak", "1/clinic", "\x00", "x" * 5000):
        answer = client.get("/population.json", params={"records": records, "begin": "yes"}).json()
        assert "error" in answer, records
        assert client.get("/population", params={"records": records, "begin": "yes"}).status_code == 200


@pytest.mark.parametrize("lang", ["en", "hi", "ar"])
def test_the_answers_are_those_of_the_command_line(client: TestClient, lang: str) -> None:
    """Pins the report as data, and its page and that of the worklists in every language, with a policy that lets only their own style in."""
    job = opened(client, "2")
    assert job["step"] == "done", job
    data = client.get("/population/report.json", params={"job": job["job"]}).json()
    assert data == json.loads(json.dumps(report_data(Run(str(CLINIC), as_of=DAY), Account())))
    for page in ("report", "worklist"):
        answer = client.get(f"/population/{page}", params={"job": job["job"], "lang": lang})
        assert f'<html lang="{lang}"' in answer.text
        assert " style=" not in answer.text
        assert "'sha256-" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
    assert client.get("/population/worklists.csv", params={"job": job["job"], "lang": lang}).text.count("\n") > 1
    whole = client.get("/population", params={"job": job["job"], "lang": lang}).text
    assert "/population/report?job=" in whole


def test_a_job_has_to_be_known(client: TestClient) -> None:
    for page in ("report", "worklist", "worklists.csv", "report.json"):
        assert client.get(f"/population/{page}", params={"job": "nobody"}).status_code == 404


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """Pins that the answers are gone when the server ends."""
    app = create_app(Settings(folders=(CLINIC,)))
    with TestClient(app, base_url="http://localhost") as client:
        folder = app.state.populations.jobs.folder
        opened(client, "1")
        assert any(folder.rglob("*.json"))
    assert not folder.exists()
