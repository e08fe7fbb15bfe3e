"""A lower serum B12 never gives a milder status: two copies of one patient, equal but for that level."""

from __future__ import annotations

from collections.abc import Iterator

from cobalamin.rules import nodes as n
from cobalamin.verify import logic
from cobalamin.verify.encoding import Encoding
from cobalamin.verify.logic import Bool, both, implies, no
from cobalamin.verify.patient import Patient
from cobalamin.verify.report import Finding
from cobalamin.verify.symbols import Quantity, Word
from cobalamin.verify.workbench import Workbench

MARKER = "serum_b12"


def findings(bench: Workbench) -> Iterator[Finding]:
    """One finding a guideline."""
    moved = frozenset(leaf for leaf in bench.program.leaves if _is_the_level(leaf))
    lower = Patient(bench.program, "lower ", shared=bench.patient, own=moved)
    copy = Encoding(bench.program, lower, before=bench.encoding, moved=moved)
    ranks = {word: rank for rank, word in enumerate(bench.knowledge.pathway["status_order"])}
    solver = bench.solver_for(bench.encoding, copy)
    for guideline in bench.guidelines:
        number = bench.program.step_of(guideline, "status")
        if number is None:
            continue
        step = bench.program.steps[number]
        before, after = _by_rank(bench.encoding.word(number, "status"), ranks), _by_rank(copy.word(number, "status"), ranks)
        milder = logic.any_true(both(a, b) for rank, a in before.items() for other, b in after.items() if other < rank)
        terms = [milder, *_lowered(bench.patient, lower, moved), *_formulas_follow(bench, copy)]

        def ask(guideline: str = guideline, terms: list[Bool] = terms) -> str | None:
            return bench.example(
                solver, terms, [bench.encoding, copy],
                lambda one, two: ranks[bench.concluded(two, guideline, "status")] < ranks[bench.concluded(one, guideline, "status")],
                lambda one, two: f"the first is {bench.verdict(one, guideline)}, the second, whose level is lower, {bench.verdict(two, guideline)}",
            )  # fmt: skip

        claim = "a lower serum B12 never gives a milder status"
        fault = "a lower serum B12 gives a milder status. Look at the row that answers for the second patient: it must not need the higher level."
        yield bench.question("lower-b12", guideline, str(step.table.place), claim, fault, ask)


def _is_the_level(leaf: n.Node) -> bool:
    return isinstance(leaf, (n.Latest, n.Tally)) and leaf.concept == MARKER


def _by_rank(status: Word, ranks: dict[str, int]) -> dict[int, Bool]:
    found = {ranks[word]: holds for word, holds in status.words.items()}
    found[ranks["unknown"]] = logic.either(found.get(ranks["unknown"], False), no(status.known))
    return found


def _lowered(patient: Patient, lower: Patient, moved: frozenset[n.Node]) -> list[Bool]:
    """Every exact level is lower in the copy and in the same unit; a count above a limit may lose that one day."""
    terms: list[Bool] = []
    for leaf in moved:
        a, b = patient.leaves[leaf], lower.leaves[leaf]
        assert isinstance(a, Quantity)
        assert isinstance(b, Quantity)
        if isinstance(leaf, n.Tally):
            step = logic.exact(1) if leaf.above else logic.exact(0)
            terms += [logic.compare(b.low, "<=", a.low), logic.compare(a.low, "<=", logic.plus(b.low, step))]
        else:
            terms += [logic.same(a.known, b.known), implies(a.known, both(a.is_exact, b.is_exact, logic.compare(b.low, "<", a.low)))]
            terms += [logic.same(x, y) for x, y in zip(a.groups, b.groups, strict=True)]
    return terms


def _formulas_follow(bench: Workbench, copy: Encoding) -> list[Bool]:
    """A formula that reads the level moves the way the knowledge declares; one that declares nothing may do anything."""
    terms: list[Bool] = []
    for node, after in list(copy.formulas.items()):
        before, feature = bench.encoding.quantity(node), bench.knowledge.features.get(node.name)
        terms.append(logic.same(before.known, after.known))
        if feature and MARKER in feature.rises_with:
            terms.append(logic.compare(after.low, "<=", before.low))
        if feature and MARKER in feature.falls_with:
            terms.append(logic.compare(after.low, ">=", before.low))
    return terms
