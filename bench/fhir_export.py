"""Bulk Data exports to measure with: one invented here from nothing, or a real one multiplied.

The invented one has what a clinic exports: for each invented person the B12 record of `cobalamin simulate`, and beside it, as in a Synthea export,
observations and procedures of other matters, most of the bytes, which a reader must pass over.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import duckdb
from assess_command import DAY

from cobalamin.app.inventing import invent
from cobalamin.records.fhir.files import first_type, head, suffix_of
from cobalamin.records.fhir.reading import TYPES

REGION, SEED = "uk_practice", 1
COPIES_A_FILE = 20
OTHERS = 130
"""Resources of other matters a person; a Synthea export has about as many."""

# (code, text, unit), and a panel of two: what exports hold most of
VITAL = ("8302-2 Body Height cm", "29463-7 Body Weight kg", "39156-5 Body Mass Index kg/m2", "72514-3 Pain severity {score}", "6299-2 Urea Nitrogen mg/dL",
         "6298-4 Potassium mmol/L", "2947-0 Sodium mmol/L", "2339-0 Glucose mg/dL", "2093-3 Total Cholesterol mg/dL")  # fmt: skip
PRESSURE = ("8462-4 Diastolic Blood Pressure mm[Hg]", "8480-6 Systolic Blood Pressure mm[Hg]")
COMMON = ('"subject":{"reference":"Patient/@ID"},"encounter":{"reference":"Encounter/@ID-@N"}')
CATEGORY = '"category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs","display":"vital-signs"}]}]'


def _coded(words: str) -> tuple[str, str]:
    code, _, rest = words.partition(" ")
    text, _, unit = rest.rpartition(" ")
    quantity = f'"valueQuantity":{{"value":@V.4436569183,"unit":"{unit}","system":"http://unitsofmeasure.org","code":"{unit}"}}'
    return f'"code":{{"coding":[{{"system":"http://loinc.org","code":"{code}","display":"{text}"}}],"text":"{text}"}}', quantity


def _templates() -> list[str]:
    """Lines of an export with marks for the person, the number, the day and the value."""
    observation = '{"resourceType":"Observation","id":"@ID-o@N","status":"final",' + CATEGORY + ","
    times = '"effectiveDateTime":"@DT08:37:54+00:00","issued":"@DT08:37:54.530+00:00"'
    lines = [f"{observation}{code},{COMMON},{times},{quantity}}}" for code, quantity in map(_coded, VITAL)]
    parts = ",".join(f"{{{code},{quantity}}}" for code, quantity in map(_coded, PRESSURE))
    return [*lines, f'{observation}{_coded("55284-4 Blood Pressure x")[0]},{COMMON},{times},"component":[{parts}]}}']


def invented(folder: Path, people: int) -> dict[str, int]:
    """Write an export of *people* who do not exist; answers with patients, resources and bytes."""
    about = invent(REGION, people, SEED, folder, DAY, format="fhir")
    line = f"{_templates()}[1 + n % {len(_templates())}]"
    for mark, value in (("@ID", "id"), ("@N", "n::VARCHAR"), ("@DT", "(DATE '2008-01-01' + (n * 47)::INT)::VARCHAR || 'T'"), ("@V", "(10 + hash(id) % 150)::VARCHAR")):
        line = f"replace({line}, '{mark}', {value})"
    con = duckdb.connect()
    con.execute(f"""COPY (SELECT {line} FROM (SELECT patient_id AS id, unnest(range({OTHERS})) AS n FROM '{folder}/truth.parquet'))
        TO '{folder}/Observation.others.ndjson' (FORMAT csv, HEADER false, QUOTE '', DELIMITER '\x01', ESCAPE '')""")
    size = sum(file.stat().st_size for file in folder.glob("*.ndjson"))
    return {"patients": people, "resources": people * (1 + OTHERS) + int(about["facts"]), "bytes": size}


def multiplied(source: Path, target: Path, patients: int, packed: bool) -> dict[str, int]:
    """Write copies of an export until it holds *patients*; answers with patients, resources and bytes."""
    counts = {"patients": 0, "resources": 0, "bytes": 0}
    texts: dict[str, list[bytes]] = {}
    for file in sorted(source.iterdir()):
        if suffix_of(file) == ".ndjson" and head(file) and (kind := first_type(file)) in TYPES:
            content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            texts.setdefault(kind, []).append(content if content.endswith(b"\n") else content + b"\n")
    each = {kind: sum(text.count(b"\n") for text in held) for kind, held in texts.items()}
    copies = max(1, -(-patients // each["Patient"]))
    for kind, held in texts.items():
        for first in range(0, copies, COPIES_A_FILE):
            path = target / f"{kind}.{first // COPIES_A_FILE:03}.ndjson{'.gz' if packed else ''}"
            with gzip.open(path, "wb", compresslevel=1) if packed else path.open("wb") as file:
                for copy in range(first, min(first + COPIES_A_FILE, copies)):
                    mark = b"c%d-" % copy
                    for text in held:
                        made = re.sub(rb'("reference":"(?:urn:uuid:|Patient/))', rb"\1" + mark, text)
                        if kind == "Patient":
                            made = re.sub(rb'^(\{"resourceType":"Patient","id":")', rb"\1" + mark, made, flags=re.M)
                        file.write(made)
                        counts["bytes"] += len(made)
    return counts | {"patients": each["Patient"] * copies, "resources": sum(each.values()) * copies}
