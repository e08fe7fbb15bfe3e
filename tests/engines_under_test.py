"""The engines every spec table is run on, each behind one small seam: cases in, assessments as plain dicts out."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.records.case import read_case
from cobalamin.rules.load import load

Case = dict[str, Any]
Answer = dict[str, Any]


@dataclass(frozen=True)
class EngineUnderTest:
    """An engine by name: `run` answers the cases in order; `missing` says why it cannot run here (or is empty)."""

    name: str
    run: Callable[[list[Case], str, str], list[Answer]]
    missing: str = ""


@cache
def memory_engine(as_of: str, guideline: str) -> MemoryEngine:
    """One memory engine per day and guideline: building one costs more than a patient."""
    return MemoryEngine(load(), as_of, guideline)


def run_in_memory(cases: list[Case], as_of: str, guideline: str) -> list[Answer]:
    engine = memory_engine(as_of, guideline)
    return [engine.assess(read_case(case, engine.words, engine.day)).to_dict() for case in cases]


def run_on_duckdb(cases: list[Case], as_of: str, guideline: str) -> list[Answer]:
    import cobalamin

    answers = cobalamin.assess_all(cases, as_of=as_of, guideline=guideline, engine="duckdb")
    return [answer if isinstance(answer, dict) else answer.to_dict() for answer in answers]


def why_no_duckdb() -> str:
    """Why the DuckDB engine cannot be tried, or an empty text."""
    if importlib.util.find_spec("duckdb") is None:
        return "the package duckdb is not installed"
    import cobalamin

    if not hasattr(cobalamin, "assess_all"):
        return "cobalamin.assess_all is not there yet"
    if importlib.util.find_spec("cobalamin.engines.duckdb.engine") is None:
        return "the DuckDB engine is not there yet"
    return ""


ENGINES = (EngineUnderTest("memory", run_in_memory), EngineUnderTest("duckdb", run_on_duckdb, why_no_duckdb()))
