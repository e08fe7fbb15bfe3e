"""Where every row went: rows read are rows used plus rows set aside, by reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class SourceRows:
    """Rows of one part of a source (a kind of resource, a table) before they became facts and patients; rows read are rows used, rows of
    things the pathway does not look at, and rows set aside by reason."""

    read: int = 0
    used: int = 0
    not_ours: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)

    @property
    def adds_up(self) -> bool:
        return self.read == self.used + self.not_ours + self.set_aside.total()

    def to_dict(self) -> dict[str, object]:
        return {"read": self.read, "used": self.used, "not_ours": self.not_ours, "set_aside": _sorted(self.set_aside)}


@dataclass
class Account:
    """Counts of one run over patients and facts; `adds_up` says whether nothing was lost."""

    patients_read: int = 0
    patients_used: int = 0
    facts_read: int = 0
    facts_used: int = 0
    patients_set_aside: Counter[str] = field(default_factory=Counter)
    facts_set_aside: Counter[str] = field(default_factory=Counter)
    columns_set_aside: Counter[str] = field(default_factory=Counter)
    """Single columns of a patient that could not be read; the patient is used without them."""
    sources: dict[str, SourceRows] = field(default_factory=dict)
    """Rows of a source that is no table of facts (FHIR, OMOP, a wide table), by the name of the part."""

    def take(self, other: Account) -> None:
        """Become what *other* counted: a caller's account is filled when a bulk run has done its own."""
        self.__dict__.update(other.__dict__)

    @property
    def adds_up(self) -> bool:
        return (self.facts_read == self.facts_used + self.facts_set_aside.total()
                and self.patients_read == self.patients_used + self.patients_set_aside.total()
                and all(rows.adds_up for rows in self.sources.values()))  # fmt: skip

    def to_dict(self) -> dict[str, object]:
        """The account as plain data."""
        return {
            "patients": {"read": self.patients_read, "used": self.patients_used, "set_aside": _sorted(self.patients_set_aside)},
            "facts": {"read": self.facts_read, "used": self.facts_used, "set_aside": _sorted(self.facts_set_aside)},
            "patient_columns_set_aside": _sorted(self.columns_set_aside),
            **({"sources": {name: rows.to_dict() for name, rows in self.sources.items()}} if self.sources else {}),
            "adds_up": self.adds_up,
        }  # fmt: skip


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return {reason: number for reason, number in sorted(counts.items()) if number}
