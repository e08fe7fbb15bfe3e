"""The trace as SQL: which rules counted as a list of numbers, what they looked at as one list a patient, the rest from a table.

A rule that counted is its number in `trace_rules`, one that a bounded result left undecided is that number below zero.
"""

from __future__ import annotations

from cobalamin.engines.sql.dialect import Dialect
from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.sql import NO_TEXT, Sql, conjunction
from cobalamin.engines.sql.tables import truth_name
from cobalamin.records.database import Database
from cobalamin.records.sql_text import quote
from cobalamin.rules import nodes as n
from cobalamin.rules.answer import Answer, RowTrace
from cobalamin.rules.bind import Program

LOOK = "STRUCT(k VARCHAR, v VARCHAR)"


class Trace:
    """Write the trace of an answer over the columns of the steps."""

    def __init__(self, program: Program, plan: Answer, expressions: Expressions, dialect: Dialect):
        self.program, self.plan, self.expressions, self.dialect = program, plan, expressions, dialect
        self.rules = [row for _, _, rows in plan.trace for row in rows]
        self.numbers = {(row.step, row.row): number for number, row in enumerate(self.rules, 1)}
        shown = {look: self._shown(look.node) for row in self.rules for look in row.inputs}
        self.looks = {look: text.text for look, text in shown.items() if not text.unknown}

    def register(self, database: Database) -> None:
        """Create `trace_rules`: what is the same for everybody whom a rule counts for."""
        places = {look: place for place, look in enumerate(self.looks, 1)}
        database.fill("trace_rules", {"number": "INTEGER", "rule": "VARCHAR", "source": "VARCHAR", "locator": "VARCHAR", "looks": "BIGINT[]"},
                      ((number, row.rule, row.source, row.locator, [places[look] for look in row.inputs if look in places])
                       for number, row in enumerate(self.rules, 1)))  # fmt: skip

    def whole(self) -> str:
        """Every rule that counted or that a bounded result left undecided, with what it looked at and where it comes from."""
        rule, dialect = {name: f"{self.dialect.item('rules', 'abs(x)')}.{name}" for name in ("rule", "source", "locator", "looks")}, self.dialect
        looked = dialect.kept(dialect.picked("looked", rule["looks"]), "look", "look.v <> ''")
        entry = dialect.struct({"rule": rule["rule"], "truth": "CASE WHEN x > 0 THEN 'true' ELSE 'unknown' END", "inputs": f"map_from_entries({looked})",
                                "source": rule["source"], "locator": rule["locator"]})  # fmt: skip
        return dialect.mapped("held", "x", entry)

    def parts(self) -> dict[str, str]:
        """The columns that `whole` reads, with their SQL."""
        held = [item for number, hit, rows in self.plan.trace for item in self._held(number, hit, rows)]
        looks = self.dialect.array([self.dialect.struct({"k": quote(look.name), "v": text}) for look, text in self.looks.items()])
        rule = self.dialect.struct({name: name for name in ("rule", "source", "locator", "looks")})
        looked = self.dialect.legible(f"{looks}::{self.dialect.kind(f'{LOOK}[]')}")
        return {"held": self.dialect.joined(held, "BIGINT"), "looked": looked, "rules": self.dialect.all_rows(rule, "number", "trace_rules")}

    def _held(self, step: int, hit: str, rows: tuple[RowTrace, ...]) -> list[str]:
        """Lists of the rules of one table that belong in the trace, each NULL where there is none."""
        truths = {row: self.expressions.column(truth_name(step, row.row)) for row in rows}
        if hit == "collect":
            return [self.dialect.collected({str(self.numbers[step, row.row]): held for row, held in truths.items()}, "BIGINT")]
        chosen = self.expressions.column(f"r{step}")
        items = [] if chosen.unknown else [f"CASE WHEN {chosen.text} IS NOT NULL THEN {self.dialect.array([f'({chosen.text} + {self.numbers[step, 0]})::BIGINT'])} END"]
        for row, held in truths.items() if hit == "unique" and (chosen.unknown or not chosen.constant) else ():
            bounds = [self.expressions.quantity(node)[0] for node in row.measured]
            if bounds and (held.unknown or not held.constant) and not any(bound.unknown for bound in bounds):
                known = conjunction(Sql(f"{text.text} IS NOT NULL", text.level) for text in bounds)
                undecided = self.dialect.array([f"(-{self.numbers[step, row.row]})::BIGINT"])
                items.append(f"CASE WHEN {chosen.text} IS NULL AND {held.text} IS NULL AND {known.text} THEN {undecided} END")
        return items

    def by_table(self) -> str:
        """The trace of a table of people: for each decision table the row that counted, or the list of those that did."""
        fields: dict[str, str] = {}
        for number, hit, rows in self.plan.trace:
            step = self.program.steps[number]
            ids = {row.row: step.rows[row.row].id for row in rows}
            if hit == "collect":
                held = {quote(id): self.expressions.column(truth_name(number, row)) for row, id in ids.items()}
                fields[step.table.id] = self.dialect.collected(held, self.dialect.words(ids.values()))
            elif rows:
                fields[step.table.id] = self.dialect.word(self.expressions.column(f"r{number}").text, ids)
        return self.dialect.struct(fields)

    def _shown(self, node: n.Node) -> Sql:
        """A value as the trace prints it; empty or NULL for what is unknown, absent or not concluded."""
        expressions = self.expressions
        match node:
            case n.Presence():
                held = expressions.truth(node)
                return Sql(f"CASE WHEN {held.text} THEN 'present' END", held.level) if held.may_hold else NO_TEXT
            case n.Conclusion(name=name, step=step):
                return Sql(expressions.said(step, name)) if step >= 0 and not expressions.column(f"c{step}_{name}").unknown else NO_TEXT
            case n.Person(name="sex"):
                return Sql("sex")
            case n.Person(name=name):
                unit = name.removeprefix("age_")
                lo, hi = (self.dialect.printed(f"{unit}_{bound}") for bound in ("lo", "hi"))
                return Sql(f"CASE WHEN {unit}_lo = {unit}_hi THEN {lo} ELSE {lo} || '-' || {hi} END || ' {unit}'")
            case n.Named():
                expressions.quantity(node)
                shown = expressions.shown[node]
                return NO_TEXT if shown.unknown else Sql(f"{self.dialect.printed(shown.text)} || {quote(' ' + node.unit)}")
        return self._printed(node)

    def _printed(self, node: n.Node) -> Sql:
        if node in self.expressions.leaves:
            return Sql(f"{self.expressions.leaves[node]}_t")
        return Sql("'0'") if isinstance(node, n.Tally) else NO_TEXT
