"""What a wide table's columns seem to be, by their names and by how their values lie; never by a value that could name a patient."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from cobalamin.records.column_names import ColumnNames, Said
from cobalamin.records.mapping import DATES, NO, YES
from cobalamin.records.phrases import Phrases
from cobalamin.records.unit_sense import Fit, counted, fit, mixed, scales
from cobalamin.records.wide import Table
from cobalamin.records.words import Value, Words, plain

if TYPE_CHECKING:
    import duckdb

SAMPLE = 200_000
"""Rows looked at; how values lie does not change with more."""
TEXTS = 4096
"""The most common texts of a column that are looked at."""
SOME = 256
"""Entries of a column of words that are looked at."""
READABLE = 0.5
"""A column of which less can be read is not proposed."""
ENTRIES = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b")


@dataclass
class Column:
    """One column: what its name says, how it is proposed to be read, and why; `kind` is patient, date, results, flags, words, beside or ignore."""

    name: str
    said: Said
    kind: str = "ignore"
    why: str = ""
    unit: str = ""
    assumed: bool = False
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    split: str = ""
    beside: dict[str, str] = field(default_factory=dict)


class Proposal:
    """The columns of a table as they are proposed to be read."""

    def __init__(self, con: duckdb.DuckDBPyConnection, table: Table, words: Words):
        self.con, self.table, self.words, self.knowledge = con, table, words, words.knowledge
        con.execute(f"CREATE OR REPLACE TEMP TABLE sampled AS SELECT * FROM {table.relation} USING SAMPLE {SAMPLE} ROWS (reservoir, 12)")
        self.blanks = {plain(text) for text in self.knowledge.columns["blanks"]}
        self.blank: set[str] = set()
        self.dates = ""
        names = ColumnNames(words)
        self.columns = [Column(name, names.read(name)) for name in table.header]
        self._place()

    def _place(self) -> None:
        first = {c.said.role: c for c in sorted(reversed(self.columns), key=lambda c: -c.said.rank) if c.said.role}
        for index, column in enumerate(self.columns):
            texts = self._texts(index)
            said = column.said
            if not column.name.strip():
                continue
            if not texts:
                column.why = "every cell is blank"
            elif said.role and first[said.role] is not column:
                column.why = f"looks like {said.role}, as '{first[said.role].name}' does"
            elif said.role:
                column.kind, column.why = ("date" if said.role == "date" else "patient"), f"the name says {said.role}"
                if said.role in ("date", "birth_date"):
                    column.why += self._days(texts)
            elif said.beside:
                column.kind = "beside"
            elif said.words:
                self._of_words(column, texts)
            elif said.concept and self.knowledge.concepts[said.concept].is_result:
                self._result(column, index, texts)
            elif said.concept:
                self._flag(column, texts)
            elif not self._of_words(column, texts):
                near = ", ".join(said.near)
                column.why = "nothing known has this name" + (f"; the nearest are {near}" if near else "")
        self._join_beside()
        self._one_unit()

    # ---- one column

    def _texts(self, index: int) -> Counter[str]:
        """The most common texts of a column, those that mean an empty cell left out and remembered."""
        found = self.con.execute(f"SELECT c{index}, count(*) AS n FROM sampled WHERE c{index} IS NOT NULL GROUP BY 1 ORDER BY n DESC LIMIT {TEXTS}").fetchall()
        blank = {text for text, _ in found if plain(text[:40]) in self.blanks}
        self.blank |= blank
        return Counter({text: number for text, number in found if text not in blank})

    def _result(self, column: Column, index: int, texts: Counter[str]) -> None:
        said, concept = column.said, self.knowledge.concepts[column.said.concept]
        readable = [text for text in texts if isinstance(self.words.value(text), Value)]
        share = sum(texts[text] for text in readable) / texts.total()
        named = f"the name says {said.code or said.concept}"
        if share < READABLE:
            column.why = f"{named}, but only {share:.0%} of its values are a result"
            return
        column.kind, column.unit = "results", said.unit
        if said.unit:
            named += f" in {said.unit}"
        notes = [named, f"{share:.0%} readable"]
        counts = counted(self.con, f"c{index}", "sampled")
        found = fit(self.knowledge, concept, counts)
        if concept.units and len(scales(concept)) == 1 and not said.unit:
            column.unit = concept.units.units[0].name
            notes.append(f"{column.unit} is its only unit" if len(concept.units.units) == 1 else f"all its units are of one size, so {column.unit}")
        elif concept.units and not said.unit and not any(isinstance(v := self.words.value(text), Value) and v.unit for text in readable):
            notes.append(self._suggest(column, found))
        elif said.unit and found and not self._agrees(said, found):
            notes.append(f"LOOK AGAIN: {found}")
        if (both := mixed(self.knowledge, concept, counts)) is not None:
            notes.append(f"LOOK AGAIN: {both[2]:.0%} of the values look like {both[1]} among {both[0]}")
        column.why = "; ".join(notes)

    @staticmethod
    def _suggest(column: Column, found: Fit | None) -> str:
        if found is None:
            return "THE UNIT IS MISSING, and too little is known to suggest one"
        if found.suggested:
            column.unit, column.assumed = found.suggested, True
            return f"the unit is missing; {found}, so {found.suggested} is assumed: ask the laboratory"
        return f"THE UNIT IS MISSING; {found}"

    def _agrees(self, said: Said, found: Fit) -> bool:
        """Whether the unit of the name is not far from the one that fits."""
        units = self.knowledge.concepts[said.concept].units
        mine = units.named(said.unit) if units else None
        alike = {u.name for u in units.units if mine and (u.group, u.times) == (mine.group, mine.times)} if units else set()
        share = sum(share for unit, share in found.shares if unit in alike)
        return found.near and share >= 1 - float(self.knowledge.distributions["sure"])

    def _flag(self, column: Column, texts: Counter[str]) -> None:
        said, words = column.said, self.words.value_words
        meant = {text: "present" if plain(text) in YES else "absent" if plain(text) in NO else words.get(plain(text), "") for text in texts}
        yes, no = (tuple(sorted(t for t, m in meant.items() if m in kinds)) for kinds in (("present", "positive"), ("absent", "negative")))
        share = sum(texts[text] for text in (*yes, *no)) / texts.total()
        column.why = f"the name says {said.concept}"
        if share > READABLE:
            column.kind, column.present, column.absent = "flags", yes, no
            column.why += f"; {share:.0%} of its values say yes or no"
        else:
            column.why += f", but its values are {len(texts)} others than yes and no: put it under `flags` and say which are `present` and which `absent`"

    def _of_words(self, column: Column, texts: Counter[str]) -> bool:
        """Whether a column holds names or words the vocabulary understands, split at the mark that makes most of them understood."""
        best, mark = 0.0, ""
        usual = texts.most_common(SOME)
        for way in ("", *self.knowledge.columns["delimiters"]):
            if way and not any(way in text for text, _ in usual):
                continue
            share = self._understood(usual, way)
            # words are understood across commas too; other marks are there to split at
            if share > best + 0.02 or (way not in ("", ",", "،") and share >= best - 0.02):
                best, mark = share, way
        if column.said.words or best >= READABLE:
            column.kind, column.split = "words", mark
            column.why = ("the name says diagnoses, drugs or complaints; " if column.said.words else "") + f"{best:.0%} of its entries are understood"
            return True
        return False

    def _understood(self, usual: list[tuple[str, int]], mark: str) -> float:
        entries: Counter[str] = Counter()
        for text, number in usual:
            for entry in text.split(mark) if mark else [text]:
                if entry.strip():
                    entries[entry.strip()] += number
        known = sum(number for entry, number in entries.items() if not entry.replace(".", "").isdigit() and self._knows(entry))
        return known / max(entries.total(), 1)

    @cached_property
    def _phrases(self) -> Phrases:
        return Phrases(self.knowledge)

    def _knows(self, entry: str) -> bool:
        return self.words.concept(entry)[0] is not None or (not self.words.names_unit(entry) and bool(self._phrases.read(entry).findings))

    def _days(self, texts: Counter[str]) -> str:
        """How days are written, where a day past the twelfth tells; the first column that tells decides."""
        found = [match for text in texts if (match := ENTRIES.match(text)) is not None]
        if len(found) * 2 < len(texts):
            return ""
        way = "DD/MM/YYYY" if any(int(m[1]) > 12 for m in found) else "MM/DD/YYYY" if any(int(m[2]) > 12 for m in found) else ""
        if not way:
            return f"; LOOK AGAIN: no day tells which of {' and '.join(list(DATES)[1:])} it is"
        self.dates = self.dates or way
        return f"; days are written {way}" + ("" if self.dates == way else ", UNLIKE another column: one `dates` serves the whole table")

    # ---- columns together

    def _join_beside(self) -> None:
        """Hang a column such as `b12 date` on the column of its test."""
        for column in self.columns:
            if column.kind != "beside":
                continue
            of = next((c for c in self.columns if c.kind == "results" and c.said.concept == column.said.concept and column.said.beside not in c.beside), None)
            if of is None:
                column.kind, column.why = "ignore", f"stands beside {column.said.concept}, which has no column here"
            else:
                of.beside[column.said.beside] = column.name
                if column.said.beside == "unit_column":
                    of.unit, of.assumed = of.said.unit, False
                    of.why = of.why.split("; ")[0] + "; the unit has a column"

    def _one_unit(self) -> None:
        """One test printed in two units is one result: the first column that has values is read."""
        first: dict[str, Column] = {}
        for column in self.columns:
            if column.kind == "results":
                other = first.setdefault(column.said.concept, column)
                if other is not column and other.said.unit and column.said.unit and other.said.unit != column.said.unit:
                    column.kind, column.why = "ignore", f"{column.said.concept} in another unit; '{other.name}' is read"


def sample_note(con: duckdb.DuckDBPyConnection, table: Table) -> str:
    """How many rows a proposal rests on."""
    ((rows,),) = con.execute(f"SELECT count(*) FROM {table.relation}").fetchall()
    return f"{rows:,} rows" if rows <= SAMPLE else f"{SAMPLE:,} of {rows:,} rows, drawn at random"

