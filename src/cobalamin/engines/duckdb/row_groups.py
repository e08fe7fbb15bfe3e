"""Parquet files of one shape laid end to end as one file: their row groups are copied as they are, only the footer is written anew.

The footer is a Thrift structure in the compact protocol; it is read whatever its fields are, and only places in the file change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from struct import pack, unpack
from typing import Any, BinaryIO

MAGIC = b"PAR1"
TRUE, FALSE, BYTE, I16, I32, I64, DOUBLE, BINARY, LIST, SET, MAP, STRUCT = range(1, 13)
SCHEMA, ROWS, ROW_GROUPS = 2, 3, 4
GROUP_COLUMNS, GROUP_PLACES, GROUP_ORDINAL = 1, (5,), 7
CHUNK_PLACES, CHUNK_METADATA, METADATA_PLACES = (2, 4, 6), 3, (9, 10, 11, 14)
"""Fields of the Parquet format that say where in the file something stands: of a row group, of a column in it, of that column's pages."""
Fields = dict[int, tuple[int, Any]]
COPIED_AT_ONCE = 1 << 22


def lay_end_to_end(parts: Sequence[Path], target: Path) -> None:
    """Write *parts* as one Parquet file; ValueError when they are not of one shape."""
    whole: Fields = {}
    with target.open("wb") as out:
        out.write(MAGIC)
        for path in parts:
            with path.open("rb") as file:
                footer, end = _footer(file)
                _add(whole, footer, out.tell() - len(MAGIC))
                file.seek(len(MAGIC))
                for piece in _pieces(file, end - len(MAGIC)):
                    out.write(piece)
        written = bytearray()
        _write_struct(written, whole)
        out.write(bytes(written) + pack("<I", len(written)) + MAGIC)


def _footer(file: BinaryIO) -> tuple[Fields, int]:
    """The footer of a file and the place where it begins."""
    end = file.seek(-8, 2)
    length, magic = unpack("<I4s", file.read(8))
    if magic != MAGIC:
        raise ValueError("not a Parquet file")
    file.seek(end - length)
    return _Reader(file.read(length)).struct(), end - length


def _pieces(file: BinaryIO, length: int) -> Iterator[bytes]:
    while length and (piece := file.read(min(length, COPIED_AT_ONCE))):
        length -= len(piece)
        yield piece


def _add(whole: Fields, footer: Fields, moved: int) -> None:
    """Take the row groups of a *footer* into the *whole*, each column of them moved on by so many bytes."""
    groups = footer[ROW_GROUPS][1][1]
    for group in groups:
        _move(group, GROUP_PLACES, moved)
        for chunk in group[GROUP_COLUMNS][1][1]:
            _move(chunk, CHUNK_PLACES, moved)
            _move(chunk[CHUNK_METADATA][1], METADATA_PLACES, moved)
    if not whole:
        whole.update(footer)
    elif whole[SCHEMA] != footer[SCHEMA]:
        raise ValueError("the files are not of one shape")
    else:
        held = whole[ROW_GROUPS][1][1]
        for group in groups:
            if GROUP_ORDINAL in group:
                group[GROUP_ORDINAL] = (I16, len(held))
            held.append(group)
        whole[ROWS] = (I64, whole[ROWS][1] + footer[ROWS][1])


def _move(fields: Fields, places: Sequence[int], moved: int) -> None:
    for place in places:
        if place in fields and fields[place][1] > 0:
            fields[place] = (fields[place][0], fields[place][1] + moved)


class _Reader:
    """Reads the compact protocol from bytes."""

    def __init__(self, data: bytes):
        self.data, self.at = data, 0

    def _varint(self) -> int:
        result = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            result |= (byte & 0x7F) << shift
            if byte < 0x80:
                return result
            shift += 7

    def _integer(self) -> int:
        value = self._varint()
        return (value >> 1) ^ -(value & 1)

    def _bytes(self, length: int) -> bytes:
        self.at += length
        return self.data[self.at - length : self.at]

    def struct(self) -> Fields:
        """Fields by their number, each with its type."""
        fields: Fields = {}
        number = 0
        while head := self._bytes(1)[0]:
            number = number + (head >> 4) if head >> 4 else self._integer()
            kind = head & 15
            fields[number] = (kind, kind == TRUE if kind in (TRUE, FALSE) else self._value(kind))
        return fields

    def _value(self, kind: int) -> Any:
        match kind:
            case 1 | 2 | 3:  # in a list a truth is a byte too
                return self._bytes(1)[0]
            case 4 | 5 | 6:
                return self._integer()
            case 7:
                return self._bytes(8)
            case 8:
                return self._bytes(self._varint())
            case 9 | 10:
                head = self._bytes(1)[0]
                size, of = head >> 4, head & 15
                size = self._varint() if size == 15 else size
                return of, [self._value(of) for _ in range(size)]
            case 12:
                return self.struct()
        raise ValueError(f"a footer with a field of kind {kind}")


def _write_struct(out: bytearray, fields: Fields) -> None:
    before = 0
    for number, (kind, value) in sorted(fields.items()):
        kind = (TRUE if value else FALSE) if kind in (TRUE, FALSE) else kind
        step = number - before
        out.append((step << 4 | kind) if 0 < step < 16 else kind)
        if not 0 < step < 16:
            _write_integer(out, number)
        if kind not in (TRUE, FALSE):
            _write(out, kind, value)
        before = number
    out.append(0)


def _write(out: bytearray, kind: int, value: Any) -> None:
    match kind:
        case 1 | 2 | 3:
            out.append(value)
        case 4 | 5 | 6:
            _write_integer(out, value)
        case 7:
            out += value
        case 8:
            _write_varint(out, len(value))
            out += value
        case 9 | 10:
            of, items = value
            out.append((len(items) << 4 | of) if len(items) < 15 else 0xF0 | of)
            if len(items) >= 15:
                _write_varint(out, len(items))
            for item in items:
                _write(out, of, item)
        case _:
            _write_struct(out, value)


def _write_varint(out: bytearray, value: int) -> None:
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def _write_integer(out: bytearray, value: int) -> None:
    _write_varint(out, value << 1 if value >= 0 else (-value << 1) - 1)
