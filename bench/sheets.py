"""The sheet to take home as a PDF, in a process that stays. By itself: python bench/sheets.py"""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import cycle, product
from pathlib import Path

from assess_command import DAY
from one_patient import LANGUAGES, spread
from table import Table

from cobalamin.assessing import assess
from cobalamin.outputs.handout import handout_pdf
from cobalamin.rules.load import load

CASE = Path(__file__).parents[1] / "samples" / "cases" / "symptom_to_plan.json"
PEOPLE, GOAL = 50, 100


def table(seconds: float) -> Table:
    """Milliseconds for a sheet, each time of another person: each language alone, with English beside it, and in large type."""
    case, knowledge = json.loads(CASE.read_text(encoding="utf-8")), load()
    # people differ by name and day, so that nothing set before serves again but the sentences they share
    days = [(date.fromisoformat(DAY) + timedelta(days=number)).isoformat() for number in range(PEOPLE)]
    people = cycle([replace(assess(case, as_of=day), patient_id=f"person {number}") for number, day in enumerate(days)])
    rows = []
    for lang, (also, large) in product(LANGUAGES, (("", False), ("en", False), ("", True))):
        figures = spread(lambda lang=lang, also=also, large=large: handout_pdf(next(people), knowledge, lang, also, large), seconds, warm_up=3)
        name = lang + (f", and {also} beside it" if also else "") + (", large" if large else "")
        rows.append((name, *(f"{figure:.0f} ms" for figure in figures), f"{GOAL} ms"))
    return Table("The sheet to take home, warm, PDF/UA", ("what", "median", "95th percentile", "median, processor", "goal"), rows)


if __name__ == "__main__":
    print(table(3))
