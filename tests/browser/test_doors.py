"""Every door in a real browser: accessible, calm at every width, light and dark, in three languages, with and without scripts, on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from cobalamin.app.pages.asked import languages
from cobalamin.app.pages.site import DOORS

PATHS = [*(door.path for door in DOORS), "/population"]
Open = Callable[..., Any]


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize("path", PATHS)
def test_every_door_is_accessible(visit: Open, violations: Callable[[Any], list[str]], address: str, path: str, lang: str) -> None:
    """Pins that the checker finds nothing, on a desk and in a hand, light and dark, and that no page is wider than its window."""
    for view, scheme in (("desktop", "light"), ("phone", "light"), ("desktop", "dark")):
        page = visit(f"{address}{path}?lang={lang}", view, color_scheme=scheme)
        assert page.get_attribute("html", "dir") == ("rtl" if lang == "ar" else "ltr")
        assert violations(page) == [], (view, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), (view, scheme)


@pytest.mark.parametrize("path", PATHS)
def test_a_door_can_be_walked_by_keyboard(visit: Open, address: str, path: str) -> None:
    """Pins that the first key leads to a way past the menu, and that whatever has the focus can be seen."""
    page = visit(f"{address}{path}?lang=en")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(12):
        page.keyboard.press("Tab")
        box = page.evaluate("(() => { const b = document.activeElement.getBoundingClientRect(); return [b.width, b.height]; })()")
        assert min(box) > 0


@pytest.mark.parametrize("lang", languages())
def test_letters_of_every_script_come_from_the_page_itself(visit: Open, address: str, lang: str) -> None:
    """Pins that the fonts are fetched from here and used."""
    page = visit(f"{address}/?lang={lang}")
    page.evaluate("document.fonts.ready.then(() => true)")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family.replaceAll('\"', ''))")
    assert {"en": "Noto Sans", "hi": "Noto Sans Devanagari", "ar": "Noto Naskh Arabic"}[lang] in loaded
