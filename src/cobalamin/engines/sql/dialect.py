"""What databases write differently; the forms given here are those that DuckDB, Spark and most others share.

Types are named in one notation everywhere, `VARCHAR`, `BIGINT[]`, `STRUCT(id VARCHAR, at DATE)[]`; a dialect says how it spells them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from cobalamin.engines.sql.sql import Sql, disjunction
from cobalamin.records.sql_text import quote


class Dialect(ABC):
    """The SQL of one database."""

    def power(self, base: str, exponent: str) -> str:
        return f"CASE WHEN {base} > 0 THEN pow({base}, {exponent}) END"

    def log10(self, number: str) -> str:
        return f"CASE WHEN {number} > 0 THEN log10({number}) END"

    def bits(self, column: str, mask: int) -> str:
        return f"({column} & {mask}) <> 0"

    def literal(self, value: Any) -> str:
        """A text, a number, nothing, or a list of them."""
        if isinstance(value, list):
            return self.array([self.literal(item) for item in value])
        return "NULL" if value is None else quote(value) if isinstance(value, str) else repr(value)

    def words(self, words: Iterable[str]) -> str:
        """The type of a text that is one of a few words."""
        return "VARCHAR"

    def word(self, number: str, words: Mapping[int, str]) -> str:
        """The word that a small number from zero on stands for; NULL where it stands for none."""
        return f"CASE {number} {' '.join(f'WHEN {value} THEN {quote(word)}' for value, word in words.items())} END" if words else "NULL::STRING"

    def empty(self, kind: str) -> str:
        """A list of *kind* with nothing in it."""
        return f"{self.array([])}::{self.kind(f'{kind}[]')}"

    def collected(self, items: Mapping[str, Sql], kind: str) -> str:
        """A list of the items of *kind* whose truth holds: most people have none, and one cheap test spares building it."""
        found = {item: held for item, held in items.items() if held.may_hold}
        if not found:
            return self.empty(kind)
        return f"CASE WHEN {disjunction(found.values()).text} THEN {self.chosen(found, kind)} ELSE {self.empty(kind)} END"

    def legible(self, looks: str) -> str:
        """A list of structs {k, v} with the numbers in every text v printed."""
        return looks

    @abstractmethod
    def floor(self, number: str) -> str:
        """The whole number below, for a number of any size."""

    @abstractmethod
    def kind(self, kind: str) -> str:
        """A type as this database spells it."""

    @abstractmethod
    def array(self, items: Sequence[str]) -> str:
        """A list of items of one type."""

    @abstractmethod
    def struct(self, fields: Mapping[str, str]) -> str:
        """A struct with named fields."""

    @abstractmethod
    def chosen(self, items: Mapping[str, Sql], kind: str) -> str:
        """A list of the items of *kind* whose truth holds, in order."""

    @abstractmethod
    def joined(self, lists: Sequence[str], kind: str) -> str:
        """One list of *kind* from several, of which any may be NULL."""

    @abstractmethod
    def present(self, list: str) -> str:
        """The items of a list that are not NULL."""

    @abstractmethod
    def item(self, list: str, place: str) -> str:
        """The item at a place counted from one; NULL beyond the end."""

    @abstractmethod
    def gathered(self, value: str, condition: str) -> str:
        """As an aggregate, the list of *value* where a condition holds; NULL or nothing in it where it never does."""

    @abstractmethod
    def different(self, list: str) -> str:
        """How many different items a list has; NULL or 0 when it is NULL."""

    @abstractmethod
    def sorted(self, list: str) -> str:
        """A list in ascending order; structs by their fields."""

    @abstractmethod
    def all_rows(self, value: str, order: str, table: str) -> str:
        """A list of *value* over a small table, as a subquery."""

    @abstractmethod
    def mapped(self, list: str, name: str, item: str) -> str:
        """*item* for every *name* of a list."""

    @abstractmethod
    def kept(self, list: str, name: str, condition: str) -> str:
        """The items of a list that fulfil a condition on *name*."""

    @abstractmethod
    def picked(self, list: str, places: str) -> str:
        """The items of a list at places counted from one."""

    @abstractmethod
    def printed(self, number: str) -> str:
        """A number as `model.quantity.print_number` writes it, in a text still to be made legible."""

    @abstractmethod
    def nearest(self, unknown: str) -> str:
        """The names of the vocabulary closest to words nobody knew, looked up for those few and not carried along with every fact."""
