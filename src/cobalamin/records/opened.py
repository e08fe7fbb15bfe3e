"""What a reader leaves behind: the relations `raw_facts` and `raw_patients`, and what is to be said of them."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from cobalamin.model.account import SourceRows


@dataclass
class Opened:
    """Which relations are there, how their columns are typed, which rows could not be read, and what was noticed on the way."""

    facts_types: dict[str, str]
    has_patients: bool
    notices: list[str] = field(default_factory=list)
    unreadable: dict[str, int] = field(default_factory=dict)
    """Rows that do not fit their header, by table."""
    sources: dict[str, SourceRows] = field(default_factory=dict)
    """Where the rows of the source went before they became facts, by the name of the part."""
    facts_file: Path | None = None
    """The Parquet file behind `raw_facts` when its column `patient_id` is there as it is, so that row groups can be skipped by it."""


def scratch_folder() -> tempfile.TemporaryDirectory[str]:
    """A folder for what a run needs on disk and nobody wants afterwards."""
    return tempfile.TemporaryDirectory(prefix="cobalamin-")
