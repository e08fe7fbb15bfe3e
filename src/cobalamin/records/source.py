"""What an input is and which module reads it: the first reader that knows it by its name or its look.

A reader is a module of this layer with two functions, so that another way in is one more name in `READERS`:

    recognizes(source: str) -> bool                                         cheap: names, and the first bytes of a file
    files(source: str) -> list[Path]                                        the files that are read, for nothing to be written over them
    open_source(con, source: Input, words: Words) -> Opened                 creates the relations `raw_facts` and `raw_patients`
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

from cobalamin.errors import InputError
from cobalamin.records.folder import SUFFIXES
from cobalamin.records.opened import Opened
from cobalamin.records.words import Words

if TYPE_CHECKING:
    import duckdb

CASES = (".json", ".yaml", ".yml", ".jsonl")
WIDE = "cobalamin.records.wide"
READERS = (WIDE, "cobalamin.records.fhir.reader", "cobalamin.records.omop.reader", "cobalamin.records.tables")
"""The modules that read a source in bulk, the most particular first; each is imported only when it is asked."""


@dataclass(frozen=True)
class Input:
    """What is to be read: a path or the address of a database, how its columns are named when they are not ours, and room to work."""

    source: str
    scratch: Path
    mapping: Path | None = None
    as_of: str = ""
    """The day of assessment, for readers that must know who was alive on it."""


class Reader(Protocol):
    """The functions of a module that reads a kind of source."""

    def recognizes(self, source: str) -> bool: ...

    def files(self, source: str) -> list[Path]: ...

    def open_source(self, con: duckdb.DuckDBPyConnection, source: Input, words: Words) -> Opened: ...


def reader_of(source: str, mapped: bool = False) -> Reader | None:
    """Who reads a source in bulk, by a mapping of its columns where it is *mapped*; None for a file of cases."""
    path = Path(source)
    if "://" not in source and _there(path) and not path.is_file() and not path.is_dir():
        raise InputError(f"{path.name} is a pipe or a device; a source is read more than once, so write it to a file first.")
    for name in (WIDE,) if mapped else READERS:
        reader = cast(Reader, import_module(name))
        if reader.recognizes(source) or (mapped and _there(path)):
            return reader
    if "://" in source:
        raise InputError(f"An address that begins with {source.partition('://')[0]}:// is of no kind that is read here; give postgresql://, a folder or a file.")
    if not _there(path):
        raise InputError(f"{source} does not exist.")
    if path.suffix.lower() not in CASES:
        raise InputError(f"{path.name} is of no kind that is read here; give {', '.join(CASES + SUFFIXES)} or a folder.")
    return None


def _there(path: Path) -> bool:
    try:
        str(path).encode()
        return path.exists()
    except (OSError, ValueError):
        raise InputError("The input has a name that cannot be opened.") from None
