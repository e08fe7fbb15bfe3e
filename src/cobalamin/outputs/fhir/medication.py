"""B12 as draft proposals: MedicationRequest with a day for each injection, or how often tablets are taken and from when until when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from cobalamin.outputs.content import Section
from cobalamin.outputs.fhir.writer import Resource, Writer, filled
from cobalamin.outputs.language import Voice, quantity_run
from cobalamin.outputs.treatment import Treatment
from cobalamin.rules.schedules import Regimen

Dose = Mapping[str, Any]
KIND = ("amount_ug", "up_to_ug", "route", "every_days")
"""What doses of one instruction share."""
UNIT = "ug"


def medication_request(writer: Writer, doses: Sequence[Dose], *, name: str = "", urgency: str = "none", notes: Iterable[str] = (),
                       supporting: Iterable[Mapping[str, Any]] = ()) -> Resource:  # fmt: skip
    """The proposal of one drug as a MedicationRequest, status draft.

    *doses* are rows as in `treatment.doses` of an assessment, all of one drug: `date`, `drug` (a concept id), `amount_ug` (micrograms a day),
    `up_to_ug`, `route`, `every_days` and `until` for tablets (else None).
    Doses without `every_days` become the dates of one `timing.event`; others a `timing.repeat` with its first and last day.
    *name* is the id of the regimen, where there is one: it tells proposals of the same drug apart, and in how many parts the amount of a day is taken.
    *urgency* becomes the priority; *notes* are texts; *supporting* are References to what it rests on.
    """
    drugs = {dose["drug"] for dose in doses}
    if len(drugs) != 1:
        raise ValueError(f"a MedicationRequest is of one drug, and these doses are of {len(drugs)}")
    drug, said = drugs.pop(), Treatment(writer.knowledge, writer.words)
    code = writer.concept(drug, "MedicationRequest") | {"text": writer.string(said.drug(drug, "clinical"))}
    instructions = list(_instructions(writer, said, doses, writer.knowledge.regimens.get(name)))
    for number, instruction in enumerate(instructions, start=1):
        instruction["sequence"] = number
    element = f"MedicationRequest.{name}.{drug}" if name else f"MedicationRequest.{drug}"
    return writer.resource(
        "MedicationRequest", element, [Section("", code["text"], (), tuple(instruction["text"] for instruction in instructions))],
        status="draft", intent="proposal", priority=writer.how["priorities"][urgency], medicationCodeableConcept=code, subject=writer.subject,
        supportingInformation=[dict(reference) for reference in supporting], authoredOn=writer.as_of, requester=writer.author,
        note=writer.note(notes), dosageInstruction=instructions,
    )  # fmt: skip


def medication_requests(writer: Writer, doses: Iterable[Dose], **held: Any) -> list[Resource]:
    """A proposal for each drug among *doses*, in the order of their first dose; see `medication_request`."""
    by_drug: dict[str, list[Dose]] = {}
    for dose in doses:
        by_drug.setdefault(dose["drug"], []).append(dose)
    return [medication_request(writer, found, **held) for found in by_drug.values()]


def _instructions(writer: Writer, said: Treatment, doses: Iterable[Dose], regimen: Regimen | None) -> Iterable[dict[str, Any]]:
    """The dosage instructions: doses of one kind by their days, tablets by their stretch."""
    for (amount, up_to, route, every), found in groupby(doses, lambda dose: tuple(dose[key] for key in KIND)):
        given = list(found)
        parts = regimen.parts_of(given[0]) if regimen else 1
        for rows in [given] if every is None else ([dose] for dose in given):
            timing = {"event": [dose["date"] for dose in rows]} if every is None else {"repeat": _repeat(rows[0], every, parts)}
            coded = writer.how["routes"].get(route)
            yield filled(
                text=_line(writer, said, rows, parts, "clinical"), patientInstruction=_line(writer, said, rows, parts, "lay"), timing=timing,
                route=filled(coding=[dict(coded)] if coded else None, text=writer.say(f"route-{route}")), doseAndRate=[_amount(writer, amount, up_to, parts)],
            )  # fmt: skip


def _line(writer: Writer, said: Treatment, rows: Iterable[Dose], parts: int, voice: Voice) -> str:
    """Doses of one instruction in words."""
    lines = [*said.doses([dict(dose) for dose in rows], voice), *([writer.words.say("fhir-parts", voice, number=quantity_run(str(parts)))] if parts > 1 else [])]
    return writer.string(writer.words.joined(lines, voice))


def _repeat(dose: Dose, every: int, parts: int) -> dict[str, Any]:
    bounds = filled(start=dose["date"], end=dose["until"])
    return {"boundsPeriod": bounds, "frequency": parts, "period": every, "periodUnit": "d"}


def _amount(writer: Writer, amount: float, up_to: float | None, parts: int) -> dict[str, Any]:
    least, most = (writer.how["doses"][UNIT] | {"value": number((ug or amount) / parts)} for ug in (amount, up_to))
    return {"doseQuantity": least} if up_to is None else {"doseRange": {"low": least, "high": most}}


def number(value: float) -> float | int:
    """A whole number without a point."""
    return int(value) if value == int(value) else value
