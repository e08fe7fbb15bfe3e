"""Units of every concept: conversions against molar mass, every printed spelling, limits of belief."""

from __future__ import annotations

import pytest

from cobalamin.records.words import Words
from cobalamin.rules.concepts import Concept
from cobalamin.rules.files import read_yaml
from cobalamin.rules.load import FOLDER, load

KNOWLEDGE = load()
MEASURED = [concept for concept in KNOWLEDGE.concepts.values() if concept.units]
MOLAR_MASS = {
    id: tree["molar_mass"]
    for path in sorted((FOLDER / "concepts").glob("*.yaml"))
    for id, tree in read_yaml(path, path.name).items()
    if "molar_mass" in tree
}
SPELLINGS = sorted(str(spelling) for spelling in KNOWLEDGE.reading["spellings"])

GRAMS = {
    "pg/mL": 1e-9,
    "ng/L": 1e-9,
    "ng/mL": 1e-6,
    "ug/L": 1e-6,
    "ng/dL": 1e-8,
    "ug/dL": 1e-5,
    "ug/mL": 1e-3,
    "mg/L": 1e-3,
    "mg/dL": 1e-2,
    "g/L": 1.0,
    "g/dL": 10.0,
    "%": 10.0,
    "pg": 1e-12,
}
MOLES = {"pmol/L": 1e-12, "nmol/L": 1e-9, "umol/L": 1e-6, "nmol/mL": 1e-6, "mmol/L": 1e-3, "fmol": 1e-15}


@pytest.mark.parametrize("concept", [c for c in MEASURED if c.units.converts], ids=lambda c: c.id)
def test_the_factor_between_mass_and_moles_is_that_of_the_molar_mass(concept: Concept) -> None:
    """Pins every conversion factor to the molar mass, to four digits, for any pair of units."""
    units = concept.units
    mass = next(unit for unit in units.units if unit.name in GRAMS and units.groups[unit.group] == "mass")
    mole = next(unit for unit in units.units if units.groups[unit.group] == "molar")
    factor = units.factor(mass.group, mole.group) * mass.times / mole.times
    # hemoglobin is counted by its four iron atoms: its molar mass here is that of one
    expected = GRAMS[mass.name] / MOLAR_MASS[concept.id] / MOLES[mole.name]
    assert factor == pytest.approx(expected, rel=5e-5)


@pytest.mark.parametrize("concept", [c for c in MEASURED if c.units.converts], ids=lambda c: c.id)
def test_there_and_back_is_where_one_was(concept: Concept) -> None:
    """Pins that converting forth and back changes nothing."""
    for source, target, _ in concept.units.converts:
        assert concept.units.factor(source, target) * concept.units.factor(target, source) == pytest.approx(1)


@pytest.mark.parametrize("concept", MEASURED, ids=lambda c: c.id)
def test_units_of_one_group_agree(concept: Concept) -> None:
    """Pins that units of mass and moles stand in their true relation within a group."""
    for table in (GRAMS, MOLES):
        for unit in concept.units.units:
            first = concept.units.first(unit.group)
            if unit.name in table and first.name in table and concept.units.groups[unit.group] in ("mass", "molar"):
                assert unit.times == pytest.approx(table[unit.name] / table[first.name])


@pytest.mark.parametrize("concept", MEASURED, ids=lambda c: c.id)
def test_what_is_plausible_is_possible(concept: Concept) -> None:
    """Pins that the plausible range lies inside the possible one and both are ranges."""
    assert concept.possible[0] <= concept.plausible[0] < concept.plausible[1] <= concept.possible[1]


@pytest.mark.parametrize("concept", MEASURED, ids=lambda c: c.id)
def test_every_unit_is_read_by_its_own_name(concept: Concept, words: Words) -> None:
    """Pins that each unit of a concept is found by its name in any case, with or without spaces."""
    for index, unit in enumerate(concept.units.units):
        for text in (unit.name, unit.name.upper(), unit.name.lower(), f" {unit.name.replace('/', ' / ')} "):
            assert words.unit(concept.id, text) == (index, ""), text


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_names_a_unit_that_something_has(spelling: str, words: Words) -> None:
    """Pins that no spelling in the list of spellings leads nowhere: some concept reads it as the unit it says."""
    name = KNOWLEDGE.reading["spellings"][spelling]
    holders = [c for c in MEASURED if c.units.named(name)]
    assert holders, f"{name} is a unit of nothing"
    for concept in holders:
        index, reason = words.unit(concept.id, spelling)
        assert index is not None, reason
        assert concept.units.units[index].name == name


def test_micro_in_both_code_points(words: Words) -> None:
    """Pins that the micro sign and the Greek mu are the same letter."""
    assert (
        words.unit("methylmalonic_acid", "\u00b5mol/L")
        == words.unit("methylmalonic_acid", "\u03bcmol/L")
        == words.unit("methylmalonic_acid", "umol/l")
    )


def test_case_never_matters(words: Words) -> None:
    """Pins pg/ml and PG/ML."""
    assert words.unit("serum_b12", "pg/ml") == words.unit("serum_b12", "PG/ML") == words.unit("serum_b12", "Pg/mL")


def test_a_unit_of_another_concept_is_wrong_and_an_invented_one_unknown(words: Words) -> None:
    """Pins the two reasons."""
    assert words.unit("serum_b12", "fL") == (None, "wrong_unit")
    assert words.unit("serum_b12", "furlongs") == (None, "unknown_unit")
    assert words.unit("serum_b12", "") == (None, "no_unit")
    assert words.unit("mcv", "") == (0, "")


def test_active_b12_knows_no_mass(words: Words) -> None:
    """Pins that the mass factor of B12 can never be applied to active B12."""
    assert words.unit("holotranscobalamin", "pg/mL")[0] is None
    assert not KNOWLEDGE.concepts["holotranscobalamin"].units.converts
