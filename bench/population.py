"""Make a population to measure with: typed Parquet, 30 facts a person, plausible but invented values.

usage: python bench/population.py FOLDER [PATIENTS]
Says nothing about real people: values are drawn independently, so it measures speed and never medicine.
Every value is a hash of the person, the fact and what is drawn, so that any number of threads make the same files, in a stream.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

RESULTS = {
    "serum_b12": ("pg/mL", 60, 1200), "holotranscobalamin": ("pmol/L", 10, 150), "methylmalonic_acid": ("umol/L", 0.08, 1.2),
    "homocysteine": ("umol/L", 5, 40), "hemoglobin": ("g/dL", 7, 17), "mcv": ("fL", 70, 120), "creatinine": ("mg/dL", 0.5, 3),
    "serum_folate": ("ng/mL", 1, 20), "ferritin": ("ng/mL", 5, 400), "white_blood_cells": ("10^9/L", 2, 12), "platelets": ("10^9/L", 60, 450),
    "rdw": ("%", 11, 20), "lactate_dehydrogenase": ("U/L", 100, 900), "total_bilirubin": ("mg/dL", 0.2, 3),
    "thyroid_stimulating_hormone": ("mIU/L", 0.2, 9), "alanine_aminotransferase": ("U/L", 8, 90),
}  # fmt: skip
PRESENT = ("metformin", "omeprazole", "pantoprazole", "vegan_diet", "vegetarian_diet", "fatigue", "paresthesia", "glossitis", "pregnancy",
           "hypothyroidism", "type_2_diabetes", "gait_ataxia", "memory_impairment", "celiac_disease", "cyanocobalamin",
           "intrinsic_factor_antibody")  # fmt: skip

MEMORY_LIMIT = "2GB"
ID = "'p' || lpad(i::VARCHAR, 8, '0') AS patient_id"
DRAWN = ("sex", "birth_date", "result", "present", "date", "value")


def _share(of: str, drawn: str) -> str:
    """A number from 0 to below 1 that depends on nothing but the number *of* a person or fact and on what is drawn."""
    # one number is hashed: hashes of several arguments, combined, resemble each other
    return f"((hash(({of}) * {len(DRAWN)} + {DRAWN.index(drawn)}) >> 11) / {2**53}.0)"


def make(folder: Path, patients: int) -> None:
    """Write `patients.parquet` and `facts.parquet`, facts in the order of the patients."""
    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    con.execute(f"SET memory_limit='{MEMORY_LIMIT}'; SET temp_directory='{folder}'; SET enable_progress_bar=false")
    # a table is read by every thread and keeps its order; a bare range() is read by one
    con.execute(f"CREATE TABLE people AS SELECT i FROM range({patients}) t(i)")
    con.execute(f"""COPY (SELECT {ID}, CASE WHEN {_share("i", "sex")} < 0.5 THEN 'female' ELSE 'male' END AS sex,
        DATE '1930-01-01' + ({_share("i", "birth_date")} * 35000)::INT AS birth_date FROM people) TO '{folder}/patients.parquet'""")
    units, lows, widths = ([column for column in columns] for columns in zip(*((unit, low, high - low) for unit, low, high in RESULTS.values()), strict=True))
    # each result once, ten of any kind, four things present; DuckDB counts from 1
    con.execute(f"""COPY (SELECT {ID}, CASE WHEN kind IS NULL THEN {list(PRESENT)}[1 + ({_share("i * 30 + j", "present")} * {len(PRESENT) - 2})::INT]
            ELSE {list(RESULTS)}[kind] END AS concept,
          DATE '2026-11-20' - ({_share("i * 30 + j", "date")} * CASE WHEN kind IS NULL THEN 2500 ELSE 360 END)::INT AS date, NULL::DATE AS "end",
          round(({lows}::DOUBLE[])[kind] + {_share("i * 30 + j", "value")} * ({widths}::DOUBLE[])[kind], 2) AS value,
          NULL::VARCHAR AS comparator, {units}[kind] AS unit, NULL::VARCHAR AS dose
        FROM (SELECT i, j, CASE WHEN j < {len(RESULTS)} THEN j + 1 WHEN j < 26 THEN 1 + ({_share("i * 30 + j", "result")} * {len(RESULTS) - 1})::INT END AS kind
              FROM (SELECT i, unnest(range(30)) AS j FROM people)))
        TO '{folder}/facts.parquet' (COMPRESSION zstd, ROW_GROUP_SIZE 245760)""")


def population(folder: Path, patients: int) -> Path:
    """A folder of so many generated patients, made once."""
    made = folder / f"patients-{patients}"
    if not made.exists():
        draft = folder / f"unfinished-{patients}"
        make(draft, patients)
        draft.rename(made)
    return made


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
