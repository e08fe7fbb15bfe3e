"""Which steps and rows of a program answer each field of the assessment: the plan every engine fills in."""

from __future__ import annotations

from dataclasses import dataclass

from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program
from cobalamin.rules.inputs import Input, evidence_of, inputs_of, measured_in, rule_id
from cobalamin.rules.schedules import REGIMEN, REGIMENS_ALSO, REVIEWS

WORD_FIELDS = {"status": "unknown", "status_basis": "none", "urgency": "none", "severity": "none"}
"""Fields of the assessment that are one concluded word, and what they are when nothing was concluded."""
LIST_FIELDS = ("red_flags", "findings", "notes", "alternatives", "prevention")
TEST_FIELDS = {"because": "test_reasons", "first": "tests_first", "next": "tests_next", "cause": "tests_cause"}
CAUSE_FIELDS = {"confirmed": "causes_confirmed", "probable": "causes_probable", "possible": "causes_possible"}
"""How sure a cause is, surest first, and the collection it comes from."""
TREATMENT_WORDS = {"start": "treatment_start", "regimen": REGIMEN, "duration": "treatment_duration"}
REGIMEN_FIELDS = ("regimen", "route", "duration")
"""What of a treatment is one word or none."""
TREATMENT_LISTS = {"cautions": "cautions", "alternatives": REGIMENS_ALSO}
RESPONSE_LISTS = {"because": "response_because", "look_for": "response_look_for", "actions": "response_actions", "expected": "response_expected"}
ADVISED, ADEQUATE, INDICATOR, INDICATOR_CLASS = "test_advised", "response_adequate", "combined_indicator", "combined_indicator_class"

ALL_LISTS = (*LIST_FIELDS, *TEST_FIELDS.values(), *CAUSE_FIELDS.values(), *TREATMENT_LISTS.values(), *RESPONSE_LISTS.values(), REVIEWS)


@dataclass(frozen=True)
class RowTrace:
    """How one rule appears in the trace when it counts."""

    step: int
    row: int
    rule: str
    source: str
    locator: str
    inputs: tuple[Input, ...]
    measured: tuple[n.Node, ...]


@dataclass(frozen=True)
class Answer:
    """Where every field of an assessment under one guideline comes from."""

    guideline: str
    words: dict[str, int | None]
    statuses: dict[str, int | None]
    lists: dict[str, dict[str, list[tuple[int, int]]]]
    trace: tuple[tuple[int, str, tuple[RowTrace, ...]], ...]
    indicator: n.Node | None
    anchors: dict[str, n.Node]
    """How many days ago each schedule begins that is not counted from the day itself."""


def answer(program: Program, guideline: str) -> Answer:
    """The plan of an assessment under *guideline*, with the status under every guideline of the program."""
    trace = []
    for number in program.takes[guideline]:
        step = program.steps[number]
        if step.table.stage in program.knowledge.on_request:
            # no part of the answer rests on it
            continue
        rows = []
        for index, condition in enumerate(step.conditions):
            evidence = evidence_of(program, step, index, guideline)
            source = program.knowledge.sources[evidence.source].title
            rows.append(RowTrace(number, index, rule_id(step, index, guideline), source, evidence.where,
                                 inputs_of(condition), measured_in(condition)))  # fmt: skip
        trace.append((number, step.table.hit, tuple(rows)))
    return Answer(
        guideline,
        {name: program.step_of(guideline, name) for name in (*WORD_FIELDS, *TREATMENT_WORDS.values(), ADVISED, ADEQUATE, INDICATOR_CLASS)},
        {other: program.step_of(other, "status") for other in program.takes},
        {name: program.contributions(guideline, name) for name in ALL_LISTS},
        tuple(trace),
        _indicator(program),
        program.anchors[guideline],
    )


def _indicator(program: Program) -> n.Node | None:
    """The combined indicator as the conditions use it, once bound."""
    for step in program.steps:
        for condition in step.conditions:
            for node in condition.walk():
                if isinstance(node, n.Named) and node.name == INDICATOR:
                    return node
    return None
