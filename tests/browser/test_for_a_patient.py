"""The door for a patient in a real browser: a case from the first word to what is taken along, in the language of whoever types."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Open = Callable[..., Any]
TYPED = {"en": ("tingling in both feet", "b12 95 pg/mL"), "hi": ("पैरों में झुनझुनी", "बी12 95 pg/mL"), "ar": ("تنميل في القدمين", "فيتامين ب12 95 pg/mL")}


def add(page: Any, text: str) -> None:
    """Type something and press Enter, as one does."""
    rows = page.locator("[name$='.concept']").count()
    page.fill("#add", text)
    page.press("#add", "Enter")
    page.locator("[name$='.concept']").nth(rows).wait_for(state="attached", timeout=15_000)
    page.wait_for_selector("form.work:not(.htmx-request)")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
@pytest.mark.parametrize("lang", list(TYPED))
def test_a_case_from_symptom_to_sheet(visit: Open, violations: Callable[[Any], list[str]], address: str, lang: str, scripts: bool) -> None:
    """Pins typing in three languages, the answer beside it, a switch of language in mid-case, and what is taken along."""
    page = visit(f"{address}/patient?lang={lang}", java_script_enabled=scripts)
    page.fill("[name=age]", "57")
    # nobody types an age and adds a sign within a fifth of a second
    page.wait_for_timeout(400)
    for text in TYPED[lang]:
        add(page, text)
    page.wait_for_selector("#answer:has-text('95 pg/mL')", timeout=15_000)
    other = {"en": "ar", "hi": "en", "ar": "hi"}[lang]
    page.click(f"button[name=switch][value={other}]")
    page.wait_for_selector(f"html[lang={other}]")
    assert page.input_value("[name=age]") == "57"
    assert page.locator("[name$='.concept']").count() == 2
    page.wait_for_selector("#answer:has-text('95 pg/mL')")
    if scripts:
        assert violations(page) == []
    for file, starts in (("case.json", b"{"), ("answer.fhir.json", b"{"), ("b12-doses.ics", b"BEGIN:VCALENDAR"), ("handout.pdf", b"%PDF")):
        button = page.locator(f"button[formaction$='{file}']")
        if button.count():
            with page.expect_download() as held:
                button.click()
            assert Path(held.value.path()).read_bytes().startswith(starts)


def test_typing_keeps_the_focus(visit: Open, address: str) -> None:
    """Pins that the answer changes under the hand that types, without taking the place where it types."""
    page = visit(f"{address}/patient?lang=en")
    add(page, "b12 95 pg/mL")
    page.focus("[name=age]")
    page.keyboard.type("57")
    page.wait_for_timeout(800)
    assert page.evaluate("document.activeElement.name") == "age"
    assert page.input_value("[name=age]") == "57"


def test_what_is_printed_is_the_answer(visit: Open, address: str) -> None:
    """Pins that paper has no buttons and no menu, and has what was entered and what was answered."""
    page = visit(f"{address}/patient?lang=en")
    add(page, "b12 95 pg/mL")
    page.wait_for_selector("#answer:has-text('95 pg/mL')", timeout=15_000)
    page.emulate_media(media="print")
    for hidden in (".top nav", "#add", "button"):
        assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden
    assert page.locator("#answer").is_visible()
