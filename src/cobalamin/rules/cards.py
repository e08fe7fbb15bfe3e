"""Cards: what a record system says beside a record or an order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules.concepts import Concept
from cobalamin.rules.files import at, mapping_at, only_keys

STAGE = "card"
"""The stage of the pathway that says which cards are shown; it runs on request."""
COLLECTIONS = ("patient_cards", "order_cards")
"""The conclusions whose words name cards."""
TELLS = ("red_flags", "because", "causes", "test_reasons", "response")
"""What of an assessment may stand in the detail of a card."""
TESTS, REGIMEN, DROP, REPLACE = ("tests_first", "tests_next", "tests_cause"), "regimen", "drop_order", "replace_order"
SUGGESTS = (*TESTS, REGIMEN, DROP, REPLACE)
"""What a card may suggest, besides a test by its concept."""
ORDERED_KINDS = ("result", "panel")
KEYS = {"topic", "urgency", "tells", "steps", "suggests", "choose", "overrides"}


@dataclass(frozen=True)
class Card:
    """What a record system says: how urgent, what of the answer it tells, the steps, what it suggests and why it may be set aside."""

    id: str
    topic: str
    urgency: str
    tells: tuple[str, ...]
    steps: tuple[str, ...]
    suggests: tuple[str, ...]
    one: bool
    """Whether its suggestions are alternatives, of which only one can be taken."""
    overrides: tuple[str, ...]
    place: Place


def read_card(id: str, tree: dict[str, Any], file: str, urgencies: Sequence[str], concepts: Mapping[str, Concept]) -> Card:
    """Check one card of a file and freeze it; its urgency is one of *urgencies*."""
    place = at(mapping_at(tree, Place(file, path=id)), file, id)
    only_keys(tree, KEYS, place)
    for key in ("topic", "urgency", "overrides"):
        if not tree.get(key):
            raise KnowledgeError(f"a card has no '{key}'.", place, "It needs topic, urgency and overrides.", "card-shape")
    ordered = [concept.id for concept in concepts.values() if concept.kind in ORDERED_KINDS]
    known: dict[str, Collection[str]] = {"tells": TELLS, "suggests": [*SUGGESTS, *ordered], "urgency": urgencies, "choose": ("any", "one")}
    held = {key: tuple(str(word) for word in tree.get(key) or ()) for key in ("tells", "steps", "suggests", "overrides")}
    urgency, choose = str(tree["urgency"]), str(tree.get("choose", "any"))
    for key, words in (held | {"urgency": (urgency,), "choose": (choose,)}).items():
        for word in words:
            if key in known and word not in known[key]:
                raise KnowledgeError(f"{key} is '{word}', which a card cannot have.", place, nearest(word, known[key]), "card-word")
    return Card(id, str(tree["topic"]), urgency, **held, one=choose == "one", place=place)
