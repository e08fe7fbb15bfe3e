"""Every operation of the application's own OpenAPI description, called with what the description allows and what it does not: no fault of ours."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")
pytest.importorskip("schemathesis", reason="schemathesis is not installed")

import schemathesis
from hypothesis import HealthCheck, settings

from cobalamin.app.server.server import create_app
from cobalamin.app.server.settings import Settings

schema = schemathesis.openapi.from_asgi("/openapi.json", create_app(Settings(hosts=("testserver",))))


@schema.parametrize()
@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_operation_fails(case: Any) -> None:
    """Pins that no call, however odd, is answered with a fault of the server."""
    assert case.call().status_code < 500


def test_every_page_and_service_is_described() -> None:
    """Pins that nothing a program may call is left out of the description."""
    from cobalamin.app.pages.site import DOORS

    paths = create_app(Settings()).openapi()["paths"]
    assert {f"{door.path if door.path != '/' else '/home'}.json" for door in DOORS} <= set(paths)
    assert {"/api/assess", "/fhir/$assess", "/cds-services", "/population.json"} <= set(paths)
