"""What a cue reaches: which findings of a phrase are denied, since when, and which word of a result belongs to which."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from cobalamin.records.vocabulary import Meaning
from cobalamin.rules.knowledge import Knowledge

JOINS = ("and", "or", "comma", "with", "break")
"""From the weakest to the strongest: between two findings the strongest counts."""
CLOSE = ("", "and", "or")
"""Findings joined so share a denial, a time and the word of a result."""
LASTING = ("drug", "diet", "circumstance")
"""What may be over without being a disease or an operation that stays in the record."""


class NotClear(Exception):
    """The phrase can be read in more than one way."""


@dataclass(slots=True)
class Heard:
    """A finding as it is being read."""

    meanings: tuple[Meaning, ...]
    link: str = ""
    clause: int = 0
    denied: bool = False
    days: int | None = None
    year: int | None = None
    value: str = ""
    becomes: str = ""

    @property
    def dated(self) -> bool:
        return self.days is not None or self.year is not None

    def concept_of(self, meaning: Meaning) -> str:
        return self.becomes or meaning.concept

    def value_of(self, meaning: Meaning) -> str:
        return meaning.denied if self.denied else meaning.value


@dataclass(frozen=True, slots=True)
class Event:
    """One thing heard, in order: a finding or a cue; `shared` when the cue could also be something else."""

    kind: str
    data: Any
    shared: bool = False


@dataclass(slots=True)
class _Phrase:
    events: list[Event]
    knowledge: Knowledge
    heard: list[Heard] = field(default_factory=list)


def resolve(events: list[Event], knowledge: Knowledge) -> list[Heard]:
    """The findings of a phrase with everything that was said of them; raises `NotClear` rather than guess."""
    kinds = {event.kind for event in events}
    heard = [event.data for event in events if event.kind == "finding"]
    if not heard or "unsure" in kinds:
        raise NotClear
    if len(events) == 1 and not (heard[0].meanings[0].value == "" and knowledge.concepts[heard[0].meanings[0].concept].is_result):
        return heard
    _link(events)
    events = _signs(events, knowledge)
    _deny(events)
    _values(events, heard, knowledge)
    if any(one.link == "or" and not (one.denied and before.denied) for before, one in pairwise(heard)):
        raise NotClear
    _people(kinds, heard, knowledge)
    _places(events, heard, knowledge)
    _dates(events, heard, knowledge)
    return heard


def _result(one: Heard, knowledge: Knowledge) -> bool:
    """Whether a finding is a result that still wants its word."""
    return not one.meanings[0].value and knowledge.concepts[one.meanings[0].concept].is_result


def _link(events: list[Event]) -> None:
    """Note how each finding is joined to the one before; the commas of a list are what its last join is."""
    heard: list[Heard] = []
    link, clause = "", 0
    for event in events:
        if event.kind == "finding":
            event.data.link, event.data.clause = link, clause
            heard.append(event.data)
            link = ""
        elif event.kind in JOINS:
            if not link or JOINS.index(event.kind) > JOINS.index(link) or (link == "comma" and event.kind in ("and", "or")):
                link = event.kind
            clause += event.kind == "break"
    for one, after in zip(reversed(heard[:-1]), reversed(heard[1:]), strict=True):
        if one.link == "comma" and after.link in ("and", "or"):
            one.link = after.link


def _signs(events: list[Event], knowledge: Knowledge) -> list[Event]:
    """Settle words with two roles: 'negative' is the word of a result, and denies anything else."""
    found: list[Event] = []
    before: Heard | None = None
    for index, event in enumerate(events):
        if event.kind == "finding":
            before = event.data
        if event.kind == "value" and event.data in ("positive", "negative"):
            beside = before or next((e.data for e in events[index:] if e.kind == "finding"), None)
            if beside is not None and not _result(beside, knowledge):
                if event.data == "negative":
                    found.append(Event("deny_after" if before else "deny_before", "next"))
                continue
        found.append(event)
    return found


def _deny(events: list[Event]) -> None:
    """Give every denial to the findings it reaches."""
    reach, waiting, clause = "", False, 0
    seen: list[Heard] = []
    for index, event in enumerate(events):
        kind, rest = event.kind, events[index + 1 :]
        here = [one for one in seen if one.clause == clause]
        if kind == "deny_either":
            kind = "deny_after" if here and not _finding(_clause(rest)) else "deny_before"
        if kind == "break":
            reach = reach if waiting else ""
            clause += 1
        elif kind == "close" and reach == "enclosed" and not waiting:
            reach = ""
        elif kind == "deny_before":
            if waiting:
                raise NotClear
            if _finding(rest):
                reach, waiting = str(event.data), True
            elif len(seen) == 1:
                # "tingling: no"
                _deny_back(seen)
            else:
                raise NotClear
        elif kind == "deny_after":
            if waiting:
                raise NotClear
            if here:
                _deny_back(here)
            elif _finding(_clause(rest)):
                reach, waiting = "wide", True
            else:
                raise NotClear
        elif kind == "finding":
            one: Heard = event.data
            if reach and not waiting and reach != "list" and one.link in ("comma", "with"):
                raise NotClear
            one.denied = bool(reach)
            waiting = False
            reach = "" if reach == "next" else reach
            seen.append(one)
    if waiting:
        raise NotClear


def _finding(events: list[Event]) -> bool:
    return any(event.kind == "finding" for event in events)


def _clause(events: list[Event]) -> list[Event]:
    return events[: next((i for i, e in enumerate(events) if e.kind == "break"), len(events))]


def _deny_back(here: list[Heard]) -> None:
    """Deny the last finding of a clause and those joined to it; a mere comma before them leaves open how far it reaches."""
    for one in reversed(here):
        if one.denied:
            raise NotClear
        one.denied = True
        if one is here[0]:
            return
        if one.link not in CLOSE:
            raise NotClear


def _values(events: list[Event], heard: list[Heard], knowledge: Knowledge) -> None:
    """Give every result its word."""
    order = [e for e in events if e.kind == "value" or (e.kind == "finding" and _result(e.data, knowledge))]
    values = [e for e in order if e.kind == "value"]
    results = [e.data for e in order if e.kind == "finding"]
    used: set[int] = set()
    if values and results:
        before = order[0].kind == "value"
        word: Event | None = None
        for event in order if before else reversed(order):
            if event.kind == "value":
                word = event
            elif word is not None:
                nxt = event.data if before else (results[results.index(event.data) + 1] if event.data is not results[-1] else None)
                if id(word) in used and (nxt is None or nxt.link not in CLOSE):
                    raise NotClear
                event.data.value = str(word.data)
                used.add(id(word))
    if len(used) != len(values):
        raise NotClear
    for one in heard:
        concept = knowledge.concepts[one.meanings[0].concept]
        if _result(one, knowledge):
            if not one.value and concept.id in knowledge.phrases["seen"] and "positive" in concept.words:
                one.value = "negative" if one.denied else "positive"
            elif one.denied or (one.value and one.value not in concept.words) or (not one.value and len(heard) > 1):
                raise NotClear
        elif one.meanings[0].value and one.denied and not (one.meanings[0].denied and len(one.meanings) == 1):
            raise NotClear


def _people(kinds: set[str], heard: list[Heard], knowledge: Knowledge) -> None:
    """What is said of a relative becomes the concept that says so; what was once is kept only where that is still a fact."""
    for who in ("family", "mother"):
        if who in kinds:
            for one in heard:
                other = knowledge.phrases[who].get(one.meanings[0].concept)
                if other is None or one.denied or len(one.meanings) > 1:
                    raise NotClear
                one.becomes, one.value = str(other), ""
    if {"family", "mother"} <= kinds:
        raise NotClear
    if "past" in kinds and any(_result(one, knowledge) or _kind(one, knowledge) in LASTING for one in heard):
        raise NotClear


def _kind(one: Heard, knowledge: Knowledge) -> str:
    return knowledge.concepts[one.meanings[0].concept].kind


def _places(events: list[Event], heard: list[Heard], knowledge: Knowledge) -> None:
    """A part of the body and an amount may stand only beside findings that they do not change."""
    concepts = {meaning.concept for one in heard for meaning in one.meanings}
    for event in events:
        if event.kind == "place" and not event.shared and not concepts & set(knowledge.phrases["places"][event.data]):
            raise NotClear
        if event.kind in ("amount", "measured") and (event.kind == "measured") != any(_result(one, knowledge) for one in heard):
            raise NotClear


def _dates(events: list[Event], heard: list[Heard], knowledge: Knowledge) -> None:
    """Give every time to its finding, and to those closely joined to it that are of the same kind."""
    order = [e for e in events if e.kind in ("finding", "days", "span", "year")]
    if all(e.kind == "finding" for e in order):
        return
    forward = order[0].kind != "finding"
    order = order if forward else order[::-1]
    time: Event | None = None
    last: Heard | None = None
    for event in order:
        if event.kind != "finding":
            if time is not None and last is None:
                time = _together(time, event, forward)
            else:
                time, last = event, None
            continue
        one: Heard = event.data
        if time is None:
            continue
        if last is not None:
            link = one.link if forward else last.link
            if link not in CLOSE or _kind(one, knowledge) != _kind(last, knowledge):
                time, last = None, None
                continue
        last = one
        if time.kind == "year":
            one.year = int(time.data)
        else:
            one.days = int(time.data)
    if time is not None and last is None:
        raise NotClear


def _together(time: Event, other: Event, forward: bool) -> Event:
    """Two years and three months are one time; any other two times of one finding are not clear."""
    large, small = (time, other) if forward else (other, time)
    if large.kind == small.kind == "days" and small.data < large.data:
        return Event("days", large.data + small.data)
    raise NotClear
