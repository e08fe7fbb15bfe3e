"""Assessments as plain data: JSON, JSON lines and one flat row of a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

from cobalamin.rules.answer import LIST_FIELDS, REGIMEN_FIELDS

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
        **{name: ";".join(row[name]) for name in LIST_FIELDS},
        "causes": ";".join(f"{cause['id']} ({cause['certainty']})" for cause in row["causes"]),
        "treatment_start": row["treatment"]["start"], **{name: row["treatment"][name] or "" for name in REGIMEN_FIELDS},
        "next_dose": min((dose["date"] for dose in row["treatment"]["doses"]), default=""), "cautions": ";".join(row["treatment"]["cautions"]),
        "response_adequate": "" if row["response"]["adequate"] is None else str(row["response"]["adequate"]).lower(),
        "next_review": row["review"][0]["date"] if row["review"] else "",
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
