"""The answer to a case as a page shows it: sections of sentences, each with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from cobalamin.model.assessment import Assessment
from cobalamin.model.calendar import DoseCalendar
from cobalamin.outputs.calendar import CalendarWords
from cobalamin.outputs.content import Content, Section
from cobalamin.outputs.evidence import told
from cobalamin.outputs.grounds import Ground, Limit
from cobalamin.outputs.language import Language, Voice, language
from cobalamin.rules.knowledge import Knowledge

SEVERITIES = ("none", "mild", "moderate", "severe")
"""The steps of the picture, from left to right."""
MOST_WANTED = 6
LISTED = ("set-aside", "flagged", "not-understood", "reference-ranges", "left-out", "dose-calendar", "not-doses", "would-change")
"""Sections about the record itself: they rest on what was typed, not on a rule."""


class Answer:
    """One assessment in one language and voice."""

    def __init__(self, assessment: Assessment, knowledge: Knowledge, lang: str, voice: Voice, calendar: DoseCalendar):
        self.assessment, self.knowledge, self.voice, self.calendar = assessment, knowledge, voice, calendar
        self.words: Language = language(lang)
        self.content = Content(assessment, knowledge, self.words)
        self.told: dict[tuple[str, str], dict[str, Any]] = {}

    def sections(self) -> list[dict[str, Any]]:
        """Every section with its sentences, in the order of the page."""
        return list(self._joined(self._found()))

    def _found(self) -> Iterator[Section]:
        """What the assessment says, with the doses given so far before those to come."""
        for section in self.content.for_the_person() if self.voice == "lay" else self.content.for_the_clinician():
            if section.id == "doses":
                yield from CalendarWords(self.knowledge, self.words).sections(self.calendar, self.voice)
            yield section

    def _joined(self, sections: Iterable[Section]) -> Iterator[dict[str, Any]]:
        """Sections as plain data; one without a title goes on under the one before it."""
        last: dict[str, Any] | None = None
        for section in sections:
            seen: dict[str, int] = {}
            held = [self._sentence(section.id, text, item, seen) for item, texts in ((False, section.paragraphs), (True, section.items)) for text in texts]
            if section.title or last is None:
                if last:
                    yield last
                last = {"id": section.id, "title": section.title, "sentences": held}
            else:
                last["sentences"] += held
        if last:
            yield last

    def _sentence(self, section: str, text: str, item: bool, seen: dict[str, int]) -> dict[str, Any]:
        key = getattr(text, "key", "") or str(len(seen))
        seen[key] = seen.get(key, 0) + 1
        id = f"{section}.{key}" + (f".{seen[key]}" if seen[key] > 1 else "")
        return {"id": id, "text": str(text), "item": item, "rests_on": [self._ground(ground) for ground in getattr(text, "grounds", ())]}

    def _ground(self, ground: Ground) -> dict[str, Any]:
        """A rule, regimen, review or formula with its source, its place in it and how well that was checked."""
        key = (ground.kind, ground.id)
        if key not in self.told:
            looked = [{"label": self.content.treatment.concept(name), "value": self.words.quantity(text, self.voice)} for name, text in ground.looked]
            self.told[key] = {"kind": ground.kind, "id": ground.id, "when": ground.when, "strength": ground.strength, "stands": ground.stands, "looked": looked,
                              "limits": list(map(self._limit, ground.limits)), **told(ground.evidence, self.knowledge, self.words)}  # fmt: skip
        return self.told[key]

    def _limit(self, limit: Limit) -> dict[str, Any]:
        return {"name": limit.name, "printed": list(limit.printed), **told(limit.evidence, self.knowledge, self.words)}

    def guidelines(self) -> list[dict[str, Any]]:
        """The status under each guideline with the limits it draws, and whether it differs from the chosen one."""
        about, say = self.assessment, self.words.say
        compared = self.content.grounds.compared()
        return [
            {"id": id, "title": self.content.guideline(id), "status": status, "named": say(f"status-name-{status}", self.voice), "chosen": id == about.guideline,
             "differs": status != about.status,
             "source": self._source(id),
             "limits": [self._limit(limit) for name in dict.fromkeys(compared) if (limit := self.content.grounds.limit(name, id))]}
            for id, status in about.guidelines.items()
        ]  # fmt: skip

    def _source(self, guideline: str) -> dict[str, str]:
        """The publication a guideline is, and its address."""
        source = self.knowledge.sources[self.knowledge.guidelines[guideline].source]
        return {"title": ", ".join(part for part in (source.title, source.publisher, source.year) if part), "address": source.url}

    def wanted(self) -> list[tuple[str, str]]:
        """What is most worth knowing next, by id and label: that of what would change the answer which is no row yet, most deciding first."""
        ids = dict.fromkeys(entry["concept"] for entry in self.assessment.would_change if "set_aside" not in entry)
        return [(id, self.content.treatment.concept(id)) for id in ids if id in self.knowledge.concepts][:MOST_WANTED]

    def verdict(self) -> dict[str, str]:
        """The status and how soon, in a few words, for the eye and for the ear."""
        about, say = self.assessment, self.words.say
        return {"status": about.status, "named": say(f"status-name-{about.status}", self.voice), "urgency": about.urgency,
                "soon": say(f"urgency-name-{about.urgency}", self.voice), "severity": about.severity,
                "strong": say(f"severity-name-{about.severity}", self.voice)}  # fmt: skip
