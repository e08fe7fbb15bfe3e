"""What a cue reaches: since when a finding is, whose it is, and which word of a result belongs to which."""

from __future__ import annotations

from itertools import pairwise

from cobalamin.records.denial import deny, join, settle_signs
from cobalamin.records.heard import CLOSE, Event, Heard, NotClear, wants_word
from cobalamin.rules.knowledge import Knowledge

LASTING = ("drug", "diet", "circumstance")
"""What may be over without being a disease or an operation that stays in the record."""


def resolve(events: list[Event], knowledge: Knowledge) -> list[Heard]:
    """The findings of a phrase with everything that was said of them; raises `NotClear` rather than guess."""
    kinds = {event.kind for event in events}
    heard = [event.data for event in events if event.kind == "finding"]
    if not heard or "unsure" in kinds:
        raise NotClear
    if len(events) == 1 and not (heard[0].meanings[0].value == "" and knowledge.concepts[heard[0].meanings[0].concept].is_result):
        return heard
    join(events)
    events = settle_signs(events, knowledge)
    deny(events)
    _values(events, heard, knowledge)
    if any(one.link == "or" and not (one.denied and before.denied) for before, one in pairwise(heard)):
        raise NotClear
    _people(kinds, heard, knowledge)
    _places(events, heard, knowledge)
    _dates(events, heard, knowledge)
    return heard


def _values(events: list[Event], heard: list[Heard], knowledge: Knowledge) -> None:
    """Give every result its word."""
    order = [e for e in events if e.kind == "value" or (e.kind == "finding" and wants_word(e.data, knowledge))]
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
        if wants_word(one, knowledge):
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
    if "past" in kinds and any(wants_word(one, knowledge) or _kind(one, knowledge) in LASTING for one in heard):
        raise NotClear


def _kind(one: Heard, knowledge: Knowledge) -> str:
    return knowledge.concepts[one.meanings[0].concept].kind


def _places(events: list[Event], heard: list[Heard], knowledge: Knowledge) -> None:
    """A part of the body and an amount may stand only beside findings that they do not change."""
    concepts = {meaning.concept for one in heard for meaning in one.meanings}
    for event in events:
        if event.kind == "place" and not event.shared and not concepts & set(knowledge.phrases["places"][event.data]):
            raise NotClear
        if event.kind in ("amount", "measured") and (event.kind == "measured") != any(wants_word(one, knowledge) for one in heard):
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
