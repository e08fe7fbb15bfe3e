"""FHIR in memory: the same facts and the same account as the reading in bulk, and no input it stumbles over."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import pytest
from fhir_resources import bundles
from hypothesis import HealthCheck, given, settings

from cobalamin.errors import InputError, NothingToAssess, SeveralPeople
from cobalamin.records.fhir.reader import open_source
from cobalamin.records.fhir.resources import PeopleRead, case_of, people_of, resources_in
from cobalamin.records.source import Input
from cobalamin.records.words import Words
from cobalamin.rules.load import load

DAY = "2026-11-20"
SAMPLE = Path(__file__).parents[2] / "samples/fhir/bundle.json"
WORDS = Words(load())
Rows = Counter[tuple[tuple[str, str], ...]]


def row_of(columns: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, str(value)) for name, value in columns.items() if value is not None))


def bulk(source: Path, scratch: Path) -> tuple[Rows, Rows, dict[str, Any], list[str]]:
    """Patients, facts, sources and notices as DuckDB reads them."""
    scratch = scratch / str(uuid4())
    scratch.mkdir()
    with duckdb.connect() as con:
        con.execute("SET threads = 1")
        opened = open_source(con, Input(str(source), scratch, None, DAY), WORDS)
        found = []
        for table in ("raw_patients", "raw_facts"):
            cursor = con.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description or ()]
            found.append(Counter(row_of(dict(zip(names, row, strict=True))) for row in cursor.fetchall()))
    return found[0], found[1], {part: rows.to_dict() for part, rows in opened.sources.items()}, opened.notices


def same(read: PeopleRead, patients: Rows, facts: Rows, sources: dict[str, Any], notices: list[str]) -> None:
    """Hold people and account in memory to the relations read in bulk."""
    account = read.account
    assert {part: rows.to_dict() for part, rows in account.sources.items()} == sources
    assert all(rows.adds_up for rows in account.sources.values())
    assert list(account.sources) == list(sources)
    assert read.notices == notices
    mine = Counter(row_of({"patient_id": id} | fact) for id, person in read.people.items() for fact in person["facts"])
    if "Patient" in sources:
        people = {dict(row)["patient_id"] for row in patients}
        assert set(read.people) == people - {""}
        assert all(row_of({k: v for k, v in person.items() if k != "facts"}) in patients for person in read.people.values())
        assert account.patients_read == patients.total() == account.patients_used + account.patients_set_aside.total()
        others = Counter({row: n for row, n in facts.items() if dict(row)["patient_id"] not in people - {""}})
        assert others.total() == account.facts_set_aside.total()
        facts = facts - others
    else:
        facts = Counter({row: n for row, n in facts.items() if dict(row)["patient_id"]})
    assert mine == facts


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(bundle=bundles())
def test_spoilt_resources_are_read_as_in_bulk(tmp_path_factory: pytest.TempPathFactory, bundle: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("bundle")
    path = folder / "bundle.json"
    path.write_text(json.dumps(bundle, ensure_ascii=False), encoding="utf-8")
    same(people_of(bundle, WORDS, DAY), *bulk(path, folder))
