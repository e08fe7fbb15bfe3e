"""Each table on its own: two rows of a unique table at once, patients no row speaks for, rows that never count."""

from __future__ import annotations

from collections.abc import Iterator

from cobalamin.engines.memory.tables import chosen
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Step
from cobalamin.verify import logic
from cobalamin.verify.logic import Bool, both, either, no
from cobalamin.verify.report import ERROR, PROVED, WARNING, Finding
from cobalamin.verify.solver import TooLong
from cobalamin.verify.workbench import Workbench


def findings(bench: Workbench, besides: str = "") -> Iterator[Finding]:
    """Overlaps and gaps of every step, then the rows that are dead; the table *besides* is left out."""
    steps = [step for step in bench.steps if step.table.id != besides]
    for step in steps:
        if step.table.hit == "unique":
            yield from overlaps(bench, step)
        if not step.table.collects and not step.table.gaps:
            yield gap(bench, step)
    yield from dead_rows(bench, steps)


def overlaps(bench: Workbench, step: Step) -> Iterator[Finding]:
    """Pairs of rows of a unique table that hold for one patient."""
    rows = bench.encoding.rows(step)
    pairs = [(a, b) for b in range(len(rows)) for a in range(b)]
    claim, under = "no two rows hold for one patient", bench.under(step)
    try:
        apart = bench.solver.find(logic.any_true(both(rows[a].true, rows[b].true) for a, b in pairs)) is None
    except TooLong:
        apart = False
    if apart:
        yield Finding("overlap", PROVED, under, step.table.id, claim)
        return
    for a, b in pairs:
        first, second = step.rows[a], step.rows[b]
        fault = (f"rows '{first.id}' and '{second.id}' both hold for one patient, and the table says hit: unique. "
                 "Make one condition exclude the other, or write hit: first.")  # fmt: skip

        def ask(a: int = a, b: int = b) -> str | None:
            terms = [rows[a].true, rows[b].true]
            return bench.example(bench.solver, terms, [bench.encoding], lambda v: bench.truth(v, step, a) is bench.truth(v, step, b) is True)

        found = bench.question("overlap", under, str(second.place), f"rows '{first.id}' and '{second.id}' never hold together", fault, ask)
        if found.severity == ERROR:
            yield found


def gap(bench: Workbench, step: Step) -> Finding:
    """A patient with everything the table reads known and exact, for whom no row holds; or one for whom every row is false."""
    rows = bench.encoding.rows(step)
    nobody = both(*(no(row.true) for row in rows))
    terms = [nobody, either(both(*(row.false for row in rows)), _all_known(bench, step))]
    fault = "no row speaks for this patient. Add a row, or say in `gaps:` why nothing follows."

    def ask() -> str | None:
        return bench.example(bench.solver, terms, [bench.encoding], lambda v: True not in v.truths[step.number])

    return bench.question("gap", bench.under(step), str(step.table.place), "some row holds whenever its inputs are known", fault, ask)


def _all_known(bench: Workbench, step: Step) -> Bool:
    """Whether every result and formula the step reads is exact (or a word), the age and sex known, and nothing undecided."""
    encoding, needed = bench.encoding, []

    def visit(node: n.Node) -> None:
        match node:
            case n.Latest():
                result = encoding.quantity(node)
                needed.append(either(result.is_exact, both(result.known, logic.any_true(result.words.values()))))
            case n.Person(kind=n.WORD):
                needed.append(encoding.word_of(node).known)
            case n.Person():
                needed.append(encoding.quantity(node).known)
            case n.Named(unit_group=group) if group >= 0:
                needed.append(encoding.quantity(node).known)
                return
            case n.Conclusion():
                needed.append(no(encoding.word_of(node).undecided))
            case n.LimitByWord():
                # where no word was concluded there is no limit: that gap belongs to the table which concludes the word
                needed.append(encoding.word_of(node.key).known)
        for part in node.parts:
            visit(part)

    for condition in step.conditions:
        visit(condition)
    return both(*needed)


def dead_rows(bench: Workbench, steps: list[Step]) -> Iterator[Finding]:
    """Rows that never count: under no guideline at all (an error), or under some though all their limits are printed."""
    alive: set[tuple[int, int]] = set()
    dead: dict[tuple[str, str], list[tuple[Step, int]]] = {}
    for step in steps:
        for index, row in enumerate(step.rows):
            try:
                if (step.number, index) in alive or _lives(bench, step, index, alive):
                    continue
            except TooLong:
                message = f"whether any patient meets this row was not found within {bench.timeout:g} s. Allow more time."
                yield Finding("proof-timeout", ERROR, bench.under(step), str(row.place), message)
                continue
            dead.setdefault((step.table.id, row.id), []).append((step, index))
    used = {(step.table.id, row.id) for step in steps for row in step.rows}
    whole = set(bench.guidelines) == set(bench.knowledge.guidelines)
    living = {(bench.program.steps[number].table.id, bench.program.steps[number].rows[index].id) for number, index in alive}
    for key, places in dead.items():
        step, index = places[0]
        unexplained = [(s, i) for s, i in places if not _reads_unprinted(bench, s.conditions[i], set())]
        if key not in living and (whole or unexplained):
            yield Finding("dead-row", ERROR, bench.everyone, str(step.rows[index].place), *_why(bench, step, index))
            continue
        for s, i in unexplained:
            yield Finding("dead-row", WARNING, bench.under(s), str(s.rows[i].place), *_why(bench, s, i))
    for table, id in sorted(used - set(dead)):
        yield Finding("dead-row", PROVED, bench.everyone, f"{table}.{id}", "some patient meets this row")


def _lives(bench: Workbench, step: Step, index: int, alive: set[tuple[int, int]]) -> bool:
    """Whether some patient meets the row; every row which that patient meets is noted down with it."""
    model = bench.solver.find(bench.encoding.chosen(step)[index])
    if model is None:
        return False
    alive.add((step.number, index))
    alive.update(bench.rows_met(model))
    return True


def _why(bench: Workbench, step: Step, index: int) -> tuple[str, str]:
    row = bench.encoding.rows(step)[index]
    if bench.solver.find(row.true) is None:
        maybe = bench.solver.find(no(row.false)) is not None
        never = "it is never true, at best unknown: look for a `not` of something that stays unknown" if maybe else "its condition can never be true"
        return f"row '{step.rows[index].id}' never counts: {never}.", ""
    example = bench.example(bench.solver, [row.true], [bench.encoding], lambda v: bench.truth(v, step, index) is True,
                            lambda v: f"row '{step.rows[chosen(step.table.hit, v.truths[step.number])[0]].id}' answers instead")  # fmt: skip
    message = f"row '{step.rows[index].id}' never counts: an earlier row holds wherever it does. Move it up, narrow the earlier row, or remove it."
    return message, example or ""


def _reads_unprinted(bench: Workbench, node: n.Node, seen: set[int]) -> bool:
    """Whether a limit that the guideline does not print decides a condition, directly or by way of earlier tables."""
    for part in node.walk():
        if isinstance(part, n.Limit) and not any(value is not None for value in part.values):
            return True
        number = part.step if isinstance(part, (n.Conclusion, n.Fired)) else -1
        if number >= 0 and number not in seen:
            seen.add(number)
            if any(_reads_unprinted(bench, condition, seen) for condition in bench.program.steps[number].conditions):
                return True
    return False
