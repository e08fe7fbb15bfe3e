"""The DuckDB engine: everybody at once, in one query over tables of facts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from cobalamin.engines.duckdb.expressions import DuckDB
from cobalamin.engines.duckdb.features import Features
from cobalamin.engines.duckdb.tables import Output
from cobalamin.engines.memory.features import ordinal
from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.tables import add_steps, nested
from cobalamin.errors import InputError, NothingToAssess
from cobalamin.records.tables import Opened
from cobalamin.records.typed import TypedFacts, learn_people
from cobalamin.records.words import Words
from cobalamin.rules.answer import answer
from cobalamin.rules.bind import bind
from cobalamin.rules.knowledge import Knowledge


@dataclass
class Account:
    """Where every row went: rows read are rows used plus rows set aside, by reason."""

    patients_read: int = 0
    patients: int = 0
    facts_read: int = 0
    facts_used: int = 0
    set_aside: dict[str, int] = field(default_factory=dict)

    @property
    def adds_up(self) -> bool:
        lost = sum(self.set_aside.values())
        return self.facts_read + self.patients_read == self.facts_used + self.patients + lost


def connect(memory_limit: str = "", threads: int = 0, scratch: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A private in-memory database that never fetches anything from outside."""
    con = duckdb.connect()
    con.execute("SET autoinstall_known_extensions=false; SET autoload_known_extensions=false; SET enable_progress_bar=false")
    if memory_limit:
        con.execute(f"SET memory_limit='{memory_limit}'")
    if threads:
        con.execute(f"SET threads={threads}")
    if scratch:
        con.execute(f"SET temp_directory='{scratch}'")
    return con


class DuckDBEngine:
    """Assess everybody in the opened tables on one day under one guideline."""

    def __init__(self, knowledge: Knowledge, as_of: str, guideline: str, con: duckdb.DuckDBPyConnection, opened: Opened, words: Words | None = None):
        self.con, self.opened, self.as_of = con, opened, as_of
        self.words = words or Words(knowledge)
        self.program = bind(knowledge, as_of)
        self.features = Features(self.program, ordinal(as_of))
        self.dialect = DuckDB()
        self.expressions = Expressions(knowledge, self.dialect, self.features.leaves, self.features.presence_bits)
        add_steps(self.program, self.expressions)
        self.output = Output(knowledge, answer(self.program, guideline), self.expressions, self.dialect)
        self.typed = TypedFacts(con, opened, self.words, ordinal(as_of), self.features.bits, self.features.carried)
        learn_people(con, self.words, ordinal(as_of), opened.has_patients)

    def features_query(self) -> str:
        """One row a patient with every feature: the only pass over the facts."""
        features = self.features
        sums = ",\n  ".join(f"{sql} AS {name}" for name, sql in features.aggregates.items())
        grouped = f"""SELECT patient_id AS fact_patient,
  {sums},
  list({{'fact': fact, 'reason': reason}} ORDER BY fact, reason) FILTER (WHERE reason IS NOT NULL AND reason <> 'not_understood') AS set_aside,
  list({{'fact': fact, 'reason': flag}} ORDER BY fact) FILTER (WHERE flag IS NOT NULL) AS flagged,
  list({{'text': said, 'closest': closest}} ORDER BY said) FILTER (WHERE reason = 'not_understood') AS not_understood
FROM ({self.typed.select(list(features.carried))}) GROUP BY patient_id"""
        masks = sorted({column for column, _ in features.presence_bits.values()})
        filled = "".join(f", COALESCE({m}, 0) AS {m}" for m in masks)
        unpacked = "".join(f",\n  {sql}" for sql in features.unpacked)
        return (f"(SELECT p.*, a.* EXCLUDE ({', '.join(['fact_patient', *masks])}){filled}{unpacked}\n"
                f"FROM people p LEFT JOIN ({grouped}) a ON a.fact_patient = p.patient_id)")  # fmt: skip

    def query(self, full_trace: bool = True) -> str:
        """The whole assessment of everybody as one SELECT."""
        return f"SELECT {self.output.columns(self.as_of, full_trace)}, place\nFROM ({nested(self.expressions, self.features_query())})"

    def write(self, path: Path, full_trace: bool) -> Account:
        """Assess everybody into a Parquet file at *path* and account for every row."""
        if not self.con.execute("SELECT count(*) FROM people").fetchall()[0][0]:
            raise NothingToAssess("There is no patient in the input.")
        try:
            self.con.execute(f"COPY (SELECT * EXCLUDE (place) FROM ({self.query(full_trace)})) TO '{path}' (FORMAT parquet, COMPRESSION zstd)")
        except duckdb.OutOfMemoryException:
            raise InputError("The memory allowed is not enough for this input; allow more, or free some disk for temporary files.") from None
        return self.account(path)

    def account(self, path: Path) -> Account:
        """Count rows read, used and set aside, from the input and from what was written."""
        def count(sql: str) -> int:
            return int(self.con.execute(sql).fetchall()[0][0])

        named = "trim(COALESCE(patient_id, '')) <> ''"
        done = Account(count("SELECT count(*) FROM raw_patients") if self.opened.has_patients else count("SELECT count(*) FROM people"),
                       count("SELECT count(*) FROM people"), count("SELECT count(*) FROM raw_facts"))  # fmt: skip
        reasons: dict[str, int] = {}
        rows = self.con.execute(f"SELECT reason, count(*) FROM (SELECT unnest(set_aside).reason AS reason FROM '{path}') GROUP BY reason").fetchall()
        columns = self.con.execute(f"SELECT COALESCE(sum(len(person_aside)), 0) FROM people").fetchall()[0][0]
        reasons.update({str(reason): int(number) for reason, number in rows})
        reasons["not_understood"] = count(f"SELECT COALESCE(sum(len(not_understood)), 0) FROM '{path}'")
        reasons["no_patient"] = count(f"SELECT count(*) FROM raw_facts WHERE NOT {named}") + (
            count(f"SELECT count(*) FROM raw_patients WHERE NOT {named}") if self.opened.has_patients else 0)
        reasons["unknown_patient"] = count(f"SELECT count(*) FROM raw_facts WHERE {named} AND trim(patient_id) NOT IN (SELECT patient_id FROM people)")
        if self.opened.has_patients:
            reasons["duplicate_patient"] = count(f"SELECT count(*) FROM raw_patients WHERE {named}") - done.patients
        rejected = count("SELECT count(DISTINCT (file_id, line)) FROM reject_errors") if self._has_rejects() else 0
        reasons["unreadable_row"] = rejected
        done.facts_read += rejected
        done.set_aside = {reason: number for reason, number in sorted(reasons.items()) if number}
        done.facts_used = done.facts_read - (sum(done.set_aside.values()) - int(columns) - (done.patients_read - done.patients))
        return done

    def _has_rejects(self) -> bool:
        return bool(self.con.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'").fetchall()[0][0])

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every assessment as plain data, in the order of the patients."""
        cursor = self.con.execute(f"{self.query()} ORDER BY place")
        names = [column[0] for column in cursor.description or ()][:-1]
        while batch := cursor.fetchmany(1000):
            for row in batch:
                yield dict(zip(names, row, strict=False))
