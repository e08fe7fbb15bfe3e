"""Every error a user can meet, drawn once.

    CobalaminError                 something a person can mend; printed without a traceback
    ├── UsageError                 exit 2    the command line asks for something impossible
    ├── InputError                 exit 10   the input as a whole cannot be read
    │   └── SeveralPeople                    one person is wanted and several are in the input
    ├── KnowledgeError             exit 11   a knowledge file is wrong: file, row, column, what to do
    ├── NothingToAssess            exit 12   the input holds no patient
    └── CallError                  HTTP 4xx  another program's call of a service of ours that cannot be answered

A single bad row is never an error: it is set aside with a reason (`cobalamin.model.fact.SetAside`).
Messages never hold a patient's values: they name files, rows and columns.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


class CobalaminError(Exception):
    """An error with a remedy; `exit_code` is what the command line ends with."""

    exit_code = 1


class UsageError(CobalaminError):
    """The command was asked for something that does not exist or does not fit together."""

    exit_code = 2


class InputError(CobalaminError):
    """The input as a whole cannot be read (a missing file, not JSON, no column of ours)."""

    exit_code = 10


class SeveralPeople(InputError):
    """Resources about several people where one is wanted; `people` holds their ids, for somebody to choose, and the message does not."""

    def __init__(self, people: tuple[str, ...]):
        self.people = people
        super().__init__(f"The FHIR resources are about {len(people)} people and one is wanted: say which by the id of their Patient, or give the resources of one.")


class NothingToAssess(CobalaminError):
    """The input was readable and holds no patient."""

    exit_code = 12


class CallError(CobalaminError):
    """A call by another program that cannot be answered: `status` is the one of HTTP, `code` that of an OperationOutcome, `where` the part of the call."""

    def __init__(self, what: str, status: int = 400, code: str = "invalid", where: str = ""):
        self.status, self.code, self.where = status, code, where
        super().__init__(what)


@dataclass(frozen=True)
class Place:
    """Where in a knowledge file something stands: file, line and column counted from 1."""

    file: str
    line: int = 0
    column: int = 0
    path: str = ""

    def __str__(self) -> str:
        spot = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{spot} ({self.path})" if self.path else spot


class KnowledgeError(CobalaminError):
    """A knowledge file that must not be used; says what is wrong, where, and what to write instead."""

    exit_code = 11

    def __init__(self, what: str, place: Place | None = None, help: str = "", id: str = "knowledge"):
        self.what, self.place, self.help, self.id = what, place, help, id
        where = f"{place}: " if place else ""
        super().__init__(f"{where}{what}" + (f" {help}" if help else "") + f" [{id}]")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return ` Did you mean 'x'?` for the closest of *known*, or an empty text.

    >>> nearest("serum_b21", ["serum_b12", "mcv"])
    "Did you mean 'serum_b12'?"
    """
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"Did you mean '{close[0]}'?" if close else ""
