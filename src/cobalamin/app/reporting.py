"""The report on many people: the cascade of care, statuses by guideline, prevalence and the account, as plain data and as a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from cobalamin.app.comparison import Comparison
from cobalamin.app.counting import count_people
from cobalamin.app.judging import judged_data
from cobalamin.app.replaying import replay
from cobalamin.app.suppression import hidden
from cobalamin.app.waiting import Waits, waiting
from cobalamin.model.account import Account
from cobalamin.model.counts import ALL, SITE, Counts, Group
from cobalamin.outputs.plain import to_json
from cobalamin.outputs.whole_file import whole_file
from cobalamin.rules.counting import Counting
from cobalamin.run import Run
from cobalamin.simulation.world import ABOUT
from cobalamin.stats.shares import wilson
from cobalamin.stats.survey import Estimate, Sums, ratio

CONFIDENCE = 0.95
ADULTS, AGES, SEXES = "survey_groups", "age_groups", "sexes"


def report_data(run: Run, account: Account, small_cells: int | None = None, waits: Waits | None = None, truth: Path | None = None) -> dict[str, Any]:
    """Everything a report says, as plain data; counts that are left out are None. *account* is filled with where every row went.

    *waits*, where the records were replayed day by day, say how long people waited.
    *truth*, the truth.parquet of invented people, judges every guideline; nobody in it is real, so no count of it is left out.
    """
    below = int(run.knowledge.pathway["small_cells_below"]) if small_cells is None else small_cells
    comparison, counts, plan = count_people(run)
    account.take(comparison.account)
    return {
        "as_of": run.as_of, "guideline": run.guideline, "synthetic": _invented(run) or truth is not None,
        "pathway_version": run.knowledge.version, "people": comparison.patterns.total(),
        "confidence": CONFIDENCE, "small_cells_below": below,
        "cascade": {"steps": list(plan.path), "groups": _cascade(counts.groups, list(plan.path), below)},
        **_statuses(comparison, run.guideline, below),
        "prevalence": _prevalence(counts, plan, below),
        "survey": _survey(counts),
        **({} if waits is None else {"waiting": waiting(*waits, run.knowledge.pathway["waits_shown_after"], CONFIDENCE, below)}),
        **({} if truth is None else {"truth": judged_data(run, truth)}),
        "account": account.to_dict(),
    }  # fmt: skip


def _invented(run: Run) -> bool:
    """Whether the people were made by `cobalamin simulate`, which says so beside them."""
    return isinstance(run.source, (str, Path)) and (Path(run.source) / ABOUT).is_file()


def _parts(groups: Iterable[Group]) -> list[tuple[tuple[str, str], list[tuple[str, str]]]]:
    """Which groups add up to which: each way of grouping to everybody, and the oldest ages to the adults."""
    keys = {(group.dimension, group.name): group.people for group in groups}
    whole = (ALL, ALL)
    found = [(whole, [key for key in keys if key[0] == dimension]) for dimension in (AGES, SEXES, SITE)]
    ages = [key for key in keys if key[0] == AGES]
    for adults in [key for key in keys if key[0] == ADULTS]:
        for first in range(len(ages)):
            for last in range(first + 1, len(ages) + 1):
                if sum(keys[key] for key in ages[first:last]) == keys[adults]:
                    found.append((adults, ages[first:last]))
    # sites add up to everybody only where everybody has one
    return [(total, parts) for total, parts in found if sum(keys[key] for key in parts) == keys[total]]


def _cascade(groups: list[Group], steps: list[str], below: int) -> list[dict[str, Any]]:
    shown = [group for group in groups if group.dimension != ADULTS]
    parts = _parts(shown)
    columns: dict[tuple[str, str], dict[tuple[str, str], int]] = {("people", ""): {(g.dimension, g.name): g.people for g in shown}}
    for step in steps:
        columns["each", step] = {(g.dimension, g.name): g.steps[step] for g in shown}
        columns["path", step] = {(g.dimension, g.name): g.path[step] for g in shown}
    gone = {column: hidden(held, parts, below) for column, held in columns.items()}

    def kept(column: tuple[str, str], key: tuple[str, str]) -> int | None:
        return None if key in gone[column] else columns[column][key]

    found = []
    for group in shown:
        key = group.dimension, group.name
        found.append({"dimension": group.dimension, "group": group.name, "people": kept(("people", ""), key),
                      **{way: {step: kept((way, step), key) for step in steps} for way in ("each", "path")}})  # fmt: skip
    return found


def _statuses(comparison: Comparison, guideline: str, below: int) -> dict[str, Any]:
    """Statuses under each guideline, how many change against the chosen one, and the rows that change them."""
    statuses = comparison.statuses()
    people = comparison.patterns.total()
    gone = {g: hidden({**counts, "": people}, [("", list(counts))], below) for g, counts in statuses.items()}
    changes = comparison.changes(guideline)
    flips = Counter[str]()
    for change in changes:
        flips[change["guideline"]] += change["people"]
    small = {g: hidden({**{index: c["people"] for index, c in enumerate(changes) if c["guideline"] == g}, -1: flips[g]},
                       [(-1, [index for index, c in enumerate(changes) if c["guideline"] == g])], below) for g in flips}  # fmt: skip
    return {
        "statuses": {g: {s: None if s in gone[g] else number for s, number in sorted(counts.items())} for g, counts in statuses.items()},
        "flips": {g: None if -1 in small.get(g, ()) else flips[g] for g in statuses if g != guideline},
        "changes": [{**change, "people": None if index in small[change["guideline"]] else change["people"]} for index, change in enumerate(changes)],
    }


def _prevalence(counts: Counts, plan: Counting, below: int) -> list[dict[str, Any]]:
    parts = _parts(counts.groups)
    found = []
    for measure in plan.measures:
        have = {(g.dimension, g.name): g.measured[measure.id][0] for g in counts.groups}
        lack = {(g.dimension, g.name): g.measured[measure.id][1] - g.measured[measure.id][0] for g in counts.groups}
        gone = hidden(have, parts, below) | hidden(lack, parts, below)
        rows = []
        for group in counts.groups:
            key, (number, known) = (group.dimension, group.name), group.measured[measure.id]
            row: dict[str, Any] = {"dimension": group.dimension, "group": group.name, "found": None, "known": known if known >= below or not known else None,
                                   "share": None, "low": None, "high": None}  # fmt: skip
            if counts.survey:
                row["survey"] = None
            if key not in gone and row["known"]:
                share = wilson(number, known, CONFIDENCE)
                row |= {"found": number, "share": share.share, "low": share.low, "high": share.high}
                if counts.survey:
                    row["survey"] = _weighed(ratio(counts.survey.units, {u: Sums(*held) for u, held in group.weighted.get(measure.id, {}).items()}, CONFIDENCE))
            elif key not in gone and row["known"] == 0:
                row["found"] = 0
            rows.append(row)
        found.append({"measure": measure.id, "guideline": measure.guideline or None, "statuses": list(measure.statuses), "groups": rows})
    return found


def _weighed(estimate: Estimate) -> dict[str, Any]:
    """A share as the survey estimates it, with its error and three intervals."""
    exact, logit = estimate.korn_graubard(CONFIDENCE), estimate.logit(CONFIDENCE)
    return {"share": estimate.value, "error": estimate.error, "people": estimate.people, "population": estimate.weight, "freedom": estimate.freedom,
            "korn_graubard": list(exact) if exact else None, "t": list(estimate.t) if estimate.t else None, "logit": list(logit) if logit else None,
            "reliable": estimate.reliable(CONFIDENCE)}  # fmt: skip


def _survey(counts: Counts) -> dict[str, Any] | None:
    held = counts.survey
    if held is None:
        return None
    strata = Counter(stratum for stratum, _ in held.units)
    return {"people": held.people, "without_weight": held.without_weight, "without_design": held.without_design, "strata": len(strata),
            "units": len(held.units), "lonely": sum(number == 1 for number in strata.values()), "freedom": len(held.units) - len(strata)}  # fmt: skip


def write_report(run: Run, out: Path, lang: str, format: str, small_cells: int | None, replayed: bool = False, truth: Path | None = None) -> Account:
    """Write the report to *out* as a page or as JSON, whole or not at all; returns where every row went.

    *replayed* adds how long people waited, *truth* (of invented people) how well each guideline finds them.
    """
    account = Account()
    waited = replay(run) if replayed else None
    data = report_data(run, account, small_cells, (waited.waits, waited.missed) if waited else None, truth)
    with whole_file(out) as draft:
        if format == "json":
            text = to_json(data, indent=1) + "\n"
        else:
            from cobalamin.outputs.report import report_page

            text = report_page(run.knowledge, data, lang)
        draft.write_text(text, encoding="utf-8")
    return account
