"""A card as the specification has it: a summary, a detail in Markdown, where it comes from, drafts to take over, and reasons to set it aside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from cobalamin.app.cds_hooks.record import Record
from cobalamin.app.cds_hooks.request import Call, is_url
from cobalamin.app.cds_hooks.suggestion import Suggestions
from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.model.assessment import Assessment
from cobalamin.outputs.content import Content
from cobalamin.outputs.fhir.strings import string
from cobalamin.outputs.language import foreign_run, language
from cobalamin.outputs.markdown import escaped, listed
from cobalamin.rules.cards import REGIMEN, Card
from cobalamin.rules.raising import Raised


class Cards:
    """The cards of one call in its language."""

    def __init__(self, call: Call, record: Record, assessment: Assessment, engine: MemoryEngine):
        self.call, self.record, self.assessment = call, record, assessment
        self.knowledge, self.words = engine.knowledge, language(call.lang)
        self.how = self.knowledge.cds_hooks
        self.content = Content(assessment, self.knowledge, self.words)
        self.suggestions = Suggestions(call.patient_id, assessment, self.knowledge, self.words)

    def card(self, raised: Raised, urgency: str) -> dict[str, Any]:
        """One card; its id is the same whenever the same call is answered."""
        card = raised.card
        made: dict[str, Any] = {"uuid": self._id(raised.rule), "summary": self._say(f"card-{card.id}"), "detail": self._detail(raised),
                                "indicator": self.how["indicators"][urgency], "source": self._source(raised)}  # fmt: skip
        about = [order for order in self.record.orders if order.concepts & raised.about]
        if suggestions := self.suggestions.of(raised, about, urgency):
            made["suggestions"] = [
                {"label": one.label, "uuid": self._id(f"{raised.rule}/{one.label}"), **({"isRecommended": True} if card.one and one is suggestions[0] else {}),
                 "actions": [dict(one.action)]}
                for one in suggestions
            ]  # fmt: skip
            made["selectionBehavior"] = "at-most-one" if card.one else "any"
        made["overrideReasons"] = [{"code": word, "system": self.how["systems"]["override"], "display": self._say(f"override-{word}")} for word in card.overrides]
        if links := self._links(card, made["source"].get("url", "")):
            made["links"] = links
        return made

    def _id(self, name: str) -> str:
        return str(uuid5(NAMESPACE_URL, f"{self.call.instance}/{self.call.service}/{name}"))

    def _source(self, raised: Raised) -> dict[str, Any]:
        source, topic = self.knowledge.sources[raised.evidence.source], raised.card.topic
        address = {"url": source.url} if is_url(source.url) else {}
        return {"label": source.title, **address, "topic": {"system": self.how["systems"]["topic"], "code": topic, "display": self._say(f"topic-{topic}")}}

    def _links(self, card: Card, shown: str) -> list[dict[str, str]]:
        """Where the treatment that is suggested comes from, unless the card comes from there too."""
        chosen = self.knowledge.regimens.get(self.assessment.treatment["regimen"] or "") if REGIMEN in card.suggests else None
        source = self.knowledge.sources[chosen.evidence.source] if chosen else None
        return [{"label": source.title, "url": source.url, "type": "absolute"}] if source and is_url(source.url) and source.url != shown else []

    def _detail(self, raised: Raised) -> str:
        """Why, what to do, what was not sent, where it comes from, and what this is."""
        say, card, evidence = self.words.say, raised.card, raised.evidence
        parts = [*chain.from_iterable(self._told(what) for what in card.tells), listed(self._say(f"todo-{word}") for word in card.steps)]
        if self.record.unsent:
            unsent = self.words.joined(self._say(f"prefetch-{key}") for key in self.record.unsent)
            parts.append(escaped(say("card-not-sent", parts=unsent)))
        source = say("source-line", source=foreign_run(self.knowledge.sources[evidence.source].title), where=foreign_run(evidence.where),
                     checked=self._say(f"checked-{evidence.checked}"))  # fmt: skip
        parts += [f"*{escaped(source)}*", escaped(self._say("disclaimer"))]
        return string("\n\n".join(filter(None, parts)), self.words)

    def _told(self, what: str) -> Iterator[str]:
        """A part of the assessment as paragraphs and lists."""
        content, say = self.content, self._say
        match what:
            case "because":
                yield escaped(content.because("clinical"))
            case "red_flags":
                yield listed(say(f"flag-{word}") for word in self.assessment.red_flags)
            case "test_reasons":
                yield listed(say(f"why-test-{word}") for word in self.assessment.test["because"])
            case _:
                for section in getattr(content, what)("clinical"):
                    yield f"**{escaped(section.title)}**"
                    yield listed((*section.paragraphs, *section.items))

    def _say(self, id: str) -> str:
        return said(self.words.code, id)


@lru_cache(maxsize=2048)
def said(lang: str, id: str) -> str:
    """A sentence in which nothing is filled in, as a FHIR string: every card says the same, so it is said once."""
    words = language(lang)
    return string(words.say(id), words)
