"""What takes long: Spark on a million patients, and ten million with 300 million facts: whether time grows no faster than the data, within 4 GB and 1 GB.

Takes most of an hour and 20 GB of disk on two cores; results go to RESULTS-large.md, which a plain run leaves alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import whole_populations
from assess_command import assess, remove, why_no_spark
from population import population
from process import Used, machine
from table import Table

LIMITS = ("4GB", "1GB")
GROWTH_AT_MOST = 1.1
"""Times as long for every time as many people."""


@dataclass(frozen=True)
class Assessed:
    """One run over so many patients."""

    patients: int
    memory_limit: str
    used: Used


def assessed(few: int, many: int, folder: Path, scratch: Path) -> Iterator[Assessed]:
    """The runs, smaller populations first."""
    for patients in (few, many):
        made = population(folder, patients)
        for limit in LIMITS:
            out = scratch / "assessments.parquet"
            yield Assessed(patients, limit, assess(made, out, "duckdb", limit))
            remove(out)


def table(runs: list[Assessed]) -> Table:
    """The runs side by side, each with the smaller run of its limit."""
    base = {run.memory_limit: run for run in reversed(runs)}
    rows = []
    for one in runs:
        first = base[one.memory_limit]
        times = ("", "") if one is first else (f"{one.used.seconds / first.used.seconds:.2f}", f"{one.used.cpu / first.used.cpu:.2f}")
        goal = "" if one is first else f"{one.patients / first.patients * GROWTH_AT_MOST:.0f}"
        rows.append((f"{one.patients:,}", f"{one.patients * 30:,}", one.memory_limit, f"{one.used.seconds:,.0f} s", f"{one.used.cpu:,.0f} s",
                     f"{one.patients / one.used.seconds:,.0f}", f"{one.patients / one.used.cpu * 2:,.0f}", f"{one.used.gigabytes:.2f} GB", *times, goal))  # fmt: skip
    head = ("patients", "facts", "`--memory-limit`", "seconds", "processor", "patients/s", "patients in two processor seconds", "peak memory, whole process",
            "times as long", "times as much processor", "goal: at most")  # fmt: skip
    return Table("Growth: DuckDB, Parquet to Parquet with trace, whole process", head, rows,
                 "Where the machine does other work too, seconds follow that work; the times as much processor are the growth.")  # fmt: skip


def report(folder: Path, scratch: Path, results: Path, few: int = 1_000_000, many: int = 10_000_000) -> None:
    """Run, and write *results* after each run: a long run that is ended keeps what it found."""
    head = f"# Results at scale\n\nMade by `python bench/run.py --large`; figures compare only within one run.\n\n{machine('pyspark')}\n"
    found: list[Table] = []
    if not why_no_spark():
        found = whole_populations.tables(population(folder, few), scratch, few, rounds=1, spark=True)
    runs: list[Assessed] = []
    for one in assessed(few, many, folder, scratch):
        runs.append(one)
        text = "\n".join(map(str, [*found, table(runs)]))
        results.write_text(f"{head}{text}\n", encoding="utf-8")
        print(one, file=sys.stderr, flush=True)
