"""Every format from every input on both engines: the same answers, and CSV that no spreadsheet runs as a formula."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from command import AS_OF, cobalamin

duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

IDS = ["plain", "=1+1", "+1", "-1", "@cmd", "a,b", 'say "x"', "two\nlines", "#hash", "मरीज़", " spaced ", "'quoted'", "a;b", "null", "NULL", "7"]
MEASURED = [("serum_b12", "150", "ng/L"), ("holotranscobalamin", "30", "pmol/L"), ("methylmalonic_acid", "500", "nmol/L"), ("homocysteine", "20", "µmol/L"),
            ("serum_folate", "10", "µg/L"), ("hemoglobin", "95", "g/L"), ("mcv", "110", "fL"), ("creatinine", "60", "µmol/L")]  # fmt: skip


def facts_of(number: int) -> list[dict[str, str]]:
    rows = [
        {"concept": c, "value": str(float(v) * (1 if c == "creatinine" else 1 + number / 7)), "unit": u, "date": "2026-11-01"}
        for c, v, u in MEASURED[: number % 9]
    ]
    return [*rows, {"concept": "tingling in both feet"}, {"concept": "glorbing"}, {"concept": "mcv", "value": "a lot"}]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same people as cases and as tables."""
    folder = tmp_path_factory.mktemp("people")
    people = [{"patient_id": id, "sex": "female", "birth_date": "1970-01-01"} for id in IDS]
    (folder / "tables").mkdir()
    (folder / "cases.jsonl").write_text("\n".join(json.dumps(p | {"facts": facts_of(n)}) for n, p in enumerate(people)))
    rows = [{"patient_id": p["patient_id"], **fact} for n, p in enumerate(people) for fact in facts_of(n)]
    for name, held in (("patients", people), ("facts", rows)):
        with (folder / "tables" / f"{name}.csv").open("w", newline="") as file:
            writer = csv.DictWriter(file, list(dict.fromkeys(column for row in held for column in row)), restval="")
            writer.writeheader()
            writer.writerows(held)
    return {"cases": folder / "cases.jsonl", "tables": folder / "tables"}


def written(source: Path, engine: str, format: str, folder: Path) -> bytes:
    out = folder / f"{engine}.{format}"
    ended = cobalamin("assess", source, "--engine", engine, "--out", out, "--as-of", AS_OF)
    assert (ended.code, ended.out) == (0, ""), ended.err
    return out.read_bytes()


@pytest.mark.parametrize("kind", ["cases", "tables"])
def test_every_format_on_both_engines(kind: str, sources: dict[str, Path], tmp_path: Path) -> None:
    """Pins that JSON lines and CSV hold the same people and answers, whoever wrote them; CSV holds no formula."""
    found = {(engine, format): written(sources[kind], engine, format, tmp_path) for engine in ("memory", "duckdb") for format in ("jsonl", "csv")}
    people = [json.loads(line) for line in found["memory", "jsonl"].decode().splitlines()]
    assert [p["patient_id"] for p in people] == [id.strip() for id in IDS]
    assert people == [json.loads(line) for line in found["duckdb", "jsonl"].decode().splitlines()]
    assert any(p["combined_indicator"] for p in people)
    assert table(found["memory", "csv"]) == table(found["duckdb", "csv"])
    no_formulas(table(found["duckdb", "csv"]))


def test_json_and_parquet(sources: dict[str, Path], tmp_path: Path) -> None:
    """Pins that one JSON document and Parquet hold what JSON lines hold, to the screen and to a file."""
    people = [json.loads(line) for line in written(sources["tables"], "memory", "jsonl", tmp_path).decode().splitlines()]
    assert json.loads(written(sources["tables"], "duckdb", "json", tmp_path)) == people
    assert json.loads(cobalamin("assess", sources["cases"], "--engine", "memory", "--format", "json", "--as-of", AS_OF).out) == people
    written(sources["tables"], "duckdb", "parquet", tmp_path)
    with duckdb.connect() as con:
        rows = con.execute(f"SELECT patient_id, status, guidelines, findings, len(set_aside), trace FROM '{tmp_path}/duckdb.parquet'").fetchall()
    assert [row[:5] for row in rows] == [(p["patient_id"], p["status"], p["guidelines"], p["findings"], len(p["set_aside"])) for p in people]
    assert [rules_of(row[5]) for row in rows] == [[entry["rule"] for entry in p["trace"] if entry["truth"] == "true"] for p in people]


def rules_of(trace: dict[str, str | list[str] | None]) -> list[str]:
    """The rules that counted, from the columns of a table of people: one row of a table, or a list of rows."""
    held = ((table, [rows] if isinstance(rows, str) else rows or []) for table, rows in trace.items())
    return [f"{table}.ng239.{row}" for table, rows in held for row in rows]


def table(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode(), newline="")))


def test_csv_to_the_screen_is_csv_to_a_file(sources: dict[str, Path], tmp_path: Path) -> None:
    """Pins that both ways print the same, with one line a person and the header first."""
    printed = cobalamin("assess", sources["tables"], "--engine", "memory", "--format", "csv", "--as-of", AS_OF).out
    assert printed.encode() == written(sources["tables"], "memory", "csv", tmp_path)


def test_compare_writes_the_same_on_both_engines(sources: dict[str, Path], tmp_path: Path) -> None:
    """Pins who differs between guidelines and by which rule, in the order of the source."""
    found = []
    for engine in ("memory", "duckdb"):
        assert cobalamin("compare", sources["tables"], "--engine", engine, "--out", tmp_path / f"{engine}.csv", "--as-of", AS_OF).code == 0
        found.append(table((tmp_path / f"{engine}.csv").read_bytes()))
    assert found[0] == found[1]
    assert "'+1" in [row["patient_id"] for row in found[0]]
    no_formulas(found[0])


def no_formulas(rows: list[dict[str, str]]) -> None:
    """No cell begins like a formula, apart from a negative number of our own."""
    for row in rows:
        for column, cell in row.items():
            assert column == "combined_indicator" or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), (column, cell)


@pytest.mark.parametrize(("lang", "kind"), [("en", "tables"), ("hi", "cases"), ("ar", "cases")])
def test_text_of_tables_and_cases(lang: str, kind: str, sources: dict[str, Path]) -> None:
    """Pins that text comes for tables and cases."""
    ended = cobalamin("assess", sources[kind], "--lang", lang, "--as-of", AS_OF)
    assert (ended.code, ended.err) == (0, "")
    assert len(ended.out) > 500
