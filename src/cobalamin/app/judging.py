"""Each guideline against the hidden truth of invented people: whom it finds, whom it calls deficient wrongly, and what its tests cost."""

from __future__ import annotations

import json
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from cobalamin.errors import InputError, UsageError
from cobalamin.outputs.language import language, quantity_run
from cobalamin.outputs.lines import width, wrap
from cobalamin.outputs.page import COLUMNS
from cobalamin.outputs.plain import to_json
from cobalamin.outputs.summary import cell_run
from cobalamin.records.opened import scratch_folder
from cobalamin.records.sql_text import quote
from cobalamin.rules.knowledge import Knowledge
from cobalamin.run import Run
from cobalamin.simulation.region import Region, region_named
from cobalamin.simulation.world import ABOUT
from cobalamin.stats.shares import wilson

FOUND = ("deficient", "probable")
"""The statuses that say a person lacks B12."""
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Judged:
    """One guideline over people not yet treated: counts of people, and the tests it asks for now."""

    guideline: str
    deficient: int
    """People who lack B12, by the truth."""
    others: int
    found: int
    """Of the deficient: called deficient or probable."""
    reached: int
    """Of the deficient: found, or a test is asked for."""
    wrongly: int
    """Of the others: called deficient or probable."""
    settled: int
    """Of all: a status other than unknown, which takes a result."""
    settled_deficient: int
    tests: int
    cost: float

    @property
    def parts(self) -> dict[str, tuple[int, int]]:
        """What each share counts, and of how many."""
        settled_others = self.settled - self.settled_deficient
        return {
            "sensitivity": (self.found, self.deficient),
            "sensitivity_tested": (self.found, self.settled_deficient),
            "specificity": (self.others - self.wrongly, self.others),
            "specificity_tested": (settled_others - self.wrongly, settled_others),
            "reached": (self.reached, self.deficient),
        }

    @property
    def figures(self) -> dict[str, float | None]:
        """Shares in percent and the cost of each deficient person reached; None where there is nobody to divide by."""
        return {**{name: 100 * part / whole if whole else None for name, (part, whole) in self.parts.items()},
                "cost_each_reached": self.cost / self.reached if self.reached else None}  # fmt: skip

    @property
    def intervals(self) -> dict[str, tuple[float, float] | None]:
        """Wilson's interval of each share, in percent."""
        shares = {name: wilson(part, whole, CONFIDENCE) for name, (part, whole) in self.parts.items()}
        return {name: (100 * share.low, 100 * share.high) if share.people else None for name, share in shares.items()}

    def to_dict(self) -> dict[str, Any]:
        """The counts, figures and intervals as plain data."""
        return {**self.__dict__, **self.figures, "intervals": self.intervals}


def region_of(truth: Path) -> Region:
    """The region whose people a truth file is about, named in synthetic.json beside it."""
    try:
        about = json.loads((truth.parent / ABOUT).read_text(encoding="utf-8"))
        return region_named(str(about["region"]))
    except (OSError, ValueError, KeyError, TypeError):
        raise InputError(f"{truth.parent / ABOUT} is missing or not what cobalamin simulate writes; it says which region the truth is about.") from None


def judge(run: Run, truth: Path) -> list[Judged]:
    """Every guideline against *truth* (truth.parquet of `cobalamin simulate`), over the people of *run* not yet treated by the truth.

    A deficient person is found when the status is deficient or probable, and reached when found or when a test is asked for.
    The cost is that of the tests each guideline asks for now; prices are the region's, in its currency.
    """
    import duckdb

    costs = region_of(truth).costs
    prices = " ".join(f"WHEN {quote(id)} THEN {number.middle!r}" for id, number in costs.items())
    asked = f"list_filter(list_concat(test.first, test.next), lambda id: id IN ({', '.join(map(quote, costs))}))"
    found = f"status IN ({', '.join(map(quote, FOUND))})"
    judged = []
    run.words  # noqa: B018 - made once, for every guideline
    for guideline in run.knowledge.guidelines:
        one = copy(run)
        one.guideline = guideline
        with scratch_folder() as folder, one.opened(Path(folder)) as engine:
            people = f"SELECT patient_id, status, CASE WHEN test.advised THEN {asked} ELSE [] END AS asked FROM ({engine.query(False, ('patient_id', 'status', 'test'))})"
            try:
                known = f"SELECT patient_id, deficient FROM read_parquet({quote(truth)}) WHERE treated IS NULL"
                engine.con.execute(f"CREATE TEMP TABLE truth AS {known}")
            except duckdb.Error:
                raise InputError(f"{truth} is no truth.parquet of cobalamin simulate.") from None
            row = engine.con.execute(f"""SELECT count(*) FILTER (WHERE deficient), count(*) FILTER (WHERE NOT deficient),
  count(*) FILTER (WHERE deficient AND {found}), count(*) FILTER (WHERE deficient AND ({found} OR len(asked) > 0)),
  count(*) FILTER (WHERE NOT deficient AND {found}), count(*) FILTER (WHERE status <> 'unknown'), count(*) FILTER (WHERE deficient AND status <> 'unknown'),
  COALESCE(sum(len(asked)), 0)::BIGINT, COALESCE(sum(list_sum(list_transform(asked, lambda id: CASE id {prices} END))), 0)::DOUBLE
FROM ({people}) JOIN truth USING (patient_id)""").fetchall()[0]
            judged.append(Judged(guideline, *row))
            run.notices = one.notices
    if not judged[0].deficient + judged[0].others:
        raise UsageError(f"{truth} is about none of the people in the input.")
    return judged


def judged_data(run: Run, truth: Path) -> dict[str, Any]:
    """How every guideline does against the truth, as plain data; everybody in it is invented."""
    region, judged = region_of(truth), judge(run, truth)
    return {"synthetic": True, "region": region.id, "title": region.title, "currency": region.currency, "confidence": CONFIDENCE,
            "untreated": judged[0].deficient + judged[0].others, "deficient": judged[0].deficient, "guidelines": [one.to_dict() for one in judged]}  # fmt: skip


def judge_all(run: Run, truth: Path, lang: str, format: str) -> None:
    """Print how every guideline does against the truth."""
    if format == "json":
        click.echo(to_json(judged_data(run, truth), indent=1))
    else:
        click.echo(print_judged(run.knowledge, region_of(truth), judge(run, truth), lang))


NAMES = 44
"""Width of the names of the figures."""
ROWS = ("sensitivity", "sensitivity_tested", "specificity", "specificity_tested", "reached")
COUNTS = ("tests", "cost", "cost_each_reached")


def print_judged(knowledge: Knowledge, region: Region, judged: list[Judged], lang: str) -> str:
    """The table by guideline, in a language."""
    words = language(lang)
    first = judged[0]
    lines = [*wrap(words.say("simulation-notice"), "", "", COLUMNS), ""]
    lines += wrap(words.say("judged-title", region=words.label(region.title), people=quantity_run(f"{first.deficient + first.others:,}"),
                            deficient=quantity_run(f"{first.deficient:,}")), "", "", COLUMNS)  # fmt: skip
    lines += ["", " " * NAMES + "".join(cell_run(one.guideline) for one in judged)]
    for name in (*ROWS, *COUNTS):
        shown = [{**one.to_dict()}[name] for one in judged]
        cells = ["-" if value is None else f"{value:,.0f}" if name in ("tests", "cost") else f"{value:,.1f}{' %' if name in ROWS else ''}" for value in shown]
        label = words.say(f"judged-{name}", currency=quantity_run(region.currency))
        lines.append(label + " " * max(NAMES - width(label), 1) + "".join(cell_run(cell) for cell in cells))
    lines += [""] + [f"{quantity_run(one.guideline)}  {words.label(knowledge.guidelines[one.guideline].title)}" for one in judged]
    for note in ("judged-meaning", "judged-costs", "disclaimer"):
        lines += ["", *wrap(words.say(note), "", "", COLUMNS)]
    return words.directed(lines)
