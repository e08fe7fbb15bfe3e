"""A wide table becomes facts by its mapping: every cell is a fact, blank, or set aside, and a mapping that is wrong says where."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

from tables_of_text import AS_OF, Answers, parquet, write

from cobalamin import Account
from cobalamin.errors import InputError, UsageError
from cobalamin.run import Run

SAMPLE = Path(__file__).parent.parent.parent / "samples/wide/visits.csv"
MAPPING = """patient: {patient_id: id, sex: sex, birth_date: born, age_years: age, weight: w, psu: c}
date: day
results:
  b12: {concept: serum_b12, unit: pg/mL, date: b12 day, comparator: sign}
  hb: {concept: hemoglobin, unit_column: hb unit}
  mma: {concept: "loinc|13964-2", unit: nmol/L, assumed: true}
flags:
  drug: {concept: metformin, present: [J], absent: [N], dose: mg}
  ab: {concept: intrinsic_factor_antibody}
words:
  said: {split: "|"}
"""
HEAD = "id,sex,born,age,w,c,day,b12,b12 day,sign,hb,hb unit,mma,drug,mg,ab,said,other"


def wide(folder: Path, rows: list[str], mapping: str = MAPPING, name: str = "t.csv", head: str = HEAD) -> Answers:
    """The answers to a wide table of text; the account must add up, that of its cells too."""
    path = write(folder, name, [head, *rows])
    return answers_of(path, write(folder, "m.yaml", mapping))


def answers_of(path: Path, mapping: Path | None) -> Answers:
    account, run = Account(), Run(str(path), as_of=AS_OF, mapping=mapping)
    people = list(run.rows(account))
    assert account.adds_up, account.to_dict()
    return Answers(people, account.to_dict(), run.notices)


def facts_of(folder: Path, rows: list[str], mapping: str = MAPPING, id: str = "p") -> list[dict[str, Any]]:
    """What the rows of a table say of one person, before it is understood."""
    path = write(folder, "t.csv", [HEAD, *rows])
    run = Run(str(path), as_of=AS_OF, mapping=write(folder, "m.yaml", mapping))
    with run.opened(folder) as engine:
        case = engine.case(id)
    return sorted((case or {})["facts"], key=lambda fact: str(fact["concept"]))


def row(**cells: str) -> str:
    return ",".join(cells.get(name.replace(" ", "_"), "p" if name == "id" else "") for name in HEAD.split(","))


def test_the_sample_is_read_by_the_mapping_beside_it() -> None:
    """Pins the shipped table: statuses, the rows set aside with their reasons, and both accounts."""
    found = answers_of(SAMPLE, None)
    assert found.status() == {"w-01": "deficient", "w-02": "deficient", "w-03": "deficient", "w-04": "unlikely", "w-05": "unlikely", "w-06": "unknown",
                              "w-07": "unknown", "w-08": "deficient"}  # fmt: skip
    aside = {p["patient_id"]: [item["reason"] for item in p["set_aside"]] for p in found.people if p["set_aside"]}
    assert aside == {"w-06": ["unreadable_value", "impossible_value"], "w-07": ["ambiguous_number"], "w-08": ["contradictory"]}
    assert found.account["sources"] == {
        "visits.csv rows": {"read": 11, "used": 10, "not_ours": 0, "set_aside": {"no_patient": 1}},
        "visits.csv cells": {"read": 99, "used": 69, "not_ours": 25, "set_aside": {"no_patient": 5}},
    }
    assert {item["reason"] for p in found.people for item in p["flagged"]} == {"assumed_unit"}


def test_cells_beside_a_result_and_words(tmp_path: Path) -> None:
    """Pins the own day, sign, unit and dose of a column, flags by the words of the mapping and without, and entries of a column of words."""
    found = facts_of(tmp_path, [row(day="2026-11-01", b12="150", b12_day="2026-10-30", sign="<", hb="11", hb_unit="g/dL", mma="400", drug="J", mg="500 mg bd", ab="0",
                                    said="tingling in feet| |metformin |")])  # fmt: skip
    assert [{k: v for k, v in fact.items() if k != "patient_id"} for fact in found] == [
        {"concept": "hemoglobin", "date": "2026-11-01", "value": "11", "unit": "g/dL"},
        {"concept": "intrinsic_factor_antibody", "date": "2026-11-01", "value": "absent"},
        {"concept": "loinc|13964-2", "date": "2026-11-01", "value": "400", "unit": "nmol/L (assumed)"},
        {"concept": "metformin", "date": "2026-11-01", "value": "present", "dose": "500 mg bd"},
        {"concept": "metformin", "date": "2026-11-01"},
        {"concept": "serum_b12", "date": "2026-10-30", "value": "150", "comparator": "<", "unit": "pg/mL"},
        {"concept": "tingling in feet", "date": "2026-11-01"},
    ]


@pytest.mark.parametrize(("cell", "status"), [("<150", "deficient"), (">2000", "unlikely"), ("undetectable", "deficient"), ("١٥٠", "deficient"),
                                              ("150 pg/mL", "deficient"), ("100 pmol/L", "unknown"), ("glorb", "unknown"), ("", "unknown")])  # fmt: skip
def test_what_a_cell_may_hold(cell: str, status: str, tmp_path: Path) -> None:
    """Pins comparators, words, other digits and a unit in the cell; a unit other than the mapping's is set aside."""
    found = wide(tmp_path, [row(b12=cell)])
    assert found.status() == {"p": status}
    reasons = [item["reason"] for item in found.people[0]["set_aside"]]
    assert reasons == (["unreadable_value"] if status == "unknown" and cell else [])


def test_a_unit_in_the_cell_is_worth_more_than_an_assumed_one(tmp_path: Path) -> None:
    """Pins that an assumed unit flags, and gives way to a printed one without a flag."""
    found = wide(tmp_path, [row(id="a", mma="400"), row(id="b", mma="0.4 umol/L")])
    assert [[item["reason"] for item in p["flagged"]] for p in found.people] == [["assumed_unit"], []]
    assert [p["set_aside"] for p in found.people] == [[], []]
    assert "assumed" in found.people[0]["flagged"][0]["fact"]


def test_patients_that_contradict_themselves(tmp_path: Path) -> None:
    """Pins that spellings of one sex agree, that two sexes or birth dates are set aside, and which ages one birthday explains."""
    rows = [row(id="same", sex="F", born="1980-01-01"), row(id="same", sex="महिला"), row(id="other", sex="F", born="1980-01-01"),
            row(id="other", sex="M", born="1981-01-01"), row(id="older", day="2020-03-01", age="40"), row(id="older", day="2024-02-01", age="43"),
            row(id="younger", day="2020-03-01", age="40"), row(id="younger", day="2024-02-01", age="39"), row(id="weighty", w="1", c="a"),
            row(id="weighty", w="2", c="b")]  # fmt: skip
    found = wide(tmp_path, rows)
    aside = {p["patient_id"]: [(item["fact"], item["reason"]) for item in p["set_aside"]] for p in found.people}
    assert aside == {"same": [], "other": [("sex", "contradictory"), ("birth_date", "contradictory")], "older": [], "younger": [("age_years", "contradictory")],
                     "weighty": [("weight", "contradictory")]}  # fmt: skip
    assert found.account["patient_columns_set_aside"] == {"contradictory": 4}
    assert "t.csv: 1 patients have more than one psu; none of theirs is used." in found.notices
    assert "t.csv: the column 'other' is not in the mapping and is not used." in found.notices


def test_rows_nobody_can_read_and_rows_of_nobody(tmp_path: Path) -> None:
    """Pins that a broken row, a nameless row and blank cells are all counted, and words that say a cell is empty."""
    found = wide(tmp_path, [row(b12="150", hb="NA"), row(id="", b12="200", ab="1"), "too,short", row(b12="-")], MAPPING + 'blank: [na, "-"]\n')
    assert found.account["sources"] == {
        "t.csv rows": {"read": 4, "used": 2, "not_ours": 0, "set_aside": {"no_patient": 1, "unreadable_row": 1}},
        "t.csv cells": {"read": 18, "used": 1, "not_ours": 15, "set_aside": {"no_patient": 2}},
    }


@pytest.mark.parametrize(("dates", "cell", "day"), [
    ("DD/MM/YYYY", "02/11/2026", "2026-11-02"), ("DD/MM/YYYY", "2-11-2026 08:30", "2026-11-02"), ("MM/DD/YYYY", "11.02.2026", "2026-11-02"),
    ("DD/MM/YYYY", "०२/११/२०२६", "2026-11-02"), ("DD/MM/YYYY", "2026-11-02", "2026-11-02"), ("DD/MM/YYYY", "31/02/2026", "31/02/2026"),
])  # fmt: skip
def test_days_in_the_order_the_mapping_says(dates: str, cell: str, day: str, tmp_path: Path) -> None:
    """Pins days written otherwise, and that what is no day stays as it is, to be set aside where days are judged."""
    assert facts_of(tmp_path, [row(day=cell, b12="150")], f"{MAPPING}dates: {dates}\n")[0]["date"] == day


def test_parquet_is_read_like_csv(tmp_path: Path) -> None:
    """Pins typed columns: numbers that became broken because one is missing, days, truth values and numbers that are none."""
    sql = ("SELECT * FROM (VALUES (7.0::DOUBLE, 'F', DATE '1980-01-01', DATE '2026-11-01', 150::FLOAT, TRUE, 1.0::DOUBLE), "
           "(8, 'M', NULL, NULL, 'nan'::FLOAT, FALSE, NULL), (NULL, 'M', NULL, NULL, 1, NULL, 2)) t(id, sex, born, day, b12, ab, drug)")
    mapping = ("patient: {patient_id: id, sex: sex, birth_date: born}\ndate: day\nresults: {b12: {concept: serum_b12, unit: pg/mL}}\n"
               "flags: {ab: intrinsic_factor_antibody, drug: metformin}\n")
    found = answers_of(parquet(tmp_path, "t.parquet", sql), write(tmp_path, "m.yaml", mapping))
    assert found.status() == {"7": "deficient", "8": "unknown"}
    assert found.people[0]["causes"] != []
    assert found.account["sources"]["t.parquet cells"] == {"read": 9, "used": 4, "not_ours": 3, "set_aside": {"no_patient": 2}}


BROKEN = {
    "patient: {sex: sex}": "m.yaml:1:10 (patient): does not say which column names the patient",
    "patient: {patient_id: idd}": "m.yaml:1:23 (patient.patient_id): the table has no column 'idd'. Did you mean 'id'?",
    "patient: {patient_id: id, sexx: sex}": "m.yaml:1:27: 'sexx' is not understood here. Did you mean 'sex'?",
    "patient: {patient_id: id}\nresutls: {}": "m.yaml:2:1: 'resutls' is not understood here. Did you mean 'results'?",
    "patient: {patient_id: id}\nresults:\n  b12: {concept: serum_b21, unit: pg/mL}": "3:18 (results.b12.concept): nothing is called 'serum_b21'. Did you mean",
    "patient: {patient_id: id}\nresults:\n  b12: {concept: serum_b12, unit: pg/dL}": "m.yaml:3:35 (results.b12.unit): 'pg/dL' is no unit of serum_b12. Did you mean",
    "patient: {patient_id: id}\nresults:\n  b12: {concept: metformin}": "m.yaml:3:18 (results.b12.concept): metformin is no result of a test.",
    "patient: {patient_id: id}\nresults:\n  b13: {concept: serum_b12}": "m.yaml:3:3 (results): the table has no column 'b13'. Did you mean 'b12'?",
    "patient: {patient_id: id}\nresults: {b12: {concept: mcv}}\nflags: {b12: metformin}": "the column 'b12' stands here and under results",
    "patient: {patient_id: id}\nresults: {b12: {concept: mcv}}\nignore: [b12]": "the column 'b12' is ignored and also used under results",
    "patient: {patient_id: id}\nresults: {b12: {concept: mcv}}\ndates: DD.MM": "m.yaml:3:8 (dates): 'DD.MM' is no way days are written here",
    "patient: {patient_id: id}": "names no column that says anything of a patient",
    "patient: id": "holds something else than names with values",
    "patient: {patient_id: id}\nresults: {b12: {}}": "does not say which concept it is",
    "words: {said: {split: ''}}\npatient: {patient_id: id}": "is an empty text",
    "[": "is not YAML",
    "{a: " * 900 + "}" * 900: "m.yaml",
    "[" * 10_000: "m.yaml",
}


@pytest.mark.parametrize("text", BROKEN)
def test_a_mapping_that_is_wrong_says_where(text: str, tmp_path: Path) -> None:
    """Pins file, line, key and the nearest name of every mistake in a mapping."""
    with pytest.raises(InputError) as error:
        wide(tmp_path, [row(b12="CANARY")], text)
    assert BROKEN[text] in str(error.value)
    assert "CANARY" not in str(error.value)


def test_a_mapping_is_for_a_table(tmp_path: Path) -> None:
    """Pins the error for a mapping given beside something that is no table."""
    mapping = write(tmp_path, "m.yaml", MAPPING)
    for source in (tmp_path, write(tmp_path, "case.json", json.dumps({"facts": []}))):
        with pytest.raises(UsageError, match="A mapping is for a table"):
            answers_of(source, mapping)
    with pytest.raises(InputError, match=r"m2\.yaml"):
        answers_of(write(tmp_path, "t.csv", [HEAD]), tmp_path / "m2.yaml")


@pytest.mark.parametrize("name", ["t.csv.mapping.yaml", "t.mapping.yaml"])
def test_a_mapping_beside_its_table_is_found(name: str, tmp_path: Path) -> None:
    """Pins both names of a mapping that lies beside its table."""
    write(tmp_path, name, MAPPING)
    assert answers_of(write(tmp_path, "t.csv", [HEAD, row(b12="150")]), None).status() == {"p": "deficient"}
