"""Why each resource is there: a Provenance with the rules that led to it, where each comes from and how well that was checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from cobalamin.outputs.content import Content, Section
from cobalamin.outputs.fhir.care_plan import PLAN
from cobalamin.outputs.fhir.communication import COMMUNICATION
from cobalamin.outputs.fhir.issue import ISSUE
from cobalamin.outputs.fhir.risk import RISK
from cobalamin.outputs.fhir.writer import Resource, Writer, reference_to
from cobalamin.outputs.language import foreign_run, quantity_run
from cobalamin.outputs.reason import Fired

TESTS, DRUG = "ServiceRequest", "MedicationRequest"
LEAD_TO = {
    "urgency": ISSUE, "red_flags": ISSUE, "severity": ISSUE, "test_advised": TESTS, "test_wanted": TESTS, "test_reasons": TESTS,
    "tests_first": f"{TESTS}.", "tests_next": f"{TESTS}.", "tests_cause": f"{TESTS}.", "treatment_start": DRUG, "regimen": DRUG, "treatment_duration": DRUG,
    "cautions": PLAN, "regimens_also": PLAN, "reviews": PLAN, "prevention": PLAN, "response_expected": "Goal.", "response_because": PLAN,
    "response_look_for": PLAN, "response_actions": PLAN, "response_adequate": PLAN,
}  # fmt: skip
"""What a conclusion leads to: one resource, all of a type, or (with a point at the end) the one of the concluded word. Others lead to the status."""


def provenances(writer: Writer, content: Content, made: Mapping[str, Resource], recorded: str) -> Iterator[Resource]:
    """A Provenance for each resource of *made* (by what it is about) that a rule led to; every rule that counted is in one at least."""
    led: dict[str, list[Fired]] = {element: [] for element in made}
    for found in content.trail.fired:
        for element in dict.fromkeys(element for name, words in found.row.then for word in words for element in _elements(name, word, made)):
            led[element].append(found)
    told = {found.entry.rule: _source(writer, content, found) for found in content.trail.fired}
    source = writer.knowledge.sources.get(writer.knowledge.guidelines[writer.guideline].source)
    policy = [source.url] if source and source.url.startswith("http") else []
    also = [*([COMMUNICATION] if COMMUNICATION in made else []), *(element for element in made if element.startswith(f"{RISK}."))]
    for element, fired in led.items():
        if fired:
            rules = [found.entry.rule for found in fired]
            lines = Section("", writer.say("heading-trace"), (), tuple(writer.line(quantity_run(rule), told[rule]) for rule in rules))
            yield writer.resource(
                "Provenance", f"Provenance.{element}", [lines], target=[reference_to(made[target]) for target in (element, *(also if element == RISK else ()))],
                occurredDateTime=writer.as_of, recorded=recorded, policy=policy, entity=[_entity(writer, rule, told[rule]) for rule in rules],
                agent=[{"type": {"coding": [dict(writer.how["assembler"])]}, "who": writer.author or {"display": writer.say("fhir-program")}}],
            )  # fmt: skip


def _entity(writer: Writer, rule: str, source: str) -> dict[str, Any]:
    """A rule as a source, by its id."""
    return {"role": "source", "what": {"identifier": {"system": writer.how["own"]["rules"], "value": rule}, "display": source}}


def _elements(name: str, word: str, made: Mapping[str, Resource]) -> Sequence[str]:
    """The resources that a concluded word led to, the status where none of its own was made."""
    aim = LEAD_TO.get(name, RISK)
    if aim.endswith("."):
        wanted = [element for element in (f"{aim}{word}", PLAN) if element in made][:1]
    else:
        wanted = [element for element in made if element == aim or (aim in (TESTS, DRUG) and element.startswith(f"{aim}."))]
        wanted = wanted or ([PLAN] if aim == DRUG and PLAN in made else [])
    return wanted or [RISK]


def _source(writer: Writer, content: Content, found: Fired) -> str:
    """Source, place, how well it was checked and by whom reviewed, as one text."""
    evidence, say = content.trail.evidence(found), writer.words.say
    reviewer = say("reviewed-by", reviewer=foreign_run(evidence.reviewer)) if evidence.reviewer else say("row-unreviewed")
    undecided = [] if found.entry.truth == "true" else [say("undecided")]
    checked = writer.words.joined([say(f"checked-{evidence.checked}"), reviewer, *undecided])
    return writer.string(say("source-line", source=quantity_run(found.entry.source), where=quantity_run(found.entry.locator), checked=checked))
