"""What is heard in a phrase: findings and cues in their order, before it is settled which cue reaches which finding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cobalamin.records.vocabulary import Meaning
from cobalamin.rules.knowledge import Knowledge

JOINS = ("and", "or", "comma", "with", "break")
"""From the weakest to the strongest: between two findings the strongest counts."""
CLOSE = ("", "and", "or")
"""Findings joined so share a denial, a time and the word of a result."""


class NotClear(Exception):
    """The phrase can be read in more than one way."""


@dataclass(slots=True)
class Heard:
    """A finding as it is being read; `measured` is the number, sign and unit of a result."""

    meanings: tuple[Meaning, ...]
    link: str = ""
    clause: int = 0
    denied: bool = False
    days: int | None = None
    year: int | None = None
    value: str = ""
    measured: str = ""
    becomes: str = ""

    @property
    def dated(self) -> bool:
        return self.days is not None or self.year is not None

    def concept_of(self, meaning: Meaning) -> str:
        return self.becomes or meaning.concept

    def value_of(self, meaning: Meaning) -> str:
        return meaning.denied if self.denied else meaning.value


@dataclass(frozen=True, slots=True)
class Event:
    """One thing heard, in order: a finding or a cue; `shared` when the cue could also be something else."""

    kind: str
    data: Any
    shared: bool = False


def wants_word(one: Heard, knowledge: Knowledge) -> bool:
    """Whether a finding is a result that still wants its word."""
    return not one.meanings[0].value and not one.measured and knowledge.concepts[one.meanings[0].concept].is_result
