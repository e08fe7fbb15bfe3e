"""Everybody counted in the database: a narrow table of one row a person, then one grouping for each kind of group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cobalamin.engines.duckdb.engine import DuckDBEngine
from cobalamin.engines.sql.sql import certainty, disjunction
from cobalamin.engines.sql.tables import truth_name
from cobalamin.model.counts import ALL, SITE, Counts, Group, Survey
from cobalamin.records.sql_text import quote
from cobalamin.rules.counting import UNKNOWN, Counting, Measure, Rows

DESIGN = "(weight IS NOT NULL AND unit IS NOT NULL)"


class Population:
    """Counts of the people of an engine that was made with the stage of a report; `columns` go into its table of patterns."""

    def __init__(self, engine: DuckDBEngine, plan: Counting):
        self.engine, self.plan, self.con = engine, plan, engine.con
        self.groups = {key: f"g{index}" for index, key in enumerate(plan.groups)}
        self.steps = {step: f"s{index}" for index, step in enumerate(plan.steps)}
        self.path = {step: f"p{index}" for index, step in enumerate(plan.path)}
        self.measures = {measure.id: f"m{index}" for index, measure in enumerate(plan.measures)}

    def columns(self) -> dict[str, str]:
        """The SQL of every column a person's row needs beside the statuses."""
        held = {self.groups[key]: certainty(self._any(rows)).text for key, rows in self.plan.groups.items()}
        held |= {self.steps[step]: certainty(self._any(rows)).text for step, rows in self.plan.steps.items()}
        held |= {self.path[step]: certainty(self._any(rows)).text for step, rows in self.plan.path.items()}
        held |= {self.measures[measure.id]: self._measure(measure) for measure in self.plan.measures}
        return held | {name: name for name in ("site", "weight", "stratum", "psu")}

    def _any(self, rows: Rows) -> Any:
        return disjunction(self.engine.expressions.column(truth_name(*row)) for row in rows)

    def _measure(self, measure: Measure) -> str:
        if measure.rows:
            return str(self._any(measure.rows).text)
        status = self.engine.output.status(self.engine.output.plan.statuses[measure.guideline])
        return f"CASE WHEN {status} <> {quote(UNKNOWN)} THEN {status} IN ({', '.join(map(quote, measure.statuses))}) END"

    def counts(self) -> Counts:
        """Every group counted, from the table that `DuckDBEngine.patterns` left behind."""
        survey = self._survey()
        found = Counts(survey=survey)
        by_group = {("", ALL): "TRUE", **{key: column for key, column in self.groups.items()}}
        for (dimension, name), condition in by_group.items():
            for row in self._rows(quote(name), condition):
                found.groups.append(self._group(dimension or ALL, row))
        found.groups += [self._group(SITE, row) for row in self._rows("site", "site <> ''")]
        found.groups = [group for group in found.groups if group.people]
        if survey:
            held = {(group.dimension, group.name): group for group in found.groups}
            for (dimension, name), condition in by_group.items():
                self._weigh(held, dimension or ALL, quote(name), condition)
            self._weigh(held, SITE, "site", "site <> ''")
        return found

    def _rows(self, name: str, condition: str) -> Iterator[tuple[Any, ...]]:
        counted = ["count(*)", *(f"count(*) FILTER ({column})" for column in (*self.steps.values(), *self.path.values()))]
        for column in self.measures.values():
            counted += [f"count(*) FILTER ({column})", f"count({column})"]
        yield from self.con.execute(f"SELECT {name} AS name, {', '.join(counted)} FROM patterns WHERE {condition} GROUP BY 1 ORDER BY 1").fetchall()

    def _group(self, dimension: str, row: tuple[Any, ...]) -> Group:
        name, people, *numbers = row
        steps, path, pairs = numbers[: len(self.steps)], numbers[len(self.steps) : len(self.steps) + len(self.path)], numbers[len(self.steps) + len(self.path) :]
        return Group(dimension, name, people, dict(zip(self.steps, steps, strict=True)), dict(zip(self.path, path, strict=True)),
                     {id: (pairs[2 * index], pairs[2 * index + 1]) for index, id in enumerate(self.measures)})  # fmt: skip

    def _survey(self) -> Survey | None:
        """The design, or None where nobody has a weight; whoever has no sampling unit where nobody has one is a unit."""
        weighted, strata, units = self.con.execute("SELECT bool_or(weight > 0), bool_or(stratum <> ''), bool_or(psu <> '') FROM patterns").fetchall()[0]
        if not weighted:
            return None
        unit = "nullif(psu, '')" if units else "place::VARCHAR"
        if strata:
            unit = f"CASE WHEN stratum <> '' THEN {unit} END"
        self.con.execute(f"ALTER TABLE patterns ADD COLUMN unit VARCHAR; UPDATE patterns SET unit = {unit}")
        people, light, loose = self.con.execute(
            f"SELECT count(*) FILTER ({DESIGN}), count(*) FILTER (weight IS NULL), count(*) FILTER (weight IS NOT NULL AND unit IS NULL) FROM patterns").fetchall()[0]
        found = self.con.execute(f"SELECT DISTINCT stratum, unit FROM patterns WHERE {DESIGN}").fetchall()
        return Survey(people, light, loose, set(found))

    def _weigh(self, groups: dict[tuple[str, str], Group], dimension: str, name: str, condition: str) -> None:
        sums = [part for column in self.measures.values()
                for part in (f"count({column})", f"COALESCE(sum(weight) FILTER ({column} IS NOT NULL), 0)", f"COALESCE(sum(weight) FILTER ({column}), 0)")]  # fmt: skip
        query = f"SELECT {name} AS name, stratum, unit, {', '.join(sums)} FROM patterns WHERE {DESIGN} AND weight > 0 AND {condition} GROUP BY 1, 2, 3"
        for group_name, stratum, unit, *numbers in self.con.execute(query).fetchall():
            weighted = groups[dimension, group_name].weighted
            for index, id in enumerate(self.measures):
                weighted.setdefault(id, {})[stratum, unit] = tuple(numbers[3 * index : 3 * index + 3])
