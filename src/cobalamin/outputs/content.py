"""What an assessment says, as headings with sentences, before any page lays them out: text, print and web say the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from cobalamin.model.assessment import Assessment
from cobalamin.model.fact import SetAside
from cobalamin.model.quantity import print_number
from cobalamin.outputs.amounts import amounts
from cobalamin.outputs.changes import Changes
from cobalamin.outputs.grounds import Ground, Grounds, Said, said
from cobalamin.outputs.language import Language, Voice, foreign_run, quantity_run
from cobalamin.outputs.reason import Trail
from cobalamin.outputs.treatment import Treatment
from cobalamin.rules.answer import ADEQUATE, CAUSE_FIELDS, INDICATOR, INDICATOR_CLASS, RESPONSE_LISTS, TEST_FIELDS, TREATMENT_LISTS, TREATMENT_WORDS
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.schedules import REVIEWS

COLLECTIONS = (("findings", "finding"), ("notes", "note"), ("alternatives", "alternative"), ("prevention", "prevent"))
"""Lists of the assessment, each with the beginning of its messages' ids; the list's name is its heading's."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with sentences and a list under it; one without a title goes on under the heading before it.

    Sentences that a rule concluded are `Said`: they know what they rest on.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


class Content:
    """The sections of one assessment in one language. Each method gives those that have something to say, in their order."""

    def __init__(self, assessment: Assessment, knowledge: Knowledge, words: Language):
        self.assessment, self.knowledge, self.words = assessment, knowledge, words
        self.trail, self.treatment = Trail(assessment, knowledge), Treatment(knowledge, words)
        self.grounds = Grounds(self.trail)

    # ---- whole pages

    def for_the_person(self, alone: bool = True) -> Iterator[Section]:
        """Everything in plain words; where they stand *alone*, also what could not be used, which a page for both says once."""
        yield from self.status("lay")
        yield from self.red_flags("lay")
        yield from self.next("lay")
        yield from self.tests("lay")
        yield from self.would_change("lay")
        yield from self.plan("lay")
        yield from self.causes("lay")
        yield from self.collections("lay")
        yield from self.help("lay")
        if unused := len(self.assessment.set_aside) + len(self.assessment.not_understood):
            yield Section("left-out", "", (self.words.say("left-out", "lay", count=unused, number=quantity_run(str(unused))),))
        if alone:
            yield from self.left_over("lay")

    def for_the_clinician(self) -> Iterator[Section]:
        """Everything in clinical words, but for the trace of the rules."""
        yield from self.status("clinical")
        yield from self.red_flags("clinical")
        yield from self.urgency("clinical")
        yield from self.severity("clinical")
        yield from self.guidelines("clinical")
        yield from self.next("clinical")
        yield from self.tests("clinical")
        yield from self.would_change("clinical")
        yield from self.causes("clinical")
        yield from self.plan("clinical")
        yield from self.collections("clinical")
        yield from self.indicator("clinical")
        yield from self.left_over("clinical")

    def plan(self, voice: Voice) -> Iterator[Section]:
        """Treatment with its doses, whether it works, and when to look again."""
        yield from self.start(voice)
        yield from self.doses(voice)
        yield from self.regimens_also(voice)
        yield from self.cautions(voice)
        yield from self.response(voice)
        yield from self.reviews(voice)

    # ---- sections

    def status(self, voice: Voice) -> Iterator[Section]:
        """What the status is and why."""
        say, about = self.words.say, self.assessment
        why = self.grounds.status() or self.grounds.of("status", about.status)
        told = [said(say(f"status-{about.status}", voice), why, "status"), said(self.because(voice), why, "because")]
        if voice == "clinical":
            told.append(said(say(f"basis-{about.status_basis}", voice), self.grounds.of("status_basis", about.status_basis) or why, "basis"))
        elif len(set(about.guidelines.values())) > 1:
            told.append(said(say("guidelines-differ", voice), why, "differ"))
        yield self._titled("status", told, voice, status=say(f"status-name-{about.status}", voice))

    def red_flags(self, voice: Voice) -> Iterator[Section]:
        yield from self._words("red-flags", "red_flags", "flag", self.assessment.red_flags, voice)

    def urgency(self, voice: Voice) -> Iterator[Section]:
        grade = self.assessment.urgency
        named = self.words.say(f"urgency-name-{grade}", voice) if grade != "none" else self.words.say("urgency-name-none", voice)
        yield self._grade("urgency", grade, named, voice)

    def severity(self, voice: Voice) -> Iterator[Section]:
        grade = self.assessment.severity
        named = self.words.say(f"severity-name-{grade}", voice) if grade != "none" else self.words.say("severity-name-none", voice)
        yield self._grade("severity", grade, named, voice)

    def guidelines(self, voice: Voice) -> Iterator[Section]:
        """The status under each guideline."""
        say = self.words.say
        found = self.assessment.guidelines.items()
        told = [said(say("label-value", voice, label=self.guideline(id), value=say(f"status-name-{status}", voice)), key=id) for id, status in found]
        yield Section("guidelines", say("heading-guidelines", voice), (), tuple(told))

    def next(self, voice: Voice) -> Iterator[Section]:
        """What follows; in plain words also how soon, to the clinician also what cannot wait."""
        say, about = self.words.say, self.assessment
        told = [said(say(f"next-{about.status}", voice), self.grounds.of("status", about.status), "next")]
        if voice == "clinical":
            told.append(self._seek_help(voice))
        elif about.urgency != "none":
            told.insert(0, self._graded("urgency", about.urgency, voice))
        yield self._titled("next", told, voice)

    def tests(self, voice: Voice) -> Iterator[Section]:
        """Whether a test is worth while, and which."""
        yield from self._words("tests-because", TEST_FIELDS["because"], "why-test", self.assessment.test.get("because", ()), voice)
        for key in ("first", "next", "cause"):
            tests = [(id, self.treatment.concept(id), self.words.say(f"test-{id}", voice)) for id in self.assessment.test[key]]
            told = (said(self.words.say("label-value", voice, label=label, value=value), self.grounds.of(TEST_FIELDS[key], id), id) for id, label, value in tests)
            yield from self._list(f"tests-{key}", told, voice)

    def would_change(self, voice: Voice) -> Iterator[Section]:
        """Which facts that are missing would change the answer, most deciding first."""
        yield from self._list("would-change", Changes(self.assessment, self.knowledge, self.words).lines(voice), voice)

    def start(self, voice: Voice) -> Iterator[Section]:
        """Whether treatment starts or goes on, with which regimen, and for how long."""
        say, held, of = self.words.say, self.assessment.treatment, self.grounds.of
        if held["start"] != "none":
            told = [said(say(f"start-{held['start']}", voice), of(TREATMENT_WORDS["start"], held["start"]), "start")]
            if held["regimen"]:
                told.append(said(self.treatment.sure(held["regimen"], voice), [*of(TREATMENT_WORDS["regimen"], held["regimen"]), self._regimen(held["regimen"])],
                                 "regimen"))  # fmt: skip
                if held["duration"]:
                    told.append(said(say(f"duration-{held['duration']}", voice), of(TREATMENT_WORDS["duration"], held["duration"]), "duration"))
            yield self._titled("treatment", told, voice, start=say(f"start-name-{held['start']}", voice))

    def doses(self, voice: Voice) -> Iterator[Section]:
        """Every dose by its date."""
        held = self.assessment.treatment
        if held["start"] != "none" and held["regimen"]:
            why = self._regimen(held["regimen"])
            yield from self._list("doses", (said(text, [why], f"dose-{at}") for at, text in enumerate(self.treatment.doses(held["doses"], voice))), voice)

    def regimens_also(self, voice: Voice) -> Iterator[Section]:
        """Regimens that would do as well."""
        of, also = self.grounds.of, self.assessment.treatment["alternatives"]
        told = (said(self.treatment.sure(id, voice), [*of(TREATMENT_LISTS["alternatives"], id), self._regimen(id)], id) for id in also)
        yield from self._list("regimens-also", told, voice)

    def cautions(self, voice: Voice) -> Iterator[Section]:
        yield from self._words("cautions", TREATMENT_LISTS["cautions"], "caution", self.assessment.treatment["cautions"], voice)

    def response(self, voice: Voice) -> Iterator[Section]:
        """What to expect of treatment, whether it works, and what else to look for or do."""
        say, response = self.words.say, self.assessment.response
        yield from self._words("expected", RESPONSE_LISTS["expected"], "expect", response["expected"], voice)
        if response["adequate"] is not None or response["because"]:
            word = str(response["adequate"]).lower()
            verdict = say("adequate-unknown", voice) if response["adequate"] is None else say(f"adequate-{word}", voice)
            verdict = said(verdict, self.grounds.of(ADEQUATE, word) or self.grounds.watched(ADEQUATE), word)
            reasons = self._said(RESPONSE_LISTS["because"], "response", response["because"], voice)
            yield Section("response", say("heading-response", voice, verdict=verdict), (verdict,) if voice == "lay" else (), reasons)
        yield from self._words("response-look-for", RESPONSE_LISTS["look_for"], "look-for", response["look_for"], voice)
        yield from self._words("response-actions", RESPONSE_LISTS["actions"], "action", response["actions"], voice)

    def reviews(self, voice: Voice) -> Iterator[Section]:
        """When to look again, and at what, a day on a line."""
        days = [[review["review"] for review in found] for _, found in groupby(self.assessment.review, lambda review: review["date"])]
        why = ([ground for id in ids for ground in (*self.grounds.of(REVIEWS, id), self.grounds.schedule("review", self.knowledge.reviews[id]))] for ids in days)
        told = zip(self.treatment.reviews(self.assessment.review, voice), why, days, strict=True)
        yield from self._list("review", (said(text, grounds, "-".join(ids)) for text, grounds, ids in told), voice)

    def causes(self, voice: Voice) -> Iterator[Section]:
        """Every cause with how sure it is."""
        found = [(cause["id"], cause["certainty"]) for cause in self.assessment.causes]
        parts = ((id, sure, self.words.say(f"cause-{id}", voice), self.words.say(f"certainty-{sure}", voice)) for id, sure in found)
        told = (said(f"{cause} ({certainty})", self.grounds.of(CAUSE_FIELDS[sure], id), id) for id, sure, cause, certainty in parts)
        yield from self._list("causes", told, voice)

    def collections(self, voice: Voice, only: Iterable[str] = ()) -> Iterator[Section]:
        """The lists of the assessment that are sentences by themselves, all or *only* some."""
        for name, prefix in COLLECTIONS:
            if not only or name in only:
                yield from self._words(name, name, prefix, getattr(self.assessment, name), voice)

    def indicator(self, voice: Voice) -> Iterator[Section]:
        """The combined indicator of four markers."""
        if self.assessment.combined_indicator:
            name, value, kind = (self.assessment.combined_indicator[key] for key in ("name", "value", "class"))
            told = self.words.say("indicator-value", voice, name=quantity_run(name), value=quantity_run(print_number(value)))
            graded = [said(self.words.say(f"indicator-{kind}", voice), self.grounds.of(INDICATOR_CLASS, kind), kind)] if kind else []
            yield from self._list("indicator", [said(told, self.grounds.formula(INDICATOR), "value"), *graded], voice)

    def help(self, voice: Voice) -> Iterator[Section]:
        """The signs that call for help the same day."""
        yield self._titled("help", [self._seek_help(voice)], voice)

    def left_over(self, voice: Voice) -> Iterator[Section]:
        """What was read and not used, or used with a doubt, each with its reason; and what the laboratory printed beside its results."""
        say, about = self.words.say, self.assessment

        def reasoned(items: Iterable[SetAside]) -> list[str]:
            return [say("label-value", voice, label=foreign_run(item.fact), value=say(f"reason-{item.reason}", voice)) for item in items]

        yield from self._list("set-aside", reasoned(about.set_aside), voice)
        yield from self._list("flagged", reasoned(about.flagged), voice)
        ranges = (say("label-value", voice, label=foreign_run(item.fact), value=quantity_run(item.range)) for item in about.reference_ranges)
        yield from self._list("reference-ranges", ranges, voice)
        asked = [(item, self.words.joined(map(self.treatment.concept, item.closest), voice)) for item in about.not_understood]
        lost = [(item, say("did-you-mean", voice, names=names) if names else say("no-close-name", voice)) for item, names in asked]
        yield from self._list("not-understood", [say("label-value", voice, label=foreign_run(item.fact), value=text) for item, text in lost], voice)

    def disclaimer(self, voice: Voice) -> Iterator[Section]:
        yield self._titled("disclaimer", [self.words.say("disclaimer", voice)], voice)

    # ---- what they are made of

    def guideline(self, id: str) -> str:
        """The title of a guideline."""
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

    def amounts(self, id: str) -> dict[str, str]:
        """The amounts a sentence says under the guideline of the assessment."""
        return amounts(id, self.words, self.knowledge, self.assessment.guideline, self.trail.day)

    def _said(self, name: str, prefix: str, words: Iterable[str], voice: Voice) -> tuple[Said, ...]:
        """The sentence of each word that was concluded for *name*, with the rules that concluded it."""
        ids = ((word, f"{prefix}-{word}") for word in words)
        return tuple(said(self.words.say(id, voice, **self.amounts(id)), self.grounds.of(name, word), word) for word, id in ids)

    def _words(self, id: str, name: str, prefix: str, words: Iterable[str], voice: Voice) -> Iterator[Section]:
        """A heading with the sentence of each word that was concluded for *name*."""
        yield from self._list(id, self._said(name, prefix, words, voice), voice)

    def _seek_help(self, voice: Voice) -> Said:
        return said(self.words.say("seek-help", voice), self.grounds.watched("urgency", "emergency"), "help")

    def _regimen(self, id: str) -> Ground:
        return self.grounds.schedule("regimen", self.knowledge.regimens[id])

    def _graded(self, id: str, grade: str, voice: Voice) -> Said:
        return said(self.words.say(f"{id}-{grade}", voice), self.grounds.of(id, grade), id)

    def _grade(self, id: str, grade: str, named: str, voice: Voice) -> Section:
        """How soon or how strong: its name in the heading, its sentence below."""
        return self._titled(id, [self._graded(id, grade, voice)] if grade != "none" else [], voice, **{id: named})

    def _titled(self, id: str, told: Iterable[str], voice: Voice, **named: str) -> Section:
        return Section(id, self.words.say(f"heading-{id}", voice, **named), tuple(filter(None, told)))

    def _list(self, id: str, texts: Iterable[str], voice: Voice) -> Iterator[Section]:
        """A heading with its items, or nothing when there is none."""
        if held := tuple(texts):
            yield Section(id, self.words.say(f"heading-{id}", voice), (), held)
