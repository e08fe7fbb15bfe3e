"""FHIRPath as far as views use it: text to a tree of nodes. What is beyond is refused by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cobalamin.errors import InputError

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^'\\]|\\.)*')|(?P<number>\d+(?:\.\d+)?)|(?P<constant>%(?:\w+|`[^`]+`))|(?P<name>\$?[A-Za-z_]\w*|`[^`]+`)"
    r"|(?P<sign>!=|<=|>=|!~|[=<>~().,\[\]+\-*/|&{}@]))"
)
LEVELS = (("implies",), ("or", "xor"), ("and",), ("in", "contains"), ("=", "!=", "~", "!~"), ("<", ">", "<=", ">="), ("|",), ("is", "as"),
          ("+", "-", "&"), ("*", "/", "div", "mod"))  # fmt: skip
"""Operators, the loosest first."""
SPOKEN = ("or", "and", "=", "!=", "<", ">", "<=", ">=", "+", "-", "*", "/")
FUNCTIONS = ("exists", "empty", "first", "where", "ofType", "join", "extension", "not", "getResourceKey", "getReferenceKey")
"""The functions that both runners know."""
ESCAPES = {"n": "\n", "r": "\r", "t": "\t", "f": "\f"}


class ViewError(InputError):
    """A view that cannot be run: it is wrong, or uses something that is not supported, which the message names."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A text, a whole or broken number, a truth, or nothing (`{}`)."""

    value: str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class Constant:
    name: str


@dataclass(frozen=True, slots=True)
class Member:
    """A field of what stands before the dot; of the focus where nothing does."""

    of: Node | None
    name: str


@dataclass(frozen=True, slots=True)
class Index:
    of: Node
    at: Node


@dataclass(frozen=True, slots=True)
class Call:
    """A function of what stands before the dot."""

    of: Node | None
    name: str
    given: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Binary:
    sign: str
    left: Node
    right: Node


Node = Literal | Constant | Member | Index | Call | Binary


def parse(text: object) -> Node:
    """The tree of a path, or a ViewError that names what is wrong.

    >>> parse("name.first()")
    Call(of=Member(of=None, name='name'), name='first', given=())
    """
    if not isinstance(text, str):
        raise ViewError("A path of the view is no text.")
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str):
        self.text, self.at = text, 0
        self.tokens: list[tuple[str, str]] = []
        place = 0
        while place < len(text.rstrip()):
            found = TOKEN.match(text, place)
            if not found:
                raise ViewError(f"The path {text!r} cannot be read at character {place + 1}.")
            self.tokens.append((str(found.lastgroup), found[str(found.lastgroup)]))
            place = found.end()

    def whole(self) -> Node:
        node = self._level(0)
        if self.at < len(self.tokens):
            raise ViewError(f"The path {self.text!r} cannot be read at {self._now()!r}.")
        return node

    def _now(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def _take(self, sign: str) -> bool:
        if self._now() == sign and self.tokens[self.at][0] != "text":
            self.at += 1
            return True
        return False

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise ViewError(f"The path {self.text!r} lacks {sign!r} at {self._now()!r}.")

    def _level(self, level: int) -> Node:
        if level == len(LEVELS):
            return self._postfix(self._term())
        node = self._level(level + 1)
        while (sign := self._now()) in LEVELS[level] and self.tokens[self.at][0] in ("sign", "name"):
            if sign not in SPOKEN:
                raise ViewError(f"The path {self.text!r} uses the operator {sign!r}, which is not supported.")
            self.at += 1
            node = Binary(sign, node, self._level(level + 1))
        return node

    def _term(self) -> Node:
        if self.at >= len(self.tokens):
            raise ViewError(f"The path {self.text!r} ends too early.")
        kind, held = self.tokens[self.at]
        self.at += 1
        if kind == "text":
            return Literal(re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), held[1:-1]))
        if kind == "number":
            return Literal(float(held) if "." in held else int(held))
        if kind == "constant":
            return Constant(held[1:].strip("`"))
        if kind == "name":
            if held in ("true", "false"):
                return Literal(held == "true")
            return self._named(None, held.strip("`"))
        if held == "(":
            node = self._level(0)
            self._need(")")
            return node
        if held == "{":
            self._need("}")
            return Literal(None)
        if held == "-" and self.at < len(self.tokens) and self.tokens[self.at][0] == "number":
            inner = self._term()
            return Literal(-inner.value) if isinstance(inner, Literal) and isinstance(inner.value, (int, float)) else inner
        what = "a date or time" if held == "@" else repr(held)
        raise ViewError(f"The path {self.text!r} uses {what} where that is not supported.")

    def _named(self, of: Node | None, name: str) -> Node:
        if not self._take("("):
            return Member(of, name)
        given: list[Node] = []
        while not self._take(")"):
            if given:
                self._need(",")
            given.append(self._level(0))
        return Call(of, name, tuple(given))

    def _postfix(self, node: Node) -> Node:
        while True:
            if self._take("."):
                if self.at >= len(self.tokens) or self.tokens[self.at][0] != "name":
                    raise ViewError(f"The path {self.text!r} lacks a name after a dot.")
                self.at += 1
                node = self._named(node, self.tokens[self.at - 1][1].strip("`"))
            elif self._take("["):
                node = Index(node, self._level(0))
                self._need("]")
            else:
                return node
