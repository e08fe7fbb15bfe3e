"""One person's dated doses and reviews."""

from __future__ import annotations

import click

from cobalamin.app.options import Reading, language_option, notices, run_options

PLAN = ("patient_id", "as_of", "guideline", "pathway_version", "status", "urgency", "red_flags", "treatment", "response", "review")
"""What of an assessment a plan says."""


@click.command()
@click.argument("input", metavar="CASE")
@click.option("--regimen", metavar="ID", help="Date this regimen, one of those the assessment offers beside the first.")
@click.option("--patient", metavar="ID", help="Whose plan, where the input holds several people.")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@click.option("--voice", type=click.Choice(["clinical", "lay"]), default="clinical", show_default=True, help="Whom the text speaks to.")
@run_options
@language_option
def plan(input: str, regimen: str | None, patient: str | None, format_: str, voice: str, lang: str, reading: Reading) -> None:
    """Print the dated doses and reviews of one person: a case, or a person of a table with --patient."""
    from cobalamin.app.planning import plan_of
    from cobalamin.outputs.plain import to_json
    from cobalamin.outputs.text import render_plan

    run = reading.run(input)
    if patient is not None:
        run = run.only(patient)
    found = plan_of(run, regimen)
    if format_ == "json":
        click.echo(to_json({name: getattr(found, name) for name in PLAN}, indent=1))
    else:
        click.echo(render_plan(found, run.knowledge, lang, voice))
    notices(run)
