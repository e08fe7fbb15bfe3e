"""What a report counts: which rows of the pathway put a person into a group, show a step of care, or are a measure of a survey."""

from __future__ import annotations

from dataclasses import dataclass

from cobalamin.rules.bind import Program

STAGE = "cascade"
STEPS, PATH, MEASURES = "care_steps", "care_path", "measures"
DIMENSIONS = ("survey_groups", "age_groups", "sexes")
SHARES = {"deficient": ("deficient",), "deficient_or_probable": ("deficient", "probable")}
"""Shares of the status under each guideline, among those whose status is known."""
UNKNOWN = "unknown"
Rows = tuple[tuple[int, int], ...]
"""(step, row) pairs of a program, any of which is enough."""


@dataclass(frozen=True)
class Measure:
    """A share that is estimated: rows of the pathway, or some statuses under a guideline."""

    id: str
    rows: Rows = ()
    guideline: str = ""
    statuses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Counting:
    """The groups, steps and measures of a report under one guideline, each with the rows that decide it."""

    groups: dict[tuple[str, str], Rows]
    steps: dict[str, Rows]
    path: dict[str, Rows]
    measures: tuple[Measure, ...]


def counting(program: Program, guideline: str) -> Counting:
    """What a report under *guideline* counts; the program must have been bound with the stage asked for."""
    def rows(collection: str) -> dict[str, Rows]:
        return {word: tuple(held) for word, held in program.contributions(guideline, collection).items()}

    shares = [Measure(f"{other}.{name}", (), other, statuses) for other in program.takes for name, statuses in SHARES.items()]
    return Counting(
        {(dimension, word): held for dimension in DIMENSIONS for word, held in rows(dimension).items()},
        rows(STEPS), rows(PATH), (*shares, *(Measure(word, held) for word, held in rows(MEASURES).items())),
    )  # fmt: skip
