"""Which cards a person's record or orders raise, by the memory engine."""

from __future__ import annotations

from dataclasses import replace

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.engines.memory.expressions import Values
from cobalamin.engines.memory.features import state_of
from cobalamin.engines.memory.tables import Tables
from cobalamin.model.assessment import Assessment
from cobalamin.model.fact import Case
from cobalamin.rules.inputs import evidence_of
from cobalamin.rules.raising import Raised, raised


class Cards:
    """Raise the cards of one collection, a person at a time; the engine was made with the stage asked for."""

    def __init__(self, engine: MemoryEngine, collection: str):
        self.engine, self.rules = engine, raised(engine.program, engine.guideline, collection)
        program = engine.program
        first = program.resting_on({rule.step for rule in self.rules})
        rest = (step for step in engine.tables.steps if step not in first and step.table.stage not in engine.knowledge.on_request)
        # most records raise nothing, and then nobody asks for the rest
        self.first, self.rest = Tables(first, engine.expressions), Tables(list(rest), engine.expressions)
        self.about = frozenset(concept for rule in self.rules for concept in rule.about)
        """The concepts of orders that any card is about."""

    def of(self, case: Case) -> tuple[list[Raised], Assessment | None]:
        """The cards that a case raises, each once and in the order of the tables, and the assessment behind them; none where there is nothing to say."""
        engine = self.engine
        values = Values(state_of(case, engine.day, engine.words), engine.expressions.slots, len(engine.program.steps))
        self.first.run(values)
        held: dict[str, Raised] = {}
        for rule in self.rules:
            if values.truths[rule.step][rule.row] is True:
                held.setdefault(rule.card.id, rule)
        if not held:
            return [], None
        self.rest.run(values)
        return [self._sourced(rule, values) for rule in held.values()], engine.assessed(case, values)

    def _sourced(self, rule: Raised, values: Values) -> Raised:
        """A card that passes on what other rules say comes from where the first of those comes from."""
        engine = self.engine
        for name in rule.card.tells:
            for step, row in (place for rows in engine.answer.lists.get(name, {}).values() for place in rows):
                if values.truths[step][row] is True:
                    return replace(rule, evidence=evidence_of(engine.program, engine.program.steps[step], row, engine.guideline))
        return rule
