"""The cards that the spec tables expect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent.parent / "spec" / "cards"


def cards_expected() -> set[str]:
    """Every card that a patient of a spec table is to be shown."""
    patients = [row for path in FOLDER.glob("*.yaml") for row in yaml.safe_load(path.read_text(encoding="utf-8"))["patients"]]
    return {card for row in patients for name in ("patient_cards", "order_cards") for card in _cards(row.get(name, []))}


def _cards(wanted: Any) -> list[str]:
    return list(wanted.get("has", [])) if isinstance(wanted, dict) else list(wanted)
