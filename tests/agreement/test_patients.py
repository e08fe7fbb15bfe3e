"""Both engines give every generated patient the same assessment, field by field, trace and set-aside rows included."""

from __future__ import annotations

import os
from random import Random
from typing import Any

import pytest
from generated_patients import AS_OF, Maker
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cobalamin
from cobalamin.rules.load import load

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

MAKER = Maker(load())
BATCH = 2000
TOTAL = int(os.environ.get("COBALAMIN_AGREEMENT_PATIENTS", "10000"))


def answers(cases: list[dict[str, Any]], engine: str, guideline: str) -> list[dict[str, Any]]:
    """The assessments of one engine, with what else the run said of its rows."""
    account = cobalamin.Account()
    rows = list(cobalamin.assess_all(cases, as_of=AS_OF.isoformat(), guideline=guideline, engine=engine, account=account))
    assert account.adds_up
    return [*rows, account.to_dict()]


def check(cases: list[dict[str, Any]], guideline: str) -> None:
    """Fail with the first patient and field on which the engines part."""
    memory, duckdb = answers(cases, "memory", guideline), answers(cases, "duckdb", guideline)
    for case, a, b in zip([*cases, {}], memory, duckdb, strict=True):
        for field in a:
            assert a[field] == b[field], (field, a[field], b[field], case)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.sampled_from(sorted(MAKER.knowledge.guidelines)), st.integers(1, 8))
def test_engines_agree_on_patients_that_shrink(random: Random, guideline: str, size: int) -> None:
    """Small batches drawn by Hypothesis, so that a disagreement comes back as the smallest patient that shows it."""
    check([MAKER.case(random, number) for number in range(size)], guideline)


@pytest.mark.parametrize("batch", range(max(TOTAL // BATCH, 1)))
def test_engines_agree_on_many_patients(batch: int) -> None:
    """Ten thousand patients by seed in every run; COBALAMIN_AGREEMENT_PATIENTS=1000000 for a million."""
    guidelines = sorted(MAKER.knowledge.guidelines)
    random = Random(f"cobalamin-{batch}")
    check([MAKER.case(random, number) for number in range(BATCH)], guidelines[batch % len(guidelines)])
