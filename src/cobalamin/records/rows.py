"""Tables read row by row in plain Python: the memory engine's way into CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cobalamin.model.account import Account
from cobalamin.model.fact import FACT_COLUMNS
from cobalamin.records.case import PATIENT_COLUMNS
from cobalamin.records.columns import places
from cobalamin.records.csv_files import open_csv
from cobalamin.records.folder import table_files


def csv_rows(path: Path, table: str, scratch: Path, notices: list[str]) -> Iterator[dict[str, str] | None]:
    """Every row as a dict of our columns; None for a row that cannot be read."""
    file = open_csv(path, scratch)
    wanted = places(file.header, table, file.name, notices).items()
    for row in file.rows():
        yield None if row is None else {column: row[index].strip() for column, index in wanted}


def cases_of_tables(path: Path, scratch: Path, account: Account, notices: list[str]) -> Iterator[dict[str, Any]]:
    """One case a patient from `patients` and `facts` as CSV, or a facts file alone; rows of nobody are counted."""
    files = table_files(path)
    notices += files.notices
    people: dict[str, dict[str, Any]] = {}
    for row in (row for file in files.patients for row in csv_rows(file, "patients", scratch, notices)):
        account.patients_read += 1
        id = row["patient_id"] if row else ""
        reason = "unreadable_row" if row is None else "no_patient" if not id else "duplicate_patient" if id in people else ""
        if row is None or reason:
            account.patients_set_aside[reason] += 1
        else:
            people[id] = {column: row.get(column, "") for column in PATIENT_COLUMNS} | {"facts": []}
    for row in (row for file in files.facts for row in csv_rows(file, "facts", scratch, notices)):
        account.facts_read += 1
        id = row["patient_id"] if row else ""
        if row is not None and id and not files.patients:
            people.setdefault(id, {"patient_id": id, "facts": []})
        reason = "unreadable_row" if row is None else "no_patient" if not id else "unknown_patient" if id not in people else ""
        if row is None or reason:
            account.facts_set_aside[reason] += 1
        else:
            people[id]["facts"].append({column: row.get(column, "") for column in FACT_COLUMNS})
    if not files.patients:
        account.patients_read = len(people)
    account.patients_used = len(people)
    yield from people.values()
