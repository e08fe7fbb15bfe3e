"""Read spec tables: a few patients and what must come out. README.md beside this file says how they are written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from expectation import CARDS, CHANGES, FIELDS, LISTS

from cobalamin.errors import nearest
from cobalamin.records.case import ORDERS, PATIENT_COLUMNS
from cobalamin.rules.knowledge import Knowledge

FOLDER = Path(__file__).parent
FILE_KEYS = {"title", "about", "guideline", "as_of", "everyone", "patients"}
PRESENCE_KEYS = ("has", "ever", "denies")
LONG_AGO = timedelta(days=3653)


@dataclass(frozen=True)
class SpecPatient:
    """One row of a spec table: the case as the library takes it, what must come out, and why it is disputed (if so)."""

    id: str
    case: dict[str, Any]
    expected: dict[str, Any]
    disputed: str
    as_of: str
    guideline: str


@dataclass(frozen=True)
class SpecFile:
    """One spec table: title, why it matters, and its patients."""

    name: str
    title: str
    about: str
    patients: tuple[SpecPatient, ...]


def read_all(knowledge: Knowledge) -> list[SpecFile]:
    """Every spec table under this folder, in order of name."""
    return [read(path, knowledge) for path in sorted(FOLDER.rglob("*.yaml"))]


def read(path: Path, knowledge: Knowledge) -> SpecFile:
    """One spec table; anything that is not understood is an error that names the file and the nearest word."""
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    name = path.relative_to(FOLDER).with_suffix("").as_posix()
    for key in tree:
        if key not in FILE_KEYS:
            raise ValueError(f"{name}: '{key}' is not understood. {nearest(str(key), FILE_KEYS)}")
    as_of = tree.get("as_of", "2026-11-20")
    day = as_of if isinstance(as_of, date) else date.fromisoformat(as_of)
    guideline = tree.get("guideline", knowledge.default_guideline)
    patients = []
    for number, row in enumerate(tree["patients"], 1):
        label = str(row.pop("name", "")) or str(number)
        shared = tree.get("everyone") or {}
        for key, value in row.items():
            if value is None and key not in shared:
                raise ValueError(f"{name}[{label}]: '{key}' has no value. Does a name hold a comma and need quotes?")
        merged = _merge(shared, row)
        patients.append(_patient(f"{name}[{label}]", merged, day, guideline, knowledge))
    return SpecFile(name, tree["title"], tree.get("about", ""), tuple(patients))


def _merge(shared: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    """What everyone has and the patient's own; lists of facts add up, and an empty value takes away what is shared."""
    merged = shared | row
    for key in ("facts", *PRESENCE_KEYS):
        if key in shared and row.get(key):
            merged[key] = [*shared[key], *row[key]]
    return {key: value for key, value in merged.items() if value is not None}


def _patient(id: str, row: dict[str, Any], day: date, guideline: str, knowledge: Knowledge) -> SpecPatient:
    case: dict[str, Any] = {"patient_id": id}
    facts: list[dict[str, Any]] = [_fact(dict(fact), day) for fact in row.pop("facts", [])]
    expected: dict[str, Any] = {}
    disputed = str(row.pop("disputed", ""))
    for key, value in row.items():
        if key in PRESENCE_KEYS:
            facts += [_presence(key, concept, day) for concept in value]
        elif key in ORDERS:
            case[key] = list(value)
        elif key in (*FIELDS, *LISTS, *CARDS, *CHANGES) or key in knowledge.words_of:
            expected[key] = _days_as_text(value)
        elif key in PATIENT_COLUMNS:
            case[key] = str(value)
        elif key in knowledge.concepts:
            facts.append({"concept": key, "date": day.isoformat(), "value": str(value)})
        else:
            known = [*FIELDS, *LISTS, *CARDS, *CHANGES, *knowledge.words_of, *ORDERS, *PATIENT_COLUMNS, *PRESENCE_KEYS, *knowledge.concepts]
            raise ValueError(f"{id}: '{key}' is not understood. {nearest(str(key), known)}")
    if not expected:
        raise ValueError(f"{id}: nothing is expected of this patient.")
    return SpecPatient(id, case | {"facts": facts}, expected, disputed, day.isoformat(), guideline)


def _days_as_text(value: Any) -> Any:
    """A day as an answer writes it, wherever it stands in what is expected."""
    if isinstance(value, dict):
        return {key: _days_as_text(held) for key, held in value.items()}
    if isinstance(value, list):
        return [_days_as_text(held) for held in value]
    return value.isoformat() if isinstance(value, date) else value


def _presence(key: str, concept: str, day: date) -> dict[str, str]:
    if key == "ever":
        return {"concept": concept, "date": (day - LONG_AGO).isoformat()}
    return {"concept": concept, "value": "absent"} if key == "denies" else {"concept": concept}


def _fact(fact: dict[str, Any], day: date) -> dict[str, str]:
    for days, column in (("days_ago", "date"), ("ended_days_ago", "end")):
        if days in fact:
            fact[column] = (day - timedelta(days=int(fact.pop(days)))).isoformat()
    return {key: str(value) for key, value in fact.items()}
