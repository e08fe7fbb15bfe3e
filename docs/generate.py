"""Write the generated pages of docs/, or with `--check` say which of them are stale.

    python docs/generate.py            write them
    python docs/generate.py --check    change nothing; exit code 1 when a page is stale, missing or left over
"""

from __future__ import annotations

import sys
from pathlib import Path

import limits_list
import pages_catalogs
import pages_program
import pages_rules
import pages_spec
import pages_stages
import pages_words
from marks import page

from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.load import load

DOCS = Path(__file__).parent
FOLDERS = ("reference", "spec", "stages")
BEGIN, END = "<!-- begin generated -->", "<!-- end generated -->"


def everything(knowledge: Knowledge) -> dict[str, str]:
    """The text of every generated page by its path under docs/."""
    parts = (pages_rules, pages_stages, pages_words, pages_catalogs, pages_program, pages_spec)
    found = {path: text for part in parts for path, text in part.pages(knowledge).items()}
    found["reference/README.md"] = _index(knowledge)
    limits = (DOCS / "limits.md").read_text(encoding="utf-8")
    head, _, rest = limits.partition(BEGIN)
    found["limits.md"] = f"{head}{BEGIN}\n\n{limits_list.lists(knowledge)}\n\n{END}{rest.partition(END)[2]}"
    return dict(sorted(found.items()))


def _index(knowledge: Knowledge) -> str:
    others = {
        "parameters": "every number, by guideline, in the units its source prints", "guidelines": "whose numbers they are",
        "features": "named expressions that rules share", "regimens": "doses, route and days of every treatment",
        "reviews": "when to look again, and at what",
        "tasks": "what somebody on a worklist is there for, and by when", "cards": "what a record system says",
        "invariants": "what must never happen", "concepts": "what a fact may be about",
        "spellings": "units, words and signs as people print them", "reasons": "why a row is set aside", "sources": "what the knowledge rests on",
        "rule-language": "functions, nodes and kinds in use", "commands": "every command and option",
    }  # fmt: skip
    return page("Reference", _links(others), "## Collections", _links(pages_catalogs.WHAT), "## Decision tables", pages_rules.stages(knowledge))


def _links(pages: dict[str, str]) -> str:
    return "\n".join(f"- [{name}]({name}.md): {what}" for name, what in pages.items())


def stale(pages: dict[str, str]) -> list[str]:
    """Pages that differ from what is on disk, and generated pages that nothing makes any more."""
    changed = [path for path, text in pages.items() if not (DOCS / path).exists() or (DOCS / path).read_text(encoding="utf-8") != text]
    left = [path.relative_to(DOCS).as_posix() for folder in FOLDERS for path in sorted((DOCS / folder).rglob("*.md"))]
    return changed + [path for path in left if path not in pages]


def main(arguments: list[str]) -> int:
    """Write or check; the exit code."""
    pages = everything(load(places=True))
    found = stale(pages)
    if "--check" in arguments:
        for path in found:
            print(f"docs/{path} is stale: run python docs/generate.py")
        return 1 if found else 0
    for path in found:
        target = DOCS / path
        if path not in pages:
            target.unlink()
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(pages[path], encoding="utf-8")
    print(f"{len(pages)} pages, {len(found)} written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
