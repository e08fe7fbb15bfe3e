"""What the answers of a person come to, in plain words: how soon, whether to test, what to ask for, what to mind, food. Never a diagnosis, never a dose of treatment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from cobalamin.app.pages.told import Told
from cobalamin.model.assessment import Assessment
from cobalamin.outputs.catalog import Librarian
from cobalamin.outputs.content import Content
from cobalamin.outputs.language import Language, foreign_run, quantity_run
from cobalamin.rules.answer import TEST_FIELDS
from cobalamin.rules.foods import foods
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.parameters import Evidence
from cobalamin.rules.shelf import shelf

TODAY, THIS_WEEK, NO_HURRY = "emergency", "urgent", "none"
PLANTS = "plants"
"""The group of foods that hold no B12; it is said in a sentence."""
TAKEN = ("vitamin_b12_injection", "vitamin_b12_tablets")
LAUGHING_GAS = "no_nitrous_oxide"
OF_TREATMENT = ("after_treatment", "food_beside_treatment", "fortified_food_beside_treatment")
"""Sentences of prevention that speak of a treatment; whether there is one is for a clinician to say."""
THIS_WEEK_SIGNS = "_this_week"
"""How the signs end that may wait for days; beside a sign for today they would only confuse."""
RECOGNIZE = "recognize."
"""The stage whose notes say where guidelines part on whether to test."""


@dataclass(frozen=True)
class Point:
    """A sentence with what it rests on."""

    id: str
    text: str
    evidence: tuple[Evidence, ...] = ()


class Advice:
    """The plain answer to what was told, in one language."""

    def __init__(self, told: Told, assessment: Assessment, knowledge: Knowledge, words: Language):
        self.told, self.assessment, self.knowledge, self.words = told, assessment, knowledge, words
        self.content = Content(assessment, knowledge, words)

    # ---- how soon

    @cached_property
    def how_soon(self) -> str:
        """The urgency of the pathway, or today where an answer is a danger sign by itself."""
        return TODAY if self.told.today else self.assessment.urgency

    @property
    def in_a_hurry(self) -> bool:
        """Whether it cannot wait for weeks."""
        return self.how_soon in (TODAY, THIS_WEEK)

    @property
    def steps(self) -> list[tuple[str, int, str]]:
        """Each step of the picture, soonest first: its id, its height, its name."""
        order = self.knowledge.pathway["urgency_order"]
        return [(id, len(order) - 1 - at, self.words.say(f"urgency-name-{id}", "lay")) for at, id in enumerate(order) if id != NO_HURRY]

    def danger(self) -> list[Point]:
        """What cannot wait, whatever a result would say."""
        flags = self.assessment.red_flags
        if self.how_soon == TODAY:
            flags = [word for word in flags if not word.endswith(THIS_WEEK_SIGNS)]
        return self._concluded("red_flags", "flag", flags)

    # ---- whether to test

    @cached_property
    def verdict(self) -> str:
        """The one of a few plain answers that fits: see a doctor, test, go on, show a result, cannot be told yet, not for this alone, nothing found."""
        found = self.assessment
        if self.in_a_hurry or found.treatment["start"] in ("now", "consider", "specialist"):
            return "look"
        if found.test["advised"]:
            return "test"
        if found.treatment["start"] == "ongoing" or self.told.states(*TAKEN):
            return "treated"
        if found.status != "unknown":
            return "result"
        if self.told.still_open or self.told.unread_age or found.not_understood:
            # what was not answered is not known to be absent
            return "open"
        return "not-alone" if found.test["because"] else "nothing"

    def why(self) -> list[Point]:
        """Why a test is worth while, or not yet; where guidelines part, that too."""
        return [*self._concluded(TEST_FIELDS["because"], "why-test", self.assessment.test["because"]), *self._concluded("notes", "note", self._notes())]

    def _notes(self) -> list[str]:
        # what is noted of results is for whoever reads results
        return [word for word in self.assessment.notes if any(ground.id.startswith(RECOGNIZE) for ground in self.content.grounds.of("notes", word))]

    def tests(self) -> Iterator[tuple[str, Point]]:
        """What to ask for, by what it is: its name and what it shows."""
        wanted = {"first": self.assessment.test["first"], "next": self.assessment.test["next"]} if self.assessment.test["advised"] else {}
        for key, ids in wanted.items():
            for point in self._concluded(TEST_FIELDS[key], "test", ids):
                yield self.content.treatment.concept(point.id), point

    # ---- what to mind

    def avoid(self) -> list[Point]:
        """What not to do, and what to go on with."""
        found = ["folic_acid", "go_on_with_medicines"]
        if self.verdict == "treated" or self.told.states(*TAKEN):
            found.append("keep_going")
        elif self.assessment.test["advised"] and self.how_soon != TODAY and not self.told.states("vitamin_b12_supplement"):
            found.append("blood_first")
        if self.told.whom == "child" and any(group.id == "mother" for group, _ in self.told.asked):
            found.append("breastfeed_on")
        advice = self.told.questionnaire.advice
        points = [Point(id, self.words.say(f"advice-{id}", "lay"), (advice[id],)) for id in found]
        return [*points, *self._concluded("prevention", "prevent", [word for word in self.assessment.prevention if word == LAUGHING_GAS])]

    def prevention(self) -> list[Point]:
        """How to keep B12 up. While a doctor is to decide on treatment, no sentence with an amount."""
        kept = [word for word in self.assessment.prevention if word != LAUGHING_GAS and word not in OF_TREATMENT]
        if self.verdict == "look":
            kept = [word for word in kept if not self.words.variables(f"prevent-{word}")]
        return self._concluded("prevention", "prevent", kept)

    def foods(self) -> list[tuple[str, list[tuple[str, str, str]]]]:
        """Foods that hold B12 and fit the diet: by group, each with its amount and a caution."""
        catalog = shelf().catalogs["foods"]
        librarian = Librarian(shelf(), self.knowledge, self.words)
        groups: dict[str, list[tuple[str, str, str]]] = {}
        for food in foods(self.told.diet):
            value = next((value for value in food.values if not value.gap), food.values[0])
            group, caution = food.fields[catalog.by], food.fields.get("caution")
            if group != PLANTS:
                warned = self.words.label(catalog.entry_fields["caution"].words[caution]) if caution else ""
                groups.setdefault(group, []).append((self.words.label(food.label), librarian.value(catalog, food, value), warned))
        return [(self.words.label(catalog.entry_fields[catalog.by].words[group]), held) for group, held in groups.items()]

    def not_understood(self) -> list[str]:
        """Own words that nobody understood, as they were typed."""
        return [foreign_run(item.fact) for item in self.assessment.not_understood]

    # ---- what they rest on

    def sources(self) -> list[str]:
        """Every source that the danger signs, the reasons and the tests rest on, once, with the places in it."""
        points = [*self.danger(), *self.why(), *(point for _, point in self.tests())]
        places: dict[tuple[str, str], dict[str, Evidence]] = {}
        for evidence in (evidence for point in points for evidence in point.evidence):
            places.setdefault((evidence.source, evidence.checked), {})[evidence.where] = evidence
        return [self.source(replace(next(iter(held.values())), where="; ".join(held))) for held in places.values()]

    def source(self, evidence: Evidence) -> str:
        """A source with the place in it and how well that was checked, on one line."""
        checked = self.words.say(f"checked-{evidence.checked}", "lay")
        title = self.knowledge.sources[evidence.source].title
        return self.words.say("source-line", "lay", source=quantity_run(title), where=quantity_run(evidence.where), checked=checked)

    def _concluded(self, name: str, prefix: str, words: Iterable[str]) -> list[Point]:
        """The plain sentence of each word concluded for *name*, with the rules that concluded it."""
        said = ((word, f"{prefix}-{word}", self.content.grounds.of(name, word)) for word in words)
        return [Point(word, self.words.say(id, "lay", **self.content.amounts(id)), tuple(ground.evidence for ground in grounds)) for word, id, grounds in said]
