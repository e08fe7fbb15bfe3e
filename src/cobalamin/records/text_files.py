"""Make a text file readable as UTF-8: byte-order marks, UTF-16, stray bytes of an older encoding, NUL bytes.

A clean file is used as it is. Anything else is copied, line by line, with each line decoded on its own, so that one
broken line never costs the others.
"""

from __future__ import annotations

import codecs
from pathlib import Path

CHUNK = 1 << 24
OLD_ENCODING = "cp1252"


def is_clean(path: Path) -> bool:
    """Whether the whole file is UTF-8 without NUL bytes and without lone carriage returns at line ends."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        first = True
        while chunk := file.read(CHUNK):
            if first and chunk.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
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


def cleaned(path: Path, folder: Path) -> Path:
    """The path of a clean version of *path*: itself when it is clean, else a copy in *folder*."""
    if is_clean(path):
        return path
    target = folder / f"clean-{path.name}"
    with path.open("rb") as file:
        head = file.read(4)
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with path.open(encoding="utf-16", errors="replace", newline="") as source, target.open("w", encoding="utf-8", newline="") as out:
            while text := source.read(CHUNK):
                out.write(text.replace("\0", ""))
        return target
    with path.open("rb") as lines, target.open("w", encoding="utf-8", newline="") as out:
        for number, line in enumerate(lines):
            line = line.replace(b"\0", b"")
            if number == 0:
                line = line.removeprefix(codecs.BOM_UTF8)
            try:
                out.write(line.decode("utf-8"))
            except UnicodeDecodeError:
                out.write(line.decode(OLD_ENCODING, errors="replace"))
    return target


def delimiter_of(path: Path) -> str:
    """The delimiter of a CSV file by its header: comma, semicolon or tab."""
    with path.open(encoding="utf-8", errors="replace") as file:
        header = file.readline(1 << 20)
    return max(",;\t", key=header.count)
