"""FHIR in memory: the same facts and the same account as the reading in bulk, and no input it stumbles over."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any
from uuid import uuid4

import duckdb
import pytest
from click.testing import CliRunner
from fhir_resources import LOINC, bundles, coded, malformed, of, spoilt_once
from hypothesis import HealthCheck, given, settings

from cobalamin.app.cli import main
from cobalamin.assessing import assess, memory_engine, understood
from cobalamin.errors import CobalaminError, InputError, NothingToAssess, SeveralPeople
from cobalamin.model.account import Account
from cobalamin.records.fhir.reader import open_source
from cobalamin.records.fhir.resources import PeopleRead, case_of, people_of, resources_from, resources_in
from cobalamin.records.source import Input
from cobalamin.records.words import Words
from cobalamin.rules.load import load
from cobalamin.run import assess_all

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
    assert not mine - facts
    assert not facts - mine


def written(held: dict[str, Any], folder: Path) -> Path:
    path = folder / "bundle.json"
    path.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    return path


def test_every_odd_thing_at_every_place_is_read_as_in_bulk(tmp_path: Path) -> None:
    made = spoilt_once()
    assert len(made["entry"]) > 5000
    same(people_of(made, WORDS, DAY), *bulk(written(made, tmp_path), tmp_path))


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(bundle=bundles())
def test_spoilt_resources_are_read_as_in_bulk(tmp_path_factory: pytest.TempPathFactory, bundle: dict[str, Any]) -> None:
    folder = tmp_path_factory.mktemp("bundle")
    same(people_of(bundle, WORDS, DAY), *bulk(written(bundle, folder), folder))


def observation(person: str, value: object = 150) -> dict[str, Any]:
    return of("Observation", status="final", code=coded(LOINC, "2132-9"), subject={"reference": f"Patient/{person}"}, effectiveDateTime="2026-11-01",
              valueQuantity={"value": value, "unit": "pg/mL"})  # fmt: skip


def patient(id: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": id, "gender": "female", "birthDate": "1970-02-03", **more}


def bundle(*resources: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "entry": [{"resource": resource} for resource in resources]}


def test_what_a_record_system_sends_along_is_one_case() -> None:
    """Resources and Bundles of search results side by side, as a prefetch holds them."""
    read = case_of([patient("p1"), bundle(observation("p1"), {"resourceType": "OperationOutcome"}), None], WORDS, DAY)
    fact = {"concept": "loinc|2132-9", "date": "2026-11-01", "value": "150", "unit": "pg/mL"}
    assert read.case == {"patient_id": "p1", "sex": "female", "birth_date": "1970-02-03", "facts": [fact]}
    assert {part: rows.to_dict()["set_aside"] for part, rows in read.sources.items()} == {
        "no resource": {"unreadable_row": 1}, "OperationOutcome": {}, "Observation": {}, "Patient": {}}  # fmt: skip


def test_of_several_people_one_is_named() -> None:
    both = bundle(patient("p1"), patient("p2"), observation("p1"), observation("p2"), observation("p2"))
    with pytest.raises(SeveralPeople) as caught:
        case_of(both, WORDS, DAY)
    assert caught.value.people == ("p1", "p2")
    assert "p1" not in str(caught.value)
    assert len(case_of(both, WORDS, DAY, "Patient/p2").case["facts"]) == 2
    assert list(people_of(both, WORDS, DAY).people) == ["p1", "p2"]
    with pytest.raises(NothingToAssess, match="has the id asked for"):
        case_of(both, WORDS, DAY, "p3")


def test_nobody_to_assess() -> None:
    for resources, why in (
        ([], "no FHIR resource"), ({"resourceType": "Bundle"}, "no FHIR resource"), (bundle({"resourceType": "Encounter"}), "No person"),
        (bundle(patient("p1", deceasedDateTime="2026-11")), "had died"),
    ):  # fmt: skip
        with pytest.raises(NothingToAssess, match=why):
            case_of(resources, WORDS, DAY)
    for nothing in ("a text", 5, None):
        with pytest.raises(InputError, match="a Bundle or a list of resources"):
            case_of(nothing, WORDS, DAY)  # type: ignore[arg-type]


def test_a_person_known_by_the_id_alone() -> None:
    """A prefetch without the Patient: whose record is asked about is known, and nothing recorded is an answer too."""
    read = case_of([{"resourceType": "Bundle", "entry": []}, {"resourceType": "Encounter"}], WORDS, DAY, "p1")
    assert read.case == {"patient_id": "p1", "facts": []}
    assert read.notices


def test_decimals_keep_the_digits_they_are_printed_with(tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps(bundle(patient("p1"), observation("p1", 1.5))).replace("1.5", "150.50"), encoding="utf-8")
    assert case_of(resources_in(path), WORDS, DAY).case["facts"][0]["value"] == "150.50"


@pytest.mark.parametrize("text", [b"", b"{", b'{"a": NaN}', b"\xff", b"[" * 100_000, b'{"resourceType": "Bundle", "entry": [' + b"1" * 5000 + b"]}"])
def test_a_text_that_is_no_json_is_an_error_without_its_content(text: bytes) -> None:
    with pytest.raises(InputError, match=r"^The input is not valid JSON; it may have been cut off\.$"):
        resources_from(text)


def test_the_sample_is_assessed_alike_by_both_engines() -> None:
    found = {}
    for engine in ("memory", "duckdb"):
        account = Account()
        found[engine] = list(assess_all(SAMPLE, as_of=DAY, engine=engine, account=account)), account.to_dict()
        assert account.adds_up
    assert found["memory"] == found["duckdb"]
    one = assess(resources_in(SAMPLE), as_of=DAY).to_dict()
    assert one.pop("would_change")
    assert one.items() <= found["memory"][0][0].items()


def test_invented_people_are_read_alike(tmp_path: Path) -> None:
    """What `cobalamin simulate --as fhir` writes, as one Bundle."""
    asked = ["simulate", "west_india", "--as-of", DAY, "--people", "60", "--as", "fhir", "--seed", "7", "--out", str(tmp_path / "invented")]
    assert CliRunner().invoke(main, asked).exit_code == 0
    lines = [line for file in sorted((tmp_path / "invented").glob("*.ndjson")) for line in file.read_text(encoding="utf-8").splitlines()]
    path = tmp_path / "bundle.json"
    path.write_text('{"resourceType":"Bundle","entry":[' + ",".join(f'{{"resource":{line}}}' for line in lines) + "]}", encoding="utf-8")
    same(people_of(json.loads(path.read_text(encoding="utf-8")), WORDS, DAY), *bulk(path, tmp_path))
    answers = [list(assess_all(path, as_of=DAY, engine=engine)) for engine in ("memory", "duckdb")]
    assert len(answers[0]) == 60
    assert answers[0] == answers[1]


def test_a_thousand_malformed_bundles_stop_nothing() -> None:
    """Everything is set aside, or refused by an error that repeats nothing; what is left can be understood and assessed."""
    chance, refused, read = Random(20261120), list[str](), 0
    engine = memory_engine(DAY)
    for number in range(1000):
        made = malformed(chance)
        try:
            people = people_of(made, engine.words, DAY)
            case_of(made, engine.words, DAY, None if number % 3 else "p1")
        except CobalaminError as error:
            refused.append(str(error))
            continue
        read += 1
        account = people.account
        assert all(rows.adds_up and len(part) <= 64 for part, rows in account.sources.items())
        assert account.facts_read == sum(len(person["facts"]) for person in people.people.values()) + account.facts_set_aside.total()
        for person in people.people.values():
            understood(person, engine, account)
        assert account.adds_up
        if number % 20 == 0:
            json.dumps([engine.assess(understood(person, engine, Account())).to_dict() for person in people.people.values()])
    assert len(refused) > 100
    assert not [error for error in refused if len(error) > 200 or any(said in error for said in ("p1", "DROP", "zzz", "evil", "2026"))]
    assert read > 100
