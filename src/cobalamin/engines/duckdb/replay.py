"""The past of everybody replayed in the database: every day on which something was recorded becomes a person of its own.

Mirrors `engines.memory.replay`. People are taken in parts, so that facts times days stay within bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from cobalamin.engines.duckdb.engine import DuckDBEngine
from cobalamin.engines.memory.replay import COLUMNS
from cobalamin.engines.sql.features import completed_months
from cobalamin.engines.sql.sql import certainty, disjunction
from cobalamin.engines.sql.tables import nested, truth_name
from cobalamin.errors import NothingToAssess
from cobalamin.records.sql_text import quote
from cobalamin.records.typed import EPOCH, day_number
from cobalamin.records.understand import read_patient
from cobalamin.rules.replaying import Call, calls

DAY = "at_day"
"""The column of the day that is replayed; an engine for a replay is made with it."""
AT_A_TIME = 4_000_000
"""Facts times days that are held at once."""
Progress = Callable[[int, int], None]


class Replay:
    """The replay of the people of an engine that was made with the stage `replay` and the column DAY."""

    def __init__(self, engine: DuckDBEngine, guideline: str, at_a_time: int = AT_A_TIME):
        self.engine, self.con, self.at_a_time = engine, engine.con, at_a_time
        self.calls = calls(engine.program, guideline)

    def write(self, path: Path) -> tuple[int, int]:
        """Write the table of the replay to a Parquet file; the number of people and of the days that were judged."""
        self._learn()
        days = 0
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE replayed ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())}, place BIGINT)")
        for part in self.engine.parts.all():
            self.engine.parts.choose(part)
            self._load()
            for first, last in self.ranges():
                days += self._range(first, last)
        self.engine.parts.choose(None)
        ordered = f"SELECT {', '.join(COLUMNS)} FROM replayed ORDER BY place, kind"
        self.con.execute(f"COPY ({ordered}) TO {quote(path)} (FORMAT parquet, COMPRESSION zstd)")
        return int(self.con.execute("SELECT count(*) FROM people").fetchall()[0][0]), days

    def _typed(self, where: str = "") -> str:
        """The usable facts, typed."""
        return f"(SELECT * FROM ({self.engine.typed.select(list(self.engine.features.carried), 'part_facts')}) WHERE reason IS NULL{where})"

    def _learn(self) -> None:
        """Who was born when."""
        if not self.con.execute("SELECT count(*) FROM people").fetchall()[0][0]:
            raise NothingToAssess("There is no patient in the input.")
        ages = self.con.execute("SELECT DISTINCT birth_date, age_years, age_months FROM placed").fetchall()
        names, as_of = ("birth_date", "age_years", "age_months"), self.engine.typed.as_of
        born = ((texts, read_patient(dict(zip(names, texts, strict=True)), self.engine.words, as_of).born) for texts in ages)
        self.engine.database.fill("born_words", {"birth": "VARCHAR", "years": "VARCHAR", "months": "VARCHAR", "born_lo": "BIGINT", "born_hi": "BIGINT"},
                                  ((*texts, *((day_number(day) for day in days) if days else (None, None))) for texts, days in born))  # fmt: skip
        self.con.execute("""CREATE OR REPLACE TEMP TABLE replay_born AS SELECT p.place, b.born_lo, b.born_hi FROM placed p
JOIN born_words b ON b.birth = p.birth_date AND b.years = p.age_years AND b.months = p.age_months""")

    def _load(self) -> None:
        """How many facts and which days each person of the part at hand has."""
        self.con.execute(f"""CREATE OR REPLACE TEMP TABLE replay_load AS SELECT p.patient_id, p.place, f.facts, f.days
FROM part_people p JOIN (SELECT patient_id, count(*) AS facts, list_sort(list(DISTINCT start)) AS days FROM {self._typed()} GROUP BY 1) f USING (patient_id)""")

    def ranges(self) -> Iterator[tuple[int, int]]:
        """Ranges of places, each with as many facts times days as are held at once; a person is never divided."""
        total = f"CAST(sum(facts * len(days)) OVER (ORDER BY place) / {self.at_a_time} AS BIGINT)"
        yield from self.con.execute(f"SELECT min(place), max(place) FROM (SELECT place, {total} AS part FROM replay_load) GROUP BY part ORDER BY 1").fetchall()

    def _range(self, first: int, last: int) -> int:
        """Replay the people of some places into the table; the number of days judged."""
        con, here = self.con, f"place BETWEEN {first} AND {last}"
        kinds = " ".join(f"WHEN key IN ({self._keys(call)}) THEN {number}" for number, call in enumerate(self.calls, 1))
        results = self._results()
        answering = f"CASE WHEN dated AND (present OR key IN ({results})) THEN CASE {kinds} ELSE 0 END ELSE 0 END"
        con.execute(f"CREATE OR REPLACE TEMP TABLE replay_facts AS SELECT *, {answering} AS answers FROM "
                    f"{self._typed(f' AND patient_id IN (SELECT patient_id FROM replay_load WHERE {here})')}")  # fmt: skip
        # one row for the whole record of a day, and one for each call answered that day, without the answer
        con.execute(f"""CREATE OR REPLACE TEMP TABLE replay_days AS SELECT row_number() OVER () AS visit, * FROM (
SELECT patient_id, place, unnest(days) AS {DAY}, 0 AS without FROM replay_load WHERE {here}
UNION ALL SELECT DISTINCT f.patient_id, l.place, f.start, f.answers FROM replay_facts f JOIN replay_load l USING (patient_id) WHERE f.answers > 0)""")
        months = {name: completed_months(f"({EPOCH} + {born}::INT)", f"({EPOCH} + d.{DAY}::INT)") for name, born in
                  (("months_lo", f"least(b.born_hi, d.{DAY})"), ("months_hi", "b.born_lo"))}  # fmt: skip
        known = f"b.born_lo <= d.{DAY}"
        con.execute(f"""CREATE OR REPLACE TEMP TABLE replay_people AS SELECT p.* REPLACE (d.visit AS patient_id,
  CASE WHEN {known} THEN {months['months_lo']} END::DOUBLE AS months_lo, CASE WHEN {known} THEN {months['months_hi']} END::DOUBLE AS months_hi,
  CASE WHEN {known} THEN {months['months_lo']} // 12 END::DOUBLE AS years_lo, CASE WHEN {known} THEN {months['months_hi']} // 12 END::DOUBLE AS years_hi),
  p.patient_id AS person, d.{DAY}, d.without
FROM replay_days d JOIN people p USING (patient_id) JOIN replay_born b ON b.place = p.place""")
        facts = (f"(SELECT f.* EXCLUDE (answers) REPLACE (d.visit AS patient_id), d.{DAY} FROM replay_facts f JOIN replay_days d ON d.patient_id = f.patient_id "
                 f"AND f.start <= d.{DAY} AND NOT (d.without > 0 AND f.answers = d.without AND f.start = d.{DAY}))")  # fmt: skip
        source = nested(self.engine.expressions, self.engine.features.over(facts, "replay_people"))
        called = ", ".join(f"{self._called(call)} AS calls_{number}" for number, call in enumerate(self.calls, 1))
        con.execute(f"CREATE OR REPLACE TEMP TABLE replay_looks AS SELECT person, place, {DAY}, without, {called} FROM ({source})")
        for number, call in enumerate(self.calls, 1):
            con.execute(self._summary(number, call))
        return int(con.execute("SELECT count(*) FROM replay_days WHERE without = 0").fetchall()[0][0])

    def _called(self, call: Call) -> str:
        return certainty(disjunction(self.engine.expressions.column(truth_name(*row)) for row in call.rows)).text

    def _keys(self, call: Call) -> str:
        return ", ".join(str(self.engine.typed.keys[concept]) for concept in sorted(call.answered_by))

    def _results(self) -> str:
        concepts = self.engine.words.knowledge.concepts
        keys = [self.engine.typed.keys[id] for call in self.calls for id in sorted(call.answered_by) if concepts[id].is_result]
        return ", ".join(map(str, keys)) or "NULL"

    def _summary(self, number: int, call: Call) -> str:
        """One row for each person whose record made a kind of call."""
        as_of = day_number(self.engine.typed.as_of)
        return f"""INSERT INTO replayed
WITH done AS (SELECT person, place, {DAY} FROM replay_looks WHERE without = {number}),
called AS (SELECT l.person, l.place, l.{DAY} FROM replay_looks l LEFT JOIN done d ON d.place = l.place AND d.{DAY} = l.{DAY}
  WHERE calls_{number} AND l.without = CASE WHEN d.place IS NULL THEN 0 ELSE {number} END),
first AS (SELECT any_value(person) AS person, place, min({DAY}) AS called FROM called GROUP BY place),
met AS (SELECT f.person, f.place, f.called, min(d.{DAY}) AS happened FROM first f LEFT JOIN done d ON d.place = f.place AND d.{DAY} >= f.called GROUP BY ALL),
missed AS (SELECT m.place, count(*) AS chances FROM met m JOIN called c ON c.place = m.place AND c.{DAY} > m.called
  WHERE m.happened IS NULL OR c.{DAY} < m.happened GROUP BY m.place)
SELECT m.person, {quote(call.kind)}, {EPOCH} + m.called::INT, {EPOCH} + m.happened::INT, CASE WHEN m.happened IS NULL THEN {EPOCH} + {as_of} END,
  COALESCE(m.happened, {as_of}) - m.called, m.happened IS NOT NULL, COALESCE(c.chances, 0), m.place
FROM met m LEFT JOIN missed c USING (place)"""
