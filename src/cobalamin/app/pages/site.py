"""Every page of the site by its path, and how one is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from cobalamin.app.pages import home, patient
from cobalamin.app.pages.asked import Asked, View, languages
from cobalamin.outputs.language import language
from cobalamin.outputs.web import page, runs
from cobalamin.rules.load import load


@dataclass(frozen=True, slots=True)
class Door:
    """A page: its path, the function that answers, and whether it needs the server's own disk and databases."""

    path: str
    view: Callable[[Asked], View]
    needs_server: bool = False

    @property
    def id(self) -> str:
        """The name its texts go by."""
        return self.path.strip("/") or "home"


DOORS = (Door("/", home.view), Door("/patient", patient.view))
BY_PATH = {door.path: door for door in DOORS}


def html(asked: Asked, serverless: bool = False) -> str:
    """The page (or the part of it) that is asked for."""
    return rendered(asked, BY_PATH[asked.path].view(asked), serverless)


def rendered(asked: Asked, view: View, serverless: bool = False) -> str:
    """A view in the frame that every page has."""
    words = language(asked.lang)
    shown = [door for door in DOORS if not (serverless and door.needs_server)]
    template = f"doors/{asked.part or view.template}.html"
    return page(template, words, say=words.say, runs=runs, frame=_frame(asked, [door.path for door in shown]), **view.held)


def _frame(asked: Asked, paths: list[str]) -> dict[str, Any]:
    """What stands around every page: where one is, where one can go, and in which languages."""
    ids = [BY_PATH[path].id for path in paths]
    return {"root": asked.root, "path": asked.path, "id": BY_PATH[asked.path].id, "doors": list(zip(paths, ids, strict=True)), "version": load().version,
            "languages": [(code, language(code).say("language-name")) for code in languages()], "fields": asked.fields}  # fmt: skip


@cache
def paths() -> tuple[str, ...]:
    """The path of every page."""
    return tuple(BY_PATH)
