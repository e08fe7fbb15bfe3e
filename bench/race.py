"""The engines and their opponents on the same people: agreement first, then seconds and memory, each as a process of its own.

usage: python bench/race.py [--people N]        prints the tables that bench/run.py writes into RESULTS.md
Opponent: the CQL reference engine for JavaScript, on the interpret rules written by hand in bench/cql/B12Interpret.cql.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from assess_command import DAY, assess, parquet, why_no_spark
from process import Used, run
from table import Table

BENCH = Path(__file__).parent
CQL = BENCH / "cql"
LANGUAGE_LIBRARIES = ("B12Interpret", "FHIRHelpers")
FIELDS = ("status", "status_basis")
"""What the hand-written library concludes too."""

Answers = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Racer:
    """An engine, what it answered, what it used, and what it says of one person."""

    engine: str
    says: str
    used: Used
    one: str = ""


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


def race(number: int, scratch: Path) -> tuple[list[Racer], dict[str, Answers]]:
    """Everybody by every engine that can run here: what each used, and what each answered, by person."""
    folder = lay_out(number, scratch)
    runs = {"Cobalamin, memory": ("cases.jsonl", "memory"), "Cobalamin, DuckDB": ("tables", "duckdb")}
    if not why_no_spark():
        runs["Cobalamin, Spark local"] = ("tables", "spark")
    rows, answers = [], {}
    for name, (source, engine) in runs.items():
        out = scratch / ("memory.jsonl" if engine == "memory" else f"{engine}.parquet")
        rows.append(Racer(name, "whole pathway, five guidelines, trace", assess(folder / source, out, engine)))
        answers[name] = _answers(out)
    if not why_no_cql():
        argv = ["node", "run.mjs", str(translated(scratch)), str(folder / "bundles.ndjson"), str(scratch / "cql.ndjson"), DAY]
        found = run(argv, cwd=CQL)
        rows.append(Racer("CQL, cql-execution", "interpret rules, one guideline", found, f"{json.loads(found.printed)['median']:.2f} ms"))
        answers["CQL, cql-execution"] = _answers(scratch / "cql.ndjson")
    return rows, answers


def _answers(file: Path) -> Answers:
    source = f"read_json('{file}', format='newline_delimited', maximum_object_size=50000000)" if file.suffix != ".parquet" else parquet(file)
    return {row[0]: row[1:] for row in duckdb.sql(f"SELECT patient_id, {', '.join(FIELDS)} FROM {source}").fetchall()}


def tables(number: int, scratch: Path) -> list[Table]:
    """Agreement and figures; whoever differs is listed with both answers."""
    racers, answers = race(number, scratch)
    law = answers["Cobalamin, memory"]
    same, figures = [], []
    for name, found in answers.items():
        apart = [f"{id}: {' by '.join(found.get(id, ('nothing',)))}, not {' by '.join(law[id])}" for id in law if found.get(id) != law[id]]
        same.append((name, f"{number - len(apart):,}", f"{number:,}", "; ".join(apart[:20]) or "nobody"))
    for racer in racers:
        used = racer.used
        figures.append((racer.engine, racer.says, f"{used.seconds:.1f} s", f"{number / used.seconds:,.0f}", f"{used.cpu:.1f} s", f"{used.gigabytes:.2f} GB", racer.one))
    missing = [f"Without {engine}: {why}." for engine, why in (("Spark", why_no_spark()), ("the CQL engine", why_no_cql())) if why]
    return [
        Table("Agreement: the same people on every engine, status and basis against the memory engine", ("engine", "equal", "compared", "who differs"), same),
        Table(f"{number:,} people on every engine: whole processes, start and rules included",
              ("engine", "answers", "seconds", "people/s", "processor", "peak memory", "one person, median"), figures, " ".join(missing)),
    ]  # fmt: skip


def main() -> None:
    """Print the race."""
    parser = argparse.ArgumentParser(description="Race the engines and the CQL reference engine on the same people.")
    parser.add_argument("--people", type=int, default=5000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cobalamin-race-") as held:
        for table in tables(options.people, Path(held)):
            print(table)


if __name__ == "__main__":
    main()
