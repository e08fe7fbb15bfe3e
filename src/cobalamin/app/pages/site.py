"""Every page of the site by its path, and how one is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cobalamin.app.pages import home, me, patient
from cobalamin.app.pages.asked import Asked, View, languages
from cobalamin.outputs.language import language
from cobalamin.outputs.web import page, runs
from cobalamin.rules.load import load


@dataclass(frozen=True, slots=True)
class Door:
    """A page: its path, the function that answers, whether that takes so long that others should not wait for it, and what the fields of its form are."""

    path: str
    view: Callable[[Asked], View]
    slow: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The name its texts go by."""
        return self.path.strip("/") or "home"


DOORS = (Door("/", home.view), Door("/me", me.view), Door("/patient", patient.view, fields=patient.FIELDS))
BY_PATH = {door.path: door for door in DOORS}


def html(asked: Asked) -> str:
    """The page (or the part of it) that is asked for."""
    return rendered(asked, BY_PATH[asked.path].view(asked))


def rendered(asked: Asked, view: View, doors: Iterable[Door] = DOORS, serverless: bool = False) -> str:
    """A view in the frame that every page has, with the *doors* there are; *serverless*, as a file of a site with no server."""
    words = language(asked.lang)
    template = f"doors/{asked.part if asked.part in view.parts else view.template}.html"
    return page(template, words, say=words.say, runs=runs, frame=_frame(asked, doors, serverless), **view.held)


def file_of(path: str, lang: str) -> str:
    """The file of a page in a site with no server: a folder for each language."""
    return f"{lang}/{path.strip('/') or 'home'}.html"


def _frame(asked: Asked, doors: Iterable[Door], serverless: bool) -> dict[str, Any]:
    """What stands around every page: where one is, where one can go, and in which languages."""
    ids = {door.path: door.id for door in doors}

    def link(path: str, lang: str) -> str:
        return f"{asked.root}/{file_of(path, lang)}" if serverless else f"{asked.root}{path}?lang={lang}"

    return {"link": link, "serverless": serverless, "root": asked.root, "path": asked.path, "id": ids[asked.path], "doors": list(ids.items()), "version": load().version,
            "languages": [(code, language(code).say("language-name")) for code in languages()], "fields": asked.fields}  # fmt: skip


def warm() -> None:
    """Make what the first request would wait for: the engine of the day and the index of names."""
    for lang in languages():
        for path, fields in (("/patient", (("age", "40"),)), ("/patient", (("part", patient.SUGGEST), ("add", "b12")))):
            html(Asked(path, lang, fields, part=dict(fields).get("part", "")))
