"""Dated doses and reviews as SQL: a table where days are counted from the day of assessment, arithmetic on a column where not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.sql import NO_NUMBER, Sql, disjunction
from cobalamin.records.database import Database
from cobalamin.records.sql_text import quote
from cobalamin.rules import nodes as n
from cobalamin.rules.schedules import REGIMEN, Doses, Regimen, Review, Schedule, Span, dated_doses, dated_review

DOSE = "STRUCT(date VARCHAR, drug VARCHAR, amount_ug DOUBLE, up_to_ug DOUBLE, route VARCHAR, every_days INTEGER, until VARCHAR)"
DUE = "STRUCT(day DATE, number INTEGER)"
"""A review as it is put in order: its day, and the place of its id among those of all reviews."""


class Schedules:
    """Write schedules as SQL; a schedule counted from a patient's own day gets a column with that day."""

    def __init__(self, anchors: dict[str, n.Node], expressions: Expressions, as_of: str):
        self.as_of, self.today = date.fromisoformat(as_of), f"DATE {quote(as_of)}"
        self.anchors, self.expressions, self.dialect = anchors, expressions, expressions.dialect

    def register(self, database: Database) -> None:
        """Create `regimen_doses`: the doses of no regimen, and of every one for those who begin it on the day of assessment."""
        database.fill("regimen_doses", {"number": "INTEGER", "doses": f"{DOSE}[]"}, enumerate(self._fixed()))

    def _fixed(self) -> list[list[dict[str, Any]]]:
        known, words = self.expressions.knowledge.regimens, self.expressions.knowledge.words_of[REGIMEN]
        return [[], *(list(dated_doses(known[word], self.as_of, None)) if word in known else [] for word in words)]

    def doses(self, step: int) -> str:
        """The doses still to come of the regimen that a step chose."""
        knowledge, chosen = self.expressions.knowledge, self.expressions.column(f"c{step}_{REGIMEN}").text
        counted = {word: self._counted(knowledge.regimens[word]) for word in knowledge.words_of[REGIMEN] if word in knowledge.regimens}
        cases = " ".join(f"WHEN {self.expressions.code(REGIMEN, word)} THEN {doses}" for word, doses in counted.items() if doses)
        doses = f"{self.dialect.all_rows('doses', 'number', 'regimen_doses')}::{self.dialect.kind(f'{self._kind(bool(cases))}[][]')}"
        fixed = self.dialect.item(f"({doses})", f"COALESCE({chosen}, 0) + 1")
        return f"COALESCE(CASE {chosen} {cases} END, {fixed})" if cases else fixed

    def _kind(self, counted: bool) -> str:
        """The type of a dose: its words are few, and so are its days where none is counted from a day of the patient's own."""
        rows, words = [row for rows in self._fixed() for row in rows], self.dialect.words
        regimens = self.expressions.knowledge.regimens.values()
        few = {"drug": [d.drug for r in regimens for d in r.doses], "route": [d.route for r in regimens for d in r.doses]}
        if not counted:
            few |= {name: [row[name] for row in rows if row[name] is not None] for name in ("date", "until")}
        kind = DOSE
        for name, found in few.items():
            kind = kind.replace(f"{name} VARCHAR", f"{name} {words(found)}")
        return kind

    def _counted(self, regimen: Regimen) -> str:
        """The doses of a regimen begun on a day of the patient's own; NULL, or nothing to write, where it begins today."""
        ago = self._ago(regimen)
        if ago.unknown:
            return ""
        start = self._start(regimen)
        items = [self._dose(stretch, span, start) for stretch in regimen.doses for span in stretch.at]
        listed = f"{self.dialect.array(items)}::{self.dialect.kind(f'{self._kind(True)}[]')}"
        return f"CASE WHEN {ago.text} IS NOT NULL THEN {self.dialect.present(listed)} END"

    def reviews(self, held: dict[str, Sql]) -> str:
        """Those of the reviews that hold, the earliest first."""
        reviews = [self.expressions.knowledge.reviews[id] for id, truth in held.items() if truth.may_hold]
        own = [review for review in reviews if not self._ago(review).unknown]
        fixed = sorted((dated_review(review, self.as_of, None) for review in reviews if review not in own), key=lambda row: (row["date"], row["review"]))
        listed = sorted(reviews, key=lambda review: review.id)
        numbers = {review.id: number for number, review in enumerate(listed, 1)}
        items = {self._due(f"DATE {quote(row['date'])}", numbers[row["review"]]): held[row["review"]] for row in fixed}
        due = self.dialect.collected(items, DUE)
        if own:
            items |= {self._due(f"greatest({self.today}, {self._start(review)})", numbers[review.id]): held[review.id] for review in own}
            some = disjunction(held[review.id] for review in own)
            due = f"CASE WHEN {some.text} THEN {self.dialect.sorted(self.dialect.collected(items, DUE))} ELSE {due} END"
        return self._said(due, listed)

    def _due(self, day: str, number: int) -> str:
        return self.dialect.struct({"day": day, "number": str(number)})

    def _said(self, due: str, reviews: Sequence[Review]) -> str:
        """Reviews that were put in order as they stand in the assessment."""
        dialect, looks = self.dialect, dict.fromkeys(look for review in reviews for look in review.what)
        what = f"{dialect.array([dialect.literal(list(review.what)) for review in reviews])}::{dialect.kind(f'{dialect.words(looks)}[][]')}"
        review = dialect.word("x.number", {number: review.id for number, review in enumerate(reviews, 1)})
        return dialect.mapped(due, "x", dialect.struct({"date": "x.day::STRING", "review": review, "what": dialect.item(f"({what})", "x.number")}))

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


def after(day: str, span: Span) -> str:
    months = f" + INTERVAL {span.months} MONTH" if span.months else ""
    days = f" + INTERVAL {span.days} DAY" if span.days else ""
    return f"({day}{months}{days})::DATE" if months or days else day

