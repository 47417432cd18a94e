"""Reads the expressions of GitHub Actions (`${{ … }}`) into small trees, without evaluating them.

Contexts and functions are not case-sensitive, so their names come out in lower case. A text that does not parse, or is
longer or deeper than any real one, gives None: nothing is concluded from a part.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/expressions, read 2026-11-22.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from nhilint.source.deferred import Deferred

MOST_CHARACTERS = 8_000
MOST_DEPTH = 40
_TOKEN = Deferred(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<number>-?(?:0x[0-9a-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?))"
    r"|(?P<name>[A-Za-z_][\w-]*)|(?P<mark>&&|\|\||==|!=|<=|>=|[<>!().,*\[\]]))"
)
_OPEN = "${{"
_BINDING = {"||": 1, "&&": 2, "==": 3, "!=": 3, "<": 4, "<=": 4, ">": 4, ">=": 4}


class Literal(Struct, frozen=True):
    """A text, number, boolean or null."""

    value: str | float | bool | None


class Context(Struct, frozen=True):
    """A route into a context: `github.event.issue.title`. `*` stands for every element, `?` for a computed index."""

    path: tuple[str, ...]


class Call(NamedTuple):
    """A function with its arguments. `?` stands for what is taken, by `route`, from what another one returns."""

    name: str
    arguments: tuple[Term, ...]
    route: tuple[str, ...] = ()


class Operation(Struct, frozen=True):
    """`!`, `&&`, `||` or a comparison with its operands."""

    sign: str
    operands: tuple[Term, ...]


Term = Literal | Context | Call | Operation


class Embedded(Struct, frozen=True):
    """An expression inside a text: `text[start:end]` is the whole `${{ … }}`, `source` what stands inside."""

    start: int
    end: int
    source: str


def embedded(text: str) -> list[Embedded]:
    """Every `${{ … }}` of a text, in order. An unclosed one is left out."""
    found: list[Embedded] = []
    start = text.find(_OPEN)
    while start >= 0:
        end = _closing(text, start + 3)
        if end < 0:
            break
        found.append(Embedded(start, end + 2, text[start + 3 : end].strip()))
        start = text.find(_OPEN, end + 2)
    return found


@lru_cache(maxsize=4096)
def parse(source: str) -> Term | None:
    """The tree of one expression without its brackets; None when it cannot be read."""
    if len(source) > MOST_CHARACTERS:
        return None
    tokens = _tokens(source)
    if not tokens:
        return None
    try:
        parser = _Parser(tokens)
        term = parser.expression(0, 0)
        return term if parser.position == len(tokens) else None
    except _MalformedError:
        return None


def is_whole_json(source: str) -> bool:
    """Whether an expression is all that `toJson` gives: one JSON value, complete."""
    term = parse(source)
    return isinstance(term, Call) and term.name == "tojson" and not term.route


def contexts(term: Term) -> list[Context]:
    """Every context that a tree mentions, in order."""
    if isinstance(term, Context):
        return [term]
    inner = term.arguments if isinstance(term, Call) else term.operands if isinstance(term, Operation) else ()
    return [context for part in inner for context in contexts(part)]


class _MalformedError(Exception):
    """The text is no expression."""


def _closing(text: str, position: int) -> int:
    """Where `}}` closes, texts in quotes skipped; -1 when it never does."""
    while True:
        end = text.find("}}", position)
        quote = text.find("'", position)
        if end < 0 or quote < 0 or end < quote:
            return end
        closing = text.find("'", quote + 1)
        if closing < 0:
            return end
        position = closing + 1


def _tokens(source: str) -> list[tuple[str, str]] | None:
    tokens: list[tuple[str, str]] = []
    position, end = 0, len(source.rstrip())
    while position < end:
        match = _TOKEN.match(source, position)
        if match is None:
            return None
        kind = match.lastgroup or ""
        tokens.append((kind, match[kind]))
        position = match.end()
    return tokens


class _Parser:
    """Precedence climbing over the tokens of one expression. Runs of one `&&` or `||` become one wide operation."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.position = 0

    def expression(self, floor: int, depth: int) -> Term:
        if depth > MOST_DEPTH:
            raise _MalformedError
        left = self._unary(depth)
        length = 0
        while (sign := self._peek()) in _BINDING and _BINDING[sign] > floor:
            self.position += 1
            right = self.expression(_BINDING[sign], depth + 1)
            if sign in ("&&", "||") and isinstance(left, Operation) and left.sign == sign:
                left = Operation(sign, (*left.operands, right))
                continue
            length += 1
            if length > MOST_DEPTH:
                raise _MalformedError
            left = Operation(sign, (left, right))
        return left

    def _peek(self) -> str:
        if self.position >= len(self.tokens):
            return ""
        kind, text = self.tokens[self.position]
        return text if kind == "mark" else ""

    def _next(self) -> tuple[str, str]:
        if self.position >= len(self.tokens):
            raise _MalformedError
        self.position += 1
        return self.tokens[self.position - 1]

    def _expect(self, mark: str) -> None:
        if self._next() != ("mark", mark):
            raise _MalformedError

    def _unary(self, depth: int) -> Term:
        negations = 0
        while self._peek() == "!":
            self.position += 1
            negations += 1
        term = self._primary(depth)
        for _ in range(min(negations, 2) if negations % 2 == 0 else 1):
            term = Operation("!", (term,))
        return term

    def _primary(self, depth: int) -> Term:
        kind, text = self._next()
        if kind == "text":
            return Literal(text[1:-1].replace("''", "'"))
        if kind == "number":
            return Literal(float(int(text, 16)) if "x" in text else float(text))
        if (kind, text) == ("mark", "("):
            inner = self.expression(0, depth + 1)
            self._expect(")")
            return self._route(inner, depth)
        if kind != "name":
            raise _MalformedError
        if self._peek() == "(":
            return self._route(self._call(text.lower(), depth), depth)
        if text.lower() in _WORDS:
            return Literal(_WORDS[text.lower()])
        return self._route(Context((text.lower(),)), depth)

    def _call(self, name: str, depth: int) -> Call:
        self._expect("(")
        arguments: list[Term] = []
        while self._peek() != ")":
            arguments.append(self.expression(0, depth + 1))
            if self._peek() == ",":
                self.position += 1
            elif self._peek() != ")":
                raise _MalformedError
        self._expect(")")
        return Call(name, tuple(arguments))

    def _route(self, term: Term, depth: int) -> Term:
        """Take `.name`, `.*` and `[index]` after a term. What is taken from a call keeps its text."""
        while self._peek() in (".", "["):
            self.position += 1
            if self.tokens[self.position - 1][1] == ".":
                kind, text = self._next()
                if kind != "name" and text != "*":
                    raise _MalformedError
                step = text.lower()
            else:
                index = self.expression(0, depth + 1)
                self._expect("]")
                step = index.value.lower() if isinstance(index, Literal) and isinstance(index.value, str) else "?"
            if isinstance(term, Context):
                term = Context((*term.path, step))
            elif isinstance(term, Call) and term.name == "?":
                term = term._replace(route=(*term.route, step))
            else:
                term = Call("?", (term,), (step,))
        return term


_WORDS: dict[str, bool | float | None] = {
    "true": True,
    "false": False,
    "null": None,
    "nan": float("nan"),
    "infinity": float("inf"),
}
