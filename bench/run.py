"""Measure Cobalamin and write bench/RESULTS.md: agreement of the engines first, then speed, as ratios within this run.

usage: python bench/run.py [--quick] [--patients N] [--pairs N] [--growth] [--folder FOLDER]
Every population run and every cold start is a process of its own, so that its memory and its start count honestly.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

BENCH = Path(__file__).parent
GREY_ZONE = BENCH / "cases" / "grey_zone.json"
RESULTS = BENCH / "RESULTS.md"
DAY = "2026-11-20"
MEMORY_LIMIT = "4GB"
LANGUAGES = ("en", "hi", "ar")
GOALS = {"one patient": 1, "help": 150, "case": 500, "patients/s": 50_000, "ratio": 0.6}


# ---- agreement, before anything is timed


def agreement(patients: int) -> tuple[int, int]:
    """How many generated patients both engines give the same assessment, and how many were compared."""
    sys.path.insert(0, str(BENCH.parent / "tests" / "agreement"))
    from generated_patients import Maker

    import cobalamin
    from cobalamin.rules.load import load

    knowledge, random = load(), Random("bench")
    maker, guidelines = Maker(knowledge), sorted(knowledge.guidelines)
    equal = compared = 0
    for start in range(0, patients, 1000):
        cases = [maker.case(random, number) for number in range(start, min(start + 1000, patients))]
        guideline = guidelines[start // 1000 % len(guidelines)]
        memory, duckdb = (cobalamin.assess_all(cases, as_of=DAY, guideline=guideline, engine=engine) for engine in ("memory", "duckdb"))
        for a, b in zip(memory, duckdb, strict=True):
            equal, compared = equal + (a == b), compared + 1
    return equal, compared


# ---- one patient, warm


def one_patient(seconds: float) -> dict[str, tuple[float, float]]:
    """Median and 95th percentile, in milliseconds, of assessing a case that is read, and of reading and assessing it."""
    from cobalamin.assessing import memory_engine
    from cobalamin.records.case import read_case

    engine, case = memory_engine(DAY), json.loads(GREY_ZONE.read_text(encoding="utf-8"))
    read = read_case(case, engine.words, engine.day)
    assert engine.assess(read).trace
    return {
        "assess": _spread(lambda: engine.assess(read), seconds),
        "read and assess": _spread(lambda: engine.assess(read_case(case, engine.words, engine.day)), seconds),
    }


def _spread(call: Callable[[], Any], seconds: float) -> tuple[float, float]:
    for _ in range(200):
        call()
    times, end = [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return median(times), times[int(len(times) * 0.95)]


# ---- cold starts


def cold_starts(repeats: int) -> dict[str, tuple[float, float, float]]:
    """Milliseconds of a whole process: median, fastest, median of processor time; the commands and the bare interpreter take turns.

    Modules are compiled beforehand, as in any installed program, also where the environment forbids Python to keep them.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [str(Path(sys.executable).parent / "cobalamin")]
    assess = [*command, "assess", str(GREY_ZONE), "--as-of", DAY]
    runs = {"bare interpreter": [sys.executable, "-c", "pass"], "cobalamin --help": [*command, "--help"]}
    runs |= {f"assess, text, {lang}": [*assess, "--lang", lang] for lang in LANGUAGES}
    runs["assess, json"] = [*assess, "--format", "json"]
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in runs}
    with tempfile.TemporaryDirectory(prefix="cobalamin-bench-") as compiled:
        environment["PYTHONPYCACHEPREFIX"] = compiled
        for _ in range(repeats + 1):
            for name, argv in runs.items():
                start, before = time.perf_counter(), _children_seconds()
                done = subprocess.run(argv, capture_output=True, check=False, env=environment)
                times[name].append(((time.perf_counter() - start) * 1000, (_children_seconds() - before) * 1000))
                if done.returncode:
                    raise SystemExit(f"{' '.join(argv)} failed: {done.stderr.decode()[-500:]}")
    # the first round of each only compiles and warms the disk
    walls = {name: [wall for wall, _ in found[1:]] for name, found in times.items()}
    return {name: (median(walls[name]), min(walls[name]), median(cpu for _, cpu in found[1:])) for name, found in times.items()}


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


# ---- whole populations, each run a process of its own


def handwritten(folder: Path) -> str:
    """The hand-written query over the population in *folder*."""
    text = (BENCH / "handwritten_features.sql").read_text(encoding="utf-8")
    return text.replace("$FACTS", f"{folder}/facts.parquet").replace("$PATIENTS", f"{folder}/patients.parquet").replace("$DAY", f"DATE '{DAY}'")


def run_ours(folder: Path, target: Path) -> None:
    """Assess everybody from Parquet to Parquet, with the rules of the trace."""
    from cobalamin.run import Run

    account = Run(folder, as_of=DAY, engine="duckdb", memory_limit=MEMORY_LIMIT).write(target, "parquet")
    assert account.adds_up
    assert not account.facts_set_aside.total(), account.to_dict()


def run_handwritten(folder: Path, target: Path) -> None:
    """Only the features, by the hand-written query, from Parquet to Parquet."""
    import duckdb

    con = duckdb.connect()
    con.execute(f"SET memory_limit='{MEMORY_LIMIT}'; SET temp_directory='{target.parent}'")
    con.execute(f"COPY ({handwritten(folder)}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


WORKERS = {"ours": run_ours, "handwritten": run_handwritten}


def timed(worker: str, folder: Path, target: Path) -> dict[str, float]:
    """Run a worker as a process: its wall and processor seconds, interpreter start included, and its greatest memory."""
    start = time.perf_counter()
    done = subprocess.run([sys.executable, __file__, "--worker", worker, "--folder", str(folder), "--target", str(target)],
                          capture_output=True, check=False, text=True)  # fmt: skip
    wall = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"{worker} failed:\n{done.stderr[-2000:]}")
    return {"wall": wall, **json.loads(done.stdout.splitlines()[-1])}


def work(worker: str, folder: Path, target: Path) -> None:
    """Be the process that `timed` starts."""
    WORKERS[worker](folder, target)
    used = resource.getrusage(resource.RUSAGE_SELF)
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "gigabytes": used.ru_maxrss * 1024 / 1e9}))


def features_agree(folder: Path, scratch: Path) -> tuple[dict[str, int], int]:
    """For some features: on how many patients the hand-written query says what the engine says, and of how many."""
    import duckdb

    from cobalamin.rules import nodes as n
    from cobalamin.run import Run

    run_handwritten(folder, scratch / "handwritten.parquet")
    query = handwritten(folder)
    with Run(folder, as_of=DAY, engine="duckdb", memory_limit=MEMORY_LIMIT).opened(scratch) as engine:
        features = engine.features
        # the first window of a concept is the one its rules of diagnosis share
        names = {node.concept: name for node, name in reversed(features.leaves.items()) if isinstance(node, n.Latest)}
        pairs = {}
        for concept in ("serum_b12", "methylmalonic_acid", "hemoglobin", "creatinine", "ferritin"):
            equal = [f"o.{names[concept]}_lo IS NOT DISTINCT FROM round(h.{concept}, 4)"]
            if f" AS {names[concept]}_g" in " ".join(features.unpacked):
                equal.append(f"o.{names[concept]}_g IS NOT DISTINCT FROM h.{concept}_group")
            pairs[f"latest {concept}"] = " AND ".join(equal)
        for function, concept, counts in (("has", "metformin", "has"), ("recent", "vitamin_b12_treatment", "recent_180"), ("ever", "gastric_surgery", "ever")):
            # what is on nobody's record has no column
            held = [place for x, place in features.presence_bits.items() if x.function == function and x.concept == concept]
            flag = f"((o.{held[0][0]} >> {held[0][1]}) & 1)" if held else "0"
            pairs[f"{counts} {concept}"] = f"{flag} = {_flag(query, counts, concept)}"
        age = next(name for node, name in features.leaves.items() if isinstance(node, n.Person) and node.name == "age_years")
        pairs["age"] = f"o.{age}_lo = h.age_years"
        wanted = {"patient_id", f"{age}_lo", *(column for column, _ in features.presence_bits.values())}
        wanted |= {f"{name}_{part}" for name in names.values() for part in ("lo", "g")}
        held = [row[0] for row in engine.con.execute(f"DESCRIBE SELECT * FROM {engine.features_query()}").fetchall() if row[0] in wanted]
        sums = ", ".join(f"count(*) FILTER (WHERE {test})" for test in pairs.values())
        ours = scratch / "features.parquet"
        engine.con.execute(f"COPY (SELECT {', '.join(held)} FROM {engine.features_query()}) TO '{ours}' (FORMAT parquet)")
    con = duckdb.connect()
    row = con.execute(f"SELECT count(*), {sums} FROM '{ours}' o JOIN '{scratch}/handwritten.parquet' h USING (patient_id)").fetchall()[0]
    return dict(zip(pairs, row[1:], strict=True)), row[0]


def _flag(query: str, counts: str, concept: str) -> str:
    """Where the hand-written query keeps a flag: the flag of a concept lists that concept itself."""
    import re

    half = int(re.findall(r"bit < (\d+)", query)[0])
    found = [int(bit) for bit, c, member in re.findall(r"\((\d+), '(\w+)', '(\w+)'\)", query) if c == counts and member == concept]
    # narrower concepts share the bit, and a narrower concept may own one too: the flag is the bit with the most members
    bit = max(found, key=lambda b: len(re.findall(rf"\({b}, '{counts}', ", query)))
    return f"((h.flags_{bit // half} >> {bit % half}) & 1)"


def population(folder: Path, patients: int) -> Path:
    """A folder of so many generated patients, made once."""
    if not (folder / "facts.parquet").exists():
        subprocess.run([sys.executable, str(BENCH / "population.py"), str(folder), str(patients)], check=True)
    return folder


# ---- the report


def report(options: argparse.Namespace) -> str:
    """Everything measured, as Markdown."""
    lines = ["# Results", "", "Made by `python bench/run.py`; figures compare only within one run. The population is invented and draws every value",
             "independently (`bench/population.py`), so it measures speed and never medicine.", "",
             f"{date.today().isoformat()} · Cobalamin {version('cobalamin')} · Python {platform.python_version()} · DuckDB {version('duckdb')} · "
             f"{os.cpu_count()} cores, {platform.machine()}, {platform.system()} · load of other work at the start: {os.getloadavg()[0]:.1f}"]  # fmt: skip

    def table(title: str, head: str, rows: list[tuple[str, ...]]) -> None:
        section = ["", f"## {title}", "", f"| {head} |", "|" + " --- |" * (head.count("|") + 1)]
        section += [f"| {' | '.join(row)} |" for row in rows]
        lines.extend(section)
        print("\n".join(section), flush=True)

    print("\n".join(lines), flush=True)
    number = 1000 if options.quick else 4000
    equal, compared = agreement(number)
    table("Agreement", "memory engine and DuckDB, whole assessments | equal | compared", [("generated patients", f"{equal:,}", f"{compared:,}")])
    goal = f"{GOALS['one patient']} ms (median)"
    table("One patient, warm, memory engine, with trace", "what | median | 95th percentile | goal", [
        (name, f"{middle:.3f} ms", f"{high:.3f} ms", goal) for name, (middle, high) in one_patient(1 if options.quick else 6).items()])  # fmt: skip
    goals = {"bare interpreter": "", "cobalamin --help": f"{GOALS['help']} ms"}
    repeats = 3 if options.quick else 7
    table(f"Cold process, median of {repeats}", "command | median | fastest | processor, median | goal", [
        (f"`{name}`" if name.startswith("cobalamin") else name, *(f"{figure:.0f} ms" for figure in found), goals.get(name, f"{GOALS['case']} ms"))
        for name, found in cold_starts(repeats).items()])  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="cobalamin-bench-", dir=options.folder) as held:
        _populations(options, Path(held), table)
    return "\n".join(lines) + "\n"


def _populations(options: argparse.Namespace, scratch: Path, table: Callable[[str, str, list[tuple[str, ...]]], None]) -> None:
    patients = options.patients or (20_000 if options.quick else 1_000_000)
    folder = population((options.folder or scratch) / f"patients-{patients}", patients)
    same, number = features_agree(folder, scratch)
    table("The hand-written query computes the same features", "feature | equal | patients", [
        (name, f"{count:,}", f"{number:,}") for name, count in same.items()])  # fmt: skip
    if set(same.values()) != {number} or number != patients:
        raise SystemExit("The hand-written query and the engine differ: nothing below would mean anything.")
    pairs = []
    for _ in range(options.pairs):
        hand, ours = timed("handwritten", folder, scratch / "hand.parquet"), timed("ours", folder, scratch / "ours.parquet")
        pairs.append({"hand": hand["wall"], "ours": ours["wall"], "rate": patients / ours["wall"], "ratio": hand["wall"] / ours["wall"],
                      "hand cpu": hand["cpu"], "ours cpu": ours["cpu"], "ratio cpu": hand["cpu"] / ours["cpu"], "memory": ours["gigabytes"]})  # fmt: skip
        print(f"pair {len(pairs)} of {options.pairs}: {hand['wall']:.1f} s by hand, {ours['wall']:.1f} s", file=sys.stderr, flush=True)
    middle = {name: median(pair[name] for pair in pairs) for name in pairs[0]}
    shown = {"hand": "{:.1f} s", "ours": "{:.1f} s", "rate": "{:,.0f}", "ratio": "{:.0%}", "hand cpu": "{:.1f} s", "ours cpu": "{:.1f} s",
             "ratio cpu": "{:.0%}", "memory": "{:.2f} GB"}  # fmt: skip
    rows = [(str(name), *(form.format(pair[column]) for column, form in shown.items())) for name, pair in [*enumerate(pairs, 1), ("median", middle)]]
    rows.append(("goal", "", "", f"{GOALS['patients/s']:,}", f"{GOALS['ratio']:.0%}", "", "", "", MEMORY_LIMIT))
    table(f"DuckDB, {patients:,} patients with 30 facts each, Parquet to Parquet with trace, memory limit {MEMORY_LIMIT}, whole process",
          "pair | hand-written, features only | Cobalamin, everything | Cobalamin, patients/s | speed against hand-written | processor: hand-written | "
          "processor: Cobalamin | against hand-written | peak memory, Cobalamin", rows)  # fmt: skip
    if options.growth:
        small = population((options.folder or scratch) / f"patients-{patients // 4}", patients // 4)
        few, many = median(timed("ours", small, scratch / "few.parquet")["wall"] for _ in range(options.pairs)), middle["ours"]
        table("Growth", "patients | seconds | times as long", [
            (f"{patients // 4:,}", f"{few:.1f} s", "1"), (f"{patients:,}", f"{many:.1f} s", f"{many / few:.2f}")])  # fmt: skip


def main() -> None:
    """Read the options, measure, write."""
    parser = argparse.ArgumentParser(description="Measure Cobalamin and write bench/RESULTS.md.")
    parser.add_argument("--quick", action="store_true", help="a small fast run; its results are printed, not written")
    parser.add_argument("--patients", type=int, default=0, help="size of the population (1,000,000)")
    parser.add_argument("--pairs", type=int, default=3, help="how often both population runs take turns")
    parser.add_argument("--growth", action="store_true", help="also a quarter of the population, for the growth of time")
    parser.add_argument("--folder", type=Path, help="keep populations here, for the next run")
    parser.add_argument("--worker", choices=sorted(WORKERS), help=argparse.SUPPRESS)
    parser.add_argument("--target", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.worker, options.folder, options.target)
        return
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
    text = report(options)
    if not options.quick:
        RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
