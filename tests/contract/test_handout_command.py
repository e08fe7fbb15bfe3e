"""`cobalamin handout` as a user runs it."""

from __future__ import annotations

import json
from pathlib import Path

from command import AS_OF, CANARY, cobalamin

CASE = Path(__file__).parents[2] / "samples" / "cases" / "symptom_to_plan.json"


def test_a_sheet_is_written_whole(tmp_path: Path) -> None:
    out = tmp_path / "sheet.pdf"
    ended = cobalamin("handout", CASE, "--as-of", AS_OF, "--lang", "hi", "--also", "en", "--large", "--paper", "letter", "--out", out)

    assert (ended.code, ended.out, ended.err) == (0, "", "")
    assert out.read_bytes().startswith(b"%PDF")
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


def test_mistakes_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    """Pins: a folder that is not there, the input as target, several people, nobody, a regimen that is not offered."""
    own = tmp_path / "case.json"
    own.write_text(CASE.read_text(encoding="utf-8"), encoding="utf-8")
    both = tmp_path / "both.jsonl"
    both.write_text("".join(json.dumps({"patient_id": f"{CANARY}{number}", "facts": []}) + "\n" for number in range(2)), encoding="utf-8")
    before = sorted(path.name for path in tmp_path.iterdir())

    for arguments, said in (((own, "--out", tmp_path / "no" / "x.pdf"), "is no folder"), ((own, "--out", own), "is the input itself"),
                            ((both, "--out", tmp_path / "x.pdf"), "--patient ID"), ((own, "--regimen", "none", "--out", tmp_path / "x.pdf"), "is not offered")):
        ended = cobalamin("handout", *arguments, "--as-of", AS_OF)

        assert ended.code == 2
        assert said in ended.err
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert own.read_text(encoding="utf-8") == CASE.read_text(encoding="utf-8")
