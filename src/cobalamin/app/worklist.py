"""Worklists of a run: who is on which list and why, printed or written to a file that appears whole or not at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cobalamin.app.accounting import write_account
from cobalamin.assessing import memory_engine, understood
from cobalamin.errors import NothingToAssess
from cobalamin.model.account import Account
from cobalamin.outputs.plain import to_json
from cobalamin.outputs.whole_file import whole_file
from cobalamin.outputs.worklist import csv_lines, text_page
from cobalamin.outputs.worklist_page import WorklistPage
from cobalamin.records.opened import scratch_folder
from cobalamin.rules.schedules import WORKLIST_STAGE
from cobalamin.rules.worklist import Counts
from cobalamin.run import Run

FORMATS = ("text", "csv", "parquet", "jsonl", "html")


@dataclass
class Lists:
    """The rows of the worklists of a run, the most urgent first; `rows` may be walked once."""

    rows: Iterator[dict[str, Any]]
    counts: Counts
    account: Account
    shown: list[str]
    """The names of the results that stand beside a name."""
    parquet: Path | None
    """Where the rows stand as Parquet, when DuckDB wrote them."""


@contextmanager
def lists_of(run: Run, kinds: Sequence[str]) -> Iterator[Lists]:
    """Everybody of a run who stands on a list of *kinds*, by the engine of the run."""
    with scratch_folder() as folder:
        if run.engine != "memory":
            with run.opened(Path(folder), (WORKLIST_STAGE,)) as engine:
                from cobalamin.engines.duckdb.worklist import Worklists

                lists, target = Worklists(engine), Path(folder) / "worklists.parquet"
                account, counts = lists.write(kinds, Path(folder), target)
                yield Lists(engine.read(target), counts, account, lists.plan.columns(), target)
        else:
            yield _by_memory(run, kinds, Path(folder))


def _by_memory(run: Run, kinds: Sequence[str], scratch: Path) -> Lists:
    from cobalamin.engines.memory.worklist import Worklists

    engine, account = memory_engine(run.as_of, run.guideline, run.files, (WORKLIST_STAGE,)), Account()
    lists = Worklists(engine)
    order = lists.plan.kinds
    rows = [row for case in run.cases(account, scratch) for row in lists.rows(understood(case, engine, account)) if row["kind"] in kinds]
    if not account.patients_used:
        raise NothingToAssess("There is no patient in the input.")
    rows.sort(key=lambda row: (lists.plan.urgencies.index(row["urgency"]), row["due"], row["patient_id"], order.index(row["kind"])))
    found = Counter(row["kind"] for row in rows)
    reasons = Counter((row["kind"], reason["reason"]) for row in rows for reason in row["reasons"])
    counts = Counts(account.patients_used, len({row["patient_id"] for row in rows}), {kind: found[kind] for kind in order if kind in kinds}, dict(reasons))
    return Lists(iter(rows), counts, account, lists.plan.columns(), None)


def worklist(run: Run, kinds: Sequence[str], lang: str, format: str, out: Path | None) -> Account:
    """Print the worklists, or write them to *out*; the account of every row of the input."""
    if format == "parquet":
        run.engine = "duckdb"
    with lists_of(run, kinds) as lists:
        if out is None:
            for piece in _pieces(run, lists, lang, format):
                click.echo(piece, nl=False)
        else:
            with whole_file(out) as draft:
                if format == "parquet":
                    assert lists.parquet is not None
                    draft.write_bytes(lists.parquet.read_bytes())
                else:
                    with draft.open("w", encoding="utf-8", newline="") as file:
                        file.writelines(_pieces(run, lists, lang, format))
            write_account(lists.account, out)
        return lists.account


def _pieces(run: Run, lists: Lists, lang: str, format: str) -> Iterator[str]:
    """The worklists as pieces of text in *format*."""
    if format == "csv":
        yield from csv_lines(lists.rows, lists.shown, run.knowledge, lang)
    elif format == "jsonl":
        for row in lists.rows:
            yield to_json(row) + "\n"
    elif format == "html":
        yield WorklistPage(run.knowledge, lang).render(lists.rows, lists.counts, run.as_of, run.guideline)
    else:
        yield text_page(lists.rows, lists.counts, run.as_of, run.guideline, run.knowledge, lang) + "\n"
