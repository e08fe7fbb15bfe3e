"""Charts as inline SVG: bars, stacked bars, shares with intervals, and curves. Each says in words what it shows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from cobalamin.outputs.language import Language

WIDTH, LABELS, FIGURES, ROW, TEXT = 760, 216, 154, 30, 13
LONGEST_LABEL = 31
INK, QUIET, LINE, ACCENT, PALE = "#1d2733", "#55606e", "#d5dbe2", "#0b5e7a", "#cfe3ea"
BRIGHT = ("#e9c46a", "#adb5bd")
"""Colors on which white letters cannot be read."""
STATUS_COLORS = {"deficient": "#9b2226", "probable": "#ca6702", "indeterminate": "#e9c46a", "unlikely": "#2a9d8f", "unknown": "#adb5bd"}
CURVE_COLORS = (("#0b5e7a", ""), ("#9b2226", "6 4"))


class Drawing:
    """One drawing; measured from the side on which its language begins, so that a page from right to left is its mirror image."""

    def __init__(self, words: Language, height: float, mirrored: bool = True):
        self.words, self.height, self.mirrored = words, height, mirrored and words.right_to_left
        self.parts: list[str] = []

    def _x(self, x: float, width: float = 0) -> str:
        return _number(WIDTH - x - width if self.mirrored else x)

    def rect(self, x: float, y: float, width: float, height: float, fill: str, stroke: str = "none") -> None:
        self.parts.append(f'<rect x="{self._x(x, width)}" y="{_number(y)}" width="{_number(max(width, 0))}" height="{_number(height)}" fill="{fill}" stroke="{stroke}"/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, color: str = LINE, width: float = 1) -> None:
        self.parts.append(f'<line x1="{self._x(x1)}" y1="{_number(y1)}" x2="{self._x(x2)}" y2="{_number(y2)}" stroke="{color}" stroke-width="{_number(width)}"/>')

    def dot(self, x: float, y: float, color: str) -> None:
        self.parts.append(f'<circle cx="{self._x(x)}" cy="{_number(y)}" r="4.5" fill="{color}"/>')

    def path(self, points: Iterable[tuple[float, float]], color: str, dashes: str = "", fill: str = "none", width: float = 2) -> None:
        where = " L".join(f"{self._x(x)} {_number(y)}" for x, y in points)
        dash = f' stroke-dasharray="{dashes}"' if dashes else ""
        closed, opacity = ("Z", ' fill-opacity="0.15"') if fill != "none" else ("", "")
        self.parts.append(f'<path d="M{where}{closed}" fill="{fill}"{opacity} stroke="{color}" stroke-width="{_number(width)}"{dash}/>')

    def text(self, x: float, y: float, text: str, anchor: str = "start", color: str = INK, size: int = TEXT, bold: bool = False) -> None:
        """*anchor* is where the text begins reading: `start`, `middle` or `end`; left and right follow from the language."""
        direction = "rtl" if self.words.right_to_left else "ltr"
        if self.words.right_to_left and not self.mirrored:
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(f'<text x="{self._x(x)}" y="{_number(y)}" direction="{direction}" text-anchor="{anchor}" font-size="{size}"{weight} '
                          f'fill="{color}">{escape(text)}</text>')  # fmt: skip

    def figure(self, x: float, y: float, text: str, anchor: str) -> None:
        """A figure on an axis, from left to right in every language."""
        self.parts.append(f'<text x="{_number(x)}" y="{_number(y)}" direction="ltr" text-anchor="{anchor}" font-size="11" fill="{QUIET}">{escape(text)}</text>')

    def svg(self, id: str, title: str, says: str) -> str:
        """The drawing with its title and what it says, for whoever cannot see it."""
        return (f'<svg viewBox="0 0 {WIDTH} {_number(self.height)}" width="{WIDTH}" role="img" aria-labelledby="{id}-title {id}-desc">'
                f'<title id="{id}-title">{escape(title)}</title><desc id="{id}-desc">{escape(says)}</desc>{"".join(self.parts)}</svg>')  # fmt: skip


def brief(label: str) -> str:
    """A label that fits beside its bar; the table has the whole of it."""
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1] + "…"


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


@dataclass(frozen=True)
class Bar:
    """A bar: its label, its length as a share of the whole width, what is printed beside it, and a paler bar behind it."""

    label: str
    share: float
    figure: str
    behind: float = 0.0


def bars(id: str, words: Language, title: str, rows: Sequence[Bar]) -> str:
    """A bar for each row."""
    drawing, room = Drawing(words, len(rows) * ROW + 10), WIDTH - LABELS - FIGURES
    for index, row in enumerate(rows):
        top = index * ROW + 5
        drawing.text(LABELS - 10, top + 18, brief(row.label), "end")
        if row.behind:
            drawing.rect(LABELS, top + 2, room * row.behind, 20, "none", ACCENT)
        drawing.rect(LABELS, top + 2, room * row.share, 20, ACCENT)
        drawing.text(LABELS + room * max(row.share, row.behind) + 8, top + 17, row.figure)
    return drawing.svg(id, title, _said(words, ((row.label, row.figure) for row in rows)))


def stacked(id: str, words: Language, title: str, names: Sequence[tuple[str, str]], rows: Sequence[tuple[str, Sequence[float]]]) -> str:
    """For each row its parts side by side, each a share of the whole; *names* are the color and the name of each part."""
    drawing, room, top = Drawing(words, (len(rows) + 1) * (ROW + 6) + 10), WIDTH - LABELS - 10, 0.0
    step = WIDTH / max(len(names), 1)
    for index, (color, name) in enumerate(names):
        drawing.rect(index * step, 6, 14, 14, color)
        drawing.text(index * step + 20, 18, name, size=12)
    for index, (label, shares) in enumerate(rows):
        top, at = (index + 1) * (ROW + 6), float(LABELS)
        drawing.text(LABELS - 10, top + 19, label, "end")
        for (color, _), share in zip(names, shares, strict=True):
            drawing.rect(at, top, room * share, 28, color, "#ffffff")
            if room * share > 48:
                drawing.text(at + room * share / 2, top + 19, words.isolated(percent(share)), "middle", INK if color in BRIGHT else "#ffffff", 12)
            at += room * share
    said = ((label, words.joined(f"{name} {words.isolated(percent(share))}" for (_, name), share in zip(names, shares, strict=True))) for label, shares in rows)
    return drawing.svg(id, title, _said(words, said))


@dataclass(frozen=True)
class Interval:
    """A share with its interval, and what is printed beside it."""

    label: str
    share: float
    low: float
    high: float
    figure: str


def intervals(id: str, words: Language, title: str, rows: Sequence[Interval]) -> str:
    """A dot for each share and a line for its interval, on one scale from zero."""
    most = scale_end(max((row.high for row in rows), default=0.0))
    drawing, room = Drawing(words, len(rows) * ROW + 34), WIDTH - LABELS - FIGURES - 10
    bottom = len(rows) * ROW + 6
    for mark in (most * part / 4 for part in range(5)):
        x = LABELS + room * mark / most
        drawing.line(x, 4, x, bottom)
        drawing.text(x, bottom + 18, words.isolated(f"{100 * mark:g} %"), "middle", QUIET, 11)
    for index, row in enumerate(rows):
        y = index * ROW + 18
        drawing.text(LABELS - 10, y + 5, brief(row.label), "end")
        drawing.line(LABELS + room * row.low / most, y, LABELS + room * min(row.high / most, 1), y, ACCENT, 2)
        drawing.dot(LABELS + room * row.share / most, y, ACCENT)
        drawing.text(LABELS + room + 12, y + 5, row.figure, size=12)
    return drawing.svg(id, title, _said(words, ((row.label, row.figure) for row in rows)))


@dataclass(frozen=True)
class Stairs:
    """A curve that falls in steps, with its interval: (day, share, low, high) from day zero on."""

    label: str
    points: Sequence[tuple[int, float, float, float]]


def curves(id: str, words: Language, title: str, across: str, lines: Sequence[Stairs], says: str) -> str:
    """Curves of shares still waiting over days, time running from left to right in every language."""
    left, right, top, bottom = 58, WIDTH - 20, 30, 286
    drawing = Drawing(words, bottom + 48, mirrored=False)
    last = scale_end(max((line.points[-1][0] for line in lines if line.points), default=1))
    for mark in range(5):
        y = bottom - (bottom - top) * mark / 4
        drawing.line(left, y, right, y)
        drawing.figure(left - 8, y + 4, f"{mark * 25} %", "end")
        drawing.figure(left + (right - left) * mark / 4, bottom + 18, f"{last * mark / 4:,.0f}", "middle")
    drawing.text((left + right) / 2, bottom + 40, across, "middle", QUIET, 12)
    for index, line in enumerate(lines):
        color, dashes = CURVE_COLORS[index % len(CURVE_COLORS)]

        def at(day: float, share: float) -> tuple[float, float]:
            return left + (right - left) * day / last, bottom - (bottom - top) * share

        upper, lower = (_steps([(point[0], point[which]) for point in line.points]) for which in (3, 2))
        drawing.path([at(*p) for p in (*upper, *reversed(lower))], "none", fill=color, width=0)
        drawing.path([at(*p) for p in _steps([(point[0], point[1]) for point in line.points])], color, dashes)
        x = left + index * (right - left) / 2
        drawing.path([(x, 14), (x + 30, 14)], color, dashes)
        drawing.parts.append(f'<text x="{_number(x + 38)}" y="18" text-anchor="{"end" if words.right_to_left else "start"}" '
                             f'direction="{"rtl" if words.right_to_left else "ltr"}" font-size="12">{escape(line.label)}</text>')  # fmt: skip
    return drawing.svg(id, title, says)


def _steps(points: Sequence[tuple[int, float]]) -> list[tuple[float, float]]:
    """The corners of a curve that stays level until its next point."""
    found: list[tuple[float, float]] = []
    for day, share in points:
        if found:
            found.append((day, found[-1][1]))
        found.append((day, share))
    return found


def scale_end(most: float) -> float:
    """A round number at or above *most*: 1, 2, 4 or 8 with zeros behind."""
    if most <= 0:
        return 1.0
    unit = 10.0 ** math.floor(math.log10(most))
    return next(unit * times for times in (1, 2, 4, 8, 10, 20) if unit * times >= most * (1 - 1e-9))


def percent(share: float) -> str:
    """A share as a percentage, with a decimal more where it is small.

    >>> percent(0.0306), percent(0.128), percent(0)
    ('3.06 %', '12.8 %', '0 %')
    """
    number = 100 * share
    return f"{number:.0f} %" if number in (0, 100) else f"{number:.2f} %" if number < 10 else f"{number:.1f} %"


def _said(words: Language, pairs: Iterable[tuple[str, str]]) -> str:
    return f"{words.say('part-separator')} ".join(words.say("label-value", label=label, value=figure) for label, figure in pairs)
