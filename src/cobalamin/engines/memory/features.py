"""Features of one patient as of a day: what the facts say of the latest result, presence, exposure, age.

Read this as the definition: every other engine must answer the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from cobalamin.model.fact import RANKS, Case, Fact
from cobalamin.model.quantity import Quantity, bounds, print_number
from cobalamin.records.understand import completed_months, printed
from cobalamin.records.words import Words
from cobalamin.rules import nodes as n

COMPARATORS = {rank: sign for sign, rank in RANKS.items()}


@dataclass(slots=True)
class State:
    """One patient's facts by concept, as of an ordinal day."""

    case: Case
    as_of: int
    words: Words
    facts: dict[str, list[Fact]]


def state_of(case: Case, as_of: int, words: Words) -> State:
    """Group a case's facts by concept."""
    facts: dict[str, list[Fact]] = {}
    for fact in case.facts:
        facts.setdefault(fact.concept, []).append(fact)
    return State(case, as_of, words, facts)


def feature(node: n.Node, words: Words) -> Callable[[State], object]:
    """How to look *node* up in a patient's facts."""
    match node:
        case n.Latest():
            return _latest(node, words)
        case n.Presence():
            return _presence(node, words)
        case n.Course():
            return _course(node, words)
        case n.Tally():
            return _tally(node)
        case n.Person(name="sex"):
            return lambda state: state.case.patient.sex or None
        case n.Person(name=name):
            return lambda state: _age(state, name)
    raise TypeError(f"not a feature: {node}")


def days(window: n.Node | None) -> int | None:
    """A bound window in whole days; a window nobody printed is no window."""
    return int(window.values[0]) if isinstance(window, n.Limit) and window.values[0] is not None else None


def _within(facts: list[Fact], as_of: int, window: int | None) -> list[Fact]:
    """Windows are closed at both ends: a result exactly *window* days old still counts."""
    return facts if window is None else [fact for fact in facts if fact.start >= as_of - window]


def quantity_of(fact: Fact, words: Words) -> Quantity:
    """A result as an interval in the first unit of the group it was reported in."""
    if fact.word:
        return Quantity(float("-inf"), float("inf"), 0, fact.word, fact.word)
    units = words.knowledge.concepts[fact.concept].units
    lo, hi = bounds(fact.number, COMPARATORS[fact.rank])
    return Quantity(lo, hi, units.units[fact.unit].group if units else 0, "", printed(fact, words))


def _latest(node: n.Latest, words: Words) -> Callable[[State], Quantity | None]:
    window, highest = days(node.window), words.knowledge.concepts[node.concept].highest_wins
    sign = -1 if node.earliest else 1

    def key(fact: Fact) -> tuple[int, int, float, int]:
        # Of several answers on one day: exact before bounded before words, then the value that is worse to overlook.
        return (sign * fact.start, fact.rank, fact.number if highest else -fact.number, fact.unit)

    def look(state: State) -> Quantity | None:
        facts = state.facts.get(node.concept)
        if not facts:
            return None
        facts = _within(facts, state.as_of, window)
        return quantity_of(max(facts, key=key), words) if facts else None

    return look


def _presence(node: n.Presence, words: Words) -> Callable[[State], bool]:
    concepts = words.knowledge.narrower(node.concept)
    if node.function in n.ORDERED:
        named = frozenset(concepts)
        return (lambda state: not named.isdisjoint(state.case.ordered)) if node.function == "ordered" else (lambda state: not named.isdisjoint(state.case.planned))
    window = days(node.window)

    def holds(fact: Fact, as_of: int) -> bool:
        if node.function == "denied":
            return not fact.present
        since = {"has": as_of, "recent": as_of - (window or 0)}.get(node.function)
        return fact.present and (since is None or fact.end is None or fact.end >= since)

    def look(state: State) -> bool:
        return any(holds(fact, state.as_of) for c in concepts if c in state.facts for fact in state.facts[c])

    return look


def _course(node: n.Course, words: Words) -> Callable[[State], Quantity | None]:
    concepts, window = words.knowledge.narrower(node.concept), days(node.window)
    measured = words.knowledge.concepts[node.concept].is_result

    def dated(fact: Fact) -> bool:
        # a result without a day is today's, as `latest` reads it
        return measured or fact.dated

    def look(state: State) -> Quantity | None:
        facts = [fact for c in concepts if c in state.facts for fact in state.facts[c] if fact.present]
        if not facts:
            return None
        current = [fact for fact in facts if fact.end is None or fact.end >= state.as_of]
        if node.function == "days_since":
            starts = [fact.start for fact in facts if dated(fact)]
            return _exact(state.as_of - max(starts), "days") if starts else None
        if node.function == "days_since_first":
            starts = [fact.start for fact in _within(facts, state.as_of, window) if dated(fact)]
            return _exact(state.as_of - min(starts), "days") if starts else None
        if node.function == "days_on":
            starts = [fact.start for fact in current if fact.dated]
            return _exact(state.as_of - min(starts), "days") if starts else None
        if node.function == "months_on":
            starts = [fact.start for fact in current if fact.dated]
            return _exact(completed_months(min(starts), state.as_of), "months") if starts else None
        doses = [(fact.start, fact.dose) for fact in current if fact.dose is not None]
        return _exact(max(doses)[1], "mg/d") if doses else None

    return look


def _tally(node: n.Tally) -> Callable[[State], Quantity]:
    window = days(node.window)
    values = node.above.values if isinstance(node.above, n.Limit) else None

    def certain(fact: Fact, words: Words) -> bool:
        quantity = quantity_of(fact, words)
        limit = values[quantity.group] if values else None
        return not fact.word and (values is None or (limit is not None and quantity.lo > limit))

    def look(state: State) -> Quantity:
        facts = _within(state.facts.get(node.concept, []), state.as_of, window)
        return _exact(len({fact.start for fact in facts if certain(fact, state.words)}), "")

    return look


def _age(state: State, name: str) -> Quantity | None:
    span = state.case.patient.years if name == "age_years" else state.case.patient.months
    if span is None:
        return None
    unit = name.removeprefix("age_")
    shown = f"{span[0]} {unit}" if span[0] == span[1] else f"{span[0]}-{span[1]} {unit}"
    return Quantity(float(span[0]), float(span[1]), 0, "", shown)


def _exact(number: float, unit: str) -> Quantity:
    return Quantity(float(number), float(number), 0, "", f"{print_number(number)} {unit}".strip())


def ordinal(day: str) -> int:
    """An ISO day as a number of days."""
    return date.fromisoformat(day).toordinal()
