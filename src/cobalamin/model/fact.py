"""What a record says: raw facts as printed, facts as understood, and facts set aside with a reason.

Days are ordinals (`date.toordinal()`), so that windows are whole numbers of days.
"""

from __future__ import annotations

from dataclasses import dataclass, field

RANKS = {"word": 0, "<": 1, "<=": 2, ">": 3, ">=": 4, "": 5}
"""Of several answers on one day an exact number outranks a bounded one, and that a word."""


@dataclass(frozen=True, slots=True)
class RawFact:
    """One row of the facts table, every column still text as the record holds it."""

    concept: str = ""
    date: str = ""
    end: str = ""
    value: str = ""
    comparator: str = ""
    unit: str = ""
    dose: str = ""
    reference: str = ""
    """The laboratory's own reference range, as it prints it."""
    said: str = ""
    """The words of the record, where `concept` is what they were understood as."""


FACT_COLUMNS = ("concept", "date", "end", "value", "comparator", "unit", "dose", "reference")


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact as understood: concept id, first and last day it holds, and what was measured.

    For a result: `rank` orders kinds of answer on one day (exact number, bounded number, word), `number` is on the
    grid in the first unit of its group, `unit` indexes the concept's units. For a condition or drug: `present`.
    """

    concept: str
    start: int
    end: int | None = None
    dated: bool = True
    present: bool = True
    rank: int = 0
    number: float = 0.0
    unit: int = 0
    word: str = ""
    dose: float | None = None
    flag: str = ""
    route: str = ""
    """The way a drug was given, where the record names it."""
    often: bool = False
    """Whether the record speaks of more than one dose of a drug, as a prescription does."""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was read and not used, with the id of the reason; `closest` for words nobody knew; `raw` the row itself where it is at hand."""

    fact: str
    reason: str
    closest: tuple[str, ...] = ()
    raw: RawFact | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ReferenceRange:
    """A result that was used, with the range its laboratory printed beside it."""

    fact: str
    range: str


@dataclass(frozen=True, slots=True)
class Patient:
    """One person: sex `female`, `male` or empty; age from a birth date or as given, as closed intervals.

    `born` are the first and last day on which the person may have been born, by that age.
    `weight`, `stratum` and `psu` place the person in a survey's design, `site` in a programme; no rule reads them.
    """

    patient_id: str
    sex: str = ""
    years: tuple[int, int] | None = None
    months: tuple[int, int] | None = None
    set_aside: tuple[SetAside, ...] = ()
    weight: float | None = None
    stratum: str = ""
    psu: str = ""
    site: str = ""
    born: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """A patient with every fact understood and everything that was set aside; the memory engine's input."""

    patient: Patient
    facts: tuple[Fact, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    flagged: tuple[SetAside, ...] = ()
    not_understood: tuple[SetAside, ...] = ()
    reference_ranges: tuple[ReferenceRange, ...] = ()
    ordered: frozenset[str] = frozenset()
    """The concepts of the order at hand, which no fact tells: an order is nothing that was given or done."""
    planned: frozenset[str] = frozenset()
    """The concepts of every open order, the one at hand among them."""
    used: int = 0
    """How many rows of the record the facts come from: one row of plain words may say several things."""
