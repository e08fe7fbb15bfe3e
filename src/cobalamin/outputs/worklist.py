"""Worklists in words: one row of a spreadsheet for a person and kind of list, and a page of text on the terminal."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from cobalamin.outputs.language import Language, foreign_run, language, quantity_run
from cobalamin.outputs.lines import wrap
from cobalamin.outputs.plain import harmless
from cobalamin.outputs.treatment import Treatment
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.worklist import Counts

FIRST_ROWS, COLUMNS = 20, 100
BYTE_ORDER_MARK = "\ufeff"
"""Spreadsheets take a file of text for UTF-8 only when it begins with this; without it Hindi and Arabic come out as garbage."""
MARKS = re.compile("[\u2066-\u2069\u200e\u200f]")
IDS = ("patient_id", "site", "kind", "urgency", "due", "days_late")
ABOUT = ("sex", "age_years", "status")


class Words:
    """Say what stands in a row of a worklist in one language."""

    def __init__(self, knowledge: Knowledge, lang: str):
        self.knowledge, self.words = knowledge, language(lang)
        self.treatment = Treatment(knowledge, self.words)

    def kind(self, id: str) -> str:
        """The name of a kind of list."""
        return self.words.say(f"worklist-{id}")

    def reason(self, id: str) -> str:
        """Why somebody stands on a list."""
        return self.words.say(f"listed-{id}")

    def step(self, word: str) -> str:
        """What to do."""
        return self.words.say(f"todo-{word}")

    def cause(self, cause: Mapping[str, str]) -> str:
        """A cause by its name, with how sure it is in brackets."""
        name = self.treatment.concept(cause["id"]) if cause["id"] in self.knowledge.concepts else self.words.say(f"cause-name-{cause['id']}")
        return f"{name} ({self.words.say('certainty-' + cause['certainty'])})"

    def source(self, reason: Mapping[str, str]) -> str:
        """Where a reason comes from and how well that was checked."""
        checked = self.words.say(f"checked-{reason['checked']}")
        return self.words.say("source-line", source=foreign_run(reason["source"]), where=foreign_run(reason["where"]), checked=checked)


def csv_lines(rows: Iterable[Mapping[str, Any]], shown: Sequence[str], knowledge: Knowledge, lang: str) -> Iterator[str]:
    """Rows as lines of CSV for a spreadsheet: ids first, then what somebody who acts needs in words; cells that would run as a formula are harmless."""
    said, buffer = Words(knowledge, lang), io.StringIO(newline="")
    names = [*IDS, "why", "next", *ABOUT, "causes", *shown, "tests", "regimen", "reasons", "sources", "rules", "as_of", "guideline"]
    buffer.write(BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    writer.writerow(names)
    plain = _Plain(said)
    for row in rows:
        held = plain.row(row, shown)
        writer.writerow([harmless(str(held[name])) if held[name] is not None else "" for name in names])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


class _Plain:
    """A row as cells of text; what many rows say is worded once."""

    def __init__(self, words: Words):
        self.words = words
        self.said: dict[tuple[str, str], str] = {}

    def row(self, row: Mapping[str, Any], shown: Sequence[str]) -> dict[str, Any]:
        reasons = row["reasons"]
        return {
            **{name: row[name] for name in ("patient_id", "site", "kind", "urgency", "due", *ABOUT, *shown, "as_of", "guideline")}, "days_late": days_late(row),
            "why": " ".join(self.word("reason", reason["reason"]) for reason in reasons), "next": " ".join(self.word("step", word) for word in row["next"]),
            "causes": "; ".join(self.cell(self.words.cause(cause)) for cause in row["causes"]),
            "tests": "; ".join(self.cell(self.words.treatment.concept(test)) for test in row["tests"]), "regimen": row["regimen"],
            "reasons": ";".join(reason["reason"] for reason in reasons), "sources": "; ".join(f"{r['source']}, {r['where']}" for r in reasons),
            "rules": ";".join(reason["rule"] for reason in reasons),
        }  # fmt: skip

    def word(self, what: str, id: str) -> str:
        if (what, id) not in self.said:
            self.said[what, id] = self.cell(getattr(self.words, what)(id))
        return self.said[what, id]

    def cell(self, text: str) -> str:
        """Marks of direction are for Arabic, where a number may stand amid words; elsewhere a spreadsheet would only fail to find the text."""
        return text if self.words.words.right_to_left else MARKS.sub("", text)


def days_late(row: Mapping[str, Any]) -> int:
    """By how many days the earliest task of a row is late; 0 when it is due today or later."""
    from datetime import date

    return max(0, (date.fromisoformat(row["as_of"]) - date.fromisoformat(row["due"])).days)


def text_page(rows: Iterable[Mapping[str, Any]], counts: Counts, as_of: str, guideline: str, knowledge: Knowledge, lang: str) -> str:
    """A summary of the lists and their first rows, for a terminal."""
    said, words = Words(knowledge, lang), language(lang)
    say = words.say
    lines = [say("worklist-title", day=quantity_run(as_of), guideline=words.label(knowledge.guidelines[guideline].title)),
             counted(counts, words), ""]  # fmt: skip
    for kind, number in counts.kinds.items():
        lines.append(say("label-value", label=said.kind(kind), value=quantity_run(f"{number:,}")))
        for (of, reason), many in sorted(counts.reasons.items(), key=lambda item: -item[1]):
            if of == kind:
                lines += wrap(f"{quantity_run(f'{many:,}')}  {said.reason(reason)}", "  - ", "    ", COLUMNS)
    first = list(islice(rows, FIRST_ROWS))
    lines += ["", say("worklist-first-rows", number=quantity_run(str(len(first))))] if first else []
    for row in first:
        head = f"{say('urgency-name-' + row['urgency'])}  {quantity_run(row['due'])}  {foreign_run(row['patient_id'])}  {said.kind(row['kind'])}"
        lines += wrap(head, "- ", "  ", COLUMNS)
        lines += wrap(" ".join([*(said.reason(reason["reason"]) for reason in row["reasons"]), *(said.step(word) for word in row["next"])]), "    ", "    ", COLUMNS)
    return words.directed([*lines, "", *wrap(say("disclaimer"), "", "", COLUMNS)])


def counted(counts: Counts, words: Language) -> str:
    """How many people stand on a list and how many on none."""
    others = counts.people - counts.listed
    return words.say("worklist-counts", people=quantity_run(f"{counts.people:,}"), listed=quantity_run(f"{counts.listed:,}"), others=quantity_run(f"{others:,}"))
