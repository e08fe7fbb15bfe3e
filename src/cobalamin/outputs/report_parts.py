"""What a report is put together from: sections, parts and tables, and figures as their cells show them."""

from __future__ import annotations

from dataclasses import dataclass, field

from cobalamin.outputs.charts import percent
from cobalamin.outputs.language import quantity_run

NOT_SHOWN, NONE = "[…]", "–"


@dataclass
class Table:
    """A table: its caption, the heads and kinds (text, number or code) of its columns, and rows of cells."""

    caption: str
    head: list[str]
    kinds: list[str]
    rows: list[list[str]]


@dataclass
class Part:
    """A part of a section: words, a chart, and the tables behind it."""

    title: str = ""
    texts: list[str] = field(default_factory=list)
    chart_title: str = ""
    chart: str = ""
    tables: list[Table] = field(default_factory=list)


@dataclass
class Section:
    """A section of the page."""

    id: str
    title: str
    texts: list[str] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)


def count(number: int | None) -> str:
    """A count as a cell shows it."""
    return NOT_SHOWN if number is None else f"{number:,}"


def share(number: int | None, of: int | None) -> str:
    """A count as a share of another."""
    return NOT_SHOWN if number is None or of is None else percent(number / of) if of else NONE


def rate(held: float | None) -> str:
    return NOT_SHOWN if held is None else percent(held)


def span(low: float | None, high: float | None) -> str:
    """An interval, its unit said once."""
    return NOT_SHOWN if low is None or high is None else f"{percent(max(low, 0.0)).removesuffix(' %')}–{percent(min(high, 1.0))}"


def number_run(number: int | None) -> str:
    return quantity_run(count(number))


def cell_run(text: str) -> str:
    return quantity_run(text)
