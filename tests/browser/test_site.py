"""The site without a server, in a real browser: the same answers as the program gives outside it, also with the network gone."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "spec"))

from spec_file import SpecPatient, read_all

from cobalamin.app.pages.asked import Asked, languages
from cobalamin.app.pages.patient import LIVE
from cobalamin.app.pages.site import BY_PATH, DOORS, rendered
from cobalamin.app.site.browser import ROOT
from cobalamin.rules.load import load

Open = Callable[..., Any]
READY = "html[data-program^=ready]"
STARTING = 180_000
EVERY = 12
"""Of the patients of the spec tables every so many is asked in the browser; all of them are asked of the program itself elsewhere."""
ASK = """async (all) => Promise.all(all.map(async (fields) => {
    const answer = await fetch("patient", {method: "POST", body: new URLSearchParams(fields)});
    return answer.text();
}))"""


def fields_of(patient: SpecPatient, lang: str) -> list[tuple[str, str]]:
    """A patient of the spec tables as the fields of the form."""
    case = patient.case
    person = [(name, str(value)) for name, value in case.items() if name not in ("facts", "patient_id")]
    rows = [(f"r{number}.{name}", str(value)) for number, fact in enumerate(case.get("facts") or [], 1) for name, value in fact.items()]
    return [("lang", lang), ("as_of", patient.as_of), ("guideline", patient.guideline), ("part", LIVE), *person, *rows]


def test_the_answers_are_the_program_s(visit: Open, site: str) -> None:
    """Pins that patients of the spec tables get, letter for letter, the page that the same program makes outside the browser, in each language in turn."""
    patients = [patient for file in read_all(load()) for patient in file.patients][::EVERY]
    asked = [fields_of(patient, languages()[number % len(languages())]) for number, patient in enumerate(patients)]
    page = visit(f"{site}/en/patient.html")
    page.wait_for_selector(READY, timeout=STARTING)
    page.set_default_timeout(STARTING)
    found = page.evaluate(ASK.replace('"patient"', json.dumps(f"{site}/patient")), [[list(pair) for pair in fields] for fields in asked])
    assert len(found) == len(patients) > 40
    for patient, fields, html in zip(patients, asked, found, strict=True):
        request = Asked("/patient", dict(fields)["lang"], tuple(fields), part=LIVE, root=ROOT)
        assert html == rendered(request, BY_PATH["/patient"].view(request), DOORS, serverless=True), patient.id


@pytest.mark.parametrize("lang", languages())
def test_it_works_with_the_network_gone(visit: Open, violations: Callable[[Any], list[str]], site: str, lang: str) -> None:
    """Pins a whole case after the first visit: opened, typed, switched and answered with no network at all."""
    page = visit(f"{site}/{lang}/patient.html")
    page.wait_for_selector(READY, timeout=STARTING)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.context.set_offline(True)
    page.goto(f"{site}/{lang}/patient.html")
    page.wait_for_selector(READY, timeout=STARTING)
    page.fill("#add", "b12 95 pg/ml")
    page.press("#add", "Enter")
    page.wait_for_selector("#answer:has-text('95')", timeout=20_000)
    other = next(code for code in languages() if code != lang)
    page.click(f"button[name=switch][value={other}]")
    page.wait_for_selector(f"html[lang={other}] #answer:has-text('95')", timeout=20_000)
    assert violations(page) == []
    with page.expect_download() as held:
        page.click("button[formaction$='case.json']")
    assert json.loads(Path(held.value.path()).read_text(encoding="utf-8"))["facts"][0]["concept"] == "serum_b12"
