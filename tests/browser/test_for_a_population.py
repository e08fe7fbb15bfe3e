"""The door for a population in a real browser: from opening the records to the report, with and without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Open = Callable[..., Any]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_records_are_opened_and_read(visit: Open, violations: Callable[[Any], list[str]], address: str, scripts: bool) -> None:
    """Pins progress until the answers are there, and that the report and the worklists open under their own policy."""
    page = visit(f"{address}/population?lang=en", java_script_enabled=scripts)
    page.fill("input[name=as_of]", "2026-11-20")
    page.click("button[name=begin]")
    page.wait_for_selector("#job a.button", timeout=90_000)
    page.click("button[name=switch][value=hi]")
    assert page.get_attribute("html", "lang") == "hi"
    for name in ("report", "worklist"):
        page.click(f"#job a[href*='/population/{name}?']")
        assert page.get_attribute("html", "lang") == "hi"
        assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none" if scripts else True
        if scripts:
            assert violations(page) == []
        page.go_back()

