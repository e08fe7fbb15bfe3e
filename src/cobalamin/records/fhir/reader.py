"""FHIR R4 in: a Bundle, a file of NDJSON, or a folder of either, read in bulk through the views of this folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.records.fhir.files import LINES, WHOLE, fhir_files, is_fhir, suffix_of

if TYPE_CHECKING:
    import duckdb

    from cobalamin.records.opened import Opened
    from cobalamin.records.source import Input
    from cobalamin.records.words import Words


def recognizes(source: str) -> bool:
    """Whether *source* is FHIR: an `.ndjson` file, a `.json` that begins like a resource, or a folder that holds such files."""
    path = Path(source)
    if not os.path.isdir(path):
        return suffix_of(path) in LINES + WHOLE and path.is_file() and is_fhir(path)
    try:
        return any(suffix_of(Path(entry)) in LINES + WHOLE and is_fhir(path / entry) for entry in sorted(os.listdir(path)))
    except OSError:
        return False


def is_whole(source: str) -> bool:
    """Whether *source* is a file with one Bundle or resource rather than lines of them."""
    return suffix_of(Path(source)) in WHOLE and Path(source).is_file()


def files(source: str) -> list[Path]:
    """The files that are read."""
    found = fhir_files(source)
    return [*found.lines, *found.whole]


def open_source(con: duckdb.DuckDBPyConnection, source: Input, words: Words) -> Opened:
    """Open FHIR as `raw_facts` and `raw_patients`."""
    from cobalamin.records.fhir.reading import read

    return read(con, source, words)
