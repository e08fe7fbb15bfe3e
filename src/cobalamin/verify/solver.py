"""The solver: asks whether a patient exists for whom something holds, within a time limit, and shrinks the answer."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import z3  # type: ignore[import-untyped]

from cobalamin.verify.encoding import Encoding
from cobalamin.verify.logic import Bool, Real


class TooLong(Exception):
    """The question was not answered within the time limit."""


class Model:
    """One patient the solver found: ask it for any proposition or number."""

    def __init__(self, model: Any):
        self.model = model

    def holds(self, term: Bool) -> bool:
        """Whether *term* holds for this patient."""
        return term if isinstance(term, bool) else bool(z3.is_true(self.model.eval(term, model_completion=True)))

    def number(self, term: Real) -> Fraction:
        """The value of *term* for this patient."""
        if isinstance(term, Fraction):
            return term
        value = self.model.eval(term, model_completion=True)
        return Fraction(value.numerator_as_long(), value.denominator_as_long())


class Solver:
    """One encoding (or two copies of it) with its constraints asserted once; questions are asked on top of them."""

    def __init__(self, *encodings: Encoding, timeout_seconds: float):
        self.encodings, self.asserted = encodings, [0] * len(encodings)
        self.solver = z3.Solver()
        self.solver.set("timeout", max(1, int(timeout_seconds * 1000)))

    def find(self, *terms: Bool) -> Model | None:
        """A patient for whom all *terms* hold, or None when there is proved to be none."""
        if any(term is False for term in terms):
            return None
        self._keep_up()
        self.solver.push()
        try:
            self.solver.add(*terms)
            answer = self.solver.check()
            if answer == z3.unknown:
                raise TooLong
            return Model(self.solver.model()) if answer == z3.sat else None
        finally:
            self.solver.pop()

    def shrink(self, terms: list[Bool], wishes: list[Bool]) -> Model:
        """A patient for whom all *terms* hold and as many *wishes*, tried in order, as can be."""
        self._keep_up()
        self.solver.push()
        try:
            self.solver.add(*terms)
            if self.solver.check() != z3.sat:
                raise TooLong
            model = Model(self.solver.model())
            for wish in wishes:
                if wish is True or wish is False:
                    continue
                if model.holds(wish):
                    self.solver.add(wish)
                    continue
                self.solver.push()
                self.solver.add(wish)
                if self.solver.check() == z3.sat:
                    model = Model(self.solver.model())
                    self.solver.pop()
                    self.solver.add(wish)
                else:
                    self.solver.pop()
            return model
        finally:
            self.solver.pop()

    def assume(self, *terms: Bool) -> None:
        """Let *terms* hold for every question from now on."""
        self.solver.add(*terms)

    def _keep_up(self) -> None:
        for index, encoding in enumerate(self.encodings):
            new = encoding.constraints[self.asserted[index] :]
            self.asserted[index] += len(new)
            self.solver.add(*new)
