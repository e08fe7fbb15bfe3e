"""Which files of a path hold the patients and the facts.

A table may be one file (`facts.csv`, `facts.csv.gz`, `facts.parquet`), numbered parts (`facts-001.parquet`, `facts_2.csv`), or a folder of
parts (`facts/`, or `facts.parquet/` as Spark writes it). What the user named is followed wherever it leads; a link found in a folder must
not lead out of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cobalamin.errors import InputError

SUFFIXES = (".parquet", ".csv", ".tsv", ".txt")
"""The kinds of tables, best first: with both facts.parquet and facts.csv the first is read."""
PACKED = ".gz"
"""Text may be packed by gzip; Parquet packs itself."""


@dataclass(frozen=True)
class TableFiles:
    """The files of a run over tables, none where a folder does not hold the table."""

    facts: tuple[Path, ...]
    patients: tuple[Path, ...]
    notices: tuple[str, ...] = ()

    @property
    def holds_parquet(self) -> bool:
        return any(kind_of(file) == ".parquet" for file in (*self.facts, *self.patients))

    @property
    def only_parquet(self) -> bool:
        return all(kind_of(file) == ".parquet" for file in (*self.facts, *self.patients))


def kind_of(path: Path) -> str:
    """The ending of a table, one of `SUFFIXES`, whether it is packed or not; empty for what is no table."""
    name = path.name.casefold()
    bare = name.removesuffix(PACKED)
    kind = next((suffix for suffix in SUFFIXES if bare.endswith(suffix)), "")
    return "" if kind == ".parquet" and bare != name else kind


def table_files(path: Path) -> TableFiles:
    """The tables of a folder, whatever the case of their names, or a facts file alone."""
    if not path.is_dir():
        if not path.exists():
            raise InputError(f"{path} does not exist.")
        return TableFiles((path,), ())
    names = _listed(path)
    notices: list[str] = []
    facts, patients = _pick(names, "facts", notices, path), _pick(names, "patients", notices, path)
    if not facts and not patients:
        facts = _one_kind([file for file in names if file.name.casefold().startswith("part-") and kind_of(file)], path)
    if not facts and not patients:
        held = ", ".join(file.name for file in names[:6]) or "nothing"
        raise InputError(f"{path} holds {held}; expected patients and facts, each .csv or .parquet.")
    return TableFiles(facts, patients, tuple(notices))


def _listed(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        raise InputError(f"{folder} cannot be opened: {error.strerror}.") from None


def _pick(names: list[Path], table: str, notices: list[str], folder: Path) -> tuple[Path, ...]:
    """The file of a table, or else its parts; what has its name too and is not read is noticed."""
    whole = [file for suffix in SUFFIXES for file in names if _stem(file) == table and kind_of(file) == suffix]
    whole += [file for file in names if file.name.casefold() == table and file.is_dir()]
    numbered = re.compile(rf"{table}[-_. ]?(part)?[-_. ]?\d+")
    parts = [file for file in names if kind_of(file) and numbered.fullmatch(_stem(file))]
    notices += [f"{file.name} is not read; {whole[0].name} is." for file in (*whole[1:], *(parts if whole else ()))]
    if not whole:
        return _one_kind(parts, folder)
    if whole[0].is_dir():
        inside(whole[0], folder)
        return _one_kind(list(_parts(whole[0])), whole[0])
    return (inside(whole[0], folder),)


def _stem(file: Path) -> str:
    return file.name.casefold().removesuffix(PACKED).removesuffix(kind_of(file))


def _parts(folder: Path) -> Iterator[Path]:
    """The parts in a folder of them; what begins with a dot or a line is the writer's own."""
    return (file for file in _listed(folder) if not file.name.startswith((".", "_")) and kind_of(file) and not file.is_dir())


def _one_kind(files: list[Path], folder: Path) -> tuple[Path, ...]:
    kinds = sorted({kind_of(file) for file in files})
    if len(kinds) > 1:
        raise InputError(f"{folder.name} holds parts of several kinds ({', '.join(kinds)}); the parts of one table must be of one kind, or rows would count twice.")
    return tuple(inside(file, folder) for file in files)


def inside(file: Path, folder: Path) -> Path:
    """*file* itself; a link that leads out of the folder nobody named, or to what is no file, is refused."""
    if file.is_symlink() and not file.resolve().is_relative_to(folder.resolve()):
        raise InputError(f"{file.name} in {folder} is a link to a place outside of the folder; name that file itself, or copy it here.")
    if not file.exists():
        raise InputError(f"{file.name} in {folder} is a link that leads nowhere.")
    if not file.is_file() and not file.is_dir():
        raise InputError(f"{file.name} in {folder} is a pipe or a device; only files can be read.")
    return file
