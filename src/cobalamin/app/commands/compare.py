"""Every guideline beside every other."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.app.options import Reading, language_option, notices, refuse, run_options
from cobalamin.errors import UsageError


@click.command()
@click.argument("input")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write everybody whose status differs, with the deciding rule (.csv or .jsonl).")
@click.option("--truth", type=click.Path(path_type=Path), metavar="FILE", help="The truth.parquet of invented people: print how well each guideline finds them.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@run_options
@language_option
def compare(input: str, out: Path | None, truth: Path | None, format_: str, lang: str, reading: Reading) -> None:
    """Put every guideline beside every other: how many have which status, who changes, and by which rule."""
    from cobalamin.app.comparison import compare_all

    run = reading.run(input)
    if out is not None:
        refuse(run, out)
    if truth is not None:
        from cobalamin.app.judging import judge_all

        if out is not None:
            raise UsageError("--truth prints a table; leave --out away.")
        judge_all(run, truth, lang, format_)
    else:
        compare_all(run, lang, format_, out)
    notices(run)
