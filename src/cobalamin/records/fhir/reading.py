"""One run over FHIR, everything in bulk.

Each type of resource is one pass over its files with the columns its view touches. Resources whose codes the pathway does not know
lose everything else at once; the rest become rows, and what their codings name is asked once for each distinct list of codings.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cobalamin.errors import InputError, NothingToAssess
from cobalamin.model.account import SourceRows
from cobalamin.records.columns import COLUMNS as COLUMNS_OF
from cobalamin.records.columns import FACTS as FACT_COLUMNS
from cobalamin.records.database import DuckDBDatabase
from cobalamin.records.fhir.coding import BETWEEN, Codings, cases, closed_codes, known_units
from cobalamin.records.fhir.facts import DRUGS, KEY, LOOKED_UP, NO_PATIENT, NO_RESOURCE, TYPES, is_type, rows_of
from cobalamin.records.fhir.files import LONGEST_LINE, checked, fhir_files, first_type, is_damaged, unbundle, unmarked
from cobalamin.records.fhir.shape import r4
from cobalamin.records.fhir.sources import source_of
from cobalamin.records.fhir.steps import begins, real
from cobalamin.records.fhir.view import CompiledView, branches, compile_view, shipped
from cobalamin.records.opened import Opened
from cobalamin.records.sql_text import quote, quoted

if TYPE_CHECKING:
    import duckdb

    from cobalamin.records.source import Input
    from cobalamin.records.words import Words



def read(con: duckdb.DuckDBPyConnection, source: Input, words: Words) -> Opened:
    """Open FHIR as `raw_facts` and `raw_patients`."""
    import duckdb

    reading = _Reading(con, source, words)
    try:
        return reading.run()
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        named = next((file.name for file in (*reading.files.lines, *reading.files.whole) if str(file) in str(error)), "")
        if not named:
            raise
        raise InputError(_trouble(named, str(error))) from None


def _trouble(name: str, said: str) -> str:
    """What DuckDB could not do with a file, without what it says of its content."""
    if "GZIP" in said or "gzip" in said:
        return f"{name} ends too early: it was cut off on its way. Export or copy it again; nothing was assessed."
    if "maximum_object_size" in said:
        return f"{name} holds a line longer than {LONGEST_LINE // 1_000_000} MB, which is no resource that can be read; nothing was assessed."
    return f"{name} cannot be read; nothing was assessed."


def compiled(view: Mapping[str, Any]) -> CompiledView:
    return compile_view(view, r4())


def view_of(resource: str) -> CompiledView:
    """The view shipped for a type of resource, compiled."""
    return compiled(shipped(resource))


def _scanned(profile: Mapping[str, Any]) -> int | None:
    """The rows that the reader of JSON gave in a profile of DuckDB; None when the profile is of another form."""
    found = [int(profile["rows_scanned"])] if profile.get("type") == "TABLE_SCAN" and profile.get("extra_info", {}).get("Function") == "READ_JSON" else []
    found += [number for child in (*profile.get("children", ()), *profile.get("operator", ())) if (number := _scanned(child)) is not None]
    return sum(found) if found else None


class _Reading:
    """One run over one source: a pass for each type over the files that hold it, each pass into one file of facts."""

    def __init__(self, con: duckdb.DuckDBPyConnection, source: Input, words: Words):
        self.con, self.scratch, self.words, self.how, self.as_of = con, source.scratch, words, words.knowledge.fhir, source.as_of
        self.files = fhir_files(source.source)
        self.opened = Opened({column: "DATE" if column in ("date", "end") else "VARCHAR" for column in FACT_COLUMNS}, False)
        self.judged: list[str] = []
        self.passes = 0
        self.units = known_units(words)

    def run(self) -> Opened:
        self.con.execute("CREATE OR REPLACE TEMP TABLE people_read (id VARCHAR, sex VARCHAR, birth_date VARCHAR, dead BOOLEAN)")
        self.con.execute("CREATE OR REPLACE TEMP TABLE drugs_read (id VARCHAR, key VARCHAR)")
        self.con.execute("CREATE OR REPLACE TEMP TABLE aliases (kind VARCHAR, said VARCHAR, id VARCHAR)")
        self.con.execute("CREATE OR REPLACE TEMP VIEW the_dead AS SELECT id FROM people_read WHERE id IS NOT NULL GROUP BY id HAVING bool_and(dead)")
        groups = self._groups()
        bundled = self._unbundled()
        for kind in TYPES:
            if kind in bundled:
                self._pass(kind, [], True)
            if kind in groups:
                self._pass(kind, groups[kind], True)
        self._people()
        self._facts()
        return self.opened

    def _groups(self) -> dict[str, list[Path]]:
        """The files of lines by the type they begin with; files of types nobody asks about are named and not read."""
        groups: dict[str, list[Path]] = {}
        passed = []
        for file in self.files.lines:
            kind = first_type(checked(file))
            if kind and kind not in TYPES:
                passed.append(file.name)
                continue
            # a file that begins with a broken line is read for what its name says
            kind = kind or next((name for name in TYPES if re.search(rf"(?<![A-Za-z]){name}(?![A-Za-z])", file.name)), "Observation")
            groups.setdefault(kind, []).append(unmarked(file, self.scratch))
        if passed:
            self.opened.notices.append(f"Not read, as their resources say nothing the pathway asks about: {', '.join(passed)}.")
        return groups

    def _unbundled(self) -> set[str]:
        """Take Bundles apart; the types found in them."""
        if not self.files.whole:
            return set()
        broken = unbundle(self.con, self.files.whole, self.scratch)
        if broken:
            self._count("Bundle", broken).set_aside["unreadable_row"] += broken
        kinds = dict(self.con.execute("SELECT COALESCE(kind, ''), count(*) FROM entries GROUP BY 1").fetchall())
        self._others({kind: number for kind, number in kinds.items() if kind not in TYPES})
        # what an entry is called inside its Bundle may not be its id
        self.con.execute("""INSERT INTO aliases SELECT DISTINCT kind, said, id FROM (
  SELECT kind, regexp_extract(url, '[^:]+$') AS said, from_json(resource, '{"id": "VARCHAR"}').id AS id FROM entries
  WHERE kind IN ('Patient', 'Medication') AND starts_with(url, 'urn:')
) WHERE id <> said""")
        return set(kinds)

    def _count(self, part: str, read: int) -> SourceRows:
        rows = self.opened.sources.setdefault(part, SourceRows())
        rows.read += read
        return rows

    def _others(self, kinds: dict[str, int]) -> None:
        """Resources of types nobody asks about are not ours; what is no resource cannot be read."""
        for kind, number in sorted(kinds.items(), key=lambda pair: (is_type(pair[0]), pair[0])):
            if is_type(kind):
                self._count(kind, number).not_ours += number
            else:
                self._count(NO_RESOURCE, number).set_aside["unreadable_row"] += number

    def _pass(self, kind: str, files: list[Path], first: bool) -> None:
        """Read everything of one type in *files* (in the Bundles without them); in the *first* pass over files other types are looked for."""
        self.passes += 1
        rows, view = self.scratch / f"fhir-{self.passes}.parquet", view_of(kind)
        main, *nested = map(compiled, branches(shipped(kind)))
        source = source_of(view, files, self._ours(kind))
        carried = ", kind"
        if nested:
            # the parts of a resource are rows of their own: what they are made of goes along once
            parts = ", ".join(f"{quoted(name)} := {quoted(name)}" for name in nested[0].shape.asked)
            source, carried = f"SELECT *, CASE WHEN component IS NOT NULL THEN struct_pack({parts}) END AS again FROM ({source})", ", kind, again"
        selected = main.over(f"({source})", carried)
        read = self._scan(rows, selected if kind in LOOKED_UP else self._rows_of(kind, selected, carried), kind, files)
        kinds = {name: number for name, number in self._by_kind(rows).items() if name != kind}
        if files and first:
            self._others({other: number for other, number in kinds.items() if other not in TYPES})
            if kinds.get(""):
                self._look_for_damage(files)
            for other in sorted(set(kinds) & set(TYPES), key=TYPES.index):
                self._pass(other, files, False)
        mine, number = f"(SELECT * FROM read_parquet({quote(rows)}) WHERE kind = {quote(kind)})", read - sum(kinds.values())
        if kind == "Patient":
            self._patients(mine)
        elif kind == "Medication":
            self.con.execute(f"INSERT INTO drugs_read SELECT id, {KEY} FROM {mine}")
            self._count(kind, number).used += number
        else:
            self._judge(kind, mine, number)
            if nested:
                inside = self.scratch / f"fhir-{self.passes}-parts.parquet"
                again = nested[0].over(f"(SELECT unnest(again) FROM {mine} WHERE again IS NOT NULL)")
                self.con.execute(f"COPY ({self._rows_of(kind, again, '')}) TO {quote(inside)} (FORMAT parquet)")
                made = f"read_parquet({quote(inside)})"
                if parts_read := self.con.execute(f"SELECT count(*) FROM {made}").fetchall()[0][0]:
                    self._judge(f"{kind}.component", made, parts_read)

    def _rows_of(self, kind: str, view: str, carried: str) -> str:
        person = "patient"
        if self.con.execute("SELECT count(*) FROM aliases WHERE kind = 'Patient'").fetchall()[0][0]:
            person = "COALESCE((SELECT min(a.id) FROM aliases a WHERE a.kind = 'Patient' AND a.said = patient), patient)"
        rows = rows_of(kind, view, self.how, self.units, carried, person)
        if kind in DRUGS:
            # the codings of the Medication an order names, where it has none of its own
            drug = "COALESCE((SELECT min(a.id) FROM aliases a WHERE a.kind = 'Medication' AND a.said = r.medication), r.medication)"
            rows = (f"SELECT r.* REPLACE (COALESCE(m.key, r.key) AS key) FROM ({rows}) r LEFT JOIN (SELECT DISTINCT ON (id) * FROM drugs_read WHERE id IS NOT NULL) m "
                    f"ON m.id = {drug} AND r.key = {quote(BETWEEN * 3)}")  # fmt: skip
        return rows

    def _scan(self, rows: Path, select: str, kind: str, files: list[Path]) -> int:
        """Run one pass into *rows*; the number of resources it read, of which those that are not ours are not in there.

        DuckDB's own profile of the pass says it; counting them otherwise would be a second pass.
        """
        profile = self.scratch / "profile.json"
        self.con.execute(f"SET enable_profiling='json'; SET profiling_output={quote(profile)}")
        try:
            self.con.execute(f"COPY ({select}) TO {quote(rows)} (FORMAT parquet)")
        finally:
            self.con.execute("PRAGMA disable_profiling")
        if not files:
            return int(self.con.execute(f"SELECT count(*) FROM entries WHERE kind = {quote(kind)}").fetchall()[0][0])
        scanned = _scanned(json.loads(profile.read_text(encoding="utf-8"))) if profile.exists() else None
        if scanned is not None:
            return scanned
        names = ", ".join(map(quote, files))
        shape = "{'resourceType': 'VARCHAR'}"
        return int(self.con.execute(f"SELECT count(*) FROM read_json([{names}], format='newline_delimited', columns={shape}, ignore_errors=true, "
                                    f"maximum_object_size={LONGEST_LINE})").fetchall()[0][0])  # fmt: skip

    def _by_kind(self, rows: Path) -> Counter[str]:
        return Counter(dict(self.con.execute(f"SELECT COALESCE(kind, ''), count(*) FROM read_parquet({quote(rows)}) GROUP BY 1").fetchall()))

    def _ours(self, kind: str) -> str:
        """What can be told of a resource before anything dear is done with it: an observation whose only code is one of a closed list, and not on it, is not ours."""
        if kind != "Observation":
            return "TRUE"
        known, closed = closed_codes(self.words)
        self.con.execute("CREATE OR REPLACE TEMP TABLE known_codes (code VARCHAR)")
        self.con.execute(f"INSERT INTO known_codes VALUES {', '.join(f'({quote(code)})' for code in sorted(known))}")
        of_closed = f"COALESCE(code.coding[1].system, '') IN ({', '.join(map(quote, sorted(closed)))})"
        return (f"component IS NOT NULL OR code.coding IS NULL OR len(code.coding) <> 1 OR code.coding[1].code IS NULL "
                f"OR code.coding[1].code IN (SELECT code FROM known_codes) OR NOT {of_closed}")  # fmt: skip

    def _patients(self, view: str) -> None:
        """Who is there, and who had died by the day of assessment."""
        sex = f"COALESCE({cases('gender', self.how['genders'])}, {cases('birth_sex', self.how['birth_sexes'])})"
        dead = f"COALESCE(deceased, FALSE) OR COALESCE({real(begins('deceased_date').sql)} <= DATE {quote(self.as_of)}, deceased_date IS NOT NULL)"
        self.con.execute(f"INSERT INTO people_read SELECT id, {sex}, birth_date, {dead} FROM ({view})")

    def _people(self) -> None:
        """Create `raw_patients`."""
        counts = self.con.execute("SELECT count(*), count(*) FILTER (WHERE id IS NULL), count(*) FILTER (WHERE id IS NOT NULL AND dead) FROM people_read").fetchall()[0]
        self.opened.has_patients = bool(counts[0])
        if counts[0]:
            rows = self._count("Patient", counts[0])
            rows.set_aside.update({reason: number for reason, number in (("no_id", counts[1]), ("deceased", counts[2])) if number})
            rows.used = rows.read - rows.set_aside.total()
        else:
            self.opened.notices.append(NO_PATIENT)
        others = ", ".join(f"NULL::VARCHAR AS {quoted(column)}" for column in COLUMNS_OF["patients"] if column not in ("patient_id", "sex", "birth_date"))
        self.con.execute(f"CREATE OR REPLACE TEMP VIEW raw_patients AS SELECT id AS patient_id, sex, birth_date, {others} "
                         "FROM people_read WHERE id IS NOT NULL AND NOT dead")  # fmt: skip

    def _judge(self, part: str, rows: str, number: int) -> None:
        """What the rows of a part name, asked once for each distinct key, and where all its *number* rows went."""
        codings, heard = Codings(self.words, part.split(".")[0]), f"heard_{len(self.judged)}"
        keys = (key for (key,) in self.con.execute(f"SELECT DISTINCT key FROM {rows}").fetchall())
        found = [(key, nth, named.concept, named.route) for key in keys for nth, named in enumerate(codings.of_key(key))]
        DuckDBDatabase(self.con).fill(heard, {"key": "VARCHAR", "nth": "INTEGER", "concept": "VARCHAR", "by": "VARCHAR"}, found)
        counted = f"SELECT fate, count(*) FROM {rows} r JOIN {heard} h ON h.key = r.key WHERE h.nth = 0 GROUP BY 1"
        fates: dict[str | None, int] = dict(self.con.execute(counted).fetchall())
        source, used = self._count(part, number), fates.pop(None, 0)
        source.used += used
        source.set_aside.update({str(reason): n for reason, n in fates.items()})
        source.not_ours += number - used - sum(fates.values())
        self.judged.append(f"""SELECT r.patient_id, h.concept, r."date", r."end", r.value, r.comparator, r.unit,
  nullif(concat_ws(' ', r.dose, COALESCE(r.route, nullif(h.by, ''))), '') AS dose, r.reference FROM {rows} r JOIN {heard} h ON h.key = r.key WHERE r.fate IS NULL""")

    def _facts(self) -> None:
        """Create `raw_facts` from everything read."""
        for part in [part for part, rows in self.opened.sources.items() if not rows.read]:
            del self.opened.sources[part]
        if not self.opened.sources:
            raise NothingToAssess("There is no FHIR resource in the input.")
        empty = ", ".join(f"NULL::{self.opened.facts_types[column]} AS {quoted(column)}" for column in FACT_COLUMNS)
        self.con.execute(f"CREATE OR REPLACE TEMP VIEW raw_facts AS {' UNION ALL BY NAME '.join(self.judged) or f'SELECT {empty} WHERE FALSE'}")

    def _look_for_damage(self, files: list[Path]) -> None:
        """Lines that cannot be read may be a damaged archive, from which more is missing than those lines."""
        for file in files:
            if file.name.lower().endswith(".gz") and is_damaged(file):
                raise InputError(f"{file.name} is damaged: its checksum does not fit. Part of it would be missing from the answers; export or copy it again.")
