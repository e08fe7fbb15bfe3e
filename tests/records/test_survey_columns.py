"""The survey and site columns of a patient: read alike by both engines, and set aside when they cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from cobalamin.assessing import memory_engine
from cobalamin.model.account import Account
from cobalamin.records.case import read_case
from cobalamin.run import Run

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

WEIGHTS = {"1234.5": (1234.5, None), "0": (0.0, None), "": (None, None), "3,5": (3.5, None), "1e3": (1000.0, None), "5331.930000000012345": (5331.930000000012345, None),
           "-2": (None, "impossible_value"), "many": (None, "unreadable_value"), "<5": (None, "unreadable_value"), "70 kg": (None, "unreadable_value")}  # fmt: skip


def cases() -> list[dict]:
    return [{"patient_id": f"p{number}", "sex": "female", "weight": weight, "stratum": "4", "psu": 2, "site": "Hill clinic", "facts": []}
            for number, weight in enumerate(WEIGHTS)]  # fmt: skip


def test_both_engines_read_weights_alike(tmp_path: Path) -> None:
    """A weight is a plain number from zero up; anything else is set aside with its reason and the person is used without it."""
    engine = memory_engine("2026-11-20")
    people = [read_case(case, engine.words, engine.day).patient for case in cases()]
    expected = [(weight, "4", "2", "Hill clinic", [reason] if reason else []) for weight, reason in WEIGHTS.values()]
    assert [(p.weight, p.stratum, p.psu, p.site, [item.reason for item in p.set_aside]) for p in people] == expected
    with Run(cases(), as_of="2026-11-20", engine="duckdb").opened(tmp_path) as duck:
        found = duck.con.execute("SELECT weight, stratum, psu, site, [a.reason FOR a IN COALESCE(person_aside, [])] FROM people ORDER BY place").fetchall()
    assert found == expected


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_an_unreadable_weight_is_counted(engine: str) -> None:
    """The account names every weight that was set aside."""
    account = Account()
    run = Run(cases(), as_of="2026-11-20", engine=engine)
    assert sum(1 for _ in run.rows(account)) == len(WEIGHTS)
    assert account.columns_set_aside == {"unreadable_value": 3, "impossible_value": 1}
    assert account.adds_up
