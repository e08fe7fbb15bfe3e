"""The dose calendar of one person: what was planned, what was really given, which of it counts, and what is planned now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

GIVEN, MISSED, OVERDUE, TO_COME, REPLACED = "given", "missed", "overdue", "to_come", "replaced"
"""States of a planned dose: given; passed without one; late and planned for now; still to come; no longer planned."""
OPEN = (OVERDUE, TO_COME)


@dataclass(frozen=True, slots=True)
class Received:
    """A dose that was really given on a day, as the record has it; *route* and *amount_ug* are empty where it does not say."""

    day: date
    drug: str
    amount_ug: float | None = None
    route: str = ""
    injected: bool = True


@dataclass(frozen=True, slots=True)
class Counted:
    """A received dose with the number of the planned dose it counts for (none where it does not count) and why.

    *days* is how long after its due day it was given, negative when before.
    """

    received: Received
    number: int | None
    because: tuple[str, ...]
    days: int = 0

    def to_dict(self) -> dict[str, Any]:
        given = self.received
        return {"date": given.day.isoformat(), "drug": given.drug, "amount_ug": given.amount_ug, "route": given.route or None,
                "counts_for": self.number, "because": list(self.because), "days_late": self.days}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Planned:
    """One planned dose, or tablets taken every so often until a day; *number* stays its own when the plan is made anew.

    *planned* is the day it first had, *due* the day after doses before it were early or late, *day* the day it was given on or
    is planned for now; what was missed keeps the day it was due on.
    """

    number: int
    state: str
    planned: date
    due: date
    day: date
    drug: str
    amount_ug: float
    up_to_ug: float | None
    route: str
    every_days: int | None = None
    until: date | None = None
    because: str = ""
    days: int = 0

    def dose(self) -> dict[str, Any]:
        """The dose as it stands among the dated doses of an assessment."""
        return {"date": self.day.isoformat(), "drug": self.drug, "amount_ug": self.amount_ug, "up_to_ug": self.up_to_ug, "route": self.route,
                "every_days": self.every_days, "until": self.until.isoformat() if self.until else None}  # fmt: skip

    def to_dict(self) -> dict[str, Any]:
        return {"number": self.number, "state": self.state, "planned": self.planned.isoformat(), "due": self.due.isoformat(), **self.dose(),
                "because": self.because or None, "days_late": self.days}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A drug fact that is no dose of a day: a prescription, tablets taken over a time, or a dose nobody dated; *until* may be open."""

    drug: str
    since: date
    until: date | None
    reason: str

    def to_dict(self) -> dict[str, Any]:
        return {"drug": self.drug, "since": self.since.isoformat(), "until": self.until.isoformat() if self.until else None, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class DoseCalendar:
    """Every planned dose in order, every dose received, and what became of the plan.

    *regimen* is what the plan follows from now on, *followed* what the past is read by; *decision* is `begin`, `go_on`, `begin_again`,
    `changed` or `none`.
    """

    patient_id: str
    as_of: date
    guideline: str
    regimen: str | None
    followed: str | None
    begun: date | None
    decision: str
    planned: tuple[Planned, ...] = ()
    received: tuple[Counted, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()

    @property
    def to_come(self) -> tuple[Planned, ...]:
        """What is planned from now on."""
        return tuple(row for row in self.planned if row.state in OPEN)

    @property
    def kept(self) -> tuple[Planned, ...]:
        """Every planned dose but those that are no longer planned."""
        return tuple(row for row in self.planned if row.state != REPLACED)

    def named(self, patient_id: str, guideline: str) -> DoseCalendar:
        """The same calendar of a person under a guideline."""
        return replace(self, patient_id=patient_id, guideline=guideline)

    def to_dict(self) -> dict[str, Any]:
        """The calendar as plain data."""
        return {
            "patient_id": self.patient_id, "as_of": self.as_of.isoformat(), "guideline": self.guideline, "regimen": self.regimen,
            "followed": self.followed, "begun": self.begun.isoformat() if self.begun else None, "decision": self.decision,
            "planned": [row.to_dict() for row in self.planned], "received": [row.to_dict() for row in self.received],
            "not_doses": [row.to_dict() for row in self.unmatched],
        }  # fmt: skip
