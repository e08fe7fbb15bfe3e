"""Pages on the program: the help text of every command, and the rule language with a real use of each function."""

from __future__ import annotations

import inspect

import click
from marks import cell, code, codes, page, table

from cobalamin.app.cli import main
from cobalamin.errors import CobalaminError
from cobalamin.rules import nodes
from cobalamin.rules.concepts import KINDS
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.parameters import GRADES
from cobalamin.rules.parse import FUNCTIONS
from cobalamin.rules.tables import HIT_POLICIES, STRENGTHS
from cobalamin.rules.units import EVERYDAY

COLUMNS = 100


def pages(knowledge: Knowledge) -> dict[str, str]:
    """Every page on the program by its path under docs/."""
    return {"reference/commands.md": _commands(), "reference/rule-language.md": _language(knowledge)}


def _help(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, terminal_width=COLUMNS, max_content_width=COLUMNS, color=False,
                            help_option_names=["-h", "--help"])  # fmt: skip
    return f"```text\n{command.get_help(context)}\n```"


def _commands() -> str:
    context = click.Context(main, info_name="cobalamin")
    parts = [_help(main, "cobalamin")]
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        parts += [f"## cobalamin {name}", _help(command, f"cobalamin {name}")]
    errors = sorted(CobalaminError.__subclasses__(), key=lambda error: error.exit_code)
    codes_ = [("0", "done"), *((str(error.exit_code), cell((error.__doc__ or "").split("\n")[0])) for error in errors)]
    parts += ["## Exit codes", table(("code", "meaning"), codes_), "Answers go to standard output, notes and counts to standard error."]
    return page("Commands", *parts)


def _language(knowledge: Knowledge) -> str:
    rows = []
    for name in FUNCTIONS:
        users = _users(knowledge, name)
        rows.append((code(name), str(len(users)), users[0] if users else "not used yet"))
    made = [(code(name), cell((inspect.getdoc(made) or "").split("\n\n")[0])) for name, made in vars(nodes).items()
            if inspect.isclass(made) and issubclass(made, nodes.Node) and made is not nodes.Node]  # fmt: skip
    everyday = [(code(kind), codes(unit.name for unit in units.units)) for kind, units in EVERYDAY.items()]
    measured = [(code(c.id), codes(unit.name for unit in c.units.units)) for c in knowledge.concepts.values() if c.units]
    return page(
        "The rule language in the knowledge",
        "What each construct means is in [how to write a rule](../how-to/write-a-rule.md).\nThis page shows where each is used and what it is made of.",
        "## Functions", table(("function", "expressions", "one of them"), rows),
        "## Nodes", "An expression is read into these nodes, and every engine runs them.", table(("node", "what it answers"), made),
        "## Kinds of quantity", "A quantity is compared only with a parameter of its own kind.",
        table(("everyday kind", "units"), everyday), table(("concept", "units"), measured),
        "## Fixed words",
        table(("what", "words"), [("hit policy", codes(HIT_POLICIES)), ("strength", codes(STRENGTHS)), ("checked", codes(GRADES)),
                                  ("kind of a concept", codes(KINDS))]),
    )  # fmt: skip


def _users(knowledge: Knowledge, function: str) -> list[str]:
    """Every expression that calls *function*, as a link, in the order of the knowledge."""
    call = f"{function}("

    def calls(text: str) -> bool:
        before = [text[place - 1 : place] for place in range(len(text)) if text.startswith(call, place)]
        return any(not (char.isalnum() or char == "_") for char in before)

    features = [f"[{name}](features.md#{name})" for name, (tree, _) in knowledge._drafts.items() if calls(str(tree["is"]))]
    lets = [f"[{held.id}]({held.id}.md)" for held in knowledge.tables.values() for _, text, _ in held.let if calls(text)]
    rows = [f"[{held.id}.{row.id}]({held.id}.md#{row.id})" for held in knowledge.tables.values() for row in held.rows if calls(row.when)]
    return [*rows, *lets, *features]
