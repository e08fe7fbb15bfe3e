"""What every proof works with: the program of all guidelines, one free patient, the solver, and the engine as a witness."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.engines.memory.expressions import Values
from cobalamin.engines.memory.tables import chosen
from cobalamin.records.case import read_case
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program, Step
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.tables import NONE
from cobalamin.verify.encoding import Encoding
from cobalamin.verify.example import case_of, readable, tuned, whole_numbers, wishes
from cobalamin.verify.logic import Bool
from cobalamin.verify.patient import Patient
from cobalamin.verify.report import ERROR, PROVED, Finding
from cobalamin.verify.solver import Model, Solver, TooLong

Test = Callable[..., bool]
"""Whether the engine's values for each case of an example show what the example is to show."""


class Workbench:
    """The knowledge as every guideline runs it on one day, ready for questions."""

    def __init__(self, knowledge: Knowledge, as_of: str, guidelines: tuple[str, ...], timeout_seconds: float):
        self.knowledge, self.as_of, self.guidelines, self.timeout = knowledge, as_of, guidelines, timeout_seconds
        self.engine = MemoryEngine(knowledge, as_of, knowledge.default_guideline, whole=True)
        self.program: Program = self.engine.program
        self.patient = Patient(self.program)
        self.encoding = Encoding(self.program, self.patient)
        self.solver = self.solver_for(self.encoding)

    def solver_for(self, *encodings: Encoding) -> Solver:
        """A solver of its own for *encodings*, under this run's time limit."""
        return Solver(*encodings, timeout_seconds=self.timeout)

    @cached_property
    def steps(self) -> list[Step]:
        """Every step that a guideline under question takes."""
        taken = {number for guideline in self.guidelines for number in self.program.takes[guideline]}
        return [step for step in self.program.steps if step.number in taken]

    def users(self, step: Step) -> tuple[str, ...]:
        """The guidelines under question that take *step*."""
        return tuple(g for g in self.guidelines if step.number in self.program.takes[g])

    def under(self, step: Step) -> str:
        """Those guidelines as a finding prints them."""
        users = self.users(step)
        return self.everyone if users == self.guidelines else ", ".join(users)

    @property
    def everyone(self) -> str:
        """All guidelines under question as a finding prints them."""
        whole = set(self.guidelines) == set(self.knowledge.guidelines)
        return "every guideline" if whole else ", ".join(self.guidelines)

    def values(self, case: dict[str, Any]) -> Values:
        """What the memory engine finds for *case*."""
        return self.engine.values(read_case(case, self.engine.words, self.engine.day))

    def truth(self, values: Values, step: Step, row: int) -> bool | None:
        """The truth of one row for the engine, also of a row that stands below the one that counts."""
        answer: bool | None = self.engine.expressions.function(step.conditions[row])(values)
        return answer

    def concluded(self, values: Values, guideline: str, name: str) -> str:
        """The word a guideline concludes for *name*; `unknown` where it concludes none."""
        number = self.program.step_of(guideline, name)
        word = values.words[number].get(name) if number is not None else None
        return word if word not in (None, NONE) and word is not None else "unknown"

    def verdict(self, values: Values, guideline: str) -> str:
        """The status a guideline gives and the row that gives it, as an example prints them."""
        number = self.program.step_of(guideline, "status")
        step = self.program.steps[number or 0]
        rows = chosen(step.table.hit, values.truths[step.number])
        return f"{self.concluded(values, guideline, 'status')} by " + (f"row '{step.rows[rows[0]].id}'" if rows else "no row")

    def rows_met(self, model: Model) -> set[tuple[int, int]]:
        """(step, row) of every row that counts for the patient of a model, as the engine sees that patient."""
        values = self.values(case_of(self.patient, model, self.as_of))
        return {(step.number, row) for step in self.program.steps for row in chosen(step.table.hit, values.truths[step.number])}

    # ---- findings

    def question(self, id: str, under: str, where: str, claim: str, fault: str, ask: Callable[[], str | None]) -> Finding:
        """Prove *claim*: *ask* answers with an example of the *fault*, or None when there is none."""
        try:
            example = ask()
        except TooLong:
            message = f"could not be proved within {self.timeout:g} s: {claim}. Nothing is known of it, so it counts as a fault; allow more time."
            return Finding("proof-timeout", ERROR, under, where, message)
        return Finding(id, PROVED, under, where, claim) if example is None else Finding(id, ERROR, under, where, fault, example)

    def example(self, solver: Solver, terms: list[Bool], encodings: list[Encoding], test: Test, says: Callable[..., str] | None = None) -> str | None:
        """A small patient (or one per encoding) for whom all *terms* hold, as text with the engine's verdict; None if there is none."""
        if solver.find(*terms) is None:
            return None
        formulas = [formula for encoding in encodings for node, formula in encoding.formulas.items() if not _is_linear(node)]
        wanted = [wish for encoding in encodings for wish in wishes(encoding.patient, formulas)]
        model = solver.shrink(terms, wanted)
        rounder = [wish for encoding in encodings for wish in whole_numbers(encoding.patient, model)]
        model = solver.shrink(terms, wanted + rounder)
        cases = [case_of(encoding.patient, model, self.as_of) for encoding in encodings]
        confirmed = test(*map(self.values, cases))
        if not confirmed and any(model.holds(formula.known) for formula in formulas):
            found = tuned(cases, self.knowledge, lambda tried: test(*map(self.values, tried)))
            cases, confirmed = found or cases, found is not None
        held = [self.values(case) for case in cases]
        lines = [readable(case) for case in cases]
        if confirmed and says:
            lines.append(says(*held))
        lines.append("confirmed by the engine" if confirmed else
                     "the engine does not confirm this example: it hangs on a formula the solver takes as a free number")  # fmt: skip
        return "\n".join(lines)


def _is_linear(node: n.Named) -> bool:
    """Whether a formula only adds results up, so that the solver computes it as the engine does."""
    return not any(isinstance(part, n.Arithmetic) and part.op in ("**", "log10", "/") for part in node.walk())
