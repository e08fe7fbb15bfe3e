"""The mapping that is proposed for a wide table: what names and values say, in three languages, and that it can be used as it is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from click.testing import CliRunner

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

from tables_of_text import AS_OF, parquet, write
from test_wide import answers_of

from cobalamin.app.cli import main
from cobalamin.app.proposing import propose
from cobalamin.errors import InputError
from cobalamin.records.column_names import ColumnNames
from cobalamin.records.words import Words

NAMES = {
    "b12_pg_ml": ("serum_b12", "pg/mL"), "B12 (pg/mL)": ("serum_b12", "pg/mL"), "hb_g_dl": ("hemoglobin", "g/dL"), "MMA nmol/L": ("methylmalonic_acid", "nmol/L"),
    "plt_10e3_ul": ("platelets", "10^3/uL"), "hct_pct": ("hematocrit", "%"), "Hemoglobin, g/dL": ("hemoglobin", "g/dL"), "LBXB12": ("serum_b12", ""),
    "2132-9": ("serum_b12", ""), "LOINC_718-7": ("hemoglobin", ""), "On metformin": ("metformin", ""), "History of gastrectomy": ("gastric_surgery", ""),
    "हीमोग्लोबिन (ग्राम/डीएल)": ("hemoglobin", "g/dL"), "विटामिन बी12 (पिकोग्राम/मिली)": ("serum_b12", "pg/mL"), "فيتامين ب12 (بيكوغرام/مل)": ("serum_b12", "pg/mL"),
    "الهيموغلوبين غ/دل": ("hemoglobin", "g/dL"), "neut_10e3_ul": ("neutrophils", "10^3/uL"), "weight_kg": ("body_weight", "kg"), "Phone": ("", ""), "visit 1": ("", ""),
}  # fmt: skip
ROLES = {"MRN": "patient_id", "seqn": "patient_id", "मरीज़ आईडी": "patient_id", "رقم المريض": "patient_id", "DOB": "birth_date", "Visit date": "date",
         "العمر": "age_years",
         "लिंग": "sex", "wtmec2yr": "weight", "sdmvpsu": "psu", "Ward": "site"}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_what_the_name_of_a_column_says(name: str, words: Words) -> None:
    """Pins the test and the unit that a name says, with units in brackets, at its end, and codes."""
    said = ColumnNames(words).read(name)
    assert (said.concept, said.unit, said.role) == (*NAMES[name], "")


@pytest.mark.parametrize("name", ROLES)
def test_names_of_the_columns_of_a_patient(name: str, words: Words) -> None:
    """Pins the columns of a patient as tables of three languages name them."""
    assert ColumnNames(words).read(name).role == ROLES[name]


def test_columns_beside_a_test_and_near_names(words: Words) -> None:
    """Pins the day and the unit of a test in a column of their own, and the nearest name of what is misspelled."""
    names = ColumnNames(words)
    assert [(said.concept, said.beside) for said in map(names.read, ("B12 date", "date of B12", "Hb unit"))] == [
        ("serum_b12", "date"), ("serum_b12", "date"), ("hemoglobin", "unit_column")]  # fmt: skip
    assert names.read("hemoglobn").near == ("hemoglobin",)


def hospital(folder: Path) -> Path:
    """An export as a hospital makes it, in Arabic: semicolons, days of another order, a unit that is not printed."""
    draw = random.Random(7)
    rows = ["رقم المريض;العمر;الجنس;تاريخ الفحص;فيتامين ب12 (بيكوغرام/مل);تاريخ فيتامين ب12;الهيموغلوبين غ/دل;الكرياتينين;ميتفورمين;CODE;التشخيص;الهاتف"]
    rows += [f"SECRET{i};{20 + i % 60};{draw.choice(['أنثى', 'ذكر'])};{1 + i % 28:02}/10/2026;{draw.randint(90, 700)};;{draw.gauss(12, 1.5):.1f};"
             f"{draw.gauss(75, 12):.0f};{draw.choice(['نعم', 'لا'])};{draw.choice('123')};{draw.choice(['فقر الدم;', 'السكري|خدران', 'NA']).rstrip(';')};55{i}"
             for i in range(80)]  # fmt: skip
    return write(folder, "export.csv", rows)


def test_the_proposal_for_a_hospital_table_can_be_used(tmp_path: Path) -> None:
    """Pins the whole proposal, that it is used as it is, and that no value of a patient stands in it."""
    table = hospital(tmp_path)
    text = propose(table)
    assert "SECRET" not in text
    assert "55" not in text
    lines = [line.split("  # ")[0].rstrip() for line in text.splitlines() if not line.startswith("#")]
    assert lines == [
        "patient:", '  patient_id: "رقم المريض"', '  age_years: "العمر"', '  sex: "الجنس"', 'date: "تاريخ الفحص"', "dates: DD/MM/YYYY", "blank: [NA]", "results:",
        '  "فيتامين ب12 (بيكوغرام/مل)": {concept: serum_b12, unit: pg/mL}', '  "الهيموغلوبين غ/دل": {concept: hemoglobin, unit: g/dL}',
        '  "الكرياتينين": {concept: creatinine, unit: umol/L, assumed: true}', "flags:", '  "ميتفورمين": {concept: metformin, present: ["نعم"], absent: ["لا"]}',
        "words:",
        '  "التشخيص": {split: "|"}', "ignore:", '  - "تاريخ فيتامين ب12"', "  - CODE", '  - "الهاتف"',
    ]  # fmt: skip
    assert "the unit is missing; their distribution fits umol/L (100 %), so umol/L is assumed: ask the laboratory" in text
    found = answers_of(table, write(tmp_path, "m.yaml", text))
    assert found.account["facts"]["set_aside"] == {}
    assert found.account["patients"]["used"] == 80


def test_a_table_of_a_survey(tmp_path: Path) -> None:
    """Pins one unit of a test printed in two, codes that are neither yes nor no, the examination weight, and a unit that cannot be."""
    sql = ("SELECT i AS seqn, 1.5 AS wtint2yr, 2.5 AS wtmec2yr, 300 + i AS b12_pg_ml, (300 + i) * 0.738 AS b12_pmol_l, 1 + i % 3 AS pregnant_code, i % 2 AS metformin, "
           "CASE WHEN i % 20 = 0 THEN 140 ELSE 14 END + i % 3 AS hgb_g_dl, 2.0 AS tsh FROM range(100) t(i)")
    text = propose(parquet(tmp_path, "survey.parquet", sql))
    assert "  weight: wtmec2yr" in text
    flat = " ".join(text.split())
    assert "- b12_pmol_l # serum_b12 in another unit; 'b12_pg_ml' is read" in flat
    assert "- pregnant_code # the name says pregnancy, but its values are 3 others than yes and no" in flat
    assert 'metformin: {concept: metformin, present: ["1"], absent: ["0"]}' in text
    assert "LOOK AGAIN: 5% of the values look like g/L among g/dL" in text
    assert "tsh: {concept: thyroid_stimulating_hormone, unit: mIU/L}" in text
    assert answers_of(tmp_path / "survey.parquet", write(tmp_path, "m.yaml", text)).account["patients"]["used"] == 100


def test_the_command(tmp_path: Path) -> None:
    """Pins that the command prints or writes the mapping, and what is no table."""
    table = hospital(tmp_path)
    printed = CliRunner().invoke(main, ["map", str(table)])
    assert printed.output == propose(table)
    out = tmp_path / "export.mapping.yaml"
    assert CliRunner().invoke(main, ["map", str(table), "--out", str(out)]).exit_code == 0
    assert out.read_text(encoding="utf-8") == printed.output
    assert CliRunner().invoke(main, ["assess", str(table), "--as-of", AS_OF, "--out", str(tmp_path / "o.csv")]).exit_code == 0
    assert CliRunner().invoke(main, ["map", str(table), "--out", str(table)]).exit_code == 2
    for broken in (write(tmp_path, "a.json", "{}"), tmp_path / "missing.csv", write(tmp_path, "b.parquet", "x"), write(tmp_path, "c.csv", "")):
        with pytest.raises(InputError):
            propose(broken)
