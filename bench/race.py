"""The engines and their opponents on the same people: agreement first, then seconds and memory, each as a process of its own.

usage: python bench/race.py [--people N]        prints the tables that bench/run.py writes into RESULTS.md
Opponent: the CQL reference engine for JavaScript, on the interpret rules written by hand in bench/cql/B12Interpret.cql.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

BENCH = Path(__file__).parent
CQL = BENCH / "cql"
DAY = "2026-11-20"
LANGUAGE_LIBRARIES = ("B12Interpret", "FHIRHelpers")
FIELDS = ("status", "status_basis")
"""What the hand-written library concludes too."""

Measured = dict[str, Any]


def why_no_cql() -> str:
    """Why the CQL engine cannot run here, or an empty text."""
    if not shutil.which("node"):
        return "Node.js is not installed"
    return "" if (CQL / "node_modules" / "cql-execution").is_dir() else "its packages are not installed: npm ci --prefix bench/cql"


def translated(folder: Path) -> Path:
    """The library as ELM, by the reference translator; any error of the translator is an error here."""
    for name in LANGUAGE_LIBRARIES:
        subprocess.run(["node", "translate.mjs", f"{name}.cql", str(folder / f"{name}.json")], cwd=CQL, check=True, capture_output=True, text=True)
    return folder / "B12Interpret.json"


def people(number: int) -> list[dict[str, Any]]:
    """The people of the race."""
    sys.path.insert(0, str(CQL))
    from people import cases

    return list(cases(number, date.fromisoformat(DAY)))


def lay_out(number: int, folder: Path) -> Path:
    """The same people as cases, as Parquet tables and as FHIR Bundles in *folder*."""
    import duckdb

    held = people(number)
    from people import bundle

    (folder / "tables").mkdir(parents=True, exist_ok=True)
    columns = ("concept", "date", "end", "value", "unit")
    with (folder / "cases.jsonl").open("w") as cases, (folder / "bundles.ndjson").open("w") as bundles, (folder / "facts.json").open("w") as facts:
        for case in held:
            cases.write(json.dumps(case) + "\n")
            bundles.write(json.dumps(bundle(case)) + "\n")
            for fact in case["facts"]:
                row = {"patient_id": case["patient_id"], **{name: str(fact[name]) if name in fact else None for name in columns}}
                facts.write(json.dumps(row) + "\n")
    con = duckdb.connect()
    con.execute(f"COPY (SELECT patient_id, sex, birth_date::DATE AS birth_date FROM read_json('{folder}/cases.jsonl')) TO '{folder}/tables/patients.parquet'")
    con.execute(f"""COPY (SELECT patient_id, concept, date::DATE AS date, "end"::DATE AS "end", value, unit FROM read_json('{folder}/facts.json',
        columns={{patient_id: 'VARCHAR', concept: 'VARCHAR', date: 'VARCHAR', "end": 'VARCHAR', value: 'VARCHAR', unit: 'VARCHAR'}}))
        TO '{folder}/tables/facts.parquet'""")
    return folder


def measured(argv: list[str], cwd: Path, scratch: Path) -> Measured:
    """Run a command to its end: seconds, processor seconds and the greatest memory of the process, and the last line it printed."""
    said, failed = scratch / "out.txt", scratch / "err.txt"
    with said.open("w") as out, failed.open("w") as err:
        start = time.perf_counter()
        process = subprocess.Popen(argv, cwd=cwd, stdout=out, stderr=err)
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{argv[0]} failed: {failed.read_text()[-2000:]}")
    return {"seconds": seconds, "cpu": used.ru_utime + used.ru_stime, "gigabytes": used.ru_maxrss * 1024 / 1e9,
            "printed": (said.read_text().splitlines() or [""])[-1]}  # fmt: skip


def race(number: int, scratch: Path) -> tuple[list[Measured], dict[str, dict[str, tuple[str, ...]]]]:
    """Everybody by every engine that can run here: what each used, and what each answered, by person."""
    folder = lay_out(number, scratch)
    command = [str(Path(sys.executable).parent / "cobalamin"), "assess"]
    runs = {
        "Cobalamin, memory": [*command, str(folder / "cases.jsonl"), "--engine", "memory"],
        "Cobalamin, DuckDB": [*command, str(folder / "tables"), "--engine", "duckdb"],
    }
    if find_spec("pyspark") and shutil.which("java"):
        runs["Cobalamin, Spark local[2]"] = [*command, str(folder / "tables"), "--engine", "spark"]
    rows, answers = [], {}
    for name, argv in runs.items():
        out = scratch / f"{len(rows)}.parquet" if "memory" not in name else scratch / "memory.jsonl"
        rows.append({"engine": name, "says": "whole pathway, five guidelines, trace", **measured([*argv, "--as-of", DAY, "--out", str(out)], scratch, scratch)})
        answers[name] = _answers(out)
    if not why_no_cql():
        argv = ["node", "run.mjs", str(translated(scratch)), str(folder / "bundles.ndjson"), str(scratch / "cql.ndjson"), DAY]
        found = measured(argv, CQL, scratch)
        rows.append({"engine": "CQL, cql-execution", "says": "interpret rules, one guideline", **found, "one": json.loads(found["printed"])})
        answers["CQL, cql-execution"] = _answers(scratch / "cql.ndjson")
    return rows, answers


def _answers(file: Path) -> dict[str, tuple[str, ...]]:
    import duckdb

    source = f"read_parquet('{file}')" if file.suffix == ".parquet" else f"read_json('{file}', format='newline_delimited', maximum_object_size=50000000)"
    return {row[0]: row[1:] for row in duckdb.sql(f"SELECT patient_id, {', '.join(FIELDS)} FROM {source}").fetchall()}


def differing(answers: dict[str, dict[str, tuple[str, ...]]]) -> dict[str, list[str]]:
    """For every engine the people whose status or basis is not that of the memory engine."""
    law = answers["Cobalamin, memory"]
    return {name: [id for id in law if found.get(id) != law[id]] for name, found in answers.items()}


def tables(number: int, scratch: Path) -> list[tuple[str, str, list[tuple[str, ...]]]]:
    """Agreement and figures as titles, heads and rows."""
    rows, answers = race(number, scratch)
    apart = differing(answers)
    same = [(name, f"{number - len(ids):,}", f"{number:,}", ", ".join(ids[:5]) or "none") for name, ids in apart.items()]
    figures = []
    for row in rows:
        one = row.get("one")
        figures.append((row["engine"], row["says"], f"{row['seconds']:.1f} s", f"{number / row['seconds']:,.0f}", f"{row['cpu']:.1f} s", f"{row['gigabytes']:.2f} GB",
                        f"{one['median']:.2f} ms" if one else ""))  # fmt: skip
    return [
        ("The same people on every engine: status and basis against the memory engine", "engine | equal | compared | who differs", same),
        ("The same people on every engine: whole processes", "engine | answers | seconds | people/s | processor | peak memory | one person, median", figures),
    ]


def main() -> None:
    """Print the race."""
    parser = argparse.ArgumentParser(description="Race the engines and the CQL reference engine on the same people.")
    parser.add_argument("--people", type=int, default=5000)
    options = parser.parse_args()
    if why_no_cql():
        print(f"without the CQL engine: {why_no_cql()}", file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="cobalamin-race-") as held:
        for title, head, rows in tables(options.people, Path(held)):
            print(f"\n## {title}\n\n| {head} |\n|{' --- |' * (head.count('|') + 1)}")
            print("\n".join(f"| {' | '.join(row)} |" for row in rows))


if __name__ == "__main__":
    main()
