"""A population in one page: how many have which status under each guideline, and where the guidelines part."""

from __future__ import annotations

from typing import Any

from cobalamin.outputs.language import END, LEFT_TO_RIGHT, language, quantity_run
from cobalamin.outputs.lines import width
from cobalamin.rules.knowledge import Knowledge

MOST_CHANGES = 12
NAMES, CELL = 26, 18
"""Widths of the table: the name of a status, and a number with its share."""


def print_summary(knowledge: Knowledge, comparison: dict[str, Any], lang: str) -> str:
    """The page of a comparison in a language."""
    words = language(lang)
    say = words.say
    order = list(reversed(knowledge.pathway["status_order"]))
    people = comparison["people"]
    lines = [say("summary-title", number=quantity_run(f"{people:,}")), ""]
    columns = list(comparison["statuses"])
    heads = [f"{guideline}{'*' if guideline == comparison['guideline'] else ''}" for guideline in columns]
    lines.append(" " * NAMES + "".join(cell_run(head) for head in heads))
    for status in order:
        name = say(f"status-name-{status}")
        cells = []
        for guideline in columns:
            number = comparison["statuses"][guideline].get(status, 0)
            cells.append(cell_run(f"{number:,} ({100 * number / people:.1f} %)"))
        lines.append(name + " " * max(NAMES - width(name), 1) + "".join(cells))
    lines.append("")
    lines += [f"{quantity_run(head)}  {words.label(knowledge.guidelines[g].title)}" for head, g in zip(heads, columns, strict=True)]
    lines.append("")
    lines.append(say("summary-changes", guideline=words.label(knowledge.guidelines[comparison["guideline"]].title)))
    changes = sorted(comparison["changes"], key=lambda change: -change["people"])
    for change in changes[:MOST_CHANGES]:
        status, becomes = (say(f"status-name-{change[name]}") for name in ("status", "becomes"))
        other = words.label(knowledge.guidelines[change["guideline"]].title)
        lines.append("  - " + say("summary-change", number=quantity_run(f"{change['people']:,}"), guideline=other,
                                  status=status, becomes=becomes))  # fmt: skip
        lines.append("    " + quantity_run(f"{change['rule']} -> {change['by_rule']}"))
    if not changes:
        lines.append("  - " + say("summary-no-changes"))
    lines += ["", _account(comparison["account"], say), "", say("disclaimer")]
    return words.directed(lines)


def cell_run(text: str) -> str:
    """A number with its share, right-aligned, as one run that stays left to right."""
    return " " * max(CELL - len(text), 1) + LEFT_TO_RIGHT + text + END


def _account(account: dict[str, Any], say: Any) -> str:
    facts, people = account["facts"], account["patients"]
    numbers = {name: quantity_run(f"{number:,}") for name, number in {
        "people": people["read"], "facts": facts["read"], "used": facts["used"], "aside": sum(facts["set_aside"].values()),
        "people_aside": sum(people["set_aside"].values())}.items()}  # fmt: skip
    return str(say("summary-account", **numbers))
