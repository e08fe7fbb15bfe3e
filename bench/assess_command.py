"""`cobalamin assess` as a process, from tables to Parquet."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

from process import Used, run

DAY = "2026-11-20"
COBALAMIN = str(Path(sys.executable).parent / "cobalamin")


def why_no_spark() -> str:
    """Why Spark cannot run here, or an empty text."""
    if not find_spec("pyspark"):
        return "PySpark is not installed"
    return "" if shutil.which("java") else "Java is not installed"


def assess(source: Path, out: Path, engine: str, memory_limit: str = "") -> Used:
    """Everybody in *source*, with the rules of the trace; every row must have been used."""
    limit = ["--memory-limit", memory_limit] if memory_limit else []
    used = run([COBALAMIN, "assess", source, "--as-of", DAY, "--out", out, "--engine", engine, *limit], children=engine == "spark")
    facts = json.loads(out.with_name(f"{out.name}.account.json").read_text())["facts"]
    if facts["read"] != facts["used"]:
        raise SystemExit(f"The account sets rows aside: {facts}")
    return used


def parquet(out: Path) -> str:
    """The answers in *out*, a file or a folder of parts, as a relation of DuckDB."""
    return f"read_parquet('{out}/*.parquet')" if out.is_dir() else f"read_parquet('{out}')"


def remove(out: Path) -> None:
    """Remove answers, for the room."""
    shutil.rmtree(out) if out.is_dir() else out.unlink()
