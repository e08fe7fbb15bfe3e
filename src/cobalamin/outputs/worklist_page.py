"""Worklists as one page of HTML that stands alone: to be read, filtered without scripts, printed and ticked off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cobalamin.outputs.language import foreign_run, language, quantity_run
from cobalamin.outputs.web import page, runs
from cobalamin.outputs.worklist import Words, counted, days_late
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.worklist import Counts

HEADS = ("worklist-done", "worklist-soon", "worklist-due", "worklist-person", "worklist-why", "worklist-results", "worklist-behind")


class WorklistPage:
    """Word the rows of a page in one language."""

    def __init__(self, knowledge: Knowledge, lang: str):
        self.knowledge, self.said, self.words = knowledge, Words(knowledge, lang), language(lang)
        self.labels = {name: self._label(columns) for name, columns in knowledge.pathway["worklist_shows"].items()}

    def render(self, rows: Iterable[Mapping[str, Any]], counts: Counts, as_of: str, guideline: str) -> str:
        """The page of the worklists of a day under a guideline."""
        say = self.words.say
        most = int(self.knowledge.pathway["worklist_page_rows"])
        held: dict[str, list[Mapping[str, Any]]] = {kind: [] for kind in counts.kinds}
        reasons: dict[tuple[str, str], Mapping[str, str]] = {}
        for row in rows:
            if len(held[row["kind"]]) < most:
                held[row["kind"]].append(row)
            for reason in row["reasons"]:
                reasons.setdefault((row["kind"], reason["reason"]), reason)
        title = say("worklist-title", day=quantity_run(as_of), guideline=self.words.label(self.knowledge.guidelines[guideline].title))
        urgencies = [{"id": urgency, "name": say(f"urgency-name-{urgency}")} for urgency in self.knowledge.pathway["urgency_order"][:-1]]
        lists = [self._list(kind, found, counts, reasons) for kind, found in held.items()]
        return page("worklist.html", self.words, title=title, lead=[counted(counts, self.words)], lists=lists, urgencies=urgencies, say=say, runs=runs,
                    heads=[say(head) for head in HEADS], foot=[say("disclaimer")])  # fmt: skip

    def _list(self, kind: str, rows: Sequence[Mapping[str, Any]], counts: Counts, reasons: Mapping[tuple[str, str], Mapping[str, str]]) -> dict[str, Any]:
        number = counts.kinds[kind]
        by_number = sorted(((many, reason) for (of, reason), many in counts.reasons.items() if of == kind), key=lambda item: (-item[0], item[1]))
        told = [{"text": self.said.reason(reason), "number": quantity_run(f"{many:,}"), "source": self.said.source(reasons[kind, reason]),
                 "rule": reasons[kind, reason]["rule"]} for many, reason in by_number]  # fmt: skip
        more = self.words.say("worklist-more", number=quantity_run(f"{number - len(rows):,}")) if number > len(rows) else ""
        return {"id": kind, "title": self.said.kind(kind), "number": quantity_run(f"{number:,}"), "reasons": told, "rows": [self._row(row) for row in rows], "more": more}

    def _row(self, row: Mapping[str, Any]) -> dict[str, Any]:
        say, late = self.words.say, days_late(row)
        person = [say(f"value-{row['sex']}")] if row["sex"] else []
        person += [say("worklist-age", age=quantity_run(str(row["age_years"])))] if row["age_years"] is not None else []
        person += [say("worklist-site", site=foreign_run(row["site"]))] if row["site"] else []
        return {
            "id": row["patient_id"], "urgency": row["urgency"], "soon": say(f"urgency-name-{row['urgency']}"), "due": row["due"],
            "late": say("worklist-late", number=quantity_run(f"{late:,}")) if late else "", "person": [self.words.joined(person)] if person else [],
            "why": [self.said.reason(reason["reason"]) for reason in row["reasons"]], "next": " ".join(self.said.step(word) for word in row["next"]),
            "results": list(self._results(row)), "behind": list(self._behind(row)),
        }  # fmt: skip

    def _results(self, row: Mapping[str, Any]) -> Iterable[str]:
        """The latest results that are on record, each with its day."""
        for name, label in self.labels.items():
            value, day = row.get(name), row[f"{name}_date"]
            if value is not None or (name not in row and day is not None):
                said = f"{self.words.quantity(value)} ({quantity_run(day)})" if value is not None else quantity_run(day)
                yield self.words.say("label-value", label=label, value=said)

    def _behind(self, row: Mapping[str, Any]) -> Iterable[str]:
        yield self.words.say("heading-status", status=self.words.say(f"status-name-{row['status']}"))
        if row["causes"]:
            yield self.words.say("label-value", label=self.words.say("heading-causes"), value=self.words.joined(self.said.cause(cause) for cause in row["causes"]))
        if row["tests"]:
            names = self.words.joined(self.said.treatment.concept(test) for test in row["tests"])
            yield self.words.say("label-value", label=self.words.say("worklist-open-tests"), value=names)
        if row["regimen"]:
            yield self.words.say("worklist-regimen", regimen=self.said.treatment.regimen(row["regimen"], "clinical"))

    def _label(self, columns: Mapping[str, str]) -> str:
        """What a shown result is called: the label of its concept, or the last injection."""
        if "value" not in columns:
            return self.words.say("worklist-last-injection")
        node = self.knowledge.features[columns["value"]].node
        concepts = (getattr(part, "concept", "") for part in node.walk())
        return self.said.treatment.concept(next(filter(None, concepts)))
