"""The Spark engine gives everybody the assessment the other engines give, on one machine, on several workers, and in a session of the user's."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest
from generated_patients import AS_OF, Maker
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from spark_session import spark_session, why_no_spark

import cobalamin
from cobalamin.rules.load import load

pytestmark = pytest.mark.skipif(bool(why_no_spark()), reason=why_no_spark())
pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

MAKER = Maker(load())
DAY = AS_OF.isoformat()
NHANES = Path(__file__).parents[2] / "samples" / "nhanes"
PATIENTS = 600
CLUSTER = """
import sys
from pathlib import Path
import cobalamin
from cobalamin.engines.spark.session import local_session
with local_session(Path(sys.argv[1]), master="local-cluster[2,1,1024]") as session:
    for name, value in {"spark.sql.codegen.wholeStage": "false", "spark.sql.codegen.factoryMode": "NO_CODEGEN"}.items():
        session.conf.set(name, value)
    for row in cobalamin.assess_tables(session, f"{sys.argv[1]}/patients.parquet", f"{sys.argv[1]}/facts.parquet", as_of=sys.argv[2]).collect():
        print(row.patient_id, row.status, row.urgency, row.treatment.regimen)
"""


def answers(cases: Any, engine: str, guideline: str = "ng239") -> list[dict[str, Any]]:
    """The assessments of one engine, with what else the run said of its rows."""
    account = cobalamin.Account()
    spark = spark_session() if engine == "spark" else None
    rows = list(cobalamin.assess_all(cases, as_of=DAY, guideline=guideline, engine=engine, account=account, spark=spark))
    assert account.adds_up
    return [*rows, account.to_dict()]


def check(cases: list[dict[str, Any]], guideline: str) -> None:
    """Fail with the first patient and field on which the engines part."""
    memory, spark = answers(cases, "memory", guideline), answers(cases, "spark", guideline)
    for case, a, b in zip([*cases, {}], memory, spark, strict=True):
        for field in a:
            assert a[field] == b[field], (field, a[field], b[field], case)


@pytest.mark.parametrize("guideline", ["ng239"])
def test_spark_agrees_on_many_patients(guideline: str) -> None:
    """Pins whole assessments, trace and account of generated patients."""
    random = Random(f"spark-{guideline}")
    check([MAKER.case(random, number) for number in range(PATIENTS)], guideline)


@settings(max_examples=1, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate])
@given(st.lists(st.randoms(use_true_random=False), min_size=20, max_size=20))
def test_spark_agrees_on_drawn_patients(randoms: list[Random]) -> None:
    """A batch drawn by Hypothesis in one run."""
    check([MAKER.case(random, number) for number, random in enumerate(randoms)], "ng239")


def test_spark_reads_parquet_itself(tmp_path: Path) -> None:
    """Pins that Parquet goes to Spark and Parquet comes back, for the people of the NHANES sample as DuckDB answers them."""
    import duckdb

    from cobalamin.run import Run

    account = Run(NHANES, as_of=DAY, engine="spark", spark=spark_session()).write_on_spark(tmp_path / "spark.parquet")
    assert account.to_dict() == Run(NHANES, as_of=DAY, engine="duckdb").write(tmp_path / "duckdb.parquet", "parquet").to_dict()
    con = duckdb.connect()
    ours, theirs = f"'{tmp_path}/spark.parquet/*.parquet'", f"'{tmp_path}/duckdb.parquet'"
    columns = [row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {theirs}").fetchall()]
    assert columns == [row[0] for row in con.execute(f"DESCRIBE SELECT * FROM {ours}").fetchall()]
    unlike = " + ".join(f"count(*) FILTER (WHERE a.{name}::VARCHAR IS DISTINCT FROM b.{name}::VARCHAR)" for name in columns)
    both = con.execute(f"SELECT count(*), {unlike} FROM {ours} a JOIN {theirs} b USING (patient_id)").fetchall()[0]
    assert both == (account.patients_used, 0)


def test_workers_of_their_own_answer_alike(tmp_path: Path) -> None:
    """Pins that two worker processes give what one machine gives: nothing rests on what only the driver holds."""
    import duckdb

    con = duckdb.connect()
    for table in ("patients", "facts"):
        where = f"WHERE patient_id IN (SELECT patient_id FROM '{NHANES}/patients.parquet' ORDER BY patient_id LIMIT 200)"
        con.execute(f"COPY (SELECT * FROM '{NHANES}/{table}.parquet' {where}) TO '{tmp_path}/{table}.parquet' (FORMAT parquet)")
    done = subprocess.run([sys.executable, "-c", CLUSTER, str(tmp_path), DAY], capture_output=True, text=True, check=True, cwd=tmp_path)
    expected = cobalamin.assess_all(tmp_path, as_of=DAY, engine="duckdb")
    assert sorted(done.stdout.splitlines()) == sorted(f"{a['patient_id']} {a['status']} {a['urgency']} {a['treatment']['regimen']}" for a in expected)
    assert not {"spark-warehouse", "metastore_db", "derby.log"} & {file.name for file in tmp_path.iterdir()}
