"""One hand-written DuckDB query that computes only the features, and whether it computes the same.

usage: python bench/handwritten.py FOLDER TARGET MEMORY
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import duckdb
from assess_command import DAY

from cobalamin.rules import nodes as n
from cobalamin.run import Run

QUERY = Path(__file__).with_suffix("").with_name("handwritten_features.sql")
RESULTS = ("serum_b12", "methylmalonic_acid", "hemoglobin", "creatinine", "ferritin")
PRESENCE = (("has", "metformin", "has"), ("recent", "vitamin_b12_treatment", "recent_180"), ("ever", "gastric_surgery", "ever"))


def query(folder: Path) -> str:
    """The query over the population in *folder*."""
    text = QUERY.read_text(encoding="utf-8")
    return text.replace("$FACTS", f"{folder}/facts.parquet").replace("$PATIENTS", f"{folder}/patients.parquet").replace("$DAY", f"DATE '{DAY}'")


def write(folder: Path, target: Path, memory_limit: str) -> None:
    """The features of everybody, from Parquet to Parquet."""
    con = duckdb.connect()
    con.execute(f"SET memory_limit='{memory_limit}'; SET temp_directory='{target.parent}'")
    con.execute(f"COPY ({query(folder)}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")


def agreement(folder: Path, scratch: Path, memory_limit: str) -> tuple[dict[str, int], int]:
    """For some features: on how many patients the query says what the engine says, and of how many."""
    write(folder, scratch / "handwritten.parquet", memory_limit)
    text = query(folder)
    with Run(folder, as_of=DAY, engine="duckdb", memory_limit=memory_limit).opened(scratch) as engine:
        features = engine.features
        # the first window of a concept is the one its rules of diagnosis share
        names = {node.concept: name for node, name in reversed(features.leaves.items()) if isinstance(node, n.Latest)}
        pairs = {}
        for concept in RESULTS:
            equal = [f"o.{names[concept]}_lo IS NOT DISTINCT FROM round(h.{concept}, 4)"]
            if f" AS {names[concept]}_g" in " ".join(features.unpacked):
                equal.append(f"o.{names[concept]}_g IS NOT DISTINCT FROM h.{concept}_group")
            pairs[f"latest {concept}"] = " AND ".join(equal)
        for function, concept, counts in PRESENCE:
            # what is on nobody's record has no column
            held = [place for x, place in features.presence_bits.items() if x.function == function and x.concept == concept]
            flag = f"((o.{held[0][0]} >> {held[0][1]}) & 1)" if held else "0"
            pairs[f"{counts} {concept}"] = f"{flag} = {_flag(text, counts, concept)}"
        age = next(name for node, name in features.leaves.items() if isinstance(node, n.Person) and node.name == "age_years")
        pairs["age"] = f"o.{age}_lo = h.age_years"
        wanted = {"patient_id", f"{age}_lo", *(column for column, _ in features.presence_bits.values())}
        wanted |= {f"{name}_{part}" for name in names.values() for part in ("lo", "g")}
        columns = [row[0] for row in engine.con.execute(f"DESCRIBE SELECT * FROM {engine.features_query()}").fetchall() if row[0] in wanted]
        ours = scratch / "features.parquet"
        engine.con.execute(f"COPY (SELECT {', '.join(columns)} FROM {engine.features_query()}) TO '{ours}' (FORMAT parquet)")
    sums = ", ".join(f"count(*) FILTER (WHERE {test})" for test in pairs.values())
    row = duckdb.sql(f"SELECT count(*), {sums} FROM '{ours}' o JOIN '{scratch}/handwritten.parquet' h USING (patient_id)").fetchall()[0]
    return dict(zip(pairs, row[1:], strict=True)), row[0]


def _flag(text: str, counts: str, concept: str) -> str:
    """Where the query keeps a flag: the flag of a concept lists that concept itself."""
    half = int(re.findall(r"bit < (\d+)", text)[0])
    found = [int(bit) for bit, c, member in re.findall(r"\((\d+), '(\w+)', '(\w+)'\)", text) if c == counts and member == concept]
    # narrower concepts share the bit, and a narrower concept may own one too: the flag is the bit with the most members
    bit = max(found, key=lambda b: len(re.findall(rf"\({b}, '{counts}', ", text)))
    return f"((h.flags_{bit // half} >> {bit % half}) & 1)"


if __name__ == "__main__":
    write(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
