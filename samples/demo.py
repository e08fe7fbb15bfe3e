"""Assess the people of samples/nhanes, show where the guidelines part, and one person's answer in three languages.

Each step is a command anybody can type; the demo prints it before it runs it.
"""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent
AS_OF = "2026-11-20"
PERSON = "nhanes-7582"


def run(command: str, only: int | None = None) -> None:
    """Print a command, run it, and print its first *only* lines (all when None)."""
    print(f"\n$ {command}\n", flush=True)
    program = [sys.executable, "-m", "cobalamin.app.cli", *shlex.split(command)[1:]]
    done = subprocess.run(program, cwd=ROOT, text=True, encoding="utf-8", stdout=subprocess.PIPE)
    lines = done.stdout.splitlines()
    print("\n".join(lines[:only]), flush=True)
    if only is not None and len(lines) > only:
        print(f"... and {len(lines) - only} more lines", flush=True)
    if done.returncode:
        sys.exit(done.returncode)


def main() -> None:
    """The main job on real input: a population, then a person."""
    (ROOT / "out").mkdir(exist_ok=True)
    print("32,230 people of the US survey NHANES 1999-2006 (public domain; see samples/nhanes/README.md).")
    run(f"cobalamin compare samples/nhanes --as-of {AS_OF}")
    run(f"cobalamin assess samples/nhanes --as-of {AS_OF} --out out/nhanes.parquet")
    print("\nEvery assessment is now in out/nhanes.parquet. One person of the survey, first in full, then in plain words:")
    run(f"cobalamin assess samples/nhanes --patient {PERSON} --as-of {AS_OF} --lang en", only=60)
    run(f"cobalamin plan samples/nhanes --patient {PERSON} --as-of {AS_OF}")
    run(f"cobalamin assess samples/nhanes --patient {PERSON} --as-of {AS_OF} --lang hi --voice lay")
    run(f"cobalamin assess samples/nhanes --patient {PERSON} --as-of {AS_OF} --lang ar --voice lay")


if __name__ == "__main__":
    main()
