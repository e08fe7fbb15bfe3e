"""The sentences of each language side by side: nothing missing, no variable lost, every plural form there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from cobalamin.rules.concepts import LANGUAGES
from cobalamin.verify.report import ERROR, Finding

TEXTS = "texts"
PLURALS = ("zero", "one", "two", "few", "many", "other")
FORMS = {"en": ("one", "other"), "hi": ("one", "other"), "ar": PLURALS}
"""The plural forms a sentence with a number needs in each language (CLDR)."""


@dataclass(frozen=True)
class Part:
    """A message's own text, or one of its attributes (`lay`, the plain voice): its variables, plurals and references."""

    place: str
    variables: frozenset[str]
    plurals: tuple[frozenset[str], ...]
    references: frozenset[str]


@dataclass
class Texts:
    """Every part of every message of one language by (message, attribute), the attribute of the text itself being empty."""

    language: str
    parts: dict[tuple[str, str], Part] = field(default_factory=dict)
    faults: list[Finding] = field(default_factory=list)

    @property
    def messages(self) -> set[str]:
        """The ids of all messages."""
        return {id for id, _ in self.parts}


class _Reader(Visitor):
    """Collects what a pattern refers to."""

    def __init__(self) -> None:
        self.variables: set[str] = set()
        self.references: set[str] = set()
        self.plurals: list[frozenset[str]] = []

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_MessageReference(self, node: ast.MessageReference) -> None:
        self.references.add(node.id.name)

    def visit_TermReference(self, node: ast.TermReference) -> None:
        self.references.add(f"-{node.id.name}")

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        keys = {variant.key.name for variant in node.variants if isinstance(variant.key, ast.Identifier)}
        if keys and keys <= set(PLURALS):
            self.plurals.append(frozenset(keys))
        self.generic_visit(node)


def read_texts(folder: Path, language: str) -> Texts:
    """The texts of one language; what does not parse, or is written twice, is kept as a fault."""
    texts = Texts(language)
    for path in sorted((folder / TEXTS / language).glob("*.ftl")):
        source = path.read_text(encoding="utf-8")
        for entry in FluentParser().parse(source).body:
            place = f"{TEXTS}/{language}/{path.name}:{source.count(chr(10), 0, entry.span.start if entry.span else 0) + 1}"
            if isinstance(entry, ast.Junk):
                why = entry.annotations[0].message if entry.annotations else "it is not Fluent"
                texts.faults.append(Finding("text-syntax", ERROR, "", place, f"this does not read as a message: {why}."))
            elif isinstance(entry, (ast.Message, ast.Term)):
                _add(texts, entry, place)
    return texts


def _add(texts: Texts, entry: ast.Message | ast.Term, place: str) -> None:
    id = entry.id.name if isinstance(entry, ast.Message) else f"-{entry.id.name}"
    if id in texts.messages:
        texts.faults.append(Finding("text-twice", ERROR, "", place, f"'{id}' is written twice in {texts.language}. Keep one."))
    patterns = [("", entry.value), *((attribute.id.name, attribute.value) for attribute in entry.attributes)]
    for attribute, pattern in patterns:
        if pattern is not None:
            reader = _Reader()
            reader.visit(pattern)
            part = Part(place, frozenset(reader.variables), tuple(reader.plurals), frozenset(reader.references))
            texts.parts[id, attribute] = part


def read_all(folder: Path) -> dict[str, Texts]:
    """The texts of every language."""
    return {language: read_texts(folder, language) for language in LANGUAGES}


def findings(texts: dict[str, Texts]) -> Iterator[Finding]:
    """Everything in which the languages differ, or a language lacks its plural forms."""
    for language, held in texts.items():
        yield from held.faults
        if not held.parts:
            yield Finding("missing-sentence", ERROR, "", f"{TEXTS}/{language}", f"there is no text at all in {language}.")
    written = {language: held for language, held in texts.items() if held.parts}
    for id, attribute in sorted({key for held in written.values() for key in held.parts}):
        yield from _compare(written, id, attribute)
    for language, held in written.items():
        for (id, attribute), part in held.parts.items():
            for forms in part.plurals:
                lacking = [form for form in FORMS[language] if form not in forms]
                if lacking:
                    message = (f"'{_called(id, attribute)}' counts something and lacks the {language} form {', '.join(lacking)}. "
                               f"Write all of: {', '.join(FORMS[language])}.")  # fmt: skip
                    yield Finding("missing-plural", ERROR, "", part.place, message)


def _compare(written: dict[str, Texts], id: str, attribute: str) -> Iterator[Finding]:
    holders = {language: held.parts[id, attribute] for language, held in written.items() if (id, attribute) in held.parts}
    first = next(iter(holders))
    for language in (language for language in written if language not in holders):
        if attribute and id in written[language].messages:
            place, message = written[language].parts.get((id, ""), holders[first]).place, f"'{id}' has no .{attribute} voice in {language}."
            yield Finding("missing-voice", ERROR, "", place, f"{message} {first} has one ({holders[first].place}).")
        elif not attribute:
            message = f"'{id}' is not said in {language}. {first} says it ({holders[first].place})."
            yield Finding("missing-sentence", ERROR, "", f"{TEXTS}/{language}", message)
    for language, part in holders.items():
        called, known = f"'{_called(id, attribute)}' in {language}", holders[first].variables
        if lost := ", ".join(f"${name}" for name in sorted(known - part.variables)):
            yield Finding("missing-variable", ERROR, "", part.place, f"{called} leaves out {lost}, which {first} says.")
        if foreign := ", ".join(f"${name}" for name in sorted(part.variables - known)):
            yield Finding("unknown-variable", ERROR, "", part.place, f"{called} uses {foreign}, which {first} does not know.")


def _called(id: str, attribute: str) -> str:
    return f"{id}.{attribute}" if attribute else id
