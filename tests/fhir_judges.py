"""Three outside judges of the FHIR we write, which fail on different things.

The JSON schema of R4 knows shapes, Medplum cardinality, invariants and the codes of required value sets, fhir.resources which of several types
a value may have.
"""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

HERE = Path(__file__).parent / "fhir_validators"
SCHEMA = HERE / "node_modules" / "@asymmetrik" / "fhir-json-schema-validator" / "fhir.schema.json"
URN = re.compile(r"(?<=\"reference\": \")urn:uuid:([0-9a-f-]+)")
WHY_NOT = (
    "its packages are not installed: npm ci --prefix tests/fhir_validators" if not SCHEMA.exists()
    else "there is no node on the path" if shutil.which("node") is None
    else ""
)  # fmt: skip
"""Why the judges cannot sit; empty where they can."""


@cache
def _schema(type: str) -> jsonschema_rs.Validator:
    definitions = json.loads(SCHEMA.read_text(encoding="utf-8"))["definitions"]
    # with a reference to the one type, because the error of a choice among 150 types says nothing
    return jsonschema_rs.validator_for({"$schema": "http://json-schema.org/draft-06/schema#", "$ref": f"#/definitions/{type}", "definitions": definitions})


def by_schema(resource: dict[str, Any]) -> list[str]:
    """What the JSON schema of R4 finds wrong."""
    errors = _schema(resource["resourceType"]).iter_errors(resource)
    return [f"{'/'.join(map(str, error.instance_path))}: {error.message[:200]}" for error in errors]


def by_models(resource: dict[str, Any]) -> list[str]:
    """What fhir.resources (R4B) finds wrong."""
    type = resource["resourceType"]
    model = getattr(importlib.import_module(f"fhir.resources.R4B.{type.lower()}"), type)
    try:
        model.model_validate(resource)
    except ValueError as error:
        return [str(error)[:500]]
    return []


def by_medplum(resources: Iterable[dict[str, Any]]) -> dict[int, str]:
    """What Medplum finds wrong, by the number of the resource; references among them say the type, so that it is checked too."""
    held = list(resources)
    types = {resource["id"]: resource["resourceType"] for resource in held if "id" in resource}
    lines = [URN.sub(lambda found: f"{types[found[1]]}/{found[1]}" if found[1] in types else found[0], json.dumps(resource)) for resource in held]
    run = subprocess.run(["node", "judge.mjs"], cwd=HERE, input="\n".join(lines) + "\n", capture_output=True, text=True,
                         env={**os.environ, "NODE_OPTIONS": ""}, check=False)  # fmt: skip
    assert (run.returncode, run.stderr.strip()) == (0, f"judged {len(lines)}"), run.stderr[-2000:]
    return {int(number): wrong for number, _, wrong in (line.partition(": ") for line in run.stdout.splitlines())}


def faults(resources: Iterable[dict[str, Any]]) -> list[str]:
    """Everything that any of the three finds wrong with *resources*, each of them judged alone."""
    held = list(resources)
    said = by_medplum(held)
    return [
        f"{resource['resourceType']} ({judge}): {wrong}"
        for number, resource in enumerate(held)
        for judge, found in (("schema", by_schema(resource)), ("models", by_models(resource)), ("medplum", [said[number]] if number in said else []))
        for wrong in found
    ]  # fmt: skip
