"""The sheet a person takes home, as a tagged PDF (PDF/UA-1): made offline by typst from the fonts shipped, in one language or in two side by side.

What it says are the sections of every other page. Text goes to the template as data, never as markup.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cobalamin.errors import UsageError
from cobalamin.model.assessment import Assessment
from cobalamin.outputs.content import Content, Section
from cobalamin.outputs.days import day_in_month, written_day, written_month
from cobalamin.outputs.glyphs import FONTS, drawable
from cobalamin.outputs.language import Language, Voice, foreign_run, language, pieces, quantity_run
from cobalamin.outputs.treatment import courses
from cobalamin.rules.knowledge import Knowledge

if TYPE_CHECKING:
    from typst import Fonts

TEMPLATE = Path(__file__).parent / "templates" / "handout.typ"
PAPERS = {"a4": "a4", "letter": "us-letter"}
"""The name typst has for each paper."""
GRADES = ("mild", "moderate", "severe")
LONGEST_NAME = 40
"""Characters of a name that are printed; the line for it holds no more."""
Side = dict[str, Any]


def handout_pdf(assessment: Assessment, knowledge: Knowledge, lang: str = "en", also: str = "", large: bool = False, paper: str = "a4") -> bytes:
    """The sheet of one assessment in plain words in *lang*; with *also*, in clinical words in that language beside it. The same input gives the same bytes."""
    made = typeset(handout_tree(assessment, knowledge, lang, also) | {"large": large, "paper": _paper(paper)})
    assert isinstance(made, bytes)
    return made


def typeset(held: dict[str, Any], **options: Any) -> bytes | list[bytes]:
    """The sheet with what it holds, as a PDF, or as *options* of typst say."""
    fonts = _fonts()
    from typst import compile as compiled

    options = {"format": "pdf", "pdf_standards": ["ua-1"]} | options
    made: Any = compiled(TEMPLATE.read_bytes(), font_paths=fonts, ignore_system_fonts=True, sys_inputs={"held": json.dumps(held)}, **options)
    assert isinstance(made, (bytes, list))
    return made


def handout_tree(assessment: Assessment, knowledge: Knowledge, lang: str, also: str = "") -> dict[str, Any]:
    """What the sheet says as plain data: `sides`, one for each language, and `rows`, each with what every side says under one heading (or null)."""
    said: list[tuple[Language, Voice]] = [(language(lang), "lay")]
    if also:
        said.append((language(also), "clinical"))
    sides = [_Sheet(Content(assessment, knowledge, words), voice) for words, voice in said]
    rows: dict[tuple[str, str], list[Side | None]] = {}
    for at, sheet in enumerate(sides):
        for kind, side in sheet.rows():
            rows.setdefault((kind, side["id"]), [None] * len(sides))[at] = side
    ordered = sorted(rows.items(), key=lambda row: ORDER.index(row[0][1]))
    return {"title": _plain(sides[0].say("handout-title")), "sides": [sheet.head() for sheet in sides],
            "rows": [{"kind": kind, "sides": found} for (kind, _), found in ordered]}  # fmt: skip


ORDER = ("red-flags", "status", "severity", "next", "danger", "treatment", "doses", "cautions", "tests-because", "tests-first", "tests-next", "tests-cause", "review",
         "expected", "response", "response-look-for", "response-actions", "causes", "findings", "notes", "food", "disclaimer")  # fmt: skip
"""The sections of a sheet, as they stand under one another."""
LOUD = {"red-flags": "alert", "danger": "danger"}


class _Sheet:
    """One side of the sheet: a language, spoken to the person or to the clinician."""

    def __init__(self, content: Content, voice: Voice):
        self.content, self.voice, self.words, self.about = content, voice, content.words, content.assessment

    def say(self, id: str, **values: str | int) -> str:
        return self.words.say(id, self.voice, **values)

    def head(self) -> dict[str, Any]:
        """The language, the title, and whom and which day the sheet is about; a name that is not known is left to be written by hand."""
        name = drawable(_shortened(self.about.patient_id))
        asked = self.say("page-patient", patient=foreign_run(name) if name else "")
        lines = [(asked.rstrip(), not name), (self.say("page-day", day=self.day(self.about.as_of)), False)]
        if self.voice == "lay":
            lines.append((self.say("handout-clinic"), True))
        else:
            lines.append((self.say("page-guideline", guideline=self.content.guideline(self.about.guideline)), False))
        return {"lang": self.words.code, "voice": self.voice, "title": _told(self.say("handout-title")),
                "lines": [{"said": _told(said), "blank": blank} for said, blank in lines]}  # fmt: skip

    def rows(self) -> Iterator[tuple[str, Side]]:
        """Every section with the kind of its layout."""
        for section in self._sections():
            yield LOUD.get(section.id, "plain"), _side(section)
        if self.about.severity in GRADES:
            yield "steps", self._steps()
        if self.about.treatment["start"] != "none" and self.about.treatment["doses"]:
            yield "doses", self._doses()
        if self.about.review:
            yield "visits", self._visits()
        yield "fine", _side(self._about())

    def _sections(self) -> Iterator[Section]:
        say, content, voice = self.say, self.content, self.voice
        yield from content.red_flags(voice)
        yield from content.status(voice)
        soon = (say(f"urgency-{self.about.urgency}"),) if self.about.urgency != "none" else ()
        yield Section("next", say("heading-next"), (*soon, say(f"next-{self.about.status}")))
        yield from content.start(voice)
        yield from content.cautions(voice)
        yield Section("danger", say("heading-danger"), (say("seek-help"),))
        yield from content.tests(voice)
        yield from content.response(voice)
        yield from content.causes(voice)
        yield from content.collections(voice, ("findings", "notes"))
        yield Section("food", say("heading-food"), (say("handout-food"),), tuple(text for found in content.collections(voice, ("prevention",)) for text in found.items))

    def _steps(self) -> Side:
        """How strong the picture is, as steps of which the reached ones are filled."""
        step, names = GRADES.index(self.about.severity) + 1, [self.say(f"severity-name-{grade}") for grade in GRADES]
        numbers = {name: quantity_run(str(number)) for name, number in (("step", step), ("steps", len(GRADES)))}
        alt = self.say("handout-severity", severity=names[step - 1], **numbers)
        found = next(self.content.severity(self.voice))
        return _side(found) | {"step": step, "names": [_told(name) for name in names], "alt": _plain(alt)}

    def _doses(self) -> Side:
        """For the person every dated dose with a box to tick, by month; for the clinician in lines."""
        given, treatment = self.about.treatment["doses"], self.content.treatment
        if self.voice == "clinical":
            return _side(Section("doses", self.say("heading-doses"), (), tuple(treatment.doses(given, self.voice))))
        found: list[Side] = []
        for doses in courses(given):
            if doses[0]["every_days"] is None:
                found.append({"said": _told(treatment.course(doses[0], self.voice)), "stretches": list(self._stretches([dose["date"] for dose in doses]))})
            else:
                found += [{"said": _told(said), "stretches": []} for said in treatment.doses(doses, self.voice, self.day)]
        hint = (self.say("handout-tick"),) if any(course["stretches"] for course in found) else ()
        return _side(Section("doses", self.say("heading-doses"), hint)) | {"courses": found}

    def _stretches(self, days: list[str]) -> Iterator[Side]:
        """Days under the name of their month; those that are alone in theirs follow one another, written in full."""
        months = [(month, list(found)) for month, found in groupby(days, key=lambda day: written_month(day, self.words, self.voice))]
        for alone, stretch in groupby(months, key=lambda month: len(month[1]) == 1):
            if alone:
                yield {"name": [], "days": [_told(self.day(day)) for _, found in stretch for day in found]}
            else:
                yield from ({"name": _told(month), "days": [_told(day_in_month(day, self.words, self.voice)) for day in found]} for month, found in stretch)

    def _visits(self) -> Side:
        """For the person every visit with a box to tick; for the clinician in lines."""
        if self.voice == "clinical":
            return _side(next(self.content.reviews(self.voice)))
        visits = [(day, [word for review in found for word in review["what"]]) for day, found in groupby(self.about.review, key=lambda review: review["date"])]
        said = [{"day": _told(self.day(day)), "what": _told(self.content.treatment.look_at(what, self.voice))} for day, what in visits]
        return _side(Section("review", self.say("heading-review"))) | {"visits": said}

    def _about(self) -> Section:
        """What this paper is, what could not be used, by which guideline and from which rules it was made."""
        about = next(self.content.disclaimer(self.voice))
        unused = len(self.about.set_aside) + len(self.about.not_understood)
        left = (self.say("handout-left-out", count=unused, number=quantity_run(str(unused))),) if unused else ()
        by = (self.say("page-guideline", guideline=self.content.guideline(self.about.guideline)),) if self.voice == "lay" else ()
        made = self.say("handout-version", day=self.day(self.about.as_of), version=quantity_run(self.about.pathway_version))
        return Section(about.id, about.title, (*about.paragraphs, *left, *by, made))

    def day(self, day: str) -> str:
        return written_day(day, self.words, self.voice)


def _side(section: Section) -> Side:
    return {"id": section.id, "title": _told(section.title), "said": [_told(text) for text in section.paragraphs], "items": [_told(text) for text in section.items]}


def _told(text: str) -> list[list[str]]:
    """A sentence as the template takes it: runs with the way they are read, in characters that the fonts have."""
    return [[way, drawable(held)] for way, held in pieces(text)]


def _plain(text: str) -> str:
    """A sentence without marks of direction, for what is read aloud or shown by a window."""
    return "".join(held for _, held in pieces(text))


def _shortened(name: str) -> str:
    """A name as far as there is room for it."""
    bare = "".join(held for _, held in pieces(foreign_run(name[: LONGEST_NAME * LONGEST_NAME])))
    return bare if len(bare) <= LONGEST_NAME else bare[: LONGEST_NAME - 1].rstrip() + "…"


def _paper(name: str) -> str:
    if name not in PAPERS:
        raise UsageError(f"There is no paper '{name}'; there are: {', '.join(PAPERS)}.")
    return PAPERS[name]


@cache
def _fonts() -> Fonts:
    """The fonts shipped, and no others."""
    try:
        from typst import Fonts
    except ImportError:
        raise UsageError("A sheet as PDF needs typst: pip install 'cobalamin[pdf]'.") from None
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])
