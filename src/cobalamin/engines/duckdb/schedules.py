"""Dated doses and reviews as SQL: constants where days are counted from the day of assessment, arithmetic on a column where not."""

from __future__ import annotations

from datetime import date
from typing import Any

from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.sql import Sql
from cobalamin.records.sql_text import quote
from cobalamin.rules import nodes as n
from cobalamin.rules.schedules import Doses, Regimen, Review, Schedule, Span, dated_doses, dated_review

DOSES = "STRUCT(date VARCHAR, drug VARCHAR, amount_ug DOUBLE, up_to_ug DOUBLE, route VARCHAR, every_days INTEGER, until VARCHAR)[]"
REVIEW = "STRUCT(date VARCHAR, review VARCHAR, what VARCHAR[])"


class Schedules:
    """Write schedules as SQL; a schedule counted from a patient's own day gets a column with that day."""

    def __init__(self, anchors: dict[str, n.Node], expressions: Expressions, as_of: str):
        self.as_of, self.today = date.fromisoformat(as_of), f"DATE {quote(as_of)}"
        self.anchors, self.expressions = anchors, expressions

    def doses(self, regimen: Regimen) -> str:
        """The list of doses still to come."""
        if regimen.id not in self.anchors:
            return f"[{', '.join(_struct(dose) for dose in dated_doses(regimen, self.as_of, None))}]::{DOSES}"
        start = self._start(regimen)
        items = [self._dose(stretch, span, start) for stretch in regimen.doses for span in stretch.at]
        return f"list_filter([{', '.join(items)}]::{DOSES}, lambda x: x IS NOT NULL)"

    def review(self, review: Review) -> str:
        """One review."""
        if review.id not in self.anchors:
            return _struct(dated_review(review, self.as_of, None))
        day = f"greatest({self.today}, {self._start(review)})::VARCHAR"
        return f"{{'date': {day}, 'review': {quote(review.id)}, 'what': {_literal(list(review.what))}}}"

    def _start(self, schedule: Schedule) -> str:
        """The column with the day that everything of a schedule is counted from."""
        ago = self.expressions.quantity(self.anchors[schedule.id])[0]
        anchor = f"({self.today} - COALESCE({ago.text}, 0)::INT)"
        start = anchor if schedule.due is None else f"greatest({self.today}, {_after(anchor, schedule.due)})"
        return self.expressions.add(f"s_{schedule.id}", Sql(start, ago.level)).text

    def _dose(self, stretch: Doses, span: Span, start: str) -> str:
        day = _after(start, span)
        until = _after(day, stretch.lasting) if stretch.lasting else day
        shown = f"greatest({day}, {self.today})" if stretch.lasting else day
        fields = {"drug": stretch.drug, "amount_ug": stretch.ug, "up_to_ug": stretch.up_to_ug, "route": stretch.route,
                  "every_days": stretch.every.days if stretch.every and stretch.lasting else None}  # fmt: skip
        said = ", ".join(f"'{name}': {_literal(value)}" for name, value in fields.items())
        end = f"{until}::VARCHAR" if stretch.lasting else "NULL"
        return f"CASE WHEN {until} >= {self.today} THEN {{'date': {shown}::VARCHAR, {said}, 'until': {end}}} END"


def _after(day: str, span: Span) -> str:
    months = f" + INTERVAL {span.months} MONTH" if span.months else ""
    days = f" + INTERVAL {span.days} DAY" if span.days else ""
    return f"({day}{months}{days})::DATE" if months or days else day


def _struct(row: dict[str, Any]) -> str:
    return "{" + ", ".join(f"'{name}': {_literal(value)}" for name, value in row.items()) + "}"


def _literal(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return "NULL" if value is None else quote(value) if isinstance(value, str) else repr(value)
