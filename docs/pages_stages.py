"""A page for every stage, where a clinician reads each rule with what it says in three languages, its source and its grade."""

from __future__ import annotations

import re
from collections.abc import Iterable

from marks import cell, code, page, table
from pages_rules import source_link

from cobalamin.outputs.amounts import amounts
from cobalamin.outputs.language import Language, language
from cobalamin.outputs.treatment import Treatment
from cobalamin.rules.bind import order
from cobalamin.rules.concepts import LANGUAGES
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.schedules import REGIMEN, REGIMENS_ALSO, Regimen, Review, Span, Task
from cobalamin.rules.tables import Row, Table
from cobalamin.verify.sentences import FAMILIES

ORDER = ("safety", "recognize", "test", "interpret", "cause", "treat", "respond", "prevent", "context", "cascade", "worklist", "replay", "card")
"""The stages as a clinician meets them; those a site adds come after."""
MARKS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Direction marks, which a page of Markdown must not hold."""


def pages(knowledge: Knowledge) -> dict[str, str]:
    """Every page by its path under docs/."""
    stages = [*(s for s in ORDER if any(t.stage == s for t in knowledge.tables.values())),
              *sorted({t.stage for t in knowledge.tables.values()} - set(ORDER))]  # fmt: skip
    found = {f"stages/{stage}.md": _stage(stage, knowledge) for stage in stages}
    found["reference/regimens.md"] = _schedules("Regimens", knowledge.regimens.values(), knowledge)
    found["reference/reviews.md"] = _schedules("Reviews", knowledge.reviews.values(), knowledge)
    found["reference/tasks.md"] = _schedules("Tasks", knowledge.tasks.values(), knowledge)
    found["reference/cards.md"] = _cards(knowledge)
    rows = [(f"[{stage}]({stage}.md)", *(say(language(code_), f"stage-{stage}") for code_ in LANGUAGES)) for stage in stages]
    found["stages/README.md"] = page("The pathway, stage by stage", "Every rule with what it says, where it comes from and how well that was checked.\n"
                                     "No row has been reviewed by a clinician yet.", table(("stage", *LANGUAGES), rows))  # fmt: skip
    return found


def say(words: Language, id: str, **values: str) -> str:
    """A sentence as it may stand in a table, without direction marks."""
    return cell(MARKS.sub("", words.say(id, **values)))


def _stage(stage: str, knowledge: Knowledge) -> str:
    parts = ["\n".join(f"- {code_}: {say(language(code_), f'stage-{stage}')}" for code_ in LANGUAGES)]
    for held in order(knowledge):
        if held.stage == stage:
            parts += [f"## {held.title}", f"[`{held.id}`](../reference/{held.id}.md): {held.hit}."
                      + (f" For {', '.join(held.guidelines)} only." if held.guidelines else ""),
                      table(("rule", "when", "then", *LANGUAGES, "source", "checked"), [_row(row, held, knowledge) for row in held.rows])]  # fmt: skip
    return page(stage.capitalize(), *parts, "[All stages](README.md)")


def _row(row: Row, held: Table, knowledge: Knowledge) -> tuple[str, ...]:
    name = f"[{row.id}](../reference/{held.id}.md#{row.id})" + (f" ({', '.join(row.guidelines)})" if row.guidelines else "")
    then = "; ".join(f"{name}: {', '.join(words)}" for name, words in row.then)
    said = ["<br>".join(_said(row, language(code_), knowledge)) for code_ in LANGUAGES]
    source = source_link(row.evidence.source).replace("(sources", "(../reference/sources")
    return (name, code(row.when), cell(then), *said, f"{source}, {cell(row.evidence.where)}", row.evidence.checked)


def _said(row: Row, words: Language, knowledge: Knowledge) -> list[str]:
    """The sentence of every word a row concludes, where it has one of its own."""
    found = []
    for name, concluded in row.then:
        for word in concluded:
            if name in (REGIMEN, REGIMENS_ALSO):
                found.append(cell(MARKS.sub("", Treatment(knowledge, words).regimen(word, "clinical"))))
            elif name in FAMILIES:
                id = f"{FAMILIES[name][0]}-{word.replace('_', '-')}"
                found.append(say(words, id, **amounts(id, words, knowledge, knowledge.default_guideline, knowledge.knowledge_from)))
    return found


def _schedules(title: str, schedules: Iterable[Regimen | Review | Task], knowledge: Knowledge) -> str:
    parts = ["Every schedule as it is dated when it begins on the first day, with its source."]
    for held in schedules:
        parts += [f"## {held.id}", "\n".join(_about(held, knowledge))]
    return page(title, *parts, "[Treat](../stages/treat.md), [respond](../stages/respond.md), [worklist](../stages/worklist.md)")


def _cards(knowledge: Knowledge) -> str:
    """What a record system shows: every card with its sentence, its steps and what it suggests."""
    parts = ["Every card with how urgent it is, what it tells and suggests, and why it may be set aside."]
    for card in knowledge.cards.values():
        lines = [f"- {code_}: {' '.join(say(language(code_), id) for id in (f'card-{card.id}', *(f'todo-{word}' for word in card.steps)))}" for code_ in LANGUAGES]
        about = {"topic": (card.topic,), "urgency": (card.urgency,), "tells": card.tells, "suggests": card.suggests, "set aside because": card.overrides}
        lines += [f"- {name}: {cell(', '.join(words))}{' (one of them)' if name == 'suggests' and card.one else ''}" for name, words in about.items() if words]
        parts += [f"## {card.id}", "\n".join(lines)]
    return page("Cards", *parts, "[When they are shown](../stages/card.md)")


def _span(span: Span) -> str:
    months = f"{span.months} months" if span.months else ""
    return " ".join(filter(None, [months, f"{span.days} days" if span.days or not months else ""]))


def _about(held: Regimen | Review | Task, knowledge: Knowledge) -> list[str]:
    lines = []
    for code_ in LANGUAGES:
        said = Treatment(knowledge, language(code_))
        if isinstance(held, Task):
            text = " ".join(said.words.say(id) for id in (f"listed-{held.id}", *(f"todo-{word}" for word in held.what)))
        else:
            text = said.sure(held.id, "clinical") if isinstance(held, Regimen) else ", ".join(said.look(word, "clinical") for word in held.what)
        lines.append(f"- {code_}: {cell(MARKS.sub('', text))}")
    for stretch in held.doses if isinstance(held, Regimen) else ():
        lasting = f", every {_span(stretch.every)} for {_span(stretch.lasting)}" if stretch.lasting and stretch.every else ""
        amount = f"{stretch.ug:g}" + (f" to {stretch.up_to_ug:g}" if stretch.up_to_ug else "")
        lines.append(f"- {amount} ug {stretch.drug}, {stretch.route}, after: {', '.join(map(_span, stretch.at))}{lasting}")
    due = f", first due {_span(held.due)} later" if held.due else ""
    lines += [f"- urgency: {held.urgency}"] if isinstance(held, Task) else []
    lines.append(f"- counted from: {code(held.counted_from) or 'the day of assessment'}{due}")
    lines.append(f"- source: {source_link(held.evidence.source)}, {cell(held.evidence.where)}; checked: {held.evidence.checked}")
    return [*lines, f"- note: {cell(held.note)}"] if held.note else lines
