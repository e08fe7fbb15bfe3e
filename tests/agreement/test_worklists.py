"""Both engines put the same people on the same worklists, row by row, with the same reasons, days and results."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest
from generated_patients import AS_OF, Maker

from cobalamin.app.worklist import lists_of
from cobalamin.assessing import memory_engine
from cobalamin.engines.memory.worklist import Worklists
from cobalamin.records.case import read_case
from cobalamin.rules.bind import bind
from cobalamin.rules.load import load
from cobalamin.rules.schedules import WORKLIST_STAGE
from cobalamin.run import Run

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

KNOWLEDGE = load()
KINDS = list(KNOWLEDGE.pathway["worklists"])
MAKER = Maker(KNOWLEDGE)
BATCH = 400
TREATMENT = KNOWLEDGE.narrower("vitamin_b12_replacement")


def somebody(random: Random, number: int) -> dict[str, Any]:
    """A generated patient of some site, every third of them treated or on folic acid at some time."""
    case = MAKER.case(random, number) | {"site": random.choice(("", "north", "south"))}
    for _ in range(random.choice((0, 0, 1, 2, 4)) if number % 3 == 0 else 0):
        day = AS_OF - timedelta(days=random.choice((*range(0, 200, 15), 300, 365, 366, 730, 731, 1826, 4000)))
        concept = random.choice(("hydroxocobalamin", "hydroxocobalamin", "cyanocobalamin", "folic_acid"))
        case["facts"].append({"concept": concept, "date": day.isoformat()})
    return case


def listed(cases: list[dict[str, Any]], engine: str, guideline: str) -> tuple[list[dict[str, Any]], Any, dict[str, Any]]:
    with lists_of(Run(cases, as_of=AS_OF.isoformat(), guideline=guideline, engine=engine), KINDS) as lists:
        assert lists.account.adds_up
        return list(lists.rows), lists.counts, lists.account.to_dict()


@pytest.mark.parametrize("guideline", sorted(KNOWLEDGE.guidelines))
def test_engines_list_the_same_people(guideline: str) -> None:
    """A batch of generated patients under each guideline; those on no list are counted too."""
    random = Random(f"worklists-{guideline}")
    cases = [somebody(random, number) for number in range(BATCH)]
    (memory, counted, account), (duckdb, counts, other) = listed(cases, "memory", guideline), listed(cases, "duckdb", guideline)
    for a, b in zip(memory, duckdb, strict=True):
        assert a == b, next(case for case in cases if case["patient_id"] == a["patient_id"])
    assert counted == counts
    assert account == other
    assert counts.people == BATCH == len({row["patient_id"] for row in memory}) + counts.people - counts.listed
    assert len({row["kind"] for row in memory}) == len(KINDS)


def test_an_ordinary_assessment_asks_nothing_of_the_worklists() -> None:
    """Pins that the stage runs only when asked for: no step and no look-up of it in an ordinary program."""
    ordinary, asked = (bind(KNOWLEDGE, AS_OF.isoformat(), whole="ng239", asked=stages) for stages in ((), (WORKLIST_STAGE,)))
    assert "worklist" not in {step.table.stage for step in ordinary.steps}
    assert not ordinary.shown
    assert {step.table.id for step in asked.steps} - {step.table.id for step in ordinary.steps} == {f"worklist.{kind}" for kind in KINDS}
    assert len(asked.leaves) > len(ordinary.leaves)


def test_nobody_who_is_due_a_test_is_left_without_a_reason() -> None:
    """Pins that whoever is wanted for a first test and is not treated has a row, whatever the risk is called."""
    engine = memory_engine(AS_OF.isoformat(), "conventional", asked=(WORKLIST_STAGE,))
    random, lists, wanted = Random("due"), Worklists(engine), 0
    for number in range(400):
        case = read_case(MAKER.case(random, number), engine.words, engine.day)
        first = engine.assess(case).test["first"]
        if {"serum_b12", "holotranscobalamin"} & set(first) and engine.assess(case).status == "unknown" and not any(f.concept in TREATMENT for f in case.facts):
            wanted += 1
            assert "test_due" in {row["kind"] for row in lists.rows(case)}, case
    assert wanted > 20
