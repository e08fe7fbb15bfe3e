"""FHIR Bundles: resources in memory become a case, and up to what size a Bundle in a file is sooner read so than by DuckDB.

    python bench/bundles.py [--rounds 3]

The people are those of the export that is invented for `fhir_race.py`, as Bundles. Both engines must give the same answers first.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from assess_command import COBALAMIN, DAY
from fhir_export import invented
from process import Used, run
from table import Table

from cobalamin.assessing import memory_engine
from cobalamin.records.case import read_case
from cobalamin.records.fhir.resources import case_of

PEOPLE = (1, 10, 100, 400, 800)
REPEATS = 60
GOAL = "5 ms"
OURS = "2132-9"


def in_memory() -> Table:
    """Median milliseconds of processor time to turn what a record system sends along into a case, and to understand and assess it too."""
    engine = memory_engine(DAY)

    def assess(sent: list[dict[str, Any]]) -> None:
        engine.assess(read_case(case_of(sent, engine.words, DAY).case, engine.words, engine.day, engine.spoken))

    def read(sent: list[dict[str, Any]]) -> None:
        case_of(sent, engine.words, DAY)

    rows = [(name, f"{_milliseconds(read, sent):.2f} ms", f"{_milliseconds(assess, sent):.2f} ms", GOAL) for name, sent in _prefetches().items()]
    return Table("FHIR resources in memory, one person", ("what", "to a case", "to an assessment", "goal, to a case"), rows)


def _prefetches() -> dict[str, list[dict[str, Any]]]:
    patient = {"resourceType": "Patient", "id": "p1", "gender": "female", "birthDate": "1970-02-03"}
    return {
        "30 resources, all ours": [patient, *(_result(n, OURS) for n in range(19)), *map(_order, range(10))],
        "200 results, one in 20 ours": [patient, *(_result(n, OURS if n % 20 == 0 else "8302-2") for n in range(200))],
        "100 results and 100 orders, all ours": [patient, *(_result(n, OURS) for n in range(100)), *map(_order, range(100))],
        "200 results, all ours": [patient, *(_result(n, OURS) for n in range(200))],
    }


def _result(n: int, code: str) -> dict[str, Any]:
    unit = {"unit": "pg/mL", "system": "http://unitsofmeasure.org", "code": "pg/mL"}
    return {"resourceType": "Observation", "id": f"o{n}", "status": "final", "code": {"coding": [{"system": "http://loinc.org", "code": code, "display": "Cobalamin"}]},
            "subject": {"reference": "Patient/p1"}, "effectiveDateTime": f"2020-{n % 12 + 1:02}-{n % 28 + 1:02}T10:00:00+05:30",
            "valueQuantity": {"value": 150 + n, **unit}, "referenceRange": [{"low": {"value": 180, **unit}, "high": {"value": 914, **unit}}]}  # fmt: skip


def _order(n: int) -> dict[str, Any]:
    product = "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet"
    dosage = {"timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 500, "unit": "mg"}}]}
    return {"resourceType": "MedicationRequest", "id": f"m{n}", "status": "active", "intent": "order", "subject": {"reference": "Patient/p1"},
            "medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "860975", "display": product}]},
            "authoredOn": f"20{n % 20 + 1:02}-01-01", "dosageInstruction": [dosage]}  # fmt: skip


def _milliseconds(call: Callable[[list[dict[str, Any]]], None], sent: list[dict[str, Any]]) -> float:
    call(sent)
    times = []
    for _ in range(REPEATS):
        start = time.process_time()
        call(sent)
        times.append((time.process_time() - start) * 1000)
    return median(times)


def in_files(scratch: Path, rounds: int) -> Table:
    """Processor seconds of whole commands over Bundles of more and more people, the least of some rounds in which the engines take turns."""
    (folder := scratch / "bundles").mkdir()
    invented(folder, max(PEOPLE))
    resources: dict[str, list[str]] = defaultdict(list)
    for file in sorted(folder.glob("*.ndjson"), key=lambda file: not file.name.startswith("Patient")):
        for line in file.read_text(encoding="utf-8").splitlines():
            tree = json.loads(line)
            resources[tree.get("subject", {}).get("reference", f"Patient/{tree['id']}")].append(f'{{"resource":{line}}}')
    rows = []
    for people in PEOPLE:
        bundle = folder / f"{people}.json"
        bundle.write_text('{"resourceType":"Bundle","entry":[' + ",".join(line for held in list(resources.values())[:people] for line in held) + "]}", encoding="utf-8")
        used: dict[str, list[Used]] = {"memory": [], "duckdb": []}
        for _ in range(rounds):
            for engine, times in used.items():
                times.append(run([COBALAMIN, "assess", bundle, "--as-of", DAY, "--engine", engine, "--out", folder / f"{engine}.jsonl"]))
        answers = [[json.loads(line) for line in (folder / f"{engine}.jsonl").read_text(encoding="utf-8").splitlines()] for engine in used]
        if answers[0] != answers[1]:
            raise SystemExit("The engines give different answers.")
        memory, duckdb = (min(one.cpu for one in times) for times in used.values())
        rows.append((f"{people}", f"{bundle.stat().st_size / 1e6:.1f} MB", f"{memory:.2f} s", f"{duckdb:.2f} s", f"{duckdb / memory:.1f}"))
    note = f"The least of {rounds} rounds, processor seconds of the whole command; both engines gave the same answers."
    return Table("FHIR Bundles in a file, by engine", ("people", "size", "memory", "DuckDB", "DuckDB to memory"), rows, note)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="cobalamin-bench-") as made:
        print(in_memory())
        print(in_files(Path(made), given.rounds))


if __name__ == "__main__":
    main()
