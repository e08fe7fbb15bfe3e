"""Measure Cobalamin and write bench/RESULTS.md: agreement of the engines first, then time and memory, as ratios within this run.

usage: python bench/run.py [--quick] [--patients N] [--people N] [--rounds N] [--folder FOLDER] [--large]
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import agreement
import bundles
import cds_hooks
import fhir_race
import large
import offline
import one_patient
import pages
import race
import sheets
import whole_populations
from population import population
from process import machine
from table import Table

BENCH = Path(__file__).parent
RESULTS, RESULTS_LARGE, RESULTS_CARE = BENCH / "RESULTS.md", BENCH / "RESULTS-large.md", BENCH / "RESULTS-point-of-care.md"
HEAD = """# Results

Made by `python bench/run.py{options}`; figures compare only within one run. Nobody in it is real: it measures speed and agreement, never medicine.
What each part is, and how to run it again: [README.md](README.md). """
OTHERS = f"""Ten million patients: [{RESULTS_LARGE.name}]({RESULTS_LARGE.name}).
One person at a time, on a page or in a record system: [{RESULTS_CARE.name}]({RESULTS_CARE.name}).
"""


def measured(options: argparse.Namespace, scratch: Path) -> Iterator[Table]:
    """Every table, agreement first."""
    quick = options.quick
    patients, people = options.patients or (20_000 if quick else 1_000_000), options.people or (500 if quick else 5000)
    rounds = 1 if quick else options.rounds
    folder = population(options.folder or scratch, patients)
    yield agreement.table(1000 if quick else 4000)
    same, figures = race.tables(people, scratch)
    yield same
    yield whole_populations.same_features(folder, scratch, patients)
    yield from whole_populations.tables(folder, scratch, patients, rounds, spark=False)
    yield figures
    yield fhir_race.table(500 if quick else 10_000, scratch, rounds=rounds)


def point_of_care(options: argparse.Namespace, scratch: Path) -> Iterator[Table]:
    """One person at a time: answers, sheets, Bundles, cards and pages."""
    quick, rounds = options.quick, 1 if options.quick else options.rounds
    yield one_patient.warm(1 if quick else 6)
    yield one_patient.changes(0.5 if quick else 2)
    yield one_patient.cold(3 if quick else 7)
    yield bundles.in_memory()
    yield bundles.in_files(scratch, rounds)
    yield sheets.table(1 if quick else 3)
    yield offline.table()
    yield cds_hooks.measure(seconds=5 if quick else 20)
    yield pages.measure(seconds=6 if quick else 60)


def main() -> None:
    """Read the options, measure, write."""
    parser = argparse.ArgumentParser(description="Measure Cobalamin and write bench/RESULTS.md.")
    parser.add_argument("--quick", action="store_true", help="a small fast run; its results are printed, not written")
    parser.add_argument("--large", action="store_true", help=f"only Spark on a million and DuckDB on ten million patients: an hour, {RESULTS_LARGE.name}")
    parser.add_argument("--point-of-care", action="store_true", help=f"only one person at a time: answers, sheets, cards and pages, {RESULTS_CARE.name}")
    parser.add_argument("--patients", type=int, default=0, help="size of the population (1,000,000)")
    parser.add_argument("--people", type=int, default=0, help="people whom every engine assesses (5,000)")
    parser.add_argument("--rounds", type=int, default=3, help="how often those that are compared take turns")
    parser.add_argument("--folder", type=Path, help="keep populations here, for the next run")
    options = parser.parse_args()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cobalamin-bench-", dir=options.folder) as held:
        scratch = Path(held)
        if options.large:
            large.report(options.folder or scratch, scratch, RESULTS_LARGE)
            return
        tables, target = (point_of_care, RESULTS_CARE) if options.point_of_care else (measured, RESULTS)
        text = f"{HEAD.format(options=' --point-of-care' if options.point_of_care else '')}{OTHERS}\n{machine('pyspark')}\n"
        print(text, flush=True)
        for table in tables(options, scratch):
            print(table, flush=True)
            text += f"{table}\n"
    if not options.quick:
        target.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
