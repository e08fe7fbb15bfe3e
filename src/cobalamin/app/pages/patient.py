"""The door for a patient: what is known of somebody in, the whole answer out."""

from __future__ import annotations

from typing import Any

from cobalamin.app.pages.asked import Asked, View
from cobalamin.assessing import assess, today
from cobalamin.errors import CobalaminError
from cobalamin.outputs.language import language
from cobalamin.outputs.text import render
from cobalamin.rules.load import load


def view(asked: Asked) -> View:
    """The answer to what the form holds."""
    knowledge, words = load(), language(asked.lang)
    as_of, guideline = asked.one("as_of") or today(), asked.one("guideline") or knowledge.default_guideline
    person = {"sex": asked.one("sex"), "age_years": asked.one("age_years")}
    case = {**person, "facts": [{"concept": line} for line in asked.one("said").splitlines() if line.strip()]}
    text, trouble, data = "", "", {}
    try:
        if case["facts"] or person["age_years"]:
            found = assess(case, as_of=as_of, guideline=guideline)
            text, data = render(found, knowledge, asked.lang), found.to_dict()
    except CobalaminError as error:
        trouble = str(error)
    held: dict[str, Any] = {"person": person, "as_of": as_of, "guideline": guideline, "said": asked.one("said"), "text": text, "trouble": trouble,
                            "guidelines": [(id, words.label(held.title)) for id, held in knowledge.guidelines.items()]}  # fmt: skip
    return View("patient", held, data)
