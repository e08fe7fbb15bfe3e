"""The worklists on the command line: files a spreadsheet and a program can read, whole or not at all, and counts that add up."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from command import cobalamin

pytest.importorskip("duckdb", reason="DuckDB is not installed: pip install 'cobalamin[population]'")

PATIENTS = "patient_id,sex,age_years,site\n=1+1,female,50,@home\nwell,male,40,north\n-2,male,61,\n"
FACTS = (
    "patient_id,concept,date,value,unit\n=1+1,serum_b12,2026-11-01,150,ng/L\nwell,serum_b12,2026-11-01,500,ng/L\n"
    "-2,total_gastrectomy,2010-01-01,,\n-2,hydroxocobalamin,2026-01-01,,\n-2,hydroxocobalamin,2025-01-01,,\n-2,hemoglobin,2026-02-01,14,g/dL\n"
)


@pytest.fixture
def clinic(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "patients.csv").write_text(PATIENTS, encoding="utf-8")
    (tmp_path / "in" / "facts.csv").write_text(FACTS, encoding="utf-8")
    return tmp_path


def run(folder: Path, *options: str) -> str:
    ended = cobalamin("worklist", "in", "--as-of", "2026-11-20", *options, folder=folder)
    assert ended.code == 0, ended.err
    assert "patients: 3 read = 3 used" in ended.err
    return ended.out


@pytest.mark.parametrize("engine", ["memory", "duckdb"])
@pytest.mark.parametrize("lang", ["en", "hi", "ar"])
def test_the_spreadsheet_is_safe_and_reads_as_utf8(clinic: Path, engine: str, lang: str) -> None:
    """Pins the byte order mark, harmless cells, the order of rows, and what somebody who acts needs."""
    run(clinic, "--out", "list.csv", "--engine", engine, "--lang", lang)
    held = (clinic / "list.csv").read_bytes()
    assert held.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(held.decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert [(row["patient_id"], row["kind"], row["urgency"], row["due"], row["days_late"], row["site"]) for row in rows] == [
        ("'-2", "overdue", "soon", "2026-04-01", "233", ""), ("'=1+1", "recall", "soon", "2026-11-08", "12", "'@home"),
        ("'-2", "injection_review", "routine", "2026-04-01", "233", ""), ("'-2", "test_due", "routine", "2026-11-20", "0", ""),
    ]  # fmt: skip
    recall = rows[1]
    assert (recall["last_b12"], recall["last_b12_date"], recall["status"]) == ("150 ng/L", "2026-11-01", "deficient")
    assert rows[0]["last_injection_date"] == "2026-01-01"
    assert all(row["why"] and row["next"] and row["sources"] and row["rules"] for row in rows)
    assert (clinic / "list.csv.account.json").exists()


def test_programs_get_the_reasons_as_a_list(clinic: Path) -> None:
    """Pins Parquet and JSON lines: the same rows, each reason with its own day, rule and source."""
    import duckdb

    run(clinic, "--out", "list.parquet")
    lines = [json.loads(line) for line in run(clinic, "--format", "jsonl", "--engine", "memory").splitlines()]
    cursor = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(clinic / "list.parquet")])
    names = [column[0] for column in cursor.description or ()]
    assert [dict(zip(names, row, strict=True)) for row in cursor.fetchall()] == lines
    reason = lines[1]["reasons"][0]
    assert (reason["reason"], reason["due"], reason["rule"]) == ("never_treated", "2026-11-08", "worklist.recall.ng239.never_treated")
    assert reason["checked"] == "secondary"
    assert reason["source"]
    assert reason["where"]


class Tags(HTMLParser):
    """Counts elements and keeps what would fetch or run something."""

    def __init__(self) -> None:
        super().__init__()
        self.counts: Counter[str] = Counter()
        self.outside: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.counts[tag] += 1
        self.outside += [f"{name}={value}" for name, value in attrs if name in ("src", "href", "srcset", "action") and not str(value).startswith("#")]
        self.outside += [name for name, _ in attrs if name.startswith("on")]
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize(("lang", "way"), [("en", "ltr"), ("hi", "ltr"), ("ar", "rtl")])
def test_the_page_stands_alone(clinic: Path, lang: str, way: str) -> None:
    """Pins a page without network, script or sentence left out: a box to tick with a name for each row, results, and sources."""
    run(clinic, "--out", "list.html", "--lang", lang)
    text = (clinic / "list.html").read_text(encoding="utf-8")
    tags = Tags()
    tags.feed(text)
    assert tags.open == []
    assert f'<html lang="{lang}" dir="{way}">' in text
    assert tags.outside == []
    assert tags.counts["script"] == tags.counts["link"] == tags.counts["img"] == 0
    assert "url(" not in text
    assert "@import" not in text
    assert text.count('type="checkbox" aria-label="') == 4
    assert "<bdi>=1+1</bdi>" in text
    assert '<bdi dir="ltr" class="keep">150 ng/L</bdi>' in text
    assert not [word for word in ("listed-", "todo-", "worklist-recall", "cause-name-") if word in text]


def test_a_page_says_what_is_written_and_nothing_else(clinic: Path) -> None:
    """Pins that an id or a site with marks of HTML stays text."""
    (clinic / "in" / "patients.csv").write_text("patient_id,sex,age_years,site\n<b>x</b>,female,50,<script>alert(1)</script>\na,male,40,\nb,male,4,\n", encoding="utf-8")
    (clinic / "in" / "facts.csv").write_text("patient_id,concept,date,value,unit\n<b>x</b>,serum_b12,2026-11-01,150,ng/L\n", encoding="utf-8")
    run(clinic, "--out", "list.html")
    text = (clinic / "list.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;x&lt;/b&gt;" in text
    assert "<script" not in text
    assert "<b>" not in text


def test_one_kind_alone_and_counts_on_the_terminal(clinic: Path) -> None:
    """Pins that --kind leaves the other lists out and that everybody is counted."""
    said = run(clinic, "--kind", "recall").replace("\u2066", "").replace("\u2069", "")
    assert "3 people: 1 stand on at least one list, 2 on none." in said
    assert "Overdue" not in said


def test_wrong_wishes_are_refused(clinic: Path) -> None:
    """Pins exit code 2 and that nothing is written."""
    for options in (["--kind", "recal"], ["--format", "parquet"], ["--out", "in/facts.csv"], ["--out", "nowhere/a.csv"], ["--guideline", "ng293"]):
        assert cobalamin("worklist", "in", *options, folder=clinic).code == 2
    assert (clinic / "in" / "facts.csv").read_text(encoding="utf-8") == FACTS
    assert sorted(path.name for path in clinic.iterdir()) == ["in"]
