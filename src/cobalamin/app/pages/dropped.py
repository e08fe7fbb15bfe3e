"""A file that was dropped on the form, as one case: a case file, or resources of FHIR."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.errors import InputError, NothingToAssess
from cobalamin.records.case import cases_of_text
from cobalamin.records.fhir.resources import people_of, resources_from

LARGEST_YAML = 256 * 1024
"""Reading YAML is slow; no person's case is that long."""
YAML = (".yaml", ".yml")


class Refused(Exception):
    """A file that became no case; `reason` ends the name of the sentence that says why."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Dropped:
    """The one case of a file, and how much of the file became no part of it."""

    tree: Mapping[str, Any]
    left: int = 0


def case_in(name: str, text: str, engine: MemoryEngine) -> Dropped:
    """The one person a file is about."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in (*YAML, ".jsonl", ".json"):
        suffix = ".json" if text.lstrip("\ufeff \n\r\t")[:1] in ("{", "[") else ".yaml"
    if suffix in YAML and len(text) > LARGEST_YAML:
        raise Refused("large")
    try:
        cases = list(cases_of_text(text, name, suffix))
    except InputError:
        raise Refused("broken") from None
    if any("resourceType" in case for case in cases):
        return _of_resources(text if suffix == ".json" else cases, engine)
    if len(cases) != 1:
        raise Refused("several" if cases else "none")
    if not isinstance(cases[0].get("facts"), (list, type(None))):
        raise Refused("broken")
    return Dropped(cases[0])


def _of_resources(held: str | list[dict[str, Any]], engine: MemoryEngine) -> Dropped:
    """The one living person whom resources of FHIR are about."""
    try:
        read = people_of(resources_from(held) if isinstance(held, str) else held, engine.words, engine.as_of)
    except InputError:
        raise Refused("broken") from None
    except NothingToAssess:
        raise Refused("none") from None
    living = [case for id, case in read.people.items() if id not in read.deceased]
    if len(living) != 1:
        raise Refused("several" if living else "deceased" if read.deceased else "none")
    return Dropped(living[0], sum(sum(rows.set_aside.values()) for rows in read.account.sources.values()))
