"""The report as a page: what its plain data say, in words, tables and charts of one language. Every chart stands above its table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cobalamin.outputs.amounts import amounts
from cobalamin.outputs.charts import STATUS_COLORS, Bar, Interval, Stairs, bars, curves, intervals, percent, stacked
from cobalamin.outputs.language import Language, foreign_run, language, quantity_run
from cobalamin.outputs.report_parts import NONE, NOT_SHOWN, Part, Section, Table, cell_run, count, number_run, rate, share, span
from cobalamin.outputs.report_truth import truth_section
from cobalamin.outputs.web import page
from cobalamin.rules.knowledge import Knowledge

MOST_SITES, MOST_CHANGES = 40, 24
"""A page lists no more; the plain data have all."""
DIMENSIONS = {"age_groups": "report-by-age", "sexes": "report-by-sex", "site": "report-by-site"}
DAGGER = "†"


def report_page(knowledge: Knowledge, data: dict[str, Any], lang: str) -> str:
    """One page of HTML that needs nothing else, in a language."""
    return ReportPage(knowledge, data, language(lang)).html()


class ReportPage:
    """Put the data of a report into words."""

    def __init__(self, knowledge: Knowledge, data: dict[str, Any], words: Language):
        self.knowledge, self.data, self.words, self.say = knowledge, data, words, words.say

    def html(self) -> str:
        data, say = self.data, self.say
        title = say("report-title", number=number_run(data["people"]))
        below = data["small_cells_below"]
        privacy = say("report-hidden", most=str(below - 1), mark=NOT_SHOWN) if below > 1 else say("report-nothing-hidden")
        lead = [say("report-day", day=quantity_run(data["as_of"])), say("page-guideline", guideline=self.guideline(data["guideline"])), privacy]
        waiting = [self.waiting()] if data.get("waiting") else []
        if data["synthetic"]:
            lead.insert(0, say("report-synthetic"))
        truth = [truth_section(self.knowledge, data["truth"], self.words)] if data.get("truth") else []
        sections = [self.cascade(), self.statuses(), self.prevalence(), *waiting, *truth, self.account()]
        foot = [say("report-made", version=quantity_run(data["pathway_version"])), say("disclaimer")]
        return page("report.html", self.words, title=title, lead=lead, sections=sections, foot=foot)

    # ---- words

    def guideline(self, id: str) -> str:
        return self.words.label(self.knowledge.guidelines[id].title)

    def group(self, row: dict[str, Any]) -> str:
        return foreign_run(row["group"]) if row["dimension"] == "site" else self.say(f"group-{row['group']}")

    def meaning(self, id: str) -> str:
        """A sentence of the knowledge with its amounts."""
        day = max(self.data["as_of"], self.knowledge.knowledge_from)
        return self.say(id, "clinical", **amounts(id, self.words, self.knowledge, self.data["guideline"], day))

    # ---- the cascade

    def cascade(self) -> Section:
        groups, steps = self.data["cascade"]["groups"], self.data["cascade"]["steps"]
        everybody = groups[0]
        rows = []
        for index, step in enumerate(steps):
            number, before = everybody["path"][step], everybody["path"][steps[index - 1]] if index else everybody["people"]
            rows.append([self.say(f"step-{step}"), self.meaning(f"care-{step}"), count(number), share(number, before), share(number, everybody["people"]),
                         count(everybody["each"][step])])  # fmt: skip
        head = [self.say(f"report-{name}") for name in ("step", "meaning", "people", "of-before", "of-everybody", "each")]
        part = Part("", [], self.say("report-cascade-chart"), self._cascade_bars(everybody, steps),
                    [Table(self.say("report-cascade-chart"), head, ["text", "text", "number", "number", "number", "number"], rows)])  # fmt: skip
        others = [self._by(dimension, title, [g for g in groups if g["dimension"] == dimension], steps) for dimension, title in DIMENSIONS.items()]
        return Section("cascade", self.say("report-cascade"), [self.say("report-cascade-about")], [part, *filter(None, others)])

    def _cascade_bars(self, group: dict[str, Any], steps: Sequence[str]) -> str:
        people = group["people"] or 1
        rows = [Bar(self.say("group-all"), 1.0, number_run(group["people"]))]
        for step in steps:
            number, each = group["path"][step], group["each"][step]
            rows.append(Bar(self.say(f"step-{step}"), (number or 0) / people, cell_run(f"{count(number)} ({share(number, people)})" if number is not None else NOT_SHOWN),
                            (each or 0) / people))  # fmt: skip
        return bars("cascade-chart", self.words, self.say("report-cascade-chart"), rows)

    def _by(self, dimension: str, title: str, groups: list[dict[str, Any]], steps: Sequence[str]) -> Part | None:
        """The steps of each group of one kind, the largest sites first."""
        if not groups:
            return None
        texts = []
        if dimension == "site":
            groups = sorted(groups, key=lambda group: -(group["people"] or 0))
            if len(groups) > MOST_SITES:
                texts.append(self.say("report-more-sites", number=number_run(len(groups) - MOST_SITES)))
        groups = groups[:MOST_SITES]
        head = [self.say("report-group"), self.say("report-people"), *(self.say(f"step-{step}") for step in steps)]
        rows = [[self.group(group), count(group["people"]), *(count(group["path"][step]) for step in steps)] for group in groups]
        table = Table(self.say(title), head, ["text", *["number"] * (len(steps) + 1)], rows)
        lines = []
        for group in groups:
            at_risk, tested = group["path"][steps[0]], group["path"][steps[1]]
            if at_risk and tested is not None:
                lines.append(Bar(self.group(group), tested / at_risk, cell_run(f"{share(tested, at_risk)} ({count(tested)}/{count(at_risk)})")))
        name = self.say("report-tested-of-at-risk")
        return Part(self.say(title), texts, name, bars(f"{dimension}-chart", self.words, name, lines), [table])

    # ---- statuses

    def statuses(self) -> Section:
        data, say = self.data, self.say
        order = list(reversed(self.knowledge.pathway["status_order"]))
        names = [(STATUS_COLORS[status], say(f"status-name-{status}")) for status in order]
        shares, rows = [], []
        for guideline, counts in data["statuses"].items():
            shown = [counts.get(status, 0) for status in order]
            shares.append((quantity_run(guideline), [(number or 0) / data["people"] for number in shown]))
            flips = "" if guideline == data["guideline"] else count(data["flips"].get(guideline, 0))
            rows.append([self.guideline(guideline), guideline, *(count(number) for number in shown), flips])
        head = [say("report-guideline"), say("report-short"), *(say(f"status-name-{status}") for status in order), say("report-changed")]
        table = Table(say("report-status-chart"), head, ["text", "code", *["number"] * (len(order) + 1)], rows)
        part = Part("", [], say("report-status-chart"), stacked("status-chart", self.words, say("report-status-chart"), names, shares), [table])
        return Section("statuses", say("report-status"), [say("report-status-about", guideline=self.guideline(data["guideline"]))], [part, self._changes()])

    def _changes(self) -> Part:
        say, changes = self.say, sorted(self.data["changes"], key=lambda change: -(change["people"] or 0))
        shown = [change for change in changes if change["people"] is not None][:MOST_CHANGES]
        rows = [[self.guideline(change["guideline"]), say(f"status-name-{change['status']}"), say(f"status-name-{change['becomes']}"), count(change["people"]),
                 f"{change['rule']} → {change['by_rule']}"] for change in shown]  # fmt: skip
        texts = [say("report-flips-about", guideline=self.guideline(self.data["guideline"])) if changes else say("summary-no-changes")]
        if len(changes) > len(shown):
            texts.append(say("report-more-changes", number=number_run(len(changes) - len(shown))))
        head = [say(f"report-{name}") for name in ("guideline", "from", "becomes", "people", "rows")]
        return Part(say("report-flips"), texts, tables=[Table(say("report-flips"), head, ["text", "text", "text", "number", "code"], rows)] if rows else [])

    # ---- prevalence

    def prevalence(self) -> Section:
        say, survey = self.say, self.data["survey"]
        texts = [say("report-prevalence-about")]
        if survey:
            texts += [say("report-survey-about", strata=number_run(survey["strata"]), units=number_run(survey["units"]), freedom=number_run(survey["freedom"]),
                          people=number_run(survey["people"])),
                      say("report-survey-left", weight=number_run(survey["without_weight"]), design=number_run(survey["without_design"]),
                          lonely=number_run(survey["lonely"])), say("report-unreliable", mark=DAGGER)]  # fmt: skip
        else:
            texts.append(say("report-no-survey"))
        measures = [measure for measure in self.data["prevalence"] if any(row["known"] for row in measure["groups"])]
        chosen = [measure for measure in measures if measure["guideline"] == self.data["guideline"]]
        others = [measure for measure in measures if measure["guideline"]]
        own = [measure for measure in measures if not measure["guideline"]]
        parts = [self._measure(measure) for measure in chosen]
        if others:
            parts.append(self._shares(say("report-by-guideline"), "guidelines", [(self._brief(measure), measure["groups"][0]) for measure in others]))
        return Section("prevalence", say("report-prevalence"), texts, [*parts, *(self._measure(measure) for measure in own)])

    def _name(self, measure: dict[str, Any]) -> str:
        """A share of a status under a guideline, or a measure of the knowledge."""
        if measure["guideline"]:
            return self.say(f"report-share-{measure['measure'].split('.')[1]}", guideline=self.guideline(measure["guideline"]))
        return self.meaning(f"measure-{measure['measure']}")

    def _brief(self, measure: dict[str, Any]) -> str:
        """The same in the short name of the guideline."""
        return self.say("label-value", label=quantity_run(measure["guideline"]), value=self.say(f"report-word-{measure['measure'].split('.')[1]}"))

    def _measure(self, measure: dict[str, Any]) -> Part:
        groups = [row for row in measure["groups"] if row["known"] != 0][:MOST_SITES]
        return self._shares(self._name(measure), measure["measure"].replace(".", "-"), [(self.group(row), row) for row in groups])

    def _shares(self, name: str, id: str, groups: list[tuple[str, dict[str, Any]]]) -> Part:
        """Shares with their intervals: a row and a dot for each, weighted where there is a survey."""
        weighted = self.data["survey"] is not None
        rows, dots = [], []
        for label, row in groups:
            cells = [label, count(row["known"]), count(row["found"]), rate(row["share"]), span(row["low"], row["high"])]
            low, high, middle = row["low"], row["high"], row["share"]
            if weighted:
                held = row["survey"] or {"share": None, "error": None, "korn_graubard": None, "freedom": None, "reliable": True}
                (low, high), middle = held["korn_graubard"] or (None, None), held["share"]
                mark = "" if held["reliable"] else f" {DAGGER}"
                cells += [rate(middle) + mark, rate(held["error"]), span(low, high), count(held["freedom"])]
            rows.append(cells)
            if middle is not None and low is not None and high is not None:
                dots.append(Interval(label, middle, low, high, cell_run(f"{percent(middle)} ({span(low, high)})")))
        names = ["group", "known", "found", "share", "interval", *(["weighted", "error", "interval-weighted", "freedom"] if weighted else [])]
        table = Table(name, [self.say(f"report-{head}") for head in names], ["text", *["number"] * (len(names) - 1)], rows)
        return Part(name, [], name if dots else "", intervals(f"chart-{id}", self.words, name, dots) if dots else "", [table])

    # ---- waiting

    def waiting(self) -> Section:
        """How long people waited: a row and a curve for each kind of wait, and how many still wait after some spans."""
        say, waits = self.say, self.data["waiting"]
        rows = [[say(f"report-wait-{wait['kind']}"), count(wait["people"]), count(wait["happened"]),
                 *((days(wait["median"]), days_span(wait)) if wait["curve"] else (NOT_SHOWN, NOT_SHOWN)),
                 count(wait["missed_chances"])] for wait in waits]  # fmt: skip
        head = [say(f"report-{name}") for name in ("wait", "people", "happened", "median", "interval", "missed")]
        kinds = ["text", *["number"] * (len(head) - 1)]
        drawn = [Stairs(say(f"report-wait-{wait['kind']}"), wait["curve"]) for wait in waits if wait["curve"]]
        says = f"{say('part-separator')} ".join(say("label-value", label=row[0], value=cell_run(row[3])) for row in rows)
        chart = curves("waiting-chart", self.words, say("report-waiting-chart"), say("report-days"), drawn, says) if drawn else ""
        marks = [[say(f"report-wait-{wait['kind']}"), count(mark["days"]), count(mark["waiting"]), rate(mark["share"]), span(mark["low"], mark["high"])]
                 for wait in waits for mark in wait["marks"]]  # fmt: skip
        tables = [Table(say("report-waiting-chart"), head, kinds, rows)]
        if marks:
            names = [say(f"report-{name}") for name in ("wait", "days", "still-waiting", "share-waiting", "interval")]
            tables.append(Table(say("report-waiting-marks"), names, ["text", *["number"] * 4], marks))
        return Section("waiting", say("report-waiting"), [say("report-waiting-about")], [Part("", [], say("report-waiting-chart") if chart else "", chart, tables)])

    # ---- the account

    def account(self) -> Section:
        say, account = self.say, self.data["account"]
        parts = {**account.get("sources", {}), say("report-patients"): account["patients"], say("report-facts"): account["facts"]}
        rows = [[name, count(held["read"]), count(held["used"]), count(held["not_ours"]) if "not_ours" in held else "", count(sum(held["set_aside"].values()))]
                for name, held in parts.items()]  # fmt: skip
        head = [say(f"report-{name}") for name in ("part", "read", "used", "not-ours", "aside")]
        tables = [Table(say("report-account"), head, ["text", "number", "number", "number", "number"], rows)]
        aside = {name: held["set_aside"] for name, held in parts.items()} | {say("report-columns"): account["patient_columns_set_aside"]}
        reasons = [[name, say(f"reason-{reason}"), reason, count(number)] for name, held in aside.items() for reason, number in held.items()]
        if reasons:
            head = [say(f"report-{name}") for name in ("part", "reason", "short", "rows-aside")]
            tables.append(Table(say("report-reasons"), head, ["text", "text", "code", "number"], reasons))
        texts = [say("report-adds-up") if account["adds_up"] else say("report-does-not-add-up")]
        return Section("account", say("report-account"), texts, [Part(tables=tables)])


def days(number: float | None) -> str:
    """A number of days; a median that was not reached is none."""
    return NONE if number is None else f"{number:,g}"


def days_span(wait: dict[str, Any]) -> str:
    """The interval of a median, open where it has no upper end."""
    return NONE if wait["median_low"] is None else f"{days(wait['median_low'])}–{'' if wait['median_high'] is None else days(wait['median_high'])}"
