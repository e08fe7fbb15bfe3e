"""Expressions as SQL, shared by every engine that speaks it; the dialect adds what differs.

Only a whitelist of operations is used: comparison, AND, OR, NOT, CASE, COALESCE, IS NULL, IN, + - * and functions the
dialect names. SQL's NULL is the third truth value, so Kleene's logic is the database's own.
A quantity is two columns, `<name>_lo` and `<name>_hi`; `<name>_g` when it has several unit groups, `<name>_w` for a word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cobalamin.records.sql_text import quote
from cobalamin.rules import nodes as n
from cobalamin.rules.knowledge import Knowledge
from cobalamin.rules.tables import NONE


class Dialect:
    """What differs between databases; these are the forms most of them share."""

    def power(self, base: str, exponent: str) -> str:
        return f"CASE WHEN {base} > 0 THEN pow({base}, {exponent}) END"

    def log10(self, number: str) -> str:
        return f"CASE WHEN {number} > 0 THEN log10({number}) END"

    def bits(self, column: str, mask: int) -> str:
        return f"({column} & {mask}) <> 0"


@dataclass
class Column:
    """One computed column: its name, its SQL, and the level of nesting at which it can stand."""

    name: str
    sql: str
    level: int


@dataclass(frozen=True)
class Sql:
    """An SQL expression and the deepest column it reads."""

    text: str
    level: int = 0


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
    named: dict[n.Node, str] = field(default_factory=dict)

    def add(self, name: str, sql: Sql) -> str:
        """Define a column one level above what it reads."""
        self.columns[name] = Column(name, sql.text, sql.level + 1)
        return name

    def level(self, name: str) -> int:
        return self.columns[name].level if name in self.columns else 0

    def column(self, name: str) -> Sql:
        """A reference to a column that already exists."""
        return Sql(name, self.level(name))

    # ---- truths, words and numbers: one SQL expression each

    def truth(self, node: n.Node) -> Sql:
        """The truth of a node: TRUE, FALSE or NULL."""
        match node:
            case n.Constant(truth=truth):
                return Sql("NULL::BOOLEAN" if truth is None else str(truth).upper())
            case n.Presence():
                column, bit = self.presence_bits[node]
                return Sql(self.dialect.bits(column, 1 << bit))
            case n.Named(value=value):
                if node not in self.named:
                    inner = self.truth(value)
                    self.named[node] = self.add(f"n{len(self.named)}", inner)
                return self.column(self.named[node])
            case n.Fired(step=step, row=row):
                return self.column(f"t{step}_{row}")
            case n.And(terms=terms):
                return self._join(" AND ", [self.truth(term) for term in terms])
            case n.Or(terms=terms):
                return self._or(terms)
            case n.Not(term=term):
                inner = self.truth(term)
                return Sql(f"(NOT {inner.text})", inner.level)
            case n.Is(left=left, words=words):
                held, literals = self.word(left)
                return Sql(f"({held.text} IN ({', '.join(literals(word) for word in words)}))", held.level)
            case n.Known(term=term):
                return self._known(term)
            case n.Certain(term=term):
                inner = self.truth(term)
                return Sql(f"COALESCE({inner.text}, FALSE)", inner.level)
            case n.Compare(left=left, right=right, op=op):
                if isinstance(right, (n.Limit, n.LimitByWord)) and left.kind != n.NUMBER:
                    return self._compare(left, op, right)
                a, b = self.number(left), self.number(right)
                return Sql(f"({a.text} {op} {b.text})", max(a.level, b.level))
        raise TypeError(f"not a truth: {node}")

    def _join(self, operator: str, parts: list[Sql]) -> Sql:
        return Sql("(" + operator.join(part.text for part in parts) + ")", max(part.level for part in parts))

    def _or(self, terms: tuple[n.Node, ...]) -> Sql:
        # Presences are never unknown, so several of them in one mask are one test of several bits.
        masks: dict[str, int] = {}
        rest: list[Sql] = []
        for term in terms:
            if isinstance(term, n.Presence):
                column, bit = self.presence_bits[term]
                masks[column] = masks.get(column, 0) | 1 << bit
            else:
                rest.append(self.truth(term))
        tests = [Sql(self.dialect.bits(column, mask)) for column, mask in masks.items()]
        return self._join(" OR ", tests + rest)

    def word(self, node: n.Node) -> tuple[Sql, Callable[[str], str]]:
        """A word, or NULL while it is unknown, and how a word is written beside it: a conclusion is held as a small number."""
        match node:
            case n.Conclusion(name=name, step=step):
                return (Sql("NULL::TINYINT") if step < 0 else self.column(f"c{step}_{name}")), lambda word: str(self.code(name, word))
            case n.Person():
                return Sql("sex"), quote
            case n.Named(value=value):
                return self.word(value)
            case n.Latest():
                return Sql(f"{self.leaves[node]}_w"), quote
        raise TypeError(f"not a word: {node}")

    def code(self, name: str, word: str) -> int:
        """The number that stands for a concluded word; 0 when every row of its table is false."""
        return 0 if word == NONE else self.knowledge.words_of[name].index(word) + 1

    def said(self, step: int, name: str) -> str:
        """A conclusion as its word again; NULL while it is unknown and when there is none."""
        return f"CASE c{step}_{name} " + " ".join(f"WHEN {self.code(name, word)} THEN {quote(word)}" for word in self.knowledge.words_of[name]) + " END"

    def _known(self, term: n.Node) -> Sql:
        if term.kind == n.WORD:
            held, literals = self.word(term)
            return Sql(f"COALESCE({held.text} <> {literals(NONE)}, FALSE)", held.level)
        if term.kind == n.TRUTH:
            held = self.truth(term)
        elif term.kind == n.NUMBER:
            held = self.number(term)
        else:
            lo, _, _ = self.quantity(term)
            held = lo
        return Sql(f"({held.text} IS NOT NULL)", held.level)

    # ---- quantities: two bounds and a unit group

    def quantity(self, node: n.Node) -> tuple[Sql, Sql, Sql]:
        """Lower bound, upper bound and unit group of a quantity."""
        match node:
            case n.Named(unit_group=-1, value=value):
                return self.quantity(value)
            case n.Named():
                column = self._formula(node)
                return column, column, Sql(str(node.unit_group))
            case n.CountOf(terms=terms):
                truths = [self.truth(term) for term in terms]
                level = max(truth.level for truth in truths)
                sure = " + ".join(f"COALESCE({truth.text}, FALSE)::INT" for truth in truths)
                possible = " + ".join(f"COALESCE({truth.text}, TRUE)::INT" for truth in truths)
                return Sql(f"({sure})", level), Sql(f"({possible})", level), Sql("0")
        name = self.leaves[node]
        units = self.knowledge.units(node.kind)
        group = Sql(f"{name}_g") if units and len(units.groups) > 1 else Sql("0")
        return Sql(f"{name}_lo"), Sql(f"{name}_hi"), group

    def limit(self, node: n.Limit | n.LimitByWord, group: Sql) -> Sql:
        """The limit that holds for a value of *group*, or NULL where none is printed."""
        if isinstance(node, n.Limit):
            return Sql(by_group(node.values, group.text), group.level)
        key, literals = self.word(node.key)
        cases = " ".join(
            f"WHEN {literals(word)} THEN {by_group(limit.values, group.text)}"
            for word, limit in zip(node.words, node.limits, strict=True)
        )
        return Sql(f"CASE {key.text} {cases} END" if cases else "NULL::DOUBLE", max(key.level, group.level))

    def _compare(self, left: n.Node, op: str, right: n.Limit | n.LimitByWord) -> Sql:
        lo, hi, group = self.quantity(left)
        limit = self.limit(right, group)
        level = max(lo.level, hi.level, limit.level)
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
                return Sql("NULL::DOUBLE" if values[0] is None else literal(values[0]))
            case n.LimitByWord():
                return self.limit(node, Sql("0"))
            case n.Amount(term=term, factors=factors):
                lo, hi, group = self.quantity(term)
                factor = by_group(factors, group.text)
                same = "" if lo.text == hi.text else f"CASE WHEN {lo.text} = {hi.text} THEN "
                return Sql(f"({same}{lo.text} * {factor}{' END' if same else ''})", max(lo.level, hi.level, group.level))
            case n.Choose(condition=condition, then=then, otherwise=otherwise):
                test, a, b = self.truth(condition), self.number(then), self.number(otherwise)
                text = f"(CASE WHEN {test.text} THEN {a.text} WHEN NOT {test.text} THEN {b.text} END)"
                return Sql(text, max(test.level, a.level, b.level))
            case n.Default(term=term, otherwise=otherwise):
                a, b = self.number(term), self.number(otherwise)
                return Sql(f"COALESCE({a.text}, {b.text})", max(a.level, b.level))
            case n.Arithmetic(op=op, terms=terms):
                return self._arithmetic(op, [self.number(term) for term in terms])
        raise TypeError(f"not a number: {node}")

    def _arithmetic(self, op: str, terms: list[Sql]) -> Sql:
        level = max(term.level for term in terms)
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
            inner, scale = self.number(node.value), 10.0**node.digits
            shown = f"(floor({inner.text} * {scale} + 0.5) / {scale})"
            name = f"n{len(self.named)}"
            self.named[node] = name
            shown_name = self.add(f"{name}_shown", Sql(shown, inner.level))
            steps = "10000"
            self.add(name, Sql(f"floor({shown_name} * {literal(node.times)} * {steps} + 0.5) / {steps}", self.level(shown_name)))
        return self.column(self.named[node])


def by_group(values: tuple[float | None, ...], group: str) -> str:
    """The value of the unit group in *group*: one literal when all are alike."""
    texts = ["NULL::DOUBLE" if value is None else literal(value) for value in values]
    if len(set(texts)) == 1:
        return texts[0]
    return f"(CASE {group} " + " ".join(f"WHEN {index} THEN {text}" for index, text in enumerate(texts)) + " END)"


def literal(number: float) -> str:
    """A number as a DOUBLE that reads back exactly."""
    return f"({number!r}::DOUBLE)" if number < 0 else f"{number!r}::DOUBLE"
