"""A wide table in bulk: one row a patient or a visit, a column a test, with a mapping that says what each column means.

Every cell of a column that holds facts becomes a row of `raw_facts`, as text with the unit the mapping gives; what the text means is judged
where it always is. A blank cell says nothing. Rows of one patient are visits: what they say of the patient must agree, or is set aside.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.errors import UsageError
from cobalamin.model.account import SourceRows
from cobalamin.records.case import PATIENT_COLUMNS
from cobalamin.records.columns import FACTS
from cobalamin.records.csv_bulk import csv_to_parquet, stripped
from cobalamin.records.csv_files import open_csv
from cobalamin.records.database import DuckDBDatabase
from cobalamin.records.folder import SUFFIXES, kind_of
from cobalamin.records.mapping import BESIDE, NO, YES, FactColumn, TableMapping, mapping_beside, read_mapping
from cobalamin.records.opened import Opened
from cobalamin.records.sql_text import quote, quoted
from cobalamin.records.tables import BROKEN, WHOLE, parquet_columns
from cobalamin.records.understand import SEVERAL
from cobalamin.records.words import DIGITS, Words, plain

if TYPE_CHECKING:
    import duckdb

    from cobalamin.records.source import Input

MARKS = ("/", "-", ".")
AGES = ("age_years", "age_months")
OF_DESIGN = ("stratum", "psu")
MOST_NAMES = 12
"""More columns than this are counted rather than listed."""
MOST_TEXTS = 10_000
"""A column with more different texts is none of flags."""


def recognizes(source: str) -> bool:
    """Whether *source* is a table with a mapping beside it."""
    path = Path(source)
    return bool(kind_of(path)) and path.is_file() and mapping_beside(path) is not None


def files(source: str) -> list[Path]:
    """The table, and the mapping beside it."""
    beside = mapping_beside(Path(source))
    return [Path(source), *([beside] if beside else [])]


def open_source(con: duckdb.DuckDBPyConnection, source: Input, words: Words) -> Opened:
    """Unpivot a wide table into `raw_facts` and `raw_patients` by the mapping given or the one beside it."""
    path = Path(source.source)
    mapping = source.mapping or mapping_beside(path)
    if not kind_of(path) or not path.is_file() or mapping is None:
        raise UsageError(f"A mapping is for a table ({', '.join(SUFFIXES)}); {path.name} is none.")
    table = open_table(con, path, source.scratch)
    return _Wide(con, read_mapping(mapping, table.header, words), table, words, source.scratch).opened()


@dataclass(frozen=True)
class Table:
    """A table whose columns stand in *relation* as text, `c0`, `c1` ... in the order of *header*; NULL where a cell is empty."""

    name: str
    header: tuple[str, ...]
    relation: str
    unreadable: int = 0


def open_table(con: duckdb.DuckDBPyConnection, path: Path, scratch: Path) -> Table:
    """Every column of a CSV or Parquet file as text without white space around it."""
    if kind_of(path) == ".parquet":
        described = parquet_columns(con, path)
        picked = ", ".join(f"{_text(quoted(name), kind)} AS c{index}" for index, (name, kind) in enumerate(described))
        return Table(path.name, tuple(name for name, _ in described), f"(SELECT {picked} FROM read_parquet({quote(path)}))")
    file = open_csv(path, scratch)
    cells = {f"c{index}": f"nullif({stripped(f'c{index}')}, '')" for index in range(len(file.header))}
    target = scratch / "wide.parquet"
    lost = csv_to_parquet(con, file, cells, target, scratch)
    return Table(file.name, tuple(name.replace("\ufeff", "").strip() for name in file.header), f"read_parquet({quote(target)})", lost)


def _text(name: str, kind: str) -> str:
    """A column of Parquet as the text a table would print; a number that is none is an empty cell."""
    plainly = kind.split("(")[0]
    if plainly in WHOLE:
        return f"{name}::VARCHAR"
    if plainly in BROKEN:
        # what became 7.0 because one number was missing is 7
        return f"CASE WHEN isfinite({name}::DOUBLE) OR isinf({name}::DOUBLE) THEN regexp_replace({name}::VARCHAR, '\\.0+$', '') END"
    if plainly in ("DATE", "TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS"):
        return f"{name}::DATE::VARCHAR"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"make_timestamp(epoch_us({name}))::DATE::VARCHAR"
    return f"nullif({stripped(f'{name}::VARCHAR')}, '')"


class _Wide:
    """The SQL of one wide table under its mapping."""

    def __init__(self, con: duckdb.DuckDBPyConnection, mapping: TableMapping, table: Table, words: Words, scratch: Path):
        self.con, self.mapping, self.table, self.words, self.scratch = con, mapping, table, words, scratch
        self.place = {name: index for index, name in reversed(list(enumerate(table.header)))}
        self.id = self._cell(mapping.patient["patient_id"])
        self.row_date = self._day(mapping.date) if mapping.date else "NULL::VARCHAR"
        self.notices: list[str] = []

    def opened(self) -> Opened:
        facts, people = (self.scratch / f"wide-{name}.parquet" for name in ("facts", "patients"))
        self.con.execute(f"COPY ({self._facts()}) TO {quote(facts)} (FORMAT parquet)")
        self.con.execute(f"COPY ({self._people()}) TO {quote(people)} (FORMAT parquet)")
        self.con.execute(f"CREATE OR REPLACE TEMP VIEW raw_facts AS SELECT * FROM read_parquet({quote(facts)})")
        self.con.execute(f"CREATE OR REPLACE TEMP VIEW raw_patients AS SELECT * FROM read_parquet({quote(people)})")
        self._notice()
        return Opened(dict.fromkeys(FACTS, "VARCHAR"), True, self.notices, sources=self._account())

    # ---- one cell

    def _cell(self, column: str, blank: Sequence[str] = ()) -> str:
        """A cell as text, NULL where it is empty or holds what the mapping calls blank."""
        sql = f"c{self.place[column]}"
        nothing = sorted({text.casefold() for text in (*self.mapping.blank, *blank)})
        return f"CASE WHEN lower({sql}) IN ({_list(nothing)}) THEN NULL ELSE {sql} END" if nothing else sql

    def _day(self, column: str) -> str:
        """A day as year, month, day; what is not written as the mapping says stays as it is, to be judged where days are."""
        cell = self._cell(column)
        if not self.mapping.dates:
            return cell
        ways = [self.mapping.dates.format(mark) + time for mark in MARKS for time in ("", " %H:%M", " %H:%M:%S")]
        digits = "".join(map(chr, DIGITS)), "".join(DIGITS.values())
        return f"COALESCE(TRY_STRPTIME(translate({cell}, {quote(digits[0])}, {quote(digits[1])}), [{_list(ways)}])::DATE::VARCHAR, {cell})"

    def _value(self, fact: FactColumn) -> str:
        cell = self._cell(fact.name, fact.blank)
        if fact.kind != "flags":
            return cell
        present, absent = self._flags(fact, cell)
        cases = [f"WHEN {cell} IN ({_list(texts)}) THEN '{word}'" for texts, word in ((present, "present"), (absent, "absent")) if texts]
        return f"CASE {' '.join(cases)} ELSE {cell} END" if cases else cell

    def _flags(self, fact: FactColumn, cell: str) -> tuple[list[str], list[str]]:
        """The texts of a column of flags that say yes, and those that say no."""
        listed = bool(fact.present or fact.absent)
        yes, no = ({plain(text) for text in texts} for texts in ((fact.present, fact.absent) if listed else (YES, NO)))
        found = self.con.execute(f"SELECT DISTINCT {cell} FROM {self.table.relation} WHERE {cell} IS NOT NULL LIMIT {MOST_TEXTS}").fetchall()
        texts = sorted(text for (text,) in found)
        return [text for text in texts if plain(text) in yes], [text for text in texts if plain(text) in no]

    # ---- the table

    def _facts(self) -> str:
        """One row a filled cell: every column in one pass, and each column of words in one of its own."""
        single = [fact for fact in self.mapping.facts if fact.kind != "words"]
        parts = [self._unpivoted(single)] if single else []
        return " UNION ALL ".join(parts + [self._said(fact) for fact in self.mapping.facts if fact.kind == "words"])

    def _unpivoted(self, facts: list[FactColumn]) -> str:
        said = ((k, fact.concept, fact.unit or None) for k, fact in enumerate(facts))
        DuckDBDatabase(self.con).fill("wide_columns", {"k": "USMALLINT", "concept": "VARCHAR", "unit": "VARCHAR"}, said)
        lists = {"value": [self._value(fact) for fact in facts], "k": [f"{k}::USMALLINT" for k in range(len(facts))]}
        for what in BESIDE:
            if any(what in fact.beside for fact in facts):
                read = self._day if what in ("date", "end") else self._cell
                lists[f"own_{what}"] = [read(fact.beside[what]) if what in fact.beside else "NULL::VARCHAR" for fact in facts]
        spread = ", ".join(f"unnest([{', '.join(items)}]) AS {name}" for name, items in lists.items())

        def own(what: str, otherwise: str = "NULL::VARCHAR") -> str:
            return f"COALESCE(own_{what}, {otherwise})" if f"own_{what}" in lists else otherwise

        columns = {"patient_id": "patient_id", "concept": "concept", "date": own("date", "row_date"), "end": own("end"), "value": "value",
                   "comparator": own("comparator"), "unit": own("unit_column", "unit"), "dose": own("dose"),
                   "reference": own("reference", f"nullif(concat_ws('-', {own('low')}, {own('high')}), '')")}  # fmt: skip
        return (f"SELECT {_named(columns)} FROM (SELECT {self.id} AS patient_id, {self.row_date} AS row_date, {spread} FROM {self.table.relation} "
                f"WHERE {self.id} IS NOT NULL) JOIN wide_columns USING (k) WHERE value IS NOT NULL")  # fmt: skip

    def _said(self, fact: FactColumn) -> str:
        """Each entry of a column of words as a fact of its own."""
        cell = self._cell(fact.name, fact.blank)
        entries = f"unnest(string_split({cell}, {quote(fact.split)}))" if fact.split else cell
        days = {what: self._day(fact.beside[what]) if what in fact.beside else "NULL::VARCHAR" for what in ("date", "end")}
        columns = {"patient_id": "patient_id", "concept": "entry", "date": "day", "end": '"end"'}
        return (f"SELECT {_named(columns)} FROM (SELECT {self.id} AS patient_id, {stripped('entry')} AS entry, COALESCE({days['date']}, {self.row_date}) AS day, "
                f'{days["end"]} AS "end" FROM (SELECT *, {entries} AS entry FROM {self.table.relation} WHERE {self.id} IS NOT NULL AND {cell} IS NOT NULL)) '
                "WHERE entry <> ''")  # fmt: skip

    def _people(self) -> str:
        """One row a patient, in the order of the table; what contradicts itself is written so that nobody can read it, or left out."""
        cells = {ours: self._day(theirs) if ours == "birth_date" else self._cell(theirs) for ours, theirs in self.mapping.patient.items()}
        if "sex" in cells:
            cells["sex"] = self._sex(cells["sex"])
        inner = ", ".join(f"{cells.get(column, 'NULL::VARCHAR')} AS {column}" for column in PATIENT_COLUMNS)
        picked = {column: _agreed(column) for column in ("sex", "birth_date", "weight")} | {column: self._age(column) for column in AGES}
        picked |= {column: f"CASE WHEN min({column}) = max({column}) THEN min({column}) END" for column in OF_DESIGN}
        picked |= {"site": "arg_max(site, COALESCE(row_date, '')) FILTER (WHERE site IS NOT NULL)"}
        outer = ", ".join(f"{sql} AS {column}" for column, sql in picked.items())
        return (f"SELECT * EXCLUDE (place) FROM (SELECT patient_id, min(place) AS place, {outer} FROM (SELECT {inner}, {self.row_date} AS row_date, "
                f"row_number() OVER () AS place FROM {self.table.relation}) WHERE patient_id IS NOT NULL GROUP BY patient_id) ORDER BY place")  # fmt: skip

    def _sex(self, cell: str) -> str:
        """F and female are no contradiction: a sex is compared by what its text means."""
        found = self.con.execute(f"SELECT DISTINCT {cell} FROM {self.table.relation} WHERE {cell} IS NOT NULL LIMIT {MOST_TEXTS}").fetchall()
        texts: dict[str, list[str]] = {}
        for (text,) in found:
            texts.setdefault(self.words.sexes.get(plain(text[:40]), ""), []).append(text)
        cases = " ".join(f"WHEN {cell} IN ({_list(sorted(held))}) THEN {quote(sex)}" for sex, held in sorted(texts.items()) if sex)
        return f"CASE {cases} ELSE {cell} END" if cases else cell

    def _age(self, column: str) -> str:
        """The age at the latest visit; ages that no one birthday explains contradict each other."""
        if not self.mapping.date:
            return _agreed(column)
        months = 12 if column == "age_months" else 1
        born = f"TRY_CAST(row_date[1:4] AS INTEGER) * {months} - TRY_CAST({column} AS DOUBLE)"
        most = months if months > 1 else 1
        latest = f"arg_max({column}, COALESCE(row_date, '')) FILTER (WHERE {column} IS NOT NULL)"
        return f"CASE WHEN max({born}) - min({born}) > {most} THEN min({column}) || {quote(SEVERAL)} || max({column}) ELSE {latest} END"

    # ---- what is said of it

    def _account(self) -> dict[str, SourceRows]:
        """Rows of the table, and the cells of its columns of facts: read = used + blank + those of rows that name nobody."""
        filled = [self._cell(fact.name, fact.blank) for fact in self.mapping.facts]
        total = " + ".join(f"({cell} IS NOT NULL)::BIGINT" for cell in filled)
        rows, named, cells, used = self.con.execute(
            f"SELECT count(*), count({self.id}), COALESCE(sum(n), 0)::BIGINT, COALESCE(sum(n) FILTER (WHERE {self.id} IS NOT NULL), 0)::BIGINT "
            f"FROM (SELECT *, {total} AS n FROM {self.table.relation})").fetchall()[0]  # fmt: skip
        held = SourceRows(rows + self.table.unreadable, named)
        held.set_aside.update({"no_patient": rows - named, "unreadable_row": self.table.unreadable})
        of_cells = SourceRows(rows * len(filled), used, rows * len(filled) - cells)
        of_cells.set_aside["no_patient"] = cells - used
        return {f"{self.table.name} rows": held, f"{self.table.name} cells": of_cells}

    def _notice(self) -> None:
        unused = self.mapping.unused
        self.notices += [f"{self.table.name}: the column '{name[:60]}' is not in the mapping and is not used." for name in unused[:MOST_NAMES]]
        if len(unused) > MOST_NAMES:
            self.notices.append(f"{self.table.name}: {len(unused) - MOST_NAMES} more columns are not in the mapping and are not used.")
        if self.mapping.date and any(age in self.mapping.patient for age in AGES) and "birth_date" not in self.mapping.patient:
            self.notices.append(f"{self.table.name}: the age at the latest visit is taken as the age on the day of assessment; a birth date would be exact.")
        for column in (column for column in OF_DESIGN if column in self.mapping.patient):
            cell = self._cell(self.mapping.patient[column])
            unlike = f"SELECT {self.id} FROM {self.table.relation} WHERE {self.id} IS NOT NULL GROUP BY 1 HAVING min({cell}) <> max({cell})"
            ((number,),) = self.con.execute(f"SELECT count(*) FROM ({unlike})").fetchall()
            if number:
                self.notices.append(f"{self.table.name}: {number} patients have more than one {column}; none of theirs is used.")


def _agreed(column: str) -> str:
    """A patient's column, or both of the values it has where it should have one."""
    return f"CASE WHEN min({column}) <> max({column}) THEN min({column}) || {quote(SEVERAL)} || max({column}) ELSE min({column}) END"


def _list(texts: Sequence[str]) -> str:
    return ", ".join(quote(text) for text in texts)


def _named(columns: dict[str, str]) -> str:
    """Our columns of facts, nothing where a table says nothing of them."""
    return ", ".join(f"{columns.get(name, 'NULL::VARCHAR')} AS {quoted(name)}" for name in FACTS)
