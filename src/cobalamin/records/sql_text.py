"""Text and names written into SQL, so that no text of a user is ever read as SQL."""

from __future__ import annotations

from pathlib import Path


def quote(text: str | Path) -> str:
    """A text as an SQL literal."""
    return "'" + str(text).replace("'", "''") + "'"


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
