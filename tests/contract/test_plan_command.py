"""`cobalamin plan` with doses that were given: what counts, what is left, and where every row of a list of doses went."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from command import AS_OF, cobalamin

CASE = {
    "patient_id": "p CANARY", "sex": "female", "age_years": 61,
    "facts": [
        {"concept": "pernicious anemia", "date": "2026-10-20"}, {"concept": "serum_b12", "date": "2026-10-20", "value": "95", "unit": "ng/L"},
        {"concept": "hydroxocobalamin", "date": "2026-11-13", "dose": "1 mg im"}, {"concept": "hydroxocobalamin", "date": "2026-11-16", "dose": "1 mg im"},
        {"concept": "hydroxocobalamin", "date": "2026-11-13", "dose": "1 mg im every 3 months"},
        {"concept": "hydroxocobalamin", "date": "2026-11-13", "end": "2027-11-13", "dose": "1 mg im"},
        {"concept": "hydroxocobalamin injection", "value": "absent", "date": "2026-11-18"},
    ],
}  # fmt: skip


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE), encoding="utf-8")
    return path


def plan(case: Path, *more: str | Path) -> dict[str, Any]:
    return dict(json.loads(cobalamin("plan", case, "--as-of", AS_OF, "--format", "json", *more).out))


def test_the_record_tells_what_was_given(case: Path) -> None:
    """Pins which facts are doses, and that the dated doses are those that are left."""
    found = plan(case)
    assert [(row["date"], row["counts_for"], row["because"]) for row in found["calendar"]["received"]] == [
        ("2026-11-13", 1, ["on_time"]), ("2026-11-16", 2, ["late"])]  # fmt: skip
    assert sorted(row["reason"] for row in found["calendar"]["not_doses"]) == ["not_given", "prescribed", "taken_since"]
    assert [dose["date"] for dose in found["treatment"]["doses"][:3]] == ["2026-11-20", "2026-11-23", "2026-11-25"]


def test_a_list_of_doses_of_its_own(case: Path, tmp_path: Path) -> None:
    """Pins that every row of the list is a dose, set aside with a reason, or somebody else's and counted."""
    given = tmp_path / "card.csv"
    given.write_text("date,drug,dose,route,patient_id\n2026-11-18,hydroxocobalamin,1 mg,im,p CANARY\n2026-11-18,हाइड्रॉक्सोकोबालामिन,1 mg,im,\n"
                     "2026-12-24,hydroxocobalamin,1 mg,im,\nsoon,hydroxocobalamin,1 mg,im,\n2026-11-19,stardust,1 mg,im,\n2026-11-19,,1 mg,im,\n"
                     "2026-11-17,hydroxocobalamin,1 mg,im,somebody else\n1,2,3,4,5,6,7\n", encoding="utf-8")  # fmt: skip
    done = cobalamin("plan", case, "--as-of", AS_OF, "--format", "json", "--given", given)
    found = json.loads(done.out)
    assert [(row["date"], row["counts_for"], row["because"][0]) for row in found["calendar"]["received"]][2:] == [
        ("2026-11-18", 3, "on_time"), ("2026-11-18", None, "same_day")]  # fmt: skip
    assert sorted(row["reason"] for row in found["set_aside"]) == ["future", "no_concept", "no_concept", "unreadable_date"]
    assert [row["text"] for row in found["not_understood"]] == ["stardust"]
    assert "1 rows are of other people" in done.err
    text = cobalamin("plan", case, "--as-of", AS_OF, "--given", given).out
    assert "stardust" in text
    assert "2026-12-24" in text


@pytest.mark.parametrize(("header", "says"), [("day,drug\n2026-11-18,b12\n", "date"), ("date,medicine\n2026-11-18,b12\n", "drug"), ("", "empty")])
def test_a_list_without_its_columns_is_refused(case: Path, tmp_path: Path, header: str, says: str) -> None:
    """Pins the exit code, and that the column that is missing is named."""
    given = tmp_path / "card.csv"
    given.write_text(header, encoding="utf-8")
    done = cobalamin("plan", case, "--as-of", AS_OF, "--given", given)
    assert done.code == 10
    assert says in done.err


def test_the_day_a_plan_began(case: Path) -> None:
    """Pins that doses before it are none of the plan, and that it cannot lie ahead."""
    found = plan(case, "--begun", "2026-11-16")["calendar"]
    assert found["begun"] == "2026-11-16"
    assert [row["counts_for"] for row in found["received"]] == [1, 2]
    assert cobalamin("plan", case, "--as-of", AS_OF, "--begun", "2026-12-01").code == 2
    assert cobalamin("plan", case, "--as-of", AS_OF, "--begun", "someday").code == 2


def test_the_calendar_as_a_spreadsheet(case: Path) -> None:
    """Pins that every planned dose, every dose given and every review is a row."""
    rows = list(csv.DictReader(io.StringIO(cobalamin("plan", case, "--as-of", AS_OF, "--format", "csv").out.removeprefix("\ufeff"))))
    found = plan(case)
    assert [row["what"] for row in rows].count("planned") == len(found["calendar"]["planned"])
    assert [row["what"] for row in rows].count("received") == 2
    assert [row["what"] for row in rows].count("review") == len(found["review"])


@pytest.mark.parametrize("lang", ["en", "hi", "ar"])
@pytest.mark.parametrize("voice", ["clinical", "lay"])
def test_the_page_in_three_languages(case: Path, lang: str, voice: str) -> None:
    """Pins that the days of the doses given stand on the page, whatever the language."""
    text = cobalamin("plan", case, "--as-of", AS_OF, "--lang", lang, "--voice", voice).out
    assert "2026-11-13" in text
    assert "2026-11-15" in text
