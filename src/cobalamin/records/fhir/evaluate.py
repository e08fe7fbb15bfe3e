"""A path of a view run in memory, over a resource as JSON gives it: one value, or a list of values, and nothing is None or an empty list.

The twin of `values`: the same nodes and the same shapes, functions instead of SQL.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from cobalamin.records.fhir import path as p
from cobalamin.records.fhir.path import ViewError
from cobalamin.records.fhir.scalars import key_of, number, printed, reader_of, truth
from cobalamin.records.fhir.shape import Shape

Get = Callable[[Any, int], Any]
"""What a path gives for a focus and its place in its list."""
COMPARED: dict[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "!=": operator.ne, "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge}  # fmt: skip
RECKONED: dict[str, Callable[[float, float], float]] = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


@dataclass(frozen=True)
class Found:
    """What a path gives and what that is; `choice` while a choice element (`value`) waits for its `ofType`."""

    get: Get
    kind: str
    many: bool = False
    shape: Shape | None = None
    choice: str = ""
    way: tuple[str, ...] | None = None
    """The names that lead to it from the focus where nothing on the way is a list: walked in one go."""

    @property
    def one(self) -> Get:
        """The only value: several where one is meant are an error, as the standard asks."""
        if not self.many:
            return self.get
        get = self.get

        def only(focus: Any, index: int) -> Any:
            held = get(focus, index)
            if not held:
                return None
            if len(held) > 1:
                raise ViewError("A path of the view gives several values where it wants one.")
            return held[0]

        return only

    @property
    def all(self) -> Get:
        """The list of all values."""
        get = self.get
        if self.many:
            return lambda focus, index: get(focus, index) or []
        return lambda focus, index: [] if (value := get(focus, index)) is None else [value]


def nothing(focus: Any, index: int) -> None:
    """What an element that does not exist gives."""


class Evaluated:
    """The paths of one view, each as a function: the constants of the view are known."""

    def __init__(self, constants: dict[str, Found]):
        self.constants = constants

    def compile(self, text: object, focus: Found) -> Found:
        """What a path gives, seen from *focus*."""
        return self._found(p.parse(text), focus)

    def _found(self, node: p.Node, focus: Found) -> Found:
        match node:
            case p.Literal(value=None):
                return Found(nothing, "nothing")
            case p.Literal(value=value):
                kind = "boolean" if isinstance(value, bool) else "string" if isinstance(value, str) else "number"
                return Found(lambda focus, index: value, kind)
            case p.Constant(name="rowIndex"):
                return Found(lambda focus, index: index, "number")
            case p.Constant(name=name):
                if name not in self.constants:
                    raise ViewError(f"The view names the constant %{name}, which it does not define.")
                return self.constants[name]
            case p.Member(of=None, name="$this"):
                return focus
            case p.Member(of=of, name=name):
                base = focus if of is None else self._found(of, focus)
                if of is None and base.shape is not None and name == base.shape.kind:
                    return base
                return _member(base, name)
            case p.Index(of=of, at=at):
                return _at(self._found(of, focus), self._found(at, focus))
            case p.Binary():
                return _binary(node.sign, self._found(node.left, focus), self._found(node.right, focus))
            case p.Call():
                return self._call(node, focus)
        raise ViewError("The view holds a path of an unknown kind.")

    def _call(self, node: p.Call, focus: Found) -> Found:
        base = focus if node.of is None else self._found(node.of, focus)
        get = base.get
        match node.name, node.given:
            case "exists" | "empty", ():
                test = _exists(base)
                return Found(test if node.name == "exists" else lambda focus, index: not test(focus, index), "boolean")
            case "exists", (criteria,):
                return Found(_exists(self._where(base, criteria)), "boolean")
            case "first", ():
                return Found(lambda focus, index: held[0] if (held := get(focus, index)) else None, base.kind, False, base.shape) if base.many else base
            case "not", ():
                one = _boolean(base)
                return Found(lambda focus, index: None if (value := one(focus, index)) is None else not value, "boolean")
            case "where", (criteria,):
                return self._where(base, criteria)
            case "ofType", (p.Member(of=None, name=name),):
                if not base.choice:
                    raise ViewError("The view uses ofType() of something that is no choice element, which is not supported.")
                return _member(replace(base, kind="structure", choice=""), base.choice + name[0].upper() + name[1:])
            case "join", () | (p.Literal(value=str()),):
                sign = str(node.given[0].value) if node.given and isinstance(node.given[0], p.Literal) else ""
                values = base.all
                return Found(lambda focus, index: sign.join(str(printed(value)) for value in values(focus, index) if value is not None), "string")
            case "extension", (p.Literal(value=str(url)),):
                return self._where(_member(base, "extension"), p.Binary("=", p.Member(None, "url"), p.Literal(url)))
            case "getResourceKey", ():
                return _member(base, "id")
            case "getReferenceKey", () | (p.Member(of=None),):
                kind = node.given[0].name if node.given and isinstance(node.given[0], p.Member) else ""
                reference, key = _member(base, "reference"), key_of(kind)
                held = reference.get
                if reference.many:
                    return Found(lambda focus, index: [key(text) for text in held(focus, index) or ()], "string", True)
                return Found(lambda focus, index: key(held(focus, index)), "string")
        if node.name in p.FUNCTIONS:
            raise ViewError(f"The view gives {node.name}() something that is not supported.")
        raise ViewError(f"The view uses the function {node.name}(), which is not supported.")

    def _where(self, base: Found, criteria: p.Node) -> Found:
        if base.kind == "nothing":
            return base
        test = _boolean(self._found(criteria, focused(base.kind, base.shape)))
        get = base.get
        if base.many:
            return replace(base, get=lambda focus, index: [value for value in get(focus, index) or () if test(value, 0)])
        return replace(base, get=lambda focus, index: value if (value := get(focus, index)) is not None and test(value, 0) else None, way=None)


def _member(base: Found, name: str) -> Found:
    if base.choice:
        raise ViewError(f"The view uses .{name} of the choice {base.choice!r} without ofType().")
    child = base.shape.element(name) if base.shape is not None else None
    if child is None:
        if base.shape is not None and base.shape.choices(name):
            return replace(base, kind="choice", choice=name)
        return Found(nothing, "nothing")
    get, read, kind = base.get, reader_of(child), "structure" if child.elements is not None else str(child.kind)
    if base.many and child.many:
        return Found(lambda focus, index: [read(value) for held in get(focus, index) or () for value in _list(held, name)], kind, True, child)
    if base.many:
        return Found(lambda focus, index: [value for held in get(focus, index) or () if held and (value := read(held.get(name))) is not None], kind, True, child)
    way = None if base.way is None else (*base.way, name)
    find = (lambda focus, index: held.get(name) if (held := get(focus, index)) else None) if way is None else _walk(way)
    if child.many:
        return Found(lambda focus, index: [read(value) for value in held] if isinstance(held := find(focus, index), list) else [], kind, True, child)
    return Found(lambda focus, index: value if (value := find(focus, index)).__class__ is str and read is printed else read(value), kind, False, child, "", way)


def focused(kind: str, shape: Shape | None) -> Found:
    """The focus itself."""
    return Found(lambda focus, index: focus, kind, False, shape, "", ())


def _walk(way: tuple[str, ...]) -> Get:
    """What stands at the end of a way through structures."""
    *before, last = way
    if not before:
        return lambda focus, index: focus.get(last) if focus else None

    def walk(focus: Any, index: int) -> Any:
        for name in before:
            if not focus:
                return None
            focus = focus.get(name)
            if focus.__class__ is not dict:
                return None
        return focus.get(last)

    return walk


def _list(held: dict[str, Any] | None, name: str) -> list[Any]:
    found = held.get(name) if held else None
    return found if isinstance(found, list) else []


def _at(base: Found, at: Found) -> Found:
    get, place = base.get, at.one

    def of_list(focus: Any, index: int) -> Any:
        nth = place(focus, index)
        return held[int(nth)] if nth is not None and nth >= 0 and len(held := get(focus, index) or ()) > nth else None

    return Found(of_list if base.many else lambda focus, index: get(focus, index) if place(focus, index) == 0 else None, base.kind, False, base.shape)


def _binary(sign: str, left: Found, right: Found) -> Found:
    if sign in ("and", "or"):
        a, b = _boolean(left), _boolean(right)
        decides = sign == "or"

        def of_both(focus: Any, index: int) -> bool | None:
            first: bool | None = a(focus, index)
            if first is decides:
                return decides
            second: bool | None = b(focus, index)
            return decides if second is decides else None if first is None or second is None else not decides

        return Found(of_both, "boolean")
    a, b = left.one, right.one
    if sign in RECKONED:
        if "string" in (left.kind, right.kind):
            raise ViewError(f"The view uses {sign!r} of something that is no number, which is not supported.")
        reckon = RECKONED[sign]

        def reckoned(focus: Any, index: int) -> float | None:
            x, y = number(a(focus, index)), number(b(focus, index))
            return None if x is None or y is None or (sign == "/" and not y) else reckon(x, y)

        return Found(reckoned, "number")
    compare = COMPARED[sign]
    # decimals are held as they are printed
    read: Callable[[Any], Any] | None = number if "number" in (left.kind, right.kind) else truth if "boolean" in (left.kind, right.kind) else None

    def compared(focus: Any, index: int) -> bool | None:
        x, y = a(focus, index), b(focus, index)
        if read is not None:
            x, y = read(x), read(y)
        return None if x is None or y is None else bool(compare(x, y))

    return Found(compared, "boolean")


def _boolean(found: Found) -> Get:
    if found.kind not in ("boolean", "nothing"):
        raise ViewError("A condition of the view is neither true nor false.")
    return found.one


def _exists(found: Found) -> Get:
    get = found.get
    if found.kind == "nothing":
        return lambda focus, index: False
    if found.choice:
        if found.many or found.shape is None:
            raise ViewError(f"The view asks whether the choice {found.choice!r} exists inside a list, which is not supported.")
        held = [_member(replace(found, kind="structure", choice=""), name).get for name in found.shape.choices(found.choice)]
        return lambda focus, index: any(one(focus, index) is not None for one in held)
    return (lambda focus, index: bool(get(focus, index))) if found.many else (lambda focus, index: get(focus, index) is not None)
