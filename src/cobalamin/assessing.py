"""Assess one person: a case in, an assessment out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.errors import UsageError, nearest
from cobalamin.model.account import Account
from cobalamin.model.assessment import Assessment
from cobalamin.model.fact import Case
from cobalamin.records.case import read_case
from cobalamin.records.words import Words
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.load import load


def today() -> str:
    """The day an assessment is made when none is given."""
    return date.today().isoformat()


@lru_cache(maxsize=16)
def _engine(files: tuple[Path, ...], as_of: str, guideline: str, asked: tuple[str, ...]) -> MemoryEngine:
    knowledge = load(extra=files)
    return MemoryEngine(knowledge, as_of, guideline, _words(files), asked=asked)


@lru_cache(maxsize=4)
def _words(files: tuple[Path, ...]) -> Words:
    return Words(load(extra=files))


def vocabulary() -> Words:
    """The words of the knowledge that is shipped, read once."""
    return _words(())


def memory_engine(as_of: str | None = None, guideline: str | None = None, guideline_files: Iterable[str | Path] = (),
                  asked: Iterable[str] = ()) -> MemoryEngine:  # fmt: skip
    """A memory engine for a day and a guideline, with the stages *asked* for; making one takes milliseconds, and it is kept for the next call."""
    files = tuple(Path(file) for file in guideline_files)
    knowledge = load(extra=files)
    return _engine(files, checked_day(as_of), checked_guideline(knowledge, guideline), tuple(asked))


def checked_guideline(knowledge: Knowledge, guideline: str | None) -> str:
    """A guideline that exists, the default when none is named."""
    if guideline is None:
        return knowledge.default_guideline
    if guideline not in knowledge.guidelines:
        raise UsageError(f"There is no guideline '{guideline}'; there are {', '.join(knowledge.guidelines)}. "
                         f"{nearest(guideline, knowledge.guidelines)}")  # fmt: skip
    return guideline


def checked_day(as_of: str | date | None) -> str:
    """An ISO day, today when none is given."""
    if as_of is None:
        return today()
    try:
        day = as_of if isinstance(as_of, date) else date.fromisoformat(str(as_of))
    except ValueError:
        raise UsageError(f"'{as_of}' is not a day; write it like 2026-11-20.") from None
    if not date(1900, 1, 1) <= day <= date(2200, 1, 1):
        raise UsageError(f"{day.isoformat()} is outside 1900 to 2200.")
    return day.isoformat()


def assess(case: Mapping[str, Any], *, as_of: str | None = None, guideline: str | None = None, guideline_files: Iterable[str | Path] = (),
           would_change: bool = True) -> Assessment:  # fmt: skip
    """Assess one person given as a case (the patient's columns and a list of facts), or as a FHIR Bundle about one person.

    `would_change` of the answer says which missing facts would change it, which takes most of the time; it can be left out.

    >>> assess({"age_years": 57, "facts": [{"concept": "serum_b12", "value": 95, "unit": "pg/mL"}]}).status
    'deficient'
    """
    engine = memory_engine(as_of, guideline, guideline_files)
    if isinstance(case, Mapping) and "resourceType" in case:
        from cobalamin.records.fhir.resources import case_of

        case = case_of(case, engine.words, checked_day(as_of)).case
    return engine.assess(read_case(case, engine.words, engine.day, engine.spoken), would_change=would_change)


def understood(case: Mapping[str, Any], engine: MemoryEngine, account: Account) -> Case:
    """A case as understood, entered into the account."""
    read = read_case(case, engine.words, engine.day, engine.spoken)
    account.columns_set_aside.update(item.reason for item in read.patient.set_aside)
    account.facts_set_aside.update(item.reason for item in (*read.set_aside, *read.not_understood))
    account.facts_used += read.used
    return read
