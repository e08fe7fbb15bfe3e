"""What the knowledge holds and nothing asks for: parameters, features and sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from cobalamin.rules import nodes as n
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.received import SPANS
from cobalamin.verify.report import ERROR, WARNING, Finding


def findings(knowledge: Knowledge, trees: dict[str, Any], said: Collection[str] = ()) -> Iterator[Finding]:
    """Unused parameters, features and schedules are errors: what nobody reads looks as if it were in force. Unused sources are not.

    *said* are the parameters whose values sentences say.
    """
    used = list(_nodes(knowledge))
    parameters = {node.name for node in used if isinstance(node, n.Parameter)} | set(said)
    parameters |= set(SPANS.values()) if knowledge.judging else set()
    features = {node.name for node in used if isinstance(node, n.Named)}
    for name, spec in knowledge.parameters.items():
        if name not in parameters:
            yield Finding("unused-parameter", ERROR, "", str(spec.place), f"no rule reads the parameter '{name}'. Use it in a rule, or remove it.")
    for name, feature in knowledge.features.items():
        if name not in features:
            yield Finding("unused-feature", ERROR, "", str(feature.place), f"no rule reads the feature '{name}'. Use it in a rule, or remove it.")
    named = {word for table in knowledge.tables.values() for words in table.concludes().values() for word in words}
    for held in (knowledge.regimens, knowledge.reviews, knowledge.tasks, knowledge.cards):
        for id, one in held.items():
            if id not in named:
                yield Finding("unused-schedule", ERROR, "", str(one.place), f"no row names '{id}'. Name it in a row, or remove it.")
    cited = {text for file, tree in trees.items() if file != "sources.yaml" for text in _texts(tree)}
    idle = sorted(id for id in knowledge.sources if id not in cited)
    if idle:
        message = f"{len(idle)} of {len(knowledge.sources)} sources back no row, number, concept or guideline: {', '.join(idle)}."
        yield Finding("unused-source", WARNING, "", "sources.yaml", message)


def _nodes(knowledge: Knowledge) -> Iterator[n.Node]:
    """Every node of every condition; what a feature is made of counts only where a table uses the feature."""
    for conditions in knowledge.conditions.values():
        for condition in conditions:
            yield from condition.walk()
    counted = [schedule.counted_from for schedule in (*knowledge.regimens.values(), *knowledge.reviews.values(), *knowledge.tasks.values())]
    shown = [name for columns in knowledge.pathway["worklist_shows"].values() for name in columns.values()]
    for name in (*counted, *shown):
        if name in knowledge.features:
            yield from knowledge.features[name].node.walk()


def _texts(tree: Any) -> Iterable[str]:
    if isinstance(tree, dict):
        for value in tree.values():
            yield from _texts(value)
    elif isinstance(tree, list):
        for value in tree:
            yield from _texts(value)
    elif isinstance(tree, str):
        yield tree
