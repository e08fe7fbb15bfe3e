"""Which files of a path hold the patients and the facts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cobalamin.errors import InputError

SUFFIXES = (".parquet", ".csv", ".tsv", ".txt")
"""The kinds of tables, best first: with both facts.parquet and facts.csv the first is read."""


@dataclass(frozen=True)
class TableFiles:
    """The files of a run over tables; a folder may hold only one of them."""

    facts: Path | None
    patients: Path | None
    notices: tuple[str, ...] = ()

    @property
    def holds_parquet(self) -> bool:
        return any(file is not None and file.suffix.lower() == ".parquet" for file in (self.facts, self.patients))


def table_files(path: Path) -> TableFiles:
    """The tables of a folder, whatever the case of their names, or a facts file alone."""
    if not path.is_dir():
        if not path.exists():
            raise InputError(f"{path} does not exist.")
        return TableFiles(path, None)
    try:
        names = sorted(path.iterdir())
    except OSError as error:
        raise InputError(f"{path} cannot be opened: {error.strerror}.") from None
    notices: list[str] = []
    facts, patients = _pick(names, "facts", notices), _pick(names, "patients", notices)
    if facts is None and patients is None:
        held = ", ".join(file.name for file in names[:6]) or "nothing"
        raise InputError(f"{path} holds {held}; expected patients and facts, each .csv or .parquet.")
    return TableFiles(facts, patients, tuple(notices))


def _pick(names: list[Path], table: str, notices: list[str]) -> Path | None:
    found = [file for suffix in SUFFIXES for file in names if file.name.casefold() == table + suffix]
    notices += [f"{file.name} is not read; {found[0].name} is." for file in found[1:]]
    return found[0] if found else None
