"""An invented region written to a folder: patients, facts, and the truth about everybody, which no rule ever reads."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cobalamin.errors import UsageError
from cobalamin.outputs.whole_file import whole_file
from cobalamin.records.sql_text import quote
from cobalamin.records.words import Words
from cobalamin.rules.knowledge import Knowledge
from cobalamin.simulation.facts import Facts, person_id
from cobalamin.simulation.fhir import write_fhir
from cobalamin.simulation.occasions import Occasions
from cobalamin.simulation.omop import PERSON, OmopWriter
from cobalamin.simulation.people import NOBODY, depth, people
from cobalamin.simulation.region import Region

if TYPE_CHECKING:
    import duckdb

AT_A_TIME = 250_000
"""People invented together: enough to keep every core busy, few enough for a small memory."""
NOTICE = "synthetic: nobody in these files is real; made by cobalamin simulate"
ABOUT = "synthetic.json"
TABLES = ("patients", "facts", "truth")


@dataclass(frozen=True)
class World:
    """So many invented people of a region; a seed always gives the same people, records and truth."""

    region: Region
    knowledge: Knowledge
    people: int
    seed: int
    as_of: str

    @property
    def name(self) -> str:
        """What ids begin with."""
        return f"synthetic-{self.region.id.replace('_', '-')}"

    @property
    def draws(self) -> str:
        """What every draw begins with: another region has other people."""
        return f"{self.region.id}:{self.seed}"

    def write(self, con: duckdb.DuckDBPyConnection, folder: Path, scratch: Path, format: str = "facts") -> dict[str, Any]:
        """Write patients.parquet, facts.parquet and truth.parquet, and what they are in synthetic.json; returns the counts.

        With *format* `fhir` the record is NDJSON files instead, with `omop` the tables of a CDM; the truth stays a table, of the ids of the record.
        """
        parts: dict[str, list[Path]] = {table: [] for table in TABLES}
        for first in range(0, self.people, AT_A_TIME):
            self._invent(con, first, min(first + AT_A_TIME, self.people))
            for table, sql in self._tables().items():
                part = scratch / f"{table}-{first}.parquet"
                con.execute(f"COPY ({sql}) TO {quote(part)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{synthetic: {quote(NOTICE)}}})")
                parts[table].append(part)
        counts: dict[str, int] = {}
        listed_in: dict[str, str] = {}
        for table, files in parts.items():
            listed = f"read_parquet([{', '.join(quote(file) for file in files)}])"
            counts[table] = int(con.execute(f"SELECT count(*) FROM {listed}").fetchall()[0][0])
            if format != "facts" and table != "truth":
                listed_in[table] = listed
                continue
            with whole_file(folder / f"{table}.parquet") as draft:
                if len(files) == 1 and format != "omop":
                    shutil.move(files[0], draft)
                else:
                    own = f" REPLACE ({PERSON}::VARCHAR AS patient_id), patient_id AS person_source_value" if format == "omop" else ""
                    con.execute(f"COPY (SELECT *{own} FROM {listed}) TO {quote(draft)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{synthetic: {quote(NOTICE)}}})")
        rows: dict[str, int] = {}
        if listed_in:
            words = Words(self.knowledge)
            if format == "fhir":
                made = write_fhir(con, words, listed_in, scratch)
            else:
                made, rows = OmopWriter(con, words, listed_in, self.as_of, NOTICE).write(scratch)
            for file in made:
                with whole_file(folder / file.name) as draft:
                    shutil.move(file, draft)
        lacking, treated = con.execute(f"SELECT count(*) FILTER (WHERE deficient), count(treated) FROM read_parquet({quote(folder / 'truth.parquet')})").fetchall()[0]
        about = {"notice": NOTICE, "region": self.region.id, "people": self.people, "seed": self.seed, "as_of": self.as_of, "format": format,
                 "knowledge": self.knowledge.version, "patients": counts["patients"], "facts": counts["facts"], "deficient": int(lacking),
                 "given_b12": int(treated), **({"rows": rows} if rows else {})}  # fmt: skip
        with whole_file(folder / ABOUT) as draft:
            draft.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
        return about

    def _invent(self, con: duckdb.DuckDBPyConnection, first: int, last: int) -> None:
        occasions = Occasions(self.region, self.draws)
        for name, sql in (("invented", people(self.region, self.draws, first, last)), ("first_round", occasions.first_round()),
                          ("treated", occasions.treated()), ("second_round", occasions.second_round())):  # fmt: skip
            con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def _tables(self) -> dict[str, str]:
        facts = Facts(self.region, self.knowledge, self.draws)
        return {"patients": self._patients(facts), "facts": facts.select(self.name, self.as_of), "truth": self._truth()}

    def _patients(self, facts: Facts) -> str:
        chance, number = facts.person, self.region.number
        unborn = chance.below(number("no_birth_date"), "no birth date")
        sites = " ".join(f"WHEN {i} THEN {quote(site)}" for i, site in enumerate(self.region.sites))
        born = f"{quote(self.as_of)}::DATE - age_days::INT"
        sex = f"CASE WHEN {chance.below(number('no_sex'), 'no sex')} THEN '' WHEN female THEN 'female' ELSE 'male' END"
        return (f"SELECT {person_id(self.name)} AS patient_id, {sex} AS sex, CASE WHEN NOT {unborn} THEN {born} END AS birth_date, "
                f"CASE WHEN {unborn} THEN date_sub('year', {born}, {quote(self.as_of)}::DATE) END AS age_years, "
                f"CASE site {sites} END AS site FROM invented ORDER BY n")  # fmt: skip

    def _truth(self) -> str:
        exposures = self.region.exposures.values()
        causes = " ".join(f"WHEN {i} THEN {quote(e.cause or e.id)}" for i, e in enumerate(exposures, 1))
        day = f"{quote(self.as_of)}::DATE"
        named = f"CASE cause WHEN 0 THEN {quote(self.region.unexplained)} {causes} END"
        return (f"SELECT {person_id(self.name)} AS patient_id, cause > {NOBODY} AS deficient, {named} AS cause, "
                f"{day} - onset::INT AS onset, {depth(self.region, '0')} AS depth_untreated, {day} - begun::INT AS treated "
                f"FROM invented LEFT JOIN treated USING (n) ORDER BY n")  # fmt: skip


def checked_folder(folder: Path, format: str) -> Path:
    """A folder to write invented people to: a new one, an empty one, or one that already holds invented people in the same form."""
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is no folder; name one to write to.")
    if not folder.parent.is_dir():
        raise UsageError(f"{folder.parent} is no folder to write to.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / ABOUT).is_file():
        raise UsageError(f"{folder} holds other files; invented people go to a folder of their own.")
    if (folder / ABOUT).is_file() and f'"format": "{format}"' not in (folder / ABOUT).read_text(encoding="utf-8"):
        raise UsageError(f"{folder} holds invented people in another form; two forms in one folder could not be told apart. Name another folder.")
    return folder
