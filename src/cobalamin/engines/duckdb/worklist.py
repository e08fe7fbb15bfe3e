"""The worklists of everybody at once: one query for the people, one to sort what they are listed for."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from cobalamin.engines.duckdb.engine import DuckDBEngine
from cobalamin.engines.sql.output import set_aside
from cobalamin.engines.sql.schedules import after
from cobalamin.engines.sql.sql import NO_NUMBER, Sql, disjunction
from cobalamin.engines.sql.tables import nested, truth_name
from cobalamin.errors import NothingToAssess
from cobalamin.model.account import Account
from cobalamin.records.sql_text import quote, quoted
from cobalamin.rules import nodes as n
from cobalamin.rules.schedules import Span
from cobalamin.rules.worklist import REASON_FIELDS, TESTS, Counts, Reason, plan

REASON = f"STRUCT({', '.join(f'{quoted(name)} VARCHAR' for name in REASON_FIELDS)}, rank TINYINT)"


class Worklists:
    """Write the worklists of a DuckDB engine that was made with the stage asked for."""

    def __init__(self, engine: DuckDBEngine):
        self.engine, self.plan = engine, plan(engine.program, engine.output.plan.guideline)
        self.today = f"DATE {quote(engine.as_of)}"

    def write(self, kinds: Collection[str], scratch: Path, target: Path) -> tuple[Account, Counts]:
        """Write the rows of *kinds* to Parquet, the most urgent first, and account for every row of the input."""
        con = self.engine.con
        if not con.execute("SELECT count(*) FROM people").fetchall()[0][0]:
            raise NothingToAssess("There is no patient in the input.")
        everybody = f"read_parquet({quote(scratch / 'listed.parquet')})"
        con.execute(f"COPY ({self.people(kinds)}) TO {quote(scratch / 'listed.parquet')} (FORMAT parquet, COMPRESSION zstd)")
        con.execute(f"COPY ({self.sorted(everybody)}) TO {quote(target)} (FORMAT parquet, COMPRESSION zstd)")
        return self.engine.account(everybody), self._counts(target, kinds)

    def people(self, kinds: Collection[str]) -> str:
        """One row a person, with what every list says of the person and with what was set aside."""
        lists = ", ".join(self._listed(kind) for kind in self.plan.kinds if kind in kinds)
        columns = {
            "patient_id": "patient_id", "place": "place", "set_aside": set_aside(self.engine.dialect), "not_understood": "not_understood", "site": "nullif(site, '')",
            "lists": f"list_filter([{lists}], lambda x: len(x.reasons) > 0)", "sex": "sex", "age_years": "CASE WHEN years_lo = years_hi THEN years_lo::INT END",
            **self._about(),
        }  # fmt: skip
        # written after the columns: a task adds the day it is due on
        steps = nested(self.engine.expressions, self.engine.features_query())
        return "SELECT " + ",\n  ".join(f"{sql} AS {name}" for name, sql in columns.items()) + f"\nFROM ({steps})"

    def sorted(self, people: str) -> str:
        """The rows of the lists: the most urgent first, then by due day, then by the id of the person."""
        ranks = " ".join(f"WHEN {rank} THEN {quote(word)}" for rank, word in enumerate(self.plan.urgencies))
        columns = ["patient_id", "site", "l.kind AS kind", f"CASE rank {ranks} END AS urgency", "due",
                   f"list_transform(l.reasons, lambda r: {{{', '.join(f'{quote(name)}: r.{quoted(name)}' for name in REASON_FIELDS)}}}) AS reasons",
                   "l.next AS next", "sex", "age_years", "status", "causes", "regimen", "tests", *self.plan.columns(),
                   f"{quote(self.engine.as_of)} AS as_of", f"{quote(self.engine.output.plan.guideline)} AS guideline"]  # fmt: skip
        listed = f"SELECT *, unnest(lists) AS l FROM {people}"
        ranked = (f"SELECT *, least(person_rank, list_min(list_transform(l.reasons, lambda r: r.rank))) AS rank, "
                  f"list_min(list_transform(l.reasons, lambda r: r.due)) AS due FROM ({listed})")  # fmt: skip
        kinds = " ".join(f"WHEN {quote(kind)} THEN {number}" for number, kind in enumerate(self.plan.kinds))
        return f"SELECT {', '.join(columns)} FROM ({ranked}) ORDER BY rank, due, patient_id, CASE l.kind {kinds} END"

    def _listed(self, kind: str) -> str:
        """What a kind of list says of a person: the reasons that hold, and the steps they ask for."""
        held = {reason: self._held(reason) for reason in self.plan.of(kind)}
        dialect = self.engine.dialect
        reasons = dialect.collected({self._reason(reason): truth for reason, truth in held.items()}, REASON)
        steps = {quote(word): disjunction(held[reason] for reason in asking) for word, asking in self.plan.steps_of(kind).items()}
        return f"{{'kind': {quote(kind)}, 'reasons': {reasons}, 'next': {dialect.collected(steps, 'VARCHAR')}}}"

    def _held(self, reason: Reason) -> Sql:
        return self.engine.expressions.column(truth_name(reason.step, reason.row))

    def _reason(self, reason: Reason) -> str:
        task = reason.task
        fields = {"reason": task.id, "due": "", "urgency": task.urgency, "rule": reason.rule, "source": reason.source, "where": reason.where, "checked": reason.checked}
        said = {name: quote(text) for name, text in fields.items()} | {"due": self._due(reason)}
        return "{" + ", ".join(f"{quote(name)}: {sql}" for name, sql in said.items()) + f", 'rank': {self.plan.urgencies.index(task.urgency)}::TINYINT}}"

    def _due(self, reason: Reason) -> str:
        """The column with the day a task is due on, as text."""
        ago = self.engine.expressions.quantity(reason.anchor)[0] if reason.anchor is not None else NO_NUMBER
        if ago.unknown:
            return quote(self.engine.as_of)
        day = after(f"({self.today} - {ago.text}::INT)", reason.task.due or Span())
        return self.engine.expressions.add(f"due_{reason.task.id}", Sql(f"COALESCE({day}, {self.today})::VARCHAR", ago.level)).text

    def _about(self) -> dict[str, str]:
        """What of the assessment and of the record stands beside a name."""
        output, engine = self.engine.output, self.engine
        urgency = f"COALESCE({output.word('urgency')}, 'none')"
        ranks = " ".join(f"WHEN {quote(word)} THEN {rank}" for rank, word in enumerate(self.plan.urgencies))
        tests: dict[str, list[Sql]] = {}
        for name in TESTS:
            for word, held in output.held(name).items():
                tests.setdefault(quote(word), []).append(held)
        found = {
            "person_rank": f"CASE {urgency} {ranks} END::TINYINT", "status": f"COALESCE({output.word('status')}, 'unknown')", "causes": output.causes(),
            "regimen": output.word("regimen"), "tests": engine.dialect.collected({word: disjunction(held) for word, held in tests.items()}, "VARCHAR"),
        }  # fmt: skip
        for shown in self.plan.shown:
            if shown.value is not None:
                found[shown.name] = self._printed(shown.value)
            ago = engine.expressions.quantity(shown.day)[0]
            found[f"{shown.name}_date"] = "NULL::VARCHAR" if ago.unknown else f"({self.today} - {ago.text}::INT)::VARCHAR"
        return found

    def _printed(self, node: n.Node) -> str:
        """A result as the trace prints it."""
        while isinstance(node, n.Named):
            node = node.value
        leaf = self.engine.expressions.leaves.get(node)
        return f"nullif({leaf}_t, 'none')" if leaf else "NULL::VARCHAR"

    def _counts(self, target: Path, kinds: Collection[str]) -> Counts:
        con, rows = self.engine.con, f"read_parquet({quote(target)})"
        found = dict(con.execute(f"SELECT kind, count(*) FROM {rows} GROUP BY kind").fetchall())
        reasons = con.execute(f"SELECT kind, r.reason, count(*) FROM (SELECT kind, unnest(reasons) AS r FROM {rows}) GROUP BY ALL").fetchall()
        people, listed = (int(con.execute(text).fetchall()[0][0]) for text in ("SELECT count(*) FROM people", f"SELECT count(DISTINCT patient_id) FROM {rows}"))
        by_kind = {kind: found.get(kind, 0) for kind in self.plan.kinds if kind in kinds}
        return Counts(people, listed, by_kind, {(kind, reason): number for kind, reason, number in reasons})
