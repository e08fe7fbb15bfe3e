"""Published estimates of NHANES with their design-based errors, by the report itself and by the module it estimates with."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from cobalamin.model.account import Account
from cobalamin.run import Run
from cobalamin.stats.survey import Estimate, Sums, ratio

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "nhanes"
ROCHE = "10 ** (0.97 * log10(serum_b12) + 0.14)"
# The weights NCHS says to take, by the cycles a publication pools.
WEIGHTS = {"2005-2006": ("cycle = '2005-2006'", "wtmec2yr"), "1999-2004": ("cycle < '2005'", "CASE WHEN cycle = '2003-2004' THEN wtmec2yr / 3 ELSE wtmec4yr * 2 / 3 END")}

# What the report says of adults of 20 years and over: cycles, measure, published %, tolerance, people, here %, standard error here.
# CDC: VITB12_G documentation, analytic notes. Mineva: Curr Dev Nutr 2020;4(Suppl 2):1824, no errors printed; homocysteine stays
# 0.59 points low because the abstract does not say how it adjusted for the method of 2002, and 118 adults have no serum B12.
# The errors here are not printed anywhere; they are pinned so that nobody changes them unseen.
REPORTED = [
    ("2005-2006", "b12_inadequate", 3.06, 0.005, 4392, 3.06, 0.36),
    ("1999-2004", "b12_deficient", 2.2, 0.2, 13362, 2.25, 0.14),
    ("1999-2004", "b12_marginal", 13.0, 0.2, 13362, 12.93, 0.53),
    ("1999-2004", "homocysteine_raised", 8.4, 0.6, 13342, 7.81, 0.39),
]

# CDC, VITB12_G documentation, table 1: weighted geometric mean of adults 2005-2006 and its standard error, pg/mL.
GEOMETRIC = [("serum_b12", 469.8, 7.1), (ROCHE, 539.2, 7.9)]

# Bailey 2013 (PMC3712554), table 2: adults of 19 and over in NHANES 1999-2004 by serum B12 in pmol/L, as printed: value and standard error.
# The sample does not say who was lactating (145 women the paper leaves out), so 12,796 people stand for its 12,683: two shares come out a
# point lower (20.5 for 21, 50.3 for 51 %), and the error of homocysteine in the smallest group is 1.3 for a printed 2.
GROUPS = {"low": "p < 126", "middle": "p BETWEEN 126 AND 287", "high": "p > 287"}
SHARES = {("low", "age_years >= 60"): (37, 4), ("middle", "age_years >= 60"): (20, 1), ("high", "age_years >= 60"): (23, 1),
          ("low", "sex = 'male'"): (37, 5), ("middle", "sex = 'male'"): (48, 1), ("high", "sex = 'male'"): (50, 1)}  # fmt: skip
MEANS = {("low", "age_years"): (53, 1), ("middle", "age_years"): (45, 0.3), ("high", "age_years"): (46, 0.3),
         ("low", "mma"): (718, 113), ("middle", "mma"): (176, 2), ("high", "mma"): (137, 2),
         ("low", "homocysteine"): (17, 1), ("middle", "homocysteine"): (10, 0.1), ("high", "homocysteine"): (8, 0.1)}  # fmt: skip
PRINTED_OTHERWISE = {("middle", "age_years >= 60"): (21, 1), ("high", "sex = 'male'"): (51, 1), ("low", "mma"): (719, 113), ("low", "homocysteine"): (17, 2)}


@pytest.fixture(scope="module")
def con() -> Any:
    """The sample as one wide row a person."""
    con = duckdb.connect()
    for name in ("patients", "facts", "design"):
        con.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{SAMPLE / name}.parquet')")
    con.execute("""CREATE TABLE wide AS SELECT *, serum_b12 * 0.738 AS p, methylmalonic_acid * 1000 AS mma
        FROM patients JOIN design USING (patient_id)
        JOIN (PIVOT (SELECT patient_id, concept, coalesce(value, 1) AS value FROM facts) ON concept USING max(value) GROUP BY patient_id) USING (patient_id)""")
    yield con
    con.close()


def estimate(con: Any, cycles: str, value: str, where: str) -> Estimate:
    """A mean over people of some cycles, estimated as the report estimates: from sums over the units, with every unit of the design."""
    within, weight = WEIGHTS[cycles]
    design = con.execute(f"SELECT DISTINCT stratum, psu FROM wide WHERE {within}").fetchall()
    sums = con.execute(f"SELECT stratum, psu, count(*), sum({weight}), sum({weight} * ({value})) FROM wide WHERE {within} AND {where} GROUP BY 1, 2").fetchall()
    return ratio(design, {(stratum, psu): Sums(*held) for stratum, psu, *held in sums}, 0.95)


@pytest.fixture(scope="module")
def adults(con: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, dict[str, Any]]]:
    """What the report says of adults, by cycles and measure."""
    from cobalamin.app.reporting import report_data

    found = {}
    for cycles, (within, weight) in WEIGHTS.items():
        folder = tmp_path_factory.mktemp(cycles)
        con.execute(f"""COPY (SELECT patient_id, sex, age_years, {weight} AS weight, stratum, psu FROM patients JOIN design USING (patient_id)
            WHERE {within}) TO '{folder}/patients.parquet'""")
        con.execute(f"""COPY (SELECT * FROM facts WHERE concept IN ('serum_b12', 'homocysteine') AND patient_id IN (SELECT patient_id FROM design WHERE {within}))
            TO '{folder}/facts.parquet'""")
        data = report_data(Run(folder, as_of="2026-11-20", engine="duckdb"), Account())
        found[cycles] = {m["measure"]: next(row for row in m["groups"] if row["group"] == "adults") for m in data["prevalence"]}
    return found


@pytest.mark.parametrize(("cycles", "measure", "published", "tolerance", "people", "here", "error"), REPORTED)
def test_the_report_equals_published_prevalences(
    adults: Any, cycles: str, measure: str, published: float, tolerance: float, people: int, here: float, error: float
) -> None:
    """Pins published prevalences as the report prints them, with the number of people and the design-based error."""
    row = adults[cycles][measure]
    share = 100 * row["survey"]["share"]
    assert abs(share - published) <= tolerance
    assert (row["known"], round(share, 2), round(100 * row["survey"]["error"], 2)) == (people, here, error)
    assert row["survey"]["korn_graubard"][0] < row["survey"]["share"] < row["survey"]["korn_graubard"][1]


@pytest.mark.parametrize(("value", "mean", "error"), GEOMETRIC)
def test_published_errors_of_geometric_means(con: Any, value: str, mean: float, error: float) -> None:
    """Pins CDC's geometric means and their standard errors to the printed decimal; minors stay in the design and out of the estimate."""
    found = estimate(con, "2005-2006", f"ln({value})", "age_years >= 20")
    assert found.value is not None
    assert found.error is not None
    assert (round(math.exp(found.value), 1), round(math.exp(found.value) * found.error, 1)) == (mean, error)
    assert (found.strata, found.units, found.freedom) == (15, 30, 15)


BAILEY = """age_years >= 19 AND pregnancy IS NULL AND methylmalonic_acid IS NOT NULL AND creatinine IS NOT NULL AND p <= 1265 AND 30 <= 142
    * least(creatinine / CASE sex WHEN 'female' THEN 0.7 ELSE 0.9 END, 1) ** CASE sex WHEN 'female' THEN -0.241 ELSE -0.302 END
    * greatest(creatinine / CASE sex WHEN 'female' THEN 0.7 ELSE 0.9 END, 1) ** -1.2 * 0.9938 ** age_years * CASE sex WHEN 'female' THEN 1.012 ELSE 1 END"""


def as_printed(number: float, like: float) -> float:
    return round(number, 1) if isinstance(like, float) else round(number)


@pytest.mark.parametrize(("group", "having"), SHARES)
def test_published_errors_of_shares_in_subpopulations(con: Any, group: str, having: str) -> None:
    """Pins shares within groups of serum B12 and their design-based errors: subpopulations cut by a measurement, many units without anybody."""
    found = estimate(con, "1999-2004", f"({having})::INT", f"{BAILEY} AND {GROUPS[group]}")
    assert (round(100 * (found.value or 0)), round(100 * (found.error or 0))) == SHARES[group, having]
    printed = PRINTED_OTHERWISE.get((group, having), SHARES[group, having])
    assert abs(100 * (found.value or 0) - printed[0]) < 0.8


@pytest.mark.parametrize(("group", "value"), MEANS)
def test_published_errors_of_means_in_subpopulations(con: Any, group: str, value: str) -> None:
    """Pins means within the same groups and their design-based errors."""
    found = estimate(con, "1999-2004", value, f"{BAILEY} AND {GROUPS[group]} AND {value} IS NOT NULL")
    mean, error = MEANS[group, value]
    assert (round(found.value or 0), as_printed(found.error or 0, error)) == (mean, error)
    printed = PRINTED_OTHERWISE.get((group, value), MEANS[group, value])
    assert abs((found.value or 0) - printed[0]) < 0.7


def test_the_units_without_anybody_count(con: Any) -> None:
    """Pins that a rare group is estimated with every unit: leaving out those without anybody would give another error."""
    rare = f"{BAILEY} AND {GROUPS['low']} AND age_years >= 75"
    whole = estimate(con, "1999-2004", "(sex = 'male')::INT", rare)
    within, weight = WEIGHTS["1999-2004"]
    sums = con.execute(f"""SELECT stratum, psu, count(*), sum({weight}), sum({weight}) FILTER (sex = 'male') FROM wide
        WHERE {within} AND {rare} GROUP BY 1, 2""").fetchall()
    held = {(stratum, psu): Sums(people, total, value or 0.0) for stratum, psu, people, total, value in sums}
    assert whole.units == 87
    assert len(held) < whole.units
    assert whole.freedom == len(held) - len({stratum for stratum, _ in held})
    within_group = ratio(held, held, 0.95)
    assert (within_group.value, round(100 * (whole.error or 0), 1), round(100 * (within_group.error or 0), 1)) == (whole.value, 9.4, 9.5)
