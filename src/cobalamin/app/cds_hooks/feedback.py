"""What became of cards: counted by service, outcome and reason, and nothing else kept."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from cobalamin.app.cds_hooks.request import object_of, text_of, uuid_of
from cobalamin.errors import CallError, InputError
from cobalamin.outputs.whole_file import checked_target, whole_file
from cobalamin.rules.knowledge import Knowledge

ACCEPTED, OVERRIDDEN = "accepted", "overridden"
NO_REASON, OTHER_REASON = "none", "other"
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)")
Counted = tuple[str, str, str]
"""Service, outcome, and the code of the reason where it is one of ours."""


def read_feedback(service: str, body: object, knowledge: Knowledge) -> list[Counted]:
    """The entries of a call of a service's feedback; whatever breaks the specification is a CallError. Comments and moments are checked and forgotten."""
    if service not in knowledge.cds_hooks["services"]:
        raise CallError("There is no such service; GET /cds-services lists those there are.", 404, "not-found")
    entries = object_of(body, "").get("feedback")
    if not isinstance(entries, list) or not entries:
        raise CallError("The feedback is a list with at least one entry.", code="required", where="feedback")
    ours = {word for card in knowledge.cards.values() for word in card.overrides}
    system = knowledge.cds_hooks["systems"]["override"]
    return [_entry(service, entry, f"feedback[{number}]", system, ours) for number, entry in enumerate(entries)]


def _entry(service: str, entry: object, where: str, system: str, ours: set[str]) -> Counted:
    held = object_of(entry, where)
    uuid_of(text_of(held, "card", f"{where}.card"), f"{where}.card")
    outcome = text_of(held, "outcome", f"{where}.outcome")
    if outcome not in (ACCEPTED, OVERRIDDEN):
        raise CallError(f"An outcome is {ACCEPTED} or {OVERRIDDEN}.", code="value", where=f"{where}.outcome")
    _moment(text_of(held, "outcomeTimestamp", f"{where}.outcomeTimestamp"), f"{where}.outcomeTimestamp")
    if outcome == ACCEPTED:
        _accepted(held.get("acceptedSuggestions"), f"{where}.acceptedSuggestions")
    return service, outcome, _reason(held["overrideReason"], f"{where}.overrideReason", system, ours) if "overrideReason" in held else NO_REASON


def _accepted(suggestions: object, where: str) -> None:
    if not isinstance(suggestions, list) or not suggestions:
        raise CallError("What was accepted names its suggestions.", code="required", where=where)
    for number, one in enumerate(suggestions):
        spot = f"{where}[{number}]"
        uuid_of(text_of(object_of(one, spot), "id", f"{spot}.id"), f"{spot}.id")


def _reason(given: object, where: str, system: str, ours: set[str]) -> str:
    held = object_of(given, where)
    if "reason" not in held and "userComment" not in held:
        raise CallError("An override reason holds a reason, a userComment, or both.", code="required", where=where)
    if "userComment" in held:
        text_of(held, "userComment", f"{where}.userComment")
    if "reason" not in held:
        return NO_REASON
    coding = object_of(held["reason"], f"{where}.reason")
    code = text_of(coding, "code", f"{where}.reason.code")
    # only our own codes are counted by name: a code of somebody else's may say anything
    return code if text_of(coding, "system", f"{where}.reason.system") == system and code in ours else OTHER_REASON


def _moment(text: str, where: str) -> None:
    try:
        if not MOMENT.fullmatch(text):
            raise ValueError
        datetime.fromisoformat(text.upper().replace("Z", "+00:00"))
    except ValueError:
        raise CallError("A moment is written like 2026-11-20T10:05:31Z.", code="value", where=where) from None


@dataclass
class Counts:
    """How often each service's cards were accepted or overridden, and why; in memory, and in the operator's file where there is one."""

    file: Path | None = None
    held: Counter[Counted] = field(default_factory=Counter)
    lost: bool = False
    """Whether the last writing of the file failed."""

    def __post_init__(self) -> None:
        if self.file is None:
            return
        checked_target(self.file)
        if not self.file.exists():
            return
        try:
            rows = json.loads(self.file.read_text(encoding="utf-8"))
            if not isinstance(rows, list):
                raise ValueError
            self.held = Counter({(str(row["service"]), str(row["outcome"]), str(row["reason"])): int(row["count"]) for row in rows})
        except (ValueError, KeyError, TypeError, OSError):
            raise InputError(f"{self.file.name} holds no counts of feedback; move it away, and a new one is begun.") from None

    def add(self, entries: list[Counted]) -> None:
        """Count *entries*."""
        self.held.update(entries)
        if self.file is None:
            return
        try:
            with whole_file(self.file) as draft:
                draft.write_text(json.dumps(self.rows(), indent=1) + "\n", encoding="utf-8")
            self.lost = False
        except InputError as error:
            # the caller did nothing wrong; the operator is told once, and the counts go on in memory
            if not self.lost:
                click.echo(f"warning: {error}", err=True)
            self.lost = True

    def rows(self) -> list[dict[str, Any]]:
        """Every count as plain data."""
        return [{"service": service, "outcome": outcome, "reason": reason, "count": number} for (service, outcome, reason), number in sorted(self.held.items())]
