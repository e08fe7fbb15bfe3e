"""Make a text file readable as UTF-8: byte-order marks, UTF-16, stray bytes of an older encoding, NUL bytes.

A clean file is used as it is. Anything else is copied, line by line, with each line decoded on its own, so that one
broken line never costs the others; blank lines above the first row are left out.
"""

from __future__ import annotations

import codecs
import gzip
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path

from cobalamin.errors import InputError

CHUNK = 1 << 24
OLD_ENCODING = "cp1252"


def is_clean(path: Path) -> bool:
    """Whether the whole file is UTF-8 without a byte-order mark, NUL bytes, or blank lines at its beginning."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        first = True
        while chunk := file.read(CHUNK):
            if first and chunk.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"\n", b"\r")):
                return False
            first = False
            if b"\0" in chunk:
                return False
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                return False
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def unpacked(path: Path, folder: Path) -> Path:
    """*path* itself, or what a gzip file holds as a file in *folder*; one that is cut short or damaged is an error, as nobody knows what is missing."""
    if path.suffix.casefold() != ".gz":
        return path
    target = folder / f"unpacked-{path.stem}"
    try:
        with gzip.open(path, "rb") as packed, target.open("wb") as out:
            shutil.copyfileobj(packed, out, CHUNK)
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(f"{path.name} is cut short or damaged: it does not unpack to its end. Fetch or pack it again.") from None
    if target.stat().st_size == 0:
        raise InputError(f"{path.name} is empty.")
    return target


def cleaned(path: Path, folder: Path) -> Path:
    """The path of a clean version of *path*: itself when it is clean, else a copy in *folder*."""
    if is_clean(path):
        return path
    target = folder / f"clean-{path.name}"
    with path.open("rb") as file:
        head = file.read(4)
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    begun = False
    with target.open("w", encoding="utf-8", newline="") as out:
        for line in _utf16_lines(path) if utf16 else _lines(path):
            begun = begun or bool(line.strip("\r\n"))
            if begun:
                out.write(line)
    return target


def _utf16_lines(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-16", errors="replace", newline="") as source:
        for line in source:
            yield line.replace("\0", "")


def _lines(path: Path) -> Iterator[str]:
    """Every line, whichever way it ends, in the encoding it is in."""
    with path.open("rb") as source:
        for number, chunk in enumerate(source):
            chunk = chunk.replace(b"\0", b"")
            for line in (chunk if number else chunk.removeprefix(codecs.BOM_UTF8)).splitlines(keepends=True):
                try:
                    yield line.decode("utf-8")
                except UnicodeDecodeError:
                    yield line.decode(OLD_ENCODING, errors="replace")


def delimiter_of(path: Path) -> str:
    """The delimiter of a CSV file by its header: comma, semicolon or tab."""
    with path.open(encoding="utf-8", errors="replace") as file:
        header = file.readline(1 << 20)
    return max(",;\t", key=header.count)
