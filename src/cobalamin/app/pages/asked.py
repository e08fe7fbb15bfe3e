"""What is asked of a page and what it answers, whatever carries them: a server, or a browser with no server at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cobalamin.outputs.language import FALLBACK, FOLDER

SWITCH = "switch"
"""The name of the buttons that switch the language; the form itself says in `lang` which one it was in."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was given with a form: its name, for the eye only, and its text."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the page, its language, the fields of its form in their order, the files, and whether only the changing part is wanted."""

    path: str
    lang: str
    fields: tuple[tuple[str, str], ...] = ()
    uploads: tuple[Upload, ...] = ()
    part: str = ""
    """The name of the part of the page that is to be answered alone; empty for the whole page."""
    root: str = ""
    """What stands before every path of the site: a prefix behind a proxy."""

    def one(self, name: str, default: str = "") -> str:
        """The last value of a field."""
        return next((value for key, value in reversed(self.fields) if key == name), default)

    def all(self, name: str) -> list[str]:
        """Every value of a field that may be there several times."""
        return [value for key, value in self.fields if key == name]


@dataclass(frozen=True, slots=True)
class View:
    """What a door shows: a template with what it holds, the same as plain data, and the parts that may be asked for alone, each a template too."""

    template: str
    held: Mapping[str, Any]
    data: Mapping[str, Any] = field(default_factory=dict)
    parts: tuple[str, ...] = ()


def languages() -> tuple[str, ...]:
    """The languages there are texts for, the fallback first."""
    found = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())
    return (FALLBACK, *(code for code in found if code != FALLBACK))


def language_of(fields: Iterable[tuple[str, str]], accepted: str = "") -> str:
    """The language a form asks for: that of the button which switched, else the one the page was in, else the browser's."""
    values = dict(fields)
    return chosen_language(values.get(SWITCH, "") or values.get("lang", ""), accepted)


def chosen_language(asked: str, accepted: str = "", known: Iterable[str] = ()) -> str:
    """The language asked for if there is one, else the first that a browser's `Accept-Language` names by weight, else the fallback.

    >>> chosen_language("", "fr, hi-IN;q=0.9, en;q=0.8")
    'hi'
    """
    known = tuple(known) or languages()
    if asked in known:
        return asked
    weighed: list[tuple[float, str]] = []
    for item in accepted.split(","):
        name, _, rest = item.strip().partition(";")
        try:
            weight = float(rest.strip().removeprefix("q=")) if rest else 1.0
        except ValueError:
            continue
        weighed.append((-weight, name.split("-")[0].lower()))
    return next((name for weight, name in sorted(weighed, key=lambda pair: pair[0]) if name in known and weight < 0), FALLBACK)
