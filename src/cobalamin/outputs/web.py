"""Pages of HTML that stand alone: one file, no script, nothing fetched from anywhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from cobalamin.errors import UsageError
from cobalamin.outputs.language import Language

if TYPE_CHECKING:
    from jinja2 import Environment


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
