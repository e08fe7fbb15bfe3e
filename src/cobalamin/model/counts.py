"""How many people of each group have come how far, and what a survey needs to weigh them."""

from __future__ import annotations

from dataclasses import dataclass, field

Unit = tuple[str, str]
"""Stratum and sampling unit of a survey."""
ALL = "all"
SITE = "site"


@dataclass
class Group:
    """The people of one group: *dimension* says by what they are grouped (`all`, an age, a sex, a site), *name* which of these they are."""

    dimension: str
    name: str
    people: int = 0
    steps: dict[str, int] = field(default_factory=dict)
    """How many show each step of care, each for itself."""
    path: dict[str, int] = field(default_factory=dict)
    """How many have come so far without a gap."""
    measured: dict[str, tuple[int, int]] = field(default_factory=dict)
    """For each measure how many have it, and in how many it is known."""
    weighted: dict[str, dict[Unit, tuple[int, float, float]]] = field(default_factory=dict)
    """For each measure and sampling unit: people of the survey in whom it is known, their weight, and the weight of those who have it."""


@dataclass
class Survey:
    """Who is in the survey's design and why others are not."""

    people: int = 0
    without_weight: int = 0
    without_design: int = 0
    """A weight, but no stratum or sampling unit where others have one."""
    units: set[Unit] = field(default_factory=set)


@dataclass
class Counts:
    """Everybody counted: group by group, and in the design of the survey where there is one."""

    groups: list[Group] = field(default_factory=list)
    survey: Survey | None = None
