"""The engines every spec table is run on, each behind one small seam: cases in, assessments as plain dicts out."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from spark_session import spark_session, why_no_spark

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.records.case import read_case
from cobalamin.rules.load import load

Case = dict[str, Any]
Answer = dict[str, Any]
Lists = dict[str, dict[str, str]]
"""The worklists a person stands on, with the reasons and the day each is due."""


@dataclass(frozen=True)
class EngineUnderTest:
    """An engine by name: `run` answers the cases in order, `lists` says on which worklists each stands; `missing` says why it cannot run here (or is empty)."""

    name: str
    run: Callable[[list[Case], str, str], list[Answer]]
    lists: Callable[[list[Case], str, str], dict[str, Lists]]
    missing: str = ""
    cards: Callable[[list[Case], str, str], dict[str, dict[str, list[str]]]] | None = None
    """The cards each is shown, by id and collection; none for an engine that works on tables."""


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


def lists_by(engine: str) -> Callable[[list[Case], str, str], dict[str, Lists]]:
    """The worklists of every case by an engine, by id."""

    def lists(cases: list[Case], as_of: str, guideline: str) -> dict[str, Lists]:
        from cobalamin.app.worklist import lists_of
        from cobalamin.run import Run

        found: dict[str, Lists] = {case["patient_id"]: {} for case in cases}
        with lists_of(Run(cases, as_of=as_of, guideline=guideline, engine=engine), load().pathway["worklists"]) as held:
            for row in held.rows:
                found[row["patient_id"]][row["kind"]] = {reason["reason"]: reason["due"] for reason in row["reasons"]}
        return found

    return lists


def cards_in_memory(cases: list[Case], as_of: str, guideline: str) -> dict[str, dict[str, list[str]]]:
    from cobalamin.app.cds_hooks.service import engine_for
    from cobalamin.engines.memory.cards import Cards
    from cobalamin.rules.cards import COLLECTIONS

    engine = engine_for(as_of, guideline)
    raising = {name: Cards(engine, name) for name in COLLECTIONS}
    read = ((case["patient_id"], read_case(case, engine.words, engine.day)) for case in cases)
    return {id: {name: [one.card.id for one in cards.of(case)[0]] for name, cards in raising.items()} for id, case in read}


def run_on_spark(cases: list[Case], as_of: str, guideline: str) -> list[Answer]:
    import cobalamin

    return list(cobalamin.assess_all(cases, as_of=as_of, guideline=guideline, engine="spark", spark=spark_session()))


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


ENGINES = (EngineUnderTest("memory", run_in_memory, lists_by("memory"), cards=cards_in_memory),
           EngineUnderTest("duckdb", run_on_duckdb, lists_by("duckdb"), why_no_duckdb()),
           EngineUnderTest("spark", run_on_spark, lists_by("spark"), why_no_spark() or why_no_duckdb()))  # fmt: skip
