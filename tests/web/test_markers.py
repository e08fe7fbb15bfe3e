"""Results over time: every one is drawn, in the zone the rules would put it, on limits that are the guideline's for this person."""

from __future__ import annotations

from typing import Any

import pytest

from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.outputs.language import language
from cobalamin.outputs.markers import Marker, Markers, charts
from cobalamin.outputs.web import page, runs
from cobalamin.records.case import read_case
from cobalamin.rules.load import load


def markers(engine: MemoryEngine, facts: list[dict[str, Any]], **person: Any) -> dict[str, tuple[Marker, ...]]:
    case = read_case({**person, "facts": facts}, engine.words, engine.day)
    return {variants[0].concept: variants for variants in Markers(case, engine.assess(case), load()).all()}


def b12(value: str, unit: str = "pg/mL", date: str = "2026-06-01") -> dict[str, str]:
    return {"concept": "serum_b12", "value": value, "unit": unit, "date": date}


@pytest.mark.parametrize(("value", "unit", "zone"), [
    ("179", "ng/L", "deficient"),
    ("180", "ng/L", "indeterminate"), ("133", "pmol/L", "indeterminate"), ("132.9", "pmol/L", "deficient"), ("350", "ng/L", "indeterminate"),
    ("351", "ng/L", "unlikely"),
    ("<180", "ng/L", "deficient"), ("<200", "ng/L", ""), (">350", "ng/L", "unlikely"), (">300", "ng/L", ""), ("0.2", "nmol/L", "indeterminate"),
])  # fmt: skip
def test_a_result_lies_where_the_rules_put_it(engine: MemoryEngine, value: str, unit: str, zone: str) -> None:
    """Pins that a result on a limit, in either unit, and one that is only bounded, are told apart as the tables tell them; in every unit of the chart."""
    for marker in markers(engine, [b12(value, unit)], age_years=50)["serum_b12"]:
        assert [point.zone for point in marker.points] == [zone]


def test_limits_are_those_of_the_person(engine: MemoryEngine) -> None:
    """Pins that a man, a woman and an infant have limits of their own, and that no adult limit of cell size is drawn for a child."""
    hemoglobin = {"concept": "hemoglobin", "value": "12.5", "unit": "g/dL"}
    assert markers(engine, [hemoglobin], age_years=40, sex="male")["hemoglobin"][0].points[0].zone == "anemia_mild"
    assert markers(engine, [hemoglobin], age_years=40, sex="female")["hemoglobin"][0].points[0].zone == "usual"
    assert markers(engine, [b12("150", "pmol/L")], age_months=6)["serum_b12"][0].points[0].zone == "indeterminate"
    assert markers(engine, [{"concept": "mcv", "value": "78", "unit": "fL"}], age_years=2)["mcv"][0].zones == ()


def test_no_result_is_lost_and_words_are_not_drawn(engine: MemoryEngine) -> None:
    """Pins that every number is on the chart in order of its day, in its own unit first, and that words stay off it."""
    facts = [b12("420", "pmol/L", "2026-10-01"), b12("95"), b12("low", "", "2026-07-01"), b12("<83", "pg/mL", "2025-05-01")]
    variants = markers(engine, facts, age_years=57)["serum_b12"]
    assert [marker.unit for marker in variants] == ["pmol/L", "pg/mL"]
    assert [point.printed for point in variants[0].points] == ["<83 pg/mL", "95 pg/mL", "420 pmol/L"]
    assert [round(point.number) for point in variants[1].points] == [83, 95, 569]


@pytest.mark.parametrize("lang", ["en", "hi", "ar"])
def test_the_drawing_stays_inside_itself(engine: MemoryEngine, lang: str) -> None:
    """Pins the geometry of one day, of many years, of huge values, and of doses before the first result."""
    dose = {"concept": "hydroxocobalamin", "date": "2019-05-10", "end": "2019-05-10", "dose": "1000 ug im"}
    for facts in ([b12("95")], [b12("95", date="2012-01-31"), b12("99000")], [b12("<83"), dose]):
        case = read_case({"age_years": 57, "facts": facts}, engine.words, engine.day)
        words = language(lang)
        held = charts(case, engine.assess(case), load(), words)
        for drawing in held[0]["drawings"]:
            for point in drawing["points"]:
                assert drawing["left"] <= point["x"] <= drawing["right"]
                assert drawing["top"] <= point["y"] <= drawing["bottom"]
            assert all(drawing["left"] <= tick["x"] <= drawing["right"] for tick in drawing["ticks"])
            assert all(drawing["left"] <= dose["x"] <= drawing["right"] for dose in drawing["doses"])
            assert all(zone["height"] >= 0 for zone in drawing["zones"])
        html = page("doors/markers.html", words, say=words.say, runs=runs, charts=held)
        assert html.count("<circle") + html.count("l-6 10z") >= len(held[0]["drawings"])
        assert " style=" not in html
