"""What a clinic needs for the coming months, as text, plain data and rows of a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from cobalamin.model.quantity import print_number
from cobalamin.outputs.language import language, quantity_run
from cobalamin.outputs.page import Page
from cobalamin.outputs.treatment import Treatment
from cobalamin.outputs.worklist import BYTE_ORDER_MARK
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.supply import STARTS, Need, Supply


def rows(supply: Supply) -> Iterator[dict[str, Any]]:
    """One row for each month, kind of dose and whether treatment is under way; `doses` are injections, or days on which tablets are taken."""
    for need in _ordered(supply):
        yield {"month": need.month, "treatment": need.start, "drug": need.drug, "route": need.route, "amount_ug": need.amount_ug, "up_to_ug": need.up_to_ug,
               "counted": "days" if need.daily else "injections", "doses": supply.doses[need], "people": supply.needing[need]}  # fmt: skip


def plain(supply: Supply, guideline: str) -> dict[str, Any]:
    """The count as plain data."""
    return {"as_of": supply.as_of.isoformat(), "until": supply.until.isoformat(), "guideline": guideline, "people": supply.people, "planned": supply.planned,
            "rows": list(rows(supply))}  # fmt: skip


def csv_text(supply: Supply) -> str:
    """The count as a spreadsheet."""
    names = ["month", "treatment", "drug", "route", "amount_ug", "up_to_ug", "counted", "doses", "people"]
    buffer = io.StringIO(newline="")
    writer = csv.DictWriter(buffer, names, lineterminator="\n")
    writer.writeheader()
    for row in rows(supply):
        writer.writerow({name: print_number(value) if isinstance(value, float) else value for name, value in row.items()})
    return BYTE_ORDER_MARK + buffer.getvalue()


def text_page(supply: Supply, knowledge: Knowledge, lang: str) -> str:
    """The count as a page for a terminal, month by month."""
    words = language(lang)
    page, treatment, say = Page(words), Treatment(knowledge, words), words.say
    page.paragraph(say("supply-title", day=quantity_run(supply.as_of.isoformat()), until=quantity_run(supply.until.isoformat())))
    page.paragraph(say("supply-counts", people=quantity_run(f"{supply.people:,}"), planned=quantity_run(f"{supply.planned:,}")))
    for (month, start), needs in groupby(_ordered(supply), lambda need: (need.month, need.start)):
        page.title(say(f"supply-{start}", month=quantity_run(month)))
        for need in needs:
            amount = treatment.amount(need.amount_ug, need.up_to_ug if need.up_to_ug != need.amount_ug else None, "clinical")
            what = words.joined([treatment.drug(need.drug, "clinical"), amount, say(f"route-{need.route}")])
            held = {"what": what, "number": quantity_run(f"{supply.doses[need]:,}"), "people": quantity_run(f"{supply.needing[need]:,}")}
            page.items([say("supply-days", "clinical", **held) if need.daily else say("supply-injections", "clinical", **held)])
    page.lines.append("")
    page.paragraph(say("supply-note"))
    return page.text()


def _ordered(supply: Supply) -> list[Need]:
    """By month, treatment under way before what may begin, injections before tablets."""
    return sorted(supply.doses, key=lambda need: (need.month, STARTS.index(need.start), need.daily, need.drug, need.amount_ug, need.up_to_ug, need.route))
