"""Which files of a path hold FHIR, what kind of resource each begins with, and Bundles taken apart."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from cobalamin.errors import InputError
from cobalamin.records.sql_text import quote

if TYPE_CHECKING:
    import duckdb

LINES = (".ndjson", ".jsonl")
WHOLE = (".json",)
LOOK = 65536
"""The first bytes of a file tell whether it is FHIR; no header or Bundle begins later."""
LONGEST_LINE = 64_000_000
"""A longer line is no resource anybody exports; the buffers of the reader are twice as large."""
SMALL, LARGEST, FEW = 1_000_000, 16_000_000, 400
"""Bytes of a Bundle that is small whatever it holds, bytes of the largest that may be read in memory unasked, and people in such a one (see bench/bundles.py)."""
MARK = b"\xef\xbb\xbf"
IS_FHIR = re.compile(rb'"resourceType"\s*:\s*"')
PATIENT = re.compile(rb'"resourceType"\s*:\s*"Patient"')
TYPE = re.compile(r'"resourceType"\s*:\s*"([A-Za-z]+)"')


@dataclass(frozen=True)
class FhirFiles:
    """The files of lines and of Bundles, and what else lay beside them."""

    lines: tuple[Path, ...]
    whole: tuple[Path, ...]
    others: tuple[Path, ...] = ()
    refused: list[str] = field(default_factory=list)


def suffix_of(path: Path) -> str:
    """The ending that says the kind of a file, without `.gz`."""
    name = path.name.lower().removesuffix(".gz")
    return os.path.splitext(name)[1]


def head(path: Path) -> bytes:
    """The first bytes of a file, unpacked; nothing when it cannot be opened."""
    try:
        with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as file:
            return file.read(LOOK)
    except (OSError, EOFError, zlib.error, ValueError):
        return b""


def is_fhir(path: Path) -> bool:
    """Whether a file is FHIR: `.ndjson` always, `.json` when a resource begins in it, `.jsonl` when its first line is one."""
    suffix = suffix_of(path)
    if suffix == ".ndjson":
        return True
    begins = head(path).lstrip()
    return suffix in LINES + WHOLE and bool(IS_FHIR.search(begins.split(b"\n", 1)[0] if suffix in LINES else begins))


def is_small(path: Path) -> bool:
    """Whether a Bundle in a file is sooner read in memory than a database has begun: it is short, or about few people."""
    try:
        size = size_of(path)
        if SMALL < size <= LARGEST:
            with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as file:
                return 0 < len(PATIENT.findall(file.read(LARGEST))) <= FEW
        return size <= SMALL
    except (OSError, EOFError, zlib.error):
        return True


def fhir_files(source: str) -> FhirFiles:
    """The files of a path; a file that is a link out of its folder is refused, because nobody who gave the folder meant it."""
    path = Path(source)
    if not path.is_dir():
        return FhirFiles((path,), ()) if suffix_of(path) in LINES else FhirFiles((), (path,))
    try:
        held = sorted(path.iterdir(), key=lambda file: file.name)
    except OSError as error:
        raise InputError(f"{path.name} cannot be opened: {error.strerror}.") from None
    root = path.resolve()
    mine = [file for file in held if suffix_of(file) in LINES + WHOLE]
    for file in mine:
        if file.is_symlink() and not (file.exists() and file.resolve().is_relative_to(root)):
            where = "out of the folder" if file.exists() else "to nothing"
            raise InputError(f"{file.name} is a link that leads {where}, so it is not read; put the file itself into the folder, or take the link away.")
    mine = [file for file in mine if file.is_file()]
    lines = tuple(file for file in mine if suffix_of(file) in LINES and (suffix_of(file) == ".ndjson" or is_fhir(file)))
    whole = tuple(file for file in mine if suffix_of(file) in WHOLE and is_fhir(file))
    return FhirFiles(lines, whole, tuple(file for file in held if file not in lines and file not in whole))


def first_type(path: Path) -> str:
    """The type of the first resource of a file of lines: read, not guessed from the name; empty when its first line cannot be read."""
    for line in head(path).decode("utf-8-sig", "replace").splitlines():
        if line.strip():
            try:
                tree = json.loads(line)
                return str(tree.get("resourceType") or "no resource") if isinstance(tree, dict) else ""
            except (ValueError, RecursionError):
                found = TYPE.search(line)
                return found[1] if found and len(line) >= LOOK // 2 else ""
    return ""


def checked(path: Path) -> Path:
    """*path* itself when it can be opened and, if its name says so, is gzip."""
    try:
        with path.open("rb") as file:
            start = file.read(2)
    except OSError as error:
        raise InputError(f"{path.name} cannot be opened: {error.strerror}.") from None
    if path.name.lower().endswith(".gz") and start != b"\x1f\x8b":
        raise InputError(f"{path.name} is {'empty' if not start else 'not gzip'}, though its name ends in .gz; take it away or name it as what it is.")
    return path


def unmarked(path: Path, scratch: Path) -> Path:
    """*path*, or a copy of it without the mark some programs put before the first line, which no reader of JSON takes."""
    if not head(path).startswith(MARK):
        return path
    copy = scratch / f"unmarked-{path.name.removesuffix('.gz')}"
    with gzip.open(path, "rb") if path.name.lower().endswith(".gz") else path.open("rb") as file, copy.open("wb") as into:
        file.read(len(MARK))
        shutil.copyfileobj(file, into, 1 << 20)
    return copy


def is_damaged(path: Path) -> bool:
    """Whether a gzip file fails its own checksum; asked only when lines of it could not be read, as it costs a pass."""
    try:
        with gzip.open(path, "rb") as file:
            while file.read(1 << 20):
                pass
    except (OSError, EOFError, zlib.error):
        return True
    return False


def unbundle(con: duckdb.DuckDBPyConnection, files: tuple[Path, ...], scratch: Path) -> int:
    """Create `entries(kind, url, resource)` from Bundles and single resources; the number of files that are no JSON."""
    con.execute("CREATE OR REPLACE TEMP TABLE entries (kind VARCHAR, url VARCHAR, resource JSON)")
    groups, broken = [[unmarked(checked(file), scratch) for file in files]], 0
    while groups:
        group = groups.pop()
        try:
            con.execute(f"INSERT INTO entries {_entries(group)}")
        except Exception as error:
            if not type(error).__module__.startswith(("duckdb", "_duckdb")) or type(error).__name__ == "OutOfMemoryException":
                raise
            if len(files) == 1:
                raise InputError(f"{files[0].name} is not valid JSON; it may have been cut off.") from None
            if len(group) == 1:
                broken += 1
                continue
            groups += [group[: len(group) // 2], group[len(group) // 2 :]]
    return broken


def _entries(files: list[Path]) -> str:
    largest = max(size_of(file) for file in files) + 1024
    paths = ", ".join(quote(file) for file in files)
    shape = quote(json.dumps([{"fullUrl": "VARCHAR", "resource": "JSON"}]))
    return f"""SELECT e.resource->>'$.resourceType', e."fullUrl", e.resource FROM (
  SELECT unnest(CASE WHEN json->>'$.resourceType' = 'Bundle' THEN from_json(json->'$.entry', {shape}) ELSE [{{'fullUrl': NULL, 'resource': json}}] END) AS e
  FROM read_json_objects([{paths}], format='unstructured', maximum_object_size={max(largest, 1 << 24)}))"""


def size_of(path: Path) -> int:
    """How large a file is when it is unpacked."""
    size = path.stat().st_size
    if not path.name.lower().endswith(".gz"):
        return size
    with path.open("rb") as file:
        file.seek(max(size - 4, 0))
        return int.from_bytes(file.read(4), "little")
