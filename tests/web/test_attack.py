"""What people of ill will, broken systems and odd alphabets send: never a fault of ours, never a value repeated, never HTML."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")

from malformed import SOUND, broken
from starlette.testclient import TestClient

from cobalamin.app.server.guard import Guard
from cobalamin.app.server.server import create_app
from cobalamin.app.server.settings import Settings

BUNDLES = 1000
HOSTILE = ("<script>alert(1)</script>", "\"'><img src=x onerror=alert(1)>", "\u202egnp.exe\u202c", "\u200b\u200d\ufeff\u2066", "{{ 7 * 7 }}",
           "{% raw %}", "%s%n", "\x00\x1b[31m",
           "a" * 1_000_000, "🧪" * 50_000, "';--", "../../etc/passwd", "$(id)", "=cmd|' /C calc'!A0")  # fmt: skip


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(folders=(Path(__file__).parent,))), base_url="http://127.0.0.1:8012", raise_server_exceptions=False) as held:
        yield held


def test_a_sound_bundle_is_answered_with_a_bundle(client: TestClient) -> None:
    """Pins that the bundles below are broken, not the operation."""
    for lang in ("en", "hi", "ar"):
        answer = client.post("/fhir/$assess", json=SOUND, params={"as_of": "2026-11-20", "lang": lang})
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/fhir+json"
        assert answer.json()["resourceType"] == "Bundle"
        assert "Canary-Name" not in answer.text


def test_malformed_bundles_are_answered_with_an_outcome(client: TestClient) -> None:
    """Pins 1,000 of them: each gets a Bundle where it could still be read, else an OperationOutcome that repeats nothing of a patient."""
    refused = 0
    for seed in range(BUNDLES):
        answer = client.post("/fhir/$assess", content=broken(seed), params={"as_of": "2026-11-20"})
        assert answer.status_code in (200, 400, 422), (seed, answer.status_code)
        held = answer.json()
        assert held["resourceType"] == ("Bundle" if answer.status_code == 200 else "OperationOutcome"), seed
        if answer.status_code != 200:
            refused += 1
            assert held["issue"][0]["diagnostics"]
            assert "Canary" not in answer.text
            assert "<script" not in answer.text
    assert BUNDLES > refused > BUNDLES // 20


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:12]))
def test_hostile_text_stays_text(client: TestClient, text: str) -> None:
    """Pins that what is typed anywhere comes back escaped, without marks that turn a line around, and in no more than a page's length."""
    for path in ("/patient", "/me", "/population"):
        for lang in ("en", "ar"):
            answer = client.post(path, data={"lang": lang, "said": text, "concept": text, "value": text, "age_years": text, "sex": text, "guideline": text, "as_of": text,
                                             "records": text, "begin": "yes", "patient_id": text, "part": text, "add": text, "slip": text})  # fmt: skip
            assert answer.status_code < 500, (path, answer.status_code)
            page = answer.text
            assert "<script>alert" not in page
            assert "<img src=x" not in page
            assert ">49<" not in page


def test_no_error_repeats_what_was_sent(client: TestClient) -> None:
    """Pins that messages name what is wrong, not what a patient's record said."""
    for body in ('{"facts": [{"concept": "Canary-Concept"}], "patient_id": ["Canary-Id"]}', '{"facts": "Canary-Facts"}', "Canary-Text"):
        answer = client.post("/api/assess", content=body, headers={"content-type": "application/json"})
        assert answer.status_code < 500
        if answer.status_code != 200:
            assert "Canary" not in answer.text


def test_what_takes_too_long_is_ended() -> None:
    """Pins the limit of time, for an application that never answers and for one that never stops being sent to."""

    async def sleeps(scope: object, receive: object, send: object) -> None:
        await asyncio.sleep(60)

    answers: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        answers.append(message)

    async def receive() -> dict[str, object]:
        await asyncio.sleep(60)
        return {}

    guard = Guard(sleeps, largest_body=1000, longest=0.05)  # type: ignore[arg-type]
    asyncio.run(guard({"type": "http", "headers": []}, receive, send))  # type: ignore[arg-type]
    assert answers[0]["status"] == 503
