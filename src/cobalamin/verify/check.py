"""`cobalamin check`: everything that can be known to be wrong with the knowledge before anybody is assessed with it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

from cobalamin.errors import KnowledgeError, UsageError, nearest
from cobalamin.rules.files import read_folder
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.load import FOLDER
from cobalamin.rules.questions import questions
from cobalamin.rules.shelf import shelf
from cobalamin.verify import catalogs, directions, invariants, languages, learning, lower_b12, measures, sentences, tables, unused, vocabulary
from cobalamin.verify.report import ERROR, Finding, Report
from cobalamin.verify.workbench import Workbench

PARTS = ("data", "languages", "tables", "lower-b12", "learning", "invariants")
PROOFS = PARTS[2:]


def run(knowledge: Knowledge, guidelines: Iterable[str] | None = None, timeout_seconds: float = 20.0, only: Iterable[str] | None = None,
        *, folder: Path | None = None, as_of: str = "") -> Report:  # fmt: skip
    """Check *knowledge* (loaded from *folder*) and prove what must hold of it under *guidelines* on the day *as_of*.

    *only* names some of PARTS. Each proof has *timeout_seconds*; one that takes longer counts as an error.
    """
    chosen, parts = tuple(guidelines or knowledge.guidelines), tuple(only or PARTS)
    _refuse_unknown(chosen, knowledge.guidelines, "guideline")
    _refuse_unknown(parts, PARTS, "part of the check")
    started = time.perf_counter()
    steps: list[Callable[[], Iterator[Finding]]] = []
    found: list[Finding] = []
    root = folder or FOLDER
    rules: tuple[invariants.Invariant, ...] = ()
    whole = knowledge
    try:
        rules = invariants.read_invariants(knowledge, root)
        whole = invariants.with_invariants(knowledge, rules)
    except KnowledgeError as error:
        found.append(_as_finding(error))
    if "data" in parts:
        steps.append(lambda: _data(whole, root))
    if "languages" in parts:
        steps.append(lambda: _languages(knowledge, root))
    if set(PROOFS) & set(parts):
        steps.append(lambda: _proofs(Workbench(whole, as_of or date.today().isoformat(), chosen, timeout_seconds), rules, parts))
    for step in steps:
        try:
            found.extend(step())
        except KnowledgeError as error:
            found.append(_as_finding(error))
    return Report(tuple(found), time.perf_counter() - started, parts)


def _data(knowledge: Knowledge, folder: Path) -> Iterator[Finding]:
    trees, _, _ = read_folder(folder)
    said = {name for held in languages.read_all(folder).values() for part in held.parts.values() for name in part.variables}
    yield from unused.findings(knowledge, trees, said)
    yield from vocabulary.findings(knowledge)
    yield from measures.findings(knowledge, trees)
    yield from catalogs.findings(shelf(folder, places=True), knowledge)


def _languages(knowledge: Knowledge, folder: Path) -> Iterator[Finding]:
    texts = languages.read_all(folder)
    yield from languages.findings(texts)
    yield from sentences.findings(knowledge, texts, shelf(folder, places=True), questions(folder, places=True))


def _proofs(bench: Workbench, rules: tuple[invariants.Invariant, ...], parts: tuple[str, ...]) -> Iterator[Finding]:
    if "tables" in parts:
        yield from tables.findings(bench, besides=invariants.TABLE)
    if "lower-b12" in parts:
        yield from directions.findings(bench)
        yield from lower_b12.findings(bench)
    if "learning" in parts:
        yield from learning.findings(bench)
    if "invariants" in parts:
        yield from invariants.findings(bench, rules)


def _as_finding(error: KnowledgeError) -> Finding:
    return Finding(error.id, ERROR, "", str(error.place or "knowledge"), f"{error.what} {error.help}".strip())


def _refuse_unknown(asked: tuple[str, ...], known: Iterable[str], what: str) -> None:
    for name in asked:
        if name not in known:
            raise UsageError(f"there is no {what} '{name}'. {nearest(name, known)}".strip())
