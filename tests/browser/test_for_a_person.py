"""The door for a person in a real browser: accessible when it is full, alive while one ticks, and whole without scripts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cobalamin.app.pages.asked import languages

Open = Callable[..., Any]
TOLD = "whom=me&sex=female&years=34&q-tingling=yes&q-eats=milk&q-danger_now=chest_pain"


@pytest.mark.parametrize("lang", languages())
def test_questions_answer_and_sheet_are_accessible(visit: Open, violations: Callable[[Any], list[str]], address: str, lang: str) -> None:
    """Pins that the checker finds nothing with every group open, in the hand and at the desk, light and dark, nor on the sheet."""
    for view, scheme, more in (("phone", "light", ""), ("desktop", "dark", ""), ("phone", "light", "&sheet=1")):
        page = visit(f"{address}/me?lang={lang}&{TOLD}{more}", view, color_scheme=scheme)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert violations(page) == [], (view, scheme, more)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (view, scheme, more)


def test_targets_fit_a_thumb(visit: Open, address: str) -> None:
    page = visit(f"{address}/me?lang=hi&{TOLD}", "phone")
    sizes = page.evaluate("[...document.querySelectorAll('.pill, form button:not(.spoken), summary')].filter(e => e.checkVisibility())"
                          ".map(e => [e.getBoundingClientRect().width, e.getBoundingClientRect().height])")  # fmt: skip
    small = [(width, height) for width, height in sizes if height < 24 or (height < 44 and width > 40)]
    assert not small


def test_a_tick_is_answered_at_once(visit: Open, address: str) -> None:
    """Pins that a danger sign changes the line above the questions and the answer below, without a press of a button."""
    page = visit(f"{address}/me?lang=en&whom=me&years=40")
    assert "stop" not in page.get_attribute("#now", "class").split()
    page.check("input[value=chest_pain]")
    page.wait_for_selector("#now.stop")
    assert "Please see a doctor today" in page.inner_text("#now")
    assert page.locator("#now").count() == 1
    page.wait_for_selector("#answer .verdict.hurry")


def test_it_works_without_scripts(visit: Open, address: str) -> None:
    """Pins the way from the first button to the sheet and back in another language, by plain forms alone."""
    page = visit(f"{address}/me?lang=en", java_script_enabled=False)
    page.click("button[value=child]")
    page.fill("input[name=months]", "8")
    page.click("text=Go on")
    page.check("input[value=hypotonia]")
    page.click("#group-mother summary")
    page.check("input[name=q-mother_eats][value=vegan]")
    page.click("#group-mother button[name=rest]")
    assert page.is_checked("input[name=q-mother_low][value=no]")
    page.click("#answer button[name=sheet]")
    assert "floppiness" in page.inner_text(".sheet")
    page.click(".languages button[value=ar]")
    assert page.get_attribute("html", "dir") == "rtl"
    assert page.locator(".sheet").count() == 1
    page.click("button[name=sheet][value='']")
    assert page.is_checked("input[value=hypotonia]")
    assert page.input_value("input[name=months]") == "8"
