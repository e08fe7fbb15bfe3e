"""An assessment as a page of plain text: first for the person concerned, then for the clinician with every source."""

from __future__ import annotations

from collections.abc import Iterable

from cobalamin.model.assessment import Assessment
from cobalamin.model.calendar import DoseCalendar
from cobalamin.outputs.calendar import CalendarWords
from cobalamin.outputs.content import Content, Section
from cobalamin.outputs.language import Language, Voice, foreign_run, language, quantity_run
from cobalamin.outputs.lines import width
from cobalamin.outputs.page import Page
from cobalamin.rules.knowledge import Knowledge


def render(assessment: Assessment, knowledge: Knowledge, lang: str = "en", voice: str = "both") -> str:
    """The page of one assessment in a language, for `both` readers or only in the `clinical` or `lay` voice."""
    page = _Page(assessment, knowledge, language(lang))
    page.head("lay" if voice == "lay" else "clinical")
    if voice == "both":
        page.title(page.words.say("heading-lay", "lay"), "=")
    if voice in ("both", "lay"):
        page.sections(page.content.for_the_person(alone=voice == "lay"))
    if voice == "both":
        page.title(page.words.say("heading-clinical"), "=")
    if voice in ("both", "clinical"):
        page.sections(page.content.for_the_clinician())
        page.trace()
    page.foot("lay" if voice == "lay" else "clinical")
    return page.text() + "\n"


def render_plan(assessment: Assessment, knowledge: Knowledge, lang: str = "en", voice: str = "clinical", calendar: DoseCalendar | None = None,
                left_over: bool = False) -> str:  # fmt: skip
    """The page of one person's dated doses and reviews; with a *calendar* also of the doses given so far, with *left_over* of what was not used."""
    page = _Page(assessment, knowledge, language(lang))
    spoken: Voice = "lay" if voice == "lay" else "clinical"
    page.head(spoken)
    page.sections(page.content.red_flags(spoken))
    if calendar is not None:
        page.sections(CalendarWords(knowledge, page.words).sections(calendar, spoken))
    page.sections(page.content.plan(spoken))
    if left_over:
        page.sections(page.content.left_over(spoken))
    page.foot(spoken)
    return page.text() + "\n"


class _Page(Page):
    """The page of one assessment."""

    def __init__(self, assessment: Assessment, knowledge: Knowledge, words: Language):
        super().__init__(words)
        self.content = Content(assessment, knowledge, words)

    def head(self, voice: Voice) -> None:
        say, about = self.words.say, self.content.assessment
        self.paragraph(say("page-title", voice))
        self.lines.append("=" * width(self.lines[0]))
        if about.patient_id:
            self.paragraph(say("page-patient", voice, patient=foreign_run(about.patient_id)))
        self.paragraph(say("page-day", voice, day=quantity_run(about.as_of)))
        self.paragraph(say("page-guideline", voice, guideline=self.content.guideline(about.guideline)))

    def sections(self, sections: Iterable[Section]) -> None:
        for section in sections:
            self.title(section.title)
            for text in section.paragraphs:
                self.paragraph(text)
            self.items(section.items)

    def foot(self, voice: Voice) -> None:
        self.sections(self.content.disclaimer(voice))

    def trace(self) -> None:
        """Every rule that held, what it looked at, where it comes from and how well that was checked."""
        say, joined, content = self.words.say, self.words.joined, self.content
        self.title(say("heading-trace"))
        unreviewed = 0
        for found in content.trail.fired:
            evidence, entry = content.trail.evidence(found), found.entry
            held = "" if entry.truth == "true" else f" ({say('undecided')})"
            self.paragraph(f"{quantity_run(entry.rule)} [{say(f'strength-{found.row.strength}')}]{held}", "  - ", "    ")
            looked = (say("label-value", label=content.treatment.concept(name), value=self.words.quantity(text)) for name, text in entry.inputs.items())
            self.paragraph(joined(looked), "    ", "      ")
            reviewed = [say("reviewed-by", reviewer=foreign_run(evidence.reviewer))] if evidence.reviewer else []
            checked = joined([say(f"checked-{evidence.checked}"), *reviewed])
            source = say("source-line", source=quantity_run(entry.source), where=quantity_run(entry.locator), checked=checked)
            self.paragraph(source, "    ", "      ")
            unreviewed += not evidence.reviewer
        if unreviewed:
            self.paragraph(say("unreviewed", count=unreviewed, number=quantity_run(str(unreviewed))))
