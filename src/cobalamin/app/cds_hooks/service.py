"""The answer to a call: at most a few cards, only when something is to be done, and none otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from cobalamin.app.cds_hooks.card import Cards
from cobalamin.app.cds_hooks.record import record_of
from cobalamin.app.cds_hooks.request import Call, read_call
from cobalamin.assessing import memory_engine
from cobalamin.engines.memory.cards import Cards as Raising
from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.records.case import read_case
from cobalamin.rules.cards import STAGE
from cobalamin.rules.schedules import WORKLIST_STAGE


def engine_for(as_of: str | None = None, guideline: str | None = None, guideline_files: Iterable[str | Path] = ()) -> MemoryEngine:
    """The engine that answers calls on a day under a guideline; kept for the next call."""
    return memory_engine(as_of, guideline, guideline_files, asked=(STAGE, WORKLIST_STAGE))


def answer(service: str, body: object, engine: MemoryEngine, accepted: str = "") -> dict[str, Any]:
    """The cards of *service* for a call as plain data; a call that breaks the specification, or brings too little, is a CallError."""
    call = read_call(service, body, engine.knowledge, accepted)
    return {"cards": cards(call, engine)}


def cards(call: Call, engine: MemoryEngine) -> list[dict[str, Any]]:
    """The cards of a call, the most urgent first."""
    record = record_of(call, engine.words, date.fromisoformat(engine.as_of))
    how = engine.knowledge.cds_hooks
    offered = how["services"][call.service]
    raising = _raising(engine, offered["cards"])
    if raising.about and raising.about.isdisjoint(concept for order in record.orders for concept in order.concepts):
        # nearly every order is none of ours, and costs nothing
        return []
    if record.case is None:
        return []
    raised, assessment = raising.of(read_case(record.case, engine.words, engine.day, engine.spoken))
    if assessment is None:
        return []
    order = engine.knowledge.pathway["urgency_order"]
    least = assessment.urgency if offered.get("as_urgent_as_person") else order[-1]
    urgent = sorted(((min(one.card.urgency, least, key=order.index), one) for one in raised), key=lambda pair: order.index(pair[0]))
    made = Cards(call, record, assessment, engine)
    return [made.card(one, urgency) for urgency, one in urgent[: how["most_cards"]]]


@lru_cache(maxsize=8)
def _raising(engine: MemoryEngine, collection: str) -> Raising:
    return Raising(engine, collection)
