"""What Spark writes differently from the shared SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from cobalamin.engines.sql.dialect import Dialect
from cobalamin.engines.sql.sql import Sql
from cobalamin.records.sql_text import quote

DIGITS = 10
"""Significant digits of a printed number."""
EVERYDAY = 4
"""Smaller than ten to minus this, a number is printed with an exponent."""
MANTISSA = 52
WHOLE = "DECIMAL(38,0)"
SAFE = "9e18::DOUBLE"
"""Beyond this a number is whole and no BIGINT."""
MARK = 1
"""The character around a number that is still to be printed."""
LEXICAL = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")


def spark_sql(text: str) -> str:
    """The same SQL with Spark's marks: names between backticks, and no backslash of a text read as an escape."""
    def marked(found: re.Match[str]) -> str:
        token = found.group()
        return token.replace("\\", "\\\\") if token[0] == "'" else "`" + token[1:-1].replace('""', '"').replace("`", "``") + "`"

    return LEXICAL.sub(marked, text)


class Spark(Dialect):
    """Spark's own forms for lists, structs and numbers."""

    def floor(self, number: str) -> str:
        # floor() answers with a BIGINT and ends the whole query where there is none
        return f"(CASE WHEN abs({number}) < {SAFE} THEN floor({number}) ELSE {number} END)"

    def kind(self, kind: str) -> str:
        if kind.endswith("[]"):
            return f"ARRAY<{self.kind(kind[:-2])}>"
        if kind.startswith("STRUCT("):
            return f"STRUCT<{', '.join(f'{name}: {self.kind(of)}' for name, of in _fields(kind))}>"
        return "STRING" if kind == "VARCHAR" else kind

    def array(self, items: Sequence[str]) -> str:
        return f"array({', '.join(items)})"

    def struct(self, fields: Mapping[str, str]) -> str:
        return f"named_struct({', '.join(f'{quote(name)}, {sql}' for name, sql in fields.items())})"

    def chosen(self, items: Mapping[str, Sql], kind: str) -> str:
        listed = ", ".join(f"CASE WHEN {held.text} THEN {item} END" for item, held in items.items())
        return self.present(f"array({listed})::{self.kind(f'{kind}[]')}")

    def joined(self, lists: Sequence[str], kind: str) -> str:
        empty = self.empty(kind)
        return f"concat({', '.join(f'COALESCE({one}, {empty})' for one in lists)})" if lists else empty

    def present(self, list: str) -> str:
        return self.kept(list, "x", "x IS NOT NULL")

    def item(self, list: str, place: str) -> str:
        return f"get({list}, ({place})::INT - 1)"

    def gathered(self, value: str, condition: str) -> str:
        return f"collect_list(CASE WHEN {condition} THEN {value} END)"

    def different(self, list: str) -> str:
        return f"size(array_distinct({list}))"

    def sorted(self, list: str) -> str:
        return f"sort_array({list})"

    def all_rows(self, value: str, order: str, table: str) -> str:
        rows = f"(SELECT sort_array(collect_list(named_struct('at', {order}, 'row', {value}))) AS held FROM {table})"
        return f"(SELECT {self.mapped('held', 'y', 'y.row')} FROM {rows})"

    def mapped(self, list: str, name: str, item: str) -> str:
        return f"transform({list}, {name} -> {item})"

    def kept(self, list: str, name: str, condition: str) -> str:
        return f"filter({list}, {name} -> {condition})"

    def picked(self, list: str, places: str) -> str:
        return self.mapped(places, "place", f"get({list}, place::INT - 1)")

    def nearest(self, unknown: str) -> str:
        known = "(SELECT map_from_entries(collect_set(named_struct('k', substring(concept, 1, 80), 'v', closest))) FROM vocabulary WHERE key IS NULL)"
        return f"CASE WHEN {unknown} IS NOT NULL THEN COALESCE(try_element_at({known}, {unknown}), {self.empty('VARCHAR')}) END"

    def printed(self, number: str) -> str:
        return f"(chr({MARK}) || ({number})::DOUBLE::STRING || chr({MARK}))"

    def legible(self, looks: str) -> str:
        # planning how one number is printed takes longer than printing a million: it is written once, for all that stand in a text
        parts = f"transform(split(look.v, chr({MARK})), (part, i) -> CASE WHEN i % 2 = 1 THEN {print_number('part')} ELSE part END)"
        return self.mapped(looks, "look", self.struct({"k": "look.k", "v": f"CASE WHEN look.v IS NOT NULL THEN concat_ws('', {parts}) END"}))


def print_number(number: str) -> str:
    """Python's `.10g`, exactly: Spark prints the shortest digits that read back, so that short ones are right as they stand.

    Longer ones are rounded from the binary number itself, half to even, in whole numbers that nothing is lost of.
    """
    short = "CASE WHEN endswith(s, '.0') THEN left(s, length(s) - 2) ELSE s END"
    long = f"CASE WHEN v < 0 THEN '-' ELSE '' END || {_let('abs(v)', 'a', _rounded('a'))}"
    body = f"CASE WHEN length(s) <= {DIGITS + 1} AND NOT contains(s, 'E') THEN {short} WHEN v = 0 THEN '0' ELSE {long} END"
    return _let(f"({number})::DOUBLE", "v", _let("v::STRING", "s", body))


def _let(value: str, name: str, body: str) -> str:
    """*body* with *name* standing for *value*, which is computed once; NULL where the value is."""
    return f"get(transform(filter(array({value}), n -> n IS NOT NULL), {name} -> {body}), 0)"


def _rounded(a: str) -> str:
    """A number above zero with its significant digits, rounded half to even from its binary value."""
    near = f"floor(log10({a}))::INT"
    tens = f"(e + CASE WHEN {a} >= ('1e' || (e + 1))::DOUBLE THEN 1 WHEN {a} < ('1e' || e)::DOUBLE THEN -1 ELSE 0 END)"
    # a is m / 2^k with whole m; its digits are those of m * 10^n / 2^k
    shift = f"({MANTISSA} - floor(log2({a}))::INT)"
    above = f"({a} * pow(2.0::DOUBLE, k))::BIGINT::{WHOLE} * {_ten('greatest(n, 0)')}"
    below = f"{_two('k')} * {_ten('greatest(-n, 0)')}"
    half = f"2 * (p - q::{WHOLE} * d)"
    up = f"(q + CASE WHEN {half} > d OR ({half} = d AND q % 2 = 1) THEN 1 ELSE 0 END)"
    digits = _let(up, "w", _let(f"CASE WHEN w = {10**DIGITS} THEN e10 + 1 ELSE e10 END", "e1", _let("rtrim('0', w::STRING)", "t", _written())))
    quotient = _let(f"({above})::{WHOLE}", "p", _let(f"({below})::{WHOLE}", "d", _let("p div d", "q", digits)))
    return _let(near, "e", _let(tens, "e10", _let(f"{DIGITS - 1} - e10", "n", _let(shift, "k", quotient))))


def _ten(power: str) -> str:
    return f"('1' || repeat('0', {power}))::{WHOLE}"


def _two(power: str) -> str:
    """Two to a power up to 120, which is no BIGINT any more."""
    return f"shiftleft(1::BIGINT, {power} div 2)::DECIMAL(19,0) * shiftleft(1::BIGINT, {power} - {power} div 2)::DECIMAL(19,0)"


def _written() -> str:
    """The digits *t* with their point, or with the exponent *e1*."""
    point = "CASE WHEN length(t) > 1 THEN '.' || substring(t, 2) ELSE '' END"
    scientific = f"left(t, 1) || {point} || CASE WHEN e1 < 0 THEN 'e-' ELSE 'e+' END || lpad(abs(e1)::STRING, 2, '0')"
    whole = "CASE WHEN length(t) <= e1 + 1 THEN rpad(t, (e1 + 1)::INT, '0') ELSE left(t, (e1 + 1)::INT) || '.' || substring(t, (e1 + 2)::INT) END"
    return f"CASE WHEN e1 < -{EVERYDAY} OR e1 >= {DIGITS} THEN {scientific} WHEN e1 >= 0 THEN {whole} ELSE '0.' || repeat('0', (-e1 - 1)::INT) || t END"


def _fields(kind: str) -> list[tuple[str, str]]:
    """The names and types of the fields of a struct, apart at the commas of its own level."""
    found, depth = [""], 0
    for mark in kind.removeprefix("STRUCT(").removesuffix(")"):
        depth += (mark == "(") - (mark == ")")
        if mark == "," and not depth:
            found.append("")
        else:
            found[-1] += mark
    pairs = [field.strip().split(" ", 1) for field in found]
    return [(name, of) for name, of in pairs]
