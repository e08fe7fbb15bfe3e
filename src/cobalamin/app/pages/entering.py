"""What the buttons of the form do: add, pick, read a slip, open a file, mean something else, remove, start again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cobalamin.app.pages.asked import SWITCH, Asked
from cobalamin.app.pages.dropped import Refused, case_in
from cobalamin.app.pages.entry import MOST_ROWS, Entry, facts_of
from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.outputs.language import Language, foreign_run, quantity_run
from cobalamin.records.case import text_of
from cobalamin.records.slip import SlipReader


@dataclass(frozen=True)
class Entered:
    """The entry after a button was pressed, what to say about it, and what stays in the fields because it was not read."""

    entry: Entry
    notes: tuple[tuple[str, str], ...] = ()
    """Pairs of a kind (`note` or `trouble`) and a sentence."""
    add: str = ""
    slip: str = ""
    fresh: int = 0
    """The number of the row that was added last; 0 when none was."""

    def noting(self, kind: str, text: str) -> Entered:
        """The same with one sentence more."""
        return replace(self, notes=(*self.notes, (kind, text)))


class Entering:
    """The form of one request on its way to the next."""

    def __init__(self, asked: Asked, engine: MemoryEngine, words: Language):
        self.asked, self.engine, self.language = asked, engine, words
        self.say = words.say

    def entered(self, entry: Entry) -> Entered:
        """The entry after what was asked; what another button is for, and a switch of language, leave half-typed text where it is."""
        asked = self.asked
        at = Entered(entry, add=asked.one("add"), slip=asked.one("slip"))
        do, _, rest = asked.one("do").partition(":")
        if do == "clear":
            return Entered(Entry())
        if do in ONE_ROW:
            at = ONE_ROW[do](self, at, rest)
        if not asked.one(SWITCH) and do in ("", "add"):
            at = self._added(at)
        if not asked.one(SWITCH) and do in ("", "slip"):
            at = self._read(at)
        for upload in asked.uploads:
            at = self._opened(at, upload.name, upload.text)
        if at.entry.turned_away:
            at = at.noting("trouble", self._count("entry-too-many", at.entry.turned_away))
        before = {row.number for row in entry.rows}
        return replace(at, fresh=next((row.number for row in reversed(at.entry.rows) if row.number not in before), 0))

    def _removed(self, at: Entered, rest: str) -> Entered:
        return replace(at, entry=at.entry.without(int(rest))) if rest.isdecimal() else at

    def _meant(self, at: Entered, rest: str) -> Entered:
        number, _, concept = rest.partition(":")
        known = number.isdecimal() and concept in self.engine.knowledge.concepts
        return replace(at, entry=at.entry.with_concept(int(number), concept)) if known else at

    def _wanted(self, at: Entered, rest: str) -> Entered:
        """A row for something that is not known yet, to be filled in."""
        return replace(at, entry=at.entry.with_facts([{"concept": rest}])) if rest in self.engine.knowledge.concepts else at

    def _added(self, at: Entered) -> Entered:
        """What was picked, or else what was typed; a result may be typed with its number."""
        typed, picked = at.add.strip(), self.asked.one("take")
        if picked in self.engine.knowledge.concepts:
            return replace(at, entry=at.entry.with_facts([{"concept": picked, "said": typed}]), add="")
        if not typed:
            return at
        facts = self.slips.line(typed) or list(facts_of({"concept": typed}, self.engine.spoken))
        return replace(at, entry=at.entry.with_facts(facts, typed), add="")

    def _read(self, at: Entered) -> Entered:
        if not at.slip.strip():
            return at
        slip = self.slips.read(at.slip)
        at = replace(at, entry=at.entry.with_facts(slip.facts).with_person(slip.person), slip="\n".join(slip.unread))
        at = at.noting("note", self._count("entry-slip-read", len(slip.facts)))
        if slip.unread:
            at = at.noting("trouble", self._count("entry-slip-left", len(slip.unread)))
        for printed, day in slip.day_first:
            at = at.noting("note", self.say("entry-day-first", printed=quantity_run(printed), day=quantity_run(day)))
        return at

    def _opened(self, at: Entered, name: str, text: str) -> Entered:
        file = foreign_run(name[:80])
        try:
            case = case_in(name, text, self.engine)
        except Refused as why:
            return at.noting("trouble", self.say(f"entry-file-{why.reason}", file=file))
        theirs, ours = str(case.tree.get("patient_id") or ""), at.entry.person.get("patient_id", "")
        if theirs and ours and theirs != ours:
            return at.noting("trouble", self.say("entry-file-other-person", file=file))
        rows = case.tree.get("facts") or []
        facts = [fact for row in rows[:MOST_ROWS] for fact in facts_of(row, self.engine.spoken)]
        person = {name: text_of(value) for name, value in case.tree.items()}
        entry = replace(at.entry, turned_away=at.entry.turned_away + len(rows[MOST_ROWS:])).with_facts(facts).with_person(person)
        at = replace(at, entry=entry).noting("note", self._count("entry-file-read", len(facts), file=file))
        return at.noting("trouble", self._count("entry-file-left", case.left)) if case.left else at

    @property
    def slips(self) -> SlipReader:
        """The reader of slips for the day of assessment."""
        return SlipReader(self.engine.words, self.engine.spoken)

    def _count(self, id: str, count: int, file: str = "") -> str:
        return self.say(id, count=count, number=quantity_run(str(count)), file=file)


ONE_ROW: dict[str, Callable[[Entering, Entered, str], Any]] = {"remove": Entering._removed, "mean": Entering._meant, "want": Entering._wanted}
"""The buttons about one row by the first part of their value."""
