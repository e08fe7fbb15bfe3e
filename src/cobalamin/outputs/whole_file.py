"""A file or folder that appears whole or not at all: written under another name beside it, then put in its place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
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


@contextmanager
def whole_folder(target: Path, made_of: Callable[[Path], bool] | None = None) -> Iterator[Path]:
    """The same for a folder, as Spark writes; *made_of* says of what stands there whether it may be replaced.

    Between the old one and the new there is a moment in which only a hidden one is there.
    """
    checked_folder(target, made_of)
    draft, old = target.with_name(f".part-{target.name}"), target.with_name(f".old-{target.name}")
    try:
        try:
            for left in (draft, old):
                shutil.rmtree(left, ignore_errors=True)
            yield draft
            if target.exists():
                target.replace(old)
            draft.replace(target)
        finally:
            if old.exists() and not target.exists():
                old.replace(target)
            for left in (draft, old):
                shutil.rmtree(left, ignore_errors=True)
    except OSError as error:
        raise InputError(f"{target} cannot be written: {error.strerror or type(error).__name__}.") from None


def checked_folder(target: Path, made_of: Callable[[Path], bool] | None = None) -> None:
    """Refuse to put a folder where something else stands than one of its kind: parts of Parquet, unless *made_of* knows others."""
    if not target.parent.is_dir():
        raise UsageError(f"{target.parent} is no folder to write to.")
    if target.exists() and not (target.is_dir() and all((made_of or _is_part)(file) for file in target.iterdir())):
        kind = "was not made by this command; name another" if made_of else "is no folder of Parquet parts; name another, as Spark writes a folder"
        raise UsageError(f"{target} is there and {kind}.")


def _is_part(file: Path) -> bool:
    return file.suffix in (".parquet", ".crc") or file.name == "_SUCCESS"


def checked_target(target: Path) -> None:
    """Refuse what can never be written, before any work is done."""
    if not target.parent.is_dir():
        raise UsageError(f"{target.parent} is no folder to write to.")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target} is no file; name one to write to.")
