"""Learning a fact never turns `deficient` into `unlikely`, except through a row that says it may reverse.

A patient before and after: every result that was missing may become known, every circumstance that was not recorded
may become recorded, an age or sex may be given. What was known stays. Any number of facts may be learned at once.
"""

from __future__ import annotations

from collections.abc import Iterator

from cobalamin.rules import nodes as n
from cobalamin.verify import logic
from cobalamin.verify.encoding import Encoding
from cobalamin.verify.logic import Bool, both, implies
from cobalamin.verify.patient import Patient
from cobalamin.verify.report import Finding
from cobalamin.verify.symbols import Quantity, Truth, Word
from cobalamin.verify.workbench import Workbench

FROM, TO = "deficient", "unlikely"


def findings(bench: Workbench) -> Iterator[Finding]:
    """One finding a guideline."""
    later = Patient(bench.program, "later ")
    after = Encoding(bench.program, later, before=bench.encoding, moved=frozenset(bench.program.leaves))
    solver = bench.solver_for(bench.encoding, after)
    solver.assume(*_learned(bench.patient, later))
    for guideline in bench.guidelines:
        number = bench.program.step_of(guideline, "status")
        if number is None:
            continue
        step = bench.program.steps[number]
        reassuring = [i for i, row in enumerate(step.rows) if dict(row.then).get("status") == (TO,) and not row.may_reverse]
        before = bench.encoding.word(number, "status").words.get(FROM, False)
        terms = [before, logic.any_true(after.chosen(step)[index] for index in reassuring)]

        def ask(guideline: str = guideline, terms: list[Bool] = terms) -> str | None:
            return bench.example(
                solver, terms, [bench.encoding, after],
                lambda a, b: (bench.concluded(a, guideline, "status"), bench.concluded(b, guideline, "status")) == (FROM, TO),
                lambda a, b: f"the first is {bench.verdict(a, guideline)}, the second, of whom more is known, {bench.verdict(b, guideline)}",
            )  # fmt: skip

        claim = f"learning facts never turns {FROM} into {TO}, except through a row with may_reverse"
        fault = (f"learning facts turns {FROM} into {TO}. Narrow the row that answers for the second patient, "
                 "or give it may_reverse: true if a careful physician would change their mind.")  # fmt: skip
        yield bench.question("learning", guideline, str(step.table.place), claim, fault, ask)


def _learned(patient: Patient, later: Patient) -> list[Bool]:
    terms: list[Bool] = [
        implies(patient.age_known, both(later.age_known, logic.compare(patient.years, "==", later.years))),
        implies(both(patient.age_known, patient.in_months), both(later.in_months, logic.compare(patient.months, "==", later.months))),
    ]
    for leaf, a in patient.leaves.items():
        b = later.leaves[leaf]
        match a, b:
            case Truth(), Truth():
                terms.append(implies(a.true, b.true))
            case Word(), Word():
                terms += [implies(holds, b.words[word]) for word, holds in a.words.items()]
            case Quantity(), Quantity() if isinstance(leaf, n.Latest):
                terms.append(implies(a.known, Patient.equal(a, b)))
            case Quantity(), Quantity() if isinstance(leaf, n.Course):
                terms.append(implies(a.known, both(b.known, logic.compare(a.low, "==", b.low))))
            case Quantity(), Quantity() if isinstance(leaf, n.Tally):
                terms.append(logic.compare(a.low, "<=", b.low))
    return terms
