"""What a name of the knowledge is."""

from __future__ import annotations

from pathlib import Path

import click

from cobalamin.app.options import knowledge_options


@click.command()
@click.argument("name")
@click.option("--format", "format_", type=click.Choice(("text", "json")), default="text", show_default=True)
@knowledge_options
def explain(name: str, format_: str, lang: str, guideline_files: tuple[Path, ...]) -> None:
    """Say what NAME is: a rule, table, parameter, feature, guideline or source; a concept or a food in any of the three languages;
    or all foods, cooking, intakes, prevalence or functions."""
    from cobalamin.outputs.explanation import explain as explained
    from cobalamin.outputs.explanation import print_explanation
    from cobalamin.outputs.plain import to_json
    from cobalamin.records.folding import fold
    from cobalamin.records.words import Words
    from cobalamin.rules.load import load

    knowledge = load(extra=guideline_files)
    words = Words(knowledge)
    found = explained(name, knowledge, lang, lambda text: words.concept(text)[0], fold)
    click.echo(to_json(found, indent=1) if format_ == "json" else print_explanation(found, lang))
