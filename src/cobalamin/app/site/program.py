"""The program as one archive: this package and the few libraries its pages need, only what is Python or text."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import cobalamin
from cobalamin.errors import UsageError

LIBRARIES = ("attr", "babel", "dateutil", "fluent.runtime", "fluent.syntax", "icalendar", "jinja2", "markupsafe", "pytz", "six", "typing_extensions", "yaml")
LEFT_OUT = ("__pycache__", "fonts", "static", "spark", "duckdb", "sql", "postgres.py", "py.typed")
"""What no page in a browser uses: caches, what is served as files, and what needs a database."""
SUFFIXES = (".py", ".json", ".yaml", ".ftl", ".html", ".css", ".dat", ".txt")
LOCALES = ("root", "en", "hi", "ar")
"""The locales whose plural rules and numbers the pages use; Babel ships eight hundred."""
FIXED = (2020, 1, 1, 0, 0, 0)
"""One time for every file, so that the same program makes the same archive."""


def write_program(target: Path) -> None:
    """Write the archive that the browser unpacks."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in sorted(_files()):
            info = zipfile.ZipInfo(name, FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, path.read_bytes())


def _files() -> Iterator[tuple[str, Path]]:
    yield from _package("cobalamin", Path(cobalamin.__file__).parent)
    for library in LIBRARIES:
        spec = find_spec(library)
        if spec is None or spec.origin is None:
            raise UsageError(f"The site needs {library.partition('.')[0]}: pip install 'cobalamin[web]'.")
        origin = Path(spec.origin)
        inside = library.replace(".", "/")
        yield from _package(inside, origin.parent) if origin.name == "__init__.py" else [(origin.name, origin)]


def _package(name: str, folder: Path) -> Iterator[tuple[str, Path]]:
    ours = name == "cobalamin"
    for path in folder.rglob("*"):
        inside = path.relative_to(folder)
        if not path.is_file() or path.suffix not in SUFFIXES or "__pycache__" in inside.parts:
            continue
        if ours and any(part in LEFT_OUT for part in inside.parts):
            continue
        if "locale-data" in inside.parts and path.stem not in LOCALES:
            continue
        yield f"{name}/{inside.as_posix()}", path
