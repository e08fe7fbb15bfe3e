"""The query of the DuckDB engine stays small enough to be planned at once, and answers in the order of the patients."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from generated_patients import AS_OF, Maker

from cobalamin.rules.load import load
from cobalamin.run import Run

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

KNOWLEDGE = load()
LONGEST = 500_000


def one_of_everything() -> dict[str, Any]:
    """Somebody with every concept on record: nothing is constant for everybody."""
    facts = [{"concept": id, "date": AS_OF.isoformat()} for id, concept in KNOWLEDGE.concepts.items() if concept.kind != "panel"]
    return {"patient_id": "everything", "sex": "female", "age_years": 40, "facts": facts}


@pytest.mark.parametrize("full_trace", [True, False])
def test_the_query_stays_short(tmp_path: Path, full_trace: bool) -> None:
    """Planning takes as long as the text is long: a look-up is written once, however many rows look at it."""
    with Run([one_of_everything()], as_of=AS_OF.isoformat(), engine="duckdb").opened(tmp_path) as engine:
        assert len(engine.query(full_trace)) < LONGEST


def test_what_nobody_has_is_not_asked(tmp_path: Path) -> None:
    """A concept that is on nobody's record has no column."""
    with Run([{"facts": [{"concept": "glossitis"}]}], as_of=AS_OF.isoformat(), engine="duckdb").opened(tmp_path) as engine:
        assert not engine.features.aggregates.keys() - {"m0"}
        assert {node.concept for node in engine.features.presence_bits} == {"glossitis"}


def test_people_stay_in_order(tmp_path: Path) -> None:
    """Assessments are written in the order of the patients, also when several threads take turns."""
    maker, random = Maker(KNOWLEDGE), Random("order")
    few = [maker.case(random, number)["facts"] for number in range(50)]
    ids = [f"p{random.random()}" for _ in range(30_000)]
    cases = [{"patient_id": id, "facts": few[number % len(few)]} for number, id in enumerate(ids)]
    with Run(cases, as_of=AS_OF.isoformat(), engine="duckdb").opened(tmp_path) as engine:
        engine.write(tmp_path / "out.parquet", full_trace=False)
        found = engine.con.execute(f"SELECT patient_id FROM '{tmp_path}/out.parquet'").fetchall()
    assert [id for (id,) in found] == ids


def test_no_list_of_words_becomes_a_join(tmp_path: Path) -> None:
    """Joins of the people put in order would lose that order once there are several row groups."""
    with Run([one_of_everything()], as_of=AS_OF.isoformat(), engine="duckdb").opened(tmp_path) as engine:
        assert "MARK" not in engine.con.execute(f"EXPLAIN {engine.query(False)}").fetchall()[0][1]
