"""The range a laboratory prints beside its result is kept and shown, whatever the record it comes from, and decides nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import cobalamin
from cobalamin.rules.load import load

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")
SAMPLES = Path(__file__).parents[2] / "samples"
CASE = {"patient_id": "a", "age_years": 50, "facts": [
    {"concept": "serum_b12", "date": "2026-11-01", "value": 205, "unit": "pg/mL", "reference": "> 200 pg/mL"},
    {"concept": "mcv", "date": "2026-11-01", "value": "abc", "unit": "fL", "reference": "80-100"},
    {"concept": "metformin", "date": "2026-01-01", "reference": "no result"},
]}  # fmt: skip


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_only_results_that_were_used_keep_their_range(engine: str) -> None:
    (answer,) = cobalamin.assess_all([CASE], as_of="2026-11-20", engine=engine)
    assert answer["reference_ranges"] == [{"fact": "serum_b12 205 pg/mL (2026-11-01)", "range": "> 200 pg/mL"}]
    bare = {**CASE, "facts": [{name: held for name, held in fact.items() if name != "reference"} for fact in CASE["facts"]]}
    (plain,) = cobalamin.assess_all([bare], as_of="2026-11-20", engine=engine)
    assert plain == {**answer, "reference_ranges": []}


@pytest.mark.parametrize(("source", "range"), [("fhir/bundle.json", "211-911 pg/mL"), ("omop", "12-15.5")])
def test_records_bring_it(source: str, range: str) -> None:
    answers = cobalamin.assess_all(SAMPLES / source, as_of="2026-11-20")
    assert range in [held["range"] for answer in answers for held in answer["reference_ranges"]]


def test_a_wide_table_brings_it_in_one_column_or_two(tmp_path: Path) -> None:
    (tmp_path / "visits.csv").write_text("id,when,b12,lo,hi,hb,usual\n1,2026-10-01,150,200,900,13,12-16\n2,2026-10-01,300,,900,13,\n")
    mapping = {"patient": {"patient_id": "id"}, "date": "when", "results": {
        "b12": {"concept": "serum_b12", "unit": "pg/mL", "low": "lo", "high": "hi"}, "hb": {"concept": "hemoglobin", "unit": "g/dL", "reference": "usual"}}}  # fmt: skip
    (tmp_path / "visits.mapping.yaml").write_text(json.dumps(mapping))
    answers = list(cobalamin.assess_all(tmp_path / "visits.csv", as_of="2026-11-20"))
    assert [[held["range"] for held in answer["reference_ranges"]] for answer in answers] == [["12-16", "200-900"], ["900"]]


@pytest.mark.parametrize("lang", ["en", "hi", "ar"])
def test_the_page_shows_it_as_one_run(lang: str) -> None:
    from cobalamin.outputs.text import render

    assert "\u2066> 200 pg/mL\u2069" in render(cobalamin.assess(CASE, as_of="2026-11-20"), load(), lang, "both")
