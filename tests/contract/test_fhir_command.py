"""`assess --format fhir`: one Bundle for one person, a line for each of several, on standard output and in a file."""

from __future__ import annotations

import json
from pathlib import Path

from command import AS_OF, cobalamin

SAMPLES = Path(__file__).parents[2] / "samples"


def test_one_person_is_one_bundle_in_the_language() -> None:
    ended = cobalamin("assess", SAMPLES / "cases" / "first_case.json", "--as-of", AS_OF, "--format", "fhir", "--lang", "ar")
    bundle = json.loads(ended.out)

    assert (ended.code, bundle["resourceType"], bundle["type"], bundle["language"]) == (0, "Bundle", "collection", "ar")
    assert bundle["timestamp"].endswith("+00:00")


def test_several_people_are_a_line_each(tmp_path: Path) -> None:
    """A file holds what would be printed, but for the moment it was written; tables are read by the other engine."""
    out = tmp_path / "clinic.ndjson"
    printed = cobalamin("assess", SAMPLES / "clinic", "--as-of", AS_OF, "--format", "fhir")
    written = cobalamin("assess", SAMPLES / "clinic", "--as-of", AS_OF, "--format", "fhir", "--out", out)
    bundles = [[json.loads(line) for line in text.splitlines()] for text in (printed.out, out.read_text(encoding="utf-8"))]

    assert (printed.code, written.code) == (0, 0)
    assert [[bundle["id"] for bundle in held] for held in bundles] == [[bundle["id"] for bundle in bundles[0]]] * 2
    assert len(bundles[0]) == 5


def test_a_replay_is_no_bundle() -> None:
    ended = cobalamin("assess", SAMPLES / "clinic", "--as-of", AS_OF, "--format", "fhir", "--replay")

    assert ended.code == 2
    assert "A replay is printed as text, json or jsonl" in ended.err
