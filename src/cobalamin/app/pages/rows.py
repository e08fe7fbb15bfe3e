"""The rows of a form as a page shows them: what each means, in which units it may be given, and what it might have meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cobalamin.app.pages.entry import Entry, Row
from cobalamin.app.pages.suggest import Suggestion, search
from cobalamin.model.fact import FACT_COLUMNS
from cobalamin.outputs.language import Language, foreign_run, quantity_run
from cobalamin.records.spoken import Spoken
from cobalamin.records.words import Words

ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
UNKNOWN = "unknown"
ABSENT, PRESENT = ("absent", "negative"), ("", "present", "positive")
SHOWN = {"result": ("value", "unit", "date"), "drug": ("value", "date", "end", "dose"), UNKNOWN: ("value", "unit", "date")}
"""The columns with a field of their own, by kind of concept; the others carry what the record says unseen."""
OTHERWISE = ("value", "date", "end")
FOLDED_FROM = 4
"""So many rows of things that are not there are folded away together."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a field: what it stands for, what it is called, and whether it is chosen."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One row: the fields it has, what to choose from, and for words not understood what to ask back."""

    number: int
    kind: str
    concept: str
    label: str
    said: str
    columns: dict[str, str]
    fields: tuple[str, ...]
    units: tuple[Choice, ...] = ()
    values: tuple[Choice, ...] = ()
    closest: tuple[Suggestion, ...] = ()
    summary: str = ""

    @property
    def absent(self) -> bool:
        """Whether the row says that something is not there."""
        return self.kind not in ("result", UNKNOWN) and self.columns["value"] in ABSENT

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Columns without a field that hold something all the same."""
        hidden = [name for name in FACT_COLUMNS if name not in self.fields]
        return [(name, self.columns[name]) for name in hidden if self.columns.get(name)]


def shown(entry: Entry, spoken: Spoken, language: Language) -> list[Shown]:
    """Every row of the form, in its order."""
    return [_row(row, spoken, language) for row in entry.rows]


def folded(rows: list[Shown]) -> bool:
    """Whether rows of things that are not there stand together, out of the way."""
    return sum(row.absent for row in rows) >= FOLDED_FROM


def is_day(text: str) -> bool:
    """Whether a field for days can hold *text*; anything else is kept in a field for text."""
    try:
        return not text or bool(ISO.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _row(row: Row, spoken: Spoken, language: Language) -> Shown:
    words = spoken.words
    columns = {name: row.column(name) for name in FACT_COLUMNS}
    id, _ = words.concept(columns["concept"])
    concept = words.knowledge.concepts.get(id or "")
    kind = concept.kind if concept else UNKNOWN
    label = language.label(concept.label) if concept else foreign_run(columns["concept"][:200])
    fields = ("concept", *SHOWN.get(kind, OTHERWISE))
    units: tuple[Choice, ...] = ()
    values: tuple[Choice, ...] = ()
    if concept and concept.is_result:
        units = _units(concept.id, columns["unit"], words, language)
        values = _choices(columns["value"], [(word, language.quantity(word)) for word in concept.words], language) if concept.units is None else ()
    elif concept:
        given = columns["value"]
        pairs = [("" if given in PRESENT else given, language.say("entry-has"))] if given in PRESENT else [("", language.say("entry-has"))]
        values = _choices(given, [*pairs, (given if given in ABSENT else "absent", language.say("entry-has-not"))], language)
    else:
        fields = ("concept", *(name for name in SHOWN[UNKNOWN] if columns[name]))
    closest = () if concept else tuple(search(words).closest(columns["concept"], language, spoken.closest(columns["concept"])))
    said = row.said[:200] if row.said and row.said.casefold() != columns["concept"].casefold() else ""
    return Shown(row.number, kind, id or "", label, said, columns, fields, units, values, closest, _summary(columns, language, bool(concept and concept.is_result)))


def _units(concept: str, text: str, words: Words, language: Language) -> tuple[Choice, ...]:
    """The units of a concept, the one that *text* names chosen; another that the record prints stays to be chosen from."""
    units = words.knowledge.concepts[concept].units
    if units is None:
        return ()
    index, _ = words.unit(concept, text)
    known = [Choice(unit.name, quantity_run(unit.name), at == index and not _assumed(text, units.units[at].name, words)) for at, unit in enumerate(units.units)]
    if any(choice.chosen for choice in known):
        return tuple(known)
    return (Choice(text, foreign_run(text) if text else language.say("entry-unit-none"), True), *known)


def _assumed(text: str, name: str, words: Words) -> bool:
    """Whether a unit says more than its name: that it is taken for granted."""
    return bool(text) and words.canonical(text) != words.canonical(name)


def _choices(given: str, pairs: list[tuple[str, str]], language: Language) -> tuple[Choice, ...]:
    """A choice of words, with what the record says added where it is none of them."""
    found = [Choice(value, label, value == given) for value, label in pairs]
    if any(choice.chosen for choice in found):
        return tuple(found)
    return (Choice(given, language.quantity(given) if given else language.say("entry-unit-none"), True), *found)


def _summary(columns: dict[str, str], language: Language, result: bool) -> str:
    """The row in one line, for print: value, unit, dates and dose as entered."""
    value = f"{columns['value']} {columns['unit']}".strip()
    told = language.quantity(value) if result and value else language.say("entry-has-not") if columns["value"] in ABSENT else ""
    days = quantity_run(" – ".join(filter(None, (columns["date"], columns["end"])))) if columns["date"] or columns["end"] else ""
    return language.joined(filter(None, (told, foreign_run(columns["dose"]) if columns["dose"] else "", days)))
