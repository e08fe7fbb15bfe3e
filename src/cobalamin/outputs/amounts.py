"""Amounts that sentences say: a variable named like a parameter stands for its value in force, so that no sentence holds the number."""

from __future__ import annotations

from cobalamin.model.quantity import print_number
from cobalamin.outputs.language import Language, quantity_run
from cobalamin.rules.knowledge import Knowledge


def amounts(id: str, words: Language, knowledge: Knowledge, guideline: str, day: str) -> dict[str, str]:
    """What the variables of sentence *id* stand for under *guideline* on *day*, as the source prints it; others are left out."""
    found = {}
    for name in words.variables(id) & knowledge.parameters.keys():
        if held := knowledge.in_force(name, guideline, day):
            unit, number = held[1].printed[0]
            found[name] = words.say("amount-days", count=int(number), number=print_number(number)) if unit == "days" else quantity_run(f"{print_number(number)} {unit}")
    return found
