"""Doses given, and doses missed, as MedicationAdministration: facts of the record with what they count for in the plan."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cobalamin.model.assessment import Assessment
from cobalamin.model.calendar import MISSED, Counted, DoseCalendar, Planned
from cobalamin.outputs.calendar import CalendarWords
from cobalamin.outputs.content import Section
from cobalamin.outputs.fhir.bundle import bundle_of
from cobalamin.outputs.fhir.medication import UNIT, number
from cobalamin.outputs.fhir.writer import Resource, Writer, filled
from cobalamin.rules.knowledge import Knowledge


def medication_administrations(writer: Writer, calendar: DoseCalendar) -> list[Resource]:
    """A MedicationAdministration for every dose received (completed) and every planned one that was missed (not-done).

    Its note says what the dose counts for in the plan and why. An amount or a way of giving that the record does not say is left out.
    """
    said = CalendarWords(writer.knowledge, writer.words)
    due = {row.number: row.due for row in calendar.kept}
    found = [_given(writer, said.received(row, due, "clinical"), row, at) for at, row in enumerate(calendar.received)]
    return found + [_missed(writer, said, row) for row in calendar.planned if row.state == MISSED]


def plan_bundle(found: Assessment, calendar: DoseCalendar, knowledge: Knowledge, lang: str = "en", *, subject: Mapping[str, Any] | str | None = None,
                recorded: str | None = None) -> dict[str, Any]:  # fmt: skip
    """The assessment as a Bundle (see `bundle_of`), with what was given and missed so far; the doses proposed are those of *found*."""
    bundle = bundle_of(found, knowledge, lang, subject=subject, recorded=recorded)
    writer = Writer(knowledge, lang, found.patient_id, found.as_of, found.guideline, subject=subject)
    given = medication_administrations(writer, calendar)
    return bundle | {"entry": [*bundle["entry"], *({"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource} for resource in given)]}


def _given(writer: Writer, text: str, row: Counted, at: int) -> Resource:
    given = row.received
    element = f"MedicationAdministration.{given.day.isoformat()}.{given.drug}.{at}"
    coded = writer.how["routes"].get(given.route)
    route = filled(coding=[dict(coded)] if coded else None, text=writer.say(f"route-{given.route}")) if given.route else None
    # a dosage without an amount is none (mad-1)
    dosage = filled(route=route, dose=writer.how["doses"][UNIT] | {"value": number(given.amount_ug)}) if given.amount_ug is not None else None
    return writer.resource(
        "MedicationAdministration", element, [Section("", "", (text,))], status="completed", medicationCodeableConcept=_drug(writer, given.drug),
        subject=writer.subject, effectiveDateTime=given.day.isoformat(), note=writer.note([text]), dosage=dosage,
    )  # fmt: skip


def _missed(writer: Writer, said: CalendarWords, row: Planned) -> Resource:
    text = said.planned(row, "clinical")
    return writer.resource(
        "MedicationAdministration", f"MedicationAdministration.missed.{row.number}", [Section("", "", (text,))], status="not-done",
        statusReason=[{"text": writer.string(said.why((row.because,), "clinical", row.due))}], medicationCodeableConcept=_drug(writer, row.drug),
        subject=writer.subject, effectiveDateTime=row.due.isoformat(), note=writer.note([text]),
    )  # fmt: skip


def _drug(writer: Writer, drug: str) -> dict[str, Any]:
    return writer.concept(drug, "MedicationRequest")
