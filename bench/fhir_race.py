"""FHIR NDJSON to assessments beside DuckDB merely parsing the same files, in one run.

    python bench/fhir_race.py [FOLDER] [--patients 20000] [--gzip] [--rounds 3]

FOLDER is a Bulk Data export (`Patient*.ndjson*`, `Observation*.ndjson*` ...), which is multiplied, with ids of their own, until it
holds as many patients; without it an export is invented. Merely parsing is DuckDB's own reader with exactly the columns our views
touch, every one of them counted.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
from assess_command import DAY
from fhir_export import invented, multiplied
from table import Table

from cobalamin.records.fhir.reading import TYPES, view_of
from cobalamin.records.sql_text import quote
from cobalamin.run import Run

GOAL = 0.5
"""Of the speed of merely parsing."""
NAMES = {"parse": "DuckDB parses the columns we read", "objects": "DuckDB reads each line as JSON", "assess": "Cobalamin, files to assessments"}


def parsed(folder: Path) -> None:
    """DuckDB reads the columns of our views from every file, and does nothing with them."""
    con = duckdb.connect()
    for kind in TYPES:
        files = sorted(folder.glob(f"{kind}.*ndjson*"))
        if files:
            view = view_of(kind)
            read = f"read_json([{', '.join(map(quote, files))}], format='newline_delimited', columns={view.shape.columns()})"
            con.execute(f"SELECT count(COLUMNS(*)) FROM {read}").fetchall()


def read_as_objects(folder: Path) -> None:
    """DuckDB reads every line as a JSON object."""
    files = sorted(folder.glob("*.ndjson*"))
    duckdb.connect().execute(f"SELECT count(*), sum(strlen(json)) FROM read_ndjson_objects([{', '.join(map(quote, files))}])").fetchall()


def assessed(folder: Path, out: Path) -> None:
    """From the files to a Parquet file of assessments."""
    account = Run(folder, as_of=DAY).write(out / "assessments.parquet", "parquet")
    if not account.adds_up:
        raise SystemExit("The account does not add up.")


def seconds_of(call: Callable[[], None]) -> tuple[float, float]:
    """Wall and processor seconds."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF)
    call()
    after = resource.getrusage(resource.RUSAGE_SELF)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def table(patients: int, scratch: Path, source: Path | None = None, packed: bool = False, rounds: int = 3) -> Table:
    """The best of some rounds of each, taken in turn so that all meet the same machine."""
    folder, out = scratch / "export", scratch / "out"
    for made in (folder, out):
        made.mkdir()
    counts = multiplied(source, folder, patients, packed) if source else invented(folder, patients)
    runs: dict[str, Callable[[], None]] = {"parse": lambda: parsed(folder), "objects": lambda: read_as_objects(folder), "assess": lambda: assessed(folder, out)}
    found = {name: (float("inf"), float("inf")) for name in runs}
    for _ in range(rounds):
        for name, call in runs.items():
            wall, cpu = seconds_of(call)
            found[name] = min(found[name][0], wall), min(found[name][1], cpu)
    rows = []
    for name, (wall, cpu) in found.items():
        ratios = [f"{found[name][kind] / found['assess'][kind]:.0%}" if name != "assess" else "" for kind in (0, 1)]
        rows.append((NAMES[name], f"{wall:.2f} s", f"{cpu:.2f} s", f"{counts['bytes'] / wall / 1e6:,.0f}", *ratios, f"{GOAL:.0%}" if name == "parse" else ""))
    title = f"FHIR: {counts['patients']:,} patients, {counts['resources']:,} resources, {counts['bytes'] / 1e6:,.0f} MB of NDJSON"
    head = ("what", "seconds", "processor", "MB/s", "speed of Cobalamin against it", "by processor", "goal")
    return Table(title, head, rows, f"The best of {rounds}. On a machine that does other work too the ratio of processor seconds is the one to believe.")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--patients", type=int, default=20_000)
    parser.add_argument("--gzip", action="store_true", help="gzip the multiplied files")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cobalamin-bench-") as made:
        print(table(given.patients, Path(made), given.folder, given.gzip, given.rounds))


if __name__ == "__main__":
    main()
