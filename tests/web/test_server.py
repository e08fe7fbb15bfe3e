"""The pages over HTTP: every door in every language, what is refused, and the headers that keep a page to itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")

from starlette.testclient import TestClient

from cobalamin.app.pages.asked import chosen_language, languages
from cobalamin.app.pages.site import DOORS
from cobalamin.app.server.server import create_app
from cobalamin.app.server.settings import Settings

FORM = {"content-type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(Settings(largest_body=200_000)), base_url="http://127.0.0.1:8012") as held:
        yield held


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.id)
def test_every_door_opens_in_every_language(client: TestClient, door: object, lang: str) -> None:
    """Pins that a page says its language and direction, and lets nothing in from elsewhere."""
    answer = client.get(door.path, params={"lang": lang})
    assert answer.status_code == 200
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"
    assert "http://" not in answer.text.replace("http://www.w3.org/", "")


@pytest.mark.parametrize(("accepts", "lang"), [
    ("hi-IN,en;q=0.8", "hi"), ("en;q=0.3, ar;q=0.9", "ar"), ("fr", "en"), ("hi;q=0", "en"), ("hi;q=nonsense", "en"), ("", "en"),
])  # fmt: skip
def test_a_browser_is_answered_in_its_language(accepts: str, lang: str) -> None:
    assert chosen_language("", accepts) == lang


def test_a_switch_of_language_loses_nothing(client: TestClient) -> None:
    """Pins that a language button carries the form with it, wherever in the page it stands."""
    answer = client.post("/patient", data={"switch": "ar", "lang": "hi", "age_years": "57", "add": "vegan", "r1.concept": "metformin"})
    assert 'lang="ar"' in answer.text
    assert 'value="57"' in answer.text
    assert 'value="vegan"' in answer.text
    assert 'value="metformin"' in answer.text


def test_another_host_is_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_further_name_is_let_in() -> None:
    with TestClient(create_app(Settings(hosts=("b12.clinic.example",))), base_url="https://b12.clinic.example") as client:
        assert client.get("/").status_code == 200


def test_too_much_is_refused(client: TestClient) -> None:
    """Pins that size is counted as it comes, not as it is declared."""
    assert client.post("/patient", data={"said": "x" * 300_000}).status_code == 413
    assert client.post("/patient", content=iter([b"said=" + b"x" * 150_000, b"x" * 150_000]), headers=FORM).status_code == 413


@pytest.mark.parametrize("path", ["/static/../server.py", "/static/%2e%2e/text.py", "/static/..%2f..%2ftext.py", "/fonts/%00", "/static/.", "/etc/passwd"])
def test_no_path_leads_out(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'{"facts": 1}', b"{" * 5000, b'{"facts": [[[]]]}', b"\xff\xfe"])
def test_a_broken_body_is_no_fault_of_ours(client: TestClient, body: bytes) -> None:
    for path in ("/api/assess", "/patient.json", "/patient"):
        answer = client.post(path, content=body, headers={"content-type": "application/json"})
        assert answer.status_code < 500, path


def test_what_is_typed_is_only_text(client: TestClient) -> None:
    """Pins that no input becomes HTML."""
    answer = client.post("/patient", data={"add": "<script>alert(1)</script>", "age_years": '"><img src=x onerror=alert(1)>'})
    assert "<script>alert" not in answer.text
    assert "<img" not in answer.text


def test_the_answer_is_the_library_s(client: TestClient) -> None:
    """Pins that a program gets what `cobalamin.assess` says."""
    import cobalamin

    case = {"age_years": 57, "facts": [{"concept": "serum_b12", "value": 95, "unit": "pg/mL"}]}
    answer = client.post("/api/assess", json=case, params={"as_of": "2026-11-20"}).json()
    assert answer == cobalamin.assess(case, as_of="2026-11-20").to_dict()
