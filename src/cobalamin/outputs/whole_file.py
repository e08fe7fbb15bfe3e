"""A file that appears whole or not at all: written under another name beside it, then put in its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cobalamin.errors import InputError, UsageError


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """The draft to write; it takes the place of *target* when all went well, and is gone otherwise."""
    checked_target(target)
    draft = target.with_name(f".part-{target.name}")
    try:
        try:
            # a folder that takes no file is found before any work is done
            draft.touch()
            yield draft
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror or type(error).__name__}.") from None


def checked_target(target: Path) -> None:
    """Refuse what can never be written, before any work is done."""
    if not target.parent.is_dir():
        raise UsageError(f"{target.parent} is no folder to write to.")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} is no file; name one to write to.")
