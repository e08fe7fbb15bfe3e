"""Between which numbers a formula can come out at all, so that the solver may treat what is not linear as a free number.

Worked out end by end from the possible ranges of what the formula reads; every operation of the rule language is
monotone in each term once the sign of the others is fixed, so the extremes lie at the ends.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import product

from cobalamin.engines.memory.expressions import calculate
from cobalamin.rules import nodes as n
from cobalamin.rules.knowledge import Knowledge


@dataclass(frozen=True)
class Range:
    """From `low` to `high`; `always` when the arithmetic is defined everywhere in between."""

    low: float
    high: float
    always: bool = True


EVERYTHING = Range(-math.inf, math.inf, False)


def range_of(knowledge: Knowledge, node: n.Node) -> Range:
    """The range of a number's node, given that everything it reads is possible."""
    match node:
        case n.Limit(values=values):
            return Range(values[0], values[0]) if values and values[0] is not None else EVERYTHING
        case n.LimitByWord():
            return _joined([range_of(knowledge, limit) for limit in node.limits])
        case n.Amount():
            return _amount(knowledge, node)
        case n.Choose():
            return _joined([range_of(knowledge, node.then), range_of(knowledge, node.otherwise)])
        case n.Default():
            return _joined([range_of(knowledge, node.term), range_of(knowledge, node.otherwise)])
        case n.Arithmetic():
            return _arithmetic(node.op, [range_of(knowledge, term) for term in node.terms])
    return EVERYTHING


def possible_in(knowledge: Knowledge, concept_id: str, group: int) -> tuple[float, float] | None:
    """The possible range of a result in the first unit of *group*, as the reader of records holds it to."""
    concept = knowledge.concepts[concept_id]
    factor = concept.units.factor(concept.range_group, group) if concept.units else 1.0
    low, high = concept.possible
    return (0.0, high) if factor is None else (low * factor, high * factor)


def oldest_years(knowledge: Knowledge) -> int:
    """The greatest age a record may give."""
    return int(knowledge.reading["oldest_years"])


def _amount(knowledge: Knowledge, node: n.Amount) -> Range:
    inner = node.term
    while isinstance(inner, n.Named):
        inner = inner.value
    if isinstance(inner, n.Person):
        months = 12 if inner.name == "age_months" else 1
        return Range(0.0, (node.factors[0] or 0.0) * (oldest_years(knowledge) + 1) * months)
    if not isinstance(inner, n.Latest):
        return EVERYTHING
    found = [(possible_in(knowledge, inner.concept, group), factor) for group, factor in enumerate(node.factors) if factor is not None]
    ranges = [Range(span[0] * factor, span[1] * factor) for span, factor in found if span is not None]
    return _joined(ranges) if ranges else EVERYTHING


def _joined(ranges: list[Range]) -> Range:
    return Range(min(r.low for r in ranges), max(r.high for r in ranges), all(r.always for r in ranges)) if ranges else EVERYTHING


def _arithmetic(op: str, terms: list[Range]) -> Range:
    if any(math.isinf(end) for term in terms for end in (term.low, term.high)):
        return EVERYTHING
    if (op == "/" and terms[1].low <= 0 <= terms[1].high) or (op in ("**", "log10") and terms[0].low <= 0):
        return EVERYTHING
    try:
        corners = [calculate(op, list(ends)) for ends in product(*((term.low, term.high) for term in terms))]
    except OverflowError:
        return EVERYTHING
    numbers = [corner for corner in corners if corner is not None]
    return Range(min(numbers), max(numbers), all(term.always for term in terms))
