"""The interpret rules written a second time, by hand and in CQL, give the same people the same status.

The two share no code: the CQL library is run by the CQL reference engine for JavaScript.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

import cobalamin

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))
import race

PEOPLE = 1500


@pytest.mark.skipif(bool(race.why_no_cql()), reason=f"the CQL engine cannot run: {race.why_no_cql()}")
def test_the_same_rules_in_cql_say_the_same(tmp_path: Path) -> None:
    cases = race.people(PEOPLE)
    from people import bundle

    (tmp_path / "bundles.ndjson").write_text("".join(json.dumps(bundle(case)) + "\n" for case in cases))
    argv = ["node", "run.mjs", str(race.translated(tmp_path)), str(tmp_path / "bundles.ndjson"), str(tmp_path / "answers.ndjson"), race.DAY]
    subprocess.run(argv, cwd=race.CQL, check=True, capture_output=True)
    theirs = {row["patient_id"]: row for row in map(json.loads, (tmp_path / "answers.ndjson").read_text().splitlines())}
    statuses = set()
    for ours in cobalamin.assess_all(cases, as_of=race.DAY, engine="memory"):
        found = theirs.pop(ours["patient_id"])
        assert [ours[name] for name in race.FIELDS] == [found[name] for name in race.FIELDS], ours["patient_id"]
        statuses.add((ours["status"], ours["status_basis"]))
    assert not theirs
    assert len(statuses) > 10, "the people of the race meet few lines of the table"
