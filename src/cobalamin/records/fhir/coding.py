"""What the codings of a resource name: asked once for each distinct list of codings and text, never for a row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cobalamin.records.words import Words, plain

BETWEEN, WITHIN = "\x1f", "\x1e"
"""What stands between the systems, the codes and the texts of a key, and between several of one."""


@dataclass(frozen=True, slots=True)
class Named:
    """The concept of a resource as the facts print it (`loinc|2132-9`, or an id), and the route its product goes by."""

    concept: str
    route: str = ""


class Codings:
    """The codes and names that resources of one type may use."""

    def __init__(self, words: Words, resource: str):
        self.words, self.how = words, words.knowledge.fhir
        self.kinds = set(self.how["kinds"].get(resource, ()))
        self.is_drug = "drug" in self.kinds

    def of_key(self, key: str) -> tuple[Named, ...]:
        """What a key of `facts.KEY` names."""
        systems, codes, *texts = [*key.split(BETWEEN), "", "", ""][:4]
        return self.named(systems.split(WITHIN) if systems else [], codes.split(WITHIN) if codes else [], *texts)

    def named(self, systems: list[str], codes: list[str], *texts: str) -> tuple[Named, ...]:
        """The first coding the pathway knows; the text when no coding is of a system that decides; nothing when it is not ours.

        A product of several drugs is several.
        """
        for system, code in zip(systems, codes, strict=False):
            if found := self._coded(system, code):
                return (Named(found, self.form(*texts)),)
        ours = [self.how["systems"].get(system, ()) for system in systems]
        if any(own in self.how["closed"] for group in ours for own in group):
            return ()
        for text in texts:
            if said := self.said(text):
                return tuple(Named(id, self.form(*texts)) for id in said)
        return ()

    def _coded(self, system: str, code: str) -> str:
        return self.coded(self.how["systems"].get(system.strip(), ()), code.strip())

    def coded(self, systems: Iterable[str], code: str, exact: bool = False) -> str:
        """A code as the facts print it, in the first of our systems that knows it or, unless it must be *exact*, a code above it; empty for none."""
        for own in systems:
            if own.startswith("icd10") and len(code) > 3 and "." not in code:
                code = f"{code[:3]}.{code[3:]}"
            for length in (len(code), *(n for n in self.how["levels"].get(own, ()) if n < len(code) and not exact)):
                if self.words.concept(f"{own}|{code[:length]}")[0]:
                    return f"{own}|{code[:length]}"
        return ""

    @cached_property
    def names(self) -> dict[str, str]:
        """Every whole name of the concepts that the text of such a resource may name."""
        found = {plain(text): str(id) for kind in self.kinds for text, id in self.how["also"].get(kind, {}).items()}
        for concept in self.words.knowledge.concepts.values():
            if concept.kind in self.kinds:
                for text in (concept.id.replace("_", " "), *concept.label.values(), *(text for group in concept.also.values() for text in group)):
                    found.setdefault(plain(text), concept.id)
        return found

    def said(self, text: str) -> tuple[str, ...]:
        """The concepts whose whole name *text* is; a name inside a longer text is no name, except for a drug inside its product."""
        key = self.tag.sub("", plain(text))
        if found := self.names.get(key):
            return (found,)
        if not self.is_drug:
            return ()
        key = self.before.sub("", re.sub(r"\s*\[.*?\]", "", key))
        named = (self._ingredient(part) for part in key.split(self.how["products"]["between"]))
        return tuple(dict.fromkeys(id for id in named if id))

    def _ingredient(self, part: str) -> str:
        name = self.strength.sub("", part.strip())
        while name:
            if found := self.names.get(name):
                return found
            name, _, salt = name.rpartition(" ")
            if salt not in self.how["products"]["salts"]:
                return ""
        return ""

    def form(self, *texts: str) -> str:
        """The route that the form of a drug tells, by the names of its product; empty for none."""
        key = plain(" ".join(texts)) if self.is_drug else ""
        return next((route for route, forms in self.how["products"]["forms"].items() if any(form in key for form in forms)), "")

    @cached_property
    def tag(self) -> re.Pattern[str]:
        return re.compile(r"\s*\((?:" + "|".join(map(re.escape, self.how["semantic_tags"])) + r")\)$")

    @cached_property
    def before(self) -> re.Pattern[str]:
        return re.compile(self.how["products"]["before"])

    @cached_property
    def strength(self) -> re.Pattern[str]:
        return re.compile(self.how["products"]["strength"])


def closed_codes(words: Words) -> tuple[frozenset[str], frozenset[str]]:
    """The codes of closed lists that concepts have, and the FHIR systems of those lists: what is of such a system and no such code is not ours."""
    how = words.knowledge.fhir
    known = frozenset(code.code for concept in words.knowledge.concepts.values() for code in concept.codes if code.system in how["closed"])
    return known, frozenset(uri for uri, own in how["systems"].items() if set(own) & set(how["closed"]))


def known_units(words: Words) -> frozenset[str]:
    """The UCUM codes and spellings that need no printed unit beside them."""
    named = (unit.name for concept in words.knowledge.concepts.values() if concept.units for unit in concept.units.units)
    return frozenset((*words.unit_spellings, *named))


def cases(column: str, table: dict[str, Any], otherwise: str = "NULL") -> str:
    """A table of the knowledge as a CASE of SQL."""
    from cobalamin.records.sql_text import quote

    rows = " ".join(f"WHEN {quote(key)} THEN {quote(value) if isinstance(value, str) else value}" for key, value in table.items())
    return f"CASE {column} {rows} ELSE {otherwise} END" if rows else otherwise
