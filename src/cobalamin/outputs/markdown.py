"""Sentences as Markdown in which nothing is markup but ours."""

from __future__ import annotations

import re
from collections.abc import Iterable

MARKS = re.compile(r"([\\`*_{}\[\]()<>#|~!])")
LEADING = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)
LINKED = re.compile(r"(?i)\b(https?|ftp|www)(?=[:.])|@")
"""What GitHub's Markdown makes a link of by itself."""


def escaped(text: str) -> str:
    """*text* on one line, as it reads.

    >>> escaped("<b>5*5</b> [x](y)")
    '\\\\<b\\\\>5\\\\*5\\\\</b\\\\> \\\\[x\\\\]\\\\(y\\\\)'
    """
    line = MARKS.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")
    line = LINKED.sub(lambda found: f"{found[0][0]}\u2060{found[0][1:]}", line)
    return LEADING.sub(r"\1\\\2", line)


def listed(texts: Iterable[str]) -> str:
    """A list, one text a line."""
    return "\n".join(f"- {escaped(text)}" for text in texts)
