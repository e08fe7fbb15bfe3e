"""Catalogs: what is shown is what the knowledge holds, in three languages, and anybody finds it by the name they use."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from pages import whole

from cobalamin.errors import UsageError
from cobalamin.outputs import language as languages
from cobalamin.outputs.explanation import explain, print_explanation
from cobalamin.outputs.language import ISOLATE, quantity_run
from cobalamin.records.folding import fold
from cobalamin.records.words import Words
from cobalamin.rules.catalog import Amount, Entry
from cobalamin.rules.concepts import LANGUAGES
from cobalamin.rules.foods import foods, per_hundred, per_portion
from cobalamin.rules.load import load
from cobalamin.rules.shelf import differences, shelf

KNOWLEDGE = load()
WORDS = Words(KNOWLEDGE)
SHELF = shelf()
ENTRIES = [f"{catalog.id}.{entry.id}" for catalog, entry in SHELF.entries()]


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing message or variable is an error here."""
    monkeypatch.setattr(languages, "STRICT", True)


def asked(name: str, lang: str = "en") -> dict[str, Any]:
    return explain(name, KNOWLEDGE, lang, lambda text: WORDS.concept(text)[0], fold)


def food(id: str) -> Entry:
    return SHELF.catalogs["foods"].entries[id]


# ---- amounts


def test_an_amount_is_printed_as_its_source_prints_it() -> None:
    assert [str(amount) for amount in (Amount(2.4, 2.4, unit="ug"), Amount(8.3, 24, unit="ug"), Amount(10, 10, ">", "%"))] == ["2.4 ug", "8.3-24 ug", ">10 %"]


def test_amounts_in_a_hundred_grams_and_in_a_portion_are_computed_from_what_is_printed() -> None:
    (liver,) = food("beef_liver").values
    assert (str(liver.fields["ug"]), str(liver.fields["per"])) == ("70.7 ug", "85 g")
    assert (str(per_hundred(liver)), str(per_portion(food("beef_liver"), liver))) == ("83 ug", "42 ug")


def test_what_is_printed_for_a_hundred_grams_is_not_rounded() -> None:
    assert str(per_hundred(food("feta").values[0])) == "1.69 ug"


def test_a_portion_without_a_weight_has_no_amount_in_a_hundred_grams() -> None:
    (flakes,) = food("yeast_flakes").values
    assert (per_hundred(flakes), str(per_portion(food("yeast_flakes"), flakes))) == (None, "8.3-24 ug")


def test_a_gap_has_no_amount() -> None:
    (labneh,) = food("labneh").values
    assert (labneh.gap, per_hundred(labneh), per_portion(food("labneh"), labneh)) == ("no_value_found", None, None)


# ---- foods by diet


def test_each_diet_holds_what_a_stricter_one_holds() -> None:
    held = [{entry.id for entry in foods(diet)} for diet in ("vegan", "vegetarian", "eggetarian", "pescetarian", "omnivore")]
    assert all(strict < wide for strict, wide in pairwise(held))
    assert held[-1] == {entry.id for entry in foods()}


def test_foods_stand_in_the_diets_they_belong_to() -> None:
    vegan, vegetarian, eggetarian, pescetarian = ({entry.id for entry in foods(diet)} for diet in ("vegan", "vegetarian", "eggetarian", "pescetarian"))
    assert {"pulses", "yeast_flakes"} <= vegan
    assert "yoghurt" in vegetarian - vegan
    assert "egg" in eggetarian - vegetarian
    assert "rohu" in pescetarian - eggetarian
    assert "goat_meat" not in pescetarian


def test_an_unknown_diet_is_refused_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean 'vegetarian'"):
        foods("vegeterian")


# ---- found by name


@pytest.mark.parametrize(("names", "id"), [
    (("dahi", "दही", "زبادي", "yogurt", "Curd", "الزبادي"), "yoghurt"), (("labneh", "لبنة", "لبنه", "اللبنة"), "labneh"),
    (("paneer", "पनीर"), "paneer"), (("chaas", "छाछ", "मट्ठा"), "chaas"), (("laban", "لبن", "ayran"), "laban"),
    (("kaleji", "कलेजी", "كبدة", "الكبدة", "liver"), "lamb_liver"), (("milk", "दूध", "حليب", "doodh"), "cow_milk"),
    (("egg", "अंडा", "بيض", "anda"), "egg"), (("ful", "فول"), "ful"), (("mutton", "मटन"), "goat_meat"),
    (("myelin", "माइलिन", "الميالين"), "myelin"), (("adults", "वयस्क", "البالغون"), "adults"),
])  # fmt: skip
def test_an_entry_is_found_by_any_name_of_any_language(names: tuple[str, ...], id: str) -> None:
    assert [asked(name)["id"] for name in names] == [id] * len(names)


@pytest.mark.parametrize(("names", "id"), [
    (("foods", "food", "खाना", "الأغذية"), "foods"), (("intake", "intakes", "rda", "الحاجة اليومية"), "intakes"),
    (("prevalence", "व्यापकता", "الانتشار"), "prevalence"), (("functions", "function", "B12 के कार्य", "وظائف ب12"), "functions"),
    (("cooking", "पकाना", "الطبخ"), "cooking"),
])  # fmt: skip
def test_a_catalog_is_found_by_any_name_of_any_language(names: tuple[str, ...], id: str) -> None:
    assert [(asked(name)["kind"], asked(name)["id"]) for name in names] == [("catalog", id)] * len(names)


def test_a_name_nearly_right_is_answered_with_the_nearest() -> None:
    for wrong, near in (("panneer", "paneer"), ("labneeh", "labneh"), ("prevalance", "prevalence"), ("लबनेहह", "लबनेह")):
        with pytest.raises(UsageError, match=near):
            asked(wrong)


# ---- shown as held


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ENTRIES)
def test_numbers_shown_are_the_numbers_held(name: str, lang: str) -> None:
    """Each value says its own amounts, and no number that is neither held nor computed from what is held."""
    catalog, entry = SHELF.catalogs[name.split(".")[0]], SHELF.catalogs[name.split(".")[0]].entries[name.split(".")[1]]
    for value, told in zip(entry.values, asked(entry.id, lang)["values"], strict=True):
        computed = [per_hundred(value), per_portion(entry, value), entry.fields.get("portion"), Amount(100, 100, unit="g"), Amount(100, 100, unit="ml")]
        held = [amount for amount in (*value.fields.values(), *computed) if isinstance(amount, Amount)]
        shown = {number for run in ISOLATE.findall(told["says"]) for number in re.findall(r"(?<![A-Za-z\d])\d+(?:\.\d+)?", run)}
        labels = [held.words[value.fields[key]][lang] for key, held in catalog.value_fields.items() if key in value.fields and held.type == "word"]
        known = {number for text in (*map(str, held), *labels) for number in re.findall(r"\d+(?:\.\d+)?", text)}
        assert shown <= known, told["says"]
        if not value.gap:
            needed = [per_hundred(value) or value.fields["ug"] if "per" in value.fields else value.fields[key] for key in catalog.needs if key != "per"]
            assert all(re.sub("^[<>=]+", "", str(amount)).replace("ug", "\u00b5g") in told["says"] for amount in needed), told["says"]
        assert (told["source_id"], told["checked"], told["where"]) == (value.evidence.source, value.evidence.checked, value.evidence.where)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [*SHELF.catalogs, *(name.split(".")[1] for name in ENTRIES)])
def test_a_page_is_whole_and_its_numbers_stand_in_runs(name: str, lang: str) -> None:
    whole(print_explanation(asked(name, lang), lang), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_gap_is_shown_as_a_gap(lang: str) -> None:
    gap = SHELF.catalogs["foods"].gaps["no_value_found"][lang]
    for id in ("labneh", "halloumi", "camel_milk", "hilsa", "rohu", "laban"):
        assert gap in print_explanation(asked(id, lang), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_plain_words_come_first(lang: str) -> None:
    for id in ("foods", "prevalence", "functions", "intakes", "myelin", "folate_trap"):
        found = asked(id, lang)
        text = " ".join(re.sub("[\u2066-\u2069\u200f]", "", print_explanation(found, lang)).split())
        lay, clinical = (re.sub("[\u2066-\u2069]", "", found["says"][voice]) for voice in ("lay", "clinical"))
        assert text.index(lay) < text.index(clinical)


def test_both_amounts_stand_where_sources_conflict() -> None:
    found = asked("clams")
    assert [value["ug"] for value in found["values"]] == ["17 ug", "84.1 ug"]
    assert f"{quantity_run('20 ug')}, {quantity_run('99 ug')}" in found["differs"][0]["says"]["clinical"]


def test_the_popular_figure_and_the_review_contradict_each_other_in_words() -> None:
    catalog = SHELF.catalogs["prevalence"]
    assert [held.id for held in differences(catalog, catalog.entries["allen_from_60"])] == ["sixty"]
    said = {held["id"]: held["says"]["clinical"] for held in asked("prevalence")["differs"]}["sixty"]
    assert re.findall(r"(\d+) %", said) == ["6", "20", "6", "20"]
    assert [str(catalog.entries[id].values[0].fields["percent"]) for id in catalog.disagreements["sixty"].between] == ["6 %", "20 %", "6 %", "20 %"]


def test_bodies_are_compared_by_whole_amounts() -> None:
    said = {held["id"]: held["says"]["clinical"] for held in asked("intakes")["differs"]}["intakes"]
    assert re.findall(r"([\d.]+-[\d.]+) ", said) == ["1.5-4", "1.5-4.5", "2-5"]


def test_figures_stand_by_region() -> None:
    regions = [entry["group"] for entry in asked("prevalence")["entries"]]
    assert len(list(dict.fromkeys(regions))) == sum(1 for i, region in enumerate(regions) if i == 0 or regions[i - 1] != region)


# ---- why a complaint


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_complaint_says_why_it_shows(lang: str) -> None:
    (why,) = asked("paresthesia", lang)["why"]
    assert why["function"] == "myelin"
    assert list(why["says"]) == ["lay", "clinical"]
    assert {value["checked"] for value in why["values"]} == {"primary", "secondary", "recalled"}


def test_a_complaint_is_explained_by_what_it_is_a_kind_of() -> None:
    narrower = [id for id, concept in KNOWLEDGE.concepts.items() if "numbness" in concept.is_a]
    assert narrower
    assert all("myelin" in [why["function"] for why in asked(id)["why"]] for id in narrower)


def test_what_b12_has_no_part_in_is_not_explained() -> None:
    assert asked("metformin")["why"] == []
