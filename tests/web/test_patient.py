"""The door for a patient: the form and its case, search in four writings, what works without a script, and where each sentence comes from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

pytest.importorskip("fastapi", reason="the web extra is not installed")

from starlette.testclient import TestClient

from cobalamin.app.pages.answer import LISTED
from cobalamin.app.pages.asked import Asked, languages
from cobalamin.app.pages.downloads import DOWNLOADS
from cobalamin.app.pages.entry import entry_of
from cobalamin.app.pages.suggest import search
from cobalamin.app.server.server import create_app
from cobalamin.assessing import memory_engine, vocabulary
from cobalamin.outputs.language import language

SAMPLES = Path(__file__).parent.parent.parent / "samples"
DAY = {"as_of": "2026-11-20"}
CASES = sorted((SAMPLES / "cases").glob("*.json"))
HOSTILE = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "\u202egnp.exe\u202d", "zero\u200bwidth\u2060name", "{{ 7 * 7 }}", "'; DROP TABLE facts; --"]


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(create_app(), base_url="http://127.0.0.1:8012") as held:
        yield held


def form_of(html: str) -> list[tuple[str, str]]:
    """The fields a browser would send with the form of a page, but for its buttons and files."""
    found = []
    for tag, body in re.findall(r"<(input|textarea)\b([^>]*>[^<]*)", html):
        attributes = dict(re.findall(r'([a-z-]+)="([^"]*)"', body))
        kind = attributes.get("type", "text")
        if "name" not in attributes or kind == "file" or (kind == "radio" and " checked" not in body) or attributes["name"].startswith("unit-"):
            continue
        found.append((attributes["name"], unescape(body.partition(">")[2] if tag == "textarea" else attributes.get("value", ""))))
    for name, body in re.findall(r'<select name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
        options = re.findall(r'<option value="([^"]*)"( selected)?>', body)
        found.append((name, unescape(next((value for value, chosen in options if chosen), options[0][0]))))
    return found


def case_of(fields: list[tuple[str, str]]) -> dict[str, Any]:
    engine = memory_engine("2026-11-20")
    return entry_of(Asked("/patient", "en", tuple(fields)), engine.spoken).case()


def post(client: TestClient, fields: dict[str, str] | list[tuple[str, str]], lang: str = "en") -> str:
    held = dict(fields)
    answer = client.post("/patient", params={"lang": lang}, data=DAY | held)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_case_goes_into_the_form_and_comes_out_the_same(client: TestClient, path: Path, lang: str) -> None:
    """Pins that a file, the form and the case say the same, in every language, and that the answer is the library's."""
    import cobalamin

    case = json.loads(path.read_text(encoding="utf-8"))
    answer = client.post("/patient", params={"lang": lang}, data=DAY, files={"file": (path.name, path.read_bytes())})
    fields = form_of(answer.text)
    once = case_of(fields)
    assert [fact["concept"] for fact in once["facts"]], "the rows of the file are in the form"
    again = form_of(post(client, fields, lang))
    assert case_of(again) == once, "and stay as they are when the form is posted again"
    mine, theirs = (cobalamin.assess(held, as_of="2026-11-20").to_dict() for held in (once, case))
    for held in (mine, theirs):
        for entry in held["trace"]:
            entry["inputs"] = {name: text for name, text in entry["inputs"].items() if name}
    assert {key: mine[key] for key in ("status", "urgency", "severity", "causes", "treatment", "guidelines")} == {
        key: theirs[key] for key in ("status", "urgency", "severity", "causes", "treatment", "guidelines")
    }


def test_every_column_of_a_row_comes_back(client: TestClient) -> None:
    """Pins that what a row holds and has no field for, or cannot be read, is carried all the same."""
    odd = {"r4.concept": "serum_b12", "r4.value": "positive?", "r4.unit": "bushels", "r4.date": "last week", "r4.end": "2026-01-01", "r4.reference": "200-900",
           "r9.concept": "metformin", "r9.value": "positive", "r9.dose": "1000 mg bd", "r9.unit": "mg", "stratum": "3", "sex": "unclear"}  # fmt: skip
    before = case_of(list(odd.items()))
    assert case_of(form_of(post(client, odd))) == before
    assert before["facts"][0]["date"] == "last week"
    assert before["stratum"] == "3"


@pytest.mark.parametrize(("typed", "concept"), [
    ("tingl", "paresthesia"), ("jhunjhun", "paresthesia"), ("झुनझु", "paresthesia"), ("تنمي", "paresthesia"), ("thaka", "fatigue"), ("थका", "fatigue"),
    ("metf", "metformin"), ("मेटफ", "metformin"), ("ميتف", "metformin"), ("b12", "serum_b12"), ("haemog", "hemoglobin"), ("pernicious", "pernicious_anemia"),
    ("tinglng", "paresthesia"), ("methylm", "methylmalonic_acid"), ("tingling in both feet", "paresthesia"), ("الخد", "numbness"),
])  # fmt: skip
def test_anything_is_found_in_any_writing(typed: str, concept: str) -> None:
    """Pins the search over four writings; what was meant is among the first three."""
    found = search(vocabulary()).suggestions(typed, language("en"))
    assert concept in [one.concept for one in found[:3]]


def test_suggestions_speak_the_language_of_the_page(client: TestClient) -> None:
    answer = client.post("/patient", params={"lang": "ar"}, data={"part": "patient-suggest", "add": "metf"})
    assert answer.text.count("role=\"option\"") >= 1
    assert language("ar").label(vocabulary().knowledge.concepts["metformin"].label) in unescape(answer.text).replace("</bdi>", "")
    assert "<html" not in answer.text


@pytest.mark.parametrize("typed", ["", " ", "<>", "\u202e", "x" * 5000, "?", "()", "\x00"])
def test_a_search_for_nothing_finds_nothing(client: TestClient, typed: str) -> None:
    answer = client.post("/patient", data={"part": "patient-suggest", "add": typed})
    assert answer.status_code == 200
    assert answer.text.strip() == ""


def test_adding_and_removing_needs_no_script(client: TestClient) -> None:
    """Pins the whole way with plain posts: words become rows, a row asks back, is meant, is removed."""
    page = post(client, {"do": "add", "add": "haath pair mein jhunjhuni, thakan"})
    fields = form_of(page)
    assert [fact["concept"] for fact in case_of(fields)["facts"]] == ["paresthesia", "fatigue"]
    page = post(client, [*fields, ("do", "add"), ("add", "tinglng")])
    (asked,) = re.findall(r'value="(mean:\d+:paresthesia)"', page)
    page = post(client, [*form_of(page), ("do", asked)])
    assert [fact["concept"] for fact in case_of(form_of(page))["facts"]] == ["paresthesia", "fatigue", "paresthesia"]
    page = post(client, [*form_of(page), ("do", "remove:1")])
    assert [fact["concept"] for fact in case_of(form_of(page))["facts"]] == ["fatigue", "paresthesia"]
    page = post(client, [*form_of(page), ("do", "clear")])
    assert case_of(form_of(page))["facts"] == []


def test_a_result_may_be_added_with_its_number(client: TestClient) -> None:
    page = post(client, {"do": "add", "add": "b12 180 pg/mL (200-900)"})
    (fact,) = case_of(form_of(page))["facts"]
    assert (fact["concept"], fact["value"], fact["unit"], fact["reference"]) == ("serum_b12", "180", "pg/mL", "200-900")


def test_what_is_picked_is_what_is_meant(client: TestClient) -> None:
    page = post(client, {"do": "add", "add": "jhunj", "take": "paresthesia"})
    assert case_of(form_of(page))["facts"] == [{"concept": "paresthesia"}]
    assert re.search("<q>.*jhunj.*</q>", page)


@pytest.mark.parametrize("do", ["remove:x", "remove:", "mean:1", "mean:1:nothing", "mean:9999999999:b12", "nonsense", ":", "remove:99"])
def test_a_button_that_is_none_of_ours_changes_nothing(client: TestClient, do: str) -> None:
    page = post(client, {"r1.concept": "vegan", "do": do})
    assert [fact["concept"] for fact in case_of(form_of(page))["facts"]] == ["vegan"]


def test_what_a_slip_leaves_stays_in_the_box(client: TestClient) -> None:
    page = post(client, {"slip": "Vitamin B12: 180 pg/mL\nsomething else", "do": "slip"})
    assert [fact["concept"] for fact in case_of(form_of(page))["facts"]] == ["serum_b12"]
    assert dict(form_of(page))["slip"] == "something else"


def test_what_would_change_the_answer_can_be_entered(client: TestClient) -> None:
    """Pins that the most deciding facts are buttons that make a row to fill in."""
    page = post(client, {"r1.concept": "serum_b12", "r1.value": "205", "r1.unit": "pg/mL", "age": "57"})
    wanted = re.findall(r'value="want:([a-z_0-9]+)"', page)
    assert "methylmalonic_acid" in wanted[:3]
    page = post(client, [*form_of(page), ("do", "want:methylmalonic_acid")])
    assert [fact["concept"] for fact in case_of(form_of(page))["facts"]] == ["serum_b12", "methylmalonic_acid"]


def test_a_switch_of_language_keeps_every_row_and_what_is_half_typed(client: TestClient) -> None:
    """Pins that nothing is understood, added or lost on the way into another language."""
    page = post(client, {"r1.concept": "serum_b12", "r1.value": "180", "r1.unit": "pg/mL", "sex": "female", "age": "41", "add": "half ty", "slip": "Hb 9",
                         "open": "more-slip", "lang": "en", "switch": "ar"})  # fmt: skip
    assert '<html lang="ar" dir="rtl">' in page
    fields = dict(form_of(page))
    assert (fields["add"], fields["slip"], fields["age"], fields["sex"]) == ("half ty", "Hb 9", "41", "female")
    assert 'id="more-slip" open' in page
    assert case_of(form_of(page))["facts"] == [{"concept": "serum_b12", "value": "180", "unit": "pg/mL"}]
    assert '<input type="hidden" name="lang" value="ar">' in page


def test_enter_presses_no_language(client: TestClient) -> None:
    """Pins that the first button of the form, which Enter presses, only answers."""
    page = client.get("/patient").text
    assert re.search(r'<button type="submit" form="door"[^>]*>', page).group() == '<button type="submit" form="door" class="spoken" tabindex="-1" aria-hidden="true">'  # type: ignore[union-attr]


@pytest.mark.parametrize("voice", ["clinical", "lay"])
@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_sentence_says_what_it_rests_on(client: TestClient, path: Path, lang: str, voice: str) -> None:
    """Pins that no sentence of an answer is without a rule and its source, but those about the record itself."""
    data = client.post("/patient.json", data=DAY | {"lang": lang, "voice": voice}, files={"file": (path.name, path.read_bytes())}).json()
    assert data["assessment"]["status"]
    assert data["case"]["facts"]
    for section in data["sections"]:
        for sentence in section["sentences"] if section["id"] not in (*LISTED, "guidelines", "left-out") else ():
            assert sentence["rests_on"], (section["id"], sentence["text"])
            for ground in sentence["rests_on"]:
                assert ground["source"]
                assert ground["checked"] in ("primary", "secondary", "recalled", "own")


def test_only_the_answer_is_swapped_while_somebody_types(client: TestClient) -> None:
    answer = client.post("/patient", data=DAY | {"part": "patient-live", "r1.concept": "vegan", "add": "metf", "slip": "Hb 9 g/dL"})
    assert '<section id="answer"' in answer.text
    assert 'id="case"' not in answer.text
    typing = DAY | {"part": "patient-live", "r1.concept": "vegan", "add": "metf", "slip": "Hb 9 g/dL"}
    assert client.post("/patient.json", data=typing).json()["case"]["facts"] == [{"concept": "vegan"}], "what is half typed is not in the case yet"
    changed = client.post("/patient", data=DAY | {"part": "patient-changed", "r1.concept": "vegan", "do": "add", "add": "metf"})
    assert changed.text.lstrip().startswith("<hx-partial")
    assert '<section id="answer"' in changed.text


@pytest.mark.parametrize("part", ["../report", "report", "patient-parts", "patient-case", "worklist", "x" * 500, "patient-suggest"])
def test_no_other_template_can_be_asked_for(client: TestClient, part: str) -> None:
    assert client.post("/patient", data={"part": part, "r1.concept": "vegan"}).status_code == 200


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12])
def test_hostile_names_are_only_text(client: TestClient, text: str) -> None:
    """Pins that nothing typed becomes HTML, steers the direction of the page, or is computed."""
    page = post(client, {"r1.concept": text, "r1.value": text, "r2.concept": "serum_b12", "r2.value": "1", "r2.unit": text, "r3.concept": "metformin", "r3.dose": text,
                         "r3.said": text, "add": text, "slip": text, "sex": text, "age": text, "patient_id": text, "open": text, "do": "add"})  # fmt: skip
    assert "<script>alert" not in page
    assert "<img" not in page
    visible = re.sub(r'value="[^"]*"|<textarea.*?</textarea>', "", page, flags=re.DOTALL)
    assert "\u202e" not in visible
    assert ">49<" not in page


def test_a_name_of_a_megabyte(client: TestClient) -> None:
    page = post(client, {"r1.concept": "ab " * 350_000, "add": "thakan " * 150_000, "do": "add"})
    assert len(page) < 5_000_000


@pytest.mark.parametrize(("name", "text", "kept"), [
    ("a.json", '[{"facts": []}, {"facts": []}]', "several"), ("a.json", "{", "broken"), ("a.yaml", "a: [", "broken"), ("a.json", "[]", "none"),
    ("a.json", "[1]", "broken"),
    ("b.json", '{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": "1", "deceasedBoolean": true}}]}', "deceased"),
    ("b.json", json.dumps({"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": id}} for id in "12"]}), "several"),
    ("b.json", '{"resourceType": "Bundle"}', "none"), ("c.yaml", "a" * 300_000, "large"), ("d.json", '{"facts": 3}', "broken"), ("e", "\x00\x01", "broken"),
])  # fmt: skip
def test_a_file_that_is_not_one_person_says_why(client: TestClient, name: str, text: str, kept: str) -> None:
    """Pins that a file that cannot be used changes nothing and says what is the matter with it."""
    answer = client.post("/patient", data=DAY | {"r1.concept": "vegan"}, files={"file": (name, text.encode())})
    said = language("en").say(f"entry-file-{kept}", file="@").partition("@")[2]
    assert said[:30] in unescape(re.sub("<[^>]*>", "", answer.text))
    assert [fact["concept"] for fact in case_of(form_of(answer.text))["facts"]] == ["vegan"]


def test_a_bundle_becomes_rows(client: TestClient) -> None:
    answer = client.post("/patient", data=DAY, files={"file": ("bundle.json", (SAMPLES / "fhir" / "bundle.json").read_bytes())})
    assert len(case_of(form_of(answer.text))["facts"]) >= 5


def test_a_file_about_somebody_else_is_not_mixed_in(client: TestClient) -> None:
    file = {"file": ("x.json", b'{"patient_id": "p2", "facts": [{"concept": "metformin"}]}')}
    answer = client.post("/patient", data=DAY | {"patient_id": "p1", "r1.concept": "vegan"}, files=file)
    assert [fact["concept"] for fact in case_of(form_of(answer.text))["facts"]] == ["vegan"]


def test_many_denials_are_folded_away_and_not_lost(client: TestClient) -> None:
    """Pins that what is said not to be there is still in the form."""
    denied = {f"r{number}.{column}": text for number, concept in enumerate(("vegan_diet", "fatigue", "glossitis", "metformin", "paresthesia"), 1)
              for column, text in (("concept", concept), ("value", "absent"))}  # fmt: skip
    page = post(client, denied)
    assert 'id="more-absent"' in page
    assert case_of(form_of(page)) == case_of(list(denied.items()))


def test_opening_the_same_file_twice_adds_nothing(client: TestClient) -> None:
    file = {"file": ("first.json", (SAMPLES / "cases" / "first_case.json").read_bytes())}
    once = form_of(client.post("/patient", data=DAY, files=file).text)
    twice = form_of(client.post("/patient", data=DAY | dict(once), files=file).text)
    assert case_of(twice) == case_of(once)


def test_fields_may_come_as_a_query(client: TestClient) -> None:
    fields = dict(parse_qsl("r1.concept=serum_b12&r1.value=95&r1.unit=pg/mL&age=57&as_of=2026-11-20"))
    assert client.get("/patient.json", params=fields).json()["assessment"]["status"] == "deficient"


@pytest.mark.parametrize("file", [download.file for download in DOWNLOADS if download.there])
@pytest.mark.parametrize("lang", languages())
def test_everything_can_be_taken_along(client: TestClient, file: str, lang: str) -> None:
    """Pins that each download is made from the same form, as a file, and that nothing is made of nothing."""
    fields = DAY | {"lang": lang, "r1.concept": "serum_b12", "r1.value": "95", "r1.unit": "pg/mL", "age": "57"}
    answer = client.post(f"/patient/{file}", data=fields)
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="{file}"'
    assert answer.headers["cache-control"] == "no-store"
    assert len(answer.content) > 50
    assert client.post(f"/patient/{file}", data={"lang": lang}).status_code == 422


def test_a_saved_case_opens_again(client: TestClient) -> None:
    """Pins that what is saved on one's own device is the whole case."""
    fields = {"r1.concept": "serum_b12", "r1.value": "<95", "r1.unit": "pg/mL", "r1.date": "2026-11-01", "r1.reference": "200-900",
              "r2.concept": "blorbness", "age": "57", "sex": "female"}  # fmt: skip
    saved = client.post("/patient/case.json", data=DAY | fields).content
    opened = client.post("/patient", data=DAY, files={"file": ("case.json", saved)}).text
    assert case_of(form_of(opened)) == case_of(list(fields.items())) == json.loads(saved)


def test_doses_that_were_given_count(client: TestClient) -> None:
    """Pins that an injection on record takes the place of the first of the plan."""
    fields = DAY | {"r1.concept": "serum_b12", "r1.value": "95", "r1.unit": "pg/mL", "r1.date": "2026-11-10",
                    "r2.concept": "hydroxocobalamin", "r2.dose": "1 mg im", "r2.date": "2026-11-18"}  # fmt: skip
    data = client.post("/patient.json", data=fields).json()
    assert "dose-calendar" in [section["id"] for section in data["sections"]]
    assert all(dose["date"] >= "2026-11-20" for dose in data["assessment"]["treatment"]["doses"])
