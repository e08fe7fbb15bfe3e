"""Units that are not printed: what the distribution says of them, and that a unit is put in only when asked, and marked."""

from __future__ import annotations

import json
import math
import random
from pathlib import Path

import pytest

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

from tables_of_text import AS_OF, write

from cobalamin import Account
from cobalamin.errors import UsageError
from cobalamin.records.unit_sense import BINS, fit, mixed
from cobalamin.records.words import Words
from cobalamin.run import Run


def counts(middle: float, spread: float = 0.3, number: int = 1000) -> dict[int, int]:
    draw, found = random.Random(1), dict[int, int]()
    for _ in range(number):
        place = math.floor(draw.gauss(math.log(middle), spread) * BINS)
        found[place] = found.get(place, 0) + 1
    return found


@pytest.mark.parametrize(("concept", "middle", "suggested"), [
    ("methylmalonic_acid", 0.15, "umol/L"), ("methylmalonic_acid", 150, "nmol/L"), ("hemoglobin", 140, "g/L"), ("creatinine", 75, "umol/L"), ("creatinine", 0.9, "mg/dL"),
    ("platelets", 2.5, "lakh/uL"), ("platelets", 250_000, "/uL"), ("hematocrit", 0.42, "L/L"), ("serum_b12", 465, ""), ("serum_b12", 343, ""), ("hemoglobin", 11.5, ""),
    ("homocysteine", 1e6, ""),
])  # fmt: skip
def test_the_unit_that_fits(concept: str, middle: float, suggested: str, words: Words) -> None:
    """Pins which distributions tell their unit, and that mass and moles of B12 lie too near to be told apart."""
    found = fit(words.knowledge, words.knowledge.concepts[concept], counts(middle))
    assert found is not None
    assert found.suggested == suggested
    assert ("none" in str(found)) == (middle == 1e6)


def test_too_few_values_say_nothing(words: Words) -> None:
    """Pins that nothing is said of a handful of values, nor of a concept with one size of number."""
    assert fit(words.knowledge, words.knowledge.concepts["creatinine"], counts(75, number=20)) is None
    assert fit(words.knowledge, words.knowledge.concepts["mcv"], counts(90)) is None


@pytest.mark.parametrize(("concept", "one", "other", "says"), [
    ("hemoglobin", 13, 130, ("g/dL", "g/L")), ("serum_b12", 460, 0.46, ("pg/mL", "ng/mL")), ("white_blood_cells", 7, 7000, ("10^3/uL", "/uL")),
    ("serum_b12", 400, 295, None), ("hemoglobin", 13, 13, None)])  # fmt: skip
def test_two_units_in_one_column(concept: str, one: float, other: float, says: tuple[str, str] | None, words: Words) -> None:
    """Pins that units a factor of ten or a thousand apart are seen, and mass and moles of B12 are not."""
    both = counts(one, 0.12, 900)
    for place, number in counts(other, 0.12, 100).items():
        both[place] = both.get(place, 0) + number
    found = mixed(words.knowledge, words.knowledge.concepts[concept], both)
    assert (found[:2] if found else None) == says
    if found:
        assert found[2] == pytest.approx(0.1, abs=0.02)


FACTS = ["patient_id,concept,date,value,unit", *(f"p{i},creatinine,2026-11-01,{60 + i},umol/L" for i in range(5)),
         *(f"p{i},creatinine,2026-11-02,{60 + i}," for i in range(40)), "p0,mma,2026-11-01,300,",
         "q,serum creatinine,2026-11-01,0.8 mg/dL,"]


def run(path: Path, engine: str, *units: str) -> tuple[list[dict[str, object]], Run]:
    account, ready = Account(), Run(str(path), as_of=AS_OF, engine=engine, assume_units=units)
    people = list(ready.rows(account))
    assert account.adds_up
    return people, ready


def test_a_missing_unit_is_suggested_and_not_applied(tmp_path: Path) -> None:
    """Pins the note, and that the rows stay set aside until somebody asks."""
    people, ready = run(write(tmp_path, "facts.csv", FACTS), "duckdb")
    assert ready.notices == ["creatinine has no unit in 40 rows; their distribution fits umol/L (100 %); apply with --assume-unit creatinine=umol/L."]
    assert sum(item["reason"] == "no_unit" for person in people for item in person["set_aside"]) == 41  # type: ignore[attr-defined]


def test_a_unit_that_is_asked_for_is_marked(tmp_path: Path) -> None:
    """Pins that both engines put the unit in alike, mark each result, and leave a printed unit alone."""
    path = write(tmp_path, "facts.csv", FACTS)
    (bulk, ready), (memory, _) = run(path, "duckdb", "creatinine=umol/L", "mma=nmol/L"), run(path, "memory", "creatinine=umol/L", "mma=nmol/L")
    assert bulk == memory
    assert ready.notices == []
    flagged = [item for person in bulk for item in person["flagged"]]  # type: ignore[attr-defined]
    assert {item["reason"] for item in flagged} == {"assumed_unit"}
    assert len(flagged) == 41
    assert {"fact": "mma 300 nmol/L (assumed) (2026-11-01)", "reason": "assumed_unit"} in flagged
    assert not any(person["set_aside"] for person in bulk)
    assert next(person for person in bulk if person["patient_id"] == "q")["flagged"] == []


def test_a_unit_is_assumed_in_a_case_too(tmp_path: Path) -> None:
    """Pins a case file: without the unit nothing is concluded, with it the result counts and is flagged."""
    path = write(tmp_path, "case.json", json.dumps({"patient_id": "p", "facts": [{"concept": "vitamin b12", "value": "100", "date": "2026-11-01"}]}))
    (bare,), _ = run(path, "memory")
    (person,), _ = run(path, "memory", "serum_b12=pmol/L")
    assert (bare["status"], person["status"]) == ("unknown", "deficient")
    assert [item["reason"] for item in person["flagged"]] == ["assumed_unit"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("asked", ["serum_b12", "serum_b21=pg/mL", "serum_b12=fL", "metformin=mg", "serum_b12="])
def test_a_unit_that_cannot_be_assumed(asked: str, tmp_path: Path) -> None:
    """Pins the error for a concept or a unit nobody knows."""
    with pytest.raises(UsageError, match=r"CONCEPT=UNIT|is no unit"):
        run(write(tmp_path, "facts.csv", FACTS), "duckdb", asked)
