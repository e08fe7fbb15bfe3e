"""Concepts: what the pathway knows by name, with its words in three languages, codes, units and limits of belief."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.model.quantity import STEPS
from cobalamin.rules.files import place_of
from cobalamin.rules.units import Unit, Units

LANGUAGES = ("en", "hi", "ar")
KINDS = ("result", "panel", "condition", "symptom", "procedure", "diet", "circumstance", "drug")
RESULT_WORDS = ("undetectable", "low", "normal", "high", "negative", "positive")
"""Words a result may be given as; their order breaks ties on one day (the last wins)."""
MAX_UNITS = 16
MAX_NUMBER = 2**37 / STEPS


@dataclass(frozen=True)
class Code:
    """A code of a terminology; `says` names the group of units the code means, or `any`."""

    system: str
    code: str
    says: str = "any"
    checked: str = "recalled"


@dataclass(frozen=True)
class Concept:
    """One thing a record can say: a result with units, or a condition, symptom, procedure, diet, circumstance, drug."""

    id: str
    kind: str
    label: dict[str, str]
    also: dict[str, tuple[str, ...]]
    codes: tuple[Code, ...]
    no_code: str
    is_a: tuple[str, ...]
    injected_as: str
    """The narrower concept a drug is when it was given by injection; empty where nobody asks."""
    lasts: int | None
    units: Units | None
    possible: tuple[float, float]
    plausible: tuple[float, float]
    range_group: int
    highest_wins: bool
    words: tuple[str, ...]
    place: Place

    @property
    def is_result(self) -> bool:
        return self.kind == "result"

    def __hash__(self) -> int:
        return hash(self.id)


def read_concept(id: str, tree: dict[str, Any], file: str) -> Concept:
    """Check one concept of a file and freeze it."""
    place = Place(file, *_spot(tree), path=id)
    kind = str(tree.get("kind", ""))
    if kind not in KINDS:
        raise KnowledgeError(f"kind '{kind}' is not one of {', '.join(KINDS)}.", place, nearest(kind, KINDS), "concept-kind")
    label = {str(k): str(v) for k, v in (tree.get("label") or {}).items()}
    also = {str(k): tuple(str(v) for v in values or ()) for k, values in (tree.get("also") or {}).items()}
    codes = tuple(
        Code(str(c["system"]), str(c["code"]), str(c.get("says", "any")), str(c.get("checked", "recalled")))
        for c in tree.get("codes") or ()
    )
    units = _read_units(tree, place)
    possible, plausible, group = (-MAX_NUMBER, MAX_NUMBER), (-MAX_NUMBER, MAX_NUMBER), 0
    if units:
        possible, group = _read_range(tree, "possible", units, place)
        plausible, _ = _read_range(tree, "plausible", units, place)
    words = tuple(sorted((str(w) for w in tree.get("words") or ()), key=RESULT_WORDS.index))
    lasts = tree.get("lasts", "until_ended")
    days = 1 if lasts == "one_day" else None if lasts == "until_ended" else int(str(lasts).split()[0])
    return Concept(
        id, kind, label, also, codes, str(tree.get("no_code", "")), tuple(str(x) for x in tree.get("is_a") or ()),
        str(tree.get("injected_as", "")), days, units, possible, plausible, group, tree.get("same_day", "highest") == "highest", words, place,
    )  # fmt: skip


def _spot(value: object) -> tuple[int, int]:
    place = place_of(value, Place(""))
    return place.line, place.column


def _read_units(tree: dict[str, Any], place: Place) -> Units | None:
    groups = tree.get("units") or {}
    if not groups:
        return None
    units = [
        Unit(str(name), index, float(times)) for index, members in enumerate(groups.values()) for name, times in members.items()
    ]
    names = tuple(str(name) for name in groups)
    converts: tuple[tuple[int, int, float], ...] = ()
    if "convert" in tree:
        how = tree["convert"]
        for side in ("from", "to"):
            if how[side] not in names:
                raise KnowledgeError(f"converts {side} '{how[side]}', which is no group.", place, nearest(how[side], names), "unit-group")
        converts = ((names.index(how["from"]), names.index(how["to"]), float(how["times"])),)
    if len(units) > MAX_UNITS:
        raise KnowledgeError(f"has {len(units)} units, the most is {MAX_UNITS}.", place, id="too-many-units")
    return Units(tuple(units), names, converts)


def _read_range(tree: dict[str, Any], key: str, units: Units, place: Place) -> tuple[tuple[float, float], int]:
    """The range in the first unit of the group it is printed in, and that group."""
    if key not in tree:
        return (0.0, MAX_NUMBER - 1), 0
    name, (low, high) = next(iter(tree[key].items()))
    unit = units.named(str(name))
    if unit is None:
        raise KnowledgeError(f"{key} is in '{name}', which is no unit of it.", place, nearest(name, [u.name for u in units.units]), "unknown-unit")
    if high * unit.times >= MAX_NUMBER:
        raise KnowledgeError(f"{key} reaches {high}, more than the grid holds.", place, "Use a larger first unit.", "range")
    return (low * unit.times, high * unit.times), unit.group
