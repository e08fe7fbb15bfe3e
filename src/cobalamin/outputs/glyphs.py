"""Which characters the shipped fonts can draw: on paper, one they cannot draw would be an error, so it is shown as an empty square."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
NO_GLYPH = "\u25a1"
FORMAT_OF_THE_BASIC_PLANE = 4
"""The table of a font that maps characters up to U+FFFF; the fonts shipped hold no others."""


def drawable(text: str) -> str:
    """*text* with an empty square for every character that none of the fonts has."""
    return text if text.isascii() else "".join(char if char.isascii() or ord(char) in characters() else NO_GLYPH for char in text)


@cache
def characters() -> frozenset[int]:
    """Every character that a font shipped for print can draw."""
    return frozenset(code for path in FONTS.glob("*-Regular.ttf") for code in _characters(path.read_bytes()))


def _characters(font: bytes) -> list[int]:
    """The characters of one font (OpenType, table `cmap`)."""
    number = struct.unpack_from(">H", font, 4)[0]
    tables = {font[at : at + 4]: struct.unpack_from(">I", font, at + 8)[0] for at in range(12, 12 + 16 * number, 16)}
    start = tables[b"cmap"]
    found: list[int] = []
    for record in range(struct.unpack_from(">H", font, start + 2)[0]):
        at = start + struct.unpack_from(">I", font, start + 4 + 8 * record + 4)[0]
        if struct.unpack_from(">H", font, at)[0] == FORMAT_OF_THE_BASIC_PLANE:
            segments = struct.unpack_from(">H", font, at + 6)[0] // 2
            last = struct.unpack_from(f">{segments}H", font, at + 14)
            first = struct.unpack_from(f">{segments}H", font, at + 16 + 2 * segments)
            found += [code for low, high in zip(first, last, strict=True) for code in range(low, high + 1) if code != 0xFFFF]
    return found
