"""One person's dated doses and reviews."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.app.options import Reading, format_of, language_option, notices, refuse, run_options

FORMATS = ("text", "json", "csv", "ics", "fhir")


@click.command()
@click.argument("input", metavar="CASE")
@click.option("--regimen", metavar="ID", help="Date this regimen, one of those the assessment offers beside the first.")
@click.option("--patient", metavar="ID", help="Whose plan, where the input holds several people.")
@click.option("--given", type=click.Path(path_type=Path), metavar="FILE", help="Doses that were given (CSV: date, drug, dose, route), beside those of the record.")
@click.option("--begun", metavar="DAY", help="The day the plan began, where no dose given tells it.")
@click.option("--format", "format_", type=click.Choice(FORMATS), help="text unless --out names another by its ending.")
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="Write the plan here; the file appears whole or not at all.")
@click.option("--voice", type=click.Choice(["clinical", "lay"]), help="Whom it speaks to (clinical; a calendar file lay).")
@click.option("--discreet", is_flag=True, help="A calendar file whose events say nothing of B12, for a phone that others see.")
@click.option("--named", is_flag=True, help="A calendar file whose titles begin with the id of the person, for the calendar of a clinic.")
@run_options
@language_option
def plan(input: str, regimen: str | None, patient: str | None, given: Path | None, begun: str | None, format_: str | None, out: Path | None,
         voice: str | None, discreet: bool, named: bool, lang: str, reading: Reading) -> None:  # fmt: skip
    """Print the dated doses and reviews of one person: a case, or a person of a table with --patient.

    Doses that were given, in the record or in --given, are held against the plan: which of them count and why, and when the others are due now.
    As a calendar file (.ics) the plan goes into a phone; made again later it moves the events it made before.
    """
    from cobalamin.app.planning import plan_of, written
    from cobalamin.outputs.whole_file import whole_file

    run = reading.run(input)
    if out is not None:
        refuse(run, out)
    if patient is not None:
        run = run.only(patient)
    format_ = format_ or format_of(out, FORMATS)
    if (discreet or named) and format_ != "ics":
        raise click.UsageError("--discreet and --named are for a calendar file; add --format ics.")
    held = written(plan_of(run, regimen, given, begun), run, format_, lang, voice or ("lay" if format_ == "ics" else "clinical"), left_over=given is not None,
                   discreet=discreet, named=named)  # fmt: skip
    if out is None:
        click.echo(held, nl=False)
    else:
        with whole_file(out) as draft:
            draft.write_bytes(held)
    notices(run)
