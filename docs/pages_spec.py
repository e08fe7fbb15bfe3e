"""The spec tables as a chapter of the manual: patients and what must come out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from marks import cell, code, page, table

from cobalamin.rules.knowledge import Knowledge

SPEC = Path(__file__).parent.parent / "tests" / "spec"
CHAPTERS = {"results": "Reading results", "people": "Whose limits hold", "interpret": "What the results mean", "status": "Is this person short of B12?",
            "tests": "Which test first, and which next", "safety": "What cannot wait", "recognize": "How severe it is, and whether to test", "cause": "Why it happened",
            "treat": "How it is treated",
            "respond": "Whether treatment works", "prevent": "How it is prevented",
            "worklist": "Who stands on a worklist", "cards": "What a record system says", "words": "Plain words", "published": "Published cases"}  # fmt: skip


def pages(knowledge: Knowledge) -> dict[str, str]:
    """A page for every spec table and one that lists them, by path under docs/."""
    found, listed = {}, {}
    for path in sorted(SPEC.rglob("*.yaml")):
        tree = yaml.safe_load(path.read_text(encoding="utf-8"))
        name = path.relative_to(SPEC).with_suffix(".md").as_posix()
        found[f"spec/{name}"] = _page(tree, path.relative_to(SPEC.parent.parent).as_posix(), knowledge)
        listed.setdefault(name.split("/")[0], []).append((f"[{cell(tree['title'])}]({name})", str(len(tree["patients"]))))
    parts = ["Every page shows a few patients and what must come out of them.", "Each is a test that runs on every engine; "
             "[how a table is written](../../tests/spec/README.md) needs no Python."]  # fmt: skip
    for chapter in [*(c for c in CHAPTERS if c in listed), *sorted(set(listed) - set(CHAPTERS))]:
        parts += [f"## {CHAPTERS.get(chapter, chapter)}", table(("table", "patients"), listed[chapter])]
    found["spec/README.md"] = page("What must come out: the spec tables", *parts)
    return found


def _page(tree: dict[str, Any], file: str, knowledge: Knowledge) -> str:
    shared = tree.get("everyone") or {}
    about = [f"Guideline: `{tree.get('guideline', knowledge.default_guideline)}`.", f"Day of assessment: {tree.get('as_of', '2026-11-20')}."]
    if shared:
        about.append(f"Everybody: {_facts(shared, knowledge)}.")
    rows, disputed = [], []
    for number, row in enumerate(tree["patients"], 1):
        held = dict(row)
        name, why = str(held.pop("name", number)), held.pop("disputed", "")
        if why:
            disputed.append(f"- {cell(name)}: {cell(why)}.")
        wanted = {key: value for key, value in held.items() if expected(key, knowledge)}
        given = {key: value for key, value in held.items() if key not in wanted}
        rows.append((cell(name) + (" (disputed)" if why else ""), _facts(given, knowledge), ", ".join(f"{code(k)} {_plain(v)}" for k, v in wanted.items())))
    parts = [" ".join(str(tree.get("about", "")).split()), "\n".join(about), table(("patient", "what is on record", "what must come out"), rows)]
    if disputed:
        parts.append("Disputed rows describe an answer thought right that the pathway does not give yet:\n\n" + "\n".join(disputed))
    return page(tree["title"], *parts, f"Written in [{file}](<{'../' * 3}{file}>).")


def expected(key: str, knowledge: Knowledge) -> bool:
    """Whether a column of a spec table is something that must come out."""
    sys.path.insert(0, str(SPEC))
    try:
        from expectation import CARDS, CHANGES, FIELDS, LISTS
    finally:
        sys.path.remove(str(SPEC))
    return key in (*FIELDS, *LISTS, *CARDS, *CHANGES) or key in knowledge.words_of


def _facts(given: dict[str, Any], knowledge: Knowledge) -> str:
    return "; ".join(f"{cell(key.replace('_', ' '))}: {_plain(value)}" for key, value in given.items())


def _plain(value: Any) -> str:
    """A value of a spec table in words: `[a, b]` is a list, `{has: [a]}` says so."""
    if isinstance(value, dict):
        return "; ".join(f"{key.replace('_', ' ')} {_plain(part)}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(f"({_plain(part)})" if isinstance(part, dict) else _plain(part) for part in value) or "nothing"
    return "any" if value is None else cell(str(value).lower() if isinstance(value, bool) else value)
