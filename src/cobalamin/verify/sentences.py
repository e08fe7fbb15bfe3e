"""Which sentences the knowledge and the program need: each must exist, and each that exists should be said somewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.questions import FILE, Questionnaire
from cobalamin.rules.shelf import Shelf
from cobalamin.verify.languages import TEXTS, Texts
from cobalamin.verify.report import ERROR, WARNING, Finding

CODE = Path(__file__).parent.parent
SPEAKERS, READERS = ("outputs", "app"), ("records",)
"""Packages that say sentences, and packages that set facts aside with a reason."""
SAID_WHOLE, SAID_IN_PART = re.compile(r'say\w*\("([a-z0-9-]+)"\s*[),]'), re.compile(r'say\w*\("([a-z0-9-]+-)"\s*~')
"""How a template says a sentence by its name, and one whose name it puts together."""
FAMILIES = {
    "findings": ("finding",), "notes": ("note",), "alternatives": ("alternative",), "status": ("status", "status-name", "next"),
    "red_flags": ("flag",), "test_reasons": ("why-test",), "urgency": ("urgency", "urgency-name"), "severity": ("severity", "severity-name"),
    "causes_confirmed": ("cause",), "causes_probable": ("cause",), "causes_possible": ("cause",), "status_basis": ("basis",), "combined_indicator_class": ("indicator",),
    "treatment_start": ("start", "start-name"), "regimen": ("regimen",), "regimens_also": ("regimen",), "treatment_duration": ("duration",), "cautions": ("caution",),
    "response_adequate": ("adequate",), "response_because": ("response",), "response_look_for": ("look-for",),
    "response_actions": ("action",), "response_expected": ("expect",), "prevention": ("prevent",),
    "worklist_recall": ("listed",), "worklist_overdue": ("listed",), "worklist_test_due": ("listed",), "worklist_missed": ("listed",),
    "worklist_injection_review": ("listed",), "patient_cards": ("card",), "order_cards": ("card",),
    "tests_first": ("test",), "tests_next": ("test",), "tests_cause": ("test",),
    "record_calls": ("replay",), "care_steps": ("step", "care"), "age_groups": ("group",), "sexes": ("group",), "survey_groups": ("group",), "measures": ("measure",),
}  # fmt: skip
"""The sentences that a concluded word needs: `finding-anemia-mild` for `findings: anemia_mild`."""


EXACT = {"reason-", "todo-", "catalog-", "disagreement-", "advice-", *(f"{family}-" for families in FAMILIES.values() for family in families)}
"""Beginnings whose every id is needed by name, so that one more is one too many."""


def findings(knowledge: Knowledge, texts: dict[str, Texts], shelf: Shelf, asked: Questionnaire) -> Iterator[Finding]:
    """Sentences that are needed and missing, then sentences that nobody says."""
    needed = needed_by_knowledge(knowledge) | needed_by_catalogs(shelf) | dict.fromkeys(asked.sentences(), FILE) | needed_by_code(CODE)
    families = said_by_pattern(CODE) - EXACT
    written = {language: held for language, held in texts.items() if held.parts}
    for id, why in sorted(needed.items()):
        for language, held in written.items():
            if id not in held.messages:
                yield Finding("missing-sentence", ERROR, "", f"{TEXTS}/{language}", f"'{id}' is not said in {language}. {why} needs it.")
    referred = {reference for held in written.values() for part in held.parts.values() for reference in part.references}
    idle = sorted(
        id for id in {id for held in written.values() for id in held.messages}
        if id not in needed and id not in referred and not id.startswith(tuple(families))
    )  # fmt: skip
    for id in idle:
        places = [part.place for held in written.values() for key, part in held.parts.items() if key[0] == id]
        yield Finding("unused-sentence", WARNING, "", places[0], f"nobody says '{id}'.")


def needed_by_knowledge(knowledge: Knowledge) -> dict[str, str]:
    """The id of every sentence that a table's words or rows ask for, and who asks."""
    needed: dict[str, str] = {}
    for table in knowledge.tables.values():
        for name, words in table.concludes().items():
            for word in words:
                for family in FAMILIES.get(name, ()):
                    needed.setdefault(f"{family}-{word.replace('_', '-')}", f"'{word}' of {table.id}")
        for row in table.rows:
            if row.text:
                needed.setdefault(row.text, str(row.place))
    for review in knowledge.reviews.values():
        for word in review.what:
            if word not in knowledge.concepts:
                needed.setdefault(f"look-{word.replace('_', '-')}", str(review.place))
    for task in knowledge.tasks.values():
        for word in task.what:
            needed.setdefault(f"todo-{word.replace('_', '-')}", str(task.place))
    for card in knowledge.cards.values():
        for family, held in (("todo", card.steps), ("override", card.overrides), ("topic", (card.topic,))):
            for word in held:
                needed.setdefault(f"{family}-{word.replace('_', '-')}", str(card.place))
    for service in knowledge.cds_hooks.get("services", {}).values():
        for family in ("service", "service-about"):
            needed.setdefault(f"{family}-{service['hook']}", "cds_hooks.yaml")
    for key in knowledge.cds_hooks.get("prefetch", ()):
        needed.setdefault(f"prefetch-{key.replace('_', '-')}", "cds_hooks.yaml")
    for kind in knowledge.pathway["worklists"]:
        needed.setdefault(f"worklist-{kind.replace('_', '-')}", "pathway.yaml")
    for verdict in knowledge.judging.verdicts.values() if knowledge.judging else ():
        needed.setdefault(f"received-{verdict.id.replace('_', '-')}", str(verdict.place))
    for regimen in knowledge.regimens.values():
        needed.setdefault(f"sure-{regimen.sure.replace('_', '-')}", str(regimen.place))
        for route in {stretch.route for stretch in regimen.doses}:
            needed.setdefault(f"route-{route}", str(regimen.place))
    return needed


def needed_by_catalogs(shelf: Shelf) -> dict[str, str]:
    """The id of every sentence of a catalog, its entries and its disagreements, and where the catalog stands."""
    return {id: str(catalog.place) for catalog in shelf.catalogs.values() for id in catalog.sentences()}


def needed_by_code(code: Path) -> dict[str, str]:
    """The id of every sentence the program says by name, and one for every reason for which a fact is set aside."""
    needed: dict[str, str] = {}
    for path, tree in _trees(code, SPEAKERS):
        for id in _said(tree):
            if isinstance(id, ast.Constant) and isinstance(id.value, str):
                needed.setdefault(id.value, f"{path}:{id.lineno}")
    for template in _templates(code):
        for id in SAID_WHOLE.findall(template.read_text(encoding="utf-8")):
            needed.setdefault(id, template.name)
    for path, tree in _trees(code, READERS):
        for reason in _reasons(tree) | (_answers(tree) if path.endswith("words.py") else set()):
            needed.setdefault(f"reason-{reason.replace('_', '-')}", path)
    return needed


def said_by_pattern(code: Path) -> set[str]:
    """The beginnings of ids the program puts together, such as `heading-`."""
    found = {family for path in _templates(code) for family in SAID_IN_PART.findall(path.read_text(encoding="utf-8"))}
    for _, tree in _trees(code, SPEAKERS):
        for node in ast.walk(tree):
            first = node.values[0] if isinstance(node, ast.JoinedStr) and node.values else None
            if isinstance(first, ast.Constant) and isinstance(first.value, str) and first.value.endswith("-"):
                found.add(first.value)
            if isinstance(node, ast.Dict):
                # a table of sentences by what they stand for
                found.update(v.value for v in node.values if isinstance(v, ast.Constant) and isinstance(v.value, str) and "-" in v.value)
    return found


def _templates(code: Path) -> Iterator[Path]:
    """Every page that says sentences where it stands."""
    for package in SPEAKERS:
        yield from sorted((code / package).rglob("*.html"))


def _trees(code: Path, packages: tuple[str, ...]) -> Iterator[tuple[str, ast.Module]]:
    for package in packages:
        for path in sorted((code / package).rglob("*.py")):
            yield path.relative_to(code).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _said(tree: ast.Module) -> Iterator[ast.expr]:
    """The first argument of every call of `say`."""
    for node in ast.walk(tree):
        name = node.func if isinstance(node, ast.Call) else None
        called = name.attr if isinstance(name, ast.Attribute) else name.id if isinstance(name, ast.Name) else ""
        if isinstance(node, ast.Call) and called == "say" and node.args:
            yield node.args[0]


def _reasons(tree: ast.Module) -> set[str]:
    """Every reason that `SetAside` or a helper named after it is called with, and every text kept in `reason` or `flag`."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else node.func.id if isinstance(node.func, ast.Name) else ""
            if "aside" in name.lower():
                found |= _texts(node.args[1:2])
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id in ("reason", "flag") for t in node.targets):
            found |= _texts([node.value])
    return found


def _answers(tree: ast.Module) -> set[str]:
    """Every text of two words or more that a function answers instead of what it was to read."""
    returned = [node.value for node in ast.walk(tree) if isinstance(node, ast.Return) and node.value]
    return {text for text in _texts(returned) if "_" in text}


def _texts(parts: list[ast.expr]) -> set[str]:
    """The texts an expression may come out as."""
    found: set[str] = set()
    for part in parts:
        if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value:
            found.add(part.value)
        if isinstance(part, ast.IfExp):
            found |= _texts([part.body, part.orelse])
        if isinstance(part, ast.Tuple):
            found |= _texts(part.elts)
    return found
