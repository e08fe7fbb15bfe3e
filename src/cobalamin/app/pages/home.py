"""The first page: which door is yours."""

from __future__ import annotations

from cobalamin.app.pages.asked import Asked, View


def view(asked: Asked) -> View:
    """The doors with a sentence on each."""
    return View("home", {}, {"lang": asked.lang})
