"""The sheet to take home: everything it should say is on the paper, in order, tagged, in glyphs of our fonts, whatever the record holds."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from engines_under_test import memory_engine
from fontTools.ttLib import TTFont
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tagged_pdf import TaggedPdf

from cobalamin.errors import UsageError
from cobalamin.model.assessment import Assessment
from cobalamin.outputs import glyphs, handout
from cobalamin.outputs import language as languages
from cobalamin.outputs.handout import GRADES, LONGEST_NAME, handout_pdf, handout_tree
from cobalamin.outputs.language import pieces, quantity_run
from cobalamin.records.case import read_case
from cobalamin.rules.answer import CAUSE_FIELDS
from cobalamin.rules.load import load

sys.path.insert(0, str(Path(__file__).parent.parent / "spec"))
from spec_file import read_all

KNOWLEDGE = load()
DAY = "2026-11-20"
CASES = Path(__file__).parents[2] / "samples" / "cases"
VARIANTS = [(lang, also, large, paper) for lang, also in (("en", ""), ("hi", ""), ("ar", ""), ("en", "en"), ("hi", "en"), ("ar", "en"), ("en", "ar"))
            for large, paper in ((False, "a4"), (True, "letter"))]  # fmt: skip
EVERY = 90
"""One in so many spec patients gets a sheet in these tests."""


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing message or variable is an error here."""
    monkeypatch.setattr(languages, "STRICT", True)


@cache
def assessed(name: str = "symptom_to_plan", guideline: str = "ng239") -> Assessment:
    engine = memory_engine(DAY, guideline)
    return engine.assess(read_case(json.loads((CASES / f"{name}.json").read_text(encoding="utf-8")), engine.words, engine.day))


@cache
def spec_assessments() -> list[Assessment]:
    patients = [patient for file in read_all(KNOWLEDGE) for patient in file.patients]
    found = []
    for patient in patients[::EVERY]:
        engine = memory_engine(patient.as_of, patient.guideline)
        found.append(engine.assess(read_case(patient.case, engine.words, engine.day)))
    return found


# ---- what a sheet should say, in the order in which it is read


def sentences(tree: dict[str, Any], beside: bool) -> Iterator[tuple[str, list[list[str]]]]:
    """The language and the runs of every paragraph."""
    columns = [range(len(tree["sides"]))] if beside else [[at] for at in range(len(tree["sides"]))]
    for numbers in columns:
        for at in numbers:
            lang, side = tree["sides"][at]["lang"], tree["sides"][at]
            yield lang, side["title"]
            yield from ((lang, asked["said"]) for asked in side["lines"])
        for row in tree["rows"]:
            for at in numbers:
                if row["sides"][at]:
                    yield from ((tree["sides"][at]["lang"], runs) for runs in said(row["kind"], row["sides"][at]))


def said(kind: str, side: dict[str, Any]) -> Iterator[list[list[str]]]:
    """The paragraphs of one side of a row."""
    mark = [["", "⚠"]] if kind in ("alert", "danger") else []
    yield [*mark, *side["title"]]
    if kind == "steps":
        yield [["", side["alt"]]]
    yield from side["said"]
    for item in side["items"]:
        yield [["", "•"]]
        yield item
    for course in side.get("courses", ()):
        yield course["said"]
        for stretch in course["stretches"]:
            yield from [stretch["name"]] if stretch["name"] else []
            yield [run for day in stretch["days"] for run in ([["", "☐"], *day])]
    for visit in side.get("visits", ()):
        yield [["", "☐"], *visit["day"]]
        yield visit["what"]


def letters(text: str) -> str:
    """*text* without spaces and invisible characters."""
    return "".join(char for char in text if not char.isspace() and unicodedata.category(char) != "Cf")


def check(made: bytes, tree: dict[str, Any], beside: bool) -> None:
    """Fail unless the tagged text says every sentence in order, and every number stands on the paper from left to right on one line."""
    pdf = TaggedPdf(made)
    parts = pdf.parts()
    expected = list(sentences(tree, beside))

    assert len(parts) == len(expected)
    for (lang, runs), (_, found) in zip(expected, parts, strict=True):
        wanted = "".join(words for _, words in runs)
        if lang == "ar" or any(unicodedata.bidirectional(char) == "AL" for char in wanted):
            # marks on letters stand in places of their own, so whole words without one are looked for
            words = [word for _, held in runs for word in re.findall(r"[\w\u064b-\u0652]+", held)]
            whole = [word for word in words if not any(map(unicodedata.combining, word))]
            assert [word for word in whole if word not in found and word[::-1] not in found] == []
        else:
            assert letters(found) == letters(wanted)
    lines = {letters(line) for line in pdf.lines()}
    for _, runs in expected:
        for way, words in runs:
            if way == "ltr" and len(words) <= 24:
                assert any(letters(words) in line for line in lines), words


# ---- tests


@pytest.mark.parametrize("name", ["symptom_to_plan", "only_words"])
@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_every_sentence_is_on_the_sheet(name: str, variant: tuple[str, str, bool, str]) -> None:
    lang, also, large, paper = variant
    found = assessed(name)
    made = handout_pdf(found, KNOWLEDGE, lang, also, large, paper)

    check(made, handout_tree(found, KNOWLEDGE, lang, also), beside=bool(also) and not large)


def test_every_nth_spec_patient_gets_a_sheet() -> None:
    """Each in another language and variant in turn, under the guideline of its table."""
    for number, found in enumerate(spec_assessments()):
        lang, also, large, paper = VARIANTS[number % len(VARIANTS)]
        check(handout_pdf(found, KNOWLEDGE, lang, also, large, paper), handout_tree(found, KNOWLEDGE, lang, also), beside=bool(also) and not large)


@pytest.mark.parametrize("variant", VARIANTS[::3], ids=str)
def test_it_is_tagged_and_says_its_language(variant: tuple[str, str, bool, str]) -> None:
    lang, also, large, paper = variant
    pdf = TaggedPdf(handout_pdf(assessed(), KNOWLEDGE, lang, also, large, paper))
    metadata = pdf.reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()

    assert pdf.root["/Lang"] == lang
    assert pdf.root["/MarkInfo"]["/Marked"]
    assert pdf.root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert letters(str(pdf.reader.metadata.title)) in letters(languages.language(lang).say("handout-title", "lay"))
    size = tuple(round(float(edge)) for edge in pdf.reader.pages[0].mediabox[2:])
    assert size == ((595, 842) if paper == "a4" else (612, 792))
    fonts = {str(font.get_object()["/BaseFont"]) for page in pdf.reader.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all(re.search(r"\+Noto(Sans|NaskhArabic|SansDevanagari|SansMath|SansSymbols2)-", font) for font in fonts)
    assert next(kind for kind, _ in pdf.parts()) == "/H1"


@pytest.mark.parametrize("lang", ["en", "hi", "ar"])
def test_every_dose_has_its_day_and_a_box(lang: str) -> None:
    """Pins that the days on the sheet are the days of the plan, one box each."""
    found = assessed()
    days = [dose["date"] for dose in found.treatment["doses"]]
    tree = handout_tree(found, KNOWLEDGE, lang)
    doses = next(row["sides"][0] for row in tree["rows"] if row["kind"] == "doses")
    text = TaggedPdf(handout_pdf(found, KNOWLEDGE, lang)).text()

    shown = [
        next(int(word) for _, word in day if word.isdigit()) for course in doses["courses"] for stretch in course["stretches"] for day in stretch["days"]
    ]  # fmt: skip
    assert shown == [date.fromisoformat(day).day for day in days]
    assert text.count("☐") == len(days) + len({review["date"] for review in found.review})


def test_two_languages_stand_side_by_side() -> None:
    """Pins that the clinic's side is on the left of Arabic and on the right of Hindi."""
    for lang, left in (("ar", "en"), ("hi", "hi")):
        pdf = TaggedPdf(handout_pdf(assessed(), KNOWLEDGE, lang, "en"))
        runs = next(iter(pdf.pages.values())).runs
        clinic = next(run for run in runs if "confirmed" in run.read)
        own = [run.x for run in runs if any(char > "\u0600" and char.isalpha() for char in run.read)]

        assert own
        assert clinic.x < min(own) if left == "en" else clinic.x > max(own)


def test_large_type_is_large() -> None:
    small, large = (TaggedPdf(handout_pdf(assessed(), KNOWLEDGE, "en", large=size)) for size in (False, True))

    assert len(large.reader.pages) > len(small.reader.pages)


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """Any answer that the knowledge could give, likely or not."""

    def some(words: Any, most: int = 4, least: int = 0) -> list[str]:
        return draw(st.lists(st.sampled_from(sorted(words)), min_size=least, max_size=most, unique=True))

    def day() -> str:
        return (date.fromisoformat(DAY) + timedelta(days=draw(st.integers(0, 800)))).isoformat()

    collections = KNOWLEDGE.collections
    one = {name: draw(st.sampled_from(sorted(KNOWLEDGE.words_of[name]))) for name in ("status", "urgency", "severity")}
    regimen = draw(st.sampled_from([None, *sorted(KNOWLEDGE.regimens)]))
    doses = []
    for stretch in KNOWLEDGE.regimens[regimen].doses if regimen else ():
        every = draw(st.sampled_from([None, 1, 7]))
        doses += [{"date": at, "drug": stretch.drug, "amount_ug": stretch.ug, "up_to_ug": stretch.up_to_ug, "route": stretch.route, "every_days": every,
                   "until": day() if every else None} for at in sorted({day() for _ in range(draw(st.integers(1, 20)))})]  # fmt: skip
    start = draw(st.sampled_from(sorted(KNOWLEDGE.words_of["treatment_start"]))) if "treatment_start" in KNOWLEDGE.words_of else "now"
    return Assessment(
        patient_id=draw(st.text(max_size=60)), as_of=DAY, guideline=draw(st.sampled_from(sorted(KNOWLEDGE.guidelines))), pathway_version=KNOWLEDGE.version,
        **one, red_flags=some(collections["red_flags"]), findings=some(collections["findings"]), notes=some(collections["notes"]),
        causes=[{"id": id, "certainty": certainty} for certainty, name in CAUSE_FIELDS.items() for id in some(collections[name], 2)],
        prevention=some(collections["prevention"], 6),
        treatment={"start": start, "regimen": regimen, "route": None, "duration": None, "doses": doses, "cautions": some(collections["cautions"]), "alternatives": []},
        review=[{"date": at, "review": "first_review", "what": some(["symptoms", "adherence", "complete_blood_count", "mcv"], 3, 1)}
                for at in sorted({day() for _ in range(3)})],
    )  # fmt: skip


@settings(max_examples=12, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate), suppress_health_check=[HealthCheck.too_slow])
@given(assessments(), st.sampled_from(VARIANTS))
def test_whatever_the_answer_is_it_can_be_printed(found: Assessment, variant: tuple[str, str, bool, str]) -> None:
    lang, also, large, paper = variant
    check(handout_pdf(found, KNOWLEDGE, lang, also, large, paper), handout_tree(found, KNOWLEDGE, lang, also), beside=bool(also) and not large)


HOSTILE = {
    "markup of typst": "#panic[x] *b* _i_ $x$ @y <z> \\u{41} `r`",
    "markup of the web": "<script>alert(1)</script>&amp;",
    "direction overrides": "\u202eevil\u202c \u2067x\u2069 \u200fy",
    "isolates that never end": "\u2066\u2067\u2068" * 20 + "x",
    "control characters": "a\x00b\x1b[31mc\r\nd\u0085e\u2028f",
    "a megabyte": "x" * 1_000_000,
    "a megabyte of marks": "e" + "\u0301" * 1_000_000,
    "scripts without a font": "বাংলা 漢字 தமிழ் 🙂",
    "one that can be drawn": "Łukasz Müller",
    "surrogates": "a\ud800b",
    "Urdu": "نازیہ ٹھاکر",
    "only spaces": " \t\u3000 ",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_name_does_no_harm(name: str) -> None:
    found = replace(assessed(), patient_id=name)
    tree, made = handout_tree(found, KNOWLEDGE, "ar", "en"), handout_pdf(found, KNOWLEDGE, "ar", "en")
    printed = "".join(words for way, words in tree["sides"][0]["lines"][0]["said"] if way == "auto")

    assert len(printed) <= LONGEST_NAME
    assert not any(unicodedata.category(char)[0] == "C" and char not in languages.JOINERS for char in printed)
    if not any(map(unicodedata.combining, printed)):
        check(made, tree, beside=True)


def test_names_are_printed_as_they_are_or_left_to_be_written() -> None:
    def line(name: str) -> dict[str, Any]:
        return handout_tree(replace(assessed(), patient_id=name), KNOWLEDGE, "en")["sides"][0]["lines"][0]

    assert line("Łukasz #1 *b*")["said"][-1] == ["auto", "Łukasz #1 *b*"]
    assert line("漢字 A")["said"][-1] == ["auto", "□□ A"]
    assert line("x" * 60)["said"][-1] == ["auto", "x" * (LONGEST_NAME - 1) + "…"]
    assert [line(name)["blank"] for name in ("", "  ", "\u202e", "meera")] == [True, True, True, False]


def test_the_same_answer_gives_the_same_bytes() -> None:
    made = handout_pdf(assessed(), KNOWLEDGE, "hi", "en")

    assert made == handout_pdf(assessed(), KNOWLEDGE, "hi", "en")
    assert b"CreationDate" not in made
    assert b"CreateDate" not in made


def test_steps_are_as_many_as_grades() -> None:
    """Pins that each grade of the knowledge is a step, the mildest first."""
    assert set(GRADES) == set(KNOWLEDGE.words_of["severity"])
    for number, grade in enumerate(GRADES, 1):
        row = next(row for row in handout_tree(replace(assessed(), severity=grade), KNOWLEDGE, "en")["rows"] if row["kind"] == "steps")

        assert row["sides"][0]["step"] == number
        assert f"step {number} of {len(GRADES)}" in row["sides"][0]["alt"]
    assert all(row["kind"] != "steps" for row in handout_tree(replace(assessed(), severity="none"), KNOWLEDGE, "en")["rows"])


def test_what_was_not_used_is_counted() -> None:
    """Pins that an entry the record holds and the answer does not use is never passed over."""
    engine = memory_engine(DAY, "ng239")
    facts = [{"concept": "quantum flux"}, {"concept": "mcv", "value": "9", "unit": "fL"}]
    found = engine.assess(read_case({"patient_id": "p", "facts": facts}, engine.words, engine.day))
    about = next(row["sides"][0] for row in handout_tree(found, KNOWLEDGE, "en")["rows"] if row["kind"] == "fine")

    assert any("2 entries" in "".join(words for _, words in said) for said in about["said"])


def test_the_fonts_of_the_template_are_those_that_are_shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A misspelt family would be passed over in silence but for the warning."""
    import typst

    kept: dict[str, Any] = {}
    monkeypatch.setattr(typst, "compile", lambda source, **options: kept.update(source=source, options=options) or b"")
    handout_pdf(assessed(), KNOWLEDGE, "ar", "hi")
    _, warnings = typst.compile_with_warnings(kept["source"], **kept["options"])

    assert [warning.message for warning in warnings] == []


def test_characters_of_a_font_are_read_rightly() -> None:
    expected = {code for path in glyphs.FONTS.glob("*-Regular.ttf") for code in TTFont(path).getBestCmap()}

    assert glyphs.characters() == expected
    for path in glyphs.FONTS.glob("*-Bold.ttf"):
        assert set(TTFont(path).getBestCmap()) == set(TTFont(path.with_name(path.name.replace("Bold", "Regular"))).getBestCmap())


def test_pieces_are_runs_and_what_stands_between() -> None:
    text = f"a {quantity_run('1 g')}{quantity_run('2')} b"

    assert list(pieces(text)) == [("", "a "), ("ltr", "1 g"), ("ltr", "2"), ("", " b")]


def test_without_typst_there_is_a_word_of_help(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    handout._fonts.cache_clear()

    with pytest.raises(UsageError, match=r"pip install 'cobalamin\[pdf\]'"):
        handout_pdf(assessed(), KNOWLEDGE)


def test_an_unknown_paper_is_refused() -> None:
    with pytest.raises(UsageError, match="there are: a4, letter"):
        handout_pdf(assessed(), KNOWLEDGE, paper="a5")
