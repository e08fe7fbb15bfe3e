"""Whose a finding is and whether it still is: a relative's, or one of the past."""

from __future__ import annotations

from cobalamin.records.heard import CLOSE, Event, Heard, NotClear, wants_word
from cobalamin.rules.knowledge import Knowledge

LASTING = ("drug", "diet", "circumstance")
"""What may be over without being a disease or an operation that stays in the record."""


def people(events: list[Event], heard: list[Heard], knowledge: Knowledge) -> None:
    """What is said of a relative becomes the concept that says so; what was once is kept only where that is still a fact."""
    kinds = {event.kind for event in events}
    for who in ("family", "mother"):
        if who in kinds:
            for one in heard:
                other = None if one.measured or len(one.meanings) > 1 else _of_relative(one, who, knowledge)
                if other is None and who == "mother" and _reaches_all(who, events, heard):
                    other = _of_relative(one, "family", knowledge)
                if other is None and not one.denied and kind_of(one, knowledge) == "condition" and _reaches_all(who, events, heard):
                    other = str(knowledge.phrases["family_any"])
                if other is None:
                    raise NotClear
                one.becomes, one.value = other, ""
    if {"family", "mother"} <= kinds:
        raise NotClear
    if any(wants_word(one, knowledge) or kind_of(one, knowledge) in LASTING for one in _once(events)):
        raise NotClear


def _once(events: list[Event]) -> list[Heard]:
    """What was so once: everything behind the words for it that is closely joined."""
    found: list[Heard] = []
    past = False
    for event in events:
        if event.kind == "past":
            past = True
            if not found and not _later(event, events):
                found += [e.data for e in events if e.kind == "finding"]
        elif event.kind == "finding" and past:
            past = not found or event.data.link in CLOSE
            found += [event.data] if past else []
    return found


def _later(event: Event, events: list[Event]) -> bool:
    return any(other.kind == "finding" for other in events[events.index(event) + 1 :])


def _of_relative(one: Heard, who: str, knowledge: Knowledge) -> str | None:
    """What a finding becomes when it is a relative's: by its own name, else by what it is a kind of; a denied one by its own only."""
    table = knowledge.phrases[who]
    ids = [one.meanings[0].concept]
    for id in ids:
        if id in table:
            return str(table[id])
        ids += () if one.denied else knowledge.concepts[id].is_a
    return None


def _reaches_all(who: str, events: list[Event], heard: list[Heard]) -> bool:
    """Whether everything heard is surely said of the relative: named first, or behind the only finding."""
    order = [event.kind for event in events if event.kind in ("finding", who)]
    return (order[0] == who or len(heard) == 1) and all(one.link in CLOSE and one.link != "or" for one in heard[1:])


def kind_of(one: Heard, knowledge: Knowledge) -> str:
    return knowledge.concepts[one.meanings[0].concept].kind
