"""What may be taken along from the door for a patient, each made from the same form: a sheet, a calendar, a Bundle, the case itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from typing import Any

from cobalamin.app.pages.asked import languages
from cobalamin.engines.memory.engine import MemoryEngine
from cobalamin.model.assessment import Assessment
from cobalamin.model.calendar import DoseCalendar
from cobalamin.outputs.language import Voice


@dataclass(frozen=True)
class Taken:
    """What a download is made of: the case, its assessment with the doses that are left, and the calendar they stand in."""

    engine: MemoryEngine
    case: Mapping[str, Any]
    found: Assessment
    calendar: DoseCalendar
    lang: str
    voice: Voice
    options: Mapping[str, str]


@dataclass(frozen=True)
class Download:
    """One file to take along: the name its texts go by and that of the file, its kind, how it is made, and the libraries that needs."""

    id: str
    file: str
    kind: str
    make: Callable[[Taken], bytes]
    needs: tuple[str, ...] = ()
    in_browser: bool = True
    """Whether it can also be made where there is no server."""

    @property
    def there(self) -> bool:
        """Whether what it needs is installed."""
        return all(find_spec(name) is not None for name in self.needs)


def _handout(taken: Taken) -> bytes:
    from cobalamin.outputs.handout import handout_pdf

    also = taken.options.get("also", "")
    return handout_pdf(taken.found, taken.engine.knowledge, taken.lang, also if also in languages() and also != taken.lang else "", taken.options.get("large") == "yes")


def _calendar(taken: Taken) -> bytes:
    from cobalamin.outputs.ics import calendar_ics

    return calendar_ics(taken.calendar, taken.found.review, taken.engine.knowledge, taken.lang, voice=taken.voice, discreet=taken.options.get("discreet") == "yes",
                        stamp=datetime.now(UTC))  # fmt: skip


def _bundle(taken: Taken) -> bytes:
    from cobalamin.outputs.fhir.bundle import bundle_of

    return _json(bundle_of(taken.found, taken.engine.knowledge, taken.lang))


def _case(taken: Taken) -> bytes:
    return _json(taken.case)


def _json(tree: Mapping[str, Any]) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


DOWNLOADS = (
    Download("handout", "handout.pdf", "application/pdf", _handout, ("typst",), in_browser=False),
    Download("calendar", "b12-doses.ics", "text/calendar", _calendar, ("icalendar",)),
    Download("case", "case.json", "application/json", _case),
    Download("bundle", "answer.fhir.json", "application/fhir+json", _bundle),
)
"""Everything that may be taken along; one more is one line more."""
BY_FILE = {download.file: download for download in DOWNLOADS}
