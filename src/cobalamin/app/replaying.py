"""`assess --replay`: when each record first called for a test or for treatment, how long that took, and how often it was missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from cobalamin.assessing import memory_engine, understood
from cobalamin.engines.memory.replay import COLUMNS, days_of, replayed
from cobalamin.errors import NothingToAssess, UsageError
from cobalamin.model.account import Account
from cobalamin.outputs.language import language, quantity_run
from cobalamin.outputs.page import Page
from cobalamin.outputs.plain import to_json
from cobalamin.outputs.whole_file import whole_file
from cobalamin.records.opened import scratch_folder
from cobalamin.records.sql_text import quote
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.replaying import ANSWERS, STAGE, calls
from cobalamin.run import Run
from cobalamin.stats.survival import kaplan_meier

CONFIDENCE = 0.95
FORMATS = {"parquet": "FORMAT parquet, COMPRESSION zstd", "csv": "FORMAT csv, HEADER", "jsonl": "FORMAT json"}


@dataclass
class Replayed:
    """How long everybody waited: people by kind of call, days and whether it was done; missed chances by kind; and how much was looked at."""

    people: int = 0
    days: int = 0
    waits: Counter[tuple[str, int, bool]] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)


def replay(run: Run) -> Replayed:
    """Assess everybody of *run* on each day on which something was recorded, and count how long what the record called for took.

    A day is judged by the facts that begin on it or before, by the rules in force on the day of assessment, at the age of that day.
    `write_replay` and `replay_rows` give the row of each person.
    """
    found = Replayed()
    if run.engine == "duckdb":
        import duckdb

        with scratch_folder() as folder:
            target = Path(folder) / "replay.parquet"
            found.people, found.days = write_replay(run, target, "parquet")
            counted = f"SELECT kind, days, happened, count(*), sum(missed_chances)::BIGINT FROM {quote(target)} GROUP BY ALL ORDER BY ALL"
            for kind, waited, happened, people, missed in duckdb.connect().execute(counted).fetchall():
                found.waits[kind, waited, happened] += people
                found.missed[kind] += missed
        return found
    for rows, days in _one_by_one(run):
        found.people, found.days = found.people + 1, found.days + days
        for row in rows:
            found.waits[row["kind"], row["days"], row["happened"]] += 1
            found.missed[row["kind"]] += row["missed_chances"]
    return found


def replay_rows(run: Run) -> Iterator[dict[str, Any]]:
    """The rows of a replay, days as text; see `cobalamin.engines.memory.replay.COLUMNS`."""
    if run.engine == "memory":
        for rows, _ in _one_by_one(run):
            for row in rows:
                yield {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
        return
    import duckdb

    with scratch_folder() as folder:
        target = Path(folder) / "replay.parquet"
        write_replay(run, target, "parquet")
        days = ", ".join(f"{name}::VARCHAR AS {name}" for name, kind in COLUMNS.items() if kind == "DATE")
        cursor = duckdb.connect().execute(f"SELECT * REPLACE ({days}) FROM {quote(target)}")
        while batch := cursor.fetchmany(1000):
            yield from (dict(zip(COLUMNS, held, strict=True)) for held in batch)


def _one_by_one(run: Run) -> Iterator[tuple[list[dict[str, Any]], int]]:
    """The rows of one person after another by the memory engine, and on how many days something was recorded."""
    engine = memory_engine(run.as_of, run.guideline, run.files, asked=(STAGE,))
    asked, account = calls(engine.program, run.guideline), Account()
    with scratch_folder() as folder:
        for case in run.cases(account, Path(folder)):
            read = understood(case, engine, account)
            yield replayed(read, engine, asked), len(days_of(read))
    if not account.patients_used:
        raise NothingToAssess("There is no patient in the input.")


def write_replay(run: Run, target: Path, format: str) -> tuple[int, int]:
    """Write the table of a replay (parquet, csv or jsonl) with DuckDB; the number of people and of the days that were judged."""
    from cobalamin.engines.duckdb.engine import SAFE_ID
    from cobalamin.engines.duckdb.replay import DAY, Replay

    with scratch_folder() as folder, run.opened(Path(folder), asked=(STAGE,), day=DAY) as engine:
        parquet = target if format == "parquet" else Path(folder) / "replay.parquet"
        counts = Replay(engine, run.guideline).write(parquet)
        if format != "parquet":
            id = SAFE_ID if format == "csv" else "patient_id"
            engine.con.execute(f"COPY (SELECT {id} AS patient_id, * EXCLUDE (patient_id) FROM {quote(parquet)}) TO {quote(target)} ({FORMATS[format]})")
        return counts


def replay_all(run: Run, lang: str, format: str, out: Path | None) -> None:
    """Write the table of a replay to a file that appears whole or not at all, or print its summary."""
    if out is not None and format in FORMATS:
        with whole_file(out) as draft:
            write_replay(run, draft, format)
    elif out is None and format in ("json", "jsonl"):
        rows = replay_rows(run)
        for piece in (to_json(row) + "\n" for row in rows) if format == "jsonl" else [to_json(list(rows), indent=1) + "\n"]:
            click.echo(piece, nl=False)
    elif format == "text":
        text = print_replay(run.knowledge, replay(run), lang)
        if out is None:
            click.echo(text)
        else:
            with whole_file(out) as draft:
                draft.write_text(text + "\n", encoding="utf-8")
    else:
        raise UsageError("A replay is printed as text, json or jsonl, and written as parquet, csv, jsonl or text.")


def print_replay(knowledge: Knowledge, found: Replayed, lang: str) -> str:
    """How many records called for a test or for treatment, how soon it was done, how often never, in a language."""
    words = language(lang)
    page = Page(words)
    page.paragraph(words.say("replay-title", people=_number(found.people), days=_number(found.days)))
    for kind in knowledge.pathway[ANSWERS]:
        waits, name = [(days, happened, people) for (of, days, happened), people in found.waits.items() if of == kind], words.say(f"replay-{kind}")
        page.lines.append("")
        if not waits:
            page.paragraph(words.say("replay-nobody", kind=name))
            continue
        curve = kaplan_meier(waits, CONFIDENCE)
        page.paragraph(words.say("replay-called", kind=name, called=_number(curve.people)))
        if curve.median is None:
            page.items([words.say("replay-happened-few", happened=_number(curve.happened))])
        else:
            page.items([words.say("replay-happened", happened=_number(curve.happened), median=_number(round(curve.median)))])
        page.items([words.say("replay-never", never=_number(curve.people - curve.happened), missed=_number(found.missed[kind]))])
    for text in (words.say("replay-meaning"), words.say("disclaimer")):
        page.lines.append("")
        page.paragraph(text)
    return page.text()


def _number(number: int) -> str:
    return quantity_run(f"{number:,}")
