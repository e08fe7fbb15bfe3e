"""A million patients by one hand-written query, by DuckDB and by Spark: each run a process of its own, taking turns."""

from __future__ import annotations

import sys
from pathlib import Path
from statistics import median

import duckdb
import handwritten
from assess_command import assess, parquet, remove
from process import Used, run
from table import Table

MEMORY_LIMIT = "4GB"
RATE_GOAL, RATIO_GOAL = 100_000, 0.6
HAND, OURS, SPARK = "hand-written query, features only", "Cobalamin, DuckDB", "Cobalamin, Spark local"


def same_features(folder: Path, scratch: Path, patients: int) -> Table:
    """Whether the query and the engine find the same; nothing is worth timing when they do not."""
    same, number = handwritten.agreement(folder, scratch, MEMORY_LIMIT)
    if set(same.values()) != {number} or number != patients:
        raise SystemExit(f"The hand-written query and the engine differ: {same} of {number}.")
    rows = [(name, f"{count:,}", f"{number:,}") for name, count in same.items()]
    return Table("Agreement: the hand-written query computes the same features", ("feature", "equal", "patients"), rows)


def tables(folder: Path, scratch: Path, patients: int, rounds: int, spark: bool) -> list[Table]:
    """The runs side by side; with Spark also whether both engines answered the same, on everybody and in every column."""
    ours, by_spark = scratch / "ours.parquet", scratch / "spark.parquet"
    used: dict[str, list[Used]] = {HAND: [], OURS: [], SPARK: []}
    for number in range(1, rounds + 1):
        used[HAND].append(run([sys.executable, Path(handwritten.__file__), folder, scratch / "hand.parquet", MEMORY_LIMIT]))
        used[OURS].append(assess(folder, ours, "duckdb", MEMORY_LIMIT))
        print(f"round {number} of {rounds}: {used[HAND][-1].seconds:.1f} s by hand, {used[OURS][-1].seconds:.1f} s", file=sys.stderr, flush=True)
    found = []
    if spark:
        # planning aside it takes the same every time, and much longer than the others
        used[SPARK].append(assess(folder, by_spark, "spark", MEMORY_LIMIT))
        found.append(_same_answers(ours, by_spark))
        remove(by_spark)
    remove(ours)
    return [*found, Table(
        f"{patients:,} patients with 30 facts each: Parquet to Parquet with trace, memory limit {MEMORY_LIMIT}, whole processes",
        ("what", "rounds", "seconds", "processor", "patients/s", "patients in two processor seconds", "speed against hand-written", "by processor", "peak memory"),
        [_row(name, patients, runs, used[HAND]) for name, runs in used.items() if runs] + [
            ("goal, DuckDB", "", "", "", f"{RATE_GOAL:,}", "", f"{RATIO_GOAL:.0%}", "", MEMORY_LIMIT)],
        "Medians, and of the ratios the median of those of each round. Two cores that do nothing else give two processor seconds a second, "
        "so that column is the speed of a machine of its own.",
    )]  # fmt: skip


def _row(name: str, patients: int, runs: list[Used], by_hand: list[Used]) -> tuple[str, ...]:
    wall, cpu = median(one.seconds for one in runs), median(one.cpu for one in runs)
    ratios = ["", ""]
    if runs is not by_hand:
        pairs = list(zip(by_hand, runs, strict=False))
        ratios = [f"{median(hand.seconds / one.seconds for hand, one in pairs):.0%}", f"{median(hand.cpu / one.cpu for hand, one in pairs):.0%}"]
    return (name, str(len(runs)), f"{wall:.1f} s", f"{cpu:.1f} s", f"{patients / wall:,.0f}", f"{2 * patients / cpu:,.0f}", *ratios,
            f"{max(one.gigabytes for one in runs):.2f} GB")  # fmt: skip


def _same_answers(ours: Path, theirs: Path) -> Table:
    """Column by column, on how many patients two files of answers hold the same."""
    columns = [row[0] for row in duckdb.sql(f"DESCRIBE SELECT * FROM {parquet(ours)}").fetchall() if row[0] != "patient_id"]
    sums = ", ".join(f"count(*) FILTER (WHERE a.{name}::VARCHAR IS DISTINCT FROM b.{name}::VARCHAR)" for name in columns)
    number, *apart = duckdb.sql(f"SELECT count(*), {sums} FROM {parquet(ours)} a JOIN {parquet(theirs)} b USING (patient_id)").fetchall()[0]
    differ = {name: count for name, count in zip(columns, apart, strict=True) if count}
    rows = [(f"all {len(columns)} columns", f"{number:,}", ", ".join(f"{name}: {count:,}" for name, count in differ.items()) or "nobody")]
    return Table("Agreement: DuckDB and Spark on the whole population", ("columns", "patients compared", "who differs"), rows)
