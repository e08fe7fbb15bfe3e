"""Who the patient may be, where sex or age is unknown or not known exactly enough for the rules."""

from __future__ import annotations

from dataclasses import replace

from cobalamin.engines.memory.expressions import Values
from cobalamin.engines.memory.features import State
from cobalamin.engines.memory.limits import Limits
from cobalamin.engines.memory.ripples import Ripples
from cobalamin.engines.memory.stretches import Cut, Stretch, stretches
from cobalamin.engines.memory.variations import Ends, Variation
from cobalamin.model.fact import Patient
from cobalamin.rules import nodes as n
from cobalamin.rules.knowledge import SEXES

AGE, SEX = "age_years", "sex"
MONTHS = 12


class UnknownPeople:
    """Sexes and ages that a patient could have."""

    def __init__(self, ripples: Ripples, limits: Limits, oldest: int):
        self.limits, self.oldest = limits, oldest
        self.slots = {node.name: ripples.slots[node] for node in ripples.nodes if isinstance(node, n.Person)}

    def sexes(self, state: State) -> list[Variation]:
        """Both sexes, where the sex is not known."""
        patient, slot = state.case.patient, self.slots.get(SEX)
        if patient.sex or slot is None:
            return []
        return [Variation(SEX, sex, {SEX: sex}, (slot,), patient=replace(patient, sex=sex)) for sex in SEXES]

    def ages(self, values: Values) -> list[Variation]:
        """Every stretch of ages that the rules tell apart, where the age is not known so exactly."""
        case, oldest = values.state.case, (self.oldest + 1) * MONTHS - 1
        youngest, eldest = case.patient.months or (0, oldest)
        cuts = {Cut(cut.at * MONTHS + (MONTHS - 1 if cut.after else 0), cut.after) for cut in self.limits.cuts((AGE, ""), values)}
        cuts |= self.limits.cuts(("age_months", ""), values)
        if (youngest, eldest) == (0, oldest):
            years = [float(year) for year in range(self.oldest + 1)]
            crossed = self.limits.crossed((AGE, ""), values, lambda year: self._aged(values.state, int(year) * MONTHS), years, "years")
            cuts |= {Cut(cut.at * MONTHS) for cut in crossed}
        found = stretches(cuts, youngest, eldest, 1)
        if len(found) < 2 and case.patient.months:
            return []
        slots = [slot for name, slot in self.slots.items() if name != SEX]
        return [self._age(stretch, case.patient, youngest, eldest, slots) for stretch in found]

    def _age(self, stretch: Stretch, patient: Patient, youngest: int, eldest: int, slots: list[int]) -> Variation:
        months = int(stretch.example)
        year = months // MONTHS if stretch.holds(months // MONTHS * MONTHS) else months // MONTHS + 1
        whole = [year * MONTHS, year * MONTHS + MONTHS - 1]
        if all(stretch.holds(month) and youngest <= month <= eldest for month in whole):
            row, aged = {AGE: str(year)}, _aged(patient, whole[0], whole[1])
        else:
            row, aged = {"age_months": str(months)}, _aged(patient, months, months)
        in_years = all(cut is None or (cut.at + cut.after) % MONTHS == 0 for cut in (stretch.lower, stretch.upper))
        unit = "years" if in_years else "months"
        scale = MONTHS if in_years else 1
        lower, upper = (None if cut is None else (cut.at + cut.after) / scale for cut in (stretch.lower, stretch.upper))
        ends = Ends(None if lower is None else (lower, True), None if upper is None else (upper, False), unit)
        return Variation(AGE, "", row, slots, patient=aged, ends=ends)

    def _aged(self, state: State, months: int) -> State:
        patient = _aged(state.case.patient, months, months + MONTHS - 1)
        return State(replace(state.case, patient=patient), state.as_of, state.words, state.facts)


def _aged(patient: Patient, youngest: int, eldest: int) -> Patient:
    return replace(patient, years=(youngest // MONTHS, eldest // MONTHS), months=(youngest, eldest), born=None)
