"""Invented records as a folder of the OMOP Common Data Model 5.4, one Parquet file a table.

What has an official id in `knowledge/omop.yaml` carries it; everything else has concept 0, its text as the source value, and as the
source concept a row of its own in `concept` with an id above two billion, which is where the model keeps local concepts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cobalamin.records.database import DuckDBDatabase
from cobalamin.records.sql_text import quote, quoted
from cobalamin.records.words import Words
from cobalamin.simulation.fhir import readable
from cobalamin.simulation.omop_tables import COLUMNS, EVENTS, EVERY

if TYPE_CHECKING:
    import duckdb

OWN = "Cobalamin synthetic"
"""The vocabulary of local concepts."""
TABLES = {"result": "measurement", "drug": "drug_exposure", "procedure": "procedure_occurrence", "condition": "condition_occurrence",
          "symptom": "condition_occurrence"}  # fmt: skip
OTHERWISE, ENDING = "observation", "condition_occurrence"
"""Where diets, circumstances and texts that mean nothing stand; a row of OTHERWISE has no last day, so what has one is a condition."""
STANDARD = {"LOINC", "RxNorm", "SNOMED", "UCUM"}
ALWAYS, NEVER = "1970-01-01", "2099-12-31"
"""From when until when a concept holds, as the vocabularies print it."""


@dataclass(frozen=True)
class Written:
    """How one text of the facts is written: its table, ids, and what the source printed."""

    text: str
    table: str
    concept: int
    source_concept: int
    printed: str


class OmopWriter:
    """Write the relations *tables* (`patients`, `facts`) of invented people as a CDM into a folder."""

    def __init__(self, con: duckdb.DuckDBPyConnection, words: Words, tables: dict[str, str], as_of: str, notice: str):
        self.con, self.words, self.tables, self.as_of, self.notice = con, words, tables, as_of, notice
        self.tree: dict[str, Any] = words.knowledge.omop
        self.written = self.tree["written"]
        self.local = int(self.written["local_above"])
        self.units = {str(code): int(id) for id, code in self.tree["units"].items()}
        self.concepts: dict[int, tuple[Any, ...]] = {}

    def write(self, folder: Path) -> tuple[list[Path], dict[str, int]]:
        """The files, and how many rows went where; a fact without a day has no place in the model and is counted as `no_day`."""
        DuckDBDatabase(self.con).fill("omop_written", {name: "BIGINT" if "concept" in name else "VARCHAR" for name in Written.__annotations__},
             [list(row.__dict__.values()) for row in self._texts()])  # fmt: skip
        self._learn_values()
        rows = {"person": self._people(), "care_site": self._sites()} | {name: self._events(name) for name in EVENTS}
        made = {name: self._copy(name, select, folder) for name, select in rows.items()}
        made["observation_period"] = self._copy("observation_period", self._periods(made), folder)
        made["cdm_source"] = self._copy("cdm_source", self._source(), folder)
        made["concept"] = self._copy("concept", self._concepts(), folder)
        counts = {name: int(self.con.execute(f"SELECT count(*) FROM read_parquet({quote(path)})").fetchall()[0][0]) for name, path in made.items()}
        counts["no_day"] = int(self.con.execute(f"SELECT count(*) FROM {self.tables['facts']} WHERE date IS NULL").fetchall()[0][0])
        return list(made.values()), counts

    def _copy(self, table: str, select: str, folder: Path) -> Path:
        """One table with every column of the model, in its order; what is not said is NULL."""
        path, said = folder / f"{table}.parquet", {row[0] for row in self.con.execute(f"DESCRIBE {select}").fetchall()}
        columns = ", ".join(f"{quoted(name) if name in said else 'NULL'}::{kind} AS {quoted(name)}" for name, kind in COLUMNS[table].items())
        self.con.execute(f"COPY (SELECT {columns} FROM ({select})) TO {quote(path)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{synthetic: {quote(self.notice)}}})")
        return path

    # ---- what texts, units and values are written as

    def _texts(self) -> list[Written]:
        """Every distinct text of the facts: the table of its kind, and the official ids of its code or else a local one."""
        ids = {str(code): int(id) for id, code in reversed(self.tree["concepts"].items())}
        vocabularies = {systems[0]: name for name, systems in reversed(self.tree["vocabularies"].items())}
        found: list[Written] = []
        used = f'SELECT concept, bool_or("end" IS NOT NULL) FROM {self.tables["facts"]} GROUP BY 1 ORDER BY 1'
        for text, ends in self.con.execute(used).fetchall():
            id, _ = self.words.concept(text)
            known = self.words.knowledge.concepts.get(id or "")
            table = TABLES.get(known.kind, ENDING if ends else OTHERWISE) if known else "measurement" if "|" in text else OTHERWISE
            # a result is only what its own code says: another code of it may say other units
            codes = [text] if known is None or known.is_result else [text, *(f"{code.system}|{code.code}" for code in known.codes)]
            concept = next((ids[code] for code in codes if code in ids), 0)
            if concept:
                code = next(code for code in codes if code in ids)
                self._concept(concept, known.label["en"] if known else text, EVENTS[table].domain, vocabularies[code.partition("|")[0]], code.partition("|")[2])
            _, bar, code = text.partition("|")
            printed = code if bar and self._by_form(EVENTS[table].of, code) else readable(text, id)
            own = 0
            if text not in ids:
                own = self.local + 1 + len(found)
                self._concept(own, readable(text, id), EVENTS[table].domain, OWN, text)
            found.append(Written(text, table, concept, own or concept, printed))
        return found

    def _by_form(self, of: str, code: str) -> bool:
        """Whether a printed code is known by its form alone where it stands."""
        return any(re.fullmatch(form, code, re.IGNORECASE) for form in self.tree["source_codes"].get(of, {}).values())

    def _concept(self, id: int, name: str, domain: str, vocabulary: str, code: str) -> None:
        self.concepts[id] = (id, name, domain, vocabulary, domain, "S" if vocabulary in STANDARD else None, code)

    def _learn_values(self) -> None:
        """The ids of units, results in words, signs and sexes, and the route and printed route of each dose."""
        for group in ("Gender", "Type Concept", "Route", "Meas Value", "Meas Value Operator", "Metadata"):
            for id, (vocabulary, code, name) in self.written["concepts"].get(group, {}).items():
                self._concept(int(id), name, group, vocabulary, code)
        facts = self.tables["facts"]
        units = [(text, self.units[text]) for (text,) in self.con.execute(f"SELECT DISTINCT unit FROM {facts} ORDER BY 1").fetchall() if text in self.units]
        for text, id in units:
            self._concept(id, text, "Unit", "UCUM", text)
        held = {str(word): int(id) for id, word in reversed(self.tree["values"].items())}
        printed = self.con.execute(f"SELECT DISTINCT value FROM {facts} WHERE TRY_CAST(value AS DOUBLE) IS NULL").fetchall()
        said = [(text, held[text]) for (text,) in printed if text in held]
        signs = [(str(sign), int(id)) for id, sign in self.tree["operators"].items() if sign]
        doses = [(text, *self._route(text)) for (text,) in self.con.execute(f"SELECT DISTINCT dose FROM {facts} WHERE dose <> ''").fetchall()]
        for name, rows in (("omop_unit", units), ("omop_word", said), ("omop_sign", signs)):
            DuckDBDatabase(self.con).fill(name, {"text": "VARCHAR", "id": "BIGINT"}, rows)
        DuckDBDatabase(self.con).fill("omop_dose", {"text": "VARCHAR", "route": "BIGINT", "printed": "VARCHAR", "once": "BOOLEAN"}, doses)

    def _route(self, dose: str) -> tuple[int, str | None, bool]:
        """The route's id and word in a printed dose, and whether it is given once, by injection."""
        words = [word for word in re.findall(r"[^\W\d_]+", dose.casefold()) if word in self.words.routes]
        route = self.words.routes[words[0]] if words else ""
        return int(self.written["routes"].get(route, 0)), route or None, self.words.dose(dose).once

    # ---- the tables

    def _people(self) -> str:
        genders = " ".join(f"WHEN {quote(sex)} THEN {int(id)}" for id, sex in self.tree["genders"].items())
        born = "birth_date::DATE"
        return (f"SELECT {PERSON} AS person_id, CASE sex {genders} ELSE 0 END AS gender_concept_id, COALESCE(year({born}), year(DATE {quote(self.as_of)}) - age_years) "
                f"AS year_of_birth, month({born}) AS month_of_birth, day({born}) AS day_of_birth, {born}::TIMESTAMP AS birth_datetime, 0 AS race_concept_id, "
                f"0 AS ethnicity_concept_id, s.id AS care_site_id, patient_id AS person_source_value, nullif(sex, '') AS gender_source_value, "
                f"0 AS gender_source_concept_id, 0 AS race_source_concept_id, 0 AS ethnicity_source_concept_id "
                f"FROM {self.tables['patients']} LEFT JOIN ({self._places()}) s USING (site) ORDER BY 1")  # fmt: skip

    def _places(self) -> str:
        return f"SELECT site, row_number() OVER (ORDER BY site) AS id FROM (SELECT DISTINCT site FROM {self.tables['patients']} WHERE site <> '')"

    def _sites(self) -> str:
        return f"SELECT id AS care_site_id, site AS care_site_name, 0 AS place_of_service_concept_id, site AS care_site_source_value FROM ({self._places()}) ORDER BY 1"

    def _events(self, table: str) -> str:
        """The rows of one table, numbered in the order of people and days."""
        events, of = EVENTS[table], EVENTS[table].of
        number = "TRY_CAST(f.value AS DOUBLE)"
        said = {"person_id": PERSON, f"{of}_concept_id": "w.concept", f"{of}_source_concept_id": "w.source_concept", f"{of}_source_value": "w.printed",
                events.start: "f.date", f"{of}_type_concept_id": str(int(self.written["record"]))}  # fmt: skip
        if table == "measurement":
            said |= {"operator_concept_id": "COALESCE(g.id, 0)", "value_as_number": number, "value_as_concept_id": "COALESCE(v.id, 0)",
                     "unit_concept_id": "COALESCE(u.id, 0)", "unit_source_value": "nullif(f.unit, '')",
                     "value_source_value": "nullif(f.comparator || f.value, '')"}  # fmt: skip
        elif table == "drug_exposure":
            # the model asks for a last day: of what has none it is the last of the record, and of an injection its own
            last = f"CASE WHEN COALESCE(d.once, FALSE) THEN f.date ELSE greatest(f.date, DATE {quote(self.as_of)}) END"
            said |= {"drug_exposure_end_date": f'COALESCE(f."end", {last})', "verbatim_end_date": 'f."end"', "sig": "nullif(f.dose, '')",
                     "route_concept_id": "COALESCE(d.route, 0)", "route_source_value": "d.printed"}  # fmt: skip
        elif table == ENDING:
            said["condition_end_date"] = 'f."end"'
        picked = ", ".join(f"{sql} AS {quoted(column)}" for column, sql in said.items())
        return (f"SELECT row_number() OVER () AS {table}_id, * FROM (SELECT {picked} FROM {self.tables['facts']} f JOIN omop_written w ON w.text = f.concept "
                f"LEFT JOIN omop_unit u ON u.text = f.unit LEFT JOIN omop_word v ON v.text = f.value LEFT JOIN omop_sign g ON g.text = f.comparator "
                f"LEFT JOIN omop_dose d ON d.text = f.dose WHERE w.\"table\" = {quote(table)} AND f.date IS NOT NULL ORDER BY ALL)")  # fmt: skip

    def _periods(self, made: dict[str, Path]) -> str:
        """From each person's first day on record to the last, no day after the record's own last among them."""
        days = " UNION ALL ".join(f"SELECT person_id, {events.start} AS day FROM read_parquet({quote(made[name])})" for name, events in EVENTS.items())
        return (f"SELECT row_number() OVER (ORDER BY person_id) AS observation_period_id, person_id, min(day) AS observation_period_start_date, "
                f"max(day) AS observation_period_end_date, {int(self.written['record'])} AS period_type_concept_id FROM ({days}) WHERE day <= DATE {quote(self.as_of)} "
                f"GROUP BY person_id ORDER BY person_id")  # fmt: skip

    def _source(self) -> str:
        said = {"cdm_source_name": "SYNTHETIC: invented people", "cdm_source_abbreviation": "SYNTHETIC", "cdm_holder": "nobody: no person in it is real",
                "source_description": self.notice, "cdm_etl_reference": "cobalamin simulate --as omop", "source_release_date": self.as_of, "cdm_release_date": self.as_of,
                "cdm_version": EVERY, "vocabulary_version": f"ids of knowledge {self.words.knowledge.version}; local ids above {self.local}"}  # fmt: skip
        version = int(self.written["version"])
        return f"SELECT {', '.join(f'{quote(text)} AS {name}' for name, text in said.items())}, {version} AS cdm_version_concept_id"

    def _concepts(self) -> str:
        names = ("concept_id", "concept_name", "domain_id", "vocabulary_id", "concept_class_id", "standard_concept", "concept_code")
        DuckDBDatabase(self.con).fill("omop_concept", {name: "BIGINT" if name == "concept_id" else "VARCHAR" for name in names}, list(self.concepts.values()))
        return f"SELECT *, DATE {quote(ALWAYS)} AS valid_start_date, DATE {quote(NEVER)} AS valid_end_date FROM omop_concept ORDER BY concept_id"


PERSON = "(regexp_extract(patient_id, '[0-9]+$')::BIGINT + 1)"
"""The id of a person in a CDM, which is a number: one more than the number behind the id everywhere else."""
