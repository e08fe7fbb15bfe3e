"""The Spark engine: everybody at once, on one machine or many, as DataFrame expressions over tables of facts.

No row of a patient comes to the driver and no Python runs on a row: only distinct texts are collected, to be interpreted once, and counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cobalamin.engines.memory.features import ordinal
from cobalamin.engines.spark.database import SparkDatabase
from cobalamin.engines.spark.people import learn_people
from cobalamin.engines.sql.accounting import NAMED, account_of, by_reason, count
from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.features import Features
from cobalamin.engines.sql.output import Output
from cobalamin.engines.sql.schedules import Schedules
from cobalamin.engines.sql.tables import add_steps, levels
from cobalamin.errors import NothingToAssess
from cobalamin.model.account import Account
from cobalamin.records.opened import Opened
from cobalamin.records.typed import TypedFacts
from cobalamin.records.words import Words
from cobalamin.rules.answer import answer
from cobalamin.rules.bind import bind
from cobalamin.rules.knowledge import Knowledge

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

PLACE = "place"
"""The column that keeps the order of the patients."""


class SparkEngine:
    """Assess everybody in the opened tables on one day under one guideline."""

    def __init__(self, knowledge: Knowledge, as_of: str, guideline: str, database: SparkDatabase, opened: Opened, words: Words | None = None):
        self.database, self.opened, self.as_of = database, opened, as_of
        self.words, dialect = words or Words(knowledge), database.dialect
        self.program = bind(knowledge, as_of, whole=guideline)
        self.typed = TypedFacts(database, opened, self.words, ordinal(as_of))
        self.features = Features(self.program, dialect, ordinal(as_of), self.typed.met, with_ranges=self.typed.has_references)
        self.typed.carry(self.features.bits, self.features.carried)
        self.expressions = Expressions(knowledge, dialect, self.features.leaves, self.features.presence_bits)
        add_steps(self.program.needed_for(guideline, "status"), self.expressions)
        plan = answer(self.program, guideline)
        self.output = Output(self.program, plan, self.expressions, dialect, Schedules(plan.anchors, self.expressions, as_of))
        self.output.schedules.register(database)
        self.output.trace.register(database)
        learn_people(database, self.words, ordinal(as_of), opened.has_patients)

    def assessments(self, full_trace: bool) -> DataFrame:
        """The whole assessment of everybody, one row a patient, and the `place` of the patient."""
        # written after the columns: a schedule adds the day it is counted from
        columns = self.output.columns(self.as_of, full_trace, self.typed.has_references)
        stages = [self.features.unpacked, *levels(self.expressions), *([named(self.output.trace.parts())] if full_trace else [])]
        self.database.define("typed_facts", self.database.query(self.typed.select(list(self.features.carried))))
        self.database.define("gathered", self.database.query(self.features.gathered("typed_facts")))
        found = self.database.query(self.features.joined("gathered"))
        for stage in stages:
            found = self.database.select(found, ["*", *stage])
        return self.database.select(found, [PLACE, *named(columns)])

    def rows(self, account: Account) -> Iterator[dict[str, Any]]:
        """Every assessment with its whole trace as plain data, in the order of the patients, a part at a time; the account is complete before the first."""
        from pyspark import StorageLevel

        found = self.assessments(full_trace=True).persist(StorageLevel.DISK_ONLY)
        try:
            account.take(self.account(found))
            if not account.patients_used:
                raise NothingToAssess("There is no patient in the input.")
            for row in found.orderBy(PLACE).drop(PLACE).toLocalIterator():
                yield row.asDict(recursive=True)
        finally:
            found.unpersist()

    def write(self, folder: Path) -> Account:
        """Assess everybody into a folder of Parquet parts, with the rules of the trace by table, and account for every row."""
        if not count(self.database, "FROM people"):
            raise NothingToAssess("There is no patient in the input.")
        self.assessments(full_trace=False).drop(PLACE).write.parquet(f"file:{folder.absolute()}")
        return self.account(self.database.session.read.parquet(f"file:{folder.absolute()}"))

    def account(self, written: DataFrame) -> Account:
        """Count rows read, used and set aside, from the input and from the assessments *written*."""
        self.database.define("written", written)
        people, database = count(self.database, "FROM written"), self.database
        facts_of_people = count(database, f"FROM (SELECT patient_id FROM raw_facts WHERE {NAMED}) f LEFT SEMI JOIN written w ON w.patient_id = f.patient_id")
        set_aside = by_reason(database, "SELECT item.reason FROM (SELECT explode(set_aside) AS item FROM written)")
        columns = by_reason(database, "SELECT item.reason FROM (SELECT explode(person_aside) AS item FROM people)")
        not_understood = count(database, "FROM (SELECT explode(not_understood) FROM written)")
        return account_of(database, self.opened, people, facts_of_people, set_aside, columns, not_understood)


def named(columns: dict[str, str]) -> list[str]:
    """Columns with their names."""
    return [f"{sql} AS {name}" for name, sql in columns.items()]
