"""What OpenAPI says of a page's JSON twin: the fields of its form, as a query, a form or a JSON object."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

TEXT = {"type": "string"}
SEVERAL = {"anyOf": [TEXT, {"type": "number"}, {"type": "boolean"}, {"type": "array", "items": {"anyOf": [TEXT, {"type": "number"}]}}]}
FORM, FILES, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"


def query(fields: Mapping[str, str]) -> dict[str, Any]:
    """The fields as parameters of a GET."""
    return {"parameters": [{"name": name, "in": "query", "required": False, "description": what, "schema": TEXT} for name, what in fields.items()]}


def body(fields: Mapping[str, str]) -> dict[str, Any]:
    """The fields as the body of a POST."""
    named = {name: SEVERAL | {"description": what} for name, what in fields.items()}
    what = "The fields of the form, by name; a list where a field is there several times."
    shape = {"type": "object", "description": what, "properties": named, "additionalProperties": SEVERAL}
    texts = {"type": "object", "properties": {name: TEXT | {"description": what} for name, what in fields.items()}, "additionalProperties": TEXT}
    files = texts | {"properties": texts["properties"] | {"file": {"type": "string", "format": "binary"}}}  # type: ignore[operator]
    return {"requestBody": {"required": False, "content": {JSON: {"schema": shape}, FORM: {"schema": texts}, FILES: {"schema": files}}}}
