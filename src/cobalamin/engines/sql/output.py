"""The assessment of every patient as the columns of one SELECT, from the columns the steps left behind."""

from __future__ import annotations

from cobalamin.engines.sql.dialect import Dialect
from cobalamin.engines.sql.expressions import Expressions
from cobalamin.engines.sql.schedules import DOSE, Schedules
from cobalamin.engines.sql.sql import NO_TEXT, Sql, certainty, conjunction, disjunction, negation
from cobalamin.engines.sql.tables import truth_name
from cobalamin.engines.sql.trace import Trace
from cobalamin.records.sql_text import quote
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
)
from cobalamin.rules.bind import Program
from cobalamin.rules.schedules import REGIMEN, REVIEWS

ASIDE = "STRUCT(fact VARCHAR, reason VARCHAR)"
LOST = "STRUCT(text VARCHAR, closest VARCHAR[])"
RANGE = "STRUCT(fact VARCHAR, range VARCHAR)"
CHANGE = 'STRUCT(concept VARCHAR, "if" VARCHAR, status VARCHAR)'


def set_aside(dialect: Dialect) -> str:
    """What was set aside of one person: columns of the patient first, then rows of facts."""
    return dialect.joined(["person_aside", "set_aside"], ASIDE)


class Output:
    """Write the fields of the contract as SQL over the columns of the steps."""

    def __init__(self, program: Program, plan: Answer, expressions: Expressions, dialect: Dialect, schedules: Schedules):
        self.program, self.knowledge, self.plan, self.expressions, self.dialect, self.schedules = program, program.knowledge, plan, expressions, dialect, schedules
        self.trace = Trace(program, plan, expressions, dialect)

    def columns(self, as_of: str, full_trace: bool, with_ranges: bool = False) -> dict[str, str]:
        """Every field of the assessment with its SQL, in the order of the contract; the trace whole, or as the rows that counted by table.

        *with_ranges* says that some results stand with their laboratory's own range.
        """
        no_ranges = self.dialect.empty(RANGE)
        lists = {name: self._collected(name) for name in (*LIST_FIELDS, *TEST_FIELDS.values())}
        words = {name: f"COALESCE({self.word(name)}, {quote(default)})" for name, default in WORD_FIELDS.items()}
        statuses = self.dialect.struct({g: self.status(step) for g, step in self.plan.statuses.items()})
        tests = {field: lists[name] for field, name in TEST_FIELDS.items()}
        return {
            "patient_id": "patient_id", "as_of": quote(as_of), "guideline": quote(self.plan.guideline),
            "pathway_version": quote(self.knowledge.version), "status": words["status"], "status_basis": words["status_basis"],
            "guidelines": statuses, "urgency": words["urgency"], "severity": words["severity"],
            "red_flags": lists["red_flags"], "test": self.dialect.struct({"advised": f"COALESCE({self.word(ADVISED)} = 'true', FALSE)", **tests}),
            "findings": lists["findings"], "notes": lists["notes"], "alternatives": lists["alternatives"],
            "causes": self.causes(), "combined_indicator": self._indicator(),
            "treatment": self._treatment(), "response": self._response(),
            "review": self.schedules.reviews(self.held(REVIEWS)), "prevention": lists["prevention"],
            "set_aside": set_aside(self.dialect),
            "flagged": f"COALESCE(flagged, {self.dialect.empty(ASIDE)})",
            "not_understood": f"COALESCE(not_understood, {self.dialect.empty(LOST)})",
            "reference_ranges": f"COALESCE(reference_ranges, {no_ranges})" if with_ranges else no_ranges,
            "would_change": self.dialect.empty(CHANGE),
            "trace": self.trace.whole() if full_trace else self.trace.by_table(),
        }  # fmt: skip

    def word(self, name: str) -> str:
        step = self.plan.words[name]
        return NO_TEXT.text if step is None else self.expressions.said(step, name)

    def status(self, step: int | None) -> str:
        return "'unknown'" if step is None else f"COALESCE({self.expressions.said(step, 'status')}, 'unknown')"

    def held(self, name: str) -> dict[str, Sql]:
        """For every word of a collection, whether a row adds it."""
        return {word: disjunction(self.expressions.column(truth_name(*row)) for row in rows) for word, rows in self.plan.lists[name].items()}

    def _collected(self, name: str) -> str:
        held = self.held(name)
        return self.dialect.collected({quote(word): truth for word, truth in held.items()}, self.dialect.words(held))

    def causes(self) -> str:
        """Every cause once, as sure as it is, surest first."""
        items: dict[str, Sql] = {}
        surer: dict[str, list[Sql]] = {}
        for certain, name in CAUSE_FIELDS.items():
            for cause, held in self.held(name).items():
                items[self.dialect.struct({"id": quote(cause), "certainty": quote(certain)})] = conjunction([held, negation(disjunction(surer.get(cause, [])))])
                surer.setdefault(cause, []).append(certainty(held))
        return self.dialect.collected(items, f"STRUCT(id {self.dialect.words(surer)}, certainty {self.dialect.words(CAUSE_FIELDS)})")

    def _treatment(self) -> str:
        """The regimen with its route and dated doses, and what goes with it."""
        words = {field: self.word(name) for field, name in TREATMENT_WORDS.items()}
        step = self.plan.words[REGIMEN]
        routes = {word: self.knowledge.regimens[word].route for word in self.knowledge.words_of[REGIMEN] if word in self.knowledge.regimens}
        by_code = {self.expressions.code(REGIMEN, word): route for word, route in routes.items()}
        route = NO_TEXT.text if step is None else self.dialect.word(self.expressions.column(f"c{step}_{REGIMEN}").text, by_code)
        doses = self.dialect.empty(DOSE) if step is None else self.schedules.doses(step)
        lists = {field: self._collected(name) for field, name in TREATMENT_LISTS.items()}
        return self.dialect.struct({**words, "start": f"COALESCE({words['start']}, 'none')", "route": route, "doses": doses, **lists})

    def _response(self) -> str:
        word = self.word(ADEQUATE)
        return self.dialect.struct({"adequate": f"({word} = 'true')", **{field: self._collected(name) for field, name in RESPONSE_LISTS.items()}})

    def _indicator(self) -> str:
        node, step = self.plan.indicator, self.plan.words[INDICATOR_CLASS]
        if node is None or step is None:
            return f"NULL::{self.dialect.kind('STRUCT(name VARCHAR, value DOUBLE, class VARCHAR)')}"
        value, held = self.expressions.quantity(node)[0].text, self.expressions.said(step, INDICATOR_CLASS)
        found = self.dialect.struct({"name": quote(str(self.knowledge.pathway["combined_indicator"])), "value": value, "class": held})
        return f"CASE WHEN {self.expressions.column(f'c{step}_{INDICATOR_CLASS}').text} > 0 AND {value} IS NOT NULL THEN {found} END"

