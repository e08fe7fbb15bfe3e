"""What would change the answer: every unknown of a patient tried on each of its meaningful values, one at a time.

Reported is what would alter status, urgency, causes or treatment. The order: what alters the status before what alters only the urgency,
that before treatment, that before causes; then what has more different answers; then what stands on paper already or anybody knows, tests
before history; then tests the pathway advises, in its order; then the order in which the pathway looks at things.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from cobalamin.engines.memory.expressions import Values
from cobalamin.engines.memory.features import State
from cobalamin.engines.memory.ripples import Calm, Known, Ripples
from cobalamin.engines.memory.second_reading import second_readings, unread
from cobalamin.engines.memory.unknown_people import AGE, SEX
from cobalamin.engines.memory.unknowns import Unknowns
from cobalamin.engines.memory.variations import Ends, Variation
from cobalamin.model.fact import Case
from cobalamin.rules.answer import CAUSE_FIELDS, TEST_FIELDS, TREATMENT_WORDS, WORD_FIELDS
from cobalamin.rules.asking import not_asked
from cobalamin.rules.tables import NONE

if TYPE_CHECKING:
    from cobalamin.engines.memory.engine import MemoryEngine

AGE_WORD = "age_band"
"""The conclusion whose word names an age."""
TESTS = [name for field, name in TEST_FIELDS.items() if field != "because"]


class Outcome(NamedTuple):
    """What of an answer would have to differ for a fact to be worth telling, what matters most first."""

    status: str
    urgency: str
    treatment: tuple[str | None, ...]
    causes: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Found:
    """A value, or neighboring values, with the outcome they lead to."""

    variation: Variation
    outcome: Outcome


class Changes:
    """Ask what would change answers; made once for an engine."""

    def __init__(self, engine: MemoryEngine):
        self.engine, answer = engine, engine.answer
        names = ("status", "urgency", *TREATMENT_WORDS.values())
        self.words: dict[str, int] = {name: step for name in names if (step := answer.words[name]) is not None}
        causes = [(cause, certainty, rows) for certainty, name in CAUSE_FIELDS.items() for cause, rows in answer.lists[name].items()]
        self.causes = {row: (place, cause, certainty) for place, (cause, certainty, held) in enumerate(causes) for row in held}
        """Every row that names a cause: its place among all causes, surest first, and what it names."""
        rows = list(self.causes)
        self.ripples = Ripples(engine.program.steps, engine.expressions, [(step, name) for name, step in self.words.items()], rows)
        self.word_cells: set[Known] = {(step, name) for name, step in self.words.items()}
        self.cause_rows: set[Known] = set(rows)
        self.unknowns = Unknowns(engine, self.ripples)
        steps, function = engine.program.steps, engine.expressions.function
        self.not_asked = {id: [function(steps[step].conditions[row]) for step, row in held] for id, held in not_asked(engine.program, engine.guideline).items()}
        self.age_step = engine.program.step_of(engine.guideline, AGE_WORD)

    def of(self, case: Case, values: Values) -> list[dict[str, Any]]:
        """Every value of something unknown that would change the answer, most deciding first; *values* are those of the case."""
        base = Outcome(*self._words(values), self._causes(values))
        found: dict[tuple[str, str], list[Found]] = {}
        calm = Calm(self.ripples, values)
        for series in self._series(case, values):
            for one in self._alike(self._tried(series, calm, base)):
                said = found.setdefault((one.variation.about, one.variation.aside.fact if one.variation.aside and one.variation.value else ""), [])
                if one.outcome != base and not (said and said[0].variation.ends is None and said[0].outcome == one.outcome and one.variation.ends):
                    said.append(one)
        self._leave_narrower(found)
        advised = {word: place for place, word in enumerate(self._advised(values))}
        held = [(self._rank(group, base, advised), group) for group in found.values() if group]
        return [self._entry(one, base) for _, group in sorted(held, key=lambda pair: pair[0]) for one in group]

    def tried(self, case: Case, values: Values) -> int:
        """How many facts are tried on a patient."""
        return sum(map(len, self._series(case, values)))

    def _series(self, case: Case, values: Values) -> Iterator[list[Variation]]:
        # looked up in a copy: what a ripple finds looked up, it takes for something that an answer hangs on
        aside = values.copy()
        kept_back = {id for id, rows in self.not_asked.items() if any(row(aside) is True for row in rows)}
        yield from self.unknowns.of(values, kept_back, unread(case.set_aside, self.engine.words))
        for row in (*case.set_aside, *case.not_understood):
            yield from ([reading] for reading in second_readings(row, self.unknowns, values))

    def _tried(self, series: Iterable[Variation], calm: Calm, base: Outcome) -> Iterator[Found]:
        values, state = calm.values, calm.values.state
        for one in series:
            if one.patient:
                changed = State(replace(state.case, patient=one.patient), state.as_of, state.words, state.facts)
            else:
                facts = dict(state.facts)
                for fact in one.facts:
                    facts[fact.concept] = [*facts.get(fact.concept, ()), fact]
                changed = State(state.case, state.as_of, state.words, facts)
            ripple = calm.disturbed(changed, one.slots)
            if one.about == AGE and self.age_step is not None:
                after = ripple[0] if ripple else values
                one = replace(one, word=after.words[self.age_step].get(AGE_WORD) or "")
            yield Found(one, self._outcome(ripple[0], ripple[1], base) if ripple else base)

    def _outcome(self, values: Values, changed: set[Known], base: Outcome) -> Outcome:
        """The outcome of a patient's values; what of it has not *changed* is that of *base*."""
        words, causes = not self.word_cells.isdisjoint(changed), not self.cause_rows.isdisjoint(changed)
        if not words and not causes:
            return base
        said = self._words(values) if words else (base.status, base.urgency, base.treatment)
        return Outcome(*said, self._causes(values) if causes else base.causes)

    def _words(self, values: Values) -> tuple[str, str, tuple[str | None, ...]]:
        held = {name: None if (word := values.words[step].get(name)) == NONE else word for name, step in self.words.items()}
        start, regimen, duration = (held.get(name) for name in TREATMENT_WORDS.values())
        return held.get("status") or WORD_FIELDS["status"], held.get("urgency") or WORD_FIELDS["urgency"], (start or NONE, regimen, duration)

    def _causes(self, values: Values) -> tuple[tuple[str, str], ...]:
        """Every cause once, as sure as it is, surest first."""
        held = sorted(name for (step, row), name in self.causes.items() if values.truths[step][row] is True)
        found: dict[str, str] = {}
        for _, cause, certainty in held:
            found.setdefault(cause, certainty)
        return tuple(found.items())

    def _leave_narrower(self, found: dict[tuple[str, str], list[Found]]) -> None:
        """Leave out what something broader says already, with the same outcome."""
        for about, row in list(found):
            mine = [(one.outcome, one.variation.ends) for one in found[about, row]]
            wider = [found.get((broad, row), []) for broad in self.unknowns.broader.get(about, ()) if broad != about]
            if mine and any(mine == [(one.outcome, one.variation.ends) for one in group] for group in wider):
                found[about, row] = []

    @staticmethod
    def _alike(series: Iterable[Found]) -> Iterator[Found]:
        """Neighboring values that lead to the same outcome as one."""
        for _, group in groupby(series, key=lambda one: (one.outcome, one.variation.ends is None and one.variation.word)):
            alike = list(group)
            first, last = alike[0], alike[-1]
            if len(alike) == 1 or first.variation.ends is None or last.variation.ends is None:
                yield from alike
                continue
            ends = _joined(first.variation.ends, last.variation.ends)
            words = list(dict.fromkeys(one.variation.word for one in alike))
            middle = alike[len(alike) // 2].variation
            yield Found(replace(middle, word=_common(words, middle.about), ends=ends), first.outcome)

    def _advised(self, values: Values) -> Iterator[str]:
        """The tests the pathway advises, what is first first; a panel with what it holds."""
        for name in TESTS:
            for word, rows in self.engine.answer.lists[name].items():
                if any(values.truths[step][row] is True for step, row in rows):
                    yield word

    def _rank(self, group: list[Found], base: Outcome, advised: dict[str, int]) -> tuple[int, ...]:
        about = group[0].variation.about
        field = next(place for place, held in enumerate(base) if any(one.outcome[place] != held for one in group))
        answers = {one.outcome[field] for one in group} - {base[field]}
        known = group[0].variation.value != "" or about in (AGE, SEX)
        concept = self.engine.knowledge.concepts.get(about)
        # a result that no laboratory words, such as an altitude, is history too
        kind = 0 if known else 1 if concept and concept.words else 2
        return field, -len(answers) if kind < 2 else -1, kind, advised.get(about, len(advised)), self.unknowns.places.get(about, -1)

    def _entry(self, one: Found, base: Outcome) -> dict[str, Any]:
        variation, outcome = one.variation, one.outcome
        entry: dict[str, Any] = {"concept": variation.about, "if": variation.word}
        if variation.value:
            entry["value"] = variation.value
        if variation.ends:
            entry |= _said(variation.ends)
        if outcome.status != base.status:
            entry["status"] = outcome.status
        if outcome.urgency != base.urgency:
            entry["urgency"] = outcome.urgency
        if outcome.treatment != base.treatment:
            entry["treatment"] = dict(zip(TREATMENT_WORDS, outcome.treatment, strict=True))
        if outcome.causes != base.causes:
            had, has = dict(base.causes), dict(outcome.causes)
            entry["causes"] = [{"id": cause, "certainty": certainty} for cause, certainty in outcome.causes if had.get(cause) != certainty]
            entry["causes_gone"] = [cause for cause in had if cause not in has]
        if variation.aside:
            entry["set_aside"] = {"fact": variation.aside.fact, "reason": variation.aside.reason}
        return entry | {"fact": variation.row}


def _joined(first: Ends, last: Ends) -> Ends:
    """From the beginning of one stretch to the end of a later one; in the unit of whichever end there is."""
    unit = first.unit if first.lower else last.unit
    return Ends(first.lower, last.upper, unit)


def _said(ends: Ends) -> dict[str, Any]:
    """The ends of a stretch as an entry says them."""
    said: dict[str, Any] = {}
    if ends.lower:
        said["from" if ends.lower[1] else "above"] = ends.lower[0]
    if ends.upper:
        said["up_to" if ends.upper[1] else "below"] = ends.upper[0]
    return said | {"unit": ends.unit} if said else {}


def _common(words: list[str], about: str) -> str:
    """One word for neighboring values."""
    if len(words) == 1:
        return words[0]
    if about == AGE:
        return f"{words[0]}_to_{words[-1]}"
    return "normal" if "normal" in words else words[0] if words[-1] == "borderline" else words[-1]
