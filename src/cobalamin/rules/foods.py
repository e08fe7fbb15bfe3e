"""Foods by what a person eats, and how much vitamin B12 is in a hundred grams or in a usual portion."""

from __future__ import annotations

from dataclasses import replace

from cobalamin.errors import UsageError, nearest
from cobalamin.rules.catalog import Amount, Entry, Value
from cobalamin.rules.shelf import shelf

HUNDRED = 100
PORTION = "portion"
"""The unit of an amount that its source prints for a portion without a weight."""
DIGITS = 2
"""How many digits a computed amount keeps: no food is alike to more."""


def foods(diet: str = "") -> tuple[Entry, ...]:
    """The foods that fit a diet (`vegan`, `vegetarian`, `eggetarian`, `pescetarian`, `omnivore`), or all of them."""
    catalog = shelf().catalogs["foods"]
    diets = catalog.entry_fields["suits"].words
    if diet and diet not in diets:
        raise UsageError(f"There is no diet '{diet}' in the foods; there are {', '.join(diets)}. {nearest(diet, diets)}".strip())
    return tuple(entry for entry in catalog.entries.values() if not diet or diet in entry.fields["suits"])


def per_hundred(value: Value) -> Amount | None:
    """Micrograms in 100 g or 100 ml, as printed or computed from what is printed; None where the portion has no weight."""
    return _in(value, HUNDRED)


def per_portion(food: Entry, value: Value) -> Amount | None:
    """Micrograms in the usual portion of a food; a millilitre of milk or water counts as a gram."""
    per, portion = value.fields.get("per"), food.fields.get("portion")
    if per is not None and per.unit == PORTION:
        return _ug(value)
    return _in(value, portion.low) if portion else None


def _ug(value: Value) -> Amount:
    amount = value.fields["ug"]
    assert isinstance(amount, Amount)
    return amount


def _in(value: Value, amount: float) -> Amount | None:
    per = value.fields.get("per")
    if per is None or per.unit == PORTION:
        return None
    if per.low == amount:
        return _ug(value)
    found = _ug(value).times(amount / per.low)
    return replace(found, low=_rounded(found.low), high=_rounded(found.high))


def _rounded(number: float) -> float:
    return float(f"{number:.{DIGITS}g}")
