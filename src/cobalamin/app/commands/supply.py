"""What a clinic needs for the coming months."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.app.options import Reading, format_of, language_option, refuse, report_rows, run_options

FORMATS = ("text", "json", "csv")


@click.command()
@click.argument("input")
@click.option("--months", type=click.IntRange(1, 12), default=3, show_default=True, help="How many calendar months, the present one among them.")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write the count here (.csv, .json, .text); the file appears whole or not at all.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="text unless --out names another by its ending.")
@run_options
@language_option
def supply(input: str, months: int, out: Path | None, format_: str | None, lang: str, reading: Reading) -> None:
    """Count what everybody in INPUT needs for the coming months: injections of each drug and days of tablets, for treatment under way and to begin.

    Doses that were given are held against each plan as `cobalamin plan` does.
    """
    from cobalamin.app.accounting import write_account
    from cobalamin.app.supply import supply_of
    from cobalamin.outputs.plain import to_json
    from cobalamin.outputs.supply import csv_text, plain, text_page
    from cobalamin.outputs.whole_file import whole_file

    run = reading.run(input)
    if out is not None:
        refuse(run, out)
    format_ = format_ or format_of(out, FORMATS)
    held, account = supply_of(run, months)
    if format_ == "json":
        text = to_json(plain(held, run.guideline), indent=1) + "\n"
    else:
        text = csv_text(held) if format_ == "csv" else text_page(held, run.knowledge, lang) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        with whole_file(out) as draft:
            draft.write_text(text, encoding="utf-8", newline="")
        write_account(account, out)
    report_rows(run, account)
