"""Pieces of SQL that know what they read; what is certain before any row is read is folded away as it is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sql:
    """An SQL expression and the deepest column it reads."""

    text: str
    level: int = 0

    @property
    def unknown(self) -> bool:
        """Whether this is NULL for everybody."""
        return self.text.startswith("NULL::")

    @property
    def constant(self) -> bool:
        """Whether this is the same for everybody: a truth, a concluded word (a small number) or NULL."""
        return self.unknown or self.text in ("TRUE", "FALSE") or self.text.isdigit()

    @property
    def may_hold(self) -> bool:
        """Whether this can be true for anybody."""
        return not self.unknown and self.text != "FALSE"


TRUE, FALSE, UNKNOWN = Sql("TRUE"), Sql("FALSE"), Sql("NULL::BOOLEAN")
NO_NUMBER, NO_WORD, NO_TEXT = Sql("NULL::DOUBLE"), Sql("NULL::TINYINT"), Sql("NULL::STRING")


def truth(held: bool | None) -> Sql:
    """A truth that is the same for everybody."""
    return UNKNOWN if held is None else TRUE if held else FALSE


def conjunction(terms: Iterable[Sql]) -> Sql:
    """Kleene's and."""
    return _join(" AND ", terms, neutral=TRUE, decisive=FALSE)


def disjunction(terms: Iterable[Sql]) -> Sql:
    """Kleene's or."""
    return _join(" OR ", terms, neutral=FALSE, decisive=TRUE)


def _join(operator: str, terms: Iterable[Sql], neutral: Sql, decisive: Sql) -> Sql:
    parts = [part for part in dict.fromkeys(terms) if part != neutral]
    if decisive in parts:
        return decisive
    if len(parts) < 2:
        return parts[0] if parts else neutral
    return Sql("(" + operator.join(part.text for part in parts) + ")", deepest(*parts))


def negation(term: Sql) -> Sql:
    """Kleene's not."""
    if term.constant:
        return {TRUE: FALSE, FALSE: TRUE}.get(term, UNKNOWN)
    return Sql(f"(NOT {term.text})", term.level)


def certainty(term: Sql) -> Sql:
    """Whether a truth surely holds; never unknown."""
    if term.constant:
        return truth(term == TRUE)
    return Sql(f"COALESCE({term.text}, FALSE)", term.level)


def deepest(*parts: Sql) -> int:
    """The deepest column that any of *parts* reads."""
    return max((part.level for part in parts), default=0)
