"""One page on a whole population."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.app.options import Reading, language_option, refuse, report_rows, run_options


@click.command()
@click.argument("input")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", default=Path("report.html"), show_default=True, help="Where the page goes; whole or not at all.")
@click.option("--format", "format_", type=click.Choice(("html", "json")), help="html unless --out ends in .json.")
@click.option("--small-cells", type=click.IntRange(0), metavar="N", help="Leave out counts from 1 to N - 1, and what they could be computed from; 0 shows all.")
@click.option("--replay", is_flag=True, help="Also how long people waited for a test and for treatment, every day of each record judged as it stood.")
@click.option("--truth", type=click.Path(path_type=Path), metavar="FILE", help="The truth.parquet of invented people: also how well each guideline finds them.")
@run_options
@language_option
def report(input: str, out: Path, format_: str | None, small_cells: int | None, replay: bool, truth: Path | None, lang: str, reading: Reading) -> None:
    """Write one page on everybody in INPUT: the cascade of care, statuses by guideline, prevalence with intervals, and the account of every row."""
    from cobalamin.app.reporting import write_report

    run = reading.run(input)
    refuse(run, out)
    account = write_report(run, out, lang, format_ or ("json" if out.suffix == ".json" else "html"), small_cells, replay, truth)
    report_rows(run, account)
