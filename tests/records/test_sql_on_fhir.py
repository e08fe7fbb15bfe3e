"""Both runners of views pass the official shareable cases, and refuse by name what they do not know."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sql_on_fhir_suite import RUNNERS, Run, SuiteCase, outcome, suite_cases

from cobalamin.records.fhir.path import ViewError
from cobalamin.records.fhir.rows import evaluate_view
from cobalamin.records.fhir.shape import r4
from cobalamin.records.fhir.view import compile_view

VIEWS = Path(__file__).parents[2] / "src/cobalamin/records/fhir/views"
CASES = list(suite_cases())
NOT_SUPPORTED = "refused: The view uses repeat, which is not supported."


@pytest.mark.parametrize("run", RUNNERS, ids=lambda run: run.__name__)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case_of_the_official_suite(case: SuiteCase, run: Run, tmp_path: Path) -> None:
    found = outcome(case, run, tmp_path)
    assert found == (NOT_SUPPORTED if '"repeat"' in json.dumps(case.view) else "passed")


def test_the_page_prints_the_score() -> None:
    refused = sum('"repeat"' in json.dumps(case.view) for case in CASES)
    page = (Path(__file__).parents[2] / "docs/how-to/read-fhir.md").read_text(encoding="utf-8")
    assert f"Of the {len(CASES)} shareable cases of the official suite it passes {len(CASES) - refused} and refuses {refused} by name" in page
    assert len(CASES) == 123


@pytest.mark.parametrize(
    ("path", "named"), [("id.lowBoundary()", "lowBoundary"), ("id ~ 'x'", "~"), ("issued = @2020", "date"), ("value", "ofType"), ("id.trace('x')", "trace")]
)
def test_what_is_not_supported_is_refused_by_its_name(path: str, named: str) -> None:
    view = {"resource": "Observation", "select": [{"column": [{"name": "x", "path": path}]}]}
    for make in (compile_view, evaluate_view):
        with pytest.raises(ViewError, match=named):
            make(view, r4())


@pytest.mark.parametrize("file", sorted(VIEWS.glob("*.json")), ids=lambda file: file.stem)
def test_our_views_are_shareable(file: Path) -> None:
    """Nothing in a view of ours goes beyond the elements of FHIR R4 that are written down, so any runner can run it."""
    view = json.loads(file.read_text(encoding="utf-8"))
    assert (view["resourceType"], view["resource"], view["fhirVersion"]) == ("ViewDefinition", file.stem, ["4.0.1"])
    compiled = compile_view(view, r4())
    assert "NULL::" not in compiled.sql, "a path of the view names an element that does not exist"
