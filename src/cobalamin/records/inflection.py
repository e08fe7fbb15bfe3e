"""Other forms of a name: verbs of Hindi as people speak them, and what Arabic writes onto a noun."""

from __future__ import annotations

from collections.abc import Callable, Iterator

FORMS = ("ता", "ती", "ते", "ने")
IRREGULAR = {"जाना": ("गया", "गई", "गए"), "होना": ("हुआ", "हुई", "हुए")}
TYPED_FORMS = ("ta", "ti", "te", "ne")
TYPED_IRREGULAR = {"jana": ("gaya", "gayi", "gaye"), "hona": ("hua", "hui", "hue")}
BEFORE = ("ب", "ل", "ف", "ك", "وب", "ول")
AFTER = ("ي", "ه", "ها", "هم", "نا", "ك", "يه", "يا")
"""My, his, her, their, our, your; folded, as everything here is."""
SHORTEST = 3
ALONE = 7
"""A verb that is the whole name must be this long."""


def spoken_forms(words: list[str]) -> Iterator[list[str]]:
    """A Hindi name that ends in a verb, in the forms of speech: hair falls, is falling, fell.

    >>> [" ".join(form) for form in spoken_forms(["baal", "jhadna"])]
    ['baal jhadta', 'baal jhadti', 'baal jhadte', 'baal jhadne', 'baal jhad']
    """
    verb, rest = words[-1], words[:-1]
    if len(verb) < (SHORTEST if rest else ALONE):
        return
    stem, ending = verb[:-2], verb[-2:]
    if ending in ("ना", *FORMS[:3]) and not verb.isascii():
        yield from _forms(stem, rest, FORMS, IRREGULAR.get(verb, ()), "न", "नहीं")
    elif ending in ("na", *TYPED_FORMS[:3]) and verb.isascii():
        yield from _forms(stem, rest, TYPED_FORMS, TYPED_IRREGULAR.get(verb, ()), "na", "nahi")


def _forms(stem: str, rest: list[str], endings: tuple[str, ...], irregular: tuple[str, ...], no: str, never: str) -> Iterator[list[str]]:
    before = [*rest[:-1], never] if rest and rest[-1] == no else rest
    for form in (*(stem + ending for ending in endings), *irregular, *((stem,) if rest else ())):
        yield [*before, form]


def bare(word: str, known: Callable[[str], bool]) -> str:
    """An Arabic noun without what is written onto it, where only the rest is a word we know; otherwise as it is."""
    for prefix in ("", *BEFORE):
        if not word.startswith(prefix) or len(word) - len(prefix) < SHORTEST:
            continue
        noun = word[len(prefix) :]
        if prefix and known(noun):
            return noun
        for suffix in AFTER:
            stem = noun[: -len(suffix)]
            if noun.endswith(suffix) and len(stem) >= SHORTEST - 1:
                for form in (stem, f"{stem[:-1]}ه" if stem[-1] == "ت" else f"ال{stem}"):
                    if known(form):
                        return form
    return word
