"""What is replayed of the past: for each kind of call, the rows that make it and the concepts that answer it."""

from __future__ import annotations

from dataclasses import dataclass

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules.bind import Program

STAGE, CALLS, ANSWERS = "replay", "record_calls", "answered_by"


@dataclass(frozen=True)
class Call:
    """A kind of call (`test`, `treatment`): (step, row) pairs of the program any of which makes it, and the concepts that answer it."""

    kind: str
    rows: tuple[tuple[int, int], ...]
    answered_by: frozenset[str]


def calls(program: Program, guideline: str) -> tuple[Call, ...]:
    """Every kind of call under a guideline; the program must have been bound with the stage `replay`."""
    knowledge = program.knowledge
    answers: dict[str, list[str]] = knowledge.pathway.get(ANSWERS, {})
    found = []
    for kind, rows in program.contributions(guideline, CALLS).items():
        for concept in answers.get(kind) or [""]:
            if concept not in knowledge.concepts:
                raise KnowledgeError(f"a call for '{kind}' is answered by '{concept}', which is no concept.", Place("pathway.yaml", path=ANSWERS),
                                     nearest(concept, knowledge.concepts), "unknown-concept")  # fmt: skip
        answered = {narrower for concept in answers[kind] for narrower in knowledge.narrower(concept)}
        found.append(Call(kind, tuple(rows), frozenset(answered)))
    return tuple(found)
