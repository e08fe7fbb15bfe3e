"""The report: the same numbers from both engines, steps that never grow, a page that stands alone with a table behind every chart."""

from __future__ import annotations

import json
import random
import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from command import AS_OF, CANARY, cobalamin

from cobalamin.app.inventing import invent
from cobalamin.app.judging import judge
from cobalamin.app.reporting import report_data, write_report
from cobalamin.app.suppression import hidden
from cobalamin.app.waiting import waiting
from cobalamin.model.account import Account
from cobalamin.outputs.language import language
from cobalamin.rules.load import load
from cobalamin.run import Run
from cobalamin.stats.shares import wilson

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")
pytest.importorskip("jinja2", reason="Jinja2 is not installed: pip install 'cobalamin[population]'")

LANGUAGES = ("en", "hi", "ar")


def cases(number: int, weighted: bool = True) -> list[dict[str, Any]]:
    """People at every step of care, in two sites and a small survey, drawn with a seed."""
    draw = random.Random("report")
    found = []
    for index in range(number):
        facts: list[dict[str, Any]] = []
        if draw.random() < 0.8:
            facts.append({"concept": "metformin", "date": "2020-01-01"})
        if draw.random() < 0.7:
            facts.append({"concept": "serum_b12", "value": str(draw.choice((90, 150, 190, 250, 400))), "unit": "pg/mL", "date": "2026-01-10"})
        if draw.random() < 0.4:
            facts.append({"concept": "hydroxocobalamin", "date": "2026-02-01", "dose": "1000 ug intramuscular"})
        if draw.random() < 0.5:
            facts += [{"concept": "hemoglobin", "value": str(draw.choice((9, 14))), "unit": "g/dL", "date": draw.choice(("2026-01-09", "2026-02-08", "2026-06-01"))},
                      {"concept": "mcv", "value": "90", "unit": "fL", "date": "2026-06-01"}]  # fmt: skip
        survey = {"weight": draw.choice(("1000.5", "250", "0", "")), "stratum": str(index % 5), "psu": str(draw.randint(1, 2))} if weighted else {}
        found.append({"patient_id": f"{CANARY}{index}", "sex": draw.choice(("female", "male", "")), "age_years": draw.choice((8, 15, 30, 50, 65, 80, "")),
                      "site": draw.choice(("Hill <clinic>", "مستشفى النور", "")), **survey, "facts": facts})  # fmt: skip
    return found


def data_of(people: list[dict[str, Any]], engine: str, small_cells: int | None = 0) -> dict[str, Any]:
    return report_data(Run(people, as_of=AS_OF, engine=engine), Account(), small_cells)


def rounded(tree: Any) -> Any:
    """The tree with fractions as far as the order of adding leaves them alike."""
    if isinstance(tree, dict):
        return {key: rounded(value) for key, value in tree.items()}
    if isinstance(tree, list):
        return [rounded(value) for value in tree]
    return float(f"{tree:.9g}") if isinstance(tree, float) else tree


@pytest.fixture(scope="module")
def everybody() -> dict[str, Any]:
    return data_of(cases(300), "duckdb")


def test_both_engines_report_the_same(everybody: dict[str, Any]) -> None:
    """Pins that counting in the database and one by one gives the same report, weighted estimates and hidden cells included."""
    assert rounded(data_of(cases(300), "memory")) == rounded(everybody)
    assert rounded(data_of(cases(80), "memory", None)) == rounded(data_of(cases(80), "duckdb", None))


def test_every_step_is_part_of_the_one_before(everybody: dict[str, Any]) -> None:
    """Pins that no step counts more than the step before it or than those who have it on record, in any group, and that every step is reached."""
    steps = everybody["cascade"]["steps"]
    for group in everybody["cascade"]["groups"]:
        along = [group["people"], *(group["path"][step] for step in steps)]
        assert along == sorted(along, reverse=True), group
        assert all(group["path"][step] <= group["each"][step] <= group["people"] for step in steps)
    assert everybody["cascade"]["groups"][0]["path"]["recovered"] > 0


@pytest.mark.parametrize("dimension", ["age_groups", "sexes"])
def test_groups_add_up_to_everybody(everybody: dict[str, Any], dimension: str) -> None:
    """Pins that ages and sexes, the unknown ones included, add up to everybody at every step."""
    groups = everybody["cascade"]["groups"]
    for way in ("each", "path"):
        for step in everybody["cascade"]["steps"]:
            assert sum(group[way][step] for group in groups if group["dimension"] == dimension) == groups[0][way][step]


def test_statuses_and_changes_add_up(everybody: dict[str, Any]) -> None:
    """Pins that under each guideline everybody has one status, and that the listed changes are all the changes."""
    for guideline, counts in everybody["statuses"].items():
        assert sum(counts.values()) == everybody["people"], guideline
    for guideline, number in everybody["flips"].items():
        assert sum(change["people"] for change in everybody["changes"] if change["guideline"] == guideline) == number


def test_people_without_a_weight_are_counted(everybody: dict[str, Any]) -> None:
    """Pins that who is not in the survey is said, and that nobody is in it and out of it."""
    survey = everybody["survey"]
    without = sum(case["weight"] == "" for case in cases(300))
    assert (survey["without_weight"], survey["people"]) == (without, 300 - without)
    assert data_of(cases(20, weighted=False), "duckdb")["survey"] is None


def test_small_cells_cannot_be_computed() -> None:
    """Pins that every hidden part of a visible sum has another beside it, and that nothing small is shown."""
    data = data_of(cases(120), "duckdb", 5)
    groups = data["cascade"]["groups"]
    some = False
    for way in ("each", "path"):
        for step in data["cascade"]["steps"]:
            assert not [g for g in groups if 0 < (g[way][step] or 0) < 5]
            for dimension in ("age_groups", "sexes"):
                parts = [g[way][step] for g in groups if g["dimension"] == dimension]
                some = some or None in parts
                assert parts.count(None) != 1 or groups[0][way][step] is None or not any(parts)
    assert some
    for measure in data["prevalence"]:
        for row in measure["groups"]:
            assert row["found"] is None or row["found"] == 0 or row["found"] >= 5
            assert (row["share"] is None) >= (row["found"] is None)


def test_the_next_smallest_goes_with_a_hidden_part() -> None:
    """Pins the rule on parts of parts: what is hidden in one sum must not come back through another."""
    counts = {"all": 30, "young": 3, "old": 27, "older": 7, "oldest": 20}
    assert hidden(counts, [("all", ["young", "old"]), ("old", ["older", "oldest"])], 5) == {"young", "old"}
    assert hidden({"all": 9, "a": 9, "b": 0}, [("all", ["a", "b"])], 5) == set()


WAITS = {("test", 30 * month, True): 20 - month for month in range(12)} | {("test", 365, False): 40, ("treatment", 10, True): 3, ("treatment", 50, False): 9}
MISSED = {"test": 254, "treatment": 9}


def test_waits() -> None:
    """Pins medians and shares of who waits, and that a curve of a few people is not drawn."""
    test, treatment = waiting(WAITS, MISSED, [90, 180, 400], 0.95, 5)
    assert (test["people"], test["happened"], test["missed_chances"]) == (214, 174, 254)
    assert [(mark["days"], mark["waiting"], round(mark["share"], 4)) for mark in test["marks"]] == [(90, 140, 0.6542), (180, 95, 0.4439)]
    assert (test["median"], test["median_low"] <= 180 <= test["median_high"]) == (180, True)
    assert test["curve"][0] == [0, 1.0, 1.0, 1.0]
    assert test["curve"][-1][0] == 365
    assert (treatment["people"], treatment["happened"], treatment["median"], treatment["curve"]) == (12, None, None, [])
    assert waiting(WAITS, MISSED, [30], 0.95, 0)[1]["happened"] == 3


class Outline(HTMLParser):
    """What a page is made of: tags in order, addresses, and the text of its titles."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action", "data", "xlink:href")]


@pytest.fixture(scope="module", params=LANGUAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    out = tmp_path_factory.mktemp("page") / "report.html"
    write_report(Run(cases(300), as_of=AS_OF, engine="duckdb"), out, request.param, "html", None)
    return request.param, out.read_text(encoding="utf-8")


def test_the_page_stands_alone(page: tuple[str, str]) -> None:
    """Pins that a page fetches nothing, runs nothing, names its language and direction, and shows no patient."""
    lang, text = page
    outline = Outline()
    outline.feed(text)
    assert all(address.startswith("#") for address in outline.addresses)
    assert not re.search(r"https?:|//[a-z]|@import|url\(", text)
    assert not {"script", "link", "img", "iframe", "object"} & set(outline.tags)
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in text
    assert CANARY not in text
    assert "Hill &lt;clinic&gt;" in text


def test_every_chart_has_its_words_and_its_table(page: tuple[str, str]) -> None:
    """Pins that each drawing has a title and a description, and a table right behind it."""
    outline = Outline()
    outline.feed(page[1])
    kept = [tag for tag in outline.tags if tag in ("svg", "desc", "table")]
    assert kept.count("svg") >= 5
    for index, tag in enumerate(kept):
        if tag == "svg":
            assert kept[index + 1 : index + 3] == ["desc", "table"]


def test_no_english_is_left(page: tuple[str, str]) -> None:
    """Pins that a Hindi or Arabic page has no sentence in English: a missing message would be said in English as one run."""
    lang, text = page
    bare = re.sub(r"<style>.*?</style>|<[^>]*>|class=\"code\">.*?</td>", " ", text, flags=re.DOTALL)
    if lang != "en":
        assert not re.search(r"\b(the|people|of|and|with|step|group)\b", bare)


def test_a_replay_adds_the_waits(tmp_path: Path) -> None:
    """Pins that a replay tells how long people waited, alike on both engines, and that the page draws it above its table."""
    found = []
    for engine in ("memory", "duckdb"):
        write_report(Run(cases(60), as_of=AS_OF, engine=engine), tmp_path / f"{engine}.json", "en", "json", 0, True)
        found.append(json.loads((tmp_path / f"{engine}.json").read_text())["waiting"])
    assert found[0] == found[1]
    assert [wait["kind"] for wait in found[0]] == ["test", "treatment"]
    assert all(wait["people"] > wait["happened"] > 0 for wait in found[0])
    write_report(Run(cases(60), as_of=AS_OF, engine="duckdb"), tmp_path / "page.html", "ar", "html", 0, True)
    assert 'id="waiting-chart-title"' in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_invented_people_are_called_so(tmp_path: Path) -> None:
    """Pins that a report on people of `cobalamin simulate` says that nobody is real, and no other report does."""
    assert cobalamin("simulate", "gulf", "--people", "60", "--out", tmp_path / "gulf", "--as-of", AS_OF).code == 0
    assert cobalamin("report", tmp_path / "gulf", "--as-of", AS_OF, "--out", tmp_path / "report.html").code == 0
    assert "nobody in this report is real" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert not data_of(cases(3), "memory")["synthetic"]


def test_the_command(tmp_path: Path) -> None:
    """Pins the command: a page by default, JSON by its ending, both with the same counts, and nothing written on a mistake."""
    source = tmp_path / "people.jsonl"
    source.write_text("\n".join(json.dumps(case) for case in cases(30)))
    page, data = tmp_path / "report.html", tmp_path / "report.json"
    done = cobalamin("report", source, "--as-of", AS_OF, "--out", page)
    assert (done.code, page.exists()) == (0, True)
    assert "patients: 30 read = 30 used + 0 set aside" in done.err
    assert cobalamin("report", source, "--as-of", AS_OF, "--out", data, "--small-cells", "0").code == 0
    assert json.loads(data.read_text())["people"] == 30
    assert cobalamin("report", source, "--as-of", AS_OF, "--guideline", "ng23", "--out", tmp_path / "no.html").code == 2
    assert not (tmp_path / "no.html").exists()


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("truth") / "gulf"
    invent("gulf", 1500, 3, folder, AS_OF)
    return folder


def test_invented_people_are_judged_by_the_truth(invented: Path) -> None:
    """Pins that the section says what `compare --truth` says, with intervals around each share, and that everything is called synthetic."""
    data = report_data(Run(str(invented), as_of=AS_OF), Account(), None, truth=invented / "truth.parquet")
    held = data["truth"]
    assert (data["synthetic"], held["synthetic"], held["region"]) == (True, True, "gulf")
    assert held["guidelines"] == [one.to_dict() for one in judge(Run(str(invented), as_of=AS_OF), invented / "truth.parquet")]
    for one in held["guidelines"]:
        assert one["found"] <= one["reached"] <= one["deficient"] == held["deficient"]
        assert held["untreated"] == one["deficient"] + one["others"]
        for name, reach in one["intervals"].items():
            assert 0 <= reach[0] <= one[name] <= reach[1] <= 100
    one = held["guidelines"][0]
    share = wilson(one["others"] - one["wrongly"], one["others"], 0.95)
    assert one["intervals"]["specificity"] == (100 * share.low, 100 * share.high)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_the_truth_and_that_nobody_is_real(invented: Path, tmp_path: Path, lang: str) -> None:
    """Pins the section in three languages: a chart above each table, every guideline in each, words that say it is invented; without --truth there is none."""
    out, words = tmp_path / "report.html", language(lang)
    done = cobalamin("report", str(invented), "--truth", str(invented / "truth.parquet"), "--as-of", AS_OF, "--lang", lang, "--out", str(out))
    assert done.code == 0, done.err
    text = out.read_text(encoding="utf-8")
    section = text[text.index('id="truth"') : text.index('id="account"')]
    assert escape(words.say("simulation-notice")) in section
    outline = Outline()
    outline.feed(section)
    assert [tag for tag in outline.tags if tag in ("svg", "table")] == ["svg", "table"] * 3
    for guideline in load().guidelines:
        assert section.count(f">{guideline}<") == 3
    assert not re.search(r"https?:|<script|<link|<img", text)
    test_no_english_is_left((lang, section))
    write_report(Run(str(invented), as_of=AS_OF), out, lang, "html", None)
    assert 'id="truth"' not in out.read_text(encoding="utf-8")


def test_the_truth_of_others_is_refused(invented: Path, tmp_path: Path) -> None:
    """Pins that a truth that is missing or about nobody in the input is one clear line, and that no page is left behind."""
    out = tmp_path / "report.html"
    clinic = Path(__file__).parents[2] / "samples" / "clinic"
    for truth, input, says in ((tmp_path / "truth.parquet", invented, "synthetic.json"), (invented / "truth.parquet", clinic, "none of the people")):
        done = cobalamin("report", str(input), "--truth", str(truth), "--as-of", AS_OF, "--out", str(out))
        assert done.code != 0
        assert says in done.err
        assert not out.exists()
