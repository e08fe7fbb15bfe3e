"""One run over a source: which engine, where the answers go, and the account of every row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from cobalamin.assessing import checked_day, checked_guideline, memory_engine, understood
from cobalamin.errors import InputError, NothingToAssess, UsageError, nearest
from cobalamin.model.account import Account
from cobalamin.records import tables
from cobalamin.records.case import read_cases, text_of
from cobalamin.records.fhir import reader as fhir
from cobalamin.records.fhir.files import is_small
from cobalamin.records.folder import table_files
from cobalamin.records.opened import scratch_folder
from cobalamin.records.rows import cases_of_tables
from cobalamin.records.source import Input, reader_of
from cobalamin.records.unit_sense import assume, assumed_case, checked_units, notices_of
from cobalamin.records.words import Words
from cobalamin.rules.load import load

if TYPE_CHECKING:
    import duckdb
    from pyspark.sql import SparkSession

    from cobalamin.engines.duckdb.engine import DuckDBEngine, Progress
    from cobalamin.engines.spark.engine import SparkEngine
    from cobalamin.records.opened import Opened

ENGINES = ("auto", "memory", "duckdb", "spark")
Source = str | Path | Mapping[str, Any] | Iterable[Mapping[str, Any]]
PRIMES = 3
"""An id that repeats more often gets a number behind its prime, or it would grow without end."""
NEEDS_DUCKDB = "This needs DuckDB: pip install 'cobalamin[population]'."


def cases_of(source: Source) -> Iterator[Mapping[str, Any]]:
    """The cases of a source of cases, each with an id of its own: a missing one is numbered, a repeated one gets a prime."""
    if isinstance(source, Mapping):
        source = [source]
    found = read_cases(Path(source)) if isinstance(source, (str, Path)) else iter(source)
    seen: Counter[str] = Counter()
    for number, case in enumerate(found, 1):
        if not isinstance(case, Mapping):
            raise InputError("A case is a JSON object with patient columns and a list called facts.")
        if "resourceType" in case:
            raise InputError("This is a FHIR resource among cases: give the resources as one Bundle, to the memory engine, or write them to a file.")
        facts = case.get("facts")
        if facts is not None and not isinstance(facts, list):
            raise InputError("`facts` of a case must be a list of facts.")
        id = text_of(case.get("patient_id")).strip() or f"case {number}"
        base = id
        while id in seen:
            seen[base] += 1
            id = base + ("'" * seen[base] if seen[base] <= PRIMES else f"'{seen[base]}")
        seen[id] = 0
        yield {**case, "patient_id": id}


class Run:
    """A source to be assessed on a day under a guideline by an engine."""

    def __init__(self, source: Source, *, as_of: str | None = None, guideline: str | None = None, engine: str = "auto",
                 guideline_files: Iterable[str | Path] = (), memory_limit: str = "", threads: int = 0, mapping: Path | None = None,
                 assume_units: Iterable[str] = (), part_size: int = 0, spark: SparkSession | None = None):  # fmt: skip
        self.source, self.files = source, tuple(Path(file) for file in guideline_files)
        self.knowledge = load(extra=self.files)
        self.as_of, self.guideline = checked_day(as_of), checked_guideline(self.knowledge, guideline)
        if engine not in ENGINES:
            raise UsageError(f"There is no engine '{engine}'; there are {', '.join(ENGINES)}. {nearest(engine, ENGINES)}")
        self.reader = reader_of(str(source), mapping is not None) if isinstance(source, (str, Path)) else None
        self.mapping = mapping
        self.assumed = checked_units(assume_units, self.words) if assume_units else {}
        in_memory = self.of_cases or not find_spec("duckdb") or (self._of_resources and is_small(Path(str(source))))
        self.engine = engine if engine != "auto" else "memory" if in_memory else "duckdb"
        self.memory_limit, self.threads, self.part_size, self.spark = memory_limit, threads, part_size, spark
        self.would_change = False
        """Whether the memory engine says for each person what would change the answer; it costs many times the assessment."""
        self.notices: list[str] = []

    @cached_property
    def words(self) -> Words:
        """What texts and codes mean, remembered for every reading of this run."""
        return Words(self.knowledge)

    @property
    def of_cases(self) -> bool:
        """Whether the source is cases (a file of cases, or cases in memory) rather than something read in bulk."""
        return self.reader is None

    @property
    def of_few(self) -> bool:
        """Whether the source is a few people whose pages can be printed: cases, or a Bundle of FHIR."""
        return self.of_cases or Path(str(self.source)).name.lower().removesuffix(".gz").endswith(".json")

    @cached_property
    def _of_resources(self) -> bool:
        """Whether the source is FHIR that can be held in memory: a Bundle or a resource, in memory or in one file."""
        if isinstance(self.source, Mapping):
            return "resourceType" in self.source
        return self.reader is fhir and fhir.is_whole(str(self.source))

    @property
    def files_read(self) -> list[Path]:
        """The files of the source; none for cases in memory and for a database."""
        if self.reader:
            return self.reader.files(str(self.source))
        return [Path(self.source)] if isinstance(self.source, (str, Path)) else []

    def _with_mapping(self, files: list[Path]) -> list[Path]:
        return [*files, self.mapping] if self.mapping else files

    def reads(self, path: Path) -> bool:
        """Whether *path* is a file of the input."""
        return path.exists() and any(file.samefile(path) for file in self._with_mapping(self.files_read) if file.exists())

    def only(self, patient_id: str) -> Run:
        """The run over one person of this one's source."""
        return Run(one_patient(self, patient_id), as_of=self.as_of, guideline=self.guideline, guideline_files=self.files)

    def rows(self, account: Account) -> Iterator[dict[str, Any]]:
        """Every assessment as plain data, in the order of the source; the account is complete at the end."""
        with scratch_folder() as folder:
            run = {"memory": self._memory_rows, "duckdb": self._duckdb_rows, "spark": self._spark_rows}[self.engine]
            yield from run(account, Path(folder))

    def cases(self, account: Account, scratch: Path) -> Iterator[Mapping[str, Any]]:
        """Everybody as a case, for the memory engine; rows that are nobody's go to the account."""
        if self._of_resources:
            from cobalamin.records.fhir.resources import people_of, resources_in

            held = self.source if isinstance(self.source, Mapping) else resources_in(Path(str(self.source)))
            read = people_of([held], self.words, self.as_of)
            account.take(read.account)
            self.notices += read.notices
            yield from self._assumed(iter(read.people.values()))
            return
        if not self.of_cases:
            path = Path(str(self.source))
            if self.reader is not tables or table_files(path).holds_parquet:
                raise UsageError("The memory engine reads CSV tables, cases and a FHIR Bundle (.json); for everything else use --engine duckdb.")
            yield from self._assumed(cases_of_tables(path, scratch, account, self.notices))
            return
        for case in self._assumed(cases_of(self.source)):
            account.patients_read += 1
            account.patients_used += 1
            account.facts_read += len(case.get("facts") or [])
            yield case

    def _assumed(self, cases: Iterator[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
        return (assumed_case(case, self.assumed, self.words) for case in cases) if self.assumed else cases

    def _memory_rows(self, account: Account, scratch: Path) -> Iterator[dict[str, Any]]:
        engine = memory_engine(self.as_of, self.guideline, self.files)
        for case in self.cases(account, scratch):
            yield engine.assess(understood(case, engine, account), self.would_change).to_dict()
        if not account.patients_used:
            raise NothingToAssess("There is no patient in the input.")

    @contextmanager
    def opened(self, scratch: Path, asked: Collection[str] = (), day: str = "") -> Iterator[DuckDBEngine]:
        """A DuckDB engine over the source, with the stages *asked* for; what DuckDB cannot do is an error that repeats nothing of the data."""
        with self._read(scratch) as (con, opened):
            from cobalamin.engines.duckdb.engine import DuckDBEngine

            engine = DuckDBEngine(self.knowledge, self.as_of, self.guideline, con, opened, self.words, asked, scratch, self.part_size, day)
            self.notices = opened.notices + notices_of(con, engine.typed.pairs, self.words)
            yield engine

    @contextmanager
    def _read(self, scratch: Path) -> Iterator[tuple[duckdb.DuckDBPyConnection, Opened]]:
        """The source as relations of DuckDB."""
        if not find_spec("duckdb"):
            raise UsageError(NEEDS_DUCKDB)
        import duckdb

        from cobalamin.engines.duckdb.engine import connect

        con = connect(self.memory_limit, self.threads, scratch)
        before = self._states()
        try:
            source = Input(str(self.source), scratch, self.mapping, self.as_of)
            opened = self.reader.open_source(con, source, self.words) if self.reader else tables.open_cases(con, cases_of(self.source), scratch)
            if self.assumed:
                assume(con, self.assumed, self.words)
            self.notices = opened.notices
            yield con, opened
            self._refuse_changes(before)
        except duckdb.OutOfMemoryException:
            raise InputError("The memory allowed is not enough for this input; allow more, or free some disk for temporary files.") from None
        except duckdb.IOException:
            self._refuse_changes(before)
            raise InputError("A file is damaged, or there is no room on the disk for the answers or for temporary files.") from None
        except duckdb.Error as error:
            raise InputError(f"The input cannot be read: DuckDB ended with {type(error).__name__}.") from None
        finally:
            con.close()

    def _states(self) -> dict[Path, tuple[int, int]]:
        """Size and time of every file that is read."""
        files = self.files_read if self.reader else []
        return {file: (held.st_size, held.st_mtime_ns) for file in files if file.exists() and (held := file.stat())}

    def _refuse_changes(self, before: Mapping[Path, tuple[int, int]]) -> None:
        """Refuse an answer over files that are no longer what they were when reading began."""
        for file, state in before.items():
            try:
                held = file.stat()
            except OSError:
                held = None
            if held is None or (held.st_size, held.st_mtime_ns) != state:
                raise InputError(f"{file.name} changed or vanished while it was read; run again when nobody writes to it.")

    @contextmanager
    def on_spark(self, scratch: Path) -> Iterator[SparkEngine]:
        """A Spark engine over the source, in the session given or in one on this machine."""
        from cobalamin.spark import SparkRun

        run = SparkRun(self.knowledge, self.as_of, self.guideline, scratch, self.spark, self.memory_limit, self.threads)
        files = table_files(Path(str(self.source))) if self.reader is tables and not self.assumed else None
        with run.engine(files, lambda: self._read(scratch)) as engine:
            self.notices = engine.opened.notices
            yield engine

    def _spark_rows(self, account: Account, scratch: Path) -> Iterator[dict[str, Any]]:
        with self.on_spark(scratch) as engine:
            yield from engine.rows(account)

    def write_on_spark(self, folder: Path) -> Account:
        """Assess everybody with Spark into a folder of Parquet."""
        with scratch_folder() as scratch, self.on_spark(Path(scratch)) as engine:
            return engine.write(folder)

    def _duckdb_rows(self, account: Account, scratch: Path) -> Iterator[dict[str, Any]]:
        with self.opened(scratch) as engine:
            target = scratch / "assessments.parquet"
            account.take(engine.write(target, full_trace=True))
            yield from engine.read(target)

    def write(self, target: Path, format: str, *, kept: Path | None = None, resume: bool = False, progress: Progress | None = None) -> Account:
        """Assess everybody with DuckDB into *target* (parquet, jsonl or csv), part by part.

        Finished parts stand in the folder *kept*, which is the caller's to remove when the answers are where they belong; with *resume*
        those of an earlier run over the same input are not repeated.
        """
        from cobalamin.engines.duckdb.kept import KeptParts

        with scratch_folder() as folder, self.opened(Path(folder)) as engine:
            parts = KeptParts(kept or Path(folder) / "parts", self._made_from(format, engine.parts.size), resume)
            if parts.notice:
                self.notices = [*self.notices, parts.notice]
            parquet = target if format == "parquet" else Path(folder) / "assessments.parquet"
            try:
                account = engine.write_parts(parquet, format == "jsonl", parts, progress)
                engine.convert(parquet, target, format)
            except BaseException:
                parts.remove_unfinished()
                raise
            return account

    def _made_from(self, format: str, part_size: int) -> dict[str, Any]:
        """What finished parts depend on: another file, rule, day or guideline makes other answers."""
        files = self.files_read
        seen = [(str(file.resolve()), file.stat().st_size, file.stat().st_mtime_ns) for file in self._with_mapping(files) if file.is_file()]
        # what stands in no file, as a live database, may have changed unseen
        return {"the input": seen if files else uuid4().hex, "the knowledge": self.knowledge.version, "the day": self.as_of, "the guideline": self.guideline,
                "the units assumed": str(self.assumed), "the size of a part": part_size, "the trace": "whole" if format == "jsonl" else "by table"}  # fmt: skip


def one_patient(run: Run, patient_id: str) -> dict[str, Any]:
    """One person of a table as a case, facts as the table prints them."""
    with scratch_folder() as folder:
        if run.of_cases or run.engine == "memory":
            found = _named(run.cases(Account(), Path(folder)), patient_id)
        else:
            with run.opened(Path(folder)) as engine:
                found = engine.case(patient_id)
    if found is None:
        raise UsageError("Nobody in the input has the id given with --patient.")
    return dict(found)


def _named(cases: Iterable[Mapping[str, Any]], patient_id: str) -> Mapping[str, Any] | None:
    return next((case for case in cases if case["patient_id"] == patient_id.strip()), None)


def assess_all(source: Source, *, as_of: str | None = None, guideline: str | None = None, engine: str = "auto",
               guideline_files: Iterable[str | Path] = (), account: Account | None = None, spark: SparkSession | None = None) -> Iterator[dict[str, Any]]:  # fmt: skip
    """Assess everybody in a source: a file or list of cases, a folder of `patients` and `facts`, or a facts file.

    Yields one assessment a person as plain data, in the order of the source. *account*, when given, is filled with where
    every row went. *engine* is `memory`, `duckdb`, `spark` or `auto` (memory for cases, DuckDB for tables when it is installed);
    *spark* is the session Spark runs in, one on this machine when none is given.
    """
    run = Run(source, as_of=as_of, guideline=guideline, engine=engine, guideline_files=guideline_files, spark=spark)
    yield from run.rows(account if account is not None else Account())

