"""`cobalamin supply`: a file of the count with the account of every row beside it."""

from __future__ import annotations

import json
from pathlib import Path

from command import AS_OF, cobalamin


def test_a_file_with_its_account(tmp_path: Path) -> None:
    """Pins that the count is written whole, that every row is accounted for, and the exit codes."""
    people = tmp_path / "people.jsonl"
    facts = [{"concept": "pernicious anemia"}, {"concept": "serum_b12", "date": "2026-11-01", "value": "95", "unit": "ng/L"}]
    people.write_text("".join(json.dumps({"patient_id": f"CANARY {number}", "age_years": 60, "facts": facts}) + "\n" for number in range(3)), encoding="utf-8")
    done = cobalamin("supply", people, "--as-of", AS_OF, "--out", tmp_path / "supply.json")
    assert "patients: 3 read = 3 used" in done.err
    held = json.loads((tmp_path / "supply.json").read_text(encoding="utf-8"))
    assert [(row["month"], row["doses"], row["people"]) for row in held["rows"]] == [("2026-11", 15, 3), ("2026-12", 3, 3)]
    assert (tmp_path / "supply.json.account.json").exists()
    assert "2026-11" in cobalamin("supply", people, "--as-of", AS_OF, "--lang", "ar").out
    assert cobalamin("supply", people, "--as-of", AS_OF, "--months", "13").code == 2
    assert cobalamin("supply", tmp_path / "nobody.jsonl").code == 10
