"""Assessing on Spark: tables of a session of the user's, or any source in a session on this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.assessing import checked_day, checked_guideline
from cobalamin.errors import UsageError
from cobalamin.records.folder import TableFiles
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.load import load

if TYPE_CHECKING:
    import duckdb
    from pyspark.sql import DataFrame, SparkSession

    from cobalamin.engines.spark.engine import SparkEngine
    from cobalamin.records.opened import Opened

Reading = Callable[[], "AbstractContextManager[tuple[duckdb.DuckDBPyConnection, Opened]]"]
"""How a source that Spark cannot read becomes relations of DuckDB."""


@dataclass(frozen=True)
class SparkRun:
    """What one run on Spark rests on; without a session one is started here, with its files in *scratch*."""

    knowledge: Knowledge
    as_of: str
    guideline: str
    scratch: Path
    session: SparkSession | None = None
    memory_limit: str = ""
    threads: int = 0

    @contextmanager
    def engine(self, files: TableFiles | None, reading: Reading) -> Iterator[SparkEngine]:
        """An engine over a source: Spark reads *files* itself where all of them are Parquet, DuckDB reads the rest before."""
        from cobalamin.engines.spark.session import local_session, on_this_machine, refused

        started = nullcontext(self.session) if self.session else local_session(self.scratch, self.memory_limit, self.threads)
        with started as session, refused():
            from cobalamin.engines.spark.database import SparkDatabase
            from cobalamin.engines.spark.engine import SparkEngine
            from cobalamin.engines.spark.source import open_copies, open_tables

            database = SparkDatabase(session)
            try:
                if files and files.only_parquet:
                    opened = open_tables(database, list(files.patients) or None, list(files.facts) or None)
                    opened.notices[:0] = files.notices
                elif on_this_machine(session):
                    with reading() as (con, read):
                        opened = open_copies(database, con, read, self.scratch)
                else:
                    raise UsageError("A cluster reads Parquet; give a folder of Parquet it can reach, or DataFrames with cobalamin.assess_tables.")
                yield SparkEngine(self.knowledge, self.as_of, self.guideline, database, opened)
            finally:
                database.close()


def assess_tables(session: SparkSession, patients: DataFrame | str | None, facts: DataFrame | str | None, *, as_of: str | None = None,
                  guideline: str | None = None, guideline_files: Iterable[str | Path] = (), full_trace: bool = False) -> DataFrame:  # fmt: skip
    """Assess everybody in two tables with Spark: DataFrames, or addresses of Parquet. Returns one row a patient, to be written wherever it should go.

    The tables hold the columns of patients and of facts; without *patients* whoever has a fact is one. Distinct texts are collected while this runs;
    the assessment itself runs when the DataFrame is used. With *full_trace* the trace holds every rule with what it looked at, otherwise rules by table.
    """
    from cobalamin.engines.spark.database import SparkDatabase
    from cobalamin.engines.spark.engine import PLACE, SparkEngine
    from cobalamin.engines.spark.source import open_tables

    knowledge = load(extra=tuple(Path(file) for file in guideline_files))
    database = SparkDatabase(session)
    opened = open_tables(database, patients, facts)
    engine = SparkEngine(knowledge, checked_day(as_of), checked_guideline(knowledge, guideline), database, opened)
    return engine.assessments(full_trace).drop(PLACE)
