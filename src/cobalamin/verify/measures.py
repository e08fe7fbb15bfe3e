"""Units against their own names and against the molar mass: `ng/mL: 1000` beside `ng/L: 1`, 1 ng/L = 1000/1355.37 pmol/L."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from cobalamin.rules.concepts import Concept
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.units import Unit
from cobalamin.verify.report import ERROR, Finding

PREFIXES = {"": 1.0, "d": 1e-1, "c": 1e-2, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12, "f": 1e-15, "k": 1e3}
PER_VOLUME = re.compile(r"([munpfk]?)(mol|g)/([dcmu]?)L")
TOLERANCE = 1e-3
"""Relative; molar masses are printed with five digits or so."""


def findings(knowledge: Knowledge, trees: dict[str, Any]) -> Iterator[Finding]:
    """Factors that contradict the names of the units, or the molar mass the concept states."""
    masses = {
        id: float(body["molar_mass"])
        for file, tree in trees.items() if file.startswith("concepts/")
        for id, body in tree.items() if isinstance(body, dict) and "molar_mass" in body
    }  # fmt: skip
    for concept in knowledge.concepts.values():
        if concept.units:
            yield from _within_groups(concept)
            yield from _between_groups(concept, masses.get(concept.id))


def size(unit: Unit) -> tuple[str, float] | None:
    """`mol` or `g`, and how many of them a litre holds at one of this unit; None where the name does not say.

    >>> size(Unit("ng/mL", 0, 1000.0))
    ('g', 1e-06)
    """
    found = PER_VOLUME.fullmatch(unit.name)
    return (found[2], float(f"{PREFIXES[found[1]] / PREFIXES[found[3]]:.6g}")) if found else None


def _within_groups(concept: Concept) -> Iterator[Finding]:
    units = concept.units
    for unit in units.units if units else ():
        first = units.first(unit.group) if units else unit
        here, there = size(unit), size(first)
        if here and there and here[0] == there[0] and not _close(here[1] / there[1] * first.times, unit.times):
            message = f"one {unit.name} of '{concept.id}' is {here[1] / there[1]:.6g} {first.name}, not {unit.times:.6g}."
            yield Finding("unit-factor", ERROR, "", str(concept.place), message)


def _between_groups(concept: Concept, mass: float | None) -> Iterator[Finding]:
    units = concept.units
    for source, target, factor in units.converts if units else ():
        a, b = (size(units.first(group)) if units else None for group in (source, target))
        if a is None or b is None or {a[0], b[0]} != {"mol", "g"}:
            continue
        if mass is None:
            message = f"'{concept.id}' converts between mass and moles without a molar_mass. State it."
            yield Finding("molar-mass", ERROR, "", str(concept.place), message)
            continue
        right = a[1] / mass / b[1] if a[0] == "g" else a[1] * mass / b[1]
        if units and not _close(right, factor):
            message = (f"with a molar mass of {mass:g}, one {units.first(source).name} of '{concept.id}' is {right:.6g} {units.first(target).name}, "
                       f"not {factor:g}.")  # fmt: skip
            yield Finding("molar-mass", ERROR, "", str(concept.place), message)


def _close(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE * abs(a)
