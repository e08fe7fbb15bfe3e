"""Text as FHIR carries it: strings without anything invisible that is not needed, and narratives in which nothing is markup but ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape

from cobalamin.outputs.content import Section
from cobalamin.outputs.language import END, FIRST_STRONG, JOINERS, LEFT_TO_RIGHT, Language

KEPT = f"{LEFT_TO_RIGHT}{FIRST_STRONG}{END}{JOINERS}\n"
WITHOUT_KEPT = str.maketrans("", "", KEPT)
LEFT_RUN = re.compile(f"{LEFT_TO_RIGHT}([^{END}]*){END}")
XHTML = "http://www.w3.org/1999/xhtml"


def string(text: str, words: Language) -> str:
    """A sentence as a FHIR string; marks that keep a number left to right stay only where the language runs right to left.

    Control characters, and letters that are half of one, are left out: neither JSON nor XML may hold them.
    """
    kept = text if words.right_to_left else LEFT_RUN.sub(r"\1", text)
    if not kept.translate(WITHOUT_KEPT).isprintable():
        kept = "".join(char for char in kept if char in KEPT or unicodedata.category(char)[0] != "C")
    return kept.strip()


def narrative(sections: Iterable[Section], words: Language) -> dict[str, str]:
    """A Narrative: titles, paragraphs and lists, every text escaped, its language and direction told."""
    parts = []
    for section in sections:
        parts += [f"<p><b>{_shown(section.title, words)}</b></p>"] if section.title else []
        parts += [f"<p>{_shown(text, words)}</p>" for text in section.paragraphs if text]
        if items := "".join(f"<li>{_shown(text, words)}</li>" for text in section.items if text):
            parts.append(f"<ul>{items}</ul>")
    way = "rtl" if words.right_to_left else "ltr"
    return {"status": "generated", "div": f'<div xmlns="{XHTML}" lang="{words.code}" xml:lang="{words.code}" dir="{way}">{"".join(parts)}</div>'}


def passage(section: Section, words: Language) -> str:
    """A section as a FHIR string of several lines."""
    return "\n".join(
        filter(None, [string(section.title, words), *(string(text, words) for text in section.paragraphs), *(f"- {string(text, words)}" for text in section.items)])
    )


def texts(*sections: Section) -> list[str]:
    """The sentences of sections without their titles."""
    return [text for section in sections for text in (*section.paragraphs, *section.items)]


def _shown(text: str, words: Language) -> str:
    return escape(string(text, words))
