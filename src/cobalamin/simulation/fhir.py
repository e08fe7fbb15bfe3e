"""Invented records as FHIR R4: one NDJSON file for each type of resource, as a bulk export would hold them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.records.database import DuckDBDatabase
from cobalamin.records.sql_text import quote
from cobalamin.records.words import Words

if TYPE_CHECKING:
    import duckdb

RESOURCES = {"result": "Observation", "drug": "MedicationStatement", "procedure": "Procedure"}
OTHERWISE = "Condition"
"""What a condition, a sign, a diet or a circumstance is written as."""
FINAL = {"Observation": '"status":"final",', "MedicationStatement": '"status":"active",', "Procedure": '"status":"completed",'}
TEST_DATA = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST", "display": "test health data"}
LINES = "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x1f'"
"""A column of text written as it is, one line a row."""
IN_ORDER = "SELECT *, row_number() OVER () AS number FROM"


def write_fhir(con: duckdb.DuckDBPyConnection, words: Words, tables: dict[str, str], folder: Path) -> list[Path]:
    """Write the tables `patients` and `facts` (relations) as NDJSON files into a folder; an age without a birth date is lost, FHIR has no place for it."""
    codes = [(text, *_written(text, words)) for (text,) in con.execute(f"SELECT DISTINCT concept FROM {tables['facts']}").fetchall()]
    DuckDBDatabase(con).fill("fhir_codes", {"concept": "VARCHAR", "resource": "VARCHAR", "code": "VARCHAR"}, codes)
    made = [_copy(con, _patients(tables["patients"]), folder / "Patient.ndjson")]
    for resource in sorted({resource for _, resource, _ in codes}):
        made.append(_copy(con, _resources(resource, tables["facts"]), folder / f"{resource}.ndjson"))
    return made


def _written(text: str, words: Words) -> tuple[str, str]:
    """The type of resource that a concept is written as, and its code or words as a CodeableConcept."""
    id, _ = words.concept(text)
    kind = words.knowledge.concepts[id].kind if id else "result"
    system, bar, code = text.partition("|")
    urls = {own: url for url, ours in reversed(words.knowledge.fhir["systems"].items()) for own in ours[:1]}
    known = bar and system in urls
    said = {"coding": [{"system": urls[system], "code": code}]} if known else {"text": readable(text, id)}
    return RESOURCES.get(kind, OTHERWISE), json.dumps(said, ensure_ascii=False)


def readable(text: str, id: str | None) -> str:
    """A text as somebody prints it: the id of its concept is a name written with lines below."""
    return text.replace("_", " ") if text == id else text


def _copy(con: duckdb.DuckDBPyConnection, sql: str, path: Path) -> Path:
    con.execute(f"COPY ({sql}) TO {quote(path)} ({LINES})")
    return path


def _patients(patients: str) -> str:
    sex, born = "CASE WHEN sex <> '' THEN ',\"gender\":\"' || sex || '\"' ELSE '' END", "COALESCE(',\"birthDate\":\"' || birth_date || '\"', '')"
    start = json.dumps({"resourceType": "Patient", "meta": {"tag": [TEST_DATA]}})[:-1]
    return f"SELECT {quote(start)} || ',\"id\":\"' || patient_id || '\"' || {sex} || {born} || '}}' FROM {patients}"


def _resources(resource: str, facts: str) -> str:
    """One line for each fact that is written as such a resource."""
    start = {"Observation": "effectiveDateTime", "Condition": "onsetDateTime", "Procedure": "performedDateTime"}.get(resource, "")
    subject = '"subject":{"reference":"Patient/'
    coded = "medicationCodeableConcept" if resource == "MedicationStatement" else "code"
    day = f"COALESCE(',\"{start}\":\"' || date || '\"', '')"
    more = "''"
    if resource == "Observation":
        number = "TRY_CAST(value AS DOUBLE) IS NOT NULL"
        unit = "CASE WHEN unit <> '' THEN ',\"unit\":' || to_json(unit)::VARCHAR ELSE '' END"
        sign = "CASE WHEN comparator <> '' THEN ',\"comparator\":\"' || comparator || '\"' ELSE '' END"
        more = (f"CASE WHEN {number} THEN ',\"valueQuantity\":{{\"value\":' || value || {sign} || {unit} || '}}' "
                "ELSE ',\"valueString\":' || to_json(value)::VARCHAR END")  # fmt: skip
    elif resource == "Condition":
        more = "COALESCE(',\"abatementDateTime\":\"' || \"end\" || '\"', '')"
    elif resource == "MedicationStatement":
        inside = "concat_ws(',', '\"start\":\"' || date || '\"', '\"end\":\"' || \"end\" || '\"')"
        day = f"CASE WHEN date IS NULL AND \"end\" IS NULL THEN '' ELSE ',\"effectivePeriod\":{{' || {inside} || '}}' END"
        more = "CASE WHEN dose <> '' THEN ',\"dosage\":[{\"text\":' || to_json(dose)::VARCHAR || '}]' ELSE '' END"
    return (f"SELECT '{{\"resourceType\":\"{resource}\",\"id\":\"{resource.lower()}-' || number || '\",{FINAL.get(resource, '')}{subject}' || patient_id || "
            f"'\"}},\"{coded}\":' || code || {day} || {more} || '}}' FROM ({IN_ORDER} {facts}) JOIN fhir_codes USING (concept) "
            f"WHERE resource = {quote(resource)} ORDER BY number")  # fmt: skip
