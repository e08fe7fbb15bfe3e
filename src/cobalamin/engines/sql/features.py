"""Features of every patient in one pass: aggregates over typed facts, mirrored from the memory engine's definitions.

A latest result is the greatest packed integer; every presence is one bit of a mask that is or-ed over the facts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cobalamin.engines.memory.features import days
from cobalamin.engines.sql.dialect import Dialect
from cobalamin.engines.sql.expressions import by_group, literal
from cobalamin.engines.sql.sql import NO_TEXT
from cobalamin.model.fact import RANKS
from cobalamin.model.quantity import STEPS
from cobalamin.records.typed import DAY_SHIFT, EPOCH, NUMBER_MASK, RANK_SHIFT, UNIT_BITS, UNIT_MASK, ZERO, TypedFacts, concept_keys, day_number
from cobalamin.rules import nodes as n
from cobalamin.rules.bind import Program
from cobalamin.rules.knowledge import Knowledge

BITS_PER_MASK = 62
LAST_DAY = (1 << 17) - 1
WHOLE = literal(float(STEPS))


@dataclass
class Features:
    """Which column answers which feature, and the SQL that fills them; what is on nobody's record has none."""

    program: Program
    dialect: Dialect
    as_of: int
    met: frozenset[str]
    """The concepts that occur in the facts."""
    day: str = ""
    """The column that holds the day of assessment of each fact and person, where they differ; all are assessed on `as_of` otherwise."""
    with_ranges: bool = False
    """Whether any result stands with its laboratory's own range."""
    leaves: dict[n.Node, str] = field(default_factory=dict)
    presence_bits: dict[n.Node, tuple[str, int]] = field(default_factory=dict)
    aggregates: dict[str, str] = field(default_factory=dict)
    unpacked: list[str] = field(default_factory=list)
    carried: dict[str, str] = field(default_factory=dict)
    """Columns the vocabulary must carry to the facts, with their types."""
    windows: dict[str, str] = field(default_factory=dict)
    """Columns computed once for every fact that several features look at, with their SQL."""
    marks: dict[str, set[str]] = field(default_factory=dict)
    """For each carried flag the concepts it is set for."""
    masks: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = concept_keys(self.knowledge)
        for node in self.program.leaves:
            if isinstance(node, (n.Latest, n.Presence, n.Course, n.Tally)) and self.met.isdisjoint(self.knowledge.narrower(node.concept)):
                continue
            match node:
                case n.Latest():
                    self._latest(node)
                case n.Presence(function=function) if function in n.ORDERED:
                    # tables of records hold what was done, and nobody is about to order anything: never present
                    continue
                case n.Presence():
                    self._presence(node)
                case n.Course():
                    self._course(node)
                case n.Tally():
                    self._tally(node)
                case n.Person(name="sex"):
                    self.leaves[node] = "sex"
                case n.Person(name=name):
                    self.leaves[node] = name.removeprefix("age_")
        for (condition, column), _members in self.masks.items():
            name = f"{column}_{condition}"
            self.carried[name] = "BIGINT"
        for column in {column for _, column in self.masks}:
            terms = " | ".join(self._contribution(condition, c) for condition, c in self.masks if c == column)
            self.aggregates[column] = f"bit_or({terms})"

    @property
    def knowledge(self) -> Knowledge:
        return self.program.knowledge

    def bits(self, concept: str) -> dict[str, Any]:
        """The carried columns of one concept."""
        found: dict[str, Any] = {name: concept in members for name, members in self.marks.items()}
        found |= {f"{column}_{condition}": members.get(concept, 0) for (condition, column), members in self.masks.items()}
        return found

    def _ago(self, days: int = 0) -> str:
        """So many days before the day of assessment."""
        if not self.day:
            return str((day_number(self.as_of) or 0) - days)
        return f"({self.day} - {days})" if days else self.day

    def _since(self, window: int | None) -> str:
        return "" if window is None else f" AND start >= {self._ago(window)}"

    def _latest(self, node: n.Latest) -> None:
        name = f"f{len(self.leaves)}"
        self.leaves[node] = name
        self.aggregates[f"{name}_p"] = f"max(CASE WHEN key = {self.keys[node.concept]} THEN {self._packed(node)} END)"
        concept = self.knowledge.concepts[node.concept]
        p, signs = f"{name}_p", {rank: sign for sign, rank in RANKS.items()}
        rank, unit = f"(({p} >> {RANK_SHIFT}) & 7)", f"({p} & {UNIT_MASK})"
        held = f"((({p} >> {UNIT_BITS}) & {NUMBER_MASK}) - {ZERO})"
        if not concept.highest_wins:
            held = f"(-{held})"
        low = {RANKS[""]: f"{held} / {WHOLE}", RANKS[">="]: f"{held} / {WHOLE}", RANKS[">"]: f"({held} + 1) / {WHOLE}"}
        high = {RANKS[""]: f"{held} / {WHOLE}", RANKS["<="]: f"{held} / {WHOLE}", RANKS["<"]: f"({held} - 1) / {WHOLE}"}
        self.unpacked.append(f"{_cases(p, rank, low, '-infinity')} AS {name}_lo")
        self.unpacked.append(f"{_cases(p, rank, high, 'infinity')} AS {name}_hi")
        words = " ".join(f"WHEN {index} THEN '{word}'" for index, word in enumerate(concept.words))
        said = f"CASE WHEN {rank} = {RANKS['word']} THEN CASE {held} {words} END END" if words else NO_TEXT.text
        self.unpacked.append(f"{said} AS {name}_w")
        units = concept.units
        if units and len(units.groups) > 1:
            self.unpacked.append(f"CASE {unit} {' '.join(f'WHEN {i} THEN {u.group}' for i, u in enumerate(units.units))} END AS {name}_g")
        names = " ".join(f"WHEN {i} THEN ' {u.name}'" for i, u in enumerate(units.units)) if units else ""
        times = by_group(tuple(u.times for u in units.units), unit) if units else literal(1.0)
        shown = " ".join(f"WHEN {r} THEN '{'' if s == 'word' else s}'" for r, s in signs.items())
        number = self.dialect.printed(f"{held} / {WHOLE} / {times}")
        self.unpacked.append(f"COALESCE({said}, CASE {rank} {shown} END || {number} || {f'CASE {unit} {names} END' if names else chr(39) * 2}) AS {name}_t")

    def _packed(self, node: n.Latest) -> str:
        """The packed results of a window, as a column of the facts: most features share one, so it is cut out once."""
        window = days(node.window)
        name = f"{'first' if node.earliest else 'last'}_{'ever' if window is None else window}"
        packed = "packed" if not node.earliest else f"packed + (({LAST_DAY} - 2 * start) << {DAY_SHIFT})"
        self.windows[name] = packed if window is None else f"CASE WHEN start >= {self._ago(window)} THEN {packed} END"
        return name

    def _presence(self, node: n.Presence) -> None:
        index = len(self.presence_bits)
        column, bit = f"m{index // BITS_PER_MASK}", index % BITS_PER_MASK
        self.presence_bits[node] = (column, bit)
        condition = {"recent": f"r{days(node.window) or 0}"}.get(node.function, node.function)
        members = self.masks.setdefault((condition, column), {})
        for concept in self.knowledge.narrower(node.concept):
            members[concept] = members.get(concept, 0) | 1 << bit

    def _contribution(self, condition: str, column: str) -> str:
        bits = f"{column}_{condition}"
        if condition == "denied":
            test = "NOT present"
        elif condition == "ever":
            test = "present"
        else:
            since = self._ago(int(condition[1:]) if condition.startswith("r") else 0)
            test = f"present AND (finish IS NULL OR finish >= {since})"
        self.windows[f"holds_{condition}"] = f"(reason IS NULL AND {test})"
        return f"(CASE WHEN holds_{condition} THEN {bits} ELSE 0 END)"

    def _marked(self, concept: str) -> str:
        """A flag column that is set for *concept* and everything narrower."""
        name = f"is_{concept}"
        self.marks[name] = set(self.knowledge.narrower(concept))
        self.carried[name] = "BOOLEAN"
        return name

    def _course(self, node: n.Course) -> None:
        name, now = f"f{len(self.leaves)}", self._ago()
        self.leaves[node] = name
        if self.knowledge.concepts[node.concept].is_result:
            # a result was measured also when it is negative, and without a day it is today's
            mine = day = f"key = {self.keys[node.concept]} AND reason IS NULL"
        else:
            mine = f"{self._marked(node.concept)} AND reason IS NULL AND present"
            day = f"{mine} AND dated"
        current = f"(finish IS NULL OR finish >= {now})"
        match node.function:
            case "days_since":
                self.aggregates[f"{name}_a"] = f"max(CASE WHEN {day} THEN start END)"
                held, unit = f"({now} - {name}_a)", "days"
            case "days_since_first":
                self.aggregates[f"{name}_a"] = f"min(CASE WHEN {day}{self._since(days(node.window))} THEN start END)"
                held, unit = f"({now} - {name}_a)", "days"
            case "days_on":
                self.aggregates[f"{name}_a"] = f"min(CASE WHEN {mine} AND dated AND {current} THEN start END)"
                held, unit = f"({now} - {name}_a)", "days"
            case "months_on":
                self.aggregates[f"{name}_a"] = f"min(CASE WHEN {mine} AND dated AND {current} THEN start END)"
                held, unit = completed_months(f"({EPOCH} + {name}_a::INT)", f"({EPOCH} + {now}::INT)"), "months"
            case _:
                self.aggregates[f"{name}_a"] = f"max(CASE WHEN {mine} AND {current} AND dose IS NOT NULL THEN {self.dialect.struct({'s': 'start', 'd': 'dose'})} END)"
                held, unit = f"{name}_a.d", "mg/d"
        for bound in ("lo", "hi"):
            self.unpacked.append(f"{held}::DOUBLE AS {name}_{bound}")
        self.unpacked.append(f"{self.dialect.printed(f'{held}::DOUBLE')} || ' {unit}' AS {name}_t")

    def _tally(self, node: n.Tally) -> None:
        name = f"f{len(self.leaves)}"
        self.leaves[node] = name
        certain = f"key = {self.keys[node.concept]} AND reason IS NULL AND rank > 0{self._since(days(node.window))}"
        if isinstance(node.above, n.Limit):
            units = self.knowledge.concepts[node.concept].units
            groups = [u.group for u in units.units] if units else [0]
            limit = by_group(tuple(node.above.values[group] for group in groups), "unit_index")
            low = {RANKS[""]: "number", RANKS[">="]: "number", RANKS[">"]: f"{self.dialect.floor(f'(number + {literal(1 / STEPS)}) * {STEPS} + 0.5')} / {WHOLE}"}
            certain += f" AND {_cases('rank', 'rank', low, '-infinity')} > {limit}"
        # DISTINCT would send every fact through a second hash table; the days that count are few.
        self.aggregates[f"{name}_a"] = self.dialect.gathered("start", certain)
        days_counted = f"COALESCE({self.dialect.different(f'{name}_a')}, 0)"
        for bound in ("lo", "hi"):
            self.unpacked.append(f"{days_counted}::DOUBLE AS {name}_{bound}")
        self.unpacked.append(f"{days_counted}::STRING AS {name}_t")

    def query(self, typed: TypedFacts, people: str = "people", raw: str = "raw_facts", in_order: bool = False) -> str:
        """One row a patient of *people* with every feature: the only pass over the *raw* facts."""
        return self.over(f"({typed.select(list(self.carried), raw)})", people, in_order)

    def over(self, facts: str, people: str, in_order: bool = False) -> str:
        """One row for each of *people* with every feature, from a relation of typed *facts*; put in order while results are still packed."""
        order = " ORDER BY place" if in_order else ""
        return f"(SELECT {', '.join(['*', *self.unpacked])} FROM ({self.joined(f'({self.gathered(facts)})', people)}{order}))"

    @property
    def lists(self) -> tuple[str, ...]:
        """The columns that list rows of facts; no list of ranges where no laboratory printed one."""
        return ("set_aside", "flagged", "not_understood", *(["reference_ranges"] if self.with_ranges else []))

    def gathered(self, facts: str) -> str:
        """One row for every patient of whom there is a fact, from a relation of typed facts."""
        dialect = self.dialect
        listed = {
            "set_aside": ({"fact": "fact", "reason": "reason"}, "reason IS NOT NULL AND reason <> 'not_understood' AND part = 0"),
            "flagged": ({"fact": "fact", "reason": "flag"}, "flag IS NOT NULL"),
            "not_understood": ({"text": "unknown", "closest": dialect.nearest("unknown")}, "reason = 'not_understood'"),
            "reference_ranges": ({"fact": "fact", "range": "reference"}, "reference IS NOT NULL AND reason IS NULL"),
        }
        lists = {name: dialect.sorted(dialect.gathered(dialect.struct(fields), condition)) for name, (fields, condition) in listed.items() if name in self.lists}
        sums = "".join(f",\n  {sql} AS {name}" for name, sql in (self.aggregates | lists).items())
        windows = "".join(f", {sql} AS {name}" for name, sql in self.windows.items())
        return f"SELECT patient_id AS fact_patient{sums}\nFROM (SELECT *{windows} FROM {facts}) GROUP BY patient_id"

    def joined(self, gathered: str, people: str = "people") -> str:
        """One row for each of *people* with what was gathered of the facts."""
        masks = {column for column, _ in self.presence_bits.values()}
        held = [f"COALESCE(a.{name}, 0) AS {name}" if name in masks else f"a.{name}" for name in self.aggregates]
        columns = ", ".join(["p.*", *held, *(f"a.{name}" for name in self.lists)])
        return f"SELECT {columns}\nFROM {people} p LEFT JOIN {gathered} a ON a.fact_patient = p.patient_id"


def _cases(known: str, rank: str, forms: dict[int, str], otherwise: str) -> str:
    cases = " ".join(f"WHEN {value} THEN {text}" for value, text in forms.items())
    return f"CASE WHEN {known} IS NULL THEN NULL ELSE CASE {rank} {cases} ELSE '{otherwise}'::DOUBLE END END"


def completed_months(born: str, day: str) -> str:
    """Whole calendar months between two dates, by year, month and day: never by dividing days."""
    return (f"((year({day}) - year({born})) * 12 + month({day}) - month({born}) "
            f"- CASE WHEN day({day}) < day({born}) THEN 1 ELSE 0 END)")  # fmt: skip
