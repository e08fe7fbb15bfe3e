"""The rows of resources a view runs over: read from lines or taken from Bundles, with the columns the view touches and no more.

What older releases (STU3) say in another way, and drugs contained in an order, are brought into the shape of R4 here, for both runners.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from cobalamin.records.fhir.facts import DRUGS
from cobalamin.records.fhir.files import LONGEST_LINE
from cobalamin.records.fhir.scalars import printed, truth
from cobalamin.records.fhir.view import CompiledView
from cobalamin.records.sql_text import quote, quoted

OLDER = {
    "Procedure": ("notDone", True, "not-done"),
    "MedicationAdministration": ("notGiven", True, "not-done"),
    "MedicationStatement": ("taken", "n", "not-taken"),
}
"""An element of STU3, what it says when it denies, and the status that says so in R4."""
STATUSES = ("clinicalStatus", "verificationStatus")
"""Codes in STU3, CodeableConcepts in R4."""


def source_of(view: CompiledView, files: Sequence[Path], ours: str) -> str:
    """The SELECT of `kind` (the type of the resource) and the columns of *view*, of rows that may be ours or are of another type.

    *files* are files of lines; without them the table `entries` is read. *ours* is SQL that may be true for too many.
    """
    columns, replaced = _columns(view)
    if files:
        names = ", ".join(map(quote, files))
        shape = ", ".join(f"{quote(name)}: {quote(kind)}" for name, kind in {"resourceType": "VARCHAR", **{n: k for n, (k, _) in columns.items()}}.items())
        rows = (f"SELECT \"resourceType\" AS kind, * FROM read_json([{names}], format='newline_delimited', columns={{{shape}}}, "
                f"ignore_errors=true, maximum_object_size={LONGEST_LINE})")  # fmt: skip
    else:
        structure = quote(json.dumps({name: held for name, (_, held) in columns.items()}))
        known = "COALESCE(id, CASE WHEN starts_with(url, 'urn:') THEN regexp_extract(url, '[^:]+$') END) AS id"
        rows = f"SELECT * REPLACE ({known}) FROM (SELECT kind, url, unnest(from_json(resource, {structure})) FROM entries WHERE kind = {quote(view.resource)})"
    picked = ", ".join(f"{replaced.get(name, quoted(name))} AS {quoted(name)}" for name in view.shape.asked)
    return f"SELECT kind, {picked} FROM ({rows}) WHERE ({ours}) OR kind IS DISTINCT FROM {quote(view.resource)}"


def _columns(view: CompiledView) -> tuple[dict[str, tuple[str, object]], dict[str, str]]:
    """What is read (its DuckDB type and its structure in JSON), and what takes the place of an element."""
    columns: dict[str, tuple[str, object]] = {name: (shape.sql_type, shape.structure) for name, shape in view.shape.asked.items()}
    replaced: dict[str, str] = {}
    if view.resource == "Condition":
        for name in STATUSES:
            kind, held = columns[name]
            replaced[name] = (f"CASE WHEN json_type({quoted(name)}) = 'VARCHAR' THEN {{'coding': [{{'code': {quoted(name)}->>'$'}}]}}::{kind} "
                              f"ELSE from_json({quoted(name)}, {quote(json.dumps(held))}) END")  # fmt: skip
            columns[name] = ("JSON", "JSON")
    if view.resource in OLDER:
        name, denies, status = OLDER[view.resource]
        kind = "BOOLEAN" if denies is True else "VARCHAR"
        columns[name] = (kind, kind)
        test = quoted(name) if denies is True else f"{quoted(name)} = {quote(str(denies))}"
        replaced["status"] = f"CASE WHEN {test} THEN {quote(status)} ELSE status END"
    if "medicationCodeableConcept" in columns:
        kind, held = columns["medicationCodeableConcept"]
        columns["contained"] = (f'STRUCT("id" VARCHAR, "code" {kind})[]', [{"id": "VARCHAR", "code": held}])
        inside = "list_filter(contained, lambda c: '#' || c.id = \"medicationReference\".reference)[1].code"
        replaced["medicationCodeableConcept"] = f'COALESCE("medicationCodeableConcept", CASE WHEN contained IS NOT NULL THEN {inside} END)'
    return columns, replaced


def urn_tail(url: object) -> str | None:
    """What an entry is called inside its Bundle by a `fullUrl` that is a URN; nothing for another."""
    text = printed(url)
    return text.rpartition(":")[2] if text is not None and text.startswith("urn:") else None


def in_r4(kind: str, resource: dict[str, Any], url: object = None) -> dict[str, Any]:
    """A resource in memory as its view wants it: itself, where nothing is to be changed."""
    changed: dict[str, Any] = {}
    if resource.get("id") is None and (called := urn_tail(url)) is not None:
        changed["id"] = called
    if kind == "Condition":
        changed |= {name: {"coding": [{"code": resource[name]}]} for name in STATUSES if isinstance(resource.get(name), str)}
    if kind in OLDER:
        name, denies, status = OLDER[kind]
        held = resource.get(name)
        if held is not None and (truth(held) if denies is True else printed(held)) == denies:
            changed["status"] = status
    if kind in DRUGS and resource.get("medicationCodeableConcept") is None and isinstance(contained := resource.get("contained"), list):
        reference = resource.get("medicationReference")
        named = printed(reference.get("reference")) if isinstance(reference, dict) else None
        inside = (one for one in contained if isinstance(one, dict) and one.get("id") is not None and f"#{printed(one['id'])}" == named)
        changed["medicationCodeableConcept"] = next(inside, {}).get("code")
    return resource | changed if changed else resource
