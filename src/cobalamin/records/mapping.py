"""The mapping of a wide table: which column is the patient's, and what each other column says.

    patient: {patient_id: MRN, sex: Sex, birth_date: DOB}     our column: theirs
    date: Visit date                                          the day of a row
    dates: DD/MM/YYYY                                         how days are written, where not YYYY-MM-DD
    blank: ["NA", "-"]                                        what says that a cell holds nothing
    results: {"B12 (pg/mL)": {concept: serum_b12, unit: pg/mL}}
    flags: {Metformin: {concept: metformin, present: ["Y"], absent: ["N"]}}
    words: {Diagnoses: {split: ";"}}
    ignore: [Ward]

Every name is checked against the vocabulary and every column against the table before a row is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cobalamin.errors import InputError, KnowledgeError, Place, nearest
from cobalamin.records.case import PATIENT_COLUMNS, text_of
from cobalamin.records.words import ASSUMED, Words, plain
from cobalamin.rules.files import Mapping, at, only_keys, place_of, read_yaml

ENDING = ".mapping.yaml"
DATES = {"YYYY-MM-DD": "", "DD/MM/YYYY": "%d{0}%m{0}%Y", "MM/DD/YYYY": "%m{0}%d{0}%Y"}
"""How days may be written in a table; the mark between may be a stroke, a dash or a dot."""
TOP = ("patient", "date", "dates", "blank", "results", "flags", "words", "ignore")
BESIDE = ("date", "end", "comparator", "unit_column", "dose", "reference", "low", "high")
"""What of a fact may stand in a column of its own."""
KEYS = {
    "results": ("concept", "unit", "assumed", "blank", *BESIDE),
    "flags": ("concept", "present", "absent", "blank", "date", "end", "dose"),
    "words": ("split", "blank", "date", "end"),
}
YES, NO = ("1",), ("0",)
"""What a flag says beside the words for yes and no, unless its mapping lists them."""


@dataclass(frozen=True)
class FactColumn:
    """A column that holds facts: its kind (`results`, `flags`, `words`), what it is about, and the columns beside it, by what they say."""

    name: str
    kind: str
    concept: str = ""
    unit: str = ""
    split: str = ""
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    beside: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableMapping:
    """What every column of a wide table means; `patient` is our column to theirs."""

    patient: dict[str, str]
    facts: tuple[FactColumn, ...]
    date: str = ""
    dates: str = ""
    blank: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    """Columns of the table that the mapping does not mention."""


def mapping_beside(table: Path) -> Path | None:
    """The mapping that lies beside a table as `<table>.mapping.yaml`, with or without the ending of the table; None where there is none."""
    near = (table.with_name(table.name + ENDING), table.with_name(table.name.split(".")[0] + ENDING))
    return next((path for path in near if path.is_file()), None)


def read_mapping(path: Path, header: Sequence[str], words: Words) -> TableMapping:
    """Read a mapping for a table with the columns *header*; an error names file, line and key, and the nearest name."""
    try:
        return _Reading(path.name, header, words).mapping(read_yaml(path, path.name))
    except KnowledgeError as error:
        where = f"{error.place}: " if error.place else ""
        raise InputError(f"{where}{error.what} {error.help}".strip()) from None
    except RecursionError:
        raise InputError(f"{path.name} is nested too deep to be a mapping.") from None


class _Reading:
    def __init__(self, file: str, header: Sequence[str], words: Words):
        self.file, self.words = file, words
        self.header = {plain(name): name for name in reversed(header) if name.strip()} | {name: name for name in header}
        self.named = [name for name in header if name.strip()]
        self.taken: dict[str, str] = {}

    def mapping(self, tree: dict[str, Any]) -> TableMapping:
        only_keys(tree, TOP, Place(self.file))
        people = self._members(tree, "patient", "")
        only_keys(people, PATIENT_COLUMNS, at(people, self.file, "patient"))
        patient = {ours: self._column(theirs, f"patient.{ours}", people) for ours, theirs in people.items()}
        if "patient_id" not in patient:
            raise KnowledgeError("does not say which column names the patient.", at(people, self.file, "patient"), "Write `patient: {patient_id: COLUMN}`.")
        date = self._column(tree["date"], "date", tree) if tree.get("date") is not None else ""
        dates = text_of(tree.get("dates")) or "YYYY-MM-DD"
        if dates not in DATES:
            raise KnowledgeError(f"'{dates}' is no way days are written here.", self._at(tree, "dates", "dates"), f"Write one of {', '.join(DATES)}.")
        facts = [self._fact(kind, name, held) for kind in KEYS for name, held in self._members(tree, kind, kind).items()]
        if not facts:
            raise KnowledgeError("names no column that says anything of a patient.", Place(self.file), "Fill `results`, `flags` or `words`.")
        ignored = {self._column(name, "ignore", tree) for name in self._list(tree, "ignore", "ignore")}
        for name in sorted(ignored & set(self.taken)):
            raise KnowledgeError(f"the column '{name[:60]}' is ignored and also used under {self.taken[name]}.", self._at(tree, "ignore", "ignore"), "Keep one.")
        seen = ignored | set(self.taken) | set(patient.values()) | {date} | {column for fact in facts for column in fact.beside.values()}
        unused = tuple(name for name in self.named if name not in seen)
        return TableMapping(patient, tuple(facts), date, DATES[dates], self._texts(tree, "blank", "blank"), unused)

    def _fact(self, kind: str, name: str, held: Any) -> FactColumn:
        path = f"{kind}.{name[:60]}"
        tree = {"concept": held} if isinstance(held, str) else held if isinstance(held, dict) else {}
        only_keys(tree, KEYS[kind], at(held, self.file, path))
        column = self._column(name, kind, held)
        if column in self.taken:
            raise KnowledgeError(f"the column '{column[:60]}' stands here and under {self.taken[column]}.", self._place(name, path, held), "Keep one.")
        self.taken[column] = kind
        concept = "" if kind == "words" else self._concept(tree, kind, path, held)
        beside = {what: self._column(tree[what], f"{path}.{what}", tree) for what in BESIDE if what in tree}
        if kind == "words" and "split" in tree and not text_of(tree["split"]):
            raise KnowledgeError("is an empty text.", self._at(tree, "split", f"{path}.split"), "Write what stands between two entries, such as ';'.")
        unit = self._unit(tree, concept, path)
        return FactColumn(column, kind, concept, unit, text_of(tree.get("split")), self._texts(tree, "present", path), self._texts(tree, "absent", path),
                          self._texts(tree, "blank", path), beside)  # fmt: skip

    def _concept(self, tree: dict[str, Any], kind: str, path: str, held: Any) -> str:
        text = text_of(tree.get("concept"))
        if not text:
            raise KnowledgeError("does not say which concept it is.", at(held, self.file, path), "Write `concept: NAME`.")
        id, _ = self.words.concept(text)
        if id is None:
            near = ", ".join(f"'{name}'" for name in self.words.closest(text))
            raise KnowledgeError(f"nothing is called '{text[:60]}'.", self._at(tree, "concept", f"{path}.concept"),
                                 f"Did you mean {near}?" if near else "`docs/reference/concepts.md` lists every concept.")  # fmt: skip
        if kind == "results" and not self.words.knowledge.concepts[id].is_result:
            raise KnowledgeError(f"{id} is no result of a test.", self._at(tree, "concept", f"{path}.concept"), "Put the column under `flags`.")
        return text

    def _unit(self, tree: dict[str, Any], concept: str, path: str) -> str:
        unit = text_of(tree.get("unit"))
        if not unit:
            return ""
        id, _ = self.words.concept(concept)
        index, _ = self.words.unit(id or "", unit)
        units = self.words.knowledge.concepts[id or ""].units
        if index is None or units is None:
            known = [u.name for u in units.units] if units else []
            raise KnowledgeError(f"'{unit[:40]}' is no unit of {id}.", self._at(tree, "unit", f"{path}.unit"), nearest(unit, known) or f"Known: {', '.join(known)}.")
        assumed = tree.get("assumed", False)
        if not isinstance(assumed, bool):
            raise KnowledgeError("is neither true nor false.", self._at(tree, "assumed", f"{path}.assumed"))
        return f"{unit} {ASSUMED}" if assumed else unit

    def _column(self, name: Any, path: str, tree: Any) -> str:
        """The column of the table that *name* means: as written, or in other case and spaces."""
        text = text_of(name)
        found = self.header.get(text) or self.header.get(plain(text))
        if not found:
            shown = ", ".join(column[:40] for column in self.named[:8])
            raise KnowledgeError(f"the table has no column '{text[:60]}'.", self._place(name, path, tree), nearest(text, self.named) or f"It has {shown} ...")
        return found

    def _members(self, tree: dict[str, Any], key: str, path: str) -> dict[str, Any]:
        held = tree.get(key)
        if held is None:
            return Mapping()
        if not isinstance(held, dict):
            raise KnowledgeError("holds something else than names with values.", self._at(tree, key, path or key), "Write `name: value` lines.")
        return held

    def _list(self, tree: dict[str, Any], key: str, path: str) -> list[Any]:
        held = tree.get(key)
        if held is not None and not isinstance(held, list):
            raise KnowledgeError("is no list.", self._at(tree, key, path), f"Write `{key}: [A, B]`.")
        return held or []

    def _texts(self, tree: dict[str, Any], key: str, path: str) -> tuple[str, ...]:
        return tuple(text_of(item) for item in self._list(tree, key, path))

    def _at(self, tree: dict[str, Any], key: str, path: str) -> Place:
        return self._place(tree.get(key), path, next((name for name in tree if name == key), tree))

    def _place(self, value: Any, path: str, other: Any) -> Place:
        spot = place_of(value, place_of(other, Place(self.file)))
        return Place(self.file, spot.line, spot.column, path)
