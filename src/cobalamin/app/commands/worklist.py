"""Who needs somebody to act."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.app.options import KINDS, Reading, format_of, language_option, refuse, report_rows, run_options


@click.command()
@click.argument("input")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(("all", *KINDS)), default=("all",), show_default=True,
              help="Which lists; may be given more than once.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write the rows here (.csv, .html, .parquet, .jsonl); the file appears whole or not at all.")
@click.option("--format", "format_", type=click.Choice(("text", "csv", "html", "parquet", "jsonl")), help="text unless --out names another by its ending.")
@run_options
@language_option
def worklist(input: str, kinds: tuple[str, ...], out: Path | None, format_: str | None, lang: str, reading: Reading) -> None:
    """List who needs somebody to act, one row a person and kind of list, the most urgent first: who is short of B12 and untreated (recall), late for an
    injection or a review (overdue), at risk and untested (test-due), shown and never followed up (missed), on injections (injection-review)."""
    from cobalamin.app.worklist import FORMATS as known
    from cobalamin.app.worklist import worklist as listed

    run = reading.run(input)
    if out is not None:
        refuse(run, out)
    format_ = format_ or format_of(out, known)
    if format_ == "parquet" and out is None:
        raise click.UsageError("Parquet cannot be printed; say where to with --out FILE.parquet.")
    chosen = KINDS if "all" in kinds else kinds
    report_rows(run, listed(run, [kind.replace("-", "_") for kind in chosen], lang, format_, out))
