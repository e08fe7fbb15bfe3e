"""Who stands on a worklist and why: the plan that every engine fills in, one row a person and kind of list."""

from __future__ import annotations

from dataclasses import dataclass

from cobalamin.errors import KnowledgeError
from cobalamin.rules import nodes as n
from cobalamin.rules.answer import CAUSE_FIELDS, TEST_FIELDS
from cobalamin.rules.bind import Program
from cobalamin.rules.inputs import evidence_of, rule_id
from cobalamin.rules.schedules import WORKLIST, Task

TESTS = tuple(name for field, name in TEST_FIELDS.items() if field != "because")
"""The collections of tests that may stand beside a name, the most pressing first."""
CAUSES = tuple(CAUSE_FIELDS.values())
REASON_FIELDS = ("reason", "due", "urgency", "rule", "source", "where", "checked")
"""What is said of each reason for which somebody stands on a list."""


@dataclass(frozen=True)
class Reason:
    """One row of a worklist table: its task, and what of the reason is the same for everybody."""

    kind: str
    task: Task
    step: int
    row: int
    anchor: n.Node | None
    """How many days ago the task is counted from; None when from the day itself."""
    rule: str
    source: str
    where: str
    checked: str


@dataclass(frozen=True)
class Shown:
    """A result that stands beside a name: what it was (a result or None) and how many days ago."""

    name: str
    value: n.Node | None
    day: n.Node


@dataclass(frozen=True)
class Plan:
    """Where every field of a worklist under one guideline comes from."""

    kinds: tuple[str, ...]
    reasons: tuple[Reason, ...]
    shown: tuple[Shown, ...]
    urgencies: tuple[str, ...]
    """From what cannot wait to what nothing hurries."""

    def steps_of(self, kind: str) -> dict[str, tuple[Reason, ...]]:
        """Every step that a kind of list may ask for, in order of first mention, and the reasons that ask for it."""
        words = dict.fromkeys(word for reason in self.of(kind) for word in reason.task.what)
        return {word: tuple(reason for reason in self.of(kind) if word in reason.task.what) for word in words}

    def of(self, kind: str) -> tuple[Reason, ...]:
        """The reasons of one kind, in the order of the tables."""
        return tuple(reason for reason in self.reasons if reason.kind == kind)

    def columns(self) -> list[str]:
        """The names of what stands beside a name, in order."""
        return [column for shown in self.shown for column in ((shown.name, f"{shown.name}_date") if shown.value is not None else (f"{shown.name}_date",))]


@dataclass(frozen=True)
class Counts:
    """How many people there are, how many stand on a list, and how many on each kind and for each (kind, reason)."""

    people: int
    listed: int
    kinds: dict[str, int]
    reasons: dict[tuple[str, str], int]


def plan(program: Program, guideline: str) -> Plan:
    """The plan of the worklists under *guideline*, for a program in which the stage was asked for."""
    knowledge = program.knowledge
    kinds = tuple(str(kind) for kind in knowledge.pathway["worklists"])
    reasons = []
    for kind in kinds:
        for word, rows in program.contributions(guideline, WORKLIST + kind).items():
            if len(rows) > 1:
                place = program.steps[rows[1][0]].rows[rows[1][1]].place
                raise KnowledgeError(f"'{word}' is put on a worklist by two rows under {guideline}.", place, "Give each row a task of its own.", "two-rows")
            ((step, row),) = rows
            evidence = evidence_of(program, program.steps[step], row, guideline)
            reasons.append(Reason(kind, knowledge.tasks[word], step, row, program.anchors[guideline].get(word), rule_id(program.steps[step], row, guideline),
                                  knowledge.sources[evidence.source].title, evidence.where, evidence.checked))  # fmt: skip
    shown = tuple(Shown(name, program.shown[columns["value"]] if "value" in columns else None, program.shown[columns["day"]])
                  for name, columns in knowledge.pathway["worklist_shows"].items())  # fmt: skip
    return Plan(kinds, tuple(reasons), shown, tuple(knowledge.pathway["urgency_order"]))


