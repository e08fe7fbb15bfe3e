"""Decision tables as SQL columns: the truth of every row, the row that counts, and every concluded word."""

from __future__ import annotations

from collections.abc import Sequence

from cobalamin.engines.sql.expressions import Expressions, Sql
from cobalamin.rules.bind import Step
from cobalamin.rules.tables import NONE


def add_steps(steps: Sequence[Step], expressions: Expressions) -> None:
    """Define the columns of every step, in order: `t<step>_<row>`, `r<step>` and `c<step>_<name>`."""
    for step in steps:
        for index, condition in enumerate(step.conditions):
            expressions.add(f"t{step.number}_{index}", expressions.truth(condition))
        if not step.table.collects:
            _add_choice(step, expressions)


def truth_column(step: int, row: int) -> str:
    """The column that holds the truth of a row."""
    return f"t{step}_{row}"


def _add_choice(step: Step, expressions: Expressions) -> None:
    """The first row that holds counts; while none does, an undecided row leaves everything unknown."""
    names = [truth_column(step.number, index) for index in range(len(step.rows))]
    level = max((expressions.level(name) for name in names), default=0)
    undecided = f"WHEN {' OR '.join(f'{name} IS NULL' for name in names)} THEN NULL" if names else ""
    cases = " ".join(f"WHEN {name} THEN {index}" for index, name in enumerate(names))
    expressions.add(f"r{step.number}", Sql(f"(CASE {cases} END)" if names else "NULL::INT", level))
    for conclusion in step.table.concludes():
        words = []
        for name, row in zip(names, step.rows, strict=True):
            word = next((w for c, (w,) in row.then if c == conclusion), NONE)
            words.append(f"WHEN {name} THEN {expressions.code(conclusion, word)}")
        sql = f"(CASE {' '.join(words)} {undecided} ELSE 0 END)::TINYINT" if words else "0::TINYINT"
        expressions.add(f"c{step.number}_{conclusion}", Sql(sql, level))


def nested(expressions: Expressions, source: str) -> str:
    """One SELECT per level around *source*, each adding the columns that need what lies inside."""
    levels: dict[int, list[str]] = {}
    for column in expressions.columns.values():
        levels.setdefault(column.level, []).append(f"{column.sql} AS {column.name}")
    query = f"SELECT * FROM {source}"
    for level in sorted(levels):
        added = ",\n  ".join(levels[level])
        query = f"SELECT *,\n  {added}\nFROM (\n{query}\n)"
    return query
