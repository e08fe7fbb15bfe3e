"""A guideline file of a site's own: a good one answers, a broken one is refused with its file and line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from command import AS_OF
from command import cobalamin as run

import cobalamin
from cobalamin.errors import KnowledgeError

SITE = """guideline: our_lab
title: Our laboratory
based_on: ng239
since: 2026-01-01
source: our-lab
sources:
  our-lab: {title: "Our laboratory, 2026"}
parameters:
  serum_b12_deficient_below:
    - {since: 2026-01-01, ng/L: 220, pmol/L: 162, source: our-lab, where: "sheet 1", checked: primary}
"""
CASE = {"patient_id": "CANARY", "age_years": 40, "facts": [{"concept": "serum_b12", "value": 210, "unit": "ng/L", "date": "2026-11-01"}]}


def assess(folder: Path, text: str | bytes, *more: str) -> tuple[int, str, str]:
    (folder / "case.json").write_text(json.dumps(CASE))
    (folder / "our.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    ended = run("assess", "case.json", "--guideline-file", "our.yaml", "--format", "json", "--as-of", AS_OF, *more, folder=folder)
    return ended.code, ended.out, ended.err


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
def test_a_good_one_answers_beside_the_others(engine: str, tmp_path: Path) -> None:
    """Pins that a site's own limit decides under its name and changes nothing under the others."""
    code, out, err = assess(tmp_path, SITE, "--guideline", "our_lab", "--engine", engine)
    assert code == 0, err
    answer = json.loads(out)
    assert (answer["status"], answer["guidelines"]["our_lab"], answer["guidelines"]["ng239"]) == ("deficient", "deficient", "indeterminate")


BROKEN = {
    "yaml": (SITE.replace("title: Our", "title: [Our"), r"our.yaml:\d"),
    "no_title": (SITE.replace("title: Our laboratory\n", ""), "our.yaml:1"),
    "base": (SITE.replace("based_on: ng239", "based_on: ng293"), "our.yaml:.*Did you mean 'ng239'"),
    "source": (SITE.replace("source: our-lab\n", "source: or-lab\n"), "our.yaml:.*Did you mean 'our-lab'"),
    "parameter": (SITE.replace("serum_b12_deficient_below", "serum_b12_deficient_belw"), "our.yaml:9.*Did you mean 'serum_b12_deficient_below'"),
    "unit": (SITE.replace("ng/L: 220", "fL: 220"), "our.yaml:10"),
    "number": (SITE.replace("ng/L: 220", "ng/L: many"), "our.yaml:10"),
    "empty": ("", "our.yaml"),
    "list": ("- 1\n- 2\n", "our.yaml"),
    "text": ("hello", "our.yaml"),
    "parameters_list": (SITE[: SITE.index("  serum_b12")] + "  - x\n", "our.yaml"),
    "sources_list": (SITE.replace('  our-lab: {title: "Our laboratory, 2026"}', "  - x"), "our.yaml"),
    "encoding": (SITE.encode().replace(b"Our", b"\xff\xfe"), "our.yaml"),
    "nul": (SITE.replace("Our", "O\0r"), "our.yaml"),
}




@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_one_is_refused_with_its_line(kind: str, tmp_path: Path) -> None:
    """Pins the error with the file and the line; the command line ends with 11 on it (see below)."""
    text, says = BROKEN[kind]
    path = tmp_path / "our.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(KnowledgeError, match=says):
        cobalamin.assess(CASE, guideline_files=[path])


def test_the_command_line_ends_with_eleven(tmp_path: Path) -> None:
    """Pins exit code 11, the file and the line, and nothing on standard output."""
    code, out, err = assess(tmp_path, SITE.replace("ng/L: 220", "fL: 220"))
    assert (code, out) == (11, "")
    assert "our.yaml:10" in err


def test_one_that_is_not_there(tmp_path: Path) -> None:
    """Pins exit code 11 for a file that does not exist, or is a folder."""
    (tmp_path / "case.json").write_text(json.dumps(CASE))
    for name in ("nobody.yaml", "."):
        assert run("assess", "case.json", "--guideline-file", name, folder=tmp_path).code == 11
