"""What is denied: how findings are joined, and how far each denial reaches."""

from __future__ import annotations

from cobalamin.records.heard import CLOSE, JOINS, Event, Heard, NotClear, wants_word
from cobalamin.rules.knowledge import Knowledge


def join(events: list[Event]) -> None:
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


def settle_signs(events: list[Event], knowledge: Knowledge) -> list[Event]:
    """Settle words with two roles: 'negative' is the word of a result, and denies anything else."""
    found: list[Event] = []
    before: Heard | None = None
    for index, event in enumerate(events):
        if event.kind == "finding":
            before = event.data
        if event.kind == "value" and event.data in ("positive", "negative"):
            beside = before or next((e.data for e in events[index:] if e.kind == "finding"), None)
            if beside is not None and not wants_word(beside, knowledge):
                if event.data == "negative":
                    found.append(Event("deny_after" if before else "deny_before", "next"))
                continue
        found.append(event)
    return found


def deny(events: list[Event]) -> None:
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
            if reach and one.denied:
                raise NotClear
            one.denied = one.denied or bool(reach)
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
