"""What there is to be called: every service with its hook, what it does and what it asks the record system to send along."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.outputs.fhir.strings import string
from cobalamin.outputs.language import language, quantity_run
from cobalamin.rules import nodes as n
from cobalamin.rules.cards import ORDERED_KINDS, TESTS

VERSION = "2.0"
LOINC = "http://loinc.org"


def discovery(engine: MemoryEngine, lang: str = "en", dates: bool = True) -> dict[str, Any]:
    """The answer to `GET /cds-services`; without *dates* the queries do without `today()`, which not every record system knows."""
    how, words = engine.knowledge.cds_hooks, language(lang)
    prefetch = templates(engine, dates)
    needed = words.joined(quantity_run(key) for key, asked in how["prefetch"].items() if asked.get("needed"))

    def say(id: str, **values: str) -> str:
        return string(words.say(id, "clinical", **values), words)

    return {"services": [
        {"hook": service["hook"], "title": say(f"service-{service['hook']}"), "description": say(f"service-about-{service['hook']}"),
         "id": id, "prefetch": prefetch, "usageRequirements": say("service-needs", parts=needed), "version": VERSION}
        for id, service in how["services"].items()
    ]}  # fmt: skip


@lru_cache(maxsize=8)
def templates(engine: MemoryEngine, dates: bool) -> dict[str, str]:
    """The queries of the record by their keys: results only of what some rule looks at, and open orders only of tests a card may ask for."""
    knowledge = engine.knowledge
    looked = {id for leaf in engine.program.leaves if isinstance(leaf, (n.Latest, n.Presence, n.Course, n.Tally)) for id in knowledge.narrower(leaf.concept)}
    asked = {word for name in TESTS for word in engine.answer.lists[name]} | {word for card in knowledge.cards.values() for word in card.suggests}
    tests = {id for id in asked if id in knowledge.concepts and knowledge.concepts[id].kind in ORDERED_KINDS}
    filled = {"$codes": _codes(engine, looked), "$tests": _codes(engine, tests), "$since": f"{{{{today() - {knowledge.cds_hooks['look_back_days']} days}}}}"}
    found = {}
    for key, held in knowledge.cds_hooks["prefetch"].items():
        query = str(held["query"]) if dates else str(held["query"]).replace("&date=ge$since", "")
        for mark, text in filled.items():
            query = query.replace(mark, text)
        found[key] = query
    return found


def _codes(engine: MemoryEngine, concepts: set[str]) -> str:
    held = (code for id, concept in engine.knowledge.concepts.items() if id in concepts for code in concept.codes if code.system == "loinc")
    return ",".join(f"{LOINC}|{code.code}" for code in dict.fromkeys(held))
