"""Build the NHANES sample: patients.parquet, facts.parquet, design.parquet.

Usage: python build.py FOLDER [--out FOLDER]

FOLDER holds one Parquet extract per survey cycle and the long prescription
table; README.md beside this file says which NHANES variable each column is.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import duckdb

HERE = Path(__file__).resolve().parent

CYCLES = ["1999-2000", "2001-2002", "2003-2004", "2005-2006"]
PRESCRIPTIONS = "nhanes_rx_long.parquet"

# column of the extracts, concept, unit as NHANES prints it
LABORATORY = [
    ("b12_pg_ml", "serum_b12", "pg/mL"),
    ("mma_umol_l", "methylmalonic_acid", "umol/L"),
    ("hcy_umol_l", "homocysteine", "umol/L"),
    ("serum_folate_ng_ml", "serum_folate", "ng/mL"),
    ("rbc_folate_ng_ml", "red_cell_folate", "ng/mL"),
    ("hgb_g_dl", "hemoglobin", "g/dL"),
    ("hct_pct", "hematocrit", "%"),
    ("mcv_fl", "mcv", "fL"),
    ("rdw_pct", "rdw", "%"),
    ("rbc_10e6_ul", "red_blood_cells", "10^6/uL"),
    ("wbc_10e3_ul", "white_blood_cells", "10^3/uL"),
    ("plt_10e3_ul", "platelets", "10^3/uL"),
    ("neut_10e3_ul", "neutrophils", "10^3/uL"),
    ("ferritin_ng_ml", "ferritin", "ng/mL"),
    ("creatinine_mg_dl", "creatinine", "mg/dL"),
    ("ast_u_l", "aspartate_aminotransferase", "U/L"),
    ("alt_u_l", "alanine_aminotransferase", "U/L"),
    ("ggt_u_l", "gamma_glutamyltransferase", "U/L"),
    ("ldh_u_l", "lactate_dehydrogenase", "U/L"),
    ("total_bilirubin_mg_dl", "total_bilirubin", "mg/dL"),
    ("tsh", "thyroid_stimulating_hormone", "uIU/mL"),
]

# A prescription counts when one of its ingredients is the drug or a salt of it.
DRUGS = [
    "metformin",
    "omeprazole",
    "lansoprazole",
    "esomeprazole",
    "pantoprazole",
    "rabeprazole",
    "ranitidine",
    "famotidine",
    "cimetidine",
    "nizatidine",
    "phenytoin",
    "methotrexate",
    "levothyroxine",
    "cyanocobalamin",
    "folic_acid",
]

PEOPLE = """
CREATE TEMP TABLE people AS
SELECT
    'nhanes-' || seqn AS patient_id,
    * REPLACE (
        -- Serum creatinine on the standard scale, as CDC publishes for LAB18 and BIOPRO_D.
        CASE cycle
            WHEN '1999-2000' THEN round(1.013 * creatinine_mg_dl + 0.147, 4)
            WHEN '2005-2006' THEN round(0.978 * creatinine_mg_dl - 0.016, 4)
            ELSE creatinine_mg_dl
        END AS creatinine_mg_dl
    )
FROM read_parquet($extracts, union_by_name = true)
WHERE b12_pg_ml IS NOT NULL
"""

PATIENTS = """
SELECT
    patient_id,
    CASE sex WHEN 'F' THEN 'female' WHEN 'M' THEN 'male' ELSE error('unknown sex') END AS sex,
    age_years::INTEGER AS age_years,
    -- Eight-year examination weight, by the NCHS rule for 1999-2006 pooled.
    CASE WHEN cycle IN ('1999-2000', '2001-2002') THEN wtmec4yr / 2 ELSE wtmec2yr / 4 END AS weight,
    sdmvstra::INTEGER::VARCHAR AS stratum,
    sdmvpsu::INTEGER::VARCHAR AS psu
FROM people
ORDER BY patient_id
"""

DESIGN = """
SELECT patient_id, cycle, wtmec2yr, wtmec4yr
FROM people
ORDER BY patient_id
"""

FACTS = """
WITH found AS (
    SELECT l.patient_id, n.concept, l.value, n.unit
    FROM (UNPIVOT people ON {columns} INTO NAME source VALUE value) AS l
    JOIN laboratory AS n USING (source)
    UNION ALL
    SELECT patient_id, 'pregnancy', NULL, NULL FROM people WHERE pregnant_code = 1
    UNION ALL
    SELECT patient_id, 'black_ethnicity', NULL, NULL FROM people WHERE race_eth_code = 4
    UNION ALL
    SELECT DISTINCT p.patient_id, d.concept, NULL, NULL
    FROM (
        SELECT seqn, unnest(string_split(drug_name, '; ')) AS ingredient
        FROM read_parquet($prescriptions)
        WHERE rx_used_code = 1
    ) AS r
    JOIN people AS p USING (seqn)
    JOIN drugs AS d ON r.ingredient = d.ingredient OR starts_with(r.ingredient, d.ingredient || ' ')
)
SELECT
    patient_id,
    concept,
    NULL::DATE AS date,
    NULL::DATE AS "end",
    value::DOUBLE AS value,
    NULL::VARCHAR AS comparator,
    unit::VARCHAR AS unit,
    NULL::VARCHAR AS dose
FROM found
ORDER BY patient_id, concept
"""


def build(source: Path, target: Path) -> dict[str, int]:
    """Write the three files into target and return their row counts."""
    con = duckdb.connect()
    con.execute("SET threads = 1")  # one thread, so the bytes come out the same every time
    extracts = [str(source / f"nhanes_{cycle.replace('-', '_')}.parquet") for cycle in CYCLES]
    con.execute(PEOPLE, {"extracts": extracts})

    con.execute("CREATE TEMP TABLE laboratory (source VARCHAR, concept VARCHAR, unit VARCHAR)")
    con.executemany("INSERT INTO laboratory VALUES (?, ?, ?)", LABORATORY)
    con.execute("CREATE TEMP TABLE drugs (concept VARCHAR, ingredient VARCHAR)")
    con.executemany(
        "INSERT INTO drugs VALUES (?, ?)", [(d, d.replace("_", " ").upper()) for d in DRUGS]
    )
    con.execute("CREATE TEMP TABLE patients AS " + PATIENTS)
    con.execute("CREATE TEMP TABLE design AS " + DESIGN)
    con.execute(
        "CREATE TEMP TABLE facts AS "
        + FACTS.format(columns=", ".join(column for column, _, _ in LABORATORY)),
        {"prescriptions": str(source / PRESCRIPTIONS)},
    )

    target.mkdir(parents=True, exist_ok=True)
    counts = {}
    for table, order in [
        ("patients", "patient_id"),
        ("facts", "patient_id, concept"),
        ("design", "patient_id"),
    ]:
        path = str(target / f"{table}.parquet").replace("'", "''")
        con.execute(
            f"COPY (SELECT * FROM {table} ORDER BY {order}) TO '{path}' "
            "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 15)"
        )
        counts[table] = con.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
    con.close()
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="folder with the per-cycle Parquet extracts")
    parser.add_argument("--out", type=Path, default=HERE, help="where to write (default: here)")
    arguments = parser.parse_args()
    for name, rows in build(arguments.folder, arguments.out).items():
        size = (arguments.out / f"{name}.parquet").stat().st_size
        print(f"{name}.parquet: {rows} rows, {size} bytes")


if __name__ == "__main__":
    main()
