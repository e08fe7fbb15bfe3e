"""Any JSON as what its place in a resource wants: a text, a truth, a number, a structure, or the id that a reference names.

What is of another type is read as DuckDB reads it: a number where a text is wanted is the text it is printed as, and a text where a
structure is wanted is a structure that holds nothing.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from cobalamin.records.fhir.shape import SCALARS, Shape

NUMBER = re.compile(r"\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*", re.ASCII | re.IGNORECASE)
TRUTHS = {"true": True, "t": True, "yes": True, "y": True, "1": True, "false": False, "f": False, "no": False, "n": False, "0": False}


def printed(value: Any) -> str | None:
    """Any JSON as text, numbers as they are printed."""
    if value is None or type(value) is str:
        return value
    if value is True or value is False:
        return "true" if value else "false"
    try:
        if isinstance(value, (dict, list, tuple)):
            return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)
        return str(value)
    except (ValueError, TypeError, RecursionError):
        return "[...]"


def truth(value: Any) -> bool | None:
    """Any JSON as true, false or neither."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, (int, float, Decimal)):
        # a number that no machine holds is held as its digits
        return bool(value) if (-(2**63) <= value < 2**64 if isinstance(value, int) else math.isfinite(float(value))) else None
    return TRUTHS.get(value.lower()) if isinstance(value, str) else None


def number(value: Any) -> float | None:
    """Any JSON or printed text as a number."""
    try:
        if isinstance(value, str):
            return float(value) if NUMBER.fullmatch(value) else None
        return float(value) if isinstance(value, (bool, int, float, Decimal)) else None
    except OverflowError:
        return None


def structure(value: Any) -> dict[str, Any] | None:
    return value if value is None or type(value) is dict else {}


def reader_of(shape: Shape) -> Callable[[Any], Any]:
    """How one value of a shape is read from JSON."""
    if shape.elements is not None:
        return structure
    return {"BOOLEAN": truth, "DOUBLE": number}.get(SCALARS.get(str(shape.kind), ""), printed)


def key_of(kind: str) -> Callable[[str | None], str | None]:
    """The id that a reference names, as `values.reference_key` says it."""
    pattern = re.compile(rf"(?:^|/){kind or '[A-Z][A-Za-z]+'}/([A-Za-z0-9.-]+)(?:/_history/.*)?\Z")
    start = f"{kind}/"

    def key(text: str | None) -> str | None:
        if text is None:
            return None
        for scheme in ("urn:uuid:", "urn:oid:"):
            if text.startswith(scheme):
                return text[len(scheme) :]
        if kind and text.startswith(start) and "/" not in text[len(start) :]:
            return text[len(start) :]
        found = pattern.search(text)
        return found[1] if found else None

    return key
