"""Fold spellings that mean one word onto one another, for look-up only: a folded text is never shown or stored."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cobalamin.records.words import plain

HYPHENS = str.maketrans({"‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "−": "-"})
APOSTROPHES = re.compile(r"['’ʼ‘`´](s\b)?")
"""An apostrophe, and the possessive it begins: `Crohn's` is `Crohn`."""

# ---- Devanagari
NUKTA, CHANDRABINDU, ANUSVARA, VISARGA = "\u093c", "\u0901", "\u0902", "\u0903"
CLASSES = (("ङ", "क-घ"), ("ञ", "च-झ"), ("ण", "ट-ढ"), ("न", "त-ध"), ("म", "प-भ"))
NASAL_BEFORE_ITS_CLASS = re.compile("|".join(f"{nasal}\u094d(?=[{stops}])" for nasal, stops in CLASSES))
"""A nasal joined to a stop of its own class is written as a dot just as often."""

# ---- Arabic
ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
ARABIC_FORMS = str.maketrans("أإآٱىیئؤةکگ", "اااايييوهكك")
ARTICLE = re.compile("^(?:[بكف]?ال|لل)(?=...)")
AND_ARTICLE = re.compile("^وال(?=...)")

# ---- English
OF_THREE = r"(?<=[a-z]{3})"
BRITISH = (
    ("ae", re.compile("[ao]+e"), "e"),
    ("oe", re.compile("[ao]+e"), "e"),
    ("our", re.compile(OF_THREE + r"our(?=(?:s|ed|ing|al)?$)"), "or"),
    ("s", re.compile(OF_THREE + r"([iy])s(?=(?:e|ed|er|es|ing|ation)$)"), r"\1z"),
    ("re", re.compile(r"(?<=[a-z]{2})([bt])re(?=s?$)"), r"\1er"),
    ("sulph", re.compile("sulph"), "sulf"),
)
"""What a spelling holds, how it is found and what it becomes. With fewer letters before the ending
a word is left alone, so that `four` never becomes `for`."""

# ---- Hindi typed in Latin letters
TYPED = (
    (re.compile("a{2,}"), "a"),
    (re.compile("e{2,}"), "i"),
    (re.compile("o{2,}"), "u"),
    (re.compile("ph"), "f"),
    (re.compile("w"), "v"),
    (re.compile("z"), "j"),
    (re.compile(r"([a-z])\1+"), r"\1"),
    (re.compile("(?<=..)h+$"), ""),
)


def fold(text: str) -> str:
    """Fold every word of *text* by its script; folding twice is folding once.

    >>> fold("Anaemia"), fold("Crohn's"), fold("generalised")
    ('anemia', 'crohn', 'generalized')
    """
    while (once := " ".join(fold_word(word) for word in APOSTROPHES.sub("", even(text)).split())) != text:
        text = once
    return once


def even(text: str) -> str:
    """*text* in one case, one form of each letter and one hyphen; of plain letters nothing more is to be asked."""
    if text.isascii():
        return text.lower()
    return plain(text).translate(HYPHENS)


@lru_cache(maxsize=65536)
def fold_word(word: str) -> str:
    """One word, as `even` leaves it, folded; an Arabic 'and' written onto its noun comes out as a word of its own."""
    if word.isascii():
        return _english(word)
    if "\u0900" <= word[0] <= "\u097f":
        return _devanagari(word)
    if "\u0600" <= word[0] <= "\u06ff":
        return _arabic(word)
    bare = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return _english(unicodedata.normalize("NFC", bare))


def _english(word: str) -> str:
    for held, pattern, letters in BRITISH:
        if held in word:
            word = pattern.sub(letters, word)
    return word


def _devanagari(word: str) -> str:
    # The letters with a built-in dot below come apart first, so that both ways of writing them lose it.
    word = unicodedata.normalize("NFD", word).replace(NUKTA, "").replace(VISARGA, "").replace(CHANDRABINDU, ANUSVARA)
    return unicodedata.normalize("NFC", NASAL_BEFORE_ITS_CLASS.sub(ANUSVARA, word))


def _arabic(word: str) -> str:
    word = ARABIC_MARKS.sub("", word).translate(ARABIC_FORMS)
    if len(word) > 3:
        word = word.replace("ء", "")
    joined = AND_ARTICLE.sub("", word)
    # Some nouns begin with the letters of the article; taking it off until it is gone treats them all alike.
    while (bare := ARTICLE.sub("", joined)) != joined:
        joined = bare
    return f"و {joined}" if AND_ARTICLE.match(word) else joined


@lru_cache(maxsize=65536)
def fold_typed(word: str) -> str:
    """Hindi as people type it in Latin letters, with the spellings of one sound made one.

    >>> fold_typed("kamzoree"), fold_typed("kamjori"), fold_typed("haath")
    ('kamjori', 'kamjori', 'hat')
    """
    if not (word.isascii() and word.isalpha()):
        return word
    before = ""
    while before != word:
        before = word
        for pattern, letters in TYPED:
            word = pattern.sub(letters, word)
    return word


@lru_cache(maxsize=65536)
def singular(word: str) -> str:
    """An English word without the ending of its plural, or as it is."""
    if len(word) < 4 or not word.isascii() or word[-1] != "s" or word[-2] in "sui":
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("xes", "ses", "shes", "ches", "zes")) else word[:-1]
