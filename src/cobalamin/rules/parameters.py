"""Parameters: every number of the knowledge, dated, per guideline, in the units its source prints."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules.files import mapping_at, place_of
from cobalamin.rules.units import Units

ANY = "any"
"""The guideline under which a value stands that every guideline without its own may use."""
GRADES = ("primary", "secondary", "recalled", "own")
"""How well a value was checked: the primary text was read, a secondary text was, it was remembered, or it is our judgement."""


@dataclass(frozen=True)
class Evidence:
    """Where a row or number comes from and how well that was checked."""

    source: str
    where: str
    checked: str
    since: str
    reviewer: str = ""


@dataclass(frozen=True)
class Dated:
    """A parameter's value since a day: one limit per unit group, or several chosen by a word."""

    values: tuple[float | None, ...]
    by_word: tuple[tuple[str, tuple[float | None, ...]], ...]
    printed: tuple[tuple[str, float], ...]
    evidence: Evidence
    place: Place


@dataclass(frozen=True)
class ParameterSpec:
    """A parameter with all its values; `by` names the conclusion whose word chooses among them."""

    name: str
    what: str
    of: str
    by: str
    values: dict[str, tuple[Dated, ...]]
    silent: tuple[str, ...]
    place: Place

    def in_force(self, guideline: str, day: str) -> Dated | None:
        """The value that stands under *guideline* itself on *day*, or None; `Knowledge.in_force` looks at what it is based on too."""
        current = [value for value in self.values.get(guideline, ()) if value.evidence.since <= day]
        if not current or not self.by:
            return current[-1] if current else None
        # words may come from different sources: each stands in its own entry, and a later entry wins a word
        by_word = {word: values for value in current for word, values in value.by_word}
        return replace(current[-1], by_word=tuple(by_word.items()), printed=tuple(dict(p for v in current for p in v.printed).items()))


def read_evidence(tree: dict[str, Any], default: Evidence | None, sources: dict[str, Any], place: Place) -> Evidence:
    """Source, locator, grade and day of a row or value, each falling back on the file's own."""
    held = {
        "source": tree.get("source", default.source if default else ""),
        "where": tree.get("where", default.where if default else ""),
        "checked": tree.get("checked", default.checked if default else ""),
        "since": tree.get("since", default.since if default else ""),
    }
    spot = place_of(held["source"], place)
    if not held["source"]:
        raise KnowledgeError("has no source.", place, "Name one of sources.yaml with `source:`.", "no-source")
    if held["source"] not in sources:
        raise KnowledgeError(f"names a source '{held['source']}' that sources.yaml does not hold.", spot,
                             nearest(str(held["source"]), sources), "unknown-source")  # fmt: skip
    if held["checked"] not in GRADES:
        raise KnowledgeError(f"checked is '{held['checked']}'.", spot, f"Say one of {', '.join(GRADES)}.", "grade")
    if not _is_day(str(held["since"])):
        raise KnowledgeError(f"since is '{held['since']}'.", spot, "Write a day such as 2024-03-06.", "date")
    return Evidence(**{k: str(v) for k, v in held.items()}, reviewer=str(tree.get("reviewer") or (default.reviewer if default else "")))


def _is_day(text: str) -> bool:
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()


def read_parameter(name: str, tree: dict[str, Any], file: str, units: Units, sources: dict[str, Any]) -> ParameterSpec:
    """Check one parameter of a file and freeze it; *units* are those of the kind it is `of`."""
    spot = place_of(tree, Place(file))
    place = Place(file, spot.line, spot.column, name)
    values: dict[str, tuple[Dated, ...]] = {}
    silent: list[str] = []
    for guideline, entries in tree.items():
        if guideline in ("what", "of", "by"):
            continue
        if entries == "not printed":
            silent.append(str(guideline))
            continue
        if not isinstance(entries, list):
            raise KnowledgeError(f"the values of {guideline} are no list.", place_of(entries, place), "Write one `- {since: ..., unit: ...}` line each.", "not-a-list")
        found = tuple(_read_dated(entry, units, sources, place) for entry in entries)
        days = [value.evidence.since for value in found]
        if days != (sorted(days) if "by" in tree else sorted(set(days))):
            raise KnowledgeError(f"the days of {guideline} are not in order.", place, "Oldest first, each day once.", "date-order")
        values[str(guideline)] = found
    return ParameterSpec(name, str(tree.get("what", "")), str(tree["of"]), str(tree.get("by", "")), values, tuple(silent), place)


def _read_dated(entry: dict[str, Any], units: Units, sources: dict[str, Any], place: Place) -> Dated:
    spot = place_of(mapping_at(entry, place), place)
    evidence = read_evidence(entry, None, sources, spot)
    if "values" in entry:
        unit = _unit(str(entry.get("unit", "")), units, spot)
        by_word = tuple((str(word), units.spread({unit.group: number * unit.times})) for word, number in entry["values"].items())
        return Dated((), by_word, tuple((f"{word}: {unit.name}", number) for word, number in entry["values"].items()), evidence, spot)
    printed = {key: number for key, number in entry.items() if key not in ("source", "where", "checked", "since", "reviewer", "note")}
    if not printed:
        raise KnowledgeError("has no value.", spot, "Write a unit and a number, such as ng/L: 180.", "no-value")
    by_group: dict[int, float] = {}
    for key, number in printed.items():
        unit = _unit(str(key), units, place_of(key, spot))
        if not isinstance(number, (int, float)) or isinstance(number, bool):
            raise KnowledgeError(f"{key} is {number!r}, not a number.", place_of(key, spot), id="not-a-number")
        by_group.setdefault(unit.group, number * unit.times)
    return Dated(units.spread(by_group), (), tuple((str(k), float(v)) for k, v in printed.items()), evidence, spot)


def _unit(name: str, units: Units, place: Place) -> Any:
    unit = units.named(name)
    if unit is None:
        known = [unit.name for unit in units.units]
        raise KnowledgeError(f"'{name}' is not a unit of this parameter's kind.", place,
                             f"Known: {', '.join(known)}. {nearest(name, known)}", "unknown-unit")  # fmt: skip
    return unit
