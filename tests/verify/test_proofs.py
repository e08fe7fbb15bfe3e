"""The shipped knowledge is proved: every property, under every guideline, well within a minute."""

from __future__ import annotations

from collections import Counter

import pytest

from cobalamin.errors import UsageError
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.load import FOLDER, load
from cobalamin.verify import Report, run
from cobalamin.verify.invariants import read_invariants, with_invariants
from cobalamin.verify.workbench import Workbench

DAY = "2026-11-20"


@pytest.fixture(scope="module")
def report() -> Report:
    return run(load(places=True), only=["tables", "lower-b12", "learning", "invariants"], as_of=DAY)


def test_nothing_is_wrong_with_the_shipped_tables(report: Report) -> None:
    assert report.ok, str(report)


def test_every_kind_of_property_was_proved(report: Report) -> None:
    proved = Counter(finding.id for finding in report.of("proved"))
    assert set(proved) == {"overlap", "gap", "dead-row", "direction", "lower-b12", "learning", "invariant"}


def test_status_is_proved_under_each_guideline_by_itself(report: Report, knowledge: Knowledge) -> None:
    for property in ("lower-b12", "learning"):
        assert {f.guideline for f in report.of("proved") if f.id == property} == set(knowledge.guidelines)


def test_every_invariant_holds_under_every_guideline(report: Report) -> None:
    places = {finding.where.split("(")[-1].rstrip(")") for finding in report.of("proved") if finding.id == "invariant"}
    assert places == {invariant.id for invariant in read_invariants(load(), FOLDER)}


def test_the_data_of_the_shipped_knowledge_is_sound() -> None:
    report = run(load(places=True), only=["data"])
    assert report.ok, str(report)


def test_a_proof_without_time_counts_as_an_error(knowledge: Knowledge) -> None:
    report = run(knowledge, ["ng239"], timeout_seconds=0.001, only=["learning"], as_of=DAY)
    assert [finding.id for finding in report.errors] == ["proof-timeout"]
    assert "could not be proved within 0.001 s" in str(report)


def test_an_unknown_guideline_is_refused_with_the_nearest_name(knowledge: Knowledge) -> None:
    with pytest.raises(UsageError, match="Did you mean 'ng239'"):
        run(knowledge, ["ng293"])


def test_one_guideline_can_be_proved_alone(knowledge: Knowledge) -> None:
    report = run(knowledge, ["nhg2018"], only=["lower-b12"], as_of=DAY)
    assert report.ok
    assert {finding.guideline for finding in report.of("proved") if finding.id == "lower-b12"} == {"nhg2018"}


def test_invariants_leave_the_tables_as_they_are(knowledge: Knowledge) -> None:
    """With the invariants bound beside them, the tables conclude the same for a patient as without."""
    bench = Workbench(with_invariants(knowledge, read_invariants(knowledge, FOLDER)), DAY, ("ng239",), 10)
    case = {"patient_id": "p", "age_years": 40, "facts": [{"concept": "serum_b12", "value": "170", "unit": "ng/L"}]}
    assert bench.verdict(bench.values(case), "ng239") == "deficient by row 'total_b12_low'"
