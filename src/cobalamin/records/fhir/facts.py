"""From the rows of a view to facts: one SELECT for each type of resource, with the reason of every row that is none.

Every SELECT answers with the same columns, so that one place gives them their concepts: `key` holds the codings and texts a concept
is looked up by, `fate` is empty or says why a row that is ours is not used.
"""

from __future__ import annotations

from typing import Any

from cobalamin.records.fhir.coding import BETWEEN, WITHIN, cases
from cobalamin.records.sql_text import quote

COLUMNS = ("part", "key", "patient_id", "date", "end", "value", "comparator", "unit", "dose", "reference", "route", "medication", "fate")
DRUGS = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")
FACTS = ("Observation", "Condition", "Procedure", *DRUGS)
"""The types that become facts; Patient and Medication are looked up by them."""
KEY = (f"CASE WHEN len(codes) = 1 THEN systems[1] || {quote(BETWEEN)} || codes[1] "
       f"ELSE array_to_string(systems, {quote(WITHIN)}) || {quote(BETWEEN)} || array_to_string(codes, {quote(WITHIN)}) END "
       f"|| {quote(BETWEEN)} || COALESCE(text, '') || {quote(BETWEEN)} || COALESCE(display, '')")  # fmt: skip
"""The codings and texts of a row as one text, which is cheaper to compare than lists."""


def rows_of(resource: str, view: str, how: dict[str, Any], known_units: list[str], also: str = "") -> str:
    """The SELECT of `COLUMNS` over the SELECT of a view, with the columns *also* of that carried behind.

    It needs the relation `the_dead`.
    """
    picked = {"part": "part" if resource == "Observation" else "'result'", "value": "NULL::VARCHAR", "comparator": "NULL::VARCHAR", "unit": "NULL::VARCHAR",
              "dose": "NULL::VARCHAR", "reference": "NULL::VARCHAR",
              "route": "NULL::VARCHAR", "medication": "medication" if resource in DRUGS else "NULL::VARCHAR"}  # fmt: skip
    left_out = [cases(column, table) for column, table in how["left_out"].get(resource, {}).items()]
    over = ", ".join(map(quote, how["over"].get(resource, ())))
    start: tuple[str, ...]
    match resource:
        case "Observation":
            picked |= _result(how, known_units)
            start, end = ("effective", "effective_start", "effective_instant", "issued"), "NULL"
            # a result that nobody dated would hold today, which it does not; one without a value says nothing
            left_out += ["CASE WHEN absent IS NOT NULL AND value IS NULL AND value_string IS NULL THEN 'absent_' || replace(absent, '-', '_') END",
                         "CASE WHEN effective IS NULL AND effective_start IS NULL AND effective_instant IS NULL AND issued IS NULL THEN 'no_date' END"]  # fmt: skip
        case "Condition":
            start = ("onset", "onset_start", "recorded")
            ended = _last("abatement", "abatement_end", "onset_end")
            # over, and nobody knows since when: it held on the day it began, and no longer for certain
            end = f"CASE WHEN clinical_status IN ({over}) THEN COALESCE({ended}, {_first(*start)}) ELSE {ended} END"
            left_out.append(f"CASE WHEN clinical_status IN ({over}) AND {_first(*start)} IS NULL THEN 'no_date' END")
        case "Procedure":
            start, end = ("performed", "performed_start"), "NULL"
        case "MedicationRequest":
            start = ("valid_from", "authored")
            supplied = f"TRY_CAST({_first(*start)} AS DATE) + (TRY_CAST(supply AS DOUBLE) * {cases('supply_unit', how['supply_days'])})::INT"
            end = f"COALESCE({_last('valid_to')}, CASE WHEN status IN ({over}) THEN COALESCE({supplied}, TRY_CAST({_first(*start)} AS DATE))::VARCHAR END)"
            left_out.append("CASE WHEN do_not_perform THEN 'not_done' END")
        case "MedicationStatement":
            start = ("effective", "effective_start", "asserted")
            end = f"COALESCE({_last('effective_end')}, CASE WHEN status IN ({over}) THEN {_first(*start)} END)"
        case _:
            start = ("effective", "effective_start")
            end = f"COALESCE({_last('effective_end')}, {_first(*start)})"
    if resource in DRUGS:
        picked |= _dose(how, resource != "MedicationAdministration")
        if resource != "MedicationAdministration":
            left_out.append(f"CASE WHEN status IN ({over}) AND {_first(*start)} IS NULL THEN 'no_date' END")
    said = ", ".join(f'{sql} AS "{name}"' for name, sql in picked.items())
    first = f"COALESCE({', '.join(left_out)}, NULL)" if left_out else "NULL::VARCHAR"
    rows = (f"SELECT {KEY} AS key, patient AS patient_id, {said}, {_first(*start)} AS starts, {end} AS ends, {first} AS left_out{also} FROM ({view})")
    return f"""SELECT part, key, patient_id, TRY_CAST(starts AS DATE) AS "date", TRY_CAST(ends AS DATE) AS "end",
  value, comparator, unit, dose, reference, route, medication,
  CASE WHEN left_out IS NOT NULL THEN left_out WHEN patient_id IS NULL THEN 'no_patient' WHEN patient_id IN (SELECT id FROM the_dead) THEN 'deceased'
    WHEN (starts IS NOT NULL AND TRY_CAST(starts AS DATE) IS NULL) OR (ends IS NOT NULL AND TRY_CAST(ends AS DATE) IS NULL) THEN 'unreadable_date' END AS fate{also}
FROM ({rows})"""


def _result(how: dict[str, Any], known_units: list[str]) -> dict[str, str]:
    """The value of a result in words or digits, with its sign and unit: the UCUM code where it is known, the printed unit otherwise."""
    answer = cases("value_code", how["answers"], "COALESCE(value_text, value_display)")
    between = "CASE WHEN range_low IS NOT NULL OR range_high IS NOT NULL THEN concat_ws('-', range_low, range_high) END"
    return {
        "value": f"COALESCE(value, value_integer, {answer}, value_string, {between}, value_boolean::VARCHAR, {cases('interpretation', how['interpretations'])})",
        "comparator": "comparator",
        "reference": "COALESCE(reference_text, nullif(concat_ws(' ', nullif(concat_ws('-', reference_low, reference_high), ''), reference_unit), ''))",
        "unit": f"CASE WHEN unit_code IN ({', '.join(map(quote, known_units))}) THEN unit_code ELSE COALESCE(unit, unit_code) END",
    }


def _dose(how: dict[str, Any], timed: bool) -> dict[str, str]:
    """A dose in the words the grammar of doses reads: the amount and how often, or the text; the route beside it.

    An amount whose frequency nobody wrote is no amount a day, so it is not passed on.
    """
    route = f"COALESCE({cases('route_code', how['routes'])}, lower(route_text), lower(route_display))"
    amount = "dose_value || ' ' || lower(COALESCE(dose_code, dose_unit))"
    if not timed:
        return {"dose": f"COALESCE({amount}, dose_text)", "route": route}
    often = cases("concat_ws('/', frequency, regexp_replace(period, '\\.0+$', ''), period_unit)", how["timings"])
    return {"dose": f"COALESCE({amount} || ' ' || {often}, dose_text)", "route": route}


def _first(*columns: str) -> str:
    """The first of some dates that is given, as the day it begins; a month or a year alone is its middle, wrong by half of it at most."""
    return "COALESCE(" + ", ".join(_day(column, "-15", "-07-01") for column in columns) + ")"


def _last(*columns: str) -> str:
    """The first of some dates that is given, where something ends: a month or a year alone ends with it."""
    return "COALESCE(" + ", ".join(_day(column, "-28", "-12-31") for column in columns) + ")"


def _day(column: str, month: str, year: str) -> str:
    return f"CASE length({column}) WHEN 4 THEN {column} || '{year}' WHEN 7 THEN {column} || '{month}' ELSE {column}[:10] END"
