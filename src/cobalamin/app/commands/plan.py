"""One person's dated doses and reviews."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.app.options import Reading, language_option, notices, run_options

PLAN = ("patient_id", "as_of", "guideline", "pathway_version", "status", "urgency", "red_flags", "treatment", "response", "review")
"""What of an assessment a plan says."""


@click.command()
@click.argument("input", metavar="CASE")
@click.option("--regimen", metavar="ID", help="Date this regimen, one of those the assessment offers beside the first.")
@click.option("--patient", metavar="ID", help="Whose plan, where the input holds several people.")
@click.option("--given", type=click.Path(path_type=Path), metavar="FILE", help="Doses that were given (CSV: date, drug, dose, route), beside those of the record.")
@click.option("--begun", metavar="DAY", help="The day the plan began, where no dose given tells it.")
@click.option("--format", "format_", type=click.Choice(("text", "json", "csv")), default="text", show_default=True)
@click.option("--voice", type=click.Choice(["clinical", "lay"]), default="clinical", show_default=True, help="Whom the text speaks to.")
@run_options
@language_option
def plan(input: str, regimen: str | None, patient: str | None, given: Path | None, begun: str | None, format_: str, voice: str, lang: str,
         reading: Reading) -> None:  # fmt: skip
    """Print the dated doses and reviews of one person: a case, or a person of a table with --patient.

    Doses that were given, in the record or in --given, are held against the plan: which of them count and why, and when the others are due now.
    """
    from cobalamin.app.planning import plan_of
    from cobalamin.outputs.calendar import csv_text
    from cobalamin.outputs.language import language
    from cobalamin.outputs.plain import to_json
    from cobalamin.outputs.text import render_plan

    run = reading.run(input)
    if patient is not None:
        run = run.only(patient)
    held = plan_of(run, regimen, given, begun)
    if format_ == "json":
        left = {name: held.found.to_dict()[name] for name in ("set_aside", "not_understood")}
        click.echo(to_json({name: getattr(held.found, name) for name in PLAN} | {"calendar": held.calendar.to_dict()} | left, indent=1))
    elif format_ == "csv":
        click.echo(csv_text(held.calendar, held.found.review, run.knowledge, language(lang), "lay" if voice == "lay" else "clinical"), nl=False)
    else:
        click.echo(render_plan(held.found, run.knowledge, lang, voice, held.calendar, left_over=given is not None))
    notices(run)
