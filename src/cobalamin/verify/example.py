"""From what the solver found to a patient a reader can check: a case in plain facts, tried on the memory engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations, product
from typing import Any

from cobalamin.engines.memory.features import days
from cobalamin.model.quantity import print_number
from cobalamin.rules import nodes as n
from cobalamin.rules.knowledge import Knowledge
from cobalamin.verify import logic
from cobalamin.verify.logic import Bool, no
from cobalamin.verify.patient import Patient
from cobalamin.verify.solver import Model
from cobalamin.verify.symbols import Quantity, Truth, Word

LONG_AGO = 4000
"""Days before the assessment for what held once and no longer: beyond every window, within every lifetime on record."""
JUST_NOW = 1
DAYS_A_MONTH = 31


def wishes(patient: Patient, formulas: list[Quantity]) -> list[Bool]:
    """What makes an example easy to read, most wanted first: no formulas, few facts, exact numbers, whole numbers."""
    quiet: list[Bool] = [no(formula.known) for formula in formulas]
    plain: list[Bool] = []
    for leaf, answer in patient.leaves.items():
        match answer:
            case Truth():
                quiet.append(answer.false)
            case Word():
                quiet.append(no(answer.known))
            case Quantity() if isinstance(leaf, n.Latest):
                quiet.append(no(answer.known))
                plain += [logic.implies(answer.known, answer.is_exact), answer.groups[0]]
            case Quantity() if answer.known is not True:
                quiet.append(no(answer.known))
            case Quantity():
                quiet.append(logic.compare(answer.low, "<=", logic.exact(0)))
    return quiet + plain


def whole_numbers(patient: Patient, model: Model) -> list[Bool]:
    """The wish that every number of a found patient were a whole one, or at least on the grid of results."""
    found: list[Bool] = []
    for leaf, answer in patient.leaves.items():
        if isinstance(answer, Quantity) and isinstance(leaf, n.Latest) and model.holds(answer.known):
            value = model.number(answer.low)
            near = [Fraction(round(value * scale), scale) for scale in (1, 2, 10, 100, 10_000)]
            found += [logic.compare(answer.low, "==", candidate) for candidate in near]
    return found


def case_of(patient: Patient, model: Model, as_of: str) -> dict[str, Any]:
    """The found patient as a case: every look-up that answers something becomes a fact that gives this answer."""
    case: dict[str, Any] = {"patient_id": "example"}
    if model.holds(patient.age_known):
        in_months = model.holds(patient.in_months)
        case["age_months" if in_months else "age_years"] = int(model.number(patient.months if in_months else patient.years))
    sex = next((answer for leaf, answer in patient.leaves.items() if isinstance(answer, Word)), None)
    for word, holds in sex.words.items() if sex else ():
        if model.holds(holds):
            case["sex"] = word
    facts = [*_results(patient, model, as_of), *_presences(patient, model, as_of)]
    case["facts"] = sorted(facts, key=lambda fact: str(fact["concept"]))
    for leaf, answer in patient.leaves.items():
        if isinstance(leaf, n.Presence) and leaf.function in n.ORDERED and isinstance(answer, Truth) and model.holds(answer.true):
            case.setdefault(leaf.function, []).append(leaf.concept)
    return case


def _results(patient: Patient, model: Model, as_of: str) -> Iterator[dict[str, Any]]:
    done: set[str] = set()
    latest = [leaf for leaf in patient.leaves if isinstance(leaf, n.Latest)]
    for leaf in sorted(latest, key=lambda leaf: days(leaf.window) or LONG_AGO):
        answer = patient.leaves[leaf]
        if not isinstance(answer, Quantity) or not model.holds(answer.known) or leaf.concept in done:
            continue
        done.add(leaf.concept)
        # an answer that only a longer window gives is older than the shorter ones
        shorter = [days(other.window) or 0 for other in latest if other.concept == leaf.concept and days(other.window) is not None]
        age = max((span for span in shorter if span < (days(leaf.window) or LONG_AGO)), default=-1) + 1
        fact = {"concept": leaf.concept, **_value(patient, leaf, answer, model)}
        yield fact | ({"date": _before(as_of, age)} if age else {})
        yield from _earlier(patient, leaf, fact, model, as_of)


def _earlier(patient: Patient, leaf: n.Latest, fact: dict[str, Any], model: Model, as_of: str) -> Iterator[dict[str, Any]]:
    for tally, answer in patient.leaves.items():
        if isinstance(tally, n.Tally) and isinstance(answer, Quantity) and tally.concept == leaf.concept:
            for day in range(1, min(int(model.number(answer.low)), 9)):
                yield fact | {"date": _before(as_of, day)}


def _value(patient: Patient, leaf: n.Latest, answer: Quantity, model: Model) -> dict[str, str]:
    for word, holds in answer.words.items():
        if model.holds(holds):
            return {"value": word}
    units = patient.knowledge.concepts[leaf.concept].units
    group = next(index for index, holds in enumerate(answer.groups) if model.holds(holds))
    low, high = model.holds(answer.bounded_below), model.holds(answer.bounded_above)
    sign = "" if low and high else ">=" if low else "<="
    number = print_number(float(model.number(answer.low)))
    return {"value": f"{sign}{number}", "unit": units.first(group).name if units else ""}


def _presences(patient: Patient, model: Model, as_of: str) -> Iterator[dict[str, Any]]:
    held: dict[str, dict[str, int]] = {}
    for leaf, answer in patient.leaves.items():
        if isinstance(leaf, n.Presence) and isinstance(answer, Truth) and model.holds(answer.true):
            held.setdefault(leaf.function, {})[leaf.concept] = days(leaf.window) or 0
    courses = {(leaf.concept, leaf.function): answer for leaf, answer in patient.leaves.items() if isinstance(leaf, n.Course)}
    said: set[str] = set()
    for function in ("has", "recent", "ever"):
        for concept in held.get(function, {}):
            narrower = set(patient.knowledge.narrower(concept)) - {concept}
            if narrower & (said | set(held[function])) or concept in said:
                continue
            said.add(concept)
            days_ago = {"has": 0, "recent": JUST_NOW, "ever": LONG_AGO}[function]
            then = _before(as_of, days_ago)
            yield {"concept": concept, **({"date": then, "end": then} if days_ago else {}), **_course(concept, courses, model, as_of)}
    for concept in held.get("denied", {}):
        yield {"concept": concept, "value": "absent"}


def _course(concept: str, courses: dict[tuple[str, str], Any], model: Model, as_of: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for function in ("days_since", "days_since_first", "months_on", "days_on", "dose"):
        answer = courses.get((concept, function))
        if isinstance(answer, Quantity) and model.holds(answer.known):
            amount = model.number(answer.low)
            if function == "dose":
                found["dose"] = f"{print_number(float(amount))} mg"
            else:
                found["date"] = _before(as_of, int(amount * DAYS_A_MONTH) if function == "months_on" else int(amount))
    return found


def _before(as_of: str, number: int) -> str:
    return (date.fromisoformat(as_of) - timedelta(days=number)).isoformat()


def readable(case: dict[str, Any]) -> str:
    """A case on one line, as a spec table writes it."""
    parts = [f"{key}: {case[key]}" for key in ("sex", "age_years", "age_months") if key in case] or ["age and sex unknown"]
    for fact in case["facts"]:
        value = " ".join(str(fact[key]) for key in ("value", "unit", "dose") if fact.get(key))
        when = f" on {fact['date']}" if "date" in fact else ""
        ended = " (ended)" if "end" in fact else ""
        parts.append(f"{fact['concept']}: {value or 'yes'}{when}{ended}")
    return "{" + ", ".join(parts) + "}"


def tuned(cases: list[dict[str, Any]], knowledge: Knowledge, test: Callable[[list[dict[str, Any]]], bool]) -> list[dict[str, Any]] | None:
    """The cases with one or two shared numbers moved through their plausible ranges until *test* holds, or None.

    A formula the solver took as a free number rarely comes out as it wished; nearby patients often do.
    """
    shared = [fact for fact in cases[0]["facts"] if all(fact in case["facts"] for case in cases) and _moves(fact, knowledge)]
    choices = {fact["concept"]: [fact["value"], *_spread(knowledge, fact)] for fact in shared}
    for pair in combinations([*choices, ""], 2):
        for values in product(*(choices.get(concept, [""]) for concept in pair)):
            moved = dict(zip(pair, values, strict=True))
            tried = [{**case, "facts": [f | {"value": moved.get(f["concept"], f.get("value", ""))} for f in case["facts"]]} for case in cases]
            if test(tried):
                return tried
    return None


def _moves(fact: dict[str, Any], knowledge: Knowledge) -> bool:
    return knowledge.concepts[fact["concept"]].is_result and fact["value"][:1].isdigit()


def _spread(knowledge: Knowledge, fact: dict[str, Any]) -> list[str]:
    """Fifteen values across the plausible range of a result, in the unit of the fact."""
    concept = knowledge.concepts[fact["concept"]]
    unit = concept.units.named(fact["unit"]) if concept.units else None
    factor = concept.units.factor(concept.range_group, unit.group) if concept.units and unit else None
    if factor is None:
        return []
    low, high = (max(end * factor, 0.001) for end in concept.plausible)
    return [print_number(round(low * (high / low) ** (step / 14), 2)) for step in range(15)]
