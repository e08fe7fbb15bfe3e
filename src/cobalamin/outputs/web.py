"""Pages of HTML that stand alone: one file, no script, nothing fetched from anywhere."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from cobalamin.errors import UsageError
from cobalamin.outputs.language import Language, pieces

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

LONGEST_KEPT = 24
"""A run longer than this may be broken over lines; a number with its unit or a day never is."""


@cache
def _environment() -> Environment:
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise UsageError("Pages need Jinja2: pip install 'cobalamin[population]'.") from None
    return Environment(loader=PackageLoader("cobalamin.outputs"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def page(template: str, words: Language, **held: Any) -> str:
    """The page of a template of ours in a language; every text put in is escaped."""
    return _environment().get_template(template).render(lang=words.code, right_to_left=words.right_to_left, **held)


@lru_cache(maxsize=8192)
def runs(text: str) -> Markup:
    """A sentence as HTML in which each run that keeps its own direction is an element, and a short one stays on one line."""
    from markupsafe import Markup, escape

    parts = []
    for way, held in pieces(text):
        keep = Markup(' class="keep"') if len(held) <= LONGEST_KEPT else ""
        parts.append(Markup('<bdi dir="{}"{}>{}</bdi>').format(way, keep, held) if way else escape(held))
    return Markup("").join(parts)
