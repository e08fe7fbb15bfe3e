"""Propose how a wide table is read."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.errors import UsageError


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write the mapping here; the file appears whole or not at all.")
def map(file: Path, out: Path | None) -> None:
    """Propose how the columns of FILE are read: a wide table (.csv, .tsv, .parquet) with a column for each test.

    The mapping is YAML, with a comment on each column that says why; look it over, correct it, and give it to --mapping.
    """
    from cobalamin.app.proposing import propose
    from cobalamin.outputs.whole_file import checked_target, whole_file

    if out is not None:
        checked_target(out)
        if out.exists() and file.exists() and out.samefile(file):
            raise UsageError(f"{out} is the input itself; name another file to write to.")
    text = propose(file)
    if out is None:
        click.echo(text, nl=False)
    else:
        with whole_file(out) as draft:
            draft.write_text(text, encoding="utf-8")
