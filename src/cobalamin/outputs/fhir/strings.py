"""Text as FHIR carries it: strings without anything invisible that is not needed, and narratives in which nothing is markup but ours."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from html import escape

from cobalamin.outputs.language import END, FIRST_STRONG, JOINERS, LEFT_TO_RIGHT, Language

KEPT = f"{LEFT_TO_RIGHT}{FIRST_STRONG}{END}{JOINERS}"
LEFT_RUN = re.compile(f"{LEFT_TO_RIGHT}([^{END}]*){END}")
XHTML = "http://www.w3.org/1999/xhtml"


def string(text: str, words: Language) -> str:
    """A sentence as a FHIR string; marks that keep a number left to right stay only where the language runs right to left.

    Control characters, and letters that are half of one, are left out: neither JSON nor XML may hold them.
    """
    kept = "".join(char for char in text if char in KEPT or char == "\n" or unicodedata.category(char)[0] != "C")
    return (kept if words.right_to_left else LEFT_RUN.sub(r"\1", kept)).strip()


def narrative(title: str, lines: Iterable[str], words: Language) -> dict[str, str]:
    """A Narrative: a title and a list, every text escaped, its language and direction told."""
    way = "rtl" if words.right_to_left else "ltr"
    items = "".join(f"<li>{escape(string(line, words))}</li>" for line in lines if line)
    body = f"<p><b>{escape(string(title, words))}</b></p>" + (f"<ul>{items}</ul>" if items else "")
    return {"status": "generated", "div": f'<div xmlns="{XHTML}" lang="{words.code}" xml:lang="{words.code}" dir="{way}">{body}</div>'}
