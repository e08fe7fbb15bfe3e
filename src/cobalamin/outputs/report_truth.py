"""The section of a report on invented people: whom each guideline finds, whom it calls deficient wrongly, and what its tests cost."""

from __future__ import annotations

from typing import Any

from cobalamin.outputs.charts import Bar, Interval, bars, intervals
from cobalamin.outputs.language import Language, quantity_run
from cobalamin.outputs.report_parts import NONE, Part, Section, Table, cell_run, count, number_run, rate, span
from cobalamin.rules.knowledge import Knowledge

FINDS, SPARES = ("sensitivity_tested", "sensitivity"), ("specificity_tested", "specificity")
"""The shares of each part; the chart draws the first, of those with a result: few of the others were ever measured."""


def truth_section(knowledge: Knowledge, truth: dict[str, Any], words: Language) -> Section:
    """Each guideline against the hidden truth *truth* (`app.judging.judged_data`), in a language; every chart has its table."""
    return Truth(knowledge, truth, words).section()


class Truth:
    """Put how the guidelines did into words."""

    def __init__(self, knowledge: Knowledge, truth: dict[str, Any], words: Language):
        self.knowledge, self.truth, self.words, self.say = knowledge, truth, words, words.say
        self.judged: list[dict[str, Any]] = truth["guidelines"]

    def section(self) -> Section:
        truth, say = self.truth, self.say
        title = say("judged-title", region=self.words.label(truth["title"]), people=number_run(truth["untreated"]), deficient=number_run(truth["deficient"]))
        texts = [say("simulation-notice"), title, say("judged-meaning"), say("report-truth-interval")]
        parts = [self._shares("report-truth-finds", "truth-finds", FINDS), self._shares("report-truth-spares", "truth-spares", SPARES), self._costs()]
        return Section("truth", say("report-truth"), texts, parts)

    def _name(self, figure: str) -> str:
        return self.say(f"report-truth-{figure.replace('_', '-')}")

    def _price(self, figure: str) -> str:
        return self.say(f"judged-{figure}", currency=quantity_run(self.truth["currency"]))

    def _head(self, *figures: str) -> list[str]:
        return [self.say("report-guideline"), self.say("report-short"), *figures]

    def _first(self, one: dict[str, Any]) -> list[str]:
        return [self.words.label(self.knowledge.guidelines[one["guideline"]].title), one["guideline"]]

    def _shares(self, title: str, id: str, figures: tuple[str, ...]) -> Part:
        """Shares of people with their intervals; the first of *figures* is drawn, where there is anybody to take it of."""
        head = self._head(*(text for figure in figures for text in (self._name(figure), self.say("report-interval"))))
        rows = [[*self._first(one), *(cell for figure in figures for cell in self._cells(one, figure))] for one in self.judged]
        dots = []
        for one in self.judged:
            share, reach = one[figures[0]], one["intervals"][figures[0]]
            if share is not None:
                low, high = reach[0] / 100, reach[1] / 100
                dots.append(Interval(quantity_run(one["guideline"]), share / 100, low, high, cell_run(f"{rate(share / 100)} ({span(low, high)})")))
        name = self._name(figures[0])
        chart = intervals(f"{id}-chart", self.words, name, dots) if dots else ""
        kinds = ["text", "code", *["number"] * (2 * len(figures))]
        return Part(self.say(title), [], name if chart else "", chart, [Table(self.say(title), head, kinds, rows)])

    @staticmethod
    def _cells(one: dict[str, Any], figure: str) -> tuple[str, str]:
        share, reach = one[figure], one["intervals"][figure]
        return (NONE, NONE) if share is None else (rate(share / 100), span(reach[0] / 100, reach[1] / 100))

    def _costs(self) -> Part:
        say = self.say
        most = max((one["cost_each_reached"] or 0 for one in self.judged), default=0) or 1
        lines = [Bar(quantity_run(one["guideline"]), one["cost_each_reached"] / most, cell_run(f"{one['cost_each_reached']:,.1f} {self.truth['currency']}"))
                 for one in self.judged if one["cost_each_reached"] is not None]  # fmt: skip
        rows = [[*self._first(one), *self._cells(one, "reached"), count(one["tests"]), f"{one['cost']:,.0f}",
                 NONE if one["cost_each_reached"] is None else f"{one['cost_each_reached']:,.1f}"] for one in self.judged]  # fmt: skip
        name = self._price("cost-each-reached")
        head = self._head(self._name("reached"), say("report-interval"), self._price("tests"), self._price("cost"), name)
        chart = bars("truth-costs-chart", self.words, name, lines) if lines else ""
        table = Table(say("report-truth-costs"), head, ["text", "code", *["number"] * 5], rows)
        return Part(say("report-truth-costs"), [say("judged-costs")], name if chart else "", chart, [table])
