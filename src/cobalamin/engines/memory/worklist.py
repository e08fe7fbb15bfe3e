"""The rows of one person on the worklists, by the memory engine: the definition of what a row says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from cobalamin.engines.memory.engine import MemoryEngine, show
from cobalamin.engines.memory.expressions import Values
from cobalamin.model.fact import Case
from cobalamin.model.quantity import Quantity
from cobalamin.rules.worklist import TESTS, Reason, plan


class Worklists:
    """Write the rows of people one at a time; the engine was made with the stage asked for."""

    def __init__(self, engine: MemoryEngine):
        self.engine, self.plan = engine, plan(engine.program, engine.guideline)
        function = engine.expressions.function
        self.anchors = {reason: function(reason.anchor) for reason in self.plan.reasons if reason.anchor is not None}
        self.shown = [(shown.name, function(shown.value) if shown.value is not None else None, function(shown.day)) for shown in self.plan.shown]

    def rows(self, case: Case) -> list[dict[str, Any]]:
        """The rows of a person, one for each kind of list the person stands on."""
        engine = self.engine
        values = engine.values(case)
        held = [reason for reason in self.plan.reasons if values.truths[reason.step][reason.row] is True]
        if not held:
            return []
        answer = engine.assessed(case, values)
        person = case.patient
        about = {
            "sex": person.sex or None, "age_years": person.years[0] if person.years and person.years[0] == person.years[1] else None,
            "status": answer.status, "causes": answer.causes, "regimen": answer.treatment["regimen"], "tests": self._tests(values),
            **self._shown(values),
        }  # fmt: skip
        found = []
        for kind in self.plan.kinds:
            mine = [reason for reason in held if reason.kind == kind]
            if mine:
                reasons = [self._reason(reason, values) for reason in mine]
                due = min(str(reason["due"]) for reason in reasons)
                urgency = min([answer.urgency, *(reason.task.urgency for reason in mine)], key=self.plan.urgencies.index)
                steps = [word for word, asking in self.plan.steps_of(kind).items() if any(reason in mine for reason in asking)]
                found.append({"patient_id": person.patient_id, "site": person.site or None, "kind": kind, "urgency": urgency, "due": due,
                              "reasons": reasons, "next": steps, **about, "as_of": engine.as_of, "guideline": engine.guideline})  # fmt: skip
        return found

    def _reason(self, reason: Reason, values: Values) -> dict[str, str]:
        look = self.anchors.get(reason)
        ago: Quantity | None = look(values) if look else None
        due = reason.task.due_on(self.engine.today, None if ago is None else int(ago.lo))
        return {"reason": reason.task.id, "due": due.isoformat(), "urgency": reason.task.urgency, "rule": reason.rule, "source": reason.source,
                "where": reason.where, "checked": reason.checked}  # fmt: skip

    def _tests(self, values: Values) -> list[str]:
        """The tests that are open, in the order in which the tables first name them."""
        lists, words = self.engine.answer.lists, dict[str, list[tuple[int, int]]]()
        for name in TESTS:
            for word, rows in lists[name].items():
                words.setdefault(word, []).extend(rows)
        return [word for word, rows in words.items() if any(values.truths[step][row] is True for step, row in rows)]

    def _shown(self, values: Values) -> dict[str, str | None]:
        found: dict[str, str | None] = {}
        for name, value, day in self.shown:
            if value is not None:
                found[name] = show(value(values)) or None
            ago: Quantity | None = day(values)
            found[f"{name}_date"] = None if ago is None else (self.engine.today - timedelta(days=int(ago.lo))).isoformat()
        return found
