"""Every sentence exists in every language and voice, and every number of a page stands in a run of its own."""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from pages import whole

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.model.assessment import Assessment
from cobalamin.outputs import content
from cobalamin.outputs import language as languages
from cobalamin.outputs import text as page
from cobalamin.outputs.language import Language, foreign_run, quantity_run
from cobalamin.outputs.lines import wrap
from cobalamin.outputs.text import render
from cobalamin.records import understand, words
from cobalamin.records.case import PATIENT_COLUMNS, read_case
from cobalamin.rules.answer import CAUSE_FIELDS
from cobalamin.rules.load import load
from cobalamin.rules.parameters import GRADES
from cobalamin.rules.tables import STRENGTHS

LANGUAGES = ("en", "hi", "ar")
DAY = "2026-11-20"
ARABIC_FORMS = {"zero", "one", "two", "few", "many", "other"}
OTHER_REASONS = ("improbable_value", "not_understood", "unknown_patient", "duplicate_patient", "no_patient", "unreadable_row")
MARKERS = {"serum_b12", "holotranscobalamin", "methylmalonic_acid", "homocysteine"}
KNOWLEDGE = load()


def fact(concept: str, value: str = "", unit: str = "", date: str = "") -> dict[str, str]:
    return {"concept": concept, "value": value, "unit": unit, "date": date}


def person(*facts: dict[str, str], **columns: object) -> dict[str, Any]:
    return {"patient_id": "p1", "sex": "female", "age_years": 45, **columns, "facts": list(facts)}


CASES = {
    "low, with a blood count": person(fact("serum_b12", "150", "pg/mL"), fact("mcv", "110", "fL"), fact("hemoglobin", "9", "g/dL"),
                                      fact("metformin")),
    "low by its comparator": person(fact("serum_b12", "<100", "pmol/L")),
    "low by a word": person(fact("serum_b12", "low")),
    "grey": person(fact("serum_b12", "205", "pmol/L"), fact("fatigue")),
    "grey by active B12": person(fact("holotranscobalamin", "40", "pmol/L")),
    "cells lack B12": person(fact("serum_b12", "220", "ng/L"), fact("methylmalonic_acid", ">0.9", "umol/L"), fact("creatinine", "0.8", "mg/dL")),
    "homocysteine": person(fact("serum_b12", "220", "ng/L"), fact("homocysteine", "30", "umol/L"), fact("creatinine", "0.8", "mg/dL"),
                           fact("serum_folate", "20", "nmol/L")),
    "normal": person(fact("serum_b12", ">=500", "pmol/L")),
    "nothing known": {"facts": []},
    "sex and age decide": {"facts": [fact("hemoglobin", "108", "g/L"), fact("mcv", "104", "fL"), fact("creatinine", "1.1", "mg/dL"), fact("paresthesia")]},
    "since when": person(fact("serum_b12", "120", "ng/L"), fact("metformin"), fact("vitamin_b12_tablets")),
    "a result without its unit": person(fact("serum_b12", "150"), fact("total gastrectomi"), fact("homocysteine", "20", "umol/L", "2031-01-01")),
    "nitrous oxide": person(fact("nitrous_oxide_recreational"), fact("paresthesia"), fact("serum_b12", "400", "ng/L")),
    "infant": {"patient_id": "baby", "age_months": 8, "facts": [fact("hypotonia"), fact("maternal_vegan_diet")]},
    "pregnancy": person(fact("pregnancy", date="2026-06-01"), fact("serum_b12", "70", "pmol/L"), fact("holotranscobalamin", "80", "pmol/L")),
    "combined indicator": person(fact("serum_b12", "270", "pmol/L"), fact("holotranscobalamin", "30", "pmol/L"),
                                 fact("methylmalonic_acid", "0.39", "umol/L"), fact("homocysteine", "14.9", "umol/L"),
                                 fact("creatinine", "0.7", "mg/dL"), fact("serum_folate", "20", "nmol/L")),
    "much that is not used": person(fact("ferritin", "9"), fact("mcv", "9", "fL"), fact("tingeling in both feet"), fact("quantum flux 7"),
                                    fact("خدرانن"), fact("serum_b12", "9000", "ng/L"),
                                    fact("serum_b12", "300", "ng/L", "2030-01-01"), fact("serum_b12", "1,234", "ng/L")),
}  # fmt: skip


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing message or variable is an error here; a reader would get the English message."""
    monkeypatch.setattr(languages, "STRICT", True)


@cache
def assess(name: str, guideline: str = "ng239") -> Assessment:
    engine = MemoryEngine(KNOWLEDGE, DAY, guideline)
    return engine.assess(read_case(CASES[name], engine.words, engine.day), would_change=True)


@cache
def messages(lang: str) -> dict[str, ftl.Message]:
    found: dict[str, ftl.Message] = {}
    for path in sorted((languages.FOLDER / lang).glob("*.ftl")):
        for entry in FluentParser(with_spans=False).parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ftl.Junk), f"{path.name}: {entry.content}"
            if isinstance(entry, ftl.Message):
                assert entry.id.name not in found, f"{lang}: {entry.id.name} is written twice"
                found[entry.id.name] = entry
    return found


class Found(Visitor):
    """The variables of a pattern, and the forms of each selector in it."""

    def __init__(self, node: ftl.BaseNode):
        self.variables: set[str] = set()
        self.forms: dict[str, set[str]] = {}
        self.visit(node)

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.variables.add(node.id.name)

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:
        assert isinstance(node.selector, ftl.VariableReference)
        self.forms[node.selector.id.name] = {variant.key.name for variant in node.variants if isinstance(variant.key, ftl.Identifier)}
        self.generic_visit(node)


def voices(message: ftl.Message) -> dict[str, ftl.Pattern]:
    assert message.value is not None
    return {"": message.value, **{attribute.id.name: attribute.value for attribute in message.attributes}}


def reasons() -> set[str]:
    """Every reason the readers of records can give: the words in lower case that they return or hand on."""
    found: set[object] = set(OTHER_REASONS)
    for module in (understand, words):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            handed: list[ast.AST] = []
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("_aside", "SetAside"):
                handed = [*node.args[1:2]]
            elif isinstance(node, (ast.Return, ast.Assign)):
                handed = [node]
            found |= {part.value for whole in handed for part in ast.walk(whole) if isinstance(part, ast.Constant)}
    return {str(word) for word in found if re.fullmatch(r"[a-z]+(_[a-z]+)+|future", str(word))} - set(KNOWLEDGE.reading) - set(PATIENT_COLUMNS)


def needed() -> set[str]:
    """The id of every message that the knowledge, the records or the page can ask for."""
    said: dict[str, set[str]] = {
        "status": set(KNOWLEDGE.words_of["status"]), "status-name": set(KNOWLEDGE.words_of["status"]), "next": set(KNOWLEDGE.words_of["status"]),
        "basis": set(KNOWLEDGE.words_of["status_basis"]) | {"none"}, "indicator": set(KNOWLEDGE.words_of["combined_indicator_class"]),
        "flag": KNOWLEDGE.collections["red_flags"], "certainty": set(CAUSE_FIELDS),
        "cause": set().union(*(KNOWLEDGE.collections[name] for name in CAUSE_FIELDS.values())),
        **{f"{name}{part}": set(KNOWLEDGE.words_of[name]) for name in ("urgency", "severity") for part in ("", "-name")},
        "strength": set(STRENGTHS), "checked": set(GRADES), "reason": reasons(),
        "value": {word for concept in KNOWLEDGE.concepts.values() for word in concept.words} | {"present", "female", "male"},
        **{prefix: KNOWLEDGE.collections[name] for name, prefix in content.COLLECTIONS},
    }  # fmt: skip
    ids = {f"{prefix}-{word}".replace("_", "-") for prefix, found in said.items() for word in found}
    ids |= {row.text for table in KNOWLEDGE.tables.values() for row in table.rows if row.text}
    ids |= {f"heading-{id}" for id in re.findall(r'_(?:list|titled)\("([a-z-]+)"', inspect.getsource(content))}
    ids |= {f"heading-tests-{key}" for key in ("first", "next", "cause")} | {f"heading-{name}" for name, _ in content.COLLECTIONS}
    source = inspect.getsource(content) + inspect.getsource(page)
    return ids | set(re.findall(r"say\(['\"]([a-z-]+)['\"]", source)) | set(languages.COMPARATORS.values())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_message_that_can_be_asked_for_is_there_in_both_voices(lang: str) -> None:
    assert not needed() - set(messages(lang))
    assert not [id for id, message in messages(lang).items() if set(voices(message)) != {"", "lay"}]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_languages_hold_the_same_messages_with_the_same_variables(lang: str) -> None:
    assert set(messages(lang)) == set(messages("en"))
    for id, message in messages("en").items():
        for voice, pattern in voices(message).items():
            assert Found(pattern).variables == Found(voices(messages(lang)[id])[voice]).variables, (id, voice)


def test_arabic_has_all_its_forms_wherever_something_is_counted() -> None:
    selectors = [Found(pattern).forms for message in messages("ar").values() for pattern in voices(message).values()]
    counted = [forms["count"] for forms in selectors if "count" in forms]
    assert counted
    assert all(forms == ARABIC_FORMS for forms in counted)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_reason_uses_a_result_only_where_there_is_one(lang: str) -> None:
    """Outside the form for numbers only what a row always has may be used; inside it, one marker and its limits."""
    for id, message in messages(lang).items():
        for pattern in voices(message).values() if id.startswith("because-") else ():
            for element in pattern.elements:
                if isinstance(element, ftl.Placeable) and isinstance(element.expression, ftl.SelectExpression):
                    forms = {variant.key.name: Found(variant.value).variables for variant in element.expression.variants}  # type: ignore[union-attr]
                    assert set(forms) == {"number", "word"}, id
                    assert not forms["word"], id
                    assert forms["number"] <= MARKERS | {"limit", "upper"}, id
                    assert len(forms["number"] & MARKERS) == 1, id
                else:
                    assert Found(element).variables <= {"combined_indicator"}, id


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_messages_found_by_lines_are_those_a_full_parser_finds(lang: str) -> None:
    assert set(Language(lang).sources) == set(messages(lang))


@pytest.mark.parametrize("voice", ["both", "clinical", "lay"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", CASES)
def test_a_page_is_whole_and_its_numbers_stand_in_runs(name: str, lang: str, voice: str) -> None:
    for guideline in KNOWLEDGE.guidelines if voice == "both" else ("ng239",):
        text = render(assess(name, guideline), KNOWLEDGE, lang, voice)
        whole(text, lang)


def test_the_reason_names_the_number_and_the_limit_in_the_unit_of_the_laboratory() -> None:
    text = render(assess("low, with a blood count"), KNOWLEDGE, "en")
    assert f"Total B12 is {quantity_run('150 pg/mL')}; below {quantity_run('180 pg/mL')}" in text
    assert quantity_run("133 pmol/L") in render(assess("low by its comparator"), KNOWLEDGE, "en")


def test_a_limit_printed_only_in_another_unit_is_shown_as_printed_and_converted() -> None:
    text = render(assess("low, with a blood count", "nhg2018"), KNOWLEDGE, "en")
    assert quantity_run("150 pmol/L (203.3 pg/mL)") in " ".join(text.split())


def test_lay_readers_get_words_for_comparison_signs() -> None:
    text = render(assess("low by its comparator"), KNOWLEDGE, "en", "lay")
    assert f"below {quantity_run('100 pmol/L')}" in text
    assert "<" not in text


def test_everything_left_over_is_listed_with_its_reason_and_the_closest_names() -> None:
    text = render(assess("much that is not used"), KNOWLEDGE, "en")
    for left in ("ferritin 9", "mcv 9 fL", "quantum flux 7", "serum_b12 1,234 ng/L", "serum_b12 9000 ng/L", "خدرانن"):
        assert foreign_run(left) in text
    assert "Did you mean: tingling or pins and needles?" in text


def test_a_rule_is_shown_with_its_source_and_how_well_it_was_checked() -> None:
    text = " ".join(render(assess("grey"), KNOWLEDGE, "en", "clinical").split())
    assert quantity_run("interpret.serum_b12.ng239.indeterminate") in text
    assert "(read as another text reports it)" in text
    assert "not a certified medical device" in text


def test_words_of_a_record_cannot_steer_the_page() -> None:
    hostile = CASES["normal"] | {"patient_id": "\x1b[31mred\u202e\u2066\n two {$x}"}
    engine = MemoryEngine(KNOWLEDGE, DAY, "ng239")
    text = render(engine.assess(read_case(hostile, engine.words, engine.day), would_change=True), KNOWLEDGE, "ar")
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert foreign_run("[31mred two {$x}") in text


def test_a_missing_message_fails_a_test_and_falls_back_to_english_for_a_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    arabic = Language("ar")
    del arabic.sources["page-title"]
    with pytest.raises(LookupError):
        arabic.say("page-title")
    with pytest.raises(LookupError):
        arabic.say("page-day")
    monkeypatch.setattr(languages, "STRICT", False)
    assert arabic.say("page-title") == quantity_run("Vitamin B12: what this record says")
    assert arabic.say("page-day", day=quantity_run(DAY)).startswith("يوم")


def test_a_long_run_is_closed_and_opened_again_at_a_break() -> None:
    lines = wrap("Source: " + quantity_run("a title of the 9 longest that anybody ever gave to a table of limits"), "", "  ", 40)
    assert len(lines) > 1
    assert all(line.count("\u2066") == line.count("\u2069") == 1 for line in lines[1:])
