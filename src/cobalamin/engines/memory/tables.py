"""Decision tables on one patient: the truth of every row, then what the hit policy lets through."""

from __future__ import annotations

from collections.abc import Sequence

from cobalamin.engines.memory.expressions import Expressions, Function, Values
from cobalamin.model.truth import Truth
from cobalamin.rules.bind import Step
from cobalamin.rules.tables import NONE


def chosen(hit: str, truths: Sequence[Truth]) -> list[int]:
    """The rows that count: all that hold (collect), or the first that holds (unique, first).

    A row that cannot be decided never counts, and does not keep a later row of a `first` table from counting.
    """
    true = [index for index, truth in enumerate(truths) if truth is True]
    return true if hit == "collect" else true[:1]


def concluded(step: Step, truths: Sequence[Truth]) -> dict[str, str | None]:
    """The word for every name the table concludes: unknown (None) when nothing holds and something is undecided."""
    rows = chosen(step.table.hit, truths)
    empty = None if None in truths else NONE
    words: dict[str, str | None] = dict.fromkeys(step.names, NONE if rows else empty)
    if rows:
        words.update({name: word for name, (word,) in step.rows[rows[0]].then})
    return words


class Tables:
    """The steps of a program as functions of a patient's values."""

    def __init__(self, steps: Sequence[Step], expressions: Expressions):
        self.steps = steps
        self.conditions: list[list[Function]] = [[expressions.function(condition) for condition in step.conditions] for step in steps]

    def run(self, values: Values) -> None:
        """Fill in the truths and conclusions of every step, in order."""
        for step, conditions in zip(self.steps, self.conditions, strict=True):
            truths: list[Truth] = []
            first = step.table.hit == "first"
            for condition in conditions:
                truth = condition(values)
                truths.append(truth)
                if first and truth is True:
                    # nobody looks past the first row that holds
                    break
            values.truths[step.number] = truths
            if step.names:
                values.words[step.number] = concluded(step, truths)
