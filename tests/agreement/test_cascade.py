"""The steps of care on generated patients: both engines count the same people in every group."""

from __future__ import annotations

from datetime import timedelta
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


DRUG = {"concept": "hydroxocobalamin", "dose": "1000 ug intramuscular"}
LOW = {"concept": "serum_b12", "value": "90", "unit": "pg/mL"}
WELL = [{"concept": "hemoglobin", "value": "14", "unit": "g/dL"}, {"concept": "mcv", "value": "90", "unit": "fL"}]
RISK = {"concept": "metformin", "date": "2015-01-01"}


def ago(days: int, *facts: dict[str, str]) -> list[dict[str, str]]:
    return [fact | {"date": (AS_OF - timedelta(days=days)).isoformat()} for fact in facts]


STEPS = [
    # what the record holds, and the last step reached without a gap
    ("nothing", [], ""),
    ("a risk", [RISK], "at_risk"),
    ("tested on the first day that counts", [RISK, *ago(730, LOW)], "tested"),
    ("tested a day too early", [RISK, *ago(731, LOW)], "at_risk"),
    ("a low level of the last year", [RISK, *ago(300, LOW)], "deficient"),
    ("treated", [RISK, *ago(300, LOW), *ago(290, DRUG)], "treated"),
    ("a low level two years ago, treated since", [RISK, *ago(700, LOW), *ago(690, DRUG)], "treated"),
    ("treated without any test", [RISK, *ago(290, DRUG)], "at_risk"),
    ("blood taken four days into treatment is no review", [RISK, *ago(300, LOW), *ago(290, DRUG), *ago(286, *WELL)], "treated"),
    ("blood taken five days into treatment", [RISK, *ago(300, LOW), *ago(290, DRUG), *ago(285, *WELL)], "reviewed"),
    ("blood well a day before eight weeks", [RISK, *ago(300, LOW), *ago(290, DRUG), *ago(235, *WELL)], "reviewed"),
    ("blood well after eight weeks", [RISK, *ago(300, LOW), *ago(290, DRUG), *ago(234, *WELL)], "recovered"),
    ("blood well and the person worse", [RISK, *ago(300, LOW), *ago(290, DRUG), *ago(234, *WELL), {"concept": "symptoms_worse"}], "reviewed"),
    ("anemia after eight weeks", [RISK, *ago(300, LOW), *ago(290, DRUG), *ago(234, {"concept": "hemoglobin", "value": "9", "unit": "g/dL"})], "reviewed"),
    ("a result in a word is a look at the blood", [RISK, *ago(300, LOW), *ago(290, DRUG), *ago(200, {"concept": "reticulocyte_percent", "value": "low"})], "reviewed"),
]


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_what_each_step_asks_for(engine: str) -> None:
    """Pins the steps of care at the edges of their windows, each person in a site of its own."""
    people = [{"patient_id": name, "site": name, "sex": "female", "age_years": 50, "facts": facts} for name, facts, _ in STEPS]
    data = report_data(Run(people, as_of=AS_OF.isoformat(), engine=engine), Account(), 0)
    reached = {group["group"]: [step for step, number in group["path"].items() if number] for group in data["cascade"]["groups"] if group["dimension"] == "site"}
    assert {name: (steps or [""])[-1] for name, steps in reached.items()} == {name: last for name, _, last in STEPS}
