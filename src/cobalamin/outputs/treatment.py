"""Treatment in words: regimens, dated doses and reviews."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from cobalamin.model.quantity import print_number
from cobalamin.outputs.language import Language, Voice, quantity_run
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.schedules import Regimen


def courses(given: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Dated doses in stretches of one kind: the same drug, amount, route and rhythm."""
    kinds = groupby(given, lambda dose: tuple(dose[k] for k in ("drug", "amount_ug", "up_to_ug", "route", "every_days")))
    return (list(doses) for _, doses in kinds)


class Treatment:
    """Say regimens, doses and reviews in a language."""

    def __init__(self, knowledge: Knowledge, words: Language):
        self.knowledge, self.words = knowledge, words

    def regimen(self, id: str, voice: Voice) -> str:
        """A regimen in one sentence, with the amount of its first dose."""
        regimen = self.knowledge.regimens[id]
        return self.words.say(f"regimen-{id}", voice, amount=self._first_amount(regimen, voice))

    def _first_amount(self, regimen: Regimen, voice: Voice) -> str:
        # where an injection comes before tablets, the sentence speaks of the tablets
        stretch = next((s for s in regimen.doses if s.route == regimen.route), None)
        return self.amount(stretch.ug, stretch.up_to_ug, voice) if stretch else ""

    def sure(self, id: str, voice: Voice) -> str:
        """A regimen with what it rests on, in brackets."""
        return f"{self.regimen(id, voice)} ({self.words.say(f'sure-{self.knowledge.regimens[id].sure}', voice)})"

    def doses(self, given: list[dict[str, Any]], voice: Voice, day: Callable[[str], str] = quantity_run) -> Iterator[str]:
        """The doses, those of one kind on one line; *day* writes a date."""
        for doses in courses(given):
            said, every = self._said(doses[0], voice), doses[0]["every_days"]
            if every is None:
                dates = self.words.joined((day(dose["date"]) for dose in doses), voice)
                yield self.words.say("dose-days", voice, **said, dates=dates)
            for dose in doses if every is not None else ():
                said |= {"date": day(dose["date"]), "until": day(dose["until"])}
                if every == 1:
                    yield self.words.say("dose-daily", voice, **said)
                else:
                    yield self.words.say("dose-every", voice, **said, number=quantity_run(str(every)))

    def course(self, dose: dict[str, Any], voice: Voice) -> str:
        """What is given at a dose: amount, drug and route."""
        return self.words.say("dose-course", voice, **self._said(dose, voice))

    def _said(self, dose: dict[str, Any], voice: Voice) -> dict[str, str]:
        amount = self.amount(dose["amount_ug"], dose["up_to_ug"], voice)
        return {"amount": amount, "drug": self.drug(dose["drug"], voice), "route": self.words.say(f"route-{dose['route']}", voice)}

    def reviews(self, reviews: list[dict[str, Any]], voice: Voice) -> Iterator[str]:
        """Every day of review with what is looked at, once each."""
        for day, found in groupby(reviews, lambda review: review["date"]):
            what = self.look_at((word for review in found for word in review["what"]), voice)
            yield self.words.say("review-line", voice, date=quantity_run(day), what=what)

    def look_at(self, what: Iterable[str], voice: Voice) -> str:
        """What the reviews of one day look at, once each."""
        return self.words.joined((self.look(word, voice) for word in dict.fromkeys(what)), voice)

    def look(self, word: str, voice: Voice) -> str:
        """What a review looks at: a test by its name, or a phrase of its own."""
        return self.concept(word) if word in self.knowledge.concepts else self.words.say(f"look-{word}", voice)

    def drug(self, id: str, voice: Voice) -> str:
        """What a dose is called: the label of its concept, or a name of its own where the label would read oddly."""
        name = f"drug-{id.replace('_', '-')}"
        return self.words.say(name, voice) if name in self.words.sources else self.concept(id)

    def concept(self, id: str) -> str:
        """The label of a concept."""
        return self.words.label(self.knowledge.concepts[id].label) if id in self.knowledge.concepts else quantity_run(id)

    def amount(self, ug: float, up_to: float | None, voice: Voice) -> str:
        least, most = (quantity_run(f"{print_number(number)} ug") for number in (ug, up_to or ug))
        return least if up_to is None else self.words.say("amount-range", voice, **{"from": least, "to": most})
