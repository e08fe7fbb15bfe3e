"""The command line as a user runs it: a process of its own."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

AS_OF = "2026-11-20"
CANARY = "CANARY"
"""Stands in ids and values of the data; it must never be seen on standard error."""


@dataclass
class Ended:
    """How a process ended."""

    code: int
    out: str
    err: str


def cobalamin(*arguments: str | Path, folder: Path | None = None) -> Ended:
    """Run the command; whatever happens there is no traceback, and no patient on standard error."""
    done = subprocess.run([sys.executable, "-m", "cobalamin.app.cli", *map(str, arguments)], capture_output=True, cwd=folder, timeout=120, check=False)
    ended = Ended(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert "Traceback" not in ended.err, ended.err
    assert CANARY not in ended.err, ended.err
    return ended
