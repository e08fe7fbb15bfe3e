"""A run in parts answers as a run in one piece, whatever the order of the facts, and a run that is killed is taken up where it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from cobalamin.app.answers import answer_file
from cobalamin.run import Run

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

PEOPLE, PART, KILLS = 600, 50, 20
AS_OF = "2026-11-20"
PROGRAM = """
import os, sys
from pathlib import Path
import duckdb
from cobalamin.app.answers import answer_file
from cobalamin.run import Run
source, out, day, size = sys.argv[1:]
print("ready", flush=True)
for _ in sys.stdin:
    child = os.fork()
    if not child:
        print(os.getpid(), flush=True)
        run = Run(Path(source), as_of=day, engine="duckdb", part_size=int(size))
        answer_file(run, Path(out), "parquet", resume=True, progress=lambda done, everybody, before: print(done, before, flush=True))
        os._exit(0)
    print("ended", os.waitpid(child, 0)[1], flush=True)
"""
"""Runs again and again, each in a process of its own that has everything loaded; prints its number, what was done after each part, and how it ended."""


KINDS: list[Callable[[Random], dict[str, object]]] = [
    lambda random: {"concept": "serum_b12", "value": random.randint(50, 900), "unit": random.choice(["ng/L", "pmol/L", "furlong"])},
    lambda random: {"concept": "hemoglobin", "value": random.choice([9, 13, -4, "<12"]), "unit": "g/dL"},
    lambda random: {"concept": "mcv", "value": random.randint(60, 130), "unit": "fL"},
    lambda random: {"concept": random.choice(["glossitis", "metformin", "vegan_diet", "tingling in both feet", "glorbing", "paresthesia"])},
]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same people as tables of Parquet: facts kept by patient in small row groups, and facts in no order."""
    folder = tmp_path_factory.mktemp("people")
    random = Random("parts")
    people = [{"patient_id": f"p{number:05}", "sex": random.choice(["female", "male", "?"]), "age_years": random.randint(1, 90)} for number in range(PEOPLE)]
    rows = [{"patient_id": person["patient_id"], "date": f"2026-{random.randint(1, 11):02}-15", **random.choice(KINDS)(random)}
            for person in people for _ in range(random.randint(0, 30))]  # fmt: skip
    rows += [{"patient_id": "nobody", "concept": "mcv"}, {"concept": "mcv"}]
    found = {}
    for order in ("by patient", "in no order"):
        found[order] = folder / order
        found[order].mkdir()
        if order == "in no order":
            random.shuffle(rows)
        for name, held in (("patients", people), ("facts", rows)):
            (folder / "rows.json").write_text("\n".join(json.dumps({k: str(v) for k, v in row.items() if v is not None}) for row in held), encoding="utf-8")
            duckdb.sql(f"COPY (SELECT * FROM read_json('{folder}/rows.json', format='newline_delimited', auto_detect=true, sample_size=-1)) "
                       f"TO '{found[order]}/{name}.parquet' (ROW_GROUP_SIZE 2048)")  # fmt: skip
    return found


def rows_of(path: Path) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = duckdb.sql(f"SELECT * FROM '{path}'").fetchall()
    return rows


def assessed(source: Path, out: Path, part_size: int = 0) -> tuple[list[tuple[object, ...]], dict[str, object]]:
    account = answer_file(Run(source, as_of=AS_OF, engine="duckdb", part_size=part_size), out, "parquet")
    assert account.adds_up
    assert account.facts_set_aside["unknown_patient"] == 1
    return rows_of(out), account.to_dict()


@pytest.mark.parametrize("order", ["by patient", "in no order"])
def test_parts_answer_as_one_piece(order: str, tables: dict[str, Path], tmp_path: Path) -> None:
    """Pins the same rows, in the order of the patients, and the same account; nothing but the answers is left behind."""
    whole, account = assessed(tables[order], tmp_path / "whole.parquet")
    parts, same = assessed(tables[order], tmp_path / "parts.parquet", PART)
    assert [row[0] for row in parts] == [f"p{number:05}" for number in range(PEOPLE)]
    assert parts == whole
    assert same == account
    assert sorted(path.name for path in tmp_path.iterdir()) == ["parts.parquet", "whole.parquet"]


def test_a_part_reads_only_its_row_groups(tables: dict[str, Path], tmp_path: Path) -> None:
    """Pins that facts kept by patient are not laid out again, and that others are."""
    for order, laid_out in (("by patient", False), ("in no order", True)):
        with Run(tables[order], as_of=AS_OF, engine="duckdb", part_size=PART).opened(tmp_path) as engine:
            assert len(engine.parts.all()) == PEOPLE // PART
            assert (engine.parts.laid_out is not None) == laid_out


class Runs:
    """Runs over one source into one file, one after the other."""

    def __init__(self, process: subprocess.Popen[str]):
        self.process = process
        assert self.said() == "ready"

    def said(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def start(self) -> int:
        """Start a run; the number of its process."""
        assert self.process.stdin is not None
        print("go", file=self.process.stdin, flush=True)
        return int(self.said())

    def rest(self) -> list[list[str]]:
        """What a run said until it ended, and how it ended."""
        lines = [self.said().split()]
        while lines[-1][0] != "ended":
            lines.append(self.said().split())
        return lines


@contextmanager
def runs(source: Path, out: Path) -> Iterator[Runs]:
    command = [sys.executable, "-c", PROGRAM, str(source), str(out), AS_OF, str(PART)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Runs(process)
        finally:
            process.kill()


@pytest.mark.skipif(os.name == "nt", reason="signals end processes otherwise there")
def test_a_killed_run_is_taken_up(tables: dict[str, Path], tmp_path: Path) -> None:
    """Killed twenty times at random moments: the old file stands until the new one is whole, finished parts are not repeated, the end is the same."""
    source, out, random = tables["by patient"], tmp_path / "out.parquet", Random("kill")
    out.write_text("yesterday")
    finished, kept = 0, tmp_path / ".parts-out.parquet"
    with runs(source, out) as started:
        for kill in range(KILLS):
            run = started.start()
            # half of them at any moment, the others after a part
            if kill % 2 and finished < PEOPLE // PART - 2:
                while len(started.said().split()) == 2 and len(list(kept.glob("part-*.parquet"))) == finished:
                    pass
            time.sleep(random.random() / 20 if kill % 2 else random.random())
            os.kill(run, signal.SIGKILL)
            assert started.rest()[-1] == ["ended", str(int(signal.SIGKILL))], "the run ended before it could be stopped"
            assert out.read_text() == "yesterday"
            now = len(list(kept.glob("part-*.parquet")))
            assert now >= finished
            finished = now
        assert finished > 0
        started.start()
        reports = started.rest()
    assert reports.pop() == ["ended", "0"]
    assert max(int(before) for _, before in reports) == finished * PART
    assert rows_of(out) == assessed(source, tmp_path / "again.parquet")[0]
    assert not kept.exists()


@pytest.mark.skipif(os.name == "nt", reason="signals end processes otherwise there")
def test_another_day_does_not_use_old_parts(tables: dict[str, Path], tmp_path: Path) -> None:
    """Pins that parts of another day are thrown away, and that the run says so."""
    source, out = tables["by patient"], tmp_path / "out.parquet"
    with runs(source, out) as started:
        run = started.start()
        started.said()
        os.kill(run, signal.SIGKILL)
        started.rest()
    again = Run(source, as_of="2026-11-21", engine="duckdb", part_size=PART)
    before: list[int] = []
    answer_file(again, out, "parquet", resume=True, progress=lambda _done, _everybody, earlier: before.append(earlier))
    assert max(before) == 0
    assert any("the day changed" in notice for notice in again.notices)


@pytest.mark.parametrize(("allowed", "database", "people"), [("4GB", 3_600_000_000, 245_760), ("1GB", 750_000_000, 40_960), ("300MB", 225_000_000, 20_480)])
def test_memory_allowed_is_that_of_the_process(allowed: str, database: int, people: int) -> None:
    """Pins that the database gets less than the run may use, and that less memory makes smaller parts."""
    from cobalamin.engines.duckdb.engine import connect
    from cobalamin.engines.duckdb.parts import fitting_size, memory_of

    con = connect(allowed)
    assert fitting_size(con) == people
    assert database * 0.98 < memory_of(con) <= database
