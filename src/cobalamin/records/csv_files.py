"""The law of CSV: which rows a file holds, and which of them cannot be read.

A cell may stand in quotes and then hold delimiters, line breaks and doubled quotes. A row that has more or fewer cells
than the header (empty ones at the end do not count), or a quote that is never closed, is one unreadable row; reading
goes on at the next line, so that a lost quote never swallows the rows below it. The memory engine reads rows here;
DuckDB reads a file itself as long as that gives the same rows, and a copy written here otherwise.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cobalamin.errors import InputError
from cobalamin.records.text_files import cleaned, delimiter_of, unpacked

MOST_BYTES = 16_000_000
"""A longer row is no row: nobody prints such a one, and every engine has to hold a row as a whole."""
MOST_LINES = 10_000
"""A quote that is not closed within so many lines was never meant to be."""


@dataclass(frozen=True)
class CsvFile:
    """A CSV file ready to be read as UTF-8; *name* is what its owner calls it."""

    name: str
    path: Path
    delimiter: str
    header: tuple[str, ...]

    def rows(self) -> Iterator[list[str] | None]:
        """Every row below the header, None for one that cannot be read; blank lines are no rows."""
        rows = _records(self.path, self.delimiter, len(self.header))
        next(rows)
        yield from rows

    def rewrite(self, target: Path) -> int:
        """Write what can be read to *target* in a form every reader reads alike; the number of rows that cannot be."""
        lost = 0
        with target.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=self.delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
            writer.writerow(self.header)
            for row in self.rows():
                if row is None:
                    lost += 1
                else:
                    writer.writerow(row)
        return lost


def open_csv(path: Path, scratch: Path) -> CsvFile:
    """A CSV file with its delimiter and header; a file that is empty or cannot be opened is an error."""
    csv.field_size_limit(MOST_BYTES)
    try:
        if path.stat().st_size == 0:
            raise InputError(f"{path.name} is empty.")
        clean = cleaned(unpacked(path, scratch), scratch)
        delimiter = delimiter_of(clean)
        header = next(_records(clean, delimiter, 0), None)
    except OSError as error:
        raise InputError(f"{path.name} cannot be opened: {error.strerror}.") from None
    if not header:
        raise InputError(f"{path.name} has no readable first row; it must hold the names of the columns.")
    return CsvFile(path.name, clean, delimiter, tuple(header))


class _Lines:
    """The lines of a file one at a time, remembering those of the row being read so that they can be given back."""

    def __init__(self, lines: Iterator[str]):
        self.lines, self.again, self.taken, self.bytes = lines, deque[str](), list[str](), 0

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self.again.popleft() if self.again else next(self.lines)
        self.taken.append(line)
        self.bytes += len(line) if line.isascii() else len(line.encode())
        if self.bytes > MOST_BYTES or len(self.taken) > MOST_LINES:
            raise csv.Error
        return line

    def begin(self) -> None:
        self.taken, self.bytes = [], 0

    def back(self) -> None:
        """Give back all lines of this row but its first."""
        self.again.extendleft(reversed(self.taken[1:]))


def _records(path: Path, delimiter: str, width: int) -> Iterator[list[str] | None]:
    """Every row of a clean file, header first; a width of 0 takes a row of any width."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = _Lines(iter(file))
        reader = csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True)
        while True:
            lines.begin()
            row: list[str] | None
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                row = _spaced(lines.taken, delimiter)
            if row == []:
                continue
            if row and width and not any(row[width:]):
                row = row[:width]
            if row is None or (width and len(row) != width):
                lines.back()
                row = None
            width = width or len(row or ())
            yield row


def _spaced(taken: list[str], delimiter: str) -> list[str] | None:
    """A row whose closing quotes are followed by spaces, which other readers allow; None when something else is wrong."""
    tight = re.sub(f'" +(?={re.escape(delimiter)}|[\r\n]|$)', '"', "".join(taken))
    try:
        rows = list(csv.reader([tight], delimiter=delimiter, strict=True, skipinitialspace=True)) if '" ' in taken[-1] else []
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None
