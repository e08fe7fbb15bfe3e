"""The file of verdicts on doses given: what is refused, with its place."""

from __future__ import annotations

from typing import Any

import pytest

from cobalamin.errors import KnowledgeError
from cobalamin.rules.files import read_yaml
from cobalamin.rules.load import FOLDER, load
from cobalamin.rules.received import limits, read_judging

KNOWLEDGE = load()


def tree() -> dict[str, Any]:
    return dict(read_yaml(FOLDER / "received.yaml", "received.yaml"))


def refused(**verdicts: Any) -> str:
    """The id of the error that *verdicts* in place of those shipped are refused with."""
    held = tree()
    changed = {id: body for id, body in {**held["verdicts"], **verdicts}.items() if body is not None}
    with pytest.raises(KnowledgeError) as caught:
        read_judging({**held, "verdicts": changed}, "received.yaml", KNOWLEDGE.sources)
    return caught.value.id


def test_what_is_refused() -> None:
    """Pins that a verdict that is missing, unknown, of the wrong shape or without a source is an error."""
    row = tree()["verdicts"]["late"]
    assert refused(late=None) == "no-verdict"
    assert refused(latte=row) == "unknown-verdict"
    assert refused(late={**row, "counts": "perhaps"}) == "verdict-shape"
    assert refused(late={**row, "then": "go_on"}) == "unknown-key"
    assert refused(late={**row, "source": "nobody"}) == "unknown-source"
    # an upkeep that is late for too long is treatment begun anew, which the tables decide
    assert refused(gap_in_upkeep={**tree()["verdicts"]["gap_in_upkeep"], "then": "begin_again"}) == "verdict-shape"


def test_a_verdict_may_be_turned_by_whoever_knows_better() -> None:
    """Pins that whether a dose counts stands in the file and not in the program."""
    held = tree()
    held["verdicts"] = {**held["verdicts"], "smaller_amount": {**held["verdicts"]["smaller_amount"], "counts": True}}
    assert read_judging(held, "received.yaml", KNOWLEDGE.sources).counts("smaller_amount")
    assert KNOWLEDGE.judging is not None
    assert not KNOWLEDGE.judging.counts("smaller_amount")


def test_a_child_has_a_shorter_course() -> None:
    """Pins that the span of a whole course is that of the age."""
    child, grown, unknown = (limits(KNOWLEDGE, "ng239", "2026-11-20", years).whole_from for years in (8, 40, None))
    assert child < grown == unknown
