"""Check and prove the knowledge."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option("--guideline", "guidelines", multiple=True, metavar="ID", help="Only prove this guideline; may be given more than once.")
@click.option("--knowledge", "folder", type=click.Path(path_type=Path), metavar="FOLDER", help="Check this folder of knowledge, not the one shipped.")
@click.option("--timeout", default=60, show_default=True, metavar="SECONDS", help="Time for each proof; one that takes longer counts as failed.")
@click.option("--guideline-file", "guideline_files", multiple=True, type=click.Path(path_type=Path), metavar="FILE")
def check(guidelines: tuple[str, ...], folder: Path | None, timeout: int, guideline_files: tuple[Path, ...]) -> None:
    """Check the knowledge: names, kinds, units, sources and sentences; then prove its tables, with a patient for each fault."""
    from importlib.util import find_spec

    from cobalamin.rules.load import load

    knowledge = load(folder, extra=guideline_files, places=True)
    if not find_spec("z3"):
        raise click.UsageError("Proofs need z3: pip install 'cobalamin[check]'.")
    from cobalamin.verify import run

    report = run(knowledge, guidelines or None, timeout_seconds=timeout, folder=folder)
    click.echo(str(report))
    if not report.ok:
        raise SystemExit(11)
