"""Units: how many of the first unit of a group one printed unit is, and how groups of one concept convert.

A group is a set of units that differ by a plain factor (ng/L, pg/mL); mass and moles are two groups of one concept.
A threshold is compared in the group the laboratory reported in, never by way of another group when the guideline
prints both.
"""

from __future__ import annotations

from dataclasses import dataclass

from cobalamin.model.quantity import on_grid


@dataclass(frozen=True)
class Unit:
    """One printed unit of a concept: its canonical name, group, and factor to the first unit of that group."""

    name: str
    group: int
    times: float


@dataclass(frozen=True)
class Units:
    """Every unit a kind of quantity is read in, in order, and the factor between its groups if there is one."""

    units: tuple[Unit, ...]
    groups: tuple[str, ...]
    converts: tuple[tuple[int, int, float], ...] = ()
    on_grid: bool = True
    """Whether amounts of this kind live on the grid of results; the plain numbers of a formula do not."""

    def named(self, name: str) -> Unit | None:
        """The unit called *name* (canonical spelling), or None."""
        return next((unit for unit in self.units if unit.name == name), None)

    def first(self, group: int) -> Unit:
        """The unit in which values of *group* are held."""
        return next(unit for unit in self.units if unit.group == group)

    def factor(self, group: int, to: int) -> float | None:
        """How many first units of group *to* one first unit of *group* is, or None when they do not convert."""
        if group == to:
            return 1.0
        for source, target, times in self.converts:
            if (source, target) == (group, to):
                return times
            if (target, source) == (group, to):
                return 1.0 / times
        return None

    def spread(self, printed: dict[int, float]) -> tuple[float | None, ...]:
        """One value per group: as printed where the source prints that group, else converted once, else None."""
        values: list[float | None] = []
        for group in range(len(self.groups)):
            if group in printed:
                values.append(self._held(printed[group]))
                continue
            candidates = [(number, self.factor(source, group)) for source, number in printed.items()]
            values.append(next((self._held(number * times) for number, times in candidates if times is not None), None))
        return tuple(values)

    def _held(self, number: float) -> float:
        return on_grid(number) if self.on_grid else number


def _plain(*names: str, **scaled: float) -> Units:
    first = [Unit(name, 0, 1.0) for name in names]
    return Units(tuple(first) + tuple(Unit(name, 0, times) for name, times in scaled.items()), ("plain",))


EVERYDAY: dict[str, Units] = {
    "days": _plain("days"),
    "months": _plain("months"),
    "years": _plain("years"),
    "count": _plain("count"),
    "number": Units((Unit("number", 0, 1.0),), ("plain",), on_grid=False),
    "score": _plain("score"),
    "amount": _plain("ug", mg=1000.0),
    "daily_dose": Units(
        (Unit("mg/d", 0, 1.0), Unit("ug/d", 0, 0.001), Unit("g/d", 0, 1000.0)), ("mass",)
    ),
}
"""Kinds of quantity that are not a concept: spans of time, counts, plain numbers of a formula, amounts of a drug, a daily dose."""
