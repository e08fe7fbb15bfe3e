"""Options that several commands have, and what they do with them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cobalamin.errors import UsageError

if TYPE_CHECKING:
    from cobalamin.model.account import Account
    from cobalamin.run import Run

LANGUAGES = click.Choice(["en", "hi", "ar"])
FORMATS = ("text", "json", "jsonl", "csv", "parquet", "fhir")
KINDS = ("recall", "overdue", "test-due", "missed", "injection-review")
Command = Callable[..., None]


@dataclass(frozen=True)
class Reading:
    """How a source is read and judged: what every command over patients may be told."""

    as_of: str | None
    guideline: str | None
    engine: str
    memory_limit: str
    mapping: Path | None
    assume_units: tuple[str, ...]
    guideline_files: tuple[Path, ...]

    def run(self, source: str) -> Run:
        """The run over *source*."""
        from cobalamin.run import Run

        return Run(source, as_of=self.as_of, guideline=self.guideline, engine=self.engine, guideline_files=self.guideline_files, memory_limit=self.memory_limit,
                   mapping=self.mapping, assume_units=self.assume_units)  # fmt: skip


def language_option(command: Command) -> Command:
    """The language of what is printed."""
    return click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of texts.")(command)


def guideline_file_option(command: Command) -> Command:
    """Guidelines of a site's own."""
    return click.option("--guideline-file", "guideline_files", multiple=True, type=click.Path(path_type=Path), metavar="FILE",
                        help="A guideline of your own (YAML); may be given more than once.")(command)  # fmt: skip


def knowledge_options(command: Command) -> Command:
    """Options of every command that uses the rules."""
    return language_option(guideline_file_option(command))


def run_options(command: Command) -> Command:
    """Options of every command that reads patients, handed over as one `reading`."""

    @functools.wraps(command)
    def with_reading(**held: Any) -> None:
        reading = Reading(**{field.name: held.pop(field.name) for field in fields(Reading)})
        command(**held, reading=reading)

    options = guideline_file_option(with_reading)
    options = click.option("--engine", default="auto", show_default=True, metavar="ENGINE", help="auto, memory, duckdb or spark.")(options)
    options = click.option("--guideline", metavar="ID", help="Guideline to answer by (ng239 unless named).")(options)
    options = click.option("--mapping", type=click.Path(path_type=Path), metavar="FILE", help="How the columns of a wide table are named.")(options)
    options = click.option("--assume-unit", "assume_units", multiple=True, metavar="CONCEPT=UNIT",
                           help="The unit of results that are printed without one; each is marked as assumed. May be given more than once.")(options)  # fmt: skip
    options = click.option("--memory-limit", default="", metavar="SIZE", help="Memory the run may use, such as 4GB.")(options)
    return click.option("--as-of", metavar="DAY", help="Day to assess on, such as 2026-11-20 (today unless given).")(options)


def format_of(out: Path | None, known: Sequence[str] = FORMATS) -> str:
    """The format that the ending of *out* names, or text."""
    ending = out.suffix.lstrip(".") if out else ""
    return ending if ending in known else "text"


def refuse(run: Run, out: Path) -> None:
    """Refuse, before any work, to write where nothing can be written or where the input stands."""
    from cobalamin.outputs.whole_file import checked_folder, checked_target

    (checked_folder if run.engine == "spark" and format_of(out) == "parquet" else checked_target)(out)
    if run.reads(out):
        raise UsageError(f"{out} is the input itself; name another file to write to.")


def report_rows(run: Run, account: Account) -> None:
    """Say on standard error where every row went."""
    from cobalamin.app.accounting import lines_of_account

    notices(run)
    for line in lines_of_account(account):
        click.echo(line, err=True)


def notices(run: Run) -> None:
    """Say on standard error what is to be known of the input."""
    for notice in run.notices:
        click.echo(f"note: {notice}", err=True)
