"""What a tagged PDF says: to a screen reader, in the order of its structure, and to the eye, line by line from left to right."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

Matrix = tuple[float, ...]


@dataclass
class Run:
    """Text that is drawn at one place: as its letters stand on the paper, and as it is read."""

    x: float
    y: float
    seen: str
    read: str


@dataclass
class Page:
    """The runs of one page, all and by the number that the structure refers to."""

    runs: list[Run] = field(default_factory=list)
    marked: dict[int, list[Run]] = field(default_factory=lambda: defaultdict(list))


class TaggedPdf:
    """A PDF made by typst, read back."""

    def __init__(self, made: bytes):
        self.reader = PdfReader(io.BytesIO(made))
        self.root: Any = self.reader.trailer["/Root"]

    @cached_property
    def pages(self) -> dict[int, Page]:
        return {page.indirect_reference.idnum: _page(page, self.reader) for page in self.reader.pages}  # type: ignore[union-attr]

    def lines(self) -> list[str]:
        """Every line as it is seen, its runs from left to right."""
        found = []
        for page in self.pages.values():
            rows: dict[int, list[Run]] = defaultdict(list)
            for run in page.runs:
                rows[round(run.y)].append(run)
            found += ["".join(run.seen for run in sorted(row, key=lambda run: run.x)) for row in rows.values()]
        return found

    def parts(self) -> list[tuple[str, str]]:
        """Every leaf of the structure: its kind, and what a screen reader says."""
        found: list[tuple[str, str]] = []
        self._walk(self.root["/StructTreeRoot"], 0, found)
        return found

    def text(self) -> str:
        """Everything a screen reader says."""
        return "\n".join(text for _, text in self.parts())

    def _walk(self, node: Any, page: int, found: list[tuple[str, str]]) -> None:
        if "/Pg" in node:
            page = node.raw_get("/Pg").idnum
        if "/Alt" in node:
            found.append((node["/S"], str(node["/Alt"])))
            return
        held = node.get("/K", [])
        said: list[str] = []
        for child in held if isinstance(held, ArrayObject) else [held]:
            child = child.get_object() if isinstance(child, IndirectObject) else child
            if isinstance(child, DictionaryObject) and child.get("/Type") == "/MCR":
                at = child.raw_get("/Pg").idnum if "/Pg" in child else page
                said += [run.read for run in self.pages[at].marked[child["/MCID"]]]
            elif isinstance(child, int):
                said += [run.read for run in self.pages[page].marked[child]]
            elif isinstance(child, DictionaryObject):
                if child.get("/S") in ("/Span", "/Strong", "/Em"):
                    inner: list[tuple[str, str]] = []
                    self._walk(child, page, inner)
                    said += [text for _, text in inner]
                else:
                    self._walk(child, page, found)
        if said:
            found.append((str(node.get("/S")), "".join(said)))


def _page(page: Any, reader: PdfReader) -> Page:
    found, fonts = Page(), {name: _letters(font.get_object()) for name, font in page["/Resources"].get("/Font", {}).items()}
    marks: list[dict[str, Any]] = []
    saved: list[Matrix] = []
    place: Matrix = (1, 0, 0, 1, 0, 0)
    line: Matrix = place
    letters: dict[int, str] = {}
    drawn_now: list[Run] = []
    for operands, operator in ContentStream(page["/Contents"].get_object(), reader).operations:
        match operator:
            case b"q":
                saved.append(place)
            case b"Q":
                place = saved.pop()
            case b"cm":
                place = _times(tuple(map(float, operands)), place)
            case b"BT":
                drawn_now = []
            case b"Tm":
                line = tuple(map(float, operands))
            case b"Tf":
                letters = fonts[operands[0]]
            case b"BMC" | b"BDC":
                held = operands[1] if len(operands) > 1 and isinstance(operands[1], DictionaryObject) else {}
                marks.append({"tag": operands[0], "number": held.get("/MCID"), "actual": held.get("/ActualText")})
            case b"EMC":
                marks.pop()
            case b"Tj" | b"TJ":
                strings = operands[0] if operator == b"TJ" else [operands[0]]
                codes = b"".join(getattr(item, "original_bytes", item) for item in strings if isinstance(item, (bytes, str)))
                seen = "".join(letters.get(int.from_bytes(codes[at : at + 2], "big"), "\ufffd") for at in range(0, len(codes), 2))
                actual = next((mark["actual"] for mark in marks if mark["actual"] is not None), None)
                turned = any(mark["tag"] == "/ReversedChars" for mark in marks)
                at = _times(line, place)
                shown = seen if actual is None else str(actual)
                run = Run(at[4], at[5], shown, shown)
                found.runs.append(run)
                number = next((mark["number"] for mark in reversed(marks) if mark["number"] is not None), None)
                if number is not None:
                    group = found.marked[number]
                    # what runs from right to left is drawn from its end, each piece in one go
                    run.read = shown[::-1] if turned else shown
                    group.insert(len(group) - len(drawn_now) if turned else len(group), run)
                    drawn_now.append(run)
    return found


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3], a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
            a[4] * b[0] + a[5] * b[2] + b[4], a[4] * b[1] + a[5] * b[3] + b[5])  # fmt: skip


def _letters(font: Any) -> dict[int, str]:
    """What each glyph of a font stands for."""
    table, found = font["/ToUnicode"].get_object().get_data().decode("latin-1"), {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            start = bytes.fromhex(text).decode("utf-16-be")
            found |= {code: start[:-1] + chr(ord(start[-1]) + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    return found
