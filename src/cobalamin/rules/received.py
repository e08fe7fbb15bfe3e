"""What the knowledge says of doses really given: which count, what follows a gap, and the spans both are judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules.files import at, mapping_at, only_keys, place_of
from cobalamin.rules.parameters import Evidence, read_evidence

if TYPE_CHECKING:
    from cobalamin.rules.knowledge import Knowledge

TIMING = ("on_time", "early", "too_early", "same_day", "late", "plan_over")
KIND = ("smaller_amount", "larger_amount", "amount_unknown", "form_unknown", "lasting_form", "other_form_in_course", "other_form_in_upkeep",
        "under_skin", "intravenous", "by_mouth_not_injected", "injected_not_by_mouth", "tablet_taken")  # fmt: skip
OUTSIDE = ("before_plan", "earlier_treatment")
GO_ON, BEGIN_AGAIN = "go_on", "begin_again"
AFTER = {"gap_in_course": (GO_ON, BEGIN_AGAIN), "gap_in_whole_course": (GO_ON, BEGIN_AGAIN), "gap_in_upkeep": (GO_ON,), "course_left": (GO_ON,),
         "missed": (GO_ON,), "tablet_missed": (GO_ON,)}  # fmt: skip
"""How the plan may go on after each kind of gap; upkeep after too long a gap is treatment begun anew, which the tables of the pathway decide."""
EVIDENCE = {"source", "where", "checked", "since", "reviewer"}
SPANS = {
    "shortest_gap": "dose_shortest_gap", "early_part": "upkeep_early_part", "course_seen_from": "course_seen_from", "course_gap": "course_gap",
    "whole_from": "course_whole_from", "whole_from_child": "course_whole_from_child", "child_below": "years_10", "open_for": "injection_course_open_for",
    "lapse": "injections_lapse_after",
}  # fmt: skip
"""The parameter behind each span and number that received doses are judged by."""


@dataclass(frozen=True)
class Verdict:
    """One way a dose can be given, or a gap can open: whether such a dose counts, how the plan goes on, and who says so."""

    id: str
    counts: bool
    then: str
    evidence: Evidence
    place: Place


@dataclass(frozen=True)
class Judging:
    """How received doses are judged: which drugs are looked at, and every verdict."""

    drugs: str
    injections: str
    unnamed: frozenset[str]
    lasting: frozenset[str]
    verdicts: dict[str, Verdict]

    def counts(self, id: str) -> bool:
        """Whether a dose given like this stands for a planned one."""
        return self.verdicts[id].counts

    def begins_again(self, id: str) -> bool:
        """Whether the first course is given again after such a gap."""
        return self.verdicts[id].then == BEGIN_AGAIN


@dataclass(frozen=True)
class Limits:
    """The spans in days, and the numbers, of a guideline on a day for one person."""

    shortest_gap: int
    early_part: int
    course_seen_from: int
    course_gap: int
    whole_from: int
    open_for: int
    lapse: int


def limits(knowledge: Knowledge, guideline: str, day: str, years: int | None) -> Limits:
    """The limits in force; *years* are completed years of age, None where they are not known."""
    # what was written down later than the day is what there is
    held = {name: _number(knowledge, parameter, guideline, max(day, knowledge.knowledge_from)) for name, parameter in SPANS.items()}
    child_below, child = held.pop("child_below"), held.pop("whole_from_child")
    if years is not None and years < child_below:
        held["whole_from"] = child
    return Limits(**held)


def _number(knowledge: Knowledge, parameter: str, guideline: str, day: str) -> int:
    found = knowledge.in_force(parameter, guideline, day)
    if found is None or found[1].values[0] is None:
        raise KnowledgeError(f"'{parameter}' has no value under {guideline} on {day}.", knowledge.parameters[parameter].place,
                             "Received doses are judged by it; write one.", "no-value")  # fmt: skip
    return int(found[1].values[0])


def read_judging(tree: dict[str, Any], file: str, sources: dict[str, Any]) -> Judging:
    """Check the file of verdicts and freeze it: every verdict the calendar knows is there, and no other."""
    place = Place(file)
    only_keys(tree, {"drugs", "injections", "unnamed", "lasting", "verdicts"}, place)
    rows = mapping_at(tree.get("verdicts") or {}, place)
    known = (*TIMING, *KIND, *OUTSIDE, *AFTER)
    for id in known:
        if id not in rows:
            raise KnowledgeError(f"says nothing of '{id}'.", place, "Write a row for every verdict.", "no-verdict")
    verdicts = {}
    for id, body in rows.items():
        spot = at(mapping_at(body, place), file, id)
        if id not in known:
            raise KnowledgeError(f"'{id}' is no verdict.", spot, nearest(str(id), known), "unknown-verdict")
        says = "then" if id in AFTER else "counts"
        only_keys(body, EVIDENCE | {says}, spot)
        allowed: tuple[object, ...] = AFTER.get(id, (True, False))
        if body.get(says) not in allowed:
            raise KnowledgeError(f"'{says}' of '{id}' is {body.get(says)!r}.", place_of(body.get(says), spot),
                                 f"It may be {' or '.join(str(word).lower() for word in allowed)}.", "verdict-shape")  # fmt: skip
        verdicts[str(id)] = Verdict(str(id), body.get("counts") is True, str(body.get("then", "")), read_evidence(body, None, sources, spot), spot)
    unnamed, lasting = (frozenset(map(str, tree.get(key) or ())) for key in ("unnamed", "lasting"))
    return Judging(str(tree.get("drugs", "")), str(tree.get("injections", "")), unnamed, lasting, verdicts)
