"""What README, tutorial and how-to pages show must work as shown."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
import yaml
from examples import ROOT, Example, examples, missing

NEEDS = {"check": "z3", "compare": "duckdb", "samples/nhanes": "duckdb", "--patient": "duckdb"}


def run(command: list[str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    found = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return subprocess.run(command, cwd=folder, env=os.environ | {"PATH": found}, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("example", [e for e in examples("run") if e.kind == "console"], ids=lambda e: e.id)
def test_a_command_prints_what_is_shown(example: Example) -> None:
    """Pins every command marked runnable: it ends well and prints the lines shown, in their order."""
    (ROOT / "out").mkdir(exist_ok=True)
    for command, shown in example.commands:
        lacks = [module for part, module in NEEDS.items() if part in command.split() and not find_spec(module)]
        if lacks:
            pytest.skip(f"needs {lacks[0]}")
        done = run(["bash", "-c", command])
        assert done.returncode == 0, done.stderr
        printed = done.stderr if "stderr" in example.mark else done.stdout
        assert missing(shown, printed) == "", f"{command} printed:\n{printed[:4000]}"


@pytest.mark.parametrize("example", [e for e in examples("run") if e.kind == "python"], ids=lambda e: e.id)
def test_a_program_runs(example: Example) -> None:
    """Pins every Python example."""
    done = run([sys.executable, "-c", example.text])
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("example", examples("file: "), ids=lambda e: e.id)
def test_a_file_shown_is_the_file(example: Example) -> None:
    """Pins that a page shows a sample as it is."""
    file = ROOT / example.mark.removeprefix("file: ")
    assert example.text == file.read_text(encoding="utf-8")


@pytest.mark.parametrize("example", [e for e in examples() if e.kind in ("json", "yaml")], ids=lambda e: e.id)
def test_data_shown_can_be_read(example: Example) -> None:
    """Pins that every JSON and YAML block parses."""
    tree = json.loads(example.text) if example.kind == "json" else yaml.safe_load(example.text)
    assert tree
