"""Files of cases: JSON, YAML and JSON lines, whole and broken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cobalamin.errors import InputError
from cobalamin.records.case import read_case, read_cases
from cobalamin.records.words import Words

GOOD = {"patient_id": "p1", "sex": "female", "age_years": 40, "facts": [{"concept": "serum_b12", "value": 150, "unit": "ng/L"}]}


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("case.json", json.dumps(GOOD)),
        ("case.json", "\ufeff" + json.dumps(GOOD)),
        ("case.json", json.dumps([GOOD])),
        ("case.json", json.dumps(GOOD, indent=2).replace("\n", "\r\n")),
        ("case.yaml", "patient_id: p1\nsex: female\nage_years: 40\nfacts:\n  - {concept: serum_b12, value: 150, unit: ng/L}\n"),
        ("case.jsonl", json.dumps(GOOD) + "\n\n"),
        ("case.jsonl", "\ufeff" + json.dumps(GOOD) + "\r\n"),
    ],
)
def test_every_way_a_case_is_written(name: str, content: str, tmp_path: Path, words: Words, today: int) -> None:
    """Pins JSON, YAML and JSON lines, with byte-order marks and CRLF."""
    (tree,) = read_cases(write(tmp_path, name, content))
    assert read_case(tree, words, today) == read_case(GOOD, words, today)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("case.json", "{"),
        ("case.json", ""),
        ("case.json", '{"patient_id": "p1\x00"}'),
        ("case.json", b'{"sex": "\xff\xfe"}'),
        ("case.json", "[" * 100_000),
        ("case.json", "5"),
        ("case.json", '["p1"]'),
        ("case.yaml", "a: [1, 2"),
        ("case.yaml", "a: b: c"),
        ("case.yaml", "\x00"),
        ("case.yaml", "- p1"),
    ],
)
def test_a_file_that_cannot_be_read(name: str, content: str | bytes, tmp_path: Path) -> None:
    """Pins that broken JSON, NUL bytes, other encodings and endless nesting are one error that names the file."""
    with pytest.raises(InputError, match=name):
        list(read_cases(write(tmp_path, name, content)))


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Pins that a missing file is an input error for each kind of file."""
    for name in ("case.json", "case.yaml", "case.jsonl"):
        with pytest.raises(InputError, match=name):
            list(read_cases(tmp_path / name))


def test_a_broken_line_is_a_case_of_its_own(tmp_path: Path, words: Words, today: int) -> None:
    """Pins that no line of a JSON lines file is lost: a broken one is a patient who says so."""
    lines = [json.dumps(GOOD), '{"patient_id": ', "[1]", '{"patient_id": "a\x00b"}', "[" * 100_000, "", json.dumps(GOOD | {"patient_id": "p2"})]
    cases = list(read_cases(write(tmp_path, "cases.jsonl", "\n".join(lines))))
    assert [case["patient_id"] for case in cases] == ["p1", "line 2", "line 3", "line 4", "line 5", "p2"]
    assert [item.reason for item in read_case(cases[1], words, today).set_aside] == ["no_concept"]


def test_a_line_in_another_encoding_is_still_read(tmp_path: Path) -> None:
    """Pins that stray bytes cost a letter, not the line."""
    cases = list(read_cases(write(tmp_path, "cases.jsonl", b'{"patient_id": "p\xff1"}\n{"patient_id": "p2"}\n')))
    assert [case["patient_id"] for case in cases] == ["p\ufffd1", "p2"]


def test_a_small_file_that_unfolds_without_end(tmp_path: Path, words: Words, today: int) -> None:
    """Pins that YAML which refers to itself again and again is not written out."""
    text = (
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(20))
        + "sex: *u\nfacts: [*u]\n"
    )
    (tree,) = read_cases(write(tmp_path, "case.yaml", text))
    case = read_case(tree, words, today)
    assert [item.reason for item in (*case.patient.set_aside, *case.set_aside)] == ["unreadable_value", "no_concept"]
