"""What would change an answer, in words: for the clinician value by value, in plain words as what to ask for and what to tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from cobalamin.model.assessment import Assessment
from cobalamin.model.quantity import print_number
from cobalamin.outputs.language import Language, Voice, foreign_run, quantity_run
from cobalamin.outputs.treatment import Treatment
from cobalamin.rules.knowledge import Knowledge

SHOWN_TESTS, SHOWN_HISTORY = 6, 4
"""How many tests and how many circumstances a clinician reads of; the answer as data holds all."""
TESTS, TOLD = 3, 5
"""How many a person does."""
SETTLED = ("deficient", "unlikely")
KNOWN_TO_ALL = ("diet", "drug", "circumstance", "procedure")
"""Kinds of circumstance that anybody knows of themselves."""
AGE, SEX = "age_years", "sex"
ENDS = {"from": "quantity-at-least", "above": "quantity-above", "below": "quantity-below", "up_to": "quantity-at-most"}
SPANS = {"days": "amount-days", "months": "amount-months", "years": "amount-years"}
Entry = dict[str, Any]


class Changes:
    """Say what would change an assessment in a language."""

    def __init__(self, assessment: Assessment, knowledge: Knowledge, words: Language):
        self.assessment, self.knowledge, self.words, self.treatment = assessment, knowledge, words, Treatment(knowledge, words)
        self.groups = [list(group) for _, group in groupby(assessment.would_change, key=lambda entry: (entry["concept"], entry.get("set_aside", {}).get("fact")))]
        """The entries about one thing together, most deciding first."""

    def lines(self, voice: Voice) -> Iterator[str]:
        """One line for each thing that would change the answer; how many more there are comes last."""
        if voice == "lay":
            yield from self._plain_lines()
            return
        tests = [group for group in self.groups if self._is_test(group)]
        history = [group for group in self.groups if not self._is_test(group) and self._kind(group) != "result"]
        shown = [*tests[:SHOWN_TESTS], *history[:SHOWN_HISTORY]]
        for group in shown:
            parts = [self.words.say("change-if", voice, value=self.value(entry, voice), then=self.words.joined(self._then(entry, voice), voice)) for entry in group]
            separator = self.words.say("change-part-separator", voice) + " "
            yield self.words.say("label-value", voice, label=self.about(group[0], voice), value=separator.join(parts))
        if more := len(self.groups) - len(shown):
            yield self.words.say("change-more", voice, count=more, number=quantity_run(str(more)))

    def _plain_lines(self) -> Iterator[str]:
        """What is missing on paper, which tests, and what to tell, of what would change the status or make it more urgent."""
        say = self.words.say
        status = [group for group in self.groups if any("status" in entry for entry in group)]
        people = [group for group in self.groups if group[0]["concept"] in (AGE, SEX) and any("status" in entry or "urgency" in entry for entry in group)]
        if people:
            yield say("change-person", "lay", what=self.words.joined((self.about(group[0], "lay") for group in people), "lay"))
        paper = [group for group in status if "value" in group[0] or "set_aside" in group[0]]
        for row in dict.fromkeys(group[0]["set_aside"]["fact"] for group in paper):
            yield say("change-paper", "lay", row=foreign_run(row))
        tests = [group for group in status if group not in paper and self._kind(group) == "result" and self._is_test(group)]
        for group in tests[:TESTS]:
            settles = any(entry.get("status") in SETTLED for entry in group)
            test = self.about(group[0], "lay")
            yield say("change-test-settles", "lay", test=test) if settles else say("change-test", "lay", test=test)
        known = [group for group in self.groups if self._kind(group) in KNOWN_TO_ALL and "value" not in group[0]]
        if history := [group for group in known if any("status" in entry or "urgency" in entry for entry in group)]:
            yield say("change-tell", "lay", facts=self.words.joined((self.about(group[0], "lay") for group in history[:TOLD]), "lay"))

    def _is_test(self, group: Sequence[Entry]) -> bool:
        """Whether a laboratory can answer it, or a slip that is there already, or anybody who knows the person."""
        concept = self.knowledge.concepts.get(group[0]["concept"])
        return concept is None or "set_aside" in group[0] or bool(concept.words)

    def _kind(self, group: Sequence[Entry]) -> str:
        concept = self.knowledge.concepts.get(group[0]["concept"])
        return concept.kind if concept else ""

    def about(self, entry: Entry, voice: Voice) -> str:
        """What is unknown, by its name; of a row that was set aside, the row."""
        if "value" in entry:
            return self.words.say("change-read-as", voice, row=foreign_run(entry["set_aside"]["fact"]))
        if entry["concept"] in (AGE, SEX):
            return self.words.say("change-age", voice) if entry["concept"] == AGE else self.words.say("change-sex", voice)
        return self.treatment.concept(entry["concept"])

    def value(self, entry: Entry, voice: Voice) -> str:
        """The value of something unknown that an entry speaks of."""
        ends = [(end, entry[end]) for end in ENDS if end in entry]
        if "value" in entry:
            name = self.treatment.concept(entry["concept"])
            return f"{name} {self.words.quantity(entry['value'], voice)}"
        if not ends:
            return self._word(entry, voice)
        spans = entry["unit"] in SPANS
        began = spans and entry["concept"] != AGE
        said_ends = []
        for end, number in ends:
            if spans:
                amount = self.words.say(SPANS[entry["unit"]], voice, count=int(number), number=quantity_run(print_number(number)))
            else:
                amount = quantity_run(f"{print_number(number)} {entry['unit']}")
            said_ends.append(self.words.say(f"began-{end}", voice, span=amount) if began else self.words.say(ENDS[end], voice, quantity=amount))
        return self.words.joined(said_ends, voice)

    def _word(self, entry: Entry, voice: Voice) -> str:
        return self.words.say(f"value-{entry['if']}", voice)

    def _then(self, entry: Entry, voice: Voice) -> Iterable[str]:
        """What the answer would be then, as far as it would differ and does not follow from what is said already."""
        say = self.words.say
        if "status" in entry:
            yield say("change-status", voice, status=say(f"status-name-{entry['status']}", voice))
        if "urgency" in entry:
            yield say("change-urgency", voice, urgency=say(f"urgency-name-{entry['urgency']}", voice))
        if "treatment" in entry and "status" not in entry:
            start = entry["treatment"]["start"]
            if start == self.assessment.treatment["start"]:
                yield say("change-regimen", voice)
            elif start != "none":
                yield say("change-treatment", voice, start=say(f"start-name-{start}", voice))
        known = {cause["id"] for cause in self.assessment.causes} if {"status", "urgency", "treatment"} & set(entry) else set()
        causes = [cause for cause in entry.get("causes", ()) if cause["id"] not in known]
        if causes:
            names = (f"{self._cause(cause['id'], voice)} ({say('certainty-' + cause['certainty'], voice)})" for cause in causes)
            yield say("change-cause", voice, causes=self.words.joined(names, voice))
        elif set(entry) & {"causes"} and not {"status", "urgency", "treatment"} & set(entry):
            yield say("change-causes-fewer", voice)

    def _cause(self, id: str, voice: Voice) -> str:
        return self.treatment.concept(id) if id in self.knowledge.concepts else self.words.say(f"cause-name-{id}", voice)
