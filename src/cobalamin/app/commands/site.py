"""The pages as a folder of files, with no server."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--pyodide", type=click.Path(path_type=Path, exists=True, file_okay=False), metavar="FOLDER",
              help="The unpacked npm package pyodide; fetched with npm unless given.")  # fmt: skip
def site(out: Path, pyodide: Path | None) -> None:
    """Write the doors for me and for a patient as a folder of files: the program runs inside the browser, also without a network after the first visit."""
    from cobalamin.app.site.building import build

    made = build(out, pyodide)
    click.echo(f"{out}: {made['files']} files, {made['bytes'] / 1e6:.1f} MB, of which {made['python'] / 1e6:.1f} MB are Python itself.", err=True)
