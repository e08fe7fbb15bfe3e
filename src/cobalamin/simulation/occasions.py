"""Occasions on which something was measured: which tests were ordered, what they showed, and what the doctor then gave.

The first round looks only at the result that doctors treat by, in people untreated, because treatment follows from it;
the second round measures everything, treatment included.
"""

from __future__ import annotations

from dataclasses import dataclass

from cobalamin.simulation.chance import Chance, chosen
from cobalamin.simulation.people import YEAR, depth, has
from cobalamin.simulation.region import Region, Result

MIDDLE_AGE = 40
"""The age at which a level that moves with age is the typical one."""
MOST = 64
"""Occasions of a person are numbered below this, so that person and occasion make one key."""


@dataclass(frozen=True)
class Occasions:
    """The SQL of one region and seed over the relation `invented` (see `people.people`)."""

    region: Region
    seed: str

    @property
    def chance(self) -> Chance:
        return Chance(self.seed, f"(n * {MOST} + v)")

    @property
    def person(self) -> Chance:
        return Chance(self.seed)

    def first_round(self) -> str:
        """Every occasion of everybody with the result that doctors treat by, were nobody treated; NULL where it was not ordered."""
        some = "SELECT *, unnest(range(CASE WHEN first_sign IS NOT NULL THEN 0 ELSE 1 END, occasions + 1)) AS v FROM invented"
        dated = f"SELECT *, CASE WHEN v = 0 THEN first_sign ELSE floor({self.chance.u('day')} * reach)::BIGINT END AS ago FROM ({some})"
        sunk = f"SELECT *, {depth(self.region, 'ago')} AS depth, COALESCE(first_sign >= ago, FALSE) AS sign FROM ({dated})"
        result = self.region.results[self.region.treated_by]
        return f"SELECT *, CASE WHEN {self._ordered(result)} THEN {self._measured(result, 'depth')} END AS guide FROM ({sunk})"

    def treated(self) -> str:
        """Who was given B12, with what, and how many days before the day of assessment it began."""
        r = self.region
        begun = f"ago - ceil({self.chance.waits('wait for treatment')} * {r.number('treatment_wait_days')})"
        given = f"guide < {r.number('acts_below')} AND {self.chance.below(r.number('treats'), 'treated')}"
        kinds = [t.share for t in r.treatments.values()]
        return (f"SELECT n, begun, {chosen(self.person.u('treatment'), kinds)} AS given FROM "
                f"(SELECT n, max(CASE WHEN {given} AND {begun} >= 0 THEN {begun} END)::BIGINT AS begun FROM first_round GROUP BY n) WHERE begun IS NOT NULL")  # fmt: skip

    def second_round(self) -> str:
        """Every occasion with every result ordered on it; relation `treated` says who was under treatment."""
        r = self.region
        under = "t.begun IS NOT NULL AND f.ago <= t.begun"
        left = f"({depth(r, 't.begun')}) * exp(-(t.begun - f.ago) / {r.number('recovery_days')!r})"
        joined = (f"SELECT f.* REPLACE (CASE WHEN {under} THEN {left} ELSE f.depth END AS depth), {under} AS under, t.begun "
                  "FROM first_round f LEFT JOIN treated t USING (n)")  # fmt: skip
        columns = []
        for result in r.results.values():
            measured = f"CASE WHEN {self._ordered(result)} THEN {self._measured(result, 'depth', 'under')} END AS {measure(result.id)}"
            columns.append(measured)
        # a number on treatment is measured again: what stood there was without
        follows = f"COALESCE(guide < {r.number('doubts_below')} AND NOT under, FALSE) AS doubted"
        return f"SELECT n, v, ago, site, female, {', '.join(columns)} FROM (SELECT *, {follows} FROM ({joined}))"

    def _ordered(self, result: Result) -> str:
        """Whether a test is done on an occasion."""
        name = result.with_ or result.id
        by = self.region.results[name]
        asked = f"{self.chance.u(f'{name} ordered')} * 100 < CASE WHEN sign THEN {by.with_sign} ELSE {by.ordered} END"
        return f"({asked} OR (doubted AND {self.chance.below(result.after, f'{result.id} after a doubt')}))" if result.after else f"({asked})"

    def _measured(self, result: Result, sunk: str, under: str = "FALSE") -> str:
        """What a test shows at a depth of deficiency: the person's own level, moved, with the variation of the day and of the assay."""
        if result.words:
            chances = " ".join(f"WHEN {self._because(cause)} THEN {percent}" for cause, percent in result.yes.items())
            return f"CASE WHEN {self.person.u(f'{result.id} positive')} * 100 < CASE {chances} ELSE {result.others} END THEN 1.0 ELSE 0.0 END"
        exposures = self.region.exposures.values()
        young = " ".join(f"WHEN age_days < {float(age) * YEAR!r} THEN {result.typical * times!r}" for age, times in result.young.items())
        own = f"CASE {young} WHEN female THEN {result.typical} ELSE {result.male or result.typical} END * exp({result.spread} * {self.person.z(result.id)})"
        if result.times_a_year_of_age != 1:
            own += f" * pow({result.times_a_year_of_age}, age_days / {YEAR} - {MIDDLE_AGE})"
        for e in exposures:
            if result.id in e.shifts:
                own += f" * CASE WHEN {has(e.id)} THEN {e.shifts[result.id]} ELSE 1 END"
        hidden = [f"(cause = {i} AND {self.person.below(e.hides[result.id], f'{e.id} hides {result.id}')})" for i, e in enumerate(exposures, 1) if result.id in e.hides]
        moved = result.falls * result.rises
        if moved != 1:
            power = sunk if result.late == 1 else f"pow({sunk}, {result.late})"
            if hidden:
                power = f"CASE WHEN {' OR '.join(hidden)} THEN 0 ELSE {power} END"
            own += f" * pow({moved}, {power})"
        if result.treated != 1 and under != "FALSE":
            own += f" * CASE WHEN {under} THEN {result.treated} ELSE 1 END"
        level = f"{own} * exp({result.within / 100} * {self.chance.z(f'{result.id} of the day')})"
        return self._assayed(result, level)

    def _because(self, cause: str) -> str:
        """Whether the deficiency comes from a cause."""
        ids = [i for i, e in enumerate(self.region.exposures.values(), 1) if (e.cause or e.id) == cause]
        return f"cause IN ({', '.join(map(str, ids)) or 'NULL'})"

    def _assayed(self, result: Result, level: str) -> str:
        """A level as the assay of the site's laboratory shows it."""
        assays = self.region.assays.get(result.id)
        if not assays:
            return level
        by_site = [assays[at_site(site, len(self.region.sites), [a.share for a in assays])] for site in range(len(self.region.sites))]
        if all(a.power == 1 and a.shift == 0 for a in by_site):
            return level
        power = " ".join(f"WHEN {site} THEN {a.power!r}" for site, a in enumerate(by_site))
        shift = " ".join(f"WHEN {site} THEN {a.shift!r}" for site, a in enumerate(by_site))
        return f"pow(10, CASE site {shift} END) * pow({level}, CASE site {power} END)"


def measure(result: str) -> str:
    """The column of a result."""
    return f'"result {result}"'


def at_site(site: int, sites: int, shares: list[float]) -> int:
    """Which of several ways a site has, the ways being shared out among the sites in their proportion."""
    at, sum_ = (site + 0.5) / sites * sum(shares), 0.0
    for place, share in enumerate(shares):
        sum_ += share
        if at < sum_:
            return place
    return len(shares) - 1
