"""Tables read row by row in plain Python: the memory engine's way into CSV, and into one person of any table."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cobalamin.errors import InputError, nearest
from cobalamin.model.account import Account
from cobalamin.model.fact import FACT_COLUMNS
from cobalamin.records.case import PATIENT_COLUMNS
from cobalamin.records.text_files import cleaned, delimiter_of


def find(folder: Path, name: str) -> Path | None:
    """The table called *name* in a folder, by its suffix."""
    return next((folder / f"{name}{suffix}" for suffix in (".csv", ".tsv", ".txt") if (folder / f"{name}{suffix}").exists()), None)


def csv_rows(path: Path, needed: tuple[str, ...], scratch: Path) -> Iterator[dict[str, str] | None]:
    """Every row as a dict by lower-case column name; None for a row that does not fit the header."""
    if path.stat().st_size == 0:
        raise InputError(f"{path.name} is empty.")
    clean = cleaned(path, scratch)
    csv.field_size_limit(min(sys.maxsize, 1 << 31))
    with clean.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter_of(clean))
        header = [name.strip().casefold() for name in next(reader, [])]
        for column in needed:
            if column not in header:
                raise InputError(f"{path.name} has no column '{column}'; it has {', '.join(header) or 'none'}. {nearest(column, header)}")
        for row in reader:
            if row:
                yield dict(zip(header, row, strict=True)) if len(row) == len(header) else None


def cases_of_tables(path: Path, scratch: Path, account: Account) -> Iterator[dict[str, Any]]:
    """One case a patient from `patients` and `facts` as CSV, or a facts file alone; rows of nobody are counted."""
    facts_file, people_file = (find(path, "facts"), find(path, "patients")) if path.is_dir() else (path, None)
    people: dict[str, dict[str, Any]] = {}
    if people_file:
        for row in csv_rows(people_file, ("patient_id",), scratch):
            account.patients_read += 1
            id = row["patient_id"].strip() if row else ""
            reason = "unreadable_row" if row is None else "no_patient" if not id else "duplicate_patient" if id in people else ""
            if row is None or reason:
                account.patients_set_aside[reason] += 1
            else:
                people[id] = {column: row.get(column, "") for column in PATIENT_COLUMNS} | {"patient_id": id, "facts": []}
    for row in csv_rows(facts_file, ("patient_id", "concept"), scratch) if facts_file else ():
        account.facts_read += 1
        id = row["patient_id"].strip() if row else ""
        if row is not None and id and not people_file:
            people.setdefault(id, {"patient_id": id, "facts": []})
        reason = "unreadable_row" if row is None else "no_patient" if not id else "unknown_patient" if id not in people else ""
        if row is None or reason:
            account.facts_set_aside[reason] += 1
        else:
            people[id]["facts"].append({column: row.get(column, "") for column in FACT_COLUMNS})
    if not people_file:
        account.patients_read = len(people)
    account.patients_used = len(people)
    yield from people.values()
