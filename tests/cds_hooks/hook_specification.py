"""What CDS Hooks 2.0 and its published invariants (cds-resp-1 to 7) say of an answer, held against one: every breach as a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

INDICATORS, BEHAVIORS, ACTIONS = ("info", "warning", "critical"), ("at-most-one", "any"), ("create", "update", "delete")
DISCOVERED = {"hook", "title", "description", "id", "prefetch", "usageRequirements", "version", "extension"}
CARD = {"uuid", "summary", "detail", "indicator", "source", "suggestions", "selectionBehavior", "overrideReasons", "links", "extension"}
TOKEN = re.compile(r"\{\{(.*?)\}\}")
TOKENS = re.compile(r"context\.\w+|today\(\)( [-+] \d+ days)?|user(Practitioner|PractitionerRole|Patient|RelatedPerson)Id")


def breaches(answer: Any) -> list[str]:
    """Every breach of an answer with cards."""
    return list(_answer(answer))


def breaches_of_discovery(answer: Any) -> list[str]:
    """Every breach of the list of services."""
    return list(_discovery(answer))


def _answer(answer: Any) -> Iterator[str]:
    yield from _nothing_empty(answer, "answer", allowed=("answer.cards",))
    if not isinstance(answer.get("cards"), list):
        yield "cards is a list"
        return
    for number, card in enumerate(answer["cards"]):
        yield from (f"cards[{number}]: {breach}" for breach in _card(card))
    ids = [card.get("uuid") for card in answer["cards"]]
    if len(set(ids)) != len(ids):
        yield "every card has an id of its own"


def _card(card: Any) -> Iterator[str]:
    if not set(card) <= CARD:
        yield f"unknown members {set(card) - CARD}"
    yield from _uuid(card.get("uuid"), "uuid")
    summary = card.get("summary")
    if not isinstance(summary, str) or not summary.strip() or len(summary) >= 140 or "\n" in summary:
        yield "summary is one sentence of fewer than 140 characters"
    if card.get("indicator") not in INDICATORS:
        yield "indicator is info, warning or critical"
    source = card.get("source") or {}
    if not source.get("label"):
        yield "source has a label"
    if "url" in source and not _absolute(source["url"]):
        yield "source.url is absolute"
    if "topic" in source:
        yield from _coding(source["topic"], "topic")
    suggestions = card.get("suggestions") or []
    if suggestions and card.get("selectionBehavior") not in BEHAVIORS:
        yield "cds-resp-6: suggestions come with a selectionBehavior"
    if card.get("selectionBehavior") == "at-most-one" and sum(one.get("isRecommended") is True for one in suggestions) > 1:
        yield "cds-resp-1: at-most-one recommends one"
    for number, one in enumerate(suggestions):
        yield from (f"suggestions[{number}]: {breach}" for breach in _suggestion(one, card))
    if len({one.get("uuid") for one in suggestions}) != len(suggestions):
        yield "every suggestion has an id of its own"
    for number, reason in enumerate(card.get("overrideReasons") or []):
        yield from _coding(reason, f"overrideReasons[{number}]")
        if not reason.get("display"):
            yield f"cds-resp-4: overrideReasons[{number}] has a display"
    for number, link in enumerate(card.get("links") or []):
        yield from (f"links[{number}]: {breach}" for breach in _link(link))


def _suggestion(one: Any, card: Any) -> Iterator[str]:
    yield from _uuid(one.get("uuid"), "uuid")
    if not one.get("label"):
        yield "has a label"
    if card.get("selectionBehavior") == "at-most-one" and len(one.get("actions") or []) > 1:
        yield "one action only under at-most-one"
    if one.get("actionSelectionBehavior") not in (None, "all", "any", "at-most-one"):
        yield "cds-resp-7: actionSelectionBehavior is all, any or at-most-one"
    for action in one.get("actions") or []:
        if action.get("type") not in ACTIONS:
            yield "an action creates, updates or deletes"
        if not action.get("description"):
            yield "cds-resp-5: an action has a description"
        if action.get("type") == "delete" and (not action.get("resourceId") or "resource" in action):
            yield "cds-resp-2: a delete carries a resourceId and no resource"
        if action.get("type") in ("create", "update") and not (action.get("resource") or {}).get("resourceType"):
            yield "a create or an update carries a resource"


def _link(link: Any) -> Iterator[str]:
    if not link.get("label") or link.get("type") not in ("absolute", "smart") or not _absolute(str(link.get("url"))):
        yield "has a label, an absolute url and a type"
    if "appContext" in link and link.get("type") != "smart":
        yield "cds-resp-3: appContext only on SMART links"


def _coding(coding: Any, where: str) -> Iterator[str]:
    if not coding.get("code") or not coding.get("system"):
        yield f"{where} has a code and a system"


def _uuid(text: Any, where: str) -> Iterator[str]:
    try:
        UUID(text)
    except (ValueError, TypeError, AttributeError):
        yield f"{where} is a UUID"


def _nothing_empty(held: Any, where: str, allowed: tuple[str, ...] = ()) -> Iterator[str]:
    """Nothing is null or empty but what may be."""
    if held in (None, "", [], {}) and where not in allowed:
        yield f"{where} is empty"
    for name, part in held.items() if isinstance(held, dict) else enumerate(held) if isinstance(held, list) else ():
        yield from _nothing_empty(part, f"{where}.{name}", allowed)


def _absolute(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _discovery(answer: Any) -> Iterator[str]:
    yield from _nothing_empty(answer, "answer")
    for service in answer["services"]:
        if not set(service) <= DISCOVERED or not all(isinstance(service.get(name), str) for name in ("hook", "description", "id")):
            yield f"{service.get('id')}: hook, description and id, and nothing unknown"
        for key, query in (service.get("prefetch") or {}).items():
            if not all(TOKENS.fullmatch(token) for token in TOKEN.findall(query)):
                yield f"{key}: a token of no kind that there is"
            rest = TOKEN.sub("x", query)
            if not re.fullmatch(r"[A-Z]\w+(/x|\?[a-z-]+=[^&]+(&[a-z_-]+=[^&]+)*)", rest) or ":" in rest.split("?")[-1].replace("http://", ""):
                yield f"{key}: a read or a plain search"
