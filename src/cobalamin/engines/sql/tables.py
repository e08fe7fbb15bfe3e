"""Decision tables as SQL columns: the truth of every row, the row that counts, and every concluded word."""

from __future__ import annotations

from collections.abc import Sequence

from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.sql import FALSE, NO_WORD, TRUE, Sql, deepest
from cobalamin.rules.bind import Step
from cobalamin.rules.tables import NONE

NO_ROW = Sql("NULL::INT")


def add_steps(steps: Sequence[Step], expressions: Expressions) -> None:
    """Define what every step says, in order: names `t<step>_<row>`, `r<step>` and `c<step>_<name>`."""
    for step in steps:
        for index, condition in enumerate(step.conditions):
            expressions.add(truth_name(step.number, index), expressions.truth(condition))
        if not step.table.collects:
            _add_choice(step, expressions)


def truth_name(step: int, row: int) -> str:
    """The name of the truth of a row."""
    return f"t{step}_{row}"


def _add_choice(step: Step, expressions: Expressions) -> None:
    """The first row that holds counts; while none does, an undecided row leaves everything unknown."""
    truths = [expressions.column(truth_name(step.number, index)) for index in range(len(step.rows))]
    expressions.add(f"r{step.number}", _first(truths, [str(index) for index in range(len(truths))], NO_ROW, NO_ROW))
    for conclusion in step.table.concludes():
        words = [next((w for c, (w,) in row.then if c == conclusion), NONE) for row in step.rows]
        held = _first(truths, [str(expressions.code(conclusion, word)) for word in words], NO_WORD, Sql("0"))
        expressions.add(f"c{step.number}_{conclusion}", held if held.constant else Sql(f"({held.text})::TINYINT", held.level))


def _first(truths: Sequence[Sql], values: Sequence[str], open: Sql, closed: Sql) -> Sql:
    """The value of the first truth that holds; *open* where none does and one is undecided, *closed* where all are false."""
    rows = [(held, value) for held, value in zip(truths, values, strict=True) if held != FALSE]
    sure = next((index for index, (held, _) in enumerate(rows) if held == TRUE), None)
    otherwise = closed.text
    if sure is not None:
        # nobody looks past a row that holds for everybody
        rows, otherwise = rows[:sure], rows[sure][1]
    elif any(held.unknown for held, _ in rows):
        otherwise = open.text
    elif open != closed and rows:
        otherwise = f"CASE WHEN {' OR '.join(f'{held.text} IS NULL' for held, _ in rows)} THEN {open.text} ELSE {closed.text} END"
    cases = " ".join(f"WHEN {held.text} THEN {value}" for held, value in rows if not held.unknown)
    return Sql(f"CASE {cases} ELSE {otherwise} END", deepest(*(held for held, _ in rows))) if cases else Sql(otherwise)


def levels(expressions: Expressions) -> list[list[str]]:
    """The columns in turns, each turn reading only what came before it."""
    found: dict[int, list[str]] = {}
    for column in expressions.columns.values():
        found.setdefault(column.level, []).append(f"{column.sql} AS {column.name}")
    return [found[level] for level in sorted(found)]


def nested(expressions: Expressions, source: str) -> str:
    """One SELECT per level around *source*, each adding the columns that need what lies inside."""
    query = f"SELECT * FROM {source}"
    for columns in levels(expressions):
        added = ",\n  ".join(columns)
        query = f"SELECT *,\n  {added}\nFROM (\n{query}\n)"
    return query
