"""Every page of the site by its path, and how one is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cobalamin.app.pages import home, patient
from cobalamin.app.pages.asked import Asked, View, languages
from cobalamin.outputs.language import language
from cobalamin.outputs.web import page, runs
from cobalamin.rules.load import load


@dataclass(frozen=True, slots=True)
class Door:
    """A page: its path, the function that answers, and whether that takes so long that others should not wait for it."""

    path: str
    view: Callable[[Asked], View]
    slow: bool = False

    @property
    def id(self) -> str:
        """The name its texts go by."""
        return self.path.strip("/") or "home"


DOORS = (Door("/", home.view), Door("/patient", patient.view))
BY_PATH = {door.path: door for door in DOORS}


def html(asked: Asked) -> str:
    """The page (or the part of it) that is asked for."""
    return rendered(asked, BY_PATH[asked.path].view(asked))


def rendered(asked: Asked, view: View, doors: Iterable[Door] = DOORS) -> str:
    """A view in the frame that every page has, with the *doors* there are."""
    words = language(asked.lang)
    template = f"doors/{asked.part or view.template}.html"
    return page(template, words, say=words.say, runs=runs, frame=_frame(asked, doors), **view.held)


def _frame(asked: Asked, doors: Iterable[Door]) -> dict[str, Any]:
    """What stands around every page: where one is, where one can go, and in which languages."""
    ids = {door.path: door.id for door in doors}
    return {"root": asked.root, "path": asked.path, "id": ids[asked.path], "doors": list(ids.items()), "version": load().version,
            "languages": [(code, language(code).say("language-name")) for code in languages()], "fields": asked.fields}  # fmt: skip
