"""The people of `samples/omop` as cases, and ways to change a CDM: its files in another form, its tables with other rows."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import duckdb

SAMPLE = Path(__file__).parents[2] / "samples" / "omop"


def b12(day: str, value: str, unit: str = "pg/mL", **more: str) -> dict[str, str]:
    return {"concept": "loinc|2132-9", "date": day, "value": value, "unit": unit} | more


def injection(day: str, route: str) -> dict[str, str]:
    return {"concept": "hydroxocobalamin", "date": day, "end": day, "dose": route}


PEOPLE: list[dict[str, Any]] = [
    {"patient_id": "1", "sex": "female", "birth_date": "1984-05-12", "site": "North clinic", "facts": [
        b12("2026-11-02", "150", reference="200-900"),
        {"concept": "loinc|718-7", "date": "2026-11-02", "value": "10.2", "unit": "g/dL", "reference": "12-15.5"},
        {"concept": "mcv", "date": "2026-11-02", "value": "105", "unit": "fL"},
        {"concept": "pernicious_anemia", "date": "2026-11-05"}]},
    {"patient_id": "2", "sex": "male", "birth_date": "1960", "site": "North clinic", "facts": [
        b12("2026-10-01", "250"),
        {"concept": "methylmalonic_acid", "date": "2026-10-01", "value": "0.62", "unit": "umol/L"},
        {"concept": "type_2_diabetes", "date": "2012-03-01"},
        {"concept": "metformin", "date": "2019-05-01", "end": "2026-12-31"}]},
    {"patient_id": "3", "sex": "female", "birth_date": "1990-07", "site": "S", "facts": [
        b12("2026-10-20", "150", comparator="<"),
        {"concept": "hemoglobin", "date": "2026-10-20", "value": "12.9", "unit": "g/dL"},
        {"concept": "omeprazole", "date": "2026-10-01", "end": "2026-12-29", "dose": "oral"},
        {"concept": "vegan_diet", "date": "2022-01-01"}]},
    {"patient_id": "4", "sex": "male", "birth_date": "1955-02-03", "facts": [b12("2026-09-15", "<150"), b12("2025-09-15", "150", comparator="<")]},
    {"patient_id": "5", "sex": "female", "birth_date": "1948-11-20", "site": "S", "facts": [
        {"concept": "intrinsic_factor_antibody", "date": "2026-01-10", "value": "positive"},
        b12("2026-01-10", "90"),
        {"concept": "pernicious_anemia", "date": "2026-01-15"},
        injection("2026-01-20", "intramuscular"), injection("2026-01-22", "injection")]},
    {"patient_id": "6", "sex": "male", "birth_date": "1971-01-31", "facts": [
        b12("2026-08-08", "120", "pmol/L"),
        {"concept": "loinc|787-2", "date": "2026-08-08", "value": "haemolysed", "unit": "fL"},
        {"concept": "total_gastrectomy", "date": "2018-04-04"}]},
    {"patient_id": "7", "sex": "female", "birth_date": "2001-09-09", "facts": [{"concept": "icd10|D51.0", "date": "2026-02-01"}]},
]  # fmt: skip


def table(name: str, folder: Path = SAMPLE) -> list[dict[str, str]]:
    """The rows of a table of CSV."""
    with (folder / f"{name}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def cdm(folder: Path, leave: Iterable[str] = (), **tables: list[dict[str, Any]]) -> Path:
    """A copy of the sample as CSV without the tables of *leave*, and with other rows in those named."""
    folder.mkdir(exist_ok=True, parents=True)
    for path in SAMPLE.glob("*.csv"):
        if path.stem in leave:
            continue
        header = next(csv.reader(path.open(newline="")))
        rows = tables.get(path.stem, table(path.stem))
        with (folder / path.name).open("w", newline="") as file:
            writer = csv.DictWriter(file, header, restval="")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def packed(folder: Path) -> Path:
    """The sample as .csv.gz with names in upper case."""
    folder.mkdir()
    for path in SAMPLE.glob("*.csv"):
        (folder / f"{path.stem.upper()}.csv.gz").write_bytes(gzip.compress(path.read_bytes()))
    return folder


def as_parquet(folder: Path) -> Path:
    """The sample as typed Parquet files in a folder inside, one table in two parts."""
    inside = folder / "cdm54"
    inside.mkdir(parents=True)
    with duckdb.connect() as con:
        for path in SAMPLE.glob("*.csv"):
            rows = f"(SELECT *, row_number() OVER () AS n FROM read_csv('{path}', sample_size=-1))"
            if path.stem != "measurement":
                con.execute(f"COPY (SELECT * EXCLUDE n FROM {rows}) TO '{inside / path.stem}.parquet' (FORMAT parquet)")
                continue
            (inside / path.stem).mkdir()
            for part in (0, 1):
                con.execute(f"COPY (SELECT * EXCLUDE n FROM {rows} WHERE n % 2 = {part}) TO '{inside / path.stem}/part-{part}.parquet' (FORMAT parquet)")
    return folder
