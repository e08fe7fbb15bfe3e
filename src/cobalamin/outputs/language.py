"""One language at a time: its messages in two voices, and numbers that no line of Arabic can turn around.

Messages are Fluent files under `knowledge/texts/<language>/`. Each message is parsed when it is first said, because
a page says few of them and reading all would cost more than the assessment.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

Voice = Literal["clinical", "lay"]
VOICES: tuple[Voice, ...] = ("clinical", "lay")

FOLDER = Path(__file__).parent.parent / "knowledge" / "texts"
FALLBACK = "en"
RIGHT_TO_LEFT = ("ar",)
STRICT = False
"""When true, a missing message or variable is an error. Tests set it; a reader gets the English message instead."""

MESSAGE = re.compile(r"^([a-z][a-z0-9-]*) *=.*(?:\n(?:[ \t}].*)?)*", re.MULTILINE)
LEFT_TO_RIGHT, FIRST_STRONG, END = "\u2066", "\u2068", "\u2069"
ISOLATE = re.compile(f"[\u2066-\u2068][^{END}]*{END}")
NUMBERS = re.compile(r"(?<![\w.])[<>≤≥-]?\d+(?:[.,:/–-]\d+)*(?!\w)(?: ?%| [A-Za-z\u00b5]+/[\w./]+)?")
LATIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 .,:/%_+=<>^–-]*[A-Za-z0-9%])?")
JOINERS = "\u200c\u200d"
"""Invisible characters that change how letters of Hindi join, and so belong to the word."""
VARIABLE = re.compile(r"\{ *\$([A-Za-z][\w-]*)")
COMPARATORS = {"<": "quantity-below", "<=": "quantity-at-most", ">": "quantity-above", ">=": "quantity-at-least"}


def quantity_run(text: str) -> str:
    """*text* (a number with comparator and unit, a date, a rule id) as one run that stays left to right anywhere.

    >>> quantity_run("0.45 umol/L") == LEFT_TO_RIGHT + "0.45 \u00b5mol/L" + END
    True
    """
    return LEFT_TO_RIGHT + re.sub(r"(?<![A-Za-z])u(?=mol\b|mol/|g/|g\b|L\b)", "\u00b5", _bare(text)) + END


def foreign_run(text: str) -> str:
    """Words of the record itself: one run in its own direction, without anything that could steer a terminal."""
    return FIRST_STRONG + _bare(text) + END


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """A sentence in its parts: the way each run of its own is read (`ltr`, or `auto` by its first letter) and what it holds; "" for what stands between.

    >>> list(pieces(f"B12: {quantity_run('140 pg/mL')}."))
    [('', 'B12: '), ('ltr', '140 pg/mL'), ('', '.')]
    """
    done = 0
    for found in ISOLATE.finditer(text):
        if found.start() > done:
            yield "", text[done : found.start()]
        yield "ltr" if found[0][0] == LEFT_TO_RIGHT else "auto", found[0][1:-1]
        done = found.end()
    if done < len(text):
        yield "", text[done:]


def _bare(text: str) -> str:
    """*text* on one line without control and direction characters."""
    kept = (" " if char.isspace() else char for char in text if char.isspace() or char in JOINERS or unicodedata.category(char)[0] != "C")
    return " ".join("".join(kept).split())


class Language:
    """The messages of one language; `say` answers in a voice, falling back on the whole English message."""

    def __init__(self, code: str):
        self.code = code
        self.right_to_left = code in RIGHT_TO_LEFT

    @cached_property
    def sources(self) -> dict[str, str]:
        """The text of every message, by id."""
        found: dict[str, str] = {}
        for path in sorted((FOLDER / self.code).glob("*.ftl")):
            for match in MESSAGE.finditer(path.read_text(encoding="utf-8")):
                found.setdefault(match[1], match[0])
        return found

    @cached_property
    def _bundle(self) -> FluentBundle:
        from fluent.runtime import FluentBundle

        return FluentBundle([self.code], use_isolating=False)

    def say(self, id: str, voice: Voice = "clinical", **values: str | int) -> str:
        """The message *id* (underscores may stand for hyphens) in *voice*, on one line, its numbers isolated."""
        text = self._format(id.replace("_", "-"), voice, values)
        if text is None and STRICT:
            raise LookupError(f"{self.code}: '{id}' is missing in the {voice} voice or misses a variable, given {sorted(values)}")
        if text is None:
            english = language(FALLBACK)._format(id.replace("_", "-"), voice, values) if self.code != FALLBACK else None
            text = quantity_run(english or id)
        return self.isolated(" ".join(text.split()))

    def joined(self, texts: Iterable[str], voice: Voice = "clinical") -> str:
        """Texts as a list on one line, with the comma of this language."""
        return (self.say("list-separator", voice) + " ").join(texts)

    def directed(self, lines: Iterable[str]) -> str:
        """Lines as one text; one that starts without a letter of a right-to-left language is told its direction."""
        mark = "\u200f" if self.right_to_left else ""
        return "\n".join(mark + line if line else line for line in lines)

    def variables(self, id: str) -> set[str]:
        """The names a message leaves to be filled in."""
        return set(VARIABLE.findall(self.sources.get(id.replace("_", "-"), "")))

    def _format(self, id: str, voice: Voice, values: dict[str, str | int]) -> str | None:
        if id not in self.sources:
            return None
        if not self._bundle.has_message(id):
            from fluent.runtime import FluentResource

            self._bundle.add_resource(FluentResource(self.sources[id]))
            if not self._bundle.has_message(id):
                return None
        message = self._bundle.get_message(id)
        pattern = message.value if voice == "clinical" else message.attributes.get("lay")
        if pattern is None:
            return None
        text, errors = self._bundle.format_pattern(pattern, values)
        return None if errors else str(text)

    def isolated(self, text: str) -> str:
        """*text* with every number in a run of its own; right to left, every Latin run that holds a digit."""
        pattern = LATIN if self.right_to_left else NUMBERS
        done, parts = 0, []
        for match in [*ISOLATE.finditer(text), None]:
            between = text[done : match.start() if match else len(text)]
            parts.append(pattern.sub(lambda found: quantity_run(found[0]) if any(map(str.isdigit, found[0])) else found[0], between))
            if match:
                parts.append(match[0])
                done = match.end()
        return "".join(parts)

    def label(self, labels: dict[str, str]) -> str:
        """The label of a concept or guideline in this language, else in English as one run."""
        if self.code in labels:
            return self.isolated(labels[self.code])
        return quantity_run(labels.get(FALLBACK, next(iter(labels.values()), "")))

    def quantity(self, printed: str, voice: Voice = "clinical") -> str:
        """A result as printed: one run, or a word of this language; for lay readers a comparator becomes a word."""
        found = re.match(r"([<>]=?)?\s*(.*)", printed, re.DOTALL)
        sign, rest = (found[1] or "", found[2]) if found else ("", printed)
        if not any(map(str.isdigit, rest)):
            return self.say(f"value-{rest}", voice) if f"value-{rest}" in self.sources else quantity_run(printed)
        if sign and voice == "lay":
            return self.say(COMPARATORS[sign], voice, quantity=quantity_run(rest))
        return quantity_run(printed)


@cache
def language(code: str) -> Language:
    """The language *code*, read once; one without texts of ours is read in English."""
    return Language(code if (FOLDER / code).is_dir() and code.isalpha() else FALLBACK)
