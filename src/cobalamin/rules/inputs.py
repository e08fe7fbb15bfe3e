"""What a row looked at, for the trace: the same list on every engine."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program, Step
from cobalamin.rules.parameters import ANY, Evidence


@dataclass(frozen=True)
class Input:
    """One thing a row looked at: the name the trace gives it and the node that answers it."""

    name: str
    node: n.Node


@cache
def inputs_of(condition: n.Node) -> tuple[Input, ...]:
    """Everything *condition* looks at that can be shown, in order; a formula counts as one thing."""
    found: dict[str, Input] = {}

    def visit(node: n.Node) -> None:
        match node:
            case n.Latest() | n.Presence() | n.Course():
                name = node.concept if isinstance(node, (n.Latest, n.Presence)) else f"{node.function} {node.concept}"
                found.setdefault(name, Input(name, node))
            case n.Tally():
                found.setdefault(f"count {node.concept}", Input(f"count {node.concept}", node))
            case n.Person() | n.Conclusion():
                found.setdefault(node.name, Input(node.name, node))
            case n.Named(unit_group=group) if group >= 0:
                found.setdefault(node.name, Input(node.name, node))
            case _:
                for part in node.parts:
                    visit(part)

    visit(condition)
    return tuple(found.values())


@cache
def measured_in(condition: n.Node) -> tuple[n.Node, ...]:
    """The results and formulas among a row's inputs: when all are known, it is a bound that leaves the row undecided, worth showing."""
    return tuple(i.node for i in inputs_of(condition) if isinstance(i.node, (n.Latest, n.Named)))


def evidence_of(program: Program, step: Step, row: int, guideline: str) -> Evidence:
    """Where a rule comes from under *guideline*: the source of the guideline's own limit in it, else the row's."""
    knowledge = program.knowledge
    for node in step.conditions[row].walk():
        if isinstance(node, n.Limit) and node.name in knowledge.parameters:
            held = knowledge.in_force(node.name, guideline, program.day)
            if held and held[0] != ANY:
                return held[1].evidence
    return step.rows[row].evidence


def rule_id(step: Step, row: int, guideline: str) -> str:
    """The public id of a rule: table, guideline, row."""
    return f"{step.table.id}.{guideline}.{step.rows[row].id}"

