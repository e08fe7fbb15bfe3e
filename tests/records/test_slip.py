"""Slips as laboratories print them: what is read, and what is left to be looked at."""

from __future__ import annotations

from datetime import date

import pytest

from cobalamin.records.slip import Slip, SlipReader
from cobalamin.records.spoken import Spoken
from cobalamin.records.words import Words
from cobalamin.rules.load import load

INDIAN = """
SUNRISE DIAGNOSTICS, Pune
Patient Name : Mrs. A. B.
Age/Sex : 45 Y / F
Collected: 02/11/2026 09:14   Reported: 03/11/2026 18:00
COMPLETE BLOOD COUNT
HAEMOGLOBIN   9.2   g/dL   12.0 - 15.0
MCV\t108.4\tfL\t83 - 101\tH
Platelet count 120 x10^3/uL 150-410
TLC 4.5 10^3/uL
VITAMIN B12, SERUM (CLIA)   145.00   pg/mL   211 - 911
Serum Folate 3.1 ng/mL (>5.38)
"""
ARABIC = """
مختبر الشفاء
التاريخ: ٢٠٢٦/١١/٠٢
العمر: ٣٨ سنة
فيتامين ب12: ١٨٠ بيكوغرام/مل (٢٠٠ - ٩٠٠)
الهيموغلوبين ٩٫٢ غ/دل (المعدل الطبيعي ١٢ - ١٥)
"""
HINDI = """
तारीख: 2 नवंबर 2026
विटामिन बी12 : १८० pg/mL
हीमोग्लोबिन : ९.२ ग्राम/डीएल (१२-१५)
"""
LINES = [
    ("Vitamin B12: 180 pg/mL (200-900)", ("serum_b12", "180", "pg/ml", "200-900")),
    ("Hb 9.2 g/dl L", ("hemoglobin", "9.2", "g/dl", "")),
    ("Hb: 9.2 gm%", ("hemoglobin", "9.2", "gm%", "")),
    ("Haemoglobin (Hb) 9.2 L 12.0-15.0 g/dL", ("hemoglobin", "9.2", "g/dl", "12.0-15.0")),
    ("MCV 108", ("mcv", "108", "", "")),
    ("MCV-108 fL", ("mcv", "108", "fl", "")),
    ("S. B12 <83 pg/ml", ("serum_b12", "<83", "pg/ml", "")),
    ("B12 less than 150 pg/mL", ("serum_b12", "<150", "pg/ml", "")),
    ("1. Vitamin B-12 (serum) ; 145 pg / ml *", ("serum_b12", "145", "pg / ml", "")),
    ("Vitamin B12 (Active) 45 pmol/L", ("holotranscobalamin", "45", "pmol/l", "")),
    ("Hemoglobin A1c 6.2 %", ("hba1c", "6.2", "%", "")),
    ("Methylmalonic acid 0.45 µmol/L Ref: <0.40", ("methylmalonic_acid", "0.45", "umol/l", "<0.40")),
    ("Anti-Intrinsic factor antibody: Positive", ("intrinsic_factor_antibody", "positive", "", "")),
    ("eGFR 88 mL/min/1.73m2", ("egfr", "88", "ml/min/1.73m2", "")),
]
UNREAD = ["Dr. A. Sharma, MD", "B12 180-200 pg/mL", "Hemoglobin variant 9.2 %", "Vitamin B12 (mother) 180 pg/mL",
          "B12 180 pg/mL repeat 240 pg/mL", "B12 1:80", "TSH ultra 3.2", "x" * 400]


@pytest.fixture(scope="module")
def reader() -> SlipReader:
    words = Words(load())
    return SlipReader(words, Spoken(words, date(2026, 11, 20).toordinal()))


def _read(slip: Slip) -> dict[str, str]:
    return {fact["concept"]: f"{fact['value']} {fact['unit']}".strip() for fact in slip.facts}


@pytest.mark.parametrize(("line", "said"), LINES, ids=[line for line, _ in LINES])
def test_a_line_is_read(reader: SlipReader, line: str, said: tuple[str, str, str, str]) -> None:
    (fact,) = reader.line(line)
    assert (fact["concept"], fact["value"], fact["unit"], fact["reference"]) == said


@pytest.mark.parametrize("line", UNREAD)
def test_a_line_that_could_mean_something_else_is_left(reader: SlipReader, line: str) -> None:
    """Pins that a word nobody knows beside a number keeps the number from being used."""
    assert not [fact for fact in reader.line(line) if fact["value"]]
    assert reader.read(line).unread == (line,)


def test_a_slip_from_india(reader: SlipReader) -> None:
    slip = reader.read(INDIAN)
    assert _read(slip) == {"hemoglobin": "9.2 g/dl", "mcv": "108.4 fl", "platelets": "120 x10^3/ul", "white_blood_cells": "4.5 10^3/ul",
                           "serum_b12": "145.00 pg/ml", "serum_folate": "3.1 ng/ml"}  # fmt: skip
    assert {fact["date"] for fact in slip.facts} == {"2026-11-02"}, "blood was taken on that day, whenever it was reported"
    assert slip.person == {"age_years": "45", "sex": "female"}
    assert slip.unread == ("SUNRISE DIAGNOSTICS, Pune", "Patient Name : Mrs. A. B.", "COMPLETE BLOOD COUNT")
    assert ("02/11/2026 09:14", "2026-11-02") in slip.day_first, "it is said which way a day was read"


@pytest.mark.parametrize(("text", "said"), [
    (ARABIC, {"serum_b12": "180 بيكوغرام/مل", "hemoglobin": "9.2 غ/دل"}),
    (HINDI, {"serum_b12": "180 pg/ml", "hemoglobin": "9.2 ग्राम/डीएल"}),
], ids=["arabic", "hindi"])  # fmt: skip
def test_names_and_digits_of_other_scripts(reader: SlipReader, text: str, said: dict[str, str]) -> None:
    slip = reader.read(text)
    assert _read(slip) == said
    assert {fact["date"] for fact in slip.facts} == {"2026-11-02"}


@pytest.mark.parametrize(("printed", "day"), [
    ("Date: 12/11/2026", "2026-11-12"), ("Dated 12-Nov-2026", "2026-11-12"), ("Collected on 2026-11-12 10:30", "2026-11-12"), ("12.11.26", "2026-11-12"),
    ("Nov 12, 2026", "2026-11-12"), ("Date: 11/13/2026", "2026-11-13"), ("تاريخ العينة ١٢/١١/٢٠٢٦", "2026-11-12"), ("दिनांक 12 नवंबर 2026", "2026-11-12"),
])  # fmt: skip
def test_days_as_they_are_printed(reader: SlipReader, printed: str, day: str) -> None:
    assert [fact["date"] for fact in reader.read(f"{printed}\nHb 9.2 g/dL").facts] == [day]


def test_each_day_counts_for_what_stands_under_it(reader: SlipReader) -> None:
    slip = reader.read("Date: 2026-10-01\nHb 9.0 g/dL\nDate: 2026-11-01\nHb 10.1 g/dL\nMCV 101 fL 2026-11-03")
    assert [(fact["value"], fact["date"]) for fact in slip.facts] == [("9.0", "2026-10-01"), ("10.1", "2026-11-01"), ("101", "2026-11-03")]


def test_a_birth_date_is_no_day_of_a_result(reader: SlipReader) -> None:
    slip = reader.read("DOB: 12/03/1969\nHb 9.2 g/dL")
    assert slip.person == {"birth_date": "1969-03-12"}
    assert slip.facts[0]["date"] == ""


def test_several_on_one_line_and_plain_words(reader: SlipReader) -> None:
    slip = reader.read("Hb 9.2 g/dL, MCV 108 fL\njhunjhuni haath pair mein")
    assert [fact["concept"] for fact in slip.facts] == ["hemoglobin", "mcv", "paresthesia"]


def test_no_line_is_lost(reader: SlipReader) -> None:
    """Pins that every line with a letter or number comes back, as a fact, a day, something of the person, or unread."""
    slip = reader.read("\n".join(f"nonsense {number}" for number in range(1000)))
    assert len(slip.unread) == 1000
