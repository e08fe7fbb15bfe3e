"""Make a population to measure with: typed Parquet, 30 facts a person, plausible but invented values.

usage: python bench/population.py FOLDER [PATIENTS]
Says nothing about real people: values are drawn independently, so it measures speed and never medicine.
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


def make(folder: Path, patients: int) -> None:
    """Write `patients.parquet` and `facts.parquet`, facts in the order of the patients."""
    folder.mkdir(parents=True, exist_ok=True)
    con = duckdb.connect()
    con.execute("SET threads=1; SELECT setseed(0.4)")
    con.execute(f"""COPY (SELECT 'p' || lpad(i::VARCHAR, 8, '0') AS patient_id, CASE WHEN random() < 0.5 THEN 'female' ELSE 'male' END AS sex,
        DATE '1930-01-01' + (random() * 35000)::INT AS birth_date FROM range({patients}) t(i)) TO '{folder}/patients.parquet'""")
    rows = [(name, unit, low, high) for name, (unit, low, high) in RESULTS.items()]
    con.execute("CREATE TABLE result (k INT, concept VARCHAR, unit VARCHAR, low DOUBLE, high DOUBLE)")
    con.executemany("INSERT INTO result VALUES (?, ?, ?, ?, ?)", [(k, *row) for k, row in enumerate(rows)])
    con.execute("CREATE TABLE present (k INT, concept VARCHAR)")
    con.executemany("INSERT INTO present VALUES (?, ?)", [(k, name) for k, name in enumerate(PRESENT[:-1])])
    con.execute(f"""COPY (SELECT patient_id, concept, date, NULL::DATE AS "end", value, NULL::VARCHAR AS comparator, unit, NULL::VARCHAR AS dose FROM (
        SELECT i, j, 'p' || lpad(i::VARCHAR, 8, '0') AS patient_id, COALESCE(r.concept, p.concept) AS concept,
          DATE '2026-11-20' - (CASE WHEN j < 26 THEN u * 360 ELSE u * 2500 END)::INT AS date,
          CASE WHEN j < 26 THEN round(r.low + v * (r.high - r.low), 2) END AS value, r.unit
        FROM (SELECT i, j, random() AS u, random() AS v, (random() * {len(rows) - 1})::INT AS a, (random() * {len(PRESENT) - 2})::INT AS b
              FROM range({patients}) t(i), range(30) s(j)) d
        LEFT JOIN result r ON j < 26 AND r.k = CASE WHEN j < {len(rows)} THEN j ELSE a END LEFT JOIN present p ON j >= 26 AND p.k = b)
        ORDER BY i, j) TO '{folder}/facts.parquet' (COMPRESSION zstd, ROW_GROUP_SIZE 245760)""")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1_000_000)
