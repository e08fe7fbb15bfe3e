"""One broken fixture for each kind of mistake: found under its id, at its place, with a message that helps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from broken_knowledge import Broken, every_kind


@pytest.mark.parametrize("broken", every_kind(), ids=lambda broken: broken.name)
def test_mistake_is_found_where_it_stands(broken: Broken, tmp_path: Path) -> None:
    findings = broken.check(tmp_path / "knowledge")
    wanted = broken.finds
    found = [f for f in findings if f.id == wanted["id"] and f.severity == wanted.get("severity", "error")]
    assert found, f"{broken.mistake}: nothing found, only {[f.id for f in findings if f.severity != 'proved']}"
    place = wanted.get("file", "") + (f":{wanted['line']}" if "line" in wanted else "")
    here = [f for f in found if re.match(rf"{re.escape(place)}(?!\d)", f.where)]
    assert here, f"found elsewhere than {place}: {[f.where for f in found]}"
    assert any(broken.says in str(f) for f in here), f"no message helps: {[str(f) for f in here]}"


def test_no_mistake_hides_behind_another(tmp_path: Path) -> None:
    """What a fixture breaks is all it breaks: apart from its own kind of fault there is no error of the same part."""
    broken = next(b for b in every_kind() if b.name == "gap")
    assert {f.id for f in broken.check(tmp_path / "knowledge") if f.severity == "error"} == {"gap"}
