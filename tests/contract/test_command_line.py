"""The command line with impossible wishes and broken files: one clear line, the right exit code, nothing half written."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command import AS_OF, cobalamin

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

FACT = {"concept": "serum_b12", "value": 150, "unit": "ng/L", "date": "2026-11-01"}
CASE = {"patient_id": "CANARY-1", "sex": "female", "age_years": 40, "facts": [FACT]}
TABLE = "patient_id,concept,value,unit\nCANARY-1,serum_b12,CANARY,ng/L\nCANARY-2,serum_b12,150,ng/L\n"


def case(folder: Path, content: object = CASE, name: str = "case.json") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else (content if isinstance(content, str) else json.dumps(content)).encode())
    return path


WRONG_USE = {
    "guideline": (["--guideline", "ng293"], "Did you mean 'ng239'"),
    "engine": (["--engine", "duckbd"], "Did you mean 'duckdb'"),
    "day": (["--as-of", "20.11.2026"], "write it like 2026-11-20"),
    "impossible_day": (["--as-of", "2026-02-30"], "is not a day"),
    "far_day": (["--as-of", "9999-01-01"], "outside 1900 to 2200"),
    "language": (["--lang", "ah"], "'ar'"),
    "format": (["--format", "jsno"], "'json'"),
    "option": (["--guidline", "ng239"], "--guideline"),
    "memory": (["--engine", "duckdb", "--memory-limit", "lots'"], "like 4GB"),
    "patient": (["--patient", "nobody"], "--patient"),
    "parquet_to_screen": (["--format", "parquet"], "--out"),
    "no_folder": (["--out", "nowhere/out.csv"], "no folder to write to"),
    "onto_folder": (["--out", "."], "is no file"),
    "onto_input": (["--out", "case.json", "--format", "json"], "is the input itself"),
}


@pytest.mark.parametrize("kind", WRONG_USE)
def test_wrong_use_ends_with_two(kind: str, tmp_path: Path) -> None:
    """Pins exit code 2 and a message that helps, for every wish that cannot be met."""
    options, says = WRONG_USE[kind]
    ended = cobalamin("assess", case(tmp_path).name, *options, folder=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert says in ended.err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["case.json"]
    assert json.loads((tmp_path / "case.json").read_text()) == CASE


def test_wrong_names_of_commands_and_rules() -> None:
    """Pins exit code 2 for a command that does not exist, a missing input, and a name nobody knows."""
    assert cobalamin("asses").code == 2
    assert cobalamin("assess").code == 2
    assert cobalamin("explain", "serum_b21").code == 2


@pytest.mark.parametrize(("name", "lang"), [("dahi", "en"), ("दही", "hi"), ("لبنة", "ar"), ("prevalence", "hi"), ("foods", "ar")])
def test_what_people_ask_about_is_explained_in_their_language(name: str, lang: str) -> None:
    """Pins that foods and other collections are found by the words people use, as text and as JSON with sources."""
    text, data = cobalamin("explain", name, "--lang", lang), cobalamin("explain", name, "--lang", lang, "--format", "json")
    assert (text.code, data.code, text.err, data.err) == (0, 0, "", "")
    found = json.loads(data.out)
    values = [value for entry in found.get("entries", [found]) for value in entry["values"]]
    assert values
    assert all(value["source_id"] and value["checked"] and value["where"] for value in values)
    assert found["label"] in text.out


@pytest.mark.parametrize("lang", ["hi", "ar"])
@pytest.mark.parametrize(
    "name", ["paresthesia", "ng239", "nice-ng239", "treat.start.deficient", "treat.start", "treat", "status", "serum_b12_deficient_below", "deficient_or_probable"]
)
def test_the_parts_of_an_explanation_are_named_in_the_language_asked(name: str, lang: str) -> None:
    """Pins that no part of an explanation is left with an English name."""
    lines = cobalamin("explain", name, "--lang", lang).out.splitlines()
    parts = [line.partition(":")[0] for line in lines if not line.startswith(" ")]
    assert parts
    assert not [part for part in parts if part.isascii()]


UNREADABLE: dict[str, Callable[[Path], object]] = {
    "missing": lambda folder: folder / "case-nobody.json",
    "missing_folder": lambda folder: folder / "nothing" / "here",
    "too_long_a_name": lambda folder: folder / ("x" * 5000),
    "unknown_kind": lambda folder: case(folder, name="case.docx"),
    "broken_json": lambda folder: case(folder, '{"patient_id": "CANARY", '),
    "not_an_object": lambda folder: case(folder, ["CANARY"]),
    "broken_fhir": lambda folder: case(folder, '{"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": "CANARY"'),
    "facts_no_list": lambda folder: case(folder, CASE | {"facts": {"CANARY": 1}}),
    "facts_text": lambda folder: case(folder, CASE | {"facts": "CANARY"}),
    "other_encoding": lambda folder: case(folder, b'{"patient_id": "CANARY\xff"}'),
    "empty_case": lambda folder: case(folder, ""),
    "broken_yaml": lambda folder: case(folder, "CANARY: [1, 2", "case.yaml"),
    "empty_table": lambda folder: case(folder, "", "facts.csv"),
    "no_names": lambda folder: case(folder, "CANARY-1,serum_b12,CANARY,ng/L\n", "facts.csv"),
    "missing_column": lambda folder: case(folder, TABLE.replace("patient_id", "patientid"), "facts.csv"),
    "not_parquet": lambda folder: case(folder, TABLE, "facts.parquet"),
    "nothing_of_ours": lambda folder: case(folder, "x", "notes.md").parent,
    "empty_folder": lambda folder: folder,
    "folder_named_like_a_table": lambda folder: (folder / "facts.csv").mkdir() or folder,
}


@pytest.mark.parametrize("kind", UNREADABLE)
def test_unreadable_input_ends_with_ten(kind: str, tmp_path: Path) -> None:
    """Pins exit code 10, one line on standard error, and no output file."""
    source = UNREADABLE[kind](tmp_path)
    ended = cobalamin("assess", str(source), "--out", tmp_path / "out.jsonl")
    assert (ended.code, ended.out, ended.err.count("\n")) == (10, "", 1), ended.err
    assert not (tmp_path / "out.jsonl").exists()


def test_nothing_to_assess_ends_with_twelve(tmp_path: Path) -> None:
    """Pins exit code 12 for an input that is readable and holds nobody, with every engine and command."""
    table, cases, lines = case(tmp_path, "patient_id,concept\n", "facts.csv"), case(tmp_path, []), case(tmp_path, "", "none.jsonl")
    for arguments in (["assess", table, "--engine", "memory"], ["assess", table, "--format", "csv"], ["compare", table],
                      ["assess", cases], ["assess", lines, "--format", "jsonl"], ["compare", cases]):  # fmt: skip
        assert cobalamin(*arguments).code == 12, arguments


def test_broken_lines_are_people_who_say_so(tmp_path: Path) -> None:
    """Pins that a broken line, and one whose facts are no list, cost no other line."""
    lines = [json.dumps(CASE), '{"patient_id": "CANARY', json.dumps(CASE | {"facts": 5}), json.dumps(CASE | {"patient_id": "CANARY-2"})]
    ended = cobalamin("assess", case(tmp_path, "\n".join(lines), "cases.JSONL"), "--format", "jsonl", "--as-of", AS_OF)
    people = [json.loads(line) for line in ended.out.splitlines()]
    assert (ended.code, [p["patient_id"] for p in people]) == (0, ["CANARY-1", "line 2", "line 3", "CANARY-2"])
    assert [p["status"] for p in people] == ["deficient", "unknown", "unknown", "deficient"]
    assert "facts: 4 read = 2 used + 2 set aside (2 no_concept)" in ended.err


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_standard_error_says_where_every_row_went(engine: str, tmp_path: Path) -> None:
    """Pins the account and the notice of an unknown column on standard error, for a table in a folder of an odd name."""
    folder = tmp_path / 'it\'s a "strange" folder [1] *'
    folder.mkdir()
    case(folder, TABLE.replace("unit\n", "unit,valeu\n").replace("ng/L", "ng/L,CANARY") + "CANARY,too,short\n", "facts.csv")
    ended = cobalamin("assess", folder, "--engine", engine, "--format", "csv", "--as-of", AS_OF)
    assert ended.code == 0
    assert ended.err.splitlines() == [
        "note: facts.csv: the column 'valeu' is not used. Did you mean 'value'?",
        "patients: 2 read = 2 used + 0 set aside",
        "facts: 3 read = 1 used + 2 set aside (1 unreadable_row, 1 unreadable_value)",
    ]
    ended = cobalamin("assess", folder, "--engine", "memory")
    assert ended.err.splitlines() == ["note: facts.csv: the column 'valeu' is not used. Did you mean 'value'?"]


# ---- the output appears whole or not at all


@pytest.mark.parametrize("out", ["out.txt", "out.json", "out.jsonl", "out.csv", "out.parquet"])
def test_an_input_that_breaks_midway_leaves_the_old_file(out: str, tmp_path: Path) -> None:
    """Pins that the file of yesterday stays when today's run fails after some people, and that no draft is left."""
    lines = [json.dumps(CASE)] * 30 + [json.dumps({"resourceType": "Patient"})]
    source, target = case(tmp_path, "\n".join(lines), "cases.jsonl"), case(tmp_path, "yesterday", out)
    assert cobalamin("assess", source, "--out", target).code == 10
    assert target.read_text() == "yesterday"
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["cases.jsonl", out])


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full disk to write to")
@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_a_full_disk_leaves_the_old_file(engine: str, tmp_path: Path) -> None:
    """Pins that a disk without room is an error that says so, whoever writes."""
    (tmp_path / ".part-out.jsonl").symlink_to("/dev/full")
    target = case(tmp_path, "yesterday", "out.jsonl")
    ended = cobalamin("assess", case(tmp_path), "--out", target, "--engine", engine)
    assert (ended.code, target.read_text()) == (10, "yesterday")


@pytest.mark.skipif(os.name == "nt", reason="signals end processes otherwise there")
def test_a_run_that_is_ended_leaves_the_old_file(tmp_path: Path) -> None:
    """Pins that a process ended while it writes never leaves half an answer under the name of the whole."""
    source = case(tmp_path, "\n".join(json.dumps(CASE | {"patient_id": f"p{number}"}) for number in range(60_000)), "cases.jsonl")
    target = case(tmp_path, "yesterday", "out.jsonl")
    with subprocess.Popen([sys.executable, "-m", "cobalamin.app.cli", "assess", str(source), "--out", str(target)], stderr=subprocess.DEVNULL) as process:
        draft, end = tmp_path / ".part-out.jsonl", time.monotonic() + 60
        while not (draft.exists() and draft.stat().st_size > 100_000) and process.poll() is None and time.monotonic() < end:
            time.sleep(0.01)
        assert process.poll() is None, "the run ended before it could be stopped"
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert target.read_text() == "yesterday"
