"""The change that how-to/write-a-rule.md makes from beginning to end is accepted, proved and does what its spec says."""

from __future__ import annotations

import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from examples import ROOT, examples

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.records.case import read_case
from cobalamin.records.words import Words
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.load import FOLDER, load

PAGE = "docs/how-to/write-a-rule.md"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the knowledge with every block of the page added to its file."""
    copy = tmp_path_factory.mktemp("exercise") / "knowledge"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("compiled.json"))
    for example in examples("adds to: "):
        assert example.page == PAGE
        with (copy / example.mark.removeprefix("adds to: ")).open("a", encoding="utf-8") as file:
            file.write(example.text)
    return copy


@pytest.fixture(scope="module")
def changed(folder: Path) -> Knowledge:
    return load(folder)


def test_the_change_passes_the_check(folder: Path, changed: Knowledge) -> None:
    """Pins that the page's blocks fit the knowledge: names, kinds, sentences in three languages, proofs of the tables."""
    if not find_spec("z3"):
        pytest.skip("needs z3")
    from cobalamin.verify import run

    report = run(changed, ["ng239"], only=("data", "languages", "tables"), folder=folder, as_of="2026-11-20")
    assert report.ok, str(report)


def test_the_change_does_what_its_spec_says(changed: Knowledge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pins that the page's spec table comes out as written."""
    monkeypatch.setattr(sys, "path", [str(ROOT / "tests" / "spec"), *sys.path])
    import spec_file
    from expectation import complaints

    monkeypatch.setattr(spec_file, "FOLDER", tmp_path)
    (example,) = examples("spec")
    file = tmp_path / "exercise.yaml"
    file.write_text(example.text, encoding="utf-8")
    engine = MemoryEngine(changed, "2026-11-20", "ng239", Words(changed))

    wrong = {patient.id: complaints(patient.expected, engine.assess(read_case(patient.case, engine.words, engine.day)).to_dict(), changed)
             for patient in spec_file.read(file, changed).patients}  # fmt: skip

    assert {id: found for id, found in wrong.items() if found} == {}
