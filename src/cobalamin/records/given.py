"""Doses given, from a list of their own: for whoever keeps a card of injections and no record of facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cobalamin.records.rows import csv_rows


def given_facts(path: Path, scratch: Path, patient_id: str, notices: list[str]) -> list[Any]:
    """The rows of a CSV file as facts of one person: `date`, `drug`, `dose` (`1000 ug`) and `route` in words.

    Where there is a column `patient_id`, rows with another id are somebody else's; their number goes to *notices*. A row that cannot
    be read stays as a fact that says nothing, so that it is set aside with a reason.
    """
    facts: list[Any] = []
    others = 0
    for row in csv_rows(path, "given", scratch, notices):
        if row is None:
            facts.append("unreadable row")
        elif row.get("patient_id") and row["patient_id"] != patient_id:
            others += 1
        else:
            dose = f"{row.get('dose', '')} {row.get('route', '')}".strip()
            facts.append({"concept": row["drug"], "date": row["date"], "end": row["date"], "dose": dose})
    if others:
        notices.append(f"{path.name}: {others} rows are of other people.")
    return facts
