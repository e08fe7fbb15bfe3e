"""The columns of a table: which are ours, which are missing, and what to say of the others."""

from __future__ import annotations

from collections.abc import Sequence

from cobalamin.errors import InputError, nearest
from cobalamin.model.fact import FACT_COLUMNS
from cobalamin.records.case import PATIENT_COLUMNS

FACTS = ("patient_id", *FACT_COLUMNS)
GIVEN = ("patient_id", "date", "drug", "dose", "route")
"""The columns of a list of doses given."""
COLUMNS = {"facts": FACTS, "patients": PATIENT_COLUMNS, "given": GIVEN}
NEEDED = {"facts": ("patient_id", "concept"), "patients": ("patient_id",), "given": ("date", "drug")}
MOST_NAMES = 12
"""More names than this are counted rather than listed."""


def places(names: Sequence[str], table: str, file: str, notices: list[str]) -> dict[str, int]:
    """Where each column of ours stands in *file*; the first of a name counts, and what is not used goes to *notices*."""
    known, found, twice = COLUMNS[table], dict[str, int](), []
    for index, name in enumerate(names):
        key = name.replace("\ufeff", "").strip().casefold()
        if key in found:
            twice.append(key)
        else:
            found[key] = index
    for column in NEEDED[table]:
        if column not in found:
            raise InputError(_missing(column, list(found), known, file))
    others = [name for name in found if name not in known]
    for name in others[:MOST_NAMES]:
        notices.append(f"{file}: {_shown(name)} is not used. {nearest(name[:60], known)}".strip())
    if len(others) > MOST_NAMES:
        notices.append(f"{file}: {len(others) - MOST_NAMES} more columns are not used.")
    notices += [f"{file}: {_shown(name)} stands there twice; the first is read." for name in sorted({n for n in twice if n in known})]
    return {name: index for name, index in found.items() if name in known}


def _missing(column: str, found: list[str], known: Sequence[str], file: str) -> str:
    if not set(found) & set(known):
        # a first row without any name of ours may be a patient's row: it is never repeated
        return f"{file} has no column '{column}' nor any other of ours; is its first row the names? Expected {', '.join(known)}. " \
               "For a table with a column for each test see `cobalamin map`."
    more = f" and {len(found) - MOST_NAMES} more" if len(found) > MOST_NAMES else ""
    listed = ", ".join(name[:60] for name in found[:MOST_NAMES])
    return f"{file} has no column '{column}'; it has {listed}{more}. {nearest(column, [name[:60] for name in found if name not in known])}".strip()


def _shown(name: str) -> str:
    return f"the column '{name[:60]}'" if name else "a column without a name"
