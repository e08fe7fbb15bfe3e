"""Files as they should not be: packed, cut short, in parts, linked out of their folder, pipes, and disks that are full."""

from __future__ import annotations

import gzip
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

from tables_of_text import AS_OF, B12, HEAD, answers, both, parquet, write

from cobalamin.errors import InputError
from cobalamin.run import Run

MANY = "\n".join([HEAD, *(B12.replace("p1", f"p{number}") for number in range(3000))]).encode() + b"\n"


def test_packed_tables(tmp_path: Path) -> None:
    """Pins that a packed table is read like any other, and one that is cut short is an error, never a shorter table."""
    packed = gzip.compress(MANY)
    assert len(both(write(tmp_path, "facts.csv.gz", packed)).people) == 3000
    assert len(both(write(tmp_path / "in", "facts.csv.gz", packed).parent).people) == 3000
    for broken in (packed[: len(packed) // 2], packed[:-4], packed[:40] + b"\0" * 40 + packed[80:], MANY):
        for engine in ("memory", "duckdb"):
            with pytest.raises(InputError, match="cut short or damaged"):
                answers(write(tmp_path, "facts.csv.gz", broken), engine)
    with pytest.raises(InputError, match="is empty"):
        answers(write(tmp_path, "facts.csv.gz", gzip.compress(b"")), "duckdb")


@pytest.mark.parametrize("names", [("facts-001.csv", "facts-002.csv"), ("facts_1.csv", "facts_2.csv.gz"), ("facts/a.csv", "facts/b.csv"), ("facts.csv/part-0", "x"),
                                   ("part-00000.csv", "part-00001.csv")])  # fmt: skip
def test_a_table_in_parts(names: tuple[str, str], tmp_path: Path) -> None:
    """Pins that one patient's facts are put together from parts with columns in another order, and that what a writer leaves beside is not read."""
    first, second = [HEAD, B12, "p2,mcv,2026-11-01,104,fL"], ["unit,value,date,concept,patient_id", "g/L,100,2026-11-01,hemoglobin,p1", "too,short"]
    if names[1] == "x":
        names = ("facts.csv/part-0.csv", "facts.csv/part-1.csv")
    for name, rows in zip(names, (first, second), strict=True):
        content = ("\n".join(rows) + "\n").encode()
        write((tmp_path / name).parent, Path(name).name, gzip.compress(content) if name.endswith(".gz") else content)
        write((tmp_path / name).parent, "_SUCCESS", "")
    found = both(tmp_path)
    assert found.account["facts"] == {"read": 4, "used": 3, "set_aside": {"unreadable_row": 1}}
    assert {person["patient_id"]: person["findings"] for person in found.people} == {"p1": ["anemia_mild"], "p2": ["macrocytosis"]}


def test_parts_of_parquet_may_be_typed_otherwise(tmp_path: Path) -> None:
    """Pins a folder as Spark writes it, with numbers in one part and text in another."""
    columns = "'serum_b12' AS concept, 'ng/L' AS unit"
    parquet(tmp_path / "facts.parquet", "part-00000.parquet", f"SELECT 'a' AS patient_id, {columns}, 150.0 AS value, DATE '2026-11-01' AS date")
    parquet(tmp_path / "facts.parquet", "part-00001.parquet", f"SELECT 'b' AS patient_id, {columns}, '<150' AS value, '2026-11-01' AS date")
    assert answers(tmp_path, "duckdb").status() == {"a": "deficient", "b": "deficient"}
    assert answers(tmp_path / "facts.parquet", "duckdb").status() == {"a": "deficient", "b": "deficient"}


def test_parts_of_two_kinds_and_a_whole_beside_parts(tmp_path: Path) -> None:
    """Pins that rows are never counted twice: parts of two kinds are refused, and a whole file is read before parts, which are named."""
    write(tmp_path, "facts-1.csv", [HEAD, B12])
    parquet(tmp_path, "facts-2.parquet", "SELECT 'p' AS patient_id, 'mcv' AS concept")
    with pytest.raises(InputError, match="of one kind"):
        answers(tmp_path, "duckdb")
    (tmp_path / "facts-2.parquet").unlink()
    write(tmp_path, "facts.csv", [HEAD, B12])
    assert both(tmp_path).notices == ["facts-1.csv is not read; facts.csv is."]


def test_links(tmp_path: Path) -> None:
    """Pins that a link the user named is followed, one within the folder too, and one that leads out of the folder or nowhere is refused."""
    outside = write(tmp_path / "else", "secret.csv", [HEAD, B12])
    folder = tmp_path / "in"
    write(folder, "patients.csv", ["patient_id", "p1"])
    (folder / "facts.csv").symlink_to(outside)
    with pytest.raises(InputError, match=r"facts\.csv in .* is a link to a place outside of the folder"):
        answers(folder, "duckdb")
    (tmp_path / "named.csv").symlink_to(outside)
    (tmp_path / "same").symlink_to(tmp_path / "else")
    assert answers(tmp_path / "named.csv", "duckdb").status() == answers(tmp_path / "same" / "secret.csv", "memory").status() == {"p1": "deficient"}
    (folder / "facts.csv").unlink()
    (folder / "facts.csv").symlink_to(folder / "there.csv")
    with pytest.raises(InputError, match="leads nowhere"):
        answers(folder, "duckdb")
    write(folder, "there.csv", [HEAD, B12])
    assert both(folder).status() == {"p1": "deficient"}


@pytest.mark.parametrize("name", ["facts.csv", "case.json"])
def test_a_pipe_is_refused_at_once(name: str, tmp_path: Path) -> None:
    """Pins that nobody waits for a pipe that is never written to."""
    os.mkfifo(tmp_path / name)
    for source in (tmp_path / name, *([tmp_path] if name == "facts.csv" else [])):
        with pytest.raises(InputError, match="pipe or a device"):
            Run(str(source), as_of=AS_OF).reads(tmp_path / name)


@pytest.mark.parametrize("name", ["case.json", "case.yaml", "case.jsonl"])
def test_ten_thousand_levels(name: str, tmp_path: Path) -> None:
    """Pins that nesting nobody can follow is an error, or in JSON lines a line set aside, and never the end of the program."""
    path = write(tmp_path, name, '{"a": ' * 10_000 + "1" + "}" * 10_000)
    done = subprocess.run([sys.executable, "-m", "cobalamin.app.cli", "assess", str(path), "--format", "json"], capture_output=True, text=True)
    assert done.returncode == (0 if name == "case.jsonl" else 10), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_no_room_on_the_disk(format: str, tmp_path: Path) -> None:
    """Pins that a write that cannot be finished leaves the old result as it was, and no draft."""
    path, out = write(tmp_path, "facts.csv", MANY), write(tmp_path / "out", f"o.{format}", "the old result")
    done = subprocess.run([sys.executable, "-m", "cobalamin.app.cli", "assess", str(path), "--as-of", AS_OF, "--out", str(out)], capture_output=True, text=True,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)))  # fmt: skip
    assert done.returncode == 10, done.stderr
    assert "Traceback" not in done.stderr
    assert out.read_text() == "the old result"
    assert os.listdir(out.parent) == [out.name]


@pytest.mark.parametrize("how", ["changes", "vanishes"])
def test_a_file_that_changes_while_it_is_read(how: str, tmp_path: Path) -> None:
    """Pins that an answer over two states of a file is never given."""
    path = write(tmp_path, "facts.csv", [HEAD, B12])

    def read() -> None:
        with Run(str(path), as_of=AS_OF).opened(tmp_path):
            path.unlink() if how == "vanishes" else write(tmp_path, "facts.csv", [HEAD, B12, B12])

    with pytest.raises(InputError, match=r"facts\.csv changed or vanished while it was read"):
        read()


def test_a_folder_that_takes_no_file(tmp_path: Path) -> None:
    """Pins the error, before any work, for a folder in which nobody may write."""
    path = write(tmp_path, "facts.csv", [HEAD, B12])
    done = subprocess.run([sys.executable, "-m", "cobalamin.app.cli", "assess", str(path), "--as-of", AS_OF, "--out", "/proc/o.csv"], capture_output=True, text=True)
    assert done.returncode == 10
    assert "/proc/o.csv cannot be written" in done.stderr
