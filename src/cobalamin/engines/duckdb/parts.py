"""A population in parts of patients, so that memory stays flat however many there are: `part_people` and `part_facts` are the part at hand.

Where the file of facts keeps the facts of a patient together, a part reads only its own row groups; otherwise the facts are first laid out by part
on disk, once.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from cobalamin.records.opened import Opened
from cobalamin.records.sql_text import quote

SIZE = 2 * 122_880
"""Patients of one part: two row groups of the file that is written."""
SMALLEST, MEMORY_OF_ONE = 20_480, 14_000
"""Where memory is short a part is a multiple of this many people, each of whom takes about so many bytes while a part is written."""
UNITS = {unit: 1 << (10 * power) for power, unit in enumerate(("bytes", "KiB", "MiB", "GiB", "TiB"))}
SPREAD = 2
"""Reading up to so many times the row groups there are costs less than laying the facts out by part."""


def memory_of(con: duckdb.DuckDBPyConnection) -> int:
    """The bytes of memory a database may use."""
    number, unit = con.execute("SELECT current_setting('memory_limit')").fetchall()[0][0].split()
    return int(float(number) * UNITS[unit])


def fitting_size(con: duckdb.DuckDBPyConnection) -> int:
    """The people of one part that the memory allowed has room for."""
    return min(SIZE, max(1, memory_of(con) // MEMORY_OF_ONE // SMALLEST) * SMALLEST)


@dataclass(frozen=True)
class Part:
    """Some of the patients: those from one place to another, whose ids lie between two texts."""

    number: int
    people: int
    lowest: str
    highest: str


class Parts:
    """The parts of a population, and the views of the one at hand; everybody until one is chosen."""

    def __init__(self, con: duckdb.DuckDBPyConnection, opened: Opened, scratch: Path | None, size: int = SIZE):
        self.con, self.opened, self.scratch, self.size = con, opened, scratch, size
        self.laid_out: Path | None = None
        self.choose(None)

    def all(self) -> list[Part]:
        """Every part, in the order of the patients."""
        found = self.con.execute(f"SELECT {self._number()} AS part, count(*), min(patient_id), max(patient_id) FROM people GROUP BY part ORDER BY part")
        parts = [Part(*row) for row in found.fetchall()]
        if len(parts) > 1 and not self._together(parts):
            self._lay_out()
        return parts

    def choose(self, part: Part | None) -> None:
        """Make `part_people` and `part_facts` the people and facts of one part, or of everybody."""
        people, facts = "people", "SELECT * FROM raw_facts"
        if part is not None:
            people = f"people WHERE place > {part.number * self.size} AND place <= {(part.number + 1) * self.size}"
            facts += f" WHERE patient_id BETWEEN {quote(part.lowest)} AND {quote(part.highest)}"
            if self.laid_out is not None:
                files = sorted(self.laid_out.glob(f"part={part.number}/*.parquet"))
                named = ", ".join(quote(file) for file in files)
                facts = f"SELECT * FROM read_parquet([{named}], hive_partitioning=false)" if files else "SELECT * FROM raw_facts WHERE FALSE"
        self.con.execute(f"CREATE OR REPLACE TEMP VIEW part_people AS SELECT * FROM {people}")
        self.con.execute(f"CREATE OR REPLACE TEMP VIEW part_facts AS {facts}")

    def facts_of_people(self) -> int:
        """How many facts of the part at hand are of people we know."""
        return int(self.con.execute("SELECT count(*) FROM part_facts f SEMI JOIN part_people p ON p.patient_id = f.patient_id").fetchall()[0][0])

    def _number(self) -> str:
        return f"((place - 1) // {self.size})::INTEGER"

    def _together(self, parts: list[Part]) -> bool:
        """Whether the ids of the row groups of the file of facts tell which part they belong to."""
        if self.opened.facts_file is None:
            return False
        # where every id is missing nothing is anybody's
        groups = self.con.execute(f"SELECT stats_min_value, stats_max_value FROM parquet_metadata({quote(self.opened.facts_file)}) "
                                  "WHERE path_in_schema = 'patient_id' AND type = 'BYTE_ARRAY' AND stats_null_count IS DISTINCT FROM num_values").fetchall()  # fmt: skip
        if not groups or any(low is None or high is None for low, high in groups):
            return False
        read = sum(part.lowest <= high and low <= part.highest for part in parts for low, high in groups)
        return bool(read <= SPREAD * (len(groups) + len(parts)))

    def _lay_out(self) -> None:
        if self.scratch is None:
            raise ValueError("facts that are not kept by patient need room on disk")
        self.laid_out = self.scratch / "facts-by-part"
        self.con.execute(f"COPY (SELECT f.*, {self._number()} AS part FROM raw_facts f JOIN people p ON p.patient_id = f.patient_id) "
                         f"TO {quote(self.laid_out)} (FORMAT parquet, PARTITION_BY (part))")  # fmt: skip
