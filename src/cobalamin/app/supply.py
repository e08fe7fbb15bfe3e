"""What a clinic needs for the coming months: the dose calendars of everybody in a source, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cobalamin.assessing import memory_engine, understood
from cobalamin.engines.memory.course import Doses
from cobalamin.errors import NothingToAssess
from cobalamin.model.account import Account
from cobalamin.model.calendar import Received
from cobalamin.model.fact import FACT_COLUMNS, Fact, RawFact
from cobalamin.records.case import raw_columns, read_case
from cobalamin.records.opened import scratch_folder
from cobalamin.records.spoken import Spoken
from cobalamin.rules.calendar import Asked, dose_calendar
from cobalamin.rules.received import limits
from cobalamin.rules.schedules import Regimen
from cobalamin.rules.supply import AS_BEFORE, TO_BEGIN, UNDER_WAY, Supply, last_day
from cobalamin.run import Run

if TYPE_CHECKING:
    from cobalamin.engines.duckdb.engine import DuckDBEngine

WANTED = ("patient_id", "treatment", "set_aside", "not_understood")
"""What of an assessment the count needs."""


def supply_of(run: Run, months: int) -> tuple[Supply, Account]:
    """What everybody of a run needs in so many calendar months from the day of assessment on, by the engine of the run."""
    as_of = date.fromisoformat(run.as_of)
    supply = Supply(as_of, last_day(as_of, months))
    with scratch_folder() as scratch:
        if run.engine == "memory":
            account = _by_memory(run, supply, Path(scratch))
        else:
            with run.opened(Path(scratch)) as engine:
                account = _Bulk(run, engine, supply).count()
    return supply, account


class _Plans:
    """The dose calendars of people, and what each adds to the count."""

    def __init__(self, run: Run, supply: Supply):
        self.run, self.supply, self.doses = run, supply, Doses(run.knowledge)
        self.lapse = limits(run.knowledge, run.guideline, run.as_of, None).lapse

    def add(self, facts: Iterable[Fact], regimen: str | None, start: str, years: int | None, people: int = 1) -> None:
        """Add a person with the facts about B12, or so many who have none and the same regimen."""
        given, others = self.doses.of(facts)
        advised = self.run.knowledge.regimens.get(regimen or "") or self._as_before(given)
        if advised is None:
            return
        held = dose_calendar(Asked(advised, self.supply.as_of, self.run.guideline, years), given, self.run.knowledge, others)
        begun = start == "ongoing" or any(row.number is not None for row in held.received)
        self.supply.add(held.to_come, AS_BEFORE if not regimen else UNDER_WAY if begun else TO_BEGIN, people)

    def _as_before(self, given: list[Received]) -> Regimen | None:
        """Upkeep with the drug injected last, for somebody on injections for whom the record advises nothing today: the ampoules are still needed."""
        last = next((dose for dose in reversed(given) if dose.injected), None)
        if last is None or (self.supply.as_of - last.day).days > self.lapse:
            return None
        upkeep = [regimen for regimen in self.run.knowledge.regimens.values() if regimen.due is not None]
        return next((regimen for regimen in upkeep if last.drug in regimen.drugs), upkeep[0] if upkeep else None)


def _by_memory(run: Run, supply: Supply, scratch: Path) -> Account:
    engine, account, plans = memory_engine(run.as_of, run.guideline, run.files), Account(), _Plans(run, supply)
    for person in run.cases(account, scratch):
        case = understood(person, engine, account)
        treatment, years = engine.assess(case).treatment, case.patient.years
        supply.people += 1
        plans.add(case.facts, treatment["regimen"], treatment["start"], years[1] if years else None)
    if not account.patients_used:
        raise NothingToAssess("There is no patient in the input.")
    return account


class _Bulk:
    """Everybody assessed by DuckDB; only those with B12 on record are planned one by one, the others by their regimen."""

    def __init__(self, run: Run, engine: DuckDBEngine, supply: Supply):
        self.run, self.engine, self.supply, self.plans = run, engine, supply, _Plans(run, supply)
        self.con, self.words = engine.con, run.words
        self.spoken = Spoken(self.words, supply.as_of.toordinal())

    def count(self) -> Account:
        self.con.execute(f"CREATE TEMP TABLE assessed AS {self.engine.query(full_trace=False, only=WANTED)}")
        account = self.engine.account("assessed")
        self.supply.people = account.patients_used
        if not account.patients_used:
            raise NothingToAssess("There is no patient in the input.")
        self.con.execute("CREATE TEMP TABLE planned AS SELECT a.patient_id, treatment.regimen::VARCHAR AS regimen, treatment.start::VARCHAR AS start, "
                         "p.years_hi::INT AS years FROM assessed a JOIN people p ON p.patient_id = a.patient_id")  # fmt: skip
        self.con.execute("CREATE TEMP TABLE b12_words (text VARCHAR)")
        texts = [(text,) for (text,) in self.con.execute("SELECT DISTINCT concept::VARCHAR FROM raw_facts").fetchall() if text and self._of_b12(text)]
        if texts:
            self.con.executemany("INSERT INTO b12_words VALUES (?)", texts)
        for rows in self._people():
            self._add(rows)
        others = "SELECT regimen, start, count(*) FROM planned WHERE regimen IS NOT NULL AND patient_id NOT IN (SELECT patient_id FROM on_b12) GROUP BY ALL"
        for regimen, start, people in self.con.execute(others).fetchall():
            self.plans.add((), regimen, start, None, people)
        return account

    def _of_b12(self, text: str) -> bool:
        """Whether words of the record speak of B12 as a drug, perhaps among other things."""
        return any(self.words.concept(raw.concept)[0] in self._drugs for raw in self.spoken.rows(RawFact(concept=text)))

    @property
    def _drugs(self) -> frozenset[str]:
        return self.plans.doses.drugs

    def _people(self) -> Iterator[Sequence[Mapping[str, Any]]]:
        """The rows about B12 of everybody who has some, one person at a time."""
        held = {row[0] for row in self.con.execute("SELECT column_name FROM (DESCRIBE raw_facts)").fetchall()}
        columns = ", ".join(f'f."{name}"::VARCHAR AS "{name}"' for name in FACT_COLUMNS if name in held)
        self.con.execute(f"CREATE TEMP TABLE on_b12 AS SELECT f.patient_id, p.regimen, p.start, p.years, {columns} FROM raw_facts f "
                         "JOIN planned p ON p.patient_id = f.patient_id WHERE f.concept::VARCHAR IN (SELECT text FROM b12_words)")  # fmt: skip
        cursor = self.con.execute("SELECT * FROM on_b12 ORDER BY patient_id")
        names = [column[0] for column in cursor.description or ()]
        rows = (dict(zip(names, row, strict=True)) for batch in iter(lambda: cursor.fetchmany(1000), []) for row in batch)
        for _, found in groupby(rows, lambda row: row["patient_id"]):
            yield list(found)

    def _add(self, rows: Sequence[Mapping[str, Any]]) -> None:
        first = rows[0]
        case = read_case({"facts": [raw_columns(row) for row in rows]}, self.words, self.supply.as_of.toordinal(), self.spoken)
        self.plans.add(case.facts, first["regimen"], first["start"], first["years"])
