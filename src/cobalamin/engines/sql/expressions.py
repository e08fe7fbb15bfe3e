"""Expressions as SQL, shared by every engine that speaks it; the dialect adds what differs.

Only a whitelist of operations is used: comparison, AND, OR, NOT, CASE, COALESCE, IS NULL, IN, + - * and functions the
dialect names. SQL's NULL is the third truth value, so Kleene's logic is the database's own.
A quantity is two columns, `<name>_lo` and `<name>_hi`; `<name>_g` when it has several unit groups, `<name>_w` for a word.
A feature that has no column is on nobody's record: it is a constant, and so is what follows from it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from cobalamin.engines.sql.dialect import Dialect
from cobalamin.engines.sql.sql import FALSE, NO_NUMBER, NO_WORD, TRUE, UNKNOWN, Sql, certainty, conjunction, deepest, disjunction, negation, truth
from cobalamin.model.quantity import STEPS
from cobalamin.records.sql_text import quote
from cobalamin.rules import nodes as n
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.tables import NONE


@dataclass
class Column:
    """One computed column: its name, its SQL, and the level of nesting at which it can stand."""

    name: str
    sql: str
    level: int


@dataclass
class Expressions:
    """Write nodes as SQL; named features become columns of their own, so each is computed once."""

    knowledge: Knowledge
    dialect: Dialect
    leaves: dict[n.Node, str]
    """The column (or column prefix) that holds each feature."""
    presence_bits: dict[n.Node, tuple[str, int]]
    """For each presence: the mask column and its bit."""
    columns: dict[str, Column] = field(default_factory=dict)
    references: dict[str, Sql] = field(default_factory=dict)
    """How each defined name is read: its own column, an earlier column that says the same, or a constant."""
    written: dict[str, Sql] = field(default_factory=dict)
    named: dict[n.Node, Sql] = field(default_factory=dict)
    shown: dict[n.Node, Sql] = field(default_factory=dict)
    """Each formula as it is printed: rounded, in the unit of the formula."""

    def add(self, name: str, sql: Sql) -> Sql:
        """Define a name, with a column one level above what it reads unless a column already says the same; returns how to read it."""
        if not sql.constant and sql.text not in self.columns and sql.text not in self.written:
            self.columns[name] = Column(name, sql.text, sql.level + 1)
            self.written[sql.text] = Sql(name, sql.level + 1)
        self.references[name] = self.written.get(sql.text, sql)
        return self.references[name]

    def column(self, name: str) -> Sql:
        """How to read a name that was defined."""
        return self.references[name]

    # ---- truths, words and numbers: one SQL expression each

    def truth(self, node: n.Node) -> Sql:
        """The truth of a node: TRUE, FALSE or NULL."""
        match node:
            case n.Constant(truth=held):
                return truth(held)
            case n.Presence():
                return self._present([node])
            case n.Named(value=value):
                if node not in self.named:
                    inner = self.truth(value)
                    self.named[node] = self.add(f"n{len(self.named)}", inner)
                return self.named[node]
            case n.Fired(step=step, row=row):
                return self.column(f"t{step}_{row}")
            case n.And(terms=terms):
                return conjunction(self.truth(term) for term in terms)
            case n.Or(terms=terms):
                # Presences are never unknown, so several of them in one mask are one test of several bits.
                present = [term for term in terms if isinstance(term, n.Presence)]
                return disjunction([self._present(present), *(self.truth(term) for term in terms if not isinstance(term, n.Presence))])
            case n.Not(term=term):
                return negation(self.truth(term))
            case n.Is(left=left, words=words):
                return self._is(left, words)
            case n.Known(term=term):
                return self._known(term)
            case n.Certain(term=term):
                return certainty(self.truth(term))
            case n.Compare(left=left, right=right, op=op):
                if isinstance(right, (n.Limit, n.LimitByWord)) and left.kind != n.NUMBER:
                    return self._compare(left, op, right)
                a, b = self.number(left), self.number(right)
                return UNKNOWN if a.unknown or b.unknown else Sql(f"({a.text} {op} {b.text})", deepest(a, b))
        raise TypeError(f"not a truth: {node}")

    def _present(self, nodes: Sequence[n.Presence]) -> Sql:
        """Whether any of several presences holds."""
        masks: dict[str, int] = {}
        for column, bit in (self.presence_bits[node] for node in nodes if node in self.presence_bits):
            masks[column] = masks.get(column, 0) | 1 << bit
        return disjunction(Sql(self.dialect.bits(column, mask)) for column, mask in masks.items())

    def _is(self, left: n.Node, words: tuple[str, ...]) -> Sql:
        held, literals = self.word(left)
        if held.unknown:
            return UNKNOWN
        codes = [literals(word) for word in words]
        return truth(held.text in codes) if held.constant else Sql(f"({held.text} IN ({', '.join(codes)}))", held.level)

    def word(self, node: n.Node) -> tuple[Sql, Callable[[str], str]]:
        """A word, or NULL while it is unknown, and how a word is written beside it: a conclusion is held as a small number."""
        match node:
            case n.Conclusion(name=name, step=step):
                return (NO_WORD if step < 0 else self.column(f"c{step}_{name}")), lambda word: str(self.code(name, word))
            case n.Person():
                return Sql("sex"), quote
            case n.Named(value=value):
                return self.word(value)
            case n.Latest():
                return Sql(f"{self.leaves[node]}_w") if node in self.leaves else NO_WORD, quote
        raise TypeError(f"not a word: {node}")

    def code(self, name: str, word: str) -> int:
        """The number that stands for a concluded word; 0 when every row of its table is false."""
        return 0 if word == NONE else self.knowledge.words_of[name].index(word) + 1

    def said(self, step: int, name: str) -> str:
        """A conclusion as its word again; NULL while it is unknown and when there is none."""
        return self.dialect.word(self.column(f"c{step}_{name}").text, {self.code(name, word): word for word in self.knowledge.words_of[name]})

    def _known(self, term: n.Node) -> Sql:
        if term.kind == n.WORD:
            held, literals = self.word(term)
            if held.constant:
                return truth(not held.unknown and held.text != literals(NONE))
            return Sql(f"COALESCE({held.text} <> {literals(NONE)}, FALSE)", held.level)
        held = self.truth(term) if term.kind == n.TRUTH else self.number(term) if term.kind == n.NUMBER else self.quantity(term)[0]
        return truth(not held.unknown) if held.constant else Sql(f"({held.text} IS NOT NULL)", held.level)

    # ---- quantities: two bounds and a unit group

    def quantity(self, node: n.Node) -> tuple[Sql, Sql, Sql]:
        """Lower bound, upper bound and unit group of a quantity."""
        match node:
            case n.Named(unit_group=-1, value=value):
                return self.quantity(value)
            case n.Named():
                result = self._formula(node)
                return result, result, Sql(str(node.unit_group))
            case n.CountOf(terms=terms):
                truths = [held for term in terms if (held := self.truth(term)) != FALSE]
                sure, possible = (" + ".join(f"COALESCE({held.text}, {open})::INT" for held in truths) or "0" for open in ("FALSE", "TRUE"))
                return Sql(f"({sure})", deepest(*truths)), Sql(f"({possible})", deepest(*truths)), Sql("0")
        if node not in self.leaves:
            bound = Sql("0") if isinstance(node, n.Tally) else NO_NUMBER
            return bound, bound, Sql("0")
        name = self.leaves[node]
        units = self.knowledge.units(node.kind)
        group = Sql(f"{name}_g") if units and len(units.groups) > 1 else Sql("0")
        return Sql(f"{name}_lo"), Sql(f"{name}_hi"), group

    def limit(self, node: n.Limit | n.LimitByWord, group: Sql) -> Sql:
        """The limit that holds for a value of *group*, or NULL where none is printed."""
        if isinstance(node, n.Limit):
            return Sql(by_group(node.values, group.text), group.level)
        key, literals = self.word(node.key)
        limits = {literals(word): by_group(limit.values, group.text) for word, limit in zip(node.words, node.limits, strict=True)}
        if key.constant or not limits:
            return Sql(limits.get(key.text, NO_NUMBER.text), group.level)
        chosen = Sql(f"CASE {key.text} {' '.join(f'WHEN {word} THEN {limit}' for word, limit in limits.items())} END", deepest(key, group))
        return self.add(f"l{len(self.columns)}", chosen)

    def _compare(self, left: n.Node, op: str, right: n.Limit | n.LimitByWord) -> Sql:
        lo, hi, group = self.quantity(left)
        limit = self.limit(right, group)
        if lo.unknown or limit.unknown:
            return UNKNOWN
        level = deepest(lo, hi, limit)
        # Equal bounds, the usual case, decide at once; a bounded result is decided only where the whole interval agrees.
        sure, never = {"<": ("hi", ">="), "<=": ("hi", ">"), ">": ("lo", "<="), ">=": ("lo", "<")}[op]
        near, far = (hi.text, lo.text) if sure == "hi" else (lo.text, hi.text)
        if near == far:
            return Sql(f"({near} {op} {limit.text})", level)
        return Sql(f"(CASE WHEN {near} {op} {limit.text} THEN TRUE WHEN {far} {never} {limit.text} THEN FALSE END)", level)

    # ---- arithmetic

    def number(self, node: n.Node) -> Sql:
        """A plain number, or NULL where it is unknown or undefined."""
        match node:
            case n.Limit(values=values):
                return NO_NUMBER if values[0] is None else Sql(literal(values[0]))
            case n.LimitByWord():
                return self.limit(node, Sql("0"))
            case n.Amount(term=term, factors=factors):
                lo, hi, group = self.quantity(term)
                if lo.unknown:
                    return NO_NUMBER
                factor = by_group(factors, group.text)
                same = "" if lo.text == hi.text else f"CASE WHEN {lo.text} = {hi.text} THEN "
                return Sql(f"({same}{lo.text} * {factor}{' END' if same else ''})", deepest(lo, hi, group))
            case n.Choose(condition=condition, then=then, otherwise=otherwise):
                test, a, b = self.truth(condition), self.number(then), self.number(otherwise)
                if test.constant:
                    return NO_NUMBER if test.unknown else a if test == TRUE else b
                return Sql(f"(CASE WHEN {test.text} THEN {a.text} WHEN NOT {test.text} THEN {b.text} END)", deepest(test, a, b))
            case n.Default(term=term, otherwise=otherwise):
                a, b = self.number(term), self.number(otherwise)
                return b if a.unknown else Sql(f"COALESCE({a.text}, {b.text})", deepest(a, b))
            case n.Arithmetic(op=op, terms=terms):
                return self._arithmetic(op, [self.number(term) for term in terms])
        raise TypeError(f"not a number: {node}")

    def _arithmetic(self, op: str, terms: list[Sql]) -> Sql:
        if any(term.unknown for term in terms):
            return NO_NUMBER
        level = deepest(*terms)
        texts = [term.text for term in terms]
        match op:
            case "+" | "-" | "*":
                return Sql(f"({texts[0]} {op} {texts[1]})", level)
            case "/":
                return Sql(f"(CASE WHEN {texts[1]} <> 0 THEN {texts[0]} / {texts[1]} END)", level)
            case "**":
                return Sql(f"({self.dialect.power(*texts)})", level)
            case "log10":
                return Sql(f"({self.dialect.log10(texts[0])})", level)
            case "neg":
                return Sql(f"(-{texts[0]})", level)
        # least() and greatest() skip NULL in some databases: an unknown term must leave the whole unknown
        known = " AND ".join(f"{text} IS NOT NULL" for text in texts)
        chosen = "least" if op == "min" else "greatest"
        return Sql(f"(CASE WHEN {known} THEN {chosen}({', '.join(texts)}) END)", level)

    def _formula(self, node: n.Named) -> Sql:
        if node not in self.named:
            inner, scale, name = self.number(node.value), literal(10.0**node.digits), f"n{len(self.named)}"
            self.named[node] = self.shown[node] = NO_NUMBER
            if not inner.unknown:
                shown = self.shown[node] = self.add(f"{name}_shown", Sql(f"({self.dialect.floor(f'{inner.text} * {scale} + 0.5')} / {scale})", inner.level))
                whole = self.dialect.floor(f"{shown.text} * {literal(node.times)} * {STEPS} + 0.5")
                self.named[node] = self.add(name, Sql(f"{whole} / {literal(float(STEPS))}", shown.level))
        return self.named[node]


def by_group(values: tuple[float | None, ...], group: str) -> str:
    """The value of the unit group in *group*: one literal when all are alike or the group is the same for everybody."""
    texts = ["NULL::DOUBLE" if value is None else literal(value) for value in values]
    if len(set(texts)) == 1:
        return texts[0]
    if group.isdigit():
        return texts[int(group)]
    return f"(CASE {group} " + " ".join(f"WHEN {index} THEN {text}" for index, text in enumerate(texts)) + " END)"


def literal(number: float) -> str:
    """A number as a DOUBLE that reads back exactly."""
    return f"({number!r}::DOUBLE)" if number < 0 else f"{number!r}::DOUBLE"
