"""What every page of text must hold to, whatever it says."""

from __future__ import annotations

import re

from cobalamin.outputs.language import ISOLATE
from cobalamin.outputs.lines import width
from cobalamin.outputs.page import COLUMNS


def whole(text: str, lang: str) -> None:
    """Fail unless nothing is left to fill in, every number stands in a run of its own, and no line is too wide."""
    assert "{" not in text
    assert "$" not in text
    for line in text.splitlines():
        left = ISOLATE.sub("", line)
        assert not set("\u2066\u2067\u2068\u2069\ue000") & set(left), f"an open run: {line!r}"
        # a digit that belongs to a name, such as B12, may stand free where the script runs left to right
        assert not re.search(r"\d" if lang == "ar" else r"(?<![A-Za-z\d])\d+(?![A-Za-z\d])", left), line
        assert width(line) <= COLUMNS, line
        assert not re.search("[٠-٩۰-۹०-९]", left), line
