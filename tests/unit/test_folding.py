"""Spellings of one word look up alike; words that differ in meaning stay apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobalamin.records.folding import fold, fold_typed, singular

ALIKE = [
    ("anaemia", "anemia"),
    ("Oedema", "edema"),
    ("diarrhoea", "diarrhea"),
    ("paraesthesiae", "paresthesie"),
    ("tumour", "tumor"),
    ("behavioural", "behavioral"),
    ("generalised", "generalized"),
    ("dialysed", "dialyzed"),
    ("fibre", "fiber"),
    ("sulphasalazine", "sulfasalazine"),
    ("Crohn's disease", "crohn disease"),
    ("Crohn’s disease", "crohn disease"),
    ("Sjögren", "sjogren"),
    ("Gräsbeck", "grasbeck"),
    ("कमज़ोरी", "कमजोरी"),
    ("कम\u095bोरी", "कमजोरी"),
    ("आँख", "आंख"),
    ("मुँह", "मुंह"),
    ("हिन्दी", "हिंदी"),
    ("ठण्डा", "ठंडा"),
    ("कम्पन", "कंपन"),
    ("दुःख", "दुख"),
    ("झुन\u200dझुनी", "झुनझुनी"),
    ("तंत्रिका", "तन्त्रिका"),
    ("الخُدَر", "خدر"),
    ("تنميـــل", "تنميل"),
    ("أذن", "اذن"),
    ("إسهال", "اسهال"),
    ("القدمى", "قدمي"),
    ("قرحة", "قرحه"),
    ("بالدوخة", "دوخه"),
    ("للدوخة", "الدوخة"),
    ("والدوخة", "و دوخة"),
    ("الأمعاء", "امعا"),
]
APART = [("four", "for"), ("hour", "hor"), ("सुन्न", "सुंन"), ("ألم", "م"), ("hypertension", "tension"), ("aids", "aid")]
TYPED = [
    ("kamzoree", "kamzori"),
    ("kamjori", "kamzori"),
    ("haath", "hath"),
    ("haath", "hat"),
    ("jhunjhunee", "jhunjhuni"),
    ("phool", "fool"),
    ("sunnpan", "sunpan"),
    ("wazan", "vajan"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_spellings_of_one_word_are_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(("one", "other"), TYPED)
def test_typed_hindi_is_alike(one: str, other: str) -> None:
    assert fold_typed(one) == fold_typed(other)


@pytest.mark.parametrize(
    ("plural", "one"),
    [("ulcers", "ulcer"), ("antibodies", "antibody"), ("reflexes", "reflex"), ("numbness", "numbness"), ("pancreatitis", "pancreatitis"), ("gas", "gas")],
)
def test_a_plural_has_its_singular(plural: str, one: str) -> None:
    assert singular(plural) == one


WORDS = st.text(st.sampled_from("aeiouyshtrbnmpfz '-ज़ँंन्तकमोअآأاللوءةىئـًؤ\u200d\u093c"), max_size=24)


@given(st.one_of(st.text(max_size=60), WORDS))
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text)

    assert fold(once) == once


@given(st.text("abefhilmnoprstuvwyz", max_size=20))
def test_folding_typed_hindi_twice_is_folding_once(word: str) -> None:
    assert fold_typed(fold_typed(word)) == fold_typed(word)
