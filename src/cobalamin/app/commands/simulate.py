"""Invent the people of a region."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.app.options import LANGUAGES


@click.command()
@click.argument("region")
@click.option("--people", type=int, default=10_000, show_default=True, metavar="N", help="How many people to invent.")
@click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="The same seed gives the same people.")
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="A folder for patients, facts and the truth.")
@click.option("--as", "format_", type=click.Choice(("facts", "fhir", "omop")), default="facts", show_default=True,
              help="Tables of facts, FHIR R4 as NDJSON, or the OMOP CDM 5.4 as Parquet.")  # fmt: skip
@click.option("--as-of", metavar="DAY", help="The last day of the record, such as 2026-11-20 (today unless given).")
@click.option("--memory-limit", default="", metavar="SIZE", help="Memory the run may use, such as 4GB.")
@click.option("--lang", type=LANGUAGES, default="en", show_default=True, help="Language of texts.")
def simulate(region: str, people: int, seed: int, out: Path, format_: str, as_of: str | None, memory_limit: str, lang: str) -> None:
    """Invent the people of REGION (uk_practice, west_india, gulf) with their records and, apart, the truth. Nobody is real."""
    from cobalamin.app.inventing import invent, print_invented

    click.echo(print_invented(invent(region, people, seed, out, as_of, memory_limit, format=format_), out, lang))
