"""The assessment of every patient as the columns of one SELECT, from the columns the steps left behind."""

from __future__ import annotations

from collections.abc import Callable

from cobalamin.engines.duckdb.expressions import DuckDB
from cobalamin.engines.duckdb.schedules import DOSES, REVIEW, Schedules
from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.tables import truth_column
from cobalamin.records.sql_text import quote
from cobalamin.rules import nodes as n
from cobalamin.rules.answer import (
    ADEQUATE,
    ADVISED,
    CAUSE_FIELDS,
    INDICATOR_CLASS,
    LIST_FIELDS,
    RESPONSE_LISTS,
    TEST_FIELDS,
    TREATMENT_LISTS,
    TREATMENT_WORDS,
    WORD_FIELDS,
    Answer,
    RowTrace,
)
from cobalamin.rules.bind import Program
from cobalamin.rules.schedules import REGIMEN, REVIEWS, Regimen

TRACE = "STRUCT(rule VARCHAR, truth VARCHAR, inputs MAP(VARCHAR, VARCHAR), source VARCHAR, locator VARCHAR)"
ASIDE = "STRUCT(fact VARCHAR, reason VARCHAR)[]"
SET_ASIDE = f"list_concat(COALESCE(person_aside, []::{ASIDE}), COALESCE(set_aside, []::{ASIDE}))"
"""What was set aside of one person: columns of the patient first, then rows of facts."""
LOST = "STRUCT(text VARCHAR, closest VARCHAR[])[]"


class Output:
    """Write the fields of the contract as SQL over the columns of the steps."""

    def __init__(self, program: Program, plan: Answer, expressions: Expressions, dialect: DuckDB, schedules: Schedules):
        self.program, self.knowledge, self.plan, self.expressions, self.dialect, self.schedules = program, program.knowledge, plan, expressions, dialect, schedules

    def columns(self, as_of: str, full_trace: bool) -> str:
        """Every field of the assessment, in the order of the contract; the trace whole, or as the rows that counted by table."""
        lists = {name: self._collected(name) for name in (*LIST_FIELDS, *TEST_FIELDS.values())}
        words = {name: f"COALESCE({self._word(name)}, {quote(default)})" for name, default in WORD_FIELDS.items()}
        statuses = _struct_of({g: self.status(step) for g, step in self.plan.statuses.items()})
        tests = {field: lists[name] for field, name in TEST_FIELDS.items()}
        fields = {
            "patient_id": "patient_id", "as_of": quote(as_of), "guideline": quote(self.plan.guideline),
            "pathway_version": quote(self.knowledge.version), "status": words["status"], "status_basis": words["status_basis"],
            "guidelines": statuses, "urgency": words["urgency"], "severity": words["severity"],
            "red_flags": lists["red_flags"], "test": _struct_of({"advised": f"COALESCE({self._word(ADVISED)} = 'true', FALSE)", **tests}),
            "findings": lists["findings"], "notes": lists["notes"], "alternatives": lists["alternatives"],
            "causes": self._causes(), "combined_indicator": self._indicator(),
            "treatment": self._treatment(), "response": self._response(), "review": self._reviews(), "prevention": lists["prevention"],
            "set_aside": SET_ASIDE,
            "flagged": f"COALESCE(flagged, []::{ASIDE})", "not_understood": f"COALESCE(not_understood, []::{LOST})",
            "would_change": "[]::STRUCT(concept VARCHAR, \"if\" VARCHAR, status VARCHAR)[]",
            "trace": self._trace() if full_trace else self._rows_by_table(),
        }  # fmt: skip
        return ",\n  ".join(f'{sql} AS "{name}"' for name, sql in fields.items())

    def _word(self, name: str) -> str:
        step = self.plan.words[name]
        return "NULL::VARCHAR" if step is None else self.expressions.said(step, name)

    def status(self, step: int | None) -> str:
        return "'unknown'" if step is None else f"COALESCE({self.expressions.said(step, 'status')}, 'unknown')"

    def _collected(self, name: str) -> str:
        items = []
        for word, rows in self.plan.lists[name].items():
            items.append(f"CASE WHEN {' OR '.join(truth_column(*row) for row in rows)} THEN {quote(word)} END")
        return self._if_any(name, self.dialect.texts(items), "[]::VARCHAR[]")

    def _if_any(self, name: str, full: str, empty: str) -> str:
        return _if_any([truth_column(*row) for found in self.plan.lists[name].values() for row in found], full, empty)

    def _causes(self) -> str:
        """Every cause once, as sure as it is, surest first."""
        rows: dict[tuple[str, str], str] = {}
        surer: dict[str, list[str]] = {}
        for certainty, name in CAUSE_FIELDS.items():
            for cause, found in self.plan.lists[name].items():
                held = " OR ".join(f"COALESCE({truth_column(*row)}, FALSE)" for row in found)
                already = " OR ".join(surer.get(cause, ["FALSE"]))
                rows[cause, certainty] = f"({held}) AND NOT ({already})"
                surer.setdefault(cause, []).append(f"({held})")
        items = [f"CASE WHEN {test} THEN {{'id': {quote(cause)}, 'certainty': {quote(sure)}}} END" for (cause, sure), test in rows.items()]
        kind = "STRUCT(id VARCHAR, certainty VARCHAR)"
        held = " OR ".join(truth_column(*row) for name in CAUSE_FIELDS.values() for found in self.plan.lists[name].values() for row in found)
        return f"CASE WHEN {held} THEN {self.dialect.rows(items, kind)} ELSE []::{kind}[] END" if held else f"[]::{kind}[]"

    def _treatment(self) -> str:
        """The regimen with its route and dated doses, and what goes with it."""
        words = {field: self._word(name) for field, name in TREATMENT_WORDS.items()}
        route, doses = self._by_regimen("VARCHAR", lambda regimen: quote(regimen.route)), self._by_regimen(DOSES, self.schedules.doses)
        lists = {field: self._collected(name) for field, name in TREATMENT_LISTS.items()}
        return _struct_of({**words, "start": f"COALESCE({words['start']}, 'none')", "route": route, "doses": f"COALESCE({doses}, []::{DOSES})", **lists})

    def _by_regimen(self, kind: str, of: Callable[[Regimen], str]) -> str:
        """Something of the regimen that was chosen; NULL where none was."""
        step = self.plan.words[REGIMEN]
        if step is None:
            return f"NULL::{kind}"
        words = dict.fromkeys(word for row in self.program.steps[step].rows for name, (word,) in row.then if name == REGIMEN)
        return f"CASE c{step}_{REGIMEN} {' '.join(f'WHEN {self.expressions.code(REGIMEN, word)} THEN {of(self.knowledge.regimens[word])}' for word in words)} END"

    def _response(self) -> str:
        word = self._word(ADEQUATE)
        return _struct_of({"adequate": f"({word} = 'true')", **{field: self._collected(name) for field, name in RESPONSE_LISTS.items()}})

    def _reviews(self) -> str:
        """Every review, the earliest first."""
        items = [f"CASE WHEN {' OR '.join(truth_column(*row) for row in rows)} THEN {self.schedules.review(self.knowledge.reviews[id])} END"
                 for id, rows in self.plan.lists[REVIEWS].items()]  # fmt: skip
        return self._if_any(REVIEWS, f"list_sort({self.dialect.rows(items, REVIEW)})", f"[]::{REVIEW}[]")

    def _indicator(self) -> str:
        node, step = self.plan.indicator, self.plan.words[INDICATOR_CLASS]
        if node is None or step is None:
            return "NULL::STRUCT(name VARCHAR, value DOUBLE, class VARCHAR)"
        value, held = self.expressions.quantity(node)[0].text, self.expressions.said(step, INDICATOR_CLASS)
        name = quote(str(self.knowledge.pathway["combined_indicator"]))
        return f"CASE WHEN c{step}_{INDICATOR_CLASS} > 0 AND {value} IS NOT NULL THEN {{'name': {name}, 'value': {value}, 'class': {held}}} END"

    # ---- the trace

    def _trace(self) -> str:
        """Every rule that counted, whole: what it looked at and where it comes from."""
        items = []
        for number, hit, rows in self.plan.trace:
            if hit == "collect":
                items += [f"CASE WHEN {truth_column(number, row.row)} THEN {self._entry(row, 'true')} END" for row in rows]
            elif rows:
                # At most one row of such a table counts: one choice is cheaper than a test for each row.
                choices = " ".join(f"WHEN {row.row} THEN {self._entry(row, 'true')}" for row in rows)
                items.append(f"CASE r{number} {choices} END")
            for row in rows if hit == "unique" else ():
                if row.measured:
                    known = " AND ".join(self._known(node) for node in row.measured)
                    undecided = f"r{number} IS NULL AND {truth_column(number, row.row)} IS NULL AND ({known})"
                    items.append(f"CASE WHEN {undecided} THEN {self._entry(row, 'unknown')} END")
        return self.dialect.rows(items, TRACE)

    def _rows_by_table(self) -> str:
        """The trace of a table of people: for each decision table the row that counted, or the list of those that did."""
        fields = []
        for number, hit, rows in self.plan.trace:
            table = quote(self.program.steps[number].table.id)
            ids = {row.row: quote(self.program.steps[number].rows[row.row].id) for row in rows}
            if hit == "collect":
                held = [f"CASE WHEN {truth_column(number, row)} THEN {id} END" for row, id in ids.items()]
                fields.append(f"{table}: {_if_any([truth_column(number, row) for row in ids], self.dialect.texts(held), '[]::VARCHAR[]')}")
            elif rows:
                fields.append(f"{table}: CASE r{number} {' '.join(f'WHEN {row} THEN {id}' for row, id in ids.items())} END")
        return f"{{{', '.join(fields)}}}"

    def _known(self, node: n.Node) -> str:
        return f"{self.expressions.quantity(node)[0].text} IS NOT NULL"

    def _entry(self, row: RowTrace, truth: str) -> str:
        pairs = [f"CASE WHEN {text} <> '' THEN {{'k': {quote(i.name)}, 'v': {text}}} END" for i in row.inputs if (text := self.shown(i.node))]
        inputs = f"map_from_entries(list_filter([{', '.join(pairs)}], lambda x: x IS NOT NULL))" if pairs else "MAP {}::MAP(VARCHAR, VARCHAR)"
        return (f"{{'rule': {quote(row.rule)}, 'truth': '{truth}', 'inputs': {inputs}, 'source': {quote(row.source)}, "
                f"'locator': {quote(row.locator)}}}")  # fmt: skip

    def shown(self, node: n.Node) -> str:
        """The SQL of a value as the trace prints it; empty or NULL for what is unknown, absent or not concluded."""
        expressions = self.expressions
        match node:
            case n.Presence():
                return f"CASE WHEN {expressions.truth(node).text} THEN 'present' END"
            case n.Conclusion(name=name, step=step):
                return expressions.said(step, name) if step >= 0 else "NULL::VARCHAR"
            case n.Person(name="sex"):
                return "sex"
            case n.Person(name=name):
                unit = name.removeprefix("age_")
                lo, hi = (f"format('{{:.10g}}', {unit}_{bound})" for bound in ("lo", "hi"))
                return f"CASE WHEN {unit}_lo = {unit}_hi THEN {lo} ELSE {lo} || '-' || {hi} END || ' {unit}'"
            case n.Named():
                return f"format('{{:.10g}}', {expressions.quantity(node)[0].text}_shown) || {quote(' ' + node.unit)}"
        return f"{expressions.leaves[node]}_t"


def _if_any(truths: list[str], full: str, empty: str) -> str:
    """*full* where one of *truths* holds: most people have none of most things, and one cheap test spares building a list."""
    return f"CASE WHEN {' OR '.join(truths)} THEN {full} ELSE {empty} END" if truths else empty


def _struct_of(fields: dict[str, str]) -> str:
    return "{" + ", ".join(f"{quote(name)}: {sql}" for name, sql in fields.items()) + "}"
