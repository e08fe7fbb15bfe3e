"""Everybody under every guideline: counts, who changes, and by which rule. Also the summary of a population."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from cobalamin.assessing import memory_engine, understood
from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.engines.memory.expressions import Values
from cobalamin.engines.memory.tables import chosen
from cobalamin.errors import NothingToAssess
from cobalamin.model.account import Account
from cobalamin.outputs.plain import harmless, to_json
from cobalamin.outputs.summary import print_summary
from cobalamin.outputs.whole_file import whole_file
from cobalamin.records.opened import scratch_folder
from cobalamin.rules.inputs import rule_id
from cobalamin.run import Run

Pattern = tuple[tuple[str, str, str], ...]
"""(guideline, status, deciding rule) under every guideline: everybody with the same pattern is counted together."""


@dataclass
class Comparison:
    """How many people have each pattern of statuses and rules, and where every row of the input went."""

    patterns: Counter[Pattern] = field(default_factory=Counter)
    account: Account = field(default_factory=Account)

    def statuses(self) -> dict[str, Counter[str]]:
        """How many have each status, by guideline."""
        found: dict[str, Counter[str]] = {}
        for pattern, number in self.patterns.items():
            for guideline, status, _ in pattern:
                found.setdefault(guideline, Counter())[status] += number
        return found

    def changes(self, guideline: str) -> list[dict[str, Any]]:
        """Who changes against *guideline*: the other guideline, both statuses, both rules and how many people."""
        found: Counter[tuple[str, str, str, str, str]] = Counter()
        for pattern, number in self.patterns.items():
            status, rule = next((s, r) for g, s, r in pattern if g == guideline)
            for other, other_status, other_rule in pattern:
                if other_status != status:
                    found[other, status, other_status, rule, other_rule] += number
        names = ("guideline", "status", "becomes", "rule", "by_rule")
        return [{**dict(zip(names, key, strict=True)), "people": number} for key, number in sorted(found.items(), key=lambda item: (item[0][0], -item[1], item[0]))]

    def to_dict(self, guideline: str) -> dict[str, Any]:
        """The comparison as plain data."""
        return {"guideline": guideline, "people": self.patterns.total(),
                "statuses": {g: dict(sorted(counts.items())) for g, counts in self.statuses().items()},
                "changes": self.changes(guideline), "account": self.account.to_dict()}  # fmt: skip


def people_of(run: Run, comparison: Comparison) -> Iterator[tuple[str, Pattern]]:
    """Everybody's id and pattern, one at a time, by the memory engine."""
    engine = memory_engine(run.as_of, run.guideline, run.files)
    account = comparison.account
    with scratch_folder() as scratch:
        for case in run.cases(account, Path(scratch)):
            yield str(case["patient_id"]), pattern_of(engine, engine.values(understood(case, engine, account)))


def pattern_of(engine: MemoryEngine, values: Values) -> Pattern:
    """One person's status and deciding rule under every guideline."""
    pattern = []
    for guideline, number in engine.answer.statuses.items():
        step = engine.program.steps[number or 0]
        rows = chosen(step.table.hit, values.truths[step.number])
        pattern.append((guideline, values.words[step.number].get("status") or "unknown", rule_id(step, rows[0], guideline) if rows else ""))
    return tuple(pattern)


def compare(run: Run, out: Path | None = None) -> Comparison:
    """Count everybody's patterns; write those whose status differs to *out* (CSV or JSON lines) when given."""
    if out is not None:
        with whole_file(out) as draft:
            return _compared(run, draft)
    return _compared(run, None)


def _compared(run: Run, out: Path | None) -> Comparison:
    comparison = Comparison()
    if run.engine != "memory":
        with scratch_folder() as folder, run.opened(Path(folder)) as engine:
            for pattern, number in engine.patterns(comparison.account, out):
                comparison.patterns[pattern] += number
    else:
        differing = []
        for id, pattern in people_of(run, comparison):
            comparison.patterns[pattern] += 1
            if out is not None and len({status for _, status, _ in pattern}) > 1:
                differing.append({"patient_id": id, **{f"{kind}_{g}": held for g, s, r in pattern for kind, held in (("status", s), ("rule", r))}})
        if out is not None:
            names = [f"{kind}_{g}" for g in memory_engine(run.as_of, run.guideline, run.files).answer.statuses for kind in ("status", "rule")]
            _write(differing, ["patient_id", *names], out)
    if not comparison.patterns:
        raise NothingToAssess("There is no patient in the input.")
    return comparison


def _write(rows: list[dict[str, str]], names: list[str], out: Path) -> None:
    import csv

    with out.open("w", encoding="utf-8", newline="") as file:
        if out.suffix == ".csv":
            writer = csv.DictWriter(file, names, lineterminator="\n")
            writer.writeheader()
            writer.writerows({**row, "patient_id": harmless(row["patient_id"])} for row in rows)
        else:
            file.writelines(to_json(row) + "\n" for row in rows)


def compare_all(run: Run, lang: str, format: str, out: Path | None) -> None:
    """Print a comparison as text or JSON."""
    comparison = compare(run, out)
    if format == "json":
        click.echo(to_json(comparison.to_dict(run.guideline), indent=1))
    else:
        click.echo(print_summary(run.knowledge, comparison.to_dict(run.guideline), lang))
