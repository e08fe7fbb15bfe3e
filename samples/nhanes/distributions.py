"""Compute the percentiles of src/cobalamin/knowledge/distributions.yaml from the NHANES extracts build.py reads.

Usage: python distributions.py FOLDER
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
from build import CYCLES, LABORATORY

OTHERS = [("iron_ug_dl", "serum_iron", "ug/dL"), ("albumin_g_dl", "albumin", "g/dL"), ("crp_mg_dl", "c_reactive_protein", "mg/dL"),
          ("tibc_ug_dl", "total_iron_binding_capacity", "ug/dL")]  # fmt: skip


def main() -> None:
    extracts = [str(Path(sys.argv[1]) / f"nhanes_{cycle.replace('-', '_')}.parquet") for cycle in CYCLES]
    con = duckdb.connect()
    for column, concept, unit in [*LABORATORY, *OTHERS]:
        sql = f"SELECT count({column}), quantile_cont({column}, [0.05, 0.5, 0.95]) FROM read_parquet($extracts, union_by_name = true) WHERE age_years >= 18"
        ((people, (low, middle, high)),) = con.execute(sql, {"extracts": extracts}).fetchall()
        print(f'{concept}: {{unit: "{unit}", p05: {low:.4g}, p50: {middle:.4g}, p95: {high:.4g}, people: {people}}}')


if __name__ == "__main__":
    main()
