"""Dated doses and reviews as SQL: a table where days are counted from the day of assessment, arithmetic on a column where not."""

from __future__ import annotations

from datetime import date
from typing import Any

from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.sql import NO_NUMBER, Sql, disjunction
from cobalamin.records.database import Database
from cobalamin.records.sql_text import quote
from cobalamin.rules import nodes as n
from cobalamin.rules.schedules import REGIMEN, Doses, Regimen, Review, Schedule, Span, dated_doses, dated_review

DOSE = "STRUCT(date VARCHAR, drug VARCHAR, amount_ug DOUBLE, up_to_ug DOUBLE, route VARCHAR, every_days INTEGER, until VARCHAR)"
REVIEW = "STRUCT(date VARCHAR, review VARCHAR, what VARCHAR[])"


class Schedules:
    """Write schedules as SQL; a schedule counted from a patient's own day gets a column with that day."""

    def __init__(self, anchors: dict[str, n.Node], expressions: Expressions, as_of: str):
        self.as_of, self.today = date.fromisoformat(as_of), f"DATE {quote(as_of)}"
        self.anchors, self.expressions, self.dialect = anchors, expressions, expressions.dialect

    def register(self, database: Database) -> None:
        """Create `regimen_doses`: the doses of every regimen for those who begin it on the day of assessment."""
        known, words = self.expressions.knowledge.regimens, self.expressions.knowledge.words_of[REGIMEN]
        database.fill("regimen_doses", {"number": "INTEGER", "doses": f"{DOSE}[]"},
             ((number, list(dated_doses(known[word], self.as_of, None)) if word in known else []) for number, word in enumerate(words, 1)))  # fmt: skip

    def doses(self, step: int) -> str:
        """The doses still to come of the regimen that a step chose."""
        knowledge, chosen = self.expressions.knowledge, self.expressions.column(f"c{step}_{REGIMEN}").text
        counted = {word: self._counted(knowledge.regimens[word]) for word in knowledge.words_of[REGIMEN] if word in knowledge.regimens}
        cases = " ".join(f"WHEN {self.expressions.code(REGIMEN, word)} THEN {doses}" for word, doses in counted.items() if doses)
        own = f"CASE {chosen} {cases} END, " if cases else ""
        fixed = self.dialect.item(self.dialect.all_rows("doses", "number", "regimen_doses"), chosen)
        return f"COALESCE({own}{fixed}, {self.dialect.empty(DOSE)})"

    def _counted(self, regimen: Regimen) -> str:
        """The doses of a regimen begun on a day of the patient's own; NULL, or nothing to write, where it begins today."""
        ago = self._ago(regimen)
        if ago.unknown:
            return ""
        start = self._start(regimen)
        items = [self._dose(stretch, span, start) for stretch in regimen.doses for span in stretch.at]
        listed = f"{self.dialect.array(items)}::{self.dialect.kind(f'{DOSE}[]')}"
        return f"CASE WHEN {ago.text} IS NOT NULL THEN {self.dialect.present(listed)} END"

    def reviews(self, held: dict[str, Sql]) -> str:
        """Those of the reviews that hold, the earliest first."""
        reviews = [self.expressions.knowledge.reviews[id] for id, truth in held.items() if truth.may_hold]
        own = [review for review in reviews if not self._ago(review).unknown]
        fixed = sorted((dated_review(review, self.as_of, None) for review in reviews if review not in own), key=lambda row: (row["date"], row["review"]))
        items = {self._struct(row): held[row["review"]] for row in fixed}
        sorted_by_day = self.dialect.collected(items, REVIEW)
        if not own:
            return sorted_by_day
        items |= {self._review(review): held[review.id] for review in own}
        some = disjunction(held[review.id] for review in own)
        return f"CASE WHEN {some.text} THEN {self.dialect.sorted(self.dialect.collected(items, REVIEW))} ELSE {sorted_by_day} END"

    def _review(self, review: Review) -> str:
        """A review counted from a day of the patient's own."""
        day = f"greatest({self.today}, {self._start(review)})::STRING"
        return self.dialect.struct({"date": day, "review": quote(review.id), "what": self.dialect.literal(list(review.what))})

    def _ago(self, schedule: Schedule) -> Sql:
        """How many days ago a schedule began; unknown where it begins on the day itself."""
        return self.expressions.quantity(self.anchors[schedule.id])[0] if schedule.id in self.anchors else NO_NUMBER

    def _start(self, schedule: Schedule) -> str:
        """The column with the day that everything of a schedule is counted from."""
        ago = self._ago(schedule)
        anchor = f"({self.today} - COALESCE({ago.text}, 0)::INT)"
        start = anchor if schedule.due is None else f"greatest({self.today}, {after(anchor, schedule.due)})"
        return self.expressions.add(f"s_{schedule.id}", Sql(start, ago.level)).text

    def _dose(self, stretch: Doses, span: Span, start: str) -> str:
        day = after(start, span)
        until = after(day, stretch.lasting) if stretch.lasting else day
        shown = f"greatest({day}, {self.today})" if stretch.lasting else day
        fields = {"drug": stretch.drug, "amount_ug": stretch.ug, "up_to_ug": stretch.up_to_ug, "route": stretch.route,
                  "every_days": stretch.every.days if stretch.every and stretch.lasting else None}  # fmt: skip
        said = {name: self.dialect.literal(value) for name, value in fields.items()}
        end = f"{until}::STRING" if stretch.lasting else "NULL"
        return f"CASE WHEN {until} >= {self.today} THEN {self.dialect.struct({'date': f'{shown}::STRING', **said, 'until': end})} END"

    def _struct(self, row: dict[str, Any]) -> str:
        return self.dialect.struct({name: self.dialect.literal(value) for name, value in row.items()})


def after(day: str, span: Span) -> str:
    months = f" + INTERVAL {span.months} MONTH" if span.months else ""
    days = f" + INTERVAL {span.days} DAY" if span.days else ""
    return f"({day}{months}{days})::DATE" if months or days else day

