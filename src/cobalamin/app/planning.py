"""The plan of one person: treatment with dated doses, and reviews."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

from cobalamin.assessing import memory_engine, understood
from cobalamin.errors import UsageError, nearest
from cobalamin.model.account import Account
from cobalamin.model.assessment import Assessment
from cobalamin.records.opened import scratch_folder
from cobalamin.run import Run


def plan_of(run: Run, regimen: str | None = None) -> Assessment:
    """The assessment of the one person of *run*, with the doses of *regimen* where another is wanted than the first."""
    engine = memory_engine(run.as_of, run.guideline, run.files)
    with scratch_folder() as scratch:
        # two people are enough to know that there is more than one
        people = list(islice(run.cases(Account(), Path(scratch)), 2))
    if len(people) != 1:
        raise UsageError("A plan is for one person: name one with --patient ID." if people else "There is no patient in the input.")
    case = understood(people[0], engine, Account())
    found = engine.assess(case)
    if regimen is None or regimen == found.treatment["regimen"]:
        return found
    offered = found.treatment["alternatives"]
    if regimen not in offered:
        raise UsageError(f"'{regimen}' is not offered to this person; there are: {', '.join(filter(None, [found.treatment['regimen'], *offered])) or 'none'}. "
                         f"{nearest(regimen, offered)}".strip())  # fmt: skip
    route = run.knowledge.regimens[regimen].route
    others = [other for other in (found.treatment["regimen"], *offered) if other not in (regimen, None)]
    return replace(found, treatment=found.treatment | {"regimen": regimen, "route": route, "doses": engine.doses(case, regimen), "alternatives": others})
