"""The sheet a person takes home, as a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.app.options import LANGUAGES, Reading, language_option, notices, refuse, run_options
from cobalamin.errors import UsageError


@click.command()
@click.argument("input", metavar="CASE")
@click.option("--also", type=LANGUAGES, help="The clinic's language: the same in clinical words, beside the person's side.")
@click.option("--large", is_flag=True, help="Large type.")
@click.option("--paper", type=click.Choice(["a4", "letter"]), default="a4", show_default=True, help="Size of the paper.")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", default=Path("handout.pdf"), show_default=True, help="Where the PDF goes; whole or not at all.")
@click.option("--regimen", metavar="ID", help="Date this regimen, one of those the assessment offers beside the first.")
@click.option("--patient", metavar="ID", help="Whose sheet, where the input holds several people.")
@click.option("--given", type=click.Path(path_type=Path), metavar="FILE", help="Doses that were given (CSV), beside those of the record: the sheet has those left.")
@click.option("--begun", metavar="DAY", help="The day the plan began, where no dose given tells it.")
@run_options
@language_option
def handout(input: str, also: str | None, large: bool, paper: str, out: Path, regimen: str | None, patient: str | None, given: Path | None,
            begun: str | None, lang: str, reading: Reading) -> None:  # fmt: skip
    """Write the sheet one person takes home, in plain words: what the results mean, dated doses with boxes to tick, danger signs, food, visits."""
    from cobalamin.app.planning import plan_of
    from cobalamin.outputs.handout import handout_pdf
    from cobalamin.outputs.whole_file import whole_file

    run = reading.run(input)
    refuse(run, out)
    if given is not None and given.exists() and out.exists() and out.samefile(given):
        raise UsageError(f"{out} is the list of doses itself; name another file to write to.")
    if patient is not None:
        run = run.only(patient)
    made = handout_pdf(plan_of(run, regimen, given, begun).found, run.knowledge, lang, also or "", large, paper)
    with whole_file(out) as draft:
        draft.write_bytes(made)
    notices(run)
