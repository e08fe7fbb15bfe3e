"""The steps of care on generated patients: both engines count the same people in every group."""

from __future__ import annotations

from random import Random

import pytest
from generated_patients import AS_OF, Maker

from cobalamin.app.reporting import report_data
from cobalamin.model.account import Account
from cobalamin.rules.load import load
from cobalamin.run import Run

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

MAKER = Maker(load())
TREATMENT = ("hydroxocobalamin", "cyanocobalamin")
CHECKS = ("hemoglobin", "mcv", "serum_b12", "reticulocyte_percent")


def test_engines_count_alike() -> None:
    """Pins cascade, statuses, measures and account on patients that try the engines, with treatment and checks at the edges of its windows."""
    random = Random("report")
    cases = [MAKER.case(random, number) for number in range(250)]
    for case in cases[::2]:
        case["facts"] += [{"concept": random.choice(TREATMENT), "date": MAKER._date(random), "dose": "1000 ug intramuscular"}]
        case["facts"] += [{"concept": check, "date": MAKER._date(random), "value": str(random.choice((8, 14, 90, 300))),
                           "unit": {"hemoglobin": "g/dL", "mcv": "fL", "serum_b12": "pg/mL"}.get(check, "%")} for check in CHECKS]  # fmt: skip
    found = [report_data(Run(cases, as_of=AS_OF.isoformat(), engine=engine), Account(), 0) for engine in ("memory", "duckdb")]
    assert found[0] == found[1]
    assert found[0]["cascade"]["groups"][0]["each"]["reviewed"] > 0
    assert found[0]["cascade"]["groups"][0]["each"]["recovered"] > 0
