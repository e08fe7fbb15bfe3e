"""A fact that a patient could have and does not: one value of something unknown, and how it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cobalamin.model.fact import Fact, Patient, SetAside


@dataclass(frozen=True)
class Ends:
    """Where a stretch of values begins and ends, as a reader is told: numbers in a unit, each with whether it belongs to it."""

    lower: tuple[float, bool] | None = None
    upper: tuple[float, bool] | None = None
    unit: str = ""


@dataclass(frozen=True)
class Variation:
    """One value of something unknown: what is varied, the word for the value, and the fact or column that says it."""

    about: str
    word: str
    row: dict[str, str]
    """What to add to the case: a row of facts, or a column of the patient."""
    slots: Sequence[int]
    facts: tuple[Fact, ...] = ()
    patient: Patient | None = None
    ends: Ends | None = None
    """Where its stretch of values lies; neighbours that answer alike are told as one."""
    aside: SetAside | None = None
    value: str = ""
    """What a row that was set aside would say if it was read so: a number as printed, or a word."""
