"""A catalog, or one entry of it, as a page of plain text in one language: plain words first, then what clinicians look for."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from cobalamin.outputs.language import Language, foreign_run, quantity_run
from cobalamin.outputs.page import Page

LISTS = (("suits", "suits"), ("explains", "explains"), ("measured_by", "measured-by"))
"""Fields of an entry that are listed under a heading of their own, with the end of the heading's id."""


def render(found: dict[str, Any], words: Language) -> str:
    """The page of what `Librarian.catalog` or `Librarian.entry` answered."""
    page = _Page(words)
    page.title(found["label"], "=")
    if found["kind"] == "catalog":
        page.whole(found)
    else:
        page.one(found)
    return page.text().strip("\n")


class _Page(Page):
    """The page of a catalog or an entry."""

    def whole(self, found: dict[str, Any]) -> None:
        self.paragraph(found["says"]["lay"])
        for group, entries in groupby(found["entries"], key=lambda entry: entry.get("group", "")):
            if group:
                self.title(group)
            for entry in entries:
                self.paragraph(entry["label"], "  - ", "    ")
                self.paragraph(entry.get("says", {}).get("lay", ""), "      ", "      ")
                self.values(entry["values"], brief=True)
        self.differs(found["differs"])
        self.title(self.words.say("heading-clinical"))
        self.paragraph(found["says"]["clinical"])

    def one(self, found: dict[str, Any]) -> None:
        says = found.get("says", {})
        self.paragraph(says.get("lay", ""))
        if said := [value for value in found["values"] if value["says"]]:
            self.lines.append("")
            self.values(said)
        self.paragraph(found.get("caution", ""), "  ! ", "    ")
        self.differs(found["differs"])
        if says:
            self.title(self.words.say("heading-clinical"))
            self.paragraph(says["clinical"])
            self.title(self.words.say("heading-sources"))
            self.values(value | {"says": ""} for value in found["values"])
        for name, heading in LISTS:
            if held := found.get(name):
                self.title(self.words.say(f"heading-{heading}", "lay"))
                self.paragraph(self.words.joined(held.values()), "  ", "  ")

    def values(self, values: Any, brief: bool = False) -> None:
        """Each value, and where it is from: in brief beside it, else on a line of its own."""
        for value in values:
            checked = value["checked_means"]
            if brief:
                self.paragraph(f"{value['says']} [{self.words.joined([quantity_run(value['source_id']), checked])}]".strip(), "      ", "      ")
                continue
            self.paragraph(value["says"], "  - ", "    ")
            self.paragraph(self.words.say("source-line", source=foreign_run(value["source"]), where=foreign_run(value["where"]), checked=checked), "    ", "      ")

    def differs(self, differences: list[dict[str, Any]]) -> None:
        """Every disagreement, in plain words first."""
        if differences:
            self.title(self.words.say("heading-differs", "lay"))
        for held in differences:
            self.paragraph(held["says"]["lay"], "  - ", "    ")
            if held["says"]["clinical"] != held["says"]["lay"]:
                self.paragraph(held["says"]["clinical"], "    ", "    ")
