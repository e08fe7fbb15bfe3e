"""What a cue reaches: since when a finding is, where, and which word of a result belongs to which."""

from __future__ import annotations

from itertools import pairwise

from cobalamin.records.denial import deny, join, settle_signs
from cobalamin.records.heard import CLOSE, Event, Heard, NotClear, wants_word
from cobalamin.records.relatives import kind_of, people
from cobalamin.rules.knowledge import Knowledge

SILENT = frozenset(("finding", "harmless", "break"))
"""What may stand beside a finding that says there is nothing."""


def resolve(events: list[Event], knowledge: Knowledge) -> list[Heard]:
    """The findings of a phrase with everything that was said of them; raises `NotClear` rather than guess."""
    kinds = {event.kind for event in events}
    heard = [event.data for event in events if event.kind == "finding"]
    if not heard or "unsure" in kinds:
        raise NotClear
    if len(events) == 1 and not (heard[0].meanings[0].value == "" and knowledge.concepts[heard[0].meanings[0].concept].is_result):
        return heard
    if any(one.meanings[0].concept in knowledge.phrases["alone"] for one in heard) and (len(heard) > 1 or kinds - SILENT):
        raise NotClear
    join(events)
    events = settle_signs(events, knowledge)
    deny(events)
    _values(events, heard, knowledge)
    if any(one.link == "or" and not (one.denied and before.denied) for before, one in pairwise(heard)):
        raise NotClear
    people(events, heard, knowledge)
    _places(events, heard, knowledge)
    _dates(events, heard, knowledge)
    return heard


def _values(events: list[Event], heard: list[Heard], knowledge: Knowledge) -> None:
    """Give every result its word."""
    events = _without_marks(events)
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
        if one.measured:
            if one.denied:
                raise NotClear
            one.value = one.measured
        elif wants_word(one, knowledge):
            if not one.value and concept.id in knowledge.phrases["seen"] and "positive" in concept.words:
                one.value = "negative" if one.denied else "positive"
            elif one.denied or (one.value and one.value not in concept.words) or (not one.value and len(heard) > 1):
                raise NotClear
        elif one.meanings[0].value and one.denied and not (one.meanings[0].denied and len(one.meanings) == 1):
            raise NotClear


def _without_marks(events: list[Event]) -> list[Event]:
    """The events without the words that only repeat what a number says: "low hemoglobin 8.2 g/dL", "MCV 118 fL (high)"."""
    told = [event for event in events if event.kind not in ("harmless", "measured")]
    marks: set[int] = set()
    for before, event, after in zip([None, *told], told, [*told[1:], None], strict=False):
        if event.kind == "finding" and event.data.measured:
            if before is not None and before.kind == "value":
                marks.add(id(before))
            elif after is not None and after.kind == "value" and (told.index(after) + 1 == len(told) or told[told.index(after) + 1].kind != "finding"):
                marks.add(id(after))
    return [event for event in events if id(event) not in marks]


def _result(one: Heard, knowledge: Knowledge) -> bool:
    return bool(one.measured) or wants_word(one, knowledge)


def _places(events: list[Event], heard: list[Heard], knowledge: Knowledge) -> None:
    """A part of the body and an amount may stand only beside findings that they do not change, or change into another."""
    concepts = {meaning.concept for one in heard for meaning in one.meanings}
    for event in events:
        if event.kind == "place" and not event.shared and not concepts & set(knowledge.phrases["places"][event.data]):
            raise NotClear
        if event.kind in ("amount", "measured") and (event.kind == "measured") != any(_result(one, knowledge) for one in heard):
            raise NotClear
    places = {event.data for event in events if event.kind == "place" and not event.shared}
    if len(places) == 1 and all(one.link in ("and", "or") for one in heard[1:]):
        for one in heard:
            finer = knowledge.phrases["finer"].get(one.meanings[0].concept, {})
            one.becomes = str(finer.get(next(iter(places)), one.becomes))


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
            if link not in CLOSE or kind_of(one, knowledge) != kind_of(last, knowledge):
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
