"""Where the answers of a run go: standard output or a file, as text, JSON, JSON lines, CSV, Parquet or FHIR."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cobalamin.app.comparison import compare
from cobalamin.model.account import Account
from cobalamin.model.assessment import Assessment
from cobalamin.outputs.plain import csv_lines, to_json
from cobalamin.outputs.summary import print_summary
from cobalamin.outputs.whole_file import whole_file, whole_folder
from cobalamin.run import Run

if TYPE_CHECKING:
    from cobalamin.app.progress import Progress
    from cobalamin.rules.knowledge import Knowledge

PAGES = 20
"""More people than this are summed up rather than printed page by page."""


def fhir_lines(rows: Iterable[dict[str, Any]], knowledge: Knowledge, lang: str) -> Iterator[str]:
    """Assessments as FHIR Bundles: one over several lines for one person, a line for each of several."""
    from cobalamin.outputs.fhir.bundle import bundle_of

    recorded = datetime.now(UTC).isoformat(timespec="seconds")
    first, several = None, False
    for row in rows:
        if first is not None:
            yield to_json(first) + "\n"
            several = True
        first = bundle_of(Assessment.from_dict(row), knowledge, lang, recorded=recorded)
    if first is not None:
        yield to_json(first, indent=None if several else 1) + "\n"


def lines_of(rows: Iterable[dict[str, Any]], format: str) -> Iterator[str]:
    """Assessments as pieces of text in *format*: one JSON object for one person, a list for several."""
    if format == "csv":
        yield from csv_lines(rows)
    elif format == "jsonl":
        for row in rows:
            yield to_json(row) + "\n"
    else:
        first, several = None, False
        for row in rows:
            if first is not None:
                yield ("[\n" if not several else ",\n") + to_json(first, indent=1)
                several = True
            first = row
        yield (",\n" if several else "") + to_json(first, indent=1) + ("\n]\n" if several else "\n")


def pieces_of(run: Run, account: Account, format: str, lang: str) -> Iterator[str]:
    """Every assessment of a run as pieces of text in *format*; only FHIR speaks a language."""
    rows = run.rows(account)
    return fhir_lines(rows, run.knowledge, lang) if format == "fhir" else lines_of(rows, format)


def answer_stream(run: Run, format: str, lang: str = "en") -> Account:
    """Print every assessment to standard output."""
    account = Account()
    for piece in pieces_of(run, account, format, lang):
        click.echo(piece, nl=False)
    return account


def answer_file(run: Run, out: Path, format: str, *, lang: str = "en", resume: bool = False, progress: Progress | None = None) -> Account:
    """Write every assessment to a file that appears whole or not at all; with *resume* the finished parts of a run that was ended are used."""
    if run.engine == "spark" and format == "parquet":
        with whole_folder(out) as draft:
            return run.write_on_spark(draft)
    if format == "parquet":
        run.engine = "duckdb"
    if run.engine == "duckdb" and format in ("parquet", "jsonl", "csv"):
        kept = out.with_name(f".parts-{out.name}")
        with whole_file(out) as draft:
            account = run.write(draft, format, kept=kept, resume=resume, progress=progress)
        shutil.rmtree(kept, ignore_errors=True)
        return account
    account = Account()
    with whole_file(out) as draft, draft.open("w", encoding="utf-8", newline="") as file:
        file.writelines(pieces_of(run, account, format, lang))
    return account


def answer_text(run: Run, lang: str, voice: str, out: Path | None) -> None:
    """Print a page for each person, or one page on everybody when they are many or stand in tables."""
    from cobalamin.outputs.text import render

    pages: list[str] = []
    if run.of_few:
        for row in run.rows(Account()):
            if len(pages) == PAGES:
                pages = []
                break
            pages.append(render(Assessment.from_dict(row), run.knowledge, lang, voice))
    text = "\n\n".join(pages) if pages else print_summary(run.knowledge, compare(run).to_dict(run.guideline), lang)
    if out is None:
        click.echo(text)
    else:
        with whole_file(out) as draft:
            draft.write_text(text + "\n", encoding="utf-8")
