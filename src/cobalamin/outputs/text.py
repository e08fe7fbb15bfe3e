"""An assessment as a page of plain text: first for the person concerned, then for the clinician with every source."""

from __future__ import annotations

from collections.abc import Iterable

from cobalamin.model.assessment import Assessment
from cobalamin.model.fact import SetAside
from cobalamin.model.quantity import print_number
from cobalamin.outputs.amounts import amounts
from cobalamin.outputs.language import Language, Voice, foreign_run, language, quantity_run
from cobalamin.outputs.lines import width
from cobalamin.outputs.page import Page
from cobalamin.outputs.reason import Trail
from cobalamin.outputs.treatment import Treatment
from cobalamin.rules.knowledge import Knowledge

COLLECTIONS = (("findings", "finding"), ("notes", "note"), ("alternatives", "alternative"), ("prevention", "prevent"))
"""Lists of the assessment, each with the beginning of its messages' ids; the list's name is its heading's."""


def render(assessment: Assessment, knowledge: Knowledge, lang: str = "en", voice: str = "both") -> str:
    """The page of one assessment in a language, for `both` readers or only in the `clinical` or `lay` voice."""
    page = _Page(assessment, knowledge, language(lang))
    page.head("lay" if voice == "lay" else "clinical")
    if voice in ("both", "lay"):
        page.for_the_person(titled=voice == "both")
    if voice in ("both", "clinical"):
        page.for_the_clinician(titled=voice == "both")
    page.foot("lay" if voice == "lay" else "clinical")
    return page.text() + "\n"


def render_plan(assessment: Assessment, knowledge: Knowledge, lang: str = "en", voice: str = "clinical") -> str:
    """The page of one person's dated doses and reviews."""
    page = _Page(assessment, knowledge, language(lang))
    spoken: Voice = "lay" if voice == "lay" else "clinical"
    page.head(spoken)
    page.red_flags(spoken)
    page.plan(spoken)
    page.foot(spoken)
    return page.text() + "\n"


class _Page(Page):
    """The page of one assessment."""

    def __init__(self, assessment: Assessment, knowledge: Knowledge, words: Language):
        super().__init__(words)
        self.assessment, self.knowledge = assessment, knowledge
        self.trail, self.treatment = Trail(assessment, knowledge), Treatment(knowledge, words)

    # ---- parts

    def head(self, voice: Voice) -> None:
        say, about = self.words.say, self.assessment
        self.paragraph(say("page-title", voice))
        self.lines.append("=" * width(self.lines[0]))
        if about.patient_id:
            self.paragraph(say("page-patient", voice, patient=foreign_run(about.patient_id)))
        self.paragraph(say("page-day", voice, day=quantity_run(about.as_of)))
        self.paragraph(say("page-guideline", voice, guideline=self.guideline(about.guideline)))

    def for_the_person(self, titled: bool) -> None:
        say, about = self.words.say, self.assessment
        if titled:
            self.title(say("heading-lay", "lay"), "=")
        self.title(say("heading-status", "lay"))
        self.paragraph(say(f"status-{about.status}", "lay"))
        self.paragraph(self.because("lay"))
        if len(set(about.guidelines.values())) > 1:
            self.paragraph(say("guidelines-differ", "lay"))
        self.red_flags("lay")
        self.title(say("heading-next", "lay"))
        if about.urgency != "none":
            self.paragraph(say(f"urgency-{about.urgency}", "lay"))
        self.paragraph(say(f"next-{about.status}", "lay"))
        self.tests("lay")
        self.plan("lay")
        self.causes("lay")
        self.collections("lay")
        self.title(say("heading-help", "lay"))
        self.paragraph(say("seek-help", "lay"))
        if unused := len(about.set_aside) + len(about.not_understood):
            self.lines.append("")
            self.paragraph(say("left-out", "lay", count=unused, number=quantity_run(str(unused))))
        if not titled:
            self.left_over("lay")

    def for_the_clinician(self, titled: bool) -> None:
        say, about = self.words.say, self.assessment
        if titled:
            self.title(say("heading-clinical"), "=")
        self.title(say("heading-status", status=say(f"status-name-{about.status}")))
        self.paragraph(say(f"status-{about.status}"))
        self.paragraph(self.because("clinical"))
        self.paragraph(say(f"basis-{about.status_basis}"))
        self.red_flags("clinical")
        hurry, grade = about.urgency != "none", about.severity != "none"
        self.title(say("heading-urgency", urgency=say(f"urgency-name-{about.urgency}") if hurry else say("urgency-name-none")))
        self.paragraph(say(f"urgency-{about.urgency}") if hurry else "")
        self.title(say("heading-severity", severity=say(f"severity-name-{about.severity}") if grade else say("severity-name-none")))
        self.paragraph(say(f"severity-{about.severity}") if grade else "")
        self.title(say("heading-guidelines"))
        self.items(say("label-value", label=self.guideline(id), value=say(f"status-name-{status}")) for id, status in about.guidelines.items())
        self.title(say("heading-next"))
        self.paragraph(say(f"next-{about.status}"))
        self.paragraph(say("seek-help"))
        self.tests("clinical")
        self.causes("clinical")
        self.plan("clinical")
        self.collections("clinical")
        if about.combined_indicator:
            name, value, kind = (about.combined_indicator[key] for key in ("name", "value", "class"))
            said = say("indicator-value", name=quantity_run(name), value=quantity_run(print_number(value)))
            self.section("indicator", [said, *([say(f"indicator-{kind}")] if kind else [])], "clinical")
        self.left_over("clinical")
        self.trace()

    def plan(self, voice: Voice) -> None:
        """Treatment with its doses, whether it works, and when to look again."""
        say, held, response = self.words.say, self.assessment.treatment, self.assessment.response
        if held["start"] != "none":
            self.title(say("heading-treatment", voice, start=say(f"start-name-{held['start']}", voice)))
            self.paragraph(say(f"start-{held['start']}", voice))
            if held["regimen"]:
                self.paragraph(self.treatment.sure(held["regimen"], voice))
                self.paragraph(say(f"duration-{held['duration']}", voice) if held["duration"] else "")
            self.section("doses", self.treatment.doses(held["doses"], voice), voice)
        self.section("regimens-also", (self.treatment.sure(id, voice) for id in held["alternatives"]), voice)
        self.section("cautions", (say(f"caution-{word}", voice) for word in held["cautions"]), voice)
        self.section("expected", (say(f"expect-{word}", voice) for word in response["expected"]), voice)
        if response["adequate"] is not None or response["because"]:
            verdict = say("adequate-unknown", voice) if response["adequate"] is None else say(f"adequate-{str(response['adequate']).lower()}", voice)
            self.title(say("heading-response", voice, verdict=verdict))
            self.paragraph(verdict if voice == "lay" else "")
            self.items(say(f"response-{word}", voice) for word in response["because"])
        self.section("response-look-for", (say(f"look-for-{word}", voice) for word in response["look_for"]), voice)
        self.section("response-actions", (say(f"action-{word}", voice) for word in response["actions"]), voice)
        self.section("review", self.treatment.reviews(self.assessment.review, voice), voice)

    def foot(self, voice: Voice) -> None:
        self.title(self.words.say("heading-disclaimer", voice))
        self.paragraph(self.words.say("disclaimer", voice))

    # ---- what the parts are made of

    def guideline(self, id: str) -> str:
        return self.words.label(self.knowledge.guidelines[id].title) if id in self.knowledge.guidelines else quantity_run(id)

    def because(self, voice: Voice) -> str:
        """The reason for the status with its numbers; without them where the laboratory gave a word."""
        id, values = self.trail.because()
        if not id:
            return ""
        concept = values.pop("concept", "")
        limits = {name: quantity_run(values.pop(name)) for name in ("limit", "upper") if name in values}
        given = "number" if concept and any(map(str.isdigit, values.get(concept, ""))) else "word"
        said = {name: self.words.quantity(text, voice) for name, text in values.items()}
        if self.assessment.combined_indicator:
            said["combined_indicator"] = quantity_run(print_number(self.assessment.combined_indicator["value"]))
        return self.words.say(id, voice, given=given, **said, **limits)

    def tests(self, voice: Voice) -> None:
        self.section("tests-because", (self.words.say(f"why-test-{word}", voice) for word in self.assessment.test.get("because", ())), voice)
        for key in ("first", "next", "cause"):
            tests = ((self.treatment.concept(id), self.words.say(f"test-{id}", voice)) for id in self.assessment.test[key])
            self.section(f"tests-{key}", (self.words.say("label-value", voice, label=label, value=value) for label, value in tests), voice)

    def red_flags(self, voice: Voice) -> None:
        self.section("red-flags", (self.words.say(f"flag-{word}", voice) for word in self.assessment.red_flags), voice)

    def causes(self, voice: Voice) -> None:
        """Every cause with how sure it is."""
        found = [(cause["id"], cause["certainty"]) for cause in self.assessment.causes]
        said = ((self.words.say(f"cause-{id}", voice), self.words.say(f"certainty-{certainty}", voice)) for id, certainty in found)
        self.section("causes", (f"{cause} ({certainty})" for cause, certainty in said), voice)

    def collections(self, voice: Voice) -> None:
        for name, prefix in COLLECTIONS:
            ids = (f"{prefix}-{word}" for word in getattr(self.assessment, name))
            self.section(name, (self.words.say(id, voice, **self.amounts(id)) for id in ids), voice)

    def amounts(self, id: str) -> dict[str, str]:
        """The amounts a sentence says under the guideline of the assessment."""
        return amounts(id, self.words, self.knowledge, self.assessment.guideline, self.trail.day)

    def left_over(self, voice: Voice) -> None:
        """What was read and not used, or used with a doubt, each with its reason; and what the laboratory printed beside its results."""
        say, about = self.words.say, self.assessment

        def reasoned(items: Iterable[SetAside]) -> list[str]:
            return [say("label-value", voice, label=foreign_run(item.fact), value=say(f"reason-{item.reason}", voice)) for item in items]

        self.section("set-aside", reasoned(about.set_aside), voice)
        self.section("flagged", reasoned(about.flagged), voice)
        ranges = (say("label-value", voice, label=foreign_run(item.fact), value=quantity_run(item.range)) for item in about.reference_ranges)
        self.section("reference-ranges", ranges, voice)
        asked = [(item, self.words.joined(map(self.treatment.concept, item.closest), voice)) for item in about.not_understood]
        lost = [(item, say("did-you-mean", voice, names=names) if names else say("no-close-name", voice)) for item, names in asked]
        self.section("not-understood", [say("label-value", voice, label=foreign_run(item.fact), value=text) for item, text in lost], voice)

    def trace(self) -> None:
        """Every rule that held, what it looked at, where it comes from and how well that was checked."""
        say, joined = self.words.say, self.words.joined
        self.title(say("heading-trace"))
        unreviewed = 0
        for found in self.trail.fired:
            evidence, entry = self.trail.evidence(found), found.entry
            held = "" if entry.truth == "true" else f" ({say('undecided')})"
            self.paragraph(f"{quantity_run(entry.rule)} [{say(f'strength-{found.row.strength}')}]{held}", "  - ", "    ")
            looked = (say("label-value", label=self.treatment.concept(name), value=self.words.quantity(text)) for name, text in entry.inputs.items())
            self.paragraph(joined(looked), "    ", "      ")
            reviewed = [say("reviewed-by", reviewer=foreign_run(evidence.reviewer))] if evidence.reviewer else []
            checked = joined([say(f"checked-{evidence.checked}"), *reviewed])
            source = say("source-line", source=quantity_run(entry.source), where=quantity_run(entry.locator), checked=checked)
            self.paragraph(source, "    ", "      ")
            unreviewed += not evidence.reviewer
        if unreviewed:
            self.paragraph(say("unreviewed", count=unreviewed, number=quantity_run(str(unreviewed))))
