"""A day as people write it in a language: with its weekday and the name of its month."""

from __future__ import annotations

from datetime import date

from cobalamin.outputs.language import Language, Voice, quantity_run


def written_day(day: str, words: Language, voice: Voice) -> str:
    """An ISO day in full, such as "Fri, 20 November 2026"."""
    found = date.fromisoformat(day)
    said = {"weekday": _weekday(found, words, voice), "month": _month(found, words, voice)}
    return words.say("day-written", voice, **said, day=quantity_run(str(found.day)), year=quantity_run(str(found.year)))


def day_in_month(day: str, words: Language, voice: Voice) -> str:
    """An ISO day under the heading of its month, such as "Fri 20"."""
    found = date.fromisoformat(day)
    return words.say("day-in-month", voice, weekday=_weekday(found, words, voice), day=quantity_run(str(found.day)))


def written_month(day: str, words: Language, voice: Voice) -> str:
    """The month of an ISO day, such as "November 2026"."""
    found = date.fromisoformat(day)
    return words.say("month-written", voice, month=_month(found, words, voice), year=quantity_run(str(found.year)))


def _weekday(day: date, words: Language, voice: Voice) -> str:
    return words.say("weekday-name", voice, weekday=day.isoweekday())


def _month(day: date, words: Language, voice: Voice) -> str:
    return words.say("month-name", voice, month=day.month)
