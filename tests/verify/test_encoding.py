"""The solver and the memory engine read every rule alike: the same patient, the same truth of every row."""

from __future__ import annotations

import random
from typing import Any

import pytest

from cobalamin.engines.memory.expressions import Values
from cobalamin.model.quantity import Quantity
from cobalamin.rules import nodes as n
from cobalamin.rules.load import load
from cobalamin.verify import logic, symbols
from cobalamin.verify.logic import Bool, no, same
from cobalamin.verify.workbench import Workbench

DAY = "2026-11-20"


@pytest.fixture(scope="module")
def bench() -> Workbench:
    knowledge = load()
    return Workbench(knowledge, DAY, tuple(knowledge.guidelines), 30)


def patient(bench: Workbench, chance: random.Random) -> dict[str, Any]:
    """A patient with a handful of the things that some rule asks for."""
    case: dict[str, Any] = {"patient_id": "p", "facts": []}
    if chance.random() < 0.9:
        case |= {"age_months": chance.randint(0, 30)} if chance.random() < 0.2 else {"age_years": chance.randint(0, 90)}
    if chance.random() < 0.8:
        case["sex"] = chance.choice(["female", "male"])
    for leaf in bench.program.leaves:
        if isinstance(leaf, n.Latest) and chance.random() < 0.4:
            case["facts"].append({"concept": leaf.concept, **result(bench, leaf.concept, chance)})
        if isinstance(leaf, n.Presence) and chance.random() < 0.04:
            ended = {"date": "2020-01-01", "end": "2020-02-01"} if chance.random() < 0.3 else {"date": "2026-06-01"}
            case["facts"].append({"concept": leaf.concept, **(ended if chance.random() < 0.7 else {})})
    return case


def result(bench: Workbench, concept_id: str, chance: random.Random) -> dict[str, str]:
    concept = bench.knowledge.concepts[concept_id]
    if not concept.units or (concept.words and chance.random() < 0.15):
        return {"value": chance.choice(concept.words)}
    unit = chance.choice(concept.units.units)
    factor = concept.units.factor(concept.range_group, unit.group) or 1.0
    low, high = (end * factor / unit.times for end in concept.plausible)
    sign = chance.choice(["", "", "", "<", ">", "<=", ">="])
    return {"value": f"{sign}{max(low, high / 1000) * (high / max(low, high / 1000)) ** chance.random():.3g}", "unit": unit.name}


def equal(answer: Any, held: Any) -> Bool:
    """Whether a symbolic answer is what the engine found."""
    match answer:
        case symbols.Truth():
            return answer.true if held is True else answer.false
        case symbols.Word():
            return logic.all_true(holds if word == held else no(holds) for word, holds in answer.words.items())
    if held is None:
        return no(answer.known)
    assert isinstance(held, Quantity)
    unbounded = (held.lo == float("-inf"), held.hi == float("inf"))
    terms = [answer.known, same(answer.bounded_below, not unbounded[0]), same(answer.bounded_above, not unbounded[1])]
    terms += [same(holds, word == held.word) for word, holds in answer.words.items()]
    terms += [] if held.word else [same(holds, group == held.group) for group, holds in enumerate(answer.groups)]
    terms += [] if unbounded[0] else [logic.compare(answer.low, "==", logic.exact(held.lo))]
    terms += [] if unbounded[1] else [logic.compare(answer.high, "==", logic.exact(held.hi))]
    return logic.all_true(terms)


def pinned(bench: Workbench, values: Values) -> list[Bool]:
    """The solver's patient made to be this one; what only arithmetic beyond it can tell is told to it."""
    look = bench.engine.expressions.function
    terms = [equal(answer, look(leaf)(values)) for leaf, answer in bench.patient.leaves.items()]
    return terms + [equal(formula, look(node)(values)) for node, formula in bench.encoding.formulas.items()]


@pytest.mark.parametrize("seed", range(30))
def test_solver_and_engine_agree_on_every_row(bench: Workbench, seed: int) -> None:
    for step in bench.program.steps:
        bench.encoding.chosen(step)
    for node in (*bench.patient.leaves, *bench.encoding.formulas):
        # days that only schedules count from are looked at by no table: the engine makes room for them when asked
        bench.engine.expressions.function(node)
    case = patient(bench, random.Random(seed))
    values = bench.values(case)
    found = bench.solver.find(*pinned(bench, values))
    assert found is not None, f"the solver says that this patient cannot be: {case}"
    for step in bench.program.steps:
        for index, (row, truth) in enumerate(zip(step.rows, bench.encoding.rows(step), strict=True)):
            held = bench.truth(values, step, index)
            solver = True if found.holds(truth.true) else False if found.holds(truth.false) else None
            assert solver is held, f"{step.table.id}.{row.id} is {solver} to the solver and {held} to the engine for {case}"
