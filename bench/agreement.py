"""Whole assessments of generated patients, compared field by field before anything is timed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

from assess_command import DAY
from table import Table

import cobalamin
from cobalamin.rules.load import load

AT_ONCE = 1000


def apart(patients: int) -> list[str]:
    """The patients whom DuckDB does not assess as the memory engine does, with the fields that differ."""
    found = []
    for guideline, cases in _generated(patients):
        memory, duckdb = (cobalamin.assess_all(cases, as_of=DAY, guideline=guideline, engine=engine) for engine in ("memory", "duckdb"))
        for law, other in zip(memory, duckdb, strict=True):
            if law != other:
                found.append(f"{law['patient_id']} ({', '.join(name for name in law if law[name] != other.get(name))})")
    return found


def _generated(patients: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Patients made by the maker of the tests, some at once, the guidelines in turn."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "agreement"))
    from generated_patients import Maker

    knowledge, random = load(), Random("bench")
    maker, guidelines = Maker(knowledge), sorted(knowledge.guidelines)
    for start in range(0, patients, AT_ONCE):
        cases = [maker.case(random, number) for number in range(start, min(start + AT_ONCE, patients))]
        yield guidelines[start // AT_ONCE % len(guidelines)], cases


def table(patients: int) -> Table:
    """The comparison; whoever differs is named."""
    differ = apart(patients)
    rows = [("DuckDB", f"{patients - len(differ):,}", f"{patients:,}", "; ".join(differ[:20]) or "nobody")]
    return Table("Agreement: whole assessments of generated patients, against the memory engine", ("engine", "equal", "compared", "who differs"), rows)
