"""Pages are fresh, complete and joined up."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from examples import ROOT, links, pages, written

from cobalamin.app.cli import main
from cobalamin.outputs.language import language
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.parse import FUNCTIONS
from cobalamin.rules.shelf import shelf
from cobalamin.rules.tables import HIT_POLICIES, ROW_KEYS, STRENGTHS, TABLE_KEYS

DOCS = ROOT / "docs"


def cell(text: str) -> str:
    return text.replace("<", "&lt;")


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_generated_pages_are_fresh() -> None:
    """Pins that reference, spec chapter and lists say what the knowledge says now."""
    done = subprocess.run([sys.executable, str(DOCS / "generate.py"), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Pins that every relative link, and every anchor of a heading, exists."""
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target.read_text(encoding="utf-8"))):
            broken.append(link)
    assert broken == []


def anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_command_and_option_is_documented() -> None:
    """Pins that no command or option is left out of the page of commands, nor without a word of help."""
    text = read("docs/reference/commands.md")
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        assert f"## cobalamin {name}" in text
        assert command.help
        section = text.split(f"## cobalamin {name}\n")[1].split("\n## ")[0]
        lost = [option for held in command.params if isinstance(held, click.Option) for option in held.opts if option not in section]
        assert lost == []


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_function_is_documented(function: str) -> None:
    """Pins that how-to/write-a-rule.md explains every function of the rule language."""
    assert f"`{function}(" in read("docs/how-to/write-a-rule.md")


@pytest.mark.parametrize("word", sorted({*HIT_POLICIES, *STRENGTHS, *TABLE_KEYS, *ROW_KEYS} - {"rows"}))
def test_every_key_of_a_table_is_documented(word: str) -> None:
    """Pins that how-to/write-a-rule.md explains every key and fixed word of a decision table."""
    assert f"`{word}`" in read("docs/how-to/write-a-rule.md")


def test_every_reason_is_documented() -> None:
    """Pins that how-to/read-your-tables.md explains every reason, and no reason that does not exist."""
    reasons = {id.removeprefix("reason-").replace("-", "_") for id in language("en").sources if id.startswith("reason-")}
    section = read("docs/how-to/read-your-tables.md").split("## Why a row is set aside")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) == reasons


def test_every_field_of_an_answer_is_documented() -> None:
    """Pins that how-to/read-an-answer.md names every field of an assessment, and what lies inside the nested ones."""
    from cobalamin.assessing import assess

    text = read("docs/how-to/read-an-answer.md")
    answer = assess({"facts": [{"concept": "serum_b12", "value": "90", "unit": "ng/L"}]}, as_of="2026-11-20").to_dict()
    nested = [*answer["test"], *answer["treatment"], *answer["response"], *answer["review"][0], *answer["treatment"]["doses"][0]]
    assert [name for name in (*answer, *nested) if f"`{name}`" not in text] == []


def test_every_column_is_documented() -> None:
    """Pins that how-to/read-your-tables.md explains every column that is read."""
    from cobalamin.model.fact import FACT_COLUMNS
    from cobalamin.records.case import PATIENT_COLUMNS

    text = read("docs/how-to/read-your-tables.md")
    assert [column for column in (*PATIENT_COLUMNS, *FACT_COLUMNS) if f"`{column}`" not in text] == []


def test_every_row_and_number_has_its_place(knowledge: Knowledge) -> None:
    """Pins that the reference leaves out no rule, parameter, feature, guideline, concept, source or entry of a collection."""
    for table in knowledge.tables.values():
        text = read(f"docs/reference/{table.id}.md")
        assert [row.id for row in table.rows if f"\n## {row.id}\n" not in text] == []
    for name in ("parameters", "features", "guidelines", "sources"):
        text = read(f"docs/reference/{name}.md")
        assert [id for id in getattr(knowledge, name) if f"\n## {id}\n" not in text] == []
    for catalog in shelf().catalogs.values():
        text = read(f"docs/reference/{catalog.id}.md")
        assert [id for id in (*catalog.entries, *(f"disagreement-{id}" for id in catalog.disagreements)) if f"\n### {id}\n" not in text] == []
        assert [value.evidence.where for entry in catalog.entries.values() for value in entry.values if cell(value.evidence.where) not in text] == []
    concepts = read("docs/reference/concepts.md")
    assert [id for id in knowledge.concepts if f"| `{id}` |" not in concepts] == []


def test_the_readme_begins_with_two_commands() -> None:
    """Pins that a newcomer sees `make demo` and `make test` first."""
    first = read("README.md").split("```")[1]
    assert "make demo" in first
    assert "make test" in first


@pytest.mark.parametrize("page", written(), ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_direction_marks_in_pages(page: Path) -> None:
    """Pins that pages hold no invisible direction marks, which editors and reviewers warn of."""
    assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", page.read_text(encoding="utf-8"))
