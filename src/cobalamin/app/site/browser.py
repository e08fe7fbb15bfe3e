"""What the browser calls: one request as JSON in, one answer as JSON out. It runs where there is no server, no disk and no network."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import Any

from cobalamin.app.pages import patient
from cobalamin.app.pages.asked import Asked, Upload, language_of
from cobalamin.app.pages.downloads import BY_FILE
from cobalamin.app.pages.site import BY_PATH, DOORS, rendered
from cobalamin.errors import CobalaminError
from cobalamin.outputs.language import language

ROOT = ".."
"""Every page lies one folder deep, in that of its language."""


def answer(request: str) -> str:
    """Answer a request: `path`, `fields` (pairs), `uploads` (pairs of name and text), `part`, `accepts`.

    The answer holds `html` and `lang`; or `file`, `kind` and `content` (base64) for something to take along; or `trouble`, in the words of the error.
    """
    held: dict[str, Any] = json.loads(request)
    fields = tuple((str(name), str(value)) for name, value in held["fields"])
    uploads = tuple(Upload(name, text) for name, text in held.get("uploads", ()))
    lang = language_of(fields, held.get("accepts", ""))
    asked = Asked(held["path"], lang, fields, uploads, dict(fields).get("part", ""), ROOT)
    file = asked.path.rpartition("/")[2]
    try:
        if file in BY_FILE:
            return json.dumps({"file": file, "kind": BY_FILE[file].kind, "content": b64encode(patient.taken(asked, file)).decode(), "lang": lang})
        html = rendered(asked, BY_PATH[asked.path].view(asked), DOORS, serverless=True)
    except CobalaminError as error:
        return json.dumps({"trouble": str(error), "lang": lang})
    return json.dumps({"html": html, "lang": lang, "title": language(lang).say(f"web-title-{BY_PATH[asked.path].id}")})
