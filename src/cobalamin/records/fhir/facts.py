"""From the rows of a view to facts, for each type of resource, with the reason of every row that is none.

Every type answers with the same columns, so that one place gives them their concepts: `key` holds the codings and texts a concept
is looked up by, `fate` is empty or says why a row that is ours is not used. Both runners take the same steps: as one SELECT, or in memory.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from cobalamin.records.fhir.coding import BETWEEN, WITHIN
from cobalamin.records.fhir.steps import (
    NOTHING,
    Step,
    among,
    begins,
    case,
    chained,
    column,
    ends,
    every,
    exact,
    filled,
    first,
    joined,
    known,
    lower,
    real,
    replaced,
    said,
    some,
    supplied,
    text,
    unknown,
    when,
    whole,
)
from cobalamin.records.sql_text import quote

DRUGS = ("MedicationRequest", "MedicationStatement", "MedicationAdministration")
FACTS = ("Observation", "Condition", "Procedure", *DRUGS)
"""The types that become facts; Patient and Medication are looked up by them."""
LOOKED_UP = ("Patient", "Medication")
TYPES = (*LOOKED_UP, *FACTS)
NO_PATIENT = "There is no Patient resource: the people are those the other resources name, and their sex and age are not known."
NO_RESOURCE = "no resource"
"""What the account calls something that names no type of resource."""
KEY = (f"CASE WHEN len(codes) = 1 THEN systems[1] || {quote(BETWEEN)} || codes[1] "
       f"ELSE array_to_string(systems, {quote(WITHIN)}) || {quote(BETWEEN)} || array_to_string(codes, {quote(WITHIN)}) END "
       f"|| {quote(BETWEEN)} || COALESCE(text, '') || {quote(BETWEEN)} || COALESCE(display, '')")  # fmt: skip
"""The codings and texts of a row as one text, which is cheaper to compare than lists."""


def is_type(name: str | None) -> bool:
    """Whether a text can be the name of a type of resource; anything else might be a person's own words, which no account repeats."""
    return name is not None and re.fullmatch("[A-Za-z]{1,64}", name) is not None


def key_of(row: Mapping[str, Any]) -> str:
    """The same of a row in memory."""
    return BETWEEN.join((WITHIN.join(row["systems"]), WITHIN.join(row["codes"]), row["text"] or "", row["display"] or ""))


@dataclass(frozen=True)
class Steps:
    """What becomes of the rows of one type: the columns of a fact, when it begins and ends, and why it may say nothing about the person."""

    columns: Mapping[str, Step]
    start: Step
    end: Step
    left_out: Step


def steps_of(resource: str, how: Mapping[str, Any], known_units: Collection[str]) -> Steps:
    """The steps of a type of resource, from the knowledge of FHIR; *known_units* are UCUM codes that need no printed unit."""
    columns = dict.fromkeys(("value", "comparator", "unit", "dose", "reference", "route"), NOTHING)
    left_out = [case(column(name), table) for name, table in how["left_out"].get(resource, {}).items()]
    over = among(column("clinical_status" if resource == "Condition" else "status"), how["over"].get(resource, ()))
    match resource:
        case "Observation":
            columns |= _result(how, known_units)
            dates = ("effective", "effective_start", "effective_instant", "issued")
            start, end = begins(*dates), NOTHING
            # a result that nobody dated would hold today, which it does not; one without a value says nothing
            absent = column("absent")
            because = when(among(absent, how["absent"]), chained(text("absent_"), replaced(absent, "-", "_")), text("absent_unknown"))
            left_out += [when(every(known(absent), unknown(column("value")), unknown(column("value_string"))), because),
                         when(every(*(unknown(column(name)) for name in dates)), text("no_date"))]  # fmt: skip
        case "Condition":
            start, ended = begins("onset", "onset_start", "recorded"), ends("abatement", "abatement_end", "onset_end")
            # over, and nobody knows since when: it held on the day it began, and no longer for certain
            end = when(over, first(ended, start), ended)
            left_out.append(when(every(over, unknown(start)), text("no_date")))
        case "Procedure":
            start, end = begins("performed", "performed_start"), NOTHING
        case "MedicationRequest":
            start = begins("valid_from", "authored")
            end = first(ends("valid_to"), when(over, first(supplied(start, column("supply"), case(column("supply_unit"), how["supply_days"])), exact(start))))
            left_out.append(when(column("do_not_perform"), text("not_done")))
        case "MedicationStatement":
            start = begins("effective", "effective_start", "asserted")
            end = first(ends("effective_end"), when(over, start))
        case _:
            start = begins("effective", "effective_start")
            end = first(ends("effective_end"), start)
    if resource in DRUGS:
        columns |= _dose(how, resource != "MedicationAdministration")
        if resource != "MedicationAdministration":
            left_out.append(when(every(over, unknown(start)), text("no_date")))
    return Steps(columns, start, end, first(*left_out))


def rows_of(resource: str, view: str, how: Mapping[str, Any], known_units: Collection[str], also: str = "", person: str = "patient") -> str:
    """The SELECT of the columns of a fact over the SELECT of a view, with the columns *also* of that carried behind.

    It needs the relation `the_dead`. *person* is the SQL of whom a row is about.
    """
    steps = steps_of(resource, how, known_units)
    part = "part" if resource == "Observation" else "'result'"
    medication = "medication" if resource in DRUGS else "NULL::VARCHAR"
    picked = ", ".join(f'{step.sql} AS "{name}"' for name, step in steps.columns.items())
    rows = (f"SELECT {KEY} AS key, {person} AS patient_id, {part} AS part, {medication} AS medication, {picked}, {steps.start.sql} AS starts, {steps.end.sql} AS ends, "
            f"{steps.left_out.sql} AS left_out{also} FROM ({view})")  # fmt: skip
    return f"""SELECT part, key, patient_id, {real("starts")} AS "date", {real("ends")} AS "end",
  value, comparator, unit, dose, reference, route, medication,
  CASE WHEN left_out IS NOT NULL THEN left_out WHEN patient_id IS NULL THEN 'no_patient' WHEN patient_id IN (SELECT id FROM the_dead) THEN 'deceased'
    WHEN (starts IS NOT NULL AND {real("starts")} IS NULL) OR (ends IS NOT NULL AND {real("ends")} IS NULL) THEN 'unreadable_date' END AS fate{also}
FROM ({rows})"""


def _result(how: Mapping[str, Any], known_units: Collection[str]) -> dict[str, Step]:
    """The value of a result in words or digits, with its sign and unit: the UCUM code where it is known, the printed unit otherwise."""
    answer = case(column("value_code"), how["answers"], first(column("value_text"), column("value_display")))
    low, high = column("range_low"), column("range_high")
    between = when(some(known(low), known(high)), joined("-", low, high))
    code = column("unit_code")
    return {
        "value": first(column("value"), column("value_integer"), answer, column("value_string"), between, said(column("value_boolean")),
                       case(column("interpretation"), how["interpretations"])),
        "comparator": column("comparator"),
        "reference": first(column("reference_text"),
                           filled(joined(" ", filled(joined("-", column("reference_low"), column("reference_high"))), column("reference_unit")))),
        "unit": when(among(code, known_units), code, first(column("unit"), code)),
    }  # fmt: skip


def _dose(how: Mapping[str, Any], timed: bool) -> dict[str, Step]:
    """A dose in the words the grammar of doses reads: the amount and how often, or the text; the route beside it.

    An amount whose frequency nobody wrote is no amount a day, so it is not passed on.
    """
    route = first(case(column("route_code"), how["routes"]), lower(column("route_text")), lower(column("route_display")))
    amount = [column("dose_value"), text(" "), lower(first(column("dose_code"), column("dose_unit")))]
    if timed:
        amount += [text(" "), case(joined("/", column("frequency"), whole(column("period")), column("period_unit")), how["timings"])]
    return {"dose": first(chained(*amount), column("dose_text")), "route": route}
