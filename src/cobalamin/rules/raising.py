"""Which rule raises which card: the plan that an engine looks its truths up by."""

from __future__ import annotations

from dataclasses import dataclass

from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program
from cobalamin.rules.cards import Card
from cobalamin.rules.inputs import evidence_of, rule_id
from cobalamin.rules.parameters import Evidence


@dataclass(frozen=True)
class Raised:
    """A rule that raises a card: where it stands in the program, the orders it is about and where it comes from."""

    card: Card
    step: int
    row: int
    about: frozenset[str]
    """The concepts of the orders at hand that its condition asks for; empty for a card about a record."""
    rule: str
    evidence: Evidence


def raised(program: Program, guideline: str, collection: str) -> tuple[Raised, ...]:
    """Every rule that puts a card into *collection* under *guideline*, in the order of the tables; the program was bound with the stage asked for."""
    knowledge, found = program.knowledge, []
    for word, rows in program.contributions(guideline, collection).items():
        for number, row in rows:
            step = program.steps[number]
            asked = (node for node in step.conditions[row].walk() if isinstance(node, n.Presence) and node.function == "ordered")
            about = frozenset(concept for node in asked for concept in knowledge.narrower(node.concept))
            found.append(Raised(knowledge.cards[word], number, row, about, rule_id(step, row, guideline), evidence_of(program, step, row, guideline)))
    return tuple(found)
