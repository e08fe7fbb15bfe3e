"""Where every row went: rows read are rows used plus rows set aside, by reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


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

    def take(self, other: Account) -> None:
        """Become what *other* counted: a caller's account is filled when a bulk run has done its own."""
        self.__dict__.update(other.__dict__)

    @property
    def adds_up(self) -> bool:
        return (self.facts_read == self.facts_used + self.facts_set_aside.total()
                and self.patients_read == self.patients_used + self.patients_set_aside.total())  # fmt: skip

    def to_dict(self) -> dict[str, object]:
        """The account as plain data."""
        return {
            "patients": {"read": self.patients_read, "used": self.patients_used, "set_aside": _sorted(self.patients_set_aside)},
            "facts": {"read": self.facts_read, "used": self.facts_used, "set_aside": _sorted(self.facts_set_aside)},
            "patient_columns_set_aside": _sorted(self.columns_set_aside), "adds_up": self.adds_up,
        }  # fmt: skip


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return {reason: number for reason, number in sorted(counts.items()) if number}
