"""Where a row or number comes from and how well that was checked, as plain data."""

from __future__ import annotations

from typing import Any

from cobalamin.outputs.language import Language
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.parameters import Evidence


def told(evidence: Evidence, knowledge: Knowledge, words: Language) -> dict[str, Any]:
    """Source, place, grade and reviewer of one row or number."""
    source = knowledge.sources[evidence.source]
    return {"source": ", ".join(part for part in (source.title, source.publisher, source.year) if part), "source_id": source.id, "address": source.url,
            "where": evidence.where, "checked": evidence.checked, "checked_means": words.say(f"checked-{evidence.checked}"),
            "reviewer": evidence.reviewer or words.say("row-unreviewed"), "since": evidence.since}  # fmt: skip
