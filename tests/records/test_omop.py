"""Records in the OMOP Common Data Model: the same answers as the same people given as cases, and every row accounted for."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

from omop_people import PEOPLE, SAMPLE, as_parquet, cdm, packed, table
from tables_of_text import Answers, answers, both

from cobalamin.errors import InputError
from cobalamin.records.words import Value, Words
from cobalamin.run import Run

SOURCES = {
    "person": {"read": 7, "used": 7, "not_ours": 0, "set_aside": {}},
    "measurement": {"read": 14, "used": 13, "not_ours": 1, "set_aside": {}},
    "observation": {"read": 2, "used": 1, "not_ours": 1, "set_aside": {}},
    "condition_occurrence": {"read": 5, "used": 4, "not_ours": 1, "set_aside": {}},
    "procedure_occurrence": {"read": 1, "used": 1, "not_ours": 0, "set_aside": {}},
    "drug_exposure": {"read": 4, "used": 4, "not_ours": 0, "set_aside": {}},
}
ROWS = 23


@pytest.fixture(scope="module")
def sample() -> Answers:
    return answers(SAMPLE, "duckdb")


def test_answers_equal_those_of_the_same_people_as_cases(sample: Answers) -> None:
    """Ids, vocabulary, operators, units, routes and dates of the model come to what a person would have written."""
    for found, expected in zip(sample.people, answers(PEOPLE, "memory").people, strict=True):
        assert found == expected
    assert len({person["status"] for person in sample.people}) >= 4


def test_each_row_says_what_a_person_would_have_written(words: Words, tmp_path: Path) -> None:
    """Not only the results that decide: day, last day, number, sign, unit and route of every row."""

    def said(id: str, fact: dict[str, Any]) -> tuple[str, ...]:
        value = words.value(str(fact.get("value") or ""))
        number, sign = (value.number or value.word, value.comparator) if isinstance(value, Value) else (str(fact.get("value") or ""), "")
        unit = words.canonical(str(fact.get("unit") or ""))
        days = (str(fact.get(column) or "") for column in ("date", "end"))
        return (id, str(words.concept(fact["concept"])[0]), *days, str(number), str(fact.get("comparator") or sign), unit, str(fact.get("dose") or ""))

    with Run(SAMPLE, as_of="2026-11-20").opened(tmp_path) as engine:
        cursor = engine.con.execute("SELECT * FROM raw_facts")
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    expected = [said(person["patient_id"], fact) for person in PEOPLE for fact in person["facts"]]
    assert sorted(said(row["patient_id"], row) for row in rows) == sorted(expected)


def test_every_row_is_accounted_for(sample: Answers) -> None:
    assert sample.account["sources"] == SOURCES
    assert sample.account["facts"] == {"read": ROWS, "used": ROWS - 2, "set_aside": {"code_unit_clash": 1, "unreadable_value": 1}}


def test_files_in_other_forms_say_the_same(sample: Answers, tmp_path: Path) -> None:
    """Typed Parquet in parts in a folder inside, and packed CSV in upper case."""
    for folder in (as_parquet(tmp_path / "parquet"), packed(tmp_path / "packed")):
        other = answers(folder, "duckdb")
        assert other.people == sample.people
        assert other.account == sample.account


def test_only_part_of_a_birth_date_is_an_interval_of_ages() -> None:
    """Born in 1960: 65 or 66 on 20 November 2026; the engines agree on what follows from either."""
    born = {"1960": set(), "1960-05": set(), "2026": set(), "1960-13": {"unreadable_date"}, "60": {"unreadable_date"}, "2027": {"future"}, "1850": {"impossible_date"}}
    facts = [{"concept": "serum_b12", "date": "2026-11-01", "value": "250", "unit": "ng/L"}]
    said = both([{"patient_id": text, "sex": "female", "birth_date": text, "facts": facts} for text in born])
    assert {person["patient_id"]: {item["reason"] for item in person["set_aside"]} for person in said.people} == born


def test_without_a_vocabulary_public_ids_and_printed_codes_are_read(tmp_path: Path) -> None:
    found = answers(cdm(tmp_path, leave=("concept", "concept_ancestor", "concept_relationship")), "duckdb")
    assert found.status() == {"1": "deficient", "2": "indeterminate", "3": "deficient", "4": "deficient", "5": "deficient", "6": "unknown", "7": "indeterminate"}
    sources = found.account["sources"]
    assert [sources[name]["used"] for name in ("measurement", "drug_exposure", "condition_occurrence")] == [11, 0, 3]
    assert any("no table concept" in notice for notice in found.notices)


CONCEPT = {"domain_id": "Condition", "vocabulary_id": "Clinic", "standard_concept": "S"}
L = 2_000_000_000


def asked(tmp_path: Path, conditions: list[int], concepts: list[dict[str, Any]], maps: list[tuple[int, int]], above: list[tuple[int, int]] = (),  # type: ignore[assignment]
          **more: Any) -> dict[str, int]:  # fmt: skip
    """How many rows of person 1 mean what, for a vocabulary given."""
    rows = [{"condition_occurrence_id": n, "person_id": 1, "condition_concept_id": id, "condition_start_date": "2026-01-01"} for n, id in enumerate(conditions)]
    relations = [{"concept_id_1": one, "concept_id_2": other, "relationship_id": "Maps to"} for one, other in maps]
    tree = [{"ancestor_concept_id": high, "descendant_concept_id": low, "min_levels_of_separation": 1} for low, high in above]
    tables = {"condition_occurrence": rows, "concept": [CONCEPT | c for c in concepts], "concept_relationship": relations, "concept_ancestor": tree} | more
    return dict(said_by(cdm(tmp_path, **tables)))


def said_by(folder: Path) -> list[tuple[str, int]]:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as scratch, Run(folder, as_of="2026-11-20").opened(Path(scratch)) as engine:
        return engine.con.execute("SELECT concept, count(*) FROM raw_facts WHERE patient_id = '1' AND value IS NULL GROUP BY 1").fetchall()


def icd(id: int, code: str) -> dict[str, Any]:
    return {"concept_id": id, "concept_name": "a class", "vocabulary_id": "ICD10CM", "concept_code": code}


def test_a_classification_names_a_standard_concept_only_when_all_its_codes_agree(tmp_path: Path) -> None:
    """D51.0 alone is mapped to one concept; D51.0 and D50.9 together to another, which is broader than both."""
    broad, narrow = {"concept_id": L + 1, "concept_code": "B", "concept_name": "some anemia"}, {"concept_id": L + 2, "concept_code": "N", "concept_name": "an anemia"}
    one = asked(tmp_path / "one", [L + 2, L + 2], [narrow, icd(5, "D51.0"), icd(6, "D51.01")], [(5, L + 2), (6, L + 2)])
    two = asked(tmp_path / "two", [L + 1], [broad, icd(5, "D51.0"), icd(6, "D50.9")], [(5, L + 1), (6, L + 1)])
    three = asked(tmp_path / "three", [L + 1, L + 2], [broad, narrow, icd(5, "D51.0")], [(5, L + 1), (5, L + 2)])
    assert one == {"icd10|D51.0": 2}
    assert two == {}
    assert three == {}


def test_a_finding_is_the_nearest_thing_above_it_on_each_line(tmp_path: Path) -> None:
    """Below pernicious anemia, which is below B12 deficiency, and below diabetes: two things are said, not three."""
    names = {1: "both", 2: "lack of factor", 3: "lack of b12", 4: "sugar"}
    concepts = [{"concept_id": L + n, "concept_code": str(n), "concept_name": name} for n, name in names.items()]
    classes = [icd(5, "D51.0"), icd(6, "D51"), icd(7, "E11")]
    maps = [(5, L + 2), (6, L + 3), (7, L + 4)]
    lines = [(L + 1, L + 2), (L + 1, L + 3), (L + 2, L + 3), (L + 1, L + 4)]
    assert asked(tmp_path, [L + 1], concepts + classes, maps, lines) == {"icd10|D51.0": 1, "icd10|E11": 1}


def drugs(tmp_path: Path, ids: list[int], **tables: list[dict[str, Any]]) -> dict[str, int]:
    rows = [{"drug_exposure_id": n, "person_id": 1, "drug_concept_id": id, "drug_exposure_start_date": "2026-01-01"} for n, id in enumerate(ids)]
    return dict(said_by(cdm(tmp_path, leave=("condition_occurrence",), drug_exposure=rows, **tables)))


def test_a_drug_is_every_ingredient_of_ours(tmp_path: Path) -> None:
    """By the ancestors of its concept, by its relationships where there are none, and by its name where there is neither."""
    named = {L + 51: "metformin hydrochloride 500 MG / omeprazole 20 MG Oral Tablet", L + 52: "24 HR metformin hydrochloride 750 MG Extended Release Oral Tablet",
             L + 53: "vitamin B12 5 MG/ML Injectable Solution", L + 54: "sodium 20 MG Oral Tablet"}  # fmt: skip
    concepts = table("concept") + [CONCEPT | {"concept_id": id, "concept_name": name, "concept_code": str(id), "domain_id": "Drug"} for id, name in named.items()]
    lines = [{"ancestor_concept_id": high, "descendant_concept_id": L + 51} for high in (1503297, 1377023)]
    steps = [{"concept_id_1": one, "concept_id_2": other, "relationship_id": how} for one, other, how in
             ((L + 51, L + 60, "Consists of"), (L + 60, 1503297, "RxNorm has ing"), (L + 51, 1377023, "Has tradename"))]  # fmt: skip
    assert drugs(tmp_path / "above", [L + 51], concept=concepts, concept_ancestor=lines) == {"rxnorm|6809": 1, "rxnorm|5514": 1}
    assert drugs(tmp_path / "steps", [L + 51], concept=concepts, concept_ancestor=[], concept_relationship=steps) == {"rxnorm|6809": 1}
    assert drugs(tmp_path / "names", list(named), concept=concepts, concept_ancestor=[]) == {"metformin": 2, "omeprazole": 1, "vitamin_b12_treatment": 1}


def test_eras_stand_in_for_exposures(tmp_path: Path) -> None:
    """Drug eras are made from exposures: they are read only where there is no exposure."""
    eras = "drug_era_id,person_id,drug_concept_id,drug_era_start_date,drug_era_end_date\n1,1,1503297,2020-01-01,2026-12-01\n"
    for name, leave in (("both", ()), ("alone", ("drug_exposure",))):
        (cdm(tmp_path / name, leave=leave) / "drug_era.csv").write_text(eras)
    assert "drug_era" not in answers(tmp_path / "both", "duckdb").account["sources"]
    assert ("rxnorm|6809", 1) in said_by(tmp_path / "alone")


def test_the_dead_are_not_assessed(tmp_path: Path) -> None:
    """Dead by the day of assessment, dead on a day not known, and dead later."""
    folder = cdm(tmp_path)
    (folder / "death.csv").write_text("person_id,death_date\n1,2026-11-20\n2,\n3,2026-11-21\n")
    found = answers(folder, "duckdb")
    assert list(found.status()) == ["3", "4", "5", "6", "7"]
    assert found.account["sources"]["person"] == {"read": 7, "used": 5, "not_ours": 0, "set_aside": {"deceased": 2}}
    assert found.account["sources"]["measurement"] == {"read": 14, "used": 8, "not_ours": 1, "set_aside": {"deceased": 5}}
    assert "unknown_patient" not in found.account["facts"]["set_aside"]


def test_an_address_of_another_kind_is_refused_without_its_password() -> None:
    with pytest.raises(InputError, match="begins with mysql://") as error:
        Run("mysql://me:s3cret@host/cdm", as_of="2026-11-20")
    assert "s3cret" not in str(error.value)


def test_broken_rows_are_counted_and_strangers_set_aside(tmp_path: Path) -> None:
    """A row too short and a row of nobody; the tables after them are read on."""
    folder = cdm(tmp_path)
    with (folder / "measurement.csv").open("a") as file:
        file.write("99,1,3000593\n" + "100,999,3000593,2026-01-01" + "," * 5 + "150" + "," * 14 + "\n")
    found = answers(folder, "duckdb")
    assert found.account["sources"]["measurement"] == {"read": 16, "used": 14, "not_ours": 1, "set_aside": {"unreadable_row": 1}}
    assert found.account["facts"]["set_aside"]["unknown_patient"] == 1


def test_a_broken_file_is_one_clear_line(tmp_path: Path) -> None:
    whole = gzip.compress((SAMPLE / "measurement.csv").read_bytes())
    cut = cdm(tmp_path / "cut", leave=("measurement",))
    (cut / "measurement.csv.gz").write_bytes(whole[: len(whole) // 2])
    (cdm(tmp_path / "column") / "measurement.csv").write_text("measurement_id,person_id,measurement_concept,measurement_date\n1,1,1,2026-01-01\n")
    (cdm(tmp_path / "parquet", leave=("measurement",)) / "measurement.parquet").write_bytes(b"PAR1 not")
    for name, said in (("cut", "cut off"), ("column", "Did you mean 'measurement_concept'"), ("parquet", "not a Parquet file")):
        with pytest.raises(InputError, match=said):
            answers(tmp_path / name, "duckdb")


def test_one_table_in_two_endings_is_read_once(tmp_path: Path) -> None:
    folder = packed(tmp_path / "packed")
    (folder / "person.csv").write_bytes((SAMPLE / "person.csv").read_bytes())
    found = answers(folder, "duckdb")
    assert found.account["patients"]["read"] == 7
    assert "PERSON.csv.gz is not read; person.csv is." in found.notices


def test_the_files_are_known_as_the_input() -> None:
    """Nothing may be written over a table that is read; other files beside it are not read."""
    run = Run(SAMPLE, as_of="2026-11-20")
    assert run.reads(SAMPLE / "measurement.csv")
    assert not run.reads(SAMPLE / "README.md")
