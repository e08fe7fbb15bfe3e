"""One patient: warm in a process that stays, and cold from the command line."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from assess_command import DAY
from process import run
from table import Table

from cobalamin.assessing import memory_engine
from cobalamin.records.case import read_case

CASE = Path(__file__).parent / "cases" / "grey_zone.json"
SAMPLES = Path(__file__).parents[1] / "samples" / "cases"
LANGUAGES = ("en", "hi", "ar")
WARM_GOAL, CHANGE_GOAL, HELP_GOAL, CASE_GOAL = 1, 20, 150, 500


def warm(seconds: float) -> Table:
    """Median and 95th percentile of assessing a case that is read, and of reading and assessing it."""
    engine, case = memory_engine(DAY), json.loads(CASE.read_text(encoding="utf-8"))
    read = read_case(case, engine.words, engine.day)
    assert engine.assess(read).trace
    calls: dict[str, Callable[[], Any]] = {
        "assess": lambda: engine.assess(read),
        "read and assess": lambda: engine.assess(read_case(case, engine.words, engine.day)),
    }
    rows = [(name, *(f"{figure:.3f} ms" for figure in spread(call, seconds)), f"{WARM_GOAL} ms (median)") for name, call in calls.items()]
    return Table("One patient, warm, memory engine, with trace", ("what", "median", "95th percentile", "median, processor", "goal"), rows)


def changes(seconds: float) -> Table:
    """Time of what would change an answer, for cases that are read, beside the time of the assessment alone; the process stays."""
    engine, rows = memory_engine(DAY), []
    assert engine.changes
    for path in (CASE, *sorted(SAMPLES.glob("*.json"))):
        case = read_case(json.loads(path.read_text(encoding="utf-8")), engine.words, engine.day, engine.spoken)
        alone = spread(lambda case=case: engine.assess(case), seconds / 4, warm_up=20)
        held = spread(lambda case=case: engine.would_change(case), seconds, warm_up=20)
        tried = engine.changes.tried(case, engine.values(case))
        rows.append((path.stem, str(tried), str(len(engine.would_change(case))), f"{alone[2]:.2f} ms", *(f"{figure:.1f} ms" for figure in held), f"{CHANGE_GOAL} ms"))
    head = ("case", "facts tried", "told", "assessment alone, processor", "median", "95th percentile", "median, processor", "goal")
    return Table("What would change the answer, one patient, warm, memory engine", head, rows)


def spread(call: Callable[[], Any], seconds: float, warm_up: int = 200) -> tuple[float, float, float]:
    """Median and 95th percentile of a call in milliseconds, and the median of its processor time."""
    for _ in range(warm_up):
        call()
    times, processor, end = [], [], time.perf_counter() + seconds
    while time.perf_counter() < end:
        start, before = time.perf_counter(), time.process_time()
        call()
        times.append((time.perf_counter() - start) * 1000)
        processor.append((time.process_time() - before) * 1000)
    times.sort()
    return median(times), times[int(len(times) * 0.95)], median(processor)


def cold(repeats: int) -> Table:
    """Milliseconds of a whole process: median, fastest, median of processor time; the commands and the bare interpreter take turns.

    Modules are compiled beforehand, as in any installed program, also where the environment forbids Python to keep them.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [str(Path(sys.executable).parent / "cobalamin")]
    assess = [*command, "assess", str(CASE), "--as-of", DAY]
    runs = {"bare interpreter": [sys.executable, "-c", "pass"], "`cobalamin --help`": [*command, "--help"]}
    runs |= {f"assess, text, {lang}": [*assess, "--lang", lang] for lang in LANGUAGES}
    runs["assess, json"] = [*assess, "--format", "json"]
    with tempfile.TemporaryDirectory(prefix="cobalamin-bench-") as compiled:
        environment["PYTHONPYCACHEPREFIX"] = compiled
        # the first round of each only compiles and warms the disk
        rounds = [{name: run(argv, environment=environment) for name, argv in runs.items()} for _ in range(repeats + 1)][1:]
    goals = {"bare interpreter": "", "`cobalamin --help`": f"{HELP_GOAL} ms"}
    rows = []
    for name in runs:
        walls, cpu = [one[name].seconds for one in rounds], [one[name].cpu for one in rounds]
        rows.append((name, *(f"{figure * 1000:.0f} ms" for figure in (median(walls), min(walls), median(cpu))), goals.get(name, f"{CASE_GOAL} ms")))
    return Table(f"One patient, cold: a whole process, median of {repeats}", ("command", "median", "fastest", "processor, median", "goal"), rows)


if __name__ == "__main__":
    print(warm(2), changes(2), sep="\n")
