"""Take the pictures of docs/how-to/print-a-handout.md again: the first page of the sheet in three languages.

    python docs/handout_pictures.py        needs pngquant
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import cobalamin
from cobalamin.outputs.handout import PAPERS, handout_tree, typeset
from cobalamin.rules.load import load

DOCS = Path(__file__).parent
CASE = DOCS.parent / "samples" / "cases" / "symptom_to_plan.json"
DAY = "2026-11-20"
ALSO = {"en": "", "hi": "", "ar": "en"}
DOTS_AN_INCH = 96


def main() -> None:
    """Write docs/pictures/handout-<language>.png."""
    found = cobalamin.assess(json.loads(CASE.read_text(encoding="utf-8")), as_of=DAY)
    for lang, also in ALSO.items():
        held = handout_tree(found, load(), lang, also) | {"large": False, "paper": PAPERS["a4"]}
        pages = typeset(held, format="png", ppi=DOTS_AN_INCH, pdf_standards=[])
        picture = DOCS / "pictures" / f"handout-{lang}.png"
        subprocess.run(["pngquant", "--strip", "24", "-"], input=pages[0], stdout=picture.open("wb"), check=True)


if __name__ == "__main__":
    main()
