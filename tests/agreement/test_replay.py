"""The past replayed: memory and DuckDB row by row, and the memory engine against assessing each day anew."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from generated_patients import AS_OF, Maker

import cobalamin
from cobalamin.app.cli import main
from cobalamin.app.replaying import print_replay, replay, replay_rows, write_replay
from cobalamin.assessing import memory_engine
from cobalamin.engines.memory.replay import COLUMNS
from cobalamin.errors import NothingToAssess
from cobalamin.records.understand import ages_on, completed_months, months_before
from cobalamin.rules.load import load
from cobalamin.rules.replaying import STAGE, calls
from cobalamin.run import Run

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")
DAY = AS_OF.isoformat()
MAKER = Maker(load())


def both(cases: list[dict[str, Any]], guideline: str = "ng239") -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of both engines, in one order."""
    found = [list(replay_rows(Run(cases, as_of=DAY, guideline=guideline, engine=engine))) for engine in ("memory", "duckdb")]
    key = lambda row: (row["patient_id"], row["kind"])  # noqa: E731
    return sorted(found[0], key=key), sorted(found[1], key=key)


def past(random: Random, number: int) -> dict[str, Any]:
    """A generated patient whose facts are spread over some years, with tests and treatment among them."""
    case = MAKER.case(random, number)
    drawn = ("serum_b12", "fatigue", "paresthesia", "vegan_diet", "metformin", "hydroxocobalamin", "cyanocobalamin", "mcv", "methylmalonic_acid", "total_gastrectomy")
    values = {"serum_b12": ("95", "205", "700"), "mcv": ("95", "112"), "methylmalonic_acid": ("0.2", "0.9")}
    units = {"serum_b12": "pg/mL", "mcv": "fL", "methylmalonic_acid": "umol/L"}
    for _ in range(random.randint(0, 10)):
        concept = random.choice(drawn)
        day = AS_OF - timedelta(days=random.choice((0, 1, 20, 30, 60, 365, 366, 400, 730, 2000)))
        fact = {"concept": concept, "date": day.isoformat(), "value": random.choice(values.get(concept, ("",))), "unit": units.get(concept, "")}
        if concept == "hydroxocobalamin":
            fact["dose"] = "1000 ug intramuscular"
        case["facts"].append(fact)
    return case


@pytest.mark.parametrize("guideline", sorted(MAKER.knowledge.guidelines))
def test_engines_replay_alike(guideline: str) -> None:
    """Every row of every generated patient is the same, whatever the ages, dates, units and words."""
    random = Random(f"replay-{guideline}")
    memory, bulk = both([past(random, number) for number in range(150)], guideline)
    assert memory == bulk
    assert {row["kind"] for row in memory} == {"test", "treatment"}
    assert any(row["happened"] for row in memory)
    assert any(row["missed_chances"] for row in memory)


def anew(case: dict[str, Any], kind: str) -> Iterator[date]:
    """The days on which a record cut off at that day, assessed as of that day, calls for something; only facts with a plain date."""
    knowledge = MAKER.knowledge
    answers = {narrower for id in knowledge.pathway["answered_by"][kind] for narrower in knowledge.narrower(id)}
    for day in sorted({fact["date"] for fact in case["facts"]}):
        facts = [f for f in case["facts"] if f["date"] <= day and not (f["date"] == day and f["concept"] in answers)]
        told = cobalamin.assess({**case, "facts": facts}, as_of=day)
        if told.test["advised"] if kind == "test" else told.treatment["start"] in ("now", "specialist"):
            yield date.fromisoformat(day)


def test_a_replay_is_each_day_assessed_anew() -> None:
    """The first call, and the chances missed, are those of cutting the record off at each day and assessing it on that day."""
    random, compared = Random("anew"), 0
    for number in range(20):
        case = past(random, number)
        plain = {"vegan_diet", "fatigue", "paresthesia", "metformin", "serum_b12", "mcv", "methylmalonic_acid", "total_gastrectomy", "cyanocobalamin"}
        case["facts"] = [f for f in case["facts"] if f["concept"] in plain and _is_day(f.get("date", "")) and not f.get("end") and _is_used(f)]
        case = {name: value for name, value in case.items() if name in ("patient_id", "sex", "facts")} | {"birth_date": f"{random.randint(1930, 2003)}-11-20"}
        rows = {row["kind"]: row for row in replay_rows(Run(case, as_of=DAY))}
        for kind in ("test", "treatment"):
            called = list(anew(case, kind))
            assert bool(called) == (kind in rows), (kind, case)
            if called:
                row = rows[kind]
                assert row["called_on"] == called[0].isoformat(), (kind, case)
                until = date.fromisoformat(row["happened_on"]) if row["happened_on"] else AS_OF + timedelta(days=1)
                assert row["missed_chances"] == sum(called[0] < day < until for day in called)
                compared += 1
    assert compared > 10


def _is_used(fact: dict[str, Any]) -> bool:
    """A day on which nothing readable was written is no day of the record."""
    told = cobalamin.assess({"facts": [fact]}, as_of=DAY)
    return not told.set_aside and not told.not_understood


def _is_day(text: str) -> bool:
    return len(text) == 10 and "1950-01-01" <= text <= DAY and text != "2026-02-30"


def one(*facts: tuple[str, ...], **person: Any) -> dict[str, dict[str, Any]]:
    """The rows of one woman by kind, alike from both engines; a fact is (concept, day, value, unit, dose)."""
    names = ("concept", "date", "value", "unit", "dose")
    case = {"patient_id": "p", "sex": "female", "birth_date": "1970-01-01", **person, "facts": [dict(zip(names, fact, strict=False)) for fact in facts]}
    memory, bulk = both([case])
    assert memory == bulk
    return {row["kind"]: row for row in memory}


def test_what_is_done_on_the_day_of_the_call_was_called_for() -> None:
    """A result or an injection of the same day answers a call and does not hide it: the delay is nought."""
    rows = one(("vegan_diet", "2020-01-01"), ("paresthesia", "2024-05-01"), ("serum_b12", "2024-05-01", "95", "pg/mL"),
               ("hydroxocobalamin", "2024-05-01", "", "", "1000 ug intramuscular"))  # fmt: skip
    assert (rows["treatment"]["called_on"], rows["treatment"]["days"]) == ("2024-05-01", 0)
    assert rows["treatment"]["happened_on"] == "2024-05-01"
    assert rows["test"]["happened_on"] == "2024-05-01"


def test_what_comes_later_does_not_exist_yet() -> None:
    """A result of the next year moves nothing before it, and what happened before the call does not answer it."""
    rows = one(("serum_b12", "2023-05-01", "700", "pg/mL"), ("vegan_diet", "2024-01-01"), ("paresthesia", "2024-05-01"), ("serum_b12", "2025-05-01", "95", "pg/mL"))
    assert rows["treatment"]["called_on"] == "2025-05-01"
    assert rows["treatment"]["censored_on"] == DAY
    assert rows["treatment"]["days"] == (AS_OF - date(2025, 5, 1)).days
    assert rows["treatment"]["happened"] is False
    assert rows["test"]["called_on"] == "2024-05-01"
    assert rows["test"]["days"] == 365


def test_missed_chances_are_later_days_with_a_record() -> None:
    """Two visits after a level that called for treatment, then the injection: two chances missed, and the day itself none."""
    rows = one(("serum_b12", "2024-05-01", "95", "pg/mL"), ("mcv", "2024-06-01", "95", "fL"), ("mcv", "2024-07-01", "96", "fL"), ("mcv", "2024-07-01", "97", "fL"),
               ("hydroxocobalamin", "2024-08-01", "", "", "1000 ug intramuscular"))  # fmt: skip
    assert rows["treatment"]["missed_chances"] == 2
    assert rows["treatment"]["days"] == 92


def test_a_fact_without_a_day_belongs_to_the_last() -> None:
    """It was recorded nobody knows when: it counts on the day of assessment and on no earlier one."""
    assert "test" not in one(("fatigue", "2024-05-01"))
    rows = one(("vegan_diet", ""), ("fatigue", "2024-05-01"))
    assert rows["test"]["called_on"] == DAY
    assert rows["test"]["days"] == 0


def test_ages_are_those_of_the_day() -> None:
    """By calendar from a birth date or a given age, an interval where the birthday is not known, and unknown before birth."""
    day = date(2026, 3, 31).toordinal()
    assert date.fromordinal(months_before(day, 1)) == date(2026, 2, 28)
    for months in range(60):
        last, first = months_before(day, months), months_before(day, months + 1) + 1
        assert completed_months(last, day) == completed_months(first, day) == months
        assert completed_months(last + 1, day) < months < completed_months(first - 1, day)
    born = months_before(day, 12 * 41) + 1, months_before(day, 12 * 40)
    assert ages_on(born, day) == ((40, 40), (480, 491))
    assert ages_on(born, date(2020, 3, 31).toordinal())[0] == (34, 34)
    assert ages_on(born, date(2020, 9, 1).toordinal())[0] == (34, 35)
    assert ages_on(born, date(1980, 1, 1).toordinal()) == (None, None)
    assert ages_on(None, day) == (None, None)


def test_people_may_be_taken_in_parts(tmp_path: Path) -> None:
    """However few facts and days are held at once, the table is the same, in the order of the people."""
    from cobalamin.engines.duckdb.replay import DAY as COLUMN
    from cobalamin.engines.duckdb.replay import Replay

    random = Random("parts")
    run = Run([past(random, number) for number in range(24)], as_of=DAY, engine="duckdb")
    tables, parts = [], []
    for number, (size, run.part_size) in enumerate(((600, 17), (1_000_000, 0))):
        with run.opened(tmp_path, asked=(STAGE,), day=COLUMN) as engine:
            held = Replay(engine, run.guideline, size)
            held.write(tmp_path / f"{number}.parquet")
            parts.append(len(list(held.ranges())))
        tables.append(duckdb.connect().execute(f"SELECT * FROM '{tmp_path}/{number}.parquet'").fetchall())
    assert parts[0] > parts[1] == 1
    assert tables[0] == tables[1]
    ids = [row[0] for row in tables[0]]
    assert ids == sorted(ids, key=lambda id: int(id.strip("'")[1:]))


def test_the_table_has_the_columns_that_are_promised(tmp_path: Path) -> None:
    """Names and types, in Parquet as in the memory engine, and the counts a summary is made from."""
    cases = [past(Random(f"columns-{number}"), number) for number in range(20)]
    run = Run(cases, as_of=DAY, engine="duckdb")
    write_replay(run, tmp_path / "r.parquet", "parquet")
    described = duckdb.connect().execute(f"DESCRIBE SELECT * FROM '{tmp_path}/r.parquet'").fetchall()
    assert {name: kind for name, kind, *_ in described} == COLUMNS
    found, one_by_one = replay(run), replay(Run(cases, as_of=DAY, engine="memory"))
    assert found == one_by_one
    assert found.people == len(cases)
    for lang in ("en", "hi", "ar"):
        assert f"{found.days:,}" in print_replay(run.knowledge, found, lang)


def test_the_command_replays(tmp_path: Path) -> None:
    """As text, as JSON and as a file; nobody to replay is an error in one line, and Parquet cannot be printed."""
    runner = CliRunner()
    text = runner.invoke(main, ["assess", "samples/clinic", "--replay", "--as-of", DAY])
    assert text.exit_code == 0
    assert "The past replayed" in text.output
    out = tmp_path / "replay.csv"
    assert runner.invoke(main, ["assess", "samples/clinic", "--replay", "--as-of", DAY, "--out", str(out)]).exit_code == 0
    assert out.read_text().splitlines()[0] == ",".join(COLUMNS)
    (tmp_path / "patients.csv").write_text("patient_id\n")
    (tmp_path / "facts.csv").write_text("patient_id,concept\n")
    assert runner.invoke(main, ["assess", str(tmp_path), "--replay", "--as-of", DAY]).exit_code == NothingToAssess.exit_code


def test_calls_are_answered_by_what_the_knowledge_says() -> None:
    """Kinds and answers come from the knowledge: a narrower drug answers, folic acid does not."""
    engine = memory_engine(DAY, "ng239", asked=(STAGE,))
    kinds = {call.kind: call for call in calls(engine.program, "ng239")}
    assert "cyanocobalamin_injection" in kinds["treatment"].answered_by
    assert "folic_acid" not in kinds["treatment"].answered_by
    assert "serum_b12" in kinds["test"].answered_by
