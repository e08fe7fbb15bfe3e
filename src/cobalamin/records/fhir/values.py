"""A path of a view as DuckDB SQL over typed columns: one value, or a list of values, and nothing is NULL or an empty list."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count

from cobalamin.records.fhir import path as p
from cobalamin.records.fhir.path import ViewError
from cobalamin.records.fhir.shape import Shape
from cobalamin.records.sql_text import quote, quoted


@dataclass(frozen=True)
class Value:
    """SQL and what it holds; `choice` while a choice element (`value`) waits for its `ofType`.

    Nearly all lists of a record hold one element, and lambdas are dear: so a list also carries `head`, the SQL of its only element,
    right wherever all the lists of `short` have one element at most.
    """

    sql: str
    kind: str
    many: bool = False
    shape: Shape | None = None
    choice: str = ""
    head: str = ""
    short: tuple[str, ...] = ()
    guard: tuple[str, ...] = ()
    """What must be true of the only element for it to be there."""

    @property
    def one(self) -> str:
        """SQL of the only value: several where one is meant end the query, as the standard asks."""
        if not self.many:
            return self.sql
        return self._cases(self.lone, f"CASE WHEN len({self.sql}) > 1 THEN error('several values where a view wants one') ELSE {self.sql}[1] END")

    @property
    def first(self) -> str:
        return self._cases(self.lone, f"{self.sql}[1]") if self.many else self.sql

    @property
    def all(self) -> str:
        """SQL of the list of all values."""
        if not self.many:
            return f"CASE WHEN {self.sql} IS NOT NULL THEN [{self.sql}] END"
        return self._cases(f"CASE WHEN {self.lone} IS NOT NULL THEN [{self.lone}] END", self.sql)

    @property
    def lone(self) -> str:
        return f"CASE WHEN {' AND '.join(self.guard)} THEN {self.head} END" if self.guard else self.head

    def _cases(self, short: str, long: str) -> str:
        return f"CASE WHEN {' AND '.join(self.short)} THEN {short} ELSE {long} END" if self.head else long


class Paths:
    """The paths of one view: its constants, and names for its lambdas."""

    def __init__(self, constants: dict[str, Value]):
        self.constants, self.names = constants, count(1)

    def compile(self, text: object, focus: Value, index: str = "0") -> Value:
        """The SQL of a path seen from *focus*; *index* is the place of the focus in its list."""
        return self._value(p.parse(text), focus, index)

    def fresh(self) -> str:
        return f"v{next(self.names)}"

    def _value(self, node: p.Node, focus: Value, index: str) -> Value:
        match node:
            case p.Literal(value=None):
                return Value("NULL", "nothing")
            case p.Literal(value=bool(value)):
                return Value("TRUE" if value else "FALSE", "boolean")
            case p.Literal(value=str(value)):
                return Value(quote(value), "string")
            case p.Literal(value=value):
                return Value(repr(value), "number")
            case p.Constant(name="rowIndex"):
                return Value(index, "number")
            case p.Constant(name=name):
                if name not in self.constants:
                    raise ViewError(f"The view names the constant %{name}, which it does not define.")
                return self.constants[name]
            case p.Member(of=None, name="$this"):
                return focus
            case p.Member(of=of, name=name):
                base = focus if of is None else self._value(of, focus, index)
                if of is None and base.shape is not None and name == base.shape.kind:
                    return base
                return self._member(base, name)
            case p.Index(of=of, at=at):
                base, place = self._value(of, focus, index), self._value(at, focus, index)
                if base.many and place.sql == "0":
                    return Value(f"{base.sql}[1]", base.kind, False, base.shape)
                if not base.many:
                    return Value(f"CASE WHEN {place.sql} = 0 THEN {base.sql} END", base.kind, False, base.shape)
                return Value(f"{base.sql}[{place.sql} + 1]", base.kind, False, base.shape)
            case p.Binary():
                return self._binary(node, focus, index)
            case p.Call():
                return self._call(node, focus, index)
        raise ViewError("The view holds a path of an unknown kind.")

    def _member(self, base: Value, name: str) -> Value:
        if base.choice:
            raise ViewError(f"The view uses .{name} of the choice {base.choice!r} without ofType().")
        if base.shape is None:
            return Value("NULL", "nothing")
        child = base.shape.element(name)
        if child is None:
            if base.shape.choices(name):
                return Value(base.sql, "choice", base.many, base.shape, name, base.head, base.short, base.guard)
            return Value("NULL", "nothing")
        kind = "structure" if child.elements is not None else str(child.kind)
        if not base.many:
            sql = f"{base.sql}.{quoted(name)}" if base.sql else quoted(name)
            return Value(sql, kind, child.many, child, "", *_short(sql)) if child.many else Value(sql, kind, False, child)
        one = self.fresh()
        inside = f"list_transform({base.sql}, lambda {one}: {one}.{quoted(name)})"
        sql = f"flatten({inside})" if child.many else f"list_filter({inside}, lambda {one}: {one} IS NOT NULL)"
        head, short = f"{base.head}.{quoted(name)}", base.short
        if child.many:
            head, more = _short(head)
            short = (*short, *more)
        return Value(sql, kind, True, child, "", head if base.head else "", short, base.guard)

    def _binary(self, node: p.Binary, focus: Value, index: str) -> Value:
        left, right = self._value(node.left, focus, index), self._value(node.right, focus, index)
        if node.sign in ("and", "or"):
            for side in (left, right):
                _boolean(side)
            return Value(f"({left.one} {node.sign.upper()} {right.one})", "boolean")
        a, b = left.one, right.one
        if node.sign in ("+", "-", "*", "/"):
            if "string" in (left.kind, right.kind):
                raise ViewError(f"The view uses {node.sign!r} of something that is no number, which is not supported.")
            return Value(f"(TRY_CAST({a} AS DOUBLE) {node.sign} TRY_CAST({b} AS DOUBLE))", "number")
        if "number" in (left.kind, right.kind):
            # decimals are held as they are printed
            a, b = (sql if side.kind == "number" else f"TRY_CAST({sql} AS DOUBLE)" for side, sql in ((left, a), (right, b)))
        return Value(f"({a} {'<>' if node.sign == '!=' else node.sign} {b})", "boolean")

    def _call(self, node: p.Call, focus: Value, index: str) -> Value:
        base = focus if node.of is None else self._value(node.of, focus, index)
        match node.name, node.given:
            case "exists" | "empty", ():
                test = _exists(base)
                return Value(test if node.name == "exists" else f"(NOT {test})", "boolean")
            case "exists", (criteria,):
                return Value(_exists(self._where(base, criteria)), "boolean")
            case "first", ():
                return Value(base.first, base.kind, False, base.shape)
            case "not", ():
                _boolean(base)
                return Value(f"(NOT {base.one})", "boolean")
            case "where", (criteria,):
                return self._where(base, criteria)
            case "ofType", (p.Member(of=None, name=name),):
                if not base.choice:
                    raise ViewError("The view uses ofType() of something that is no choice element, which is not supported.")
                return self._member(Value(base.sql, "structure", base.many, base.shape, "", base.head, base.short, base.guard), base.choice + name[0].upper() + name[1:])
            case "join", () | (p.Literal(value=str()),):
                sign = node.given[0].value if node.given and isinstance(node.given[0], p.Literal) else ""
                return Value(f"COALESCE(array_to_string({base.all}, {quote(str(sign))}), '')", "string")
            case "extension", (p.Literal(value=str(url)),):
                return self._where(self._member(base, "extension"), p.Binary("=", p.Member(None, "url"), p.Literal(url)))
            case "getResourceKey", ():
                return self._member(base, "id")
            case "getReferenceKey", () | (p.Member(of=None),):
                kind = node.given[0].name if node.given and isinstance(node.given[0], p.Member) else ""
                reference = self._member(base, "reference")
                one = self.fresh()
                sql = f"list_transform({reference.sql}, lambda {one}: {reference_key(one, kind)})" if reference.many else reference_key(reference.sql, kind)
                return Value(sql, "string", reference.many)
        if node.name in p.FUNCTIONS:
            raise ViewError(f"The view gives {node.name}() something that is not supported.")
        raise ViewError(f"The view uses the function {node.name}(), which is not supported.")

    def _where(self, base: Value, criteria: p.Node) -> Value:
        if base.kind == "nothing":
            return base
        if not base.many:
            test = self._value(criteria, base, "0")
            _boolean(test)
            if not base.sql:  # the resource itself, of which only whether it is there can be asked
                return Value(f"CASE WHEN {test.one} THEN 1 END", "number")
            return Value(f"CASE WHEN {test.one} THEN {base.sql} END", base.kind, False, base.shape)
        one = self.fresh()
        test = self._value(criteria, Value(one, base.kind, False, base.shape), "0")
        _boolean(test)
        of_head = self._value(criteria, Value(base.head, base.kind, False, base.shape), "0").one if base.head else ""
        return Value(f"list_filter({base.sql}, lambda {one}: COALESCE({test.one}, FALSE))", base.kind, True, base.shape, "",
                     base.head, base.short, (*base.guard, of_head))  # fmt: skip


def _short(sql: str) -> tuple[str, tuple[str, ...]]:
    """The only element of a list, and when it is the only one."""
    return f"{sql}[1]", (f"COALESCE(len({sql}), 0) <= 1",)


def _boolean(value: Value) -> None:
    if value.kind not in ("boolean", "nothing"):
        raise ViewError("A condition of the view is neither true nor false.")


def _exists(value: Value) -> str:
    if value.kind == "nothing":
        return "FALSE"
    if value.choice:
        if value.many or value.shape is None:
            raise ViewError(f"The view asks whether the choice {value.choice!r} exists inside a list, which is not supported.")
        held = [value.shape.element(name) for name in value.shape.choices(value.choice)]
        names = [quoted(name) for name, shape in zip(value.shape.choices(value.choice), held, strict=True) if shape is not None]
        return "(" + " OR ".join(f"{value.sql}{'.' if value.sql else ''}{name} IS NOT NULL" for name in names) + ")"
    return f"(COALESCE(len({value.sql}), 0) > 0)" if value.many else f"({value.sql} IS NOT NULL)"


def reference_key(sql: str, kind: str) -> str:
    """The id a reference names: `urn:uuid:x`, `Patient/x` and `https://server/Patient/x/_history/1` are all x; another type than *kind* is nothing.

    The first two forms are nearly all there are, and cheap to cut.
    """
    typed = f"""WHEN starts_with({sql}, '{kind}/') AND NOT contains({sql}[{len(kind) + 2}:], '/') THEN {sql}[{len(kind) + 2}:]\n  """ if kind else ""
    pattern = f"(?:^|/){kind or '[A-Z][A-Za-z]+'}/([A-Za-z0-9.-]+)(?:/_history/.*)?$"
    return (f"CASE WHEN starts_with({sql}, 'urn:uuid:') THEN {sql}[10:] WHEN starts_with({sql}, 'urn:oid:') THEN {sql}[9:]\n  "
            f"{typed}ELSE nullif(regexp_extract({sql}, {quote(pattern)}, 1), '') END")  # fmt: skip
