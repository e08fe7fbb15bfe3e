"""A request of HTTP as something asked of a page: a form, a form with files, or a JSON object with the fields of the form."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from cobalamin.app.pages.asked import Asked, Upload, language_of
from cobalamin.errors import InputError

if TYPE_CHECKING:
    from starlette.requests import Request

MOST_FIELDS = 4096
"""More fields than any form of ours has."""
FILES_AT_ONCE = 20
JSON = "application/json"


async def asked_of(request: Request, path: str, root: str = "") -> Asked:
    """What *request* asks of the page at *path*; what cannot be read is an InputError."""
    fields, uploads = list(request.query_params.multi_items()), []
    if request.method == "POST":
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind == JSON:
            fields += _fields(await request.body())
        else:
            from starlette.exceptions import HTTPException

            try:
                async with request.form(max_files=FILES_AT_ONCE, max_fields=MOST_FIELDS, max_part_size=request.app.state.settings.largest_body) as form:
                    for name, value in form.multi_items():
                        if isinstance(value, str):
                            fields.append((name, value))
                        elif value.filename:
                            uploads.append(Upload(value.filename, (await value.read()).decode("utf-8", "replace")))
            except HTTPException:
                raise InputError("This form cannot be read.") from None
    values = dict(fields)
    lang = language_of(fields, request.headers.get("accept-language", ""))
    return Asked(path, lang, tuple(fields), tuple(uploads), values.get("part", ""), root)


def _fields(body: bytes) -> list[tuple[str, str]]:
    """The fields of a JSON object: texts and numbers, and lists of them for fields that are there several times."""
    try:
        tree = json.loads(body, parse_float=str, parse_int=str) if body.strip() else {}
    except (ValueError, RecursionError):
        raise InputError("The body is not JSON.") from None
    if not isinstance(tree, dict):
        raise InputError("The body must be a JSON object with the fields of the form.")
    held = ((name, value if isinstance(value, list) else [value]) for name, value in tree.items())
    fields = [(name, value) for name, values in held for value in values if value is not None]
    if any(not isinstance(value, (str, bool)) for _, value in fields):
        raise InputError("A field holds a text, a number, or a list of them.")
    return [(name, value if isinstance(value, str) else str(value).lower()) for name, value in fields]
