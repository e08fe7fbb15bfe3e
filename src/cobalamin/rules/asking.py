"""Whom a fact is not asked of: read from the rows of a stage that runs on request."""

from __future__ import annotations

from cobalamin.errors import KnowledgeError, nearest
from cobalamin.rules.bind import Program

STAGE, NOT_ASKED = "ask", "not_asked"


def not_asked(program: Program, guideline: str) -> dict[str, list[tuple[int, int]]]:
    """For every concept that somebody is not asked for, the rows (step and row of the program) any of which says so."""
    found = program.contributions(guideline, NOT_ASKED)
    concepts = program.knowledge.concepts
    for concept, rows in found.items():
        if concept not in concepts:
            step, row = rows[0]
            raise KnowledgeError(f"'{concept}' is not asked for, and is no concept.", program.steps[step].rows[row].place, nearest(concept, concepts), "unknown-concept")
    return found
