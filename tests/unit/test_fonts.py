"""The fonts that are shipped: every sentence and label of ours can be drawn with them, in letters that join as they should."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

import cobalamin
from cobalamin.outputs.language import LATIN, language
from cobalamin.rules.load import load

FONTS = Path(cobalamin.__file__).parent / "outputs" / "fonts"
STACK = ("NotoSans", "NotoSansMath", "NotoSansSymbols2")
SCRIPT = {"en": (), "hi": ("NotoSansDevanagari",), "ar": ("NotoNaskhArabic",)}
SIGNS = "≤≥→☐☑µ•–…₹"
DOTTED_CIRCLE = "\u25cc"
DO_NOT_JOIN = set("اأإآدذرزوؤةىء،؛؟") | set(map(chr, range(0x64B, 0x653)))
"""Letters of Arabic that stand apart from the next one, and marks, which the test leaves out."""


@cache
def characters(name: str) -> set[str]:
    return {chr(code) for code in TTFont(FONTS / name).getBestCmap()}


def weights(family: str) -> list[str]:
    found = sorted(path.stem for path in FONTS.glob(f"{family}-*.ttf"))

    assert found
    return found


ON_SCREEN = ("web-", "entry-", "answer-", "language-", "me-")
"""Sentences that only pages on a screen say: they name other languages in their own letters, and a page has the fonts of all."""


def sentences(lang: str) -> set[str]:
    """Every message as it stands in its file, and every label of the knowledge, in a language."""
    knowledge = load()
    labels = [held.label for held in knowledge.concepts.values()] + [held.title for held in knowledge.guidelines.values()]
    said = {text for id, text in language(lang).sources.items() if not id.startswith(ON_SCREEN)}
    return {*said, *(label[lang] for label in labels if lang in label)}


@pytest.mark.parametrize("weight", ["Regular", "Bold"])
@pytest.mark.parametrize("lang", ["en", "hi", "ar"])
def test_every_character_of_every_sentence_can_be_drawn(lang: str, weight: str) -> None:
    known = {" ", "\n", "\t"}
    for family in (*SCRIPT[lang], *STACK):
        name = f"{family}-{weight}.ttf"
        known |= characters(name if (FONTS / name).exists() else f"{family}-Regular.ttf")

    assert set("".join(sentences(lang)) + SIGNS) - known == set()


@pytest.mark.parametrize(("lang", "family"), [("hi", "NotoSansDevanagari"), ("ar", "NotoNaskhArabic")])
def test_letters_join_without_a_mark_left_over(lang: str, family: str) -> None:
    """A font that lost a shaping rule would draw the dotted circle under a vowel sign, or a letter that does not join."""
    for weight in weights(family):
        face = uharfbuzz.Face((FONTS / f"{weight}.ttf").read_bytes())
        font = uharfbuzz.Font(face)
        circle = font.get_nominal_glyph(ord(DOTTED_CIRCLE))
        own = characters(f"{weight}.ttf")
        for word in {word for text in sentences(lang) for word in LATIN.sub(" ", text).split()}:
            if not set(word) <= own or not any(map(str.isalpha, word)):
                continue
            drawn = uharfbuzz.Buffer()
            drawn.add_str(word)
            drawn.guess_segment_properties()
            uharfbuzz.shape(font, drawn)
            glyphs = [info.codepoint for info in drawn.glyph_infos]

            assert 0 not in glyphs
            assert circle not in glyphs, word
            plain = [font.get_nominal_glyph(ord(letter)) for letter in word]
            joins = lang == "ar" and any(letter not in DO_NOT_JOIN and after.isalpha() and after != "ء" for letter, after in pairwise(word))
            assert not joins or sorted(glyphs) != sorted(plain), word


def test_web_and_print_draw_the_same_characters() -> None:
    fonts = {path.stem for path in FONTS.glob("*.ttf")}

    assert fonts == {path.stem for path in FONTS.glob("*.woff2")}
    assert len(fonts) == 8
    for name in fonts:
        assert characters(f"{name}.ttf") == characters(f"{name}.woff2")


def test_the_licence_goes_with_the_fonts() -> None:
    """Every font says that it is under the Open Font License, reserves no name, and its copyright line is in the licence's text."""
    licence = (FONTS / "OFL.txt").read_text(encoding="utf-8")
    for path in (path for ending in ("ttf", "woff2") for path in FONTS.glob(f"*.{ending}")):
        names = TTFont(path)["name"]
        copyright = str(names.getDebugName(0))
        holder = copyright.removesuffix(" All Rights Reserved.").replace("LLC.", "LLC")

        assert "Open Font License, Version 1.1" in str(names.getDebugName(13))
        assert "Reserved" not in copyright.replace("All Rights Reserved", "")
        assert f"{holder} ({names.getDebugName(1)})" in licence
