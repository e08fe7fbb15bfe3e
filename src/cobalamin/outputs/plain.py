"""Assessments as plain data: JSON, JSON lines and one flat row of a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def to_json(tree: Any, indent: int | None = None) -> str:
    """JSON as every output writes it: readable text, nothing escaped that need not be."""
    return json.dumps(tree, ensure_ascii=False, indent=indent)


def harmless(text: str) -> str:
    """Text that a spreadsheet would run as a formula, with an apostrophe before it."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def flat(row: Mapping[str, Any]) -> dict[str, Any]:
    """An assessment as one row of a spreadsheet; text that a spreadsheet would run as a formula is made harmless."""
    indicator = row["combined_indicator"]
    return {
        "patient_id": harmless(str(row["patient_id"])),
        **{name: row[name] for name in ("as_of", "guideline", "status", "status_basis", "urgency", "severity")},
        "test_advised": str(row["test"]["advised"]).lower(),
        **{name: ";".join(row[name]) for name in ("findings", "notes", "alternatives")},
        **{f"tests_{name}": ";".join(held) for name, held in row["test"].items() if name != "advised"},
        "combined_indicator": indicator["value"] if indicator else "",
        "rows_set_aside": len(row["set_aside"]), "words_not_understood": len(row["not_understood"]),
        **{f"status_{guideline}": status for guideline, status in row["guidelines"].items()},
    }  # fmt: skip


def csv_lines(rows: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """The rows as lines of CSV, header first."""
    buffer = io.StringIO()
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        held = flat(row)
        if writer is None:
            writer = csv.DictWriter(buffer, list(held), lineterminator="\n")
            writer.writeheader()
        writer.writerow(held)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
