"""Turn the text of an expression into typed nodes, or refuse it with its file, row, column and a near name.

The syntax is a subset of Python's, read with `ast` and never run by Python. No literal number is accepted:
a number is a parameter with a unit and a source. Quantities compare only with limits of their own kind.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import NoReturn, Protocol

from cobalamin.errors import KnowledgeError, Place, nearest
from cobalamin.rules import nodes as n
from cobalamin.rules.units import Units

OPS: dict[type, str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
ARITHMETIC: dict[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.Pow: "**"}
FUNCTIONS = ("latest", "earliest", "has", "ever", "recent", "denied", "ordered", "planned", "days_since", "days_since_first", "days_on", "months_on", "dose", "count",
             "any_of", "all_of", "certain", "count_of", "value", "log10", "min", "max", "default")  # fmt: skip
NEED_WINDOW = ("recent",)
DAYS = ("days_since", "days_since_first")
"""What may be asked of a result as well as of what is present or absent: both have a day."""
OF_ANY = (*DAYS, *n.ORDERED)
"""What may be asked of a result as well as of anything else: its day, and whether it is on order."""
COURSE_KINDS = {"days_since": "days", "days_since_first": "days", "days_on": "days", "months_on": "months", "dose": "daily_dose"}


class Scope(Protocol):
    """The names an expression may use."""

    def names(self) -> list[str]: ...
    def lookup(self, name: str) -> n.Node | None: ...
    def units(self, kind: str) -> Units | None: ...
    def concept(self, name: str) -> tuple[str, bool] | None:
        """The concept's id and whether it is a result (measured) rather than present or absent."""

    def concepts(self) -> list[str]: ...
    def collection(self, name: str) -> set[str] | None: ...
    def words(self, node: n.Node) -> tuple[str, ...]: ...


def parse(text: str, scope: Scope, place: Place, want: str = "") -> n.Node:
    """Read *text* as an expression of kind *want* (any kind when empty)."""
    if not isinstance(text, str):
        raise KnowledgeError(f"an expression is text, not {text!r}.", place, id="expression-syntax")
    try:
        tree = ast.parse(" ".join(text.split()), mode="eval").body
    except SyntaxError as error:
        spot = Place(place.file, place.line, place.column + max((error.offset or 1) - 1, 0), place.path)
        raise KnowledgeError(
            f"this does not read as an expression: {text!r}.", spot,
            "Use names, and, or, not, comparisons, is, in and the functions of the rule language.", "expression-syntax",
        ) from None
    node = _Reader(scope, place, text).read(tree)
    if want and node.kind != want:
        raise KnowledgeError(f"expected a {want}, found a {_called(node.kind)}: {text!r}.", place, id="expression-type")
    return node


def _called(kind: str) -> str:
    return kind if kind in (n.TRUTH, n.WORD, n.NUMBER, n.COLLECTION) else f"quantity of {kind}"


class _Reader:
    """One pass from Python's syntax tree to ours, checking names, kinds and units on the way."""

    def __init__(self, scope: Scope, place: Place, text: str):
        self.scope, self.place, self.text = scope, place, text

    def fail(self, tree: ast.AST, what: str, help: str = "", id: str = "expression-type") -> NoReturn:
        column = self.place.column + getattr(tree, "col_offset", 0)
        raise KnowledgeError(what, Place(self.place.file, self.place.line, column, self.place.path), help, id)

    def read(self, tree: ast.expr) -> n.Node:
        method: Callable[[ast.expr], n.Node] | None = getattr(self, f"read_{type(tree).__name__.lower()}", None)
        if method is None:
            self.fail(tree, f"the rule language has no {type(tree).__name__}.",
                      "Write it with names, and, or, not, comparisons, is, in and functions.", "expression-syntax")
        return method(tree)

    def truth(self, tree: ast.expr) -> n.Node:
        node = self.read(tree)
        if node.kind != n.TRUTH:
            self.fail(tree, f"expected something true or false, found a {_called(node.kind)}.",
                      "Compare it with a parameter, or ask `is known`.")
        return node

    def number(self, tree: ast.expr) -> n.Node:
        node = self.read(tree)
        if node.kind != n.NUMBER:
            self.fail(tree, f"arithmetic needs plain numbers, found a {_called(node.kind)}.",
                      "Say in which unit: value(x, 'unit').")
        return node

    # ---- names and literals

    def read_constant(self, tree: ast.Constant) -> n.Node:
        if isinstance(tree.value, bool):
            return n.Constant(n.TRUTH, tree.value)
        self.fail(tree, f"a literal {tree.value!r} is not allowed in a rule.",
                  "Give the number a name, a unit and a source in parameters/ and use that name.", "literal-number")

    def read_name(self, tree: ast.Name) -> n.Node:
        if tree.id == "otherwise":
            return n.Constant(n.TRUTH, True)
        found = self.scope.lookup(tree.id)
        if found is None:
            self.fail(tree, f"nothing is called '{tree.id}'.", nearest(tree.id, self.scope.names()), "unknown-name")
        return found

    def read_subscript(self, tree: ast.Subscript) -> n.Node:
        base, key = self.read(tree.value), self.read(tree.slice)
        if not isinstance(base, n.Parameter) or key.kind != n.WORD:
            self.fail(tree, "only a parameter can be chosen by a concluded word: parameter[word].")
        return n.Parameter(base.kind, base.name, key)

    # ---- logic

    def read_boolop(self, tree: ast.BoolOp) -> n.Node:
        terms = tuple(self.truth(value) for value in tree.values)
        return n.And(n.TRUTH, terms) if isinstance(tree.op, ast.And) else n.Or(n.TRUTH, terms)

    def read_unaryop(self, tree: ast.UnaryOp) -> n.Node:
        if isinstance(tree.op, ast.Not):
            return n.Not(n.TRUTH, self.truth(tree.operand))
        return n.Arithmetic(n.NUMBER, "neg", (self.number(tree.operand),))

    def read_ifexp(self, tree: ast.IfExp) -> n.Node:
        return n.Choose(n.NUMBER, self.truth(tree.test), self.number(tree.body), self.number(tree.orelse))

    def read_compare(self, tree: ast.Compare) -> n.Node:
        terms, left = [], tree.left
        for op, right in zip(tree.ops, tree.comparators, strict=True):
            terms.append(self._compare(tree, left, op, right))
            left = right
        return terms[0] if len(terms) == 1 else n.And(n.TRUTH, tuple(terms))

    def _compare(self, tree: ast.Compare, left: ast.expr, op: ast.cmpop, right: ast.expr) -> n.Node:
        if isinstance(op, (ast.Is, ast.IsNot, ast.In, ast.NotIn)):
            found = self._is(left, right)
            return n.Not(n.TRUTH, found) if isinstance(op, (ast.IsNot, ast.NotIn)) else found
        if type(op) not in OPS:
            self.fail(tree, "quantities are compared with < <= > >=, words with `is` and `in`.", id="expression-syntax")
        a, b = self.read(left), self.read(right)
        for node, part in ((a, left), (b, right)):
            if node.kind in (n.TRUTH, n.WORD, n.COLLECTION):
                self.fail(part, f"a {node.kind} has no order.", "Use `is` or `in` for words.")
        if a.kind != b.kind:
            self.fail(tree, f"a {_called(a.kind)} cannot be compared with a {_called(b.kind)}.", id="kind-mismatch")
        sides = [isinstance(node, n.Parameter) for node in (a, b)]
        if a.kind != n.NUMBER and sides == [True, False]:
            flipped = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}[OPS[type(op)]]
            return n.Compare(n.TRUTH, flipped, b, a)
        if a.kind != n.NUMBER and sides != [False, True]:
            self.fail(tree, "a quantity is compared with a parameter.", "Use value(x, 'unit') on both to compare two results.")
        return n.Compare(n.TRUTH, OPS[type(op)], a, b)

    def _is(self, left: ast.expr, right: ast.expr) -> n.Node:
        if isinstance(right, ast.Name) and isinstance(left, ast.Name):
            members = self.scope.collection(right.id)
            if members is not None:
                if left.id not in members:
                    self.fail(left, f"no row puts '{left.id}' into {right.id}.", nearest(left.id, members), "unknown-name")
                return n.Member(n.TRUTH, left.id, right.id)
        node = self.read(left)
        if isinstance(right, ast.Name) and right.id == "known":
            return n.Known(n.TRUTH, node)
        names = right.elts if isinstance(right, ast.Tuple) else [right]
        allowed = self.scope.words(node)
        if not allowed:
            self.fail(left, f"a {_called(node.kind)} has no words to be.", "Compare it with a parameter, or ask `is known`.")
        for name in names:
            if not isinstance(name, ast.Name) or name.id not in allowed:
                word = name.id if isinstance(name, ast.Name) else ast.unparse(name)
                self.fail(name, f"'{word}' is not one of: {', '.join(allowed)}.", nearest(word, allowed), "unknown-name")
        return n.Is(n.TRUTH, node, tuple(name.id for name in names if isinstance(name, ast.Name)))

    # ---- arithmetic and functions

    def read_binop(self, tree: ast.BinOp) -> n.Node:
        if type(tree.op) not in ARITHMETIC:
            self.fail(tree, "arithmetic knows + - * / **.", id="expression-syntax")
        return n.Arithmetic(n.NUMBER, ARITHMETIC[type(tree.op)], (self.number(tree.left), self.number(tree.right)))

    def read_call(self, tree: ast.Call) -> n.Node:
        name = tree.func.id if isinstance(tree.func, ast.Name) else ast.unparse(tree.func)
        if name not in FUNCTIONS:
            self.fail(tree, f"there is no function '{name}'.", nearest(name, FUNCTIONS), "unknown-name")
        options = {keyword.arg: keyword.value for keyword in tree.keywords}
        for option in options:
            if option not in ("within", "above"):
                self.fail(tree, f"'{name}' has no option '{option}'.", "Options are within and above.", "unknown-name")
        if not tree.args:
            self.fail(tree, f"'{name}' needs something to work on.", id="expression-syntax")
        match name:
            case "any_of" | "all_of":
                made = n.Or if name == "any_of" else n.And
                return made(n.TRUTH, tuple(self.truth(arg) for arg in tree.args))
            case "certain":
                return n.Certain(n.TRUTH, self.truth(tree.args[0]))
            case "count_of":
                return n.CountOf("count", tuple(self.truth(arg) for arg in tree.args))
            case "log10" | "min" | "max":
                return n.Arithmetic(n.NUMBER, name, tuple(self.number(arg) for arg in tree.args))
            case "default" if len(tree.args) == 2:
                return n.Default(n.NUMBER, self.number(tree.args[0]), self.number(tree.args[1]))
            case "value" if len(tree.args) == 2:
                return self._amount(tree)
        return self._lookup(tree, name, options)

    def _amount(self, tree: ast.Call) -> n.Node:
        term, unit = self.read(tree.args[0]), tree.args[1]
        units = self.scope.units(term.kind)
        text = unit.value if isinstance(unit, ast.Constant) else None
        found = units.named(text) if units and isinstance(text, str) else None
        if units is None or found is None:
            known = [u.name for u in units.units] if units else []
            self.fail(tree, f"{ast.unparse(tree.args[0])} has no unit {text!r}.", nearest(str(text), known), "unknown-unit")
        factors = (units.factor(group, found.group) for group in range(len(units.groups)))
        return n.Amount(n.NUMBER, term, tuple(f if f is None else f / found.times for f in factors), found.name)

    def _lookup(self, tree: ast.Call, function: str, options: dict[str | None, ast.expr]) -> n.Node:
        first = tree.args[0]
        name = first.id if isinstance(first, ast.Name) else ast.unparse(first)
        found = self.scope.concept(name)
        if found is None:
            self.fail(first, f"there is no concept '{name}'.", nearest(name, self.scope.concepts()), "unknown-concept")
        concept, measured = found
        window = self._window(options.get("within"))
        if measured != (function in ("latest", "earliest", "count")) and function not in OF_ANY:
            help = "Use latest() or count() for a result." if measured else "Use has(), ever() or recent()."
            self.fail(tree, f"'{function}' does not fit {concept}.", help)
        match function:
            case "latest" | "earliest":
                return n.Latest(concept, concept, window, function == "earliest")
            case "count":
                above = self.read(options["above"]) if "above" in options else None
                if above is not None and above.kind != concept:
                    self.fail(options["above"], f"{concept} is not counted above a {_called(above.kind)}.", id="kind-mismatch")
                return n.Tally("count", concept, window, above)
            case "days_since" | "days_on" | "months_on" | "dose" if window is None:
                return n.Course(COURSE_KINDS[function], function, concept)
            case "days_since_first":
                return n.Course(COURSE_KINDS[function], function, concept, window)
        if (function in NEED_WINDOW) != (window is not None):
            self.fail(tree, f"{' and '.join(f'{name}()' for name in NEED_WINDOW)} need within=..., the others take none.", id="expression-syntax")
        return n.Presence(n.TRUTH, function, concept, window)

    def _window(self, tree: ast.expr | None) -> n.Node | None:
        if tree is None:
            return None
        window = self.read(tree)
        if window.kind != "days":
            self.fail(tree, f"a window is a parameter in days, not a {_called(window.kind)}.", id="kind-mismatch")
        return window
