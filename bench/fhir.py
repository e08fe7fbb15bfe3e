"""FHIR NDJSON to assessments beside DuckDB merely parsing the same files, in one run.

    python bench/fhir.py FOLDER [--patients 100000] [--gzip]

FOLDER is a Bulk Data export (`Patient*.ndjson*`, `Observation*.ndjson*` ...); it is multiplied, with ids of their own, until it
holds as many patients. Merely parsing is DuckDB's own reader with exactly the columns our views touch, every one of them counted.
"""

from __future__ import annotations

import argparse
import gzip
import re
import resource
import tempfile
import time
from pathlib import Path

import duckdb

from cobalamin.outputs.plain import to_json
from cobalamin.records.fhir.files import first_type, head, suffix_of
from cobalamin.records.fhir.reading import TYPES, view_of
from cobalamin.records.sql_text import quote
from cobalamin.run import Run

COPIES_A_FILE = 20


def multiplied(source: Path, target: Path, patients: int, packed: bool) -> dict[str, int]:
    """Write copies of an export until it holds *patients*; answers with patients, resources and bytes."""
    counts = {"patients": 0, "resources": 0, "bytes": 0}
    texts: dict[str, list[bytes]] = {}
    for file in sorted(source.iterdir()):
        if suffix_of(file) == ".ndjson" and head(file) and (kind := first_type(file)) in TYPES:
            content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            texts.setdefault(kind, []).append(content if content.endswith(b"\n") else content + b"\n")
    each = {kind: sum(text.count(b"\n") for text in held) for kind, held in texts.items()}
    copies = max(1, -(-patients // each["Patient"]))
    for kind, held in texts.items():
        for first in range(0, copies, COPIES_A_FILE):
            path = target / f"{kind}.{first // COPIES_A_FILE:03}.ndjson{'.gz' if packed else ''}"
            with gzip.open(path, "wb", compresslevel=1) if packed else path.open("wb") as file:
                for copy in range(first, min(first + COPIES_A_FILE, copies)):
                    mark = b"c%d-" % copy
                    for text in held:
                        made = re.sub(rb'("reference":"(?:urn:uuid:|Patient/))', rb"\1" + mark, text)
                        if kind == "Patient":
                            made = re.sub(rb'^(\{"resourceType":"Patient","id":")', rb"\1" + mark, made, flags=re.M)
                        file.write(made)
                        counts["bytes"] += len(made)
    return counts | {"patients": each["Patient"] * copies, "resources": sum(each.values()) * copies}


def parsed(folder: Path, threads: int = 0) -> float:
    """Seconds in which DuckDB reads the columns of our views from every file, and does nothing with them."""
    started = time.perf_counter()
    con = duckdb.connect()
    if threads:
        con.execute(f"SET threads={threads}")
    for kind in TYPES:
        files = sorted(folder.glob(f"{kind}.*.ndjson*"))
        if files:
            view = view_of(kind)
            read = f"read_json([{', '.join(map(quote, files))}], format='newline_delimited', columns={view.shape.columns()})"
            con.execute(f"SELECT count(COLUMNS(*)) FROM {read}").fetchall()
    return time.perf_counter() - started


def read_as_objects(folder: Path) -> float:
    """Seconds in which DuckDB reads every line as a JSON object."""
    started = time.perf_counter()
    files = sorted(folder.glob("*.ndjson*"))
    duckdb.connect().execute(f"SELECT count(*), sum(strlen(json)) FROM read_ndjson_objects([{', '.join(map(quote, files))}])").fetchall()
    return time.perf_counter() - started


def assessed(folder: Path, out: Path) -> float:
    """Seconds from the files to a Parquet file of assessments."""
    started = time.perf_counter()
    account = Run(folder, as_of="2026-11-20").write(out / "assessments.parquet", "parquet")
    if not account.adds_up:
        raise SystemExit("The account does not add up.")
    return time.perf_counter() - started


def processor_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def measured(source: Path, patients: int, packed: bool, rounds: int = 3) -> dict[str, float]:
    """The best of some rounds of each, taken in turn so that all meet the same machine.

    On a machine that others use too the ratio of processor seconds is the one to believe.
    """
    with tempfile.TemporaryDirectory(prefix="cobalamin-bench-") as made:
        folder, out = Path(made) / "export", Path(made) / "out"
        folder.mkdir()
        out.mkdir()
        found: dict[str, float] = dict(multiplied(source, folder, patients, packed))
        runs = {"parse": parsed, "objects": read_as_objects, "assess": lambda files: assessed(files, out)}
        for _ in range(rounds):
            for name, run in runs.items():
                before = processor_seconds()
                seconds = run(folder)
                for kind, value in (("seconds", seconds), ("processor_seconds", processor_seconds() - before)):
                    found[f"{name}_{kind}"] = min(round(value, 2), found.get(f"{name}_{kind}", value))
    found["patients_per_second"] = round(found["patients"] / found["assess_seconds"])
    for kind in ("seconds", "processor_seconds"):
        found[f"ratio_of_{kind}"] = round(found[f"parse_{kind}"] / found[f"assess_{kind}"], 3)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--patients", type=int, default=100_000)
    parser.add_argument("--gzip", action="store_true", help="gzip the multiplied files")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print(to_json(measured(given.folder, given.patients, given.gzip, given.rounds), indent=1))


if __name__ == "__main__":
    main()
