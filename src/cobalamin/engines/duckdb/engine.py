"""The DuckDB engine: everybody at once, in one query over tables of facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import duckdb

from cobalamin.engines.duckdb.expressions import DuckDB
from cobalamin.engines.duckdb.kept import KeptParts
from cobalamin.engines.duckdb.parts import Parts, fitting_size, memory_of
from cobalamin.engines.duckdb.row_groups import lay_end_to_end
from cobalamin.engines.memory.features import ordinal
from cobalamin.engines.sql.accounting import account_of, by_reason, count
from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.features import Features
from cobalamin.engines.sql.output import Output, set_aside
from cobalamin.engines.sql.schedules import Schedules
from cobalamin.engines.sql.tables import add_steps, nested
from cobalamin.errors import NothingToAssess, UsageError
from cobalamin.model.account import Account
from cobalamin.records.database import DuckDBDatabase
from cobalamin.records.opened import Opened
from cobalamin.records.people import learn_people
from cobalamin.records.sql_text import quote, quoted
from cobalamin.records.typed import TypedFacts
from cobalamin.records.words import Words
from cobalamin.rules.answer import LIST_FIELDS, REGIMEN_FIELDS, TEST_FIELDS, answer
from cobalamin.rules.bind import bind
from cobalamin.rules.inputs import rule_id
from cobalamin.rules.knowledge import Knowledge

OWN_MEMORY = 400_000_000
"""Bytes of a run that are not the database's to give: the interpreter, the rules, and what a query holds beside its tables."""


def connect(memory_limit: str = "", threads: int = 0, scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A private in-memory database that never fetches anything from outside."""
    con = duckdb.connect()
    con.execute("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false; SET enable_progress_bar=false")
    # a long IN would become a join, and a join loses the order of the patients
    con.execute("SET disabled_optimizers='in_clause'")
    if memory_limit:
        try:
            con.execute(f"SET memory_limit={quote(memory_limit)}")
        except duckdb.Error:
            raise UsageError(f"'{memory_limit}' is no amount of memory; write it like 4GB.") from None
        # the amount is for the whole process, and not all of its memory is the database's
        amount = memory_of(con)
        con.execute(f"SET memory_limit='{(amount - min(amount // 4, OWN_MEMORY)) // 1000}KB'")
    if threads:
        con.execute(f"SET threads={threads}")
    if scratch:
        con.execute(f"SET temp_directory={quote(scratch)}")
    return con


Progress = Callable[[int, int, int], None]
"""Told after each part: people assessed so far, people in all, and people whose part was finished before this run."""
SAFE_ID = "CASE WHEN regexp_matches(patient_id, '^[-=+@]') THEN chr(39) || patient_id ELSE patient_id END"
"""An id that a spreadsheet would run as a formula is made harmless; written like `outputs.plain.harmless`."""


class DuckDBEngine:
    """Assess everybody in the opened tables on one day under one guideline."""

    def __init__(self, knowledge: Knowledge, as_of: str, guideline: str, con: duckdb.DuckDBPyConnection, opened: Opened, words: Words | None = None,
                 asked: Collection[str] = (), scratch: Path | None = None, part_size: int = 0, day: str = ""):  # fmt: skip
        """With *day*, each person and fact is assessed on the day of that column, which a query over them must bring."""
        self.con, self.opened, self.as_of = con, opened, as_of
        self.words, self.dialect, self.database = words or Words(knowledge), DuckDB(), DuckDBDatabase(con)
        self.program = bind(knowledge, as_of, whole=guideline, asked=asked)
        self.typed = TypedFacts(self.database, opened, self.words, ordinal(as_of))
        self.features = Features(self.program, self.dialect, ordinal(as_of), self.typed.met, day, self.typed.has_references)
        self.typed.carry(self.features.bits, self.features.carried)
        self.expressions = Expressions(knowledge, self.dialect, self.features.leaves, self.features.presence_bits)
        add_steps(self.program.needed_for(guideline, "status"), self.expressions)
        plan = answer(self.program, guideline)
        self.output = Output(self.program, plan, self.expressions, self.dialect, Schedules(plan.anchors, self.expressions, as_of))
        self.output.schedules.register(self.database)
        self.output.trace.register(self.database)
        learn_people(self.database, self.words, ordinal(as_of), opened.has_patients)
        self.parts = Parts(con, opened, scratch, part_size or fitting_size(con))

    def features_query(self, in_order: bool = False) -> str:
        """One row a patient with every feature: the only pass over the facts."""
        return self.features.query(self.typed, "part_people", "part_facts", in_order)

    def query(self, full_trace: bool = True, only: Collection[str] = ()) -> str:
        """The whole assessment of everybody as one SELECT, in the order of the patients.

        *only* names the columns that are wanted, where not all are: a short query is planned sooner.
        """
        columns = ",\n  ".join(f"{sql} AS {name}" for name, sql in self.output.columns(self.as_of, full_trace, self.typed.has_references).items()
                              if not only or name in only)
        # written after the columns: a schedule adds the day it is counted from
        steps = nested(self.expressions, self.features_query(in_order=True))
        parts = ",\n  ".join(f"{sql} AS {name}" for name, sql in self.output.trace.parts().items())
        source = f"SELECT *, {parts}\nFROM ({steps})" if full_trace else steps
        self.dialect.keep_constants(self.con)
        return f"SELECT {columns}\nFROM ({source})"

    def write(self, path: Path, full_trace: bool) -> Account:
        """Assess everybody into a Parquet file at *path* and account for every row."""
        kept = KeptParts(path.with_name(f".parts-{path.name}"), {}, resume=False)
        account = self.write_parts(path, full_trace, kept)
        kept.remove()
        return account

    def write_parts(self, path: Path, full_trace: bool, kept: KeptParts, progress: Progress | None = None) -> Account:
        """Assess everybody part by part into *kept*, lay the parts end to end at *path*, and account for every row; finished parts are not repeated."""
        parts, facts = self.parts.all(), 0
        if not parts:
            raise NothingToAssess("There is no patient in the input.")
        everybody, done, before = sum(part.people for part in parts), 0, 0
        query = self.query(full_trace)
        # whole traces are wide: few people at a time keep the memory within bounds
        groups = ", ROW_GROUP_SIZE 8192" if full_trace else ""
        for part in parts:
            if kept.finished(part.number):
                before += part.people
            else:
                self.parts.choose(part)
                self.con.execute(f"COPY ({query}) TO {quote(kept.draft(part.number))} (FORMAT parquet, COMPRESSION zstd{groups})")
                kept.finish(part.number, self.parts.facts_of_people())
            facts, done = facts + kept.facts(part.number), done + part.people
            if progress is not None:
                progress(done, everybody, before)
        self.parts.choose(None)
        lay_end_to_end([kept.file(part.number) for part in parts], path)
        return self.account(_parquet(path), facts)

    def account(self, written: str, facts_of_people: int | None = None) -> Account:
        """Count rows read, used and set aside, from the input and from the table *written* with what was set aside."""
        facts_of_people = self.parts.facts_of_people() if facts_of_people is None else facts_of_people
        database = self.database
        set_aside = by_reason(database, f"SELECT unnest(set_aside).reason AS reason FROM {written}")
        columns = by_reason(database, "SELECT unnest(person_aside).reason AS reason FROM people")
        not_understood = count(database, f"FROM (SELECT unnest(not_understood) FROM {written})")
        return account_of(database, self.opened, count(database, "FROM people"), facts_of_people, set_aside, columns, not_understood)

    def read(self, path: Path) -> Iterator[dict[str, Any]]:
        """The assessments written to *path* as plain data, in the order of the patients."""
        cursor = self.con.execute(f"SELECT * FROM {_parquet(path)}")
        names = [column[0] for column in cursor.description or ()]
        while batch := cursor.fetchmany(1000):
            for row in batch:
                yield dict(zip(names, row, strict=True))

    def convert(self, parquet: Path, target: Path, format: str) -> None:
        """Turn written assessments into another format, in bulk."""
        if format == "jsonl":
            self.con.execute(f"COPY (SELECT * FROM {_parquet(parquet)}) TO {quote(target)} (FORMAT json)")
        elif format == "csv":
            statuses = [f"guidelines[{quote(g)}] AS {quoted('status_' + g)}" for g in self.program.takes]
            columns = ", ".join([*flat_columns(), *statuses])
            self.con.execute(f"COPY (SELECT {columns} FROM {_parquet(parquet)}) TO {quote(target)} (FORMAT csv, HEADER)")

    def patterns(self, account: Account, out: Path | None, more: Mapping[str, str] | None = None) -> Iterator[tuple[tuple[tuple[str, str, str], ...], int]]:
        """How many people have each (guideline, status, rule) under every guideline; those who differ go to *out*.

        The table `patterns` stays: one row a person, with the columns of *more* beside the statuses.
        """
        statuses = self.output.plan.statuses
        columns = []
        for guideline, step in statuses.items():
            rows = self.program.steps[step].rows if step is not None else ()
            rules = " ".join(f"WHEN {i} THEN {quote(rule_id(self.program.steps[step or 0], i, guideline))}" for i in range(len(rows)))
            columns.append(f"{self.output.status(step)} AS {quoted('status_' + guideline)}")
            chosen = "NULL" if step is None else self.expressions.column(f"r{step}").text
            columns.append(f"CASE {chosen} {rules} ELSE '' END AS {quoted('rule_' + guideline)}")
        columns = ["patient_id", "place", f"{set_aside(self.dialect)} AS set_aside", "not_understood", *columns]
        columns += [f"{sql} AS {name}" for name, sql in (more or {}).items()]
        source = f"SELECT {', '.join(columns)} FROM ({nested(self.expressions, self.features_query())})"
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE patterns AS {source}")
        names = [quoted(f"{kind}_{guideline}") for guideline in statuses for kind in ("status", "rule")]
        for row in self.con.execute(f"SELECT {', '.join(names)}, count(*) FROM patterns GROUP BY ALL ORDER BY ALL").fetchall():
            yield tuple((g, row[2 * i], row[2 * i + 1]) for i, g in enumerate(statuses)), int(row[-1])
        account.take(self.account("patterns"))
        if out is not None:
            own = [quoted(f"status_{guideline}") for guideline in statuses]
            differ = " OR ".join(f"{name} <> {own[0]}" for name in own[1:]) or "FALSE"
            id, form = (SAFE_ID, "FORMAT csv, HEADER") if out.suffix == ".csv" else ("patient_id", "FORMAT json")
            self.con.execute(f"COPY (SELECT {id} AS patient_id, {', '.join(names)} FROM patterns WHERE {differ} ORDER BY place) TO {quote(out)} ({form})")

    def case(self, patient_id: str) -> dict[str, Any] | None:
        """One person as a case, facts as the table prints them; None when nobody has that id."""
        def rows(table: str) -> list[dict[str, Any]]:
            cursor = self.con.execute(f"SELECT * FROM {table} WHERE patient_id = ?", [patient_id.strip()])
            names = [column[0] for column in cursor.description or ()]
            return [{name: value for name, value in zip(names, row, strict=True) if value is not None} for row in cursor.fetchall()]

        people, facts = rows("raw_patients"), rows("raw_facts")
        if not people and not facts:
            return None
        return {"patient_id": patient_id, **(people[0] if people else {}), "facts": facts}


def _parquet(path: Path) -> str:
    return f"read_parquet({quote(path)})"


def flat_columns() -> list[str]:
    """The assessment as one row of a spreadsheet; text that a spreadsheet would run as a formula is made harmless."""
    columns = {name: f"array_to_string({name}, ';')" for name in LIST_FIELDS}
    columns["causes"] = "array_to_string(list_transform(causes, lambda c: c.id || ' (' || c.certainty || ')'), ';')"
    columns |= {"treatment_start": "treatment.start", **{name: f"treatment.{name}" for name in REGIMEN_FIELDS}}
    columns |= {"next_dose": "list_min(list_transform(treatment.doses, lambda d: d.date))", "cautions": "array_to_string(treatment.cautions, ';')",
                "response_adequate": "response.adequate", "next_review": "review[1].date"}  # fmt: skip
    columns |= {f"tests_{field}": f"array_to_string(test.{field}, ';')" for field in TEST_FIELDS}
    return [f"{SAFE_ID} AS patient_id", "as_of", "guideline", "status", "status_basis", "urgency", "severity", "test.advised AS test_advised",
            *(f"{sql} AS {name}" for name, sql in columns.items()), "combined_indicator.value AS combined_indicator",
            "len(set_aside) AS rows_set_aside", "len(not_understood) AS words_not_understood"]  # fmt: skip
