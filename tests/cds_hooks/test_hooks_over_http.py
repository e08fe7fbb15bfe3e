"""The services over HTTP: what a record system sees of them, trusted or not, and that no call ends in a fault."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")

from hook_calls import FOLIC_ACID, LOW, call, prefetch, result
from hook_specification import breaches, breaches_of_discovery
from starlette.testclient import TestClient
from test_tokens import ISSUER, KEYS, P384, token

from cobalamin.app.cds_hooks.settings import HookSettings
from cobalamin.app.cds_hooks.token import Client
from cobalamin.app.server.server import create_app
from cobalamin.app.server.settings import Settings

HOME, ORIGIN = "https://b12.example", "https://ehr.example"
SIGN = "/cds-services/cobalamin-order-sign"
# a server answers for today
FRESH_LOW = {**LOW, "effectiveDateTime": (date.today() - timedelta(days=10)).isoformat()}


def client_of(hooks: HookSettings | None = None) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(largest_body=300_000, hooks=hooks or HookSettings())), base_url="http://127.0.0.1:8012", raise_server_exceptions=False) as held:
        yield held


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    yield from client_of()


@pytest.fixture(scope="module")
def trusting() -> Iterator[TestClient]:
    yield from client_of(HookSettings(HOME, (Client(ISSUER, KEYS),), origins=(ORIGIN,)))


def body() -> dict[str, Any]:
    return call("order-sign", prefetch((FRESH_LOW,)), (FOLIC_ACID,))


def is_outcome(answer: Any) -> bool:
    """Whether an answer is an OperationOutcome that says something."""
    held = answer.json()
    return held["resourceType"] == "OperationOutcome" and all(issue["severity"] == "error" and issue["code"] and issue["details"]["text"] for issue in held["issue"])


def test_a_record_system_finds_the_services(client: TestClient) -> None:
    answer = client.get("/cds-services", headers={"accept-language": "hi"})
    assert answer.status_code == 200
    assert breaches_of_discovery(answer.json()) == []
    assert "विटामिन" in answer.json()["services"][0]["title"]


def test_a_record_system_gets_cards(client: TestClient) -> None:
    answer = client.post(SIGN, json=body())
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert breaches(answer.json()) == []
    assert len(answer.json()["cards"]) == 1


def test_a_record_system_gives_feedback(client: TestClient) -> None:
    (card,) = client.post(SIGN, json=body()).json()["cards"]
    given = {"card": card["uuid"], "outcome": "accepted", "acceptedSuggestions": [{"id": card["suggestions"][0]["uuid"]}], "outcomeTimestamp": "2026-11-20T10:05:31Z"}
    answer = client.post(f"{SIGN}/feedback", json={"feedback": [given]})
    assert (answer.status_code, answer.json()) == (200, {"counted": 1})
    assert client.post(f"{SIGN}/feedback", json={"feedback": [{**given, "acceptedSuggestions": []}]}).status_code == 400


@pytest.mark.parametrize(("path", "sent", "status"), [
    (SIGN, b"{", 400), (SIGN, b"", 400), (SIGN, b"[]", 400), (SIGN, b"\xff", 400), (SIGN, b"[" * 100_000, 400), (SIGN, b'{"hook": NaN}', 400),
    ("/cds-services/other", json.dumps(body()).encode(), 404), ("/cds-services/other/feedback", b"{}", 404), (f"{SIGN}/feedback", b"{}", 400),
    (SIGN, json.dumps({**body(), "prefetch": {}}).encode(), 412),
])  # fmt: skip
def test_a_wrong_call_is_answered_with_an_outcome(client: TestClient, path: str, sent: bytes, status: int) -> None:
    answer = client.post(path, content=sent, headers={"content-type": "application/json"})
    assert answer.status_code == status
    assert is_outcome(answer)


def test_a_call_is_json_and_not_endless(client: TestClient) -> None:
    assert client.post(SIGN, content=b"{}", headers={"content-type": "text/plain"}).status_code == 415
    assert client.post(SIGN, content=b"[" + b"1," * 200_000 + b"1]", headers={"content-type": "application/json"}).status_code == 413


def test_an_untrusted_call_is_refused(trusting: TestClient) -> None:
    """Pins that every endpoint asks who is calling, before anything else is looked at."""
    for answer in (trusting.get("/cds-services"), trusting.post(SIGN, content=b"{"), trusting.post(f"{SIGN}/feedback", json={})):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"] == "Bearer"
        assert is_outcome(answer)


def test_a_trusted_call_is_answered_once(trusting: TestClient) -> None:
    """Pins that a token holds for the address of the service and for one call."""
    def signed(path: str) -> dict[str, str]:
        import time

        now = int(time.time())
        return {"authorization": f"Bearer {token(P384, aud=HOME + path, iat=now, exp=now + 300)}"}

    headers = signed(SIGN)
    assert trusting.post(SIGN, json=body(), headers=headers).status_code == 200
    assert trusting.post(SIGN, json=body(), headers=headers).status_code == 401
    assert trusting.post(SIGN, json=body(), headers=signed("/cds-services")).status_code == 401
    assert trusting.get("/cds-services", headers=signed("/cds-services")).status_code == 200
    assert trusting.post(f"{SIGN}/feedback", json={}, headers=signed(f"{SIGN}/feedback")).status_code == 400


def test_only_pages_that_are_let_in_may_call(trusting: TestClient, client: TestClient) -> None:
    """Pins that a browser is told to let an origin in only where the operator named it."""
    asked = {"origin": ORIGIN, "access-control-request-method": "POST"}
    answer = trusting.options(SIGN, headers=asked)
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, ORIGIN)
    assert trusting.post(SIGN, json={}, headers={"origin": ORIGIN}).headers["access-control-allow-origin"] == ORIGIN
    for other in (trusting.options(SIGN, headers=asked | {"origin": "https://evil.example"}), client.options(SIGN, headers=asked)):
        assert other.status_code in (403, 405)
        assert "access-control-allow-origin" not in other.headers


def _broken(held: Any, chance: random.Random) -> Any:
    """A tree with a few of its parts replaced by nonsense, or lost."""
    if chance.random() < 0.04:
        return chance.choice([None, "", "x" * 300, 0, -1e308, True, [], {}, [[]], "\u202e\x00", "<script>", "2026-99-99", {"resourceType": "Bundle"}, ["\ud800"]])
    if isinstance(held, dict):
        return {name: _broken(part, chance) for name, part in held.items() if chance.random() > 0.02}
    if isinstance(held, list):
        return [_broken(part, chance) for part in held for _ in range(chance.choice((1, 1, 1, 1, 2)))]
    return held


def test_no_broken_call_ends_in_a_fault(client: TestClient) -> None:
    """Pins that a few hundred calls with broken parts are answered or refused: never a 5xx, never a card that breaks the specification."""
    chance, seen = random.Random(20261120), set()
    whole = [body(), call("patient-view", prefetch((FRESH_LOW, result("718-7", 9, "g/dL")))), call("order-select", prefetch((FRESH_LOW,)), (FOLIC_ACID,))]
    for number in range(300):
        made = _broken(whole[number % 3], chance)
        hook = whole[number % 3]["hook"]
        sent = json.dumps(made).encode()
        answer = client.post(f"/cds-services/cobalamin-{hook}", content=sent, headers={"content-type": "application/json"})
        seen.add(answer.status_code)
        assert answer.status_code in (200, 400, 412), sent
        assert breaches(answer.json()) == [] if answer.status_code == 200 else is_outcome(answer), sent
    assert seen == {200, 400, 412}
