"""Whether a formula moves the way it declares: sampled, since a power or a logarithm is beyond the solver."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from cobalamin.model.quantity import Quantity, print_number
from cobalamin.rules import nodes as n
from cobalamin.verify.report import ERROR, PROVED, Finding
from cobalamin.verify.workbench import Workbench

TRIES = 60


def findings(bench: Workbench) -> Iterator[Finding]:
    """One finding for every `rises_with` and `falls_with` of a formula."""
    for name, held in bench.knowledge.features.items():
        for sign, concepts in ((1, held.rises_with), (-1, held.falls_with)):
            for concept in concepts:
                yield _try(bench, name, concept, sign, str(held.place))


def _try(bench: Workbench, name: str, concept: str, sign: int, place: str) -> Finding:
    way = "rises" if sign > 0 else "falls"
    chance, tried = random.Random(name + concept), 0
    conditions = (condition for step in bench.program.steps for condition in step.conditions)
    node = next((part for c in conditions for part in c.walk() if isinstance(part, n.Named) and part.name == name), None)
    if node is None:
        return Finding("direction", PROVED, "", place, f"'{name}' is not read, so its direction does not matter")
    look = bench.engine.expressions.function(node)
    for _ in range(TRIES):
        case = _case(bench, node, chance)
        results = [fact for fact in case["facts"] if fact["concept"] == concept]
        if not results:
            break
        outcomes: list[Quantity | None] = []
        for factor in (1.0, 1.5):
            moved = [f | {"value": print_number(float(f["value"]) * factor)} if f in results else f for f in case["facts"]]
            outcomes.append(look(bench.values({**case, "facts": moved})))
        first, second = outcomes
        if first is None or second is None:
            continue
        tried += 1
        if sign * (second.lo - first.lo) < 0:
            tried = -1
            break
    if tried > 0:
        return Finding("direction", PROVED, "", place, f"'{name}' {way} with {concept} in {tried} samples")
    but = "it moves the other way" if tried < 0 else f"it never reads {concept} together with the rest"
    return Finding("direction", ERROR, "", place, f"'{name}' says that it {way} with {concept}, but {but}. Correct {way}_with.")


def _case(bench: Workbench, node: n.Node, chance: random.Random) -> dict[str, Any]:
    """A random adult with every result the formula reads, within its plausible range."""
    facts = []
    for concept_id in dict.fromkeys(part.concept for part in node.walk() if isinstance(part, n.Latest)):
        concept = bench.knowledge.concepts[concept_id]
        low, high = concept.plausible
        unit = concept.units.first(concept.range_group).name if concept.units else ""
        value = max(low, 0.01) * (high / 1.5 / max(low, 0.01)) ** chance.random()
        facts.append({"concept": concept_id, "value": f"{value:.4g}", "unit": unit})
    return {"sex": chance.choice(["female", "male"]), "age_years": chance.randint(18, 90), "facts": facts}
