"""The source of a Bicep file, or one ARM template expression, becomes a tree with the offsets of every part.

Source: learn.microsoft.com/azure/azure-resource-manager/bicep/file, …/bicep/data-types and
…/templates/template-expressions, read 2026-11-22. Read are declarations of parameters, variables, resources, modules
and outputs with their values; types, decorators, functions of the user's own and operators are passed over, and what is
made with them is `Unclear`. No grammar is complete here: a file that goes another way yields what was understood.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.azure.tokens import Token, TooDeep, tokens
from nhilint.formats.azure.tree import Array, Call, Declaration, Literal, Loop, Member, Name, Object, Text, Unclear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.azure.tree import Expr

_DEEPEST = 60
_OPERATORS = frozenset({"==", "!=", "<=", ">=", "=~", "!~", "&&", "||", "??", "+", "-", "*", "/", "%", "<", ">", "?"})


class Parser:
    """Reads declarations and expressions from tokens."""

    def __init__(self, source: str, stream: list[Token], *, doubled: bool = False) -> None:
        self._source = source
        self._tokens = stream
        self._count = len(stream)
        self._at = 0
        self._depth = 0
        self._doubled = doubled

    # -- declarations --------------------------------------------------------------------------------------------

    def declarations(self) -> Iterator[Declaration]:
        """The declarations of a file; lines of any other sort are passed over."""
        while self._here.kind != "end":
            token = self._here
            if token.kind == "word" and token.text in ("param", "var", "resource", "module", "output", "targetScope"):
                self._at += 1
                found = self._declaration(token)
                if found is not None:
                    yield found
            elif token.kind == "word" and token.text in ("using", "import"):
                self._at += 1
                yield from self._taken_in(token)
            self._next_line()

    def _declaration(self, token: Token) -> Declaration | None:
        if token.text == "targetScope":
            value = self._expression() if self._take("=") else None
            return Declaration("targetScope", "", "", False, value, token.start, self._here.start)  # noqa: FBT003
        if self._here.kind != "word":
            return None
        name = self._step().text
        of = ""
        if token.text in ("resource", "module") and self._here.kind == "text":
            of = self._step().text.strip("'")
        existing = self._here.text == "existing"
        while self._here.kind not in ("newline", "end") and self._here.text != "=":
            if not self._skip_group():
                self._at += 1
        value = self._expression() if self._take("=") else None
        return Declaration(token.text, name, of, existing, value, token.start, self._here.start)

    def _taken_in(self, token: Token) -> Iterator[Declaration]:
        """The file that parameters are for, or what a file takes from another one, by the names that it has here."""
        names: list[tuple[str, Expr | None]] = []
        while self._here.kind not in ("text", "end") and not (self._here.kind == "newline" and token.text == "using"):
            word = self._step()
            if word.kind == "word" and word.text == "as" and self._here.kind == "word":
                original = names.pop()[1] if names else None
                names.append((self._step().text, original))
            elif word.kind == "word" and word.text != "from":
                names.append((word.text, Name(word.text, word.start, word.end)))
        of = self._step().text.strip("'") if self._here.kind == "text" else ""
        for name, original in names if token.text == "import" else [("", None)]:
            yield Declaration(token.text, name, of, False, original, token.start, self._here.start)  # noqa: FBT003

    # -- expressions ---------------------------------------------------------------------------------------------

    def expression(self) -> Expr:
        """The one expression of a text that is nothing else."""
        return self._expression()

    def _expression(self) -> Expr:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise TooDeep
        try:
            start = self._here.start
            if self._here.text == "if" and not self._doubled:
                self._at += 1
                self._skip_group()
            found = self._with_members(self._primary())
            if not self._continues():
                return found
            self._rest_of_operation()
            return Unclear(start, self._tokens[max(self._at - 1, 0)].end)
        finally:
            self._depth -= 1

    def _continues(self) -> bool:
        """Whether an operator follows, be it on the next line."""
        ahead = self._at
        while self._tokens[ahead].kind == "newline":
            ahead += 1
        if self._tokens[ahead].text in _OPERATORS and self._tokens[ahead].kind == "mark":
            self._at = ahead
            return True
        return False

    def _rest_of_operation(self) -> None:
        while True:
            operator = self._step().text
            self._lines()
            if self._here.text == "!" or (self._here.text == "-" and self._here.kind == "mark"):
                self._at += 1
            self._with_members(self._primary())
            if operator == "?":
                self._continues_until_colon()
            if not self._continues():
                return

    def _continues_until_colon(self) -> None:
        while self._continues():
            self._rest_of_operation()
        ahead = self._at
        while self._tokens[ahead].kind == "newline":
            ahead += 1
        if self._tokens[ahead].text == ":":
            self._at = ahead + 1
            self._lines()
            self._expression()

    def _primary(self) -> Expr:  # noqa: PLR0911 - one return for each sort of expression
        token = self._here
        if token.kind == "text":
            self._at += 1
            return self._text(token)
        if token.kind == "number":
            self._at += 1
            number = float(token.text) if token.text.isdigit() and len(token.text) < 16 else None
            return Literal(number, token.start, token.end)
        if token.text == "{":
            return self._object()
        if token.text == "[":
            return self._array()
        if token.text == "(":
            self._at += 1
            self._lines()
            inner = self._expression()
            self._close(")")
            return inner
        if token.text == "!":
            self._at += 1
            self._with_members(self._primary())
            return Unclear(token.start, self._here.start)
        if token.kind == "word":
            return self._word(token)
        if token.kind != "end" and token.text not in (")", "]", "}"):
            self._at += 1
        return Unclear(token.start, token.end)

    def _word(self, token: Token) -> Expr:
        self._at += 1
        if token.text in ("true", "false", "null"):
            return Literal({"true": True, "false": False}.get(token.text), token.start, token.end)
        if self._here.text == "(":
            return Call(token.text, self._arguments(), token.start, self._tokens[self._at - 1].end)
        return Name(token.text, token.start, token.end)

    def _with_members(self, base: Expr) -> Expr:
        while self._here.text in (".", ".?", "[", "::", "!"):
            token = self._step()
            if token.text == "!":
                continue
            if token.text == "[":
                if self._here.text == "?":
                    self._at += 1
                self._lines()
                index = self._expression()
                self._close("]")
                base = Member(base, index, base.start, self._tokens[self._at - 1].end)
            elif self._here.kind == "word":
                name = self._step()
                if self._here.text == "(":
                    base = Call(name.text, self._arguments(), base.start, self._tokens[self._at - 1].end)
                else:
                    base = Member(base, name.text, base.start, name.end)
            else:
                return base
        return base

    def _arguments(self) -> tuple[Expr, ...]:
        self._at += 1
        found: list[Expr] = []
        self._lines()
        while self._here.text != ")" and self._here.kind != "end":
            before = self._at
            found.append(self._expression())
            self._lines()
            self._take(",")
            self._lines()
            if self._at == before:
                self._at += 1
        self._close(")")
        return tuple(found)

    def _object(self) -> Expr:
        start = self._step().start
        entries: list[tuple[str, Expr]] = []
        self._lines()
        while self._here.text != "}" and self._here.kind != "end":
            before = self._at
            if self._here.text == "resource" and self._tokens[self._at + 1].kind == "word":
                self._at += 1
                entries.extend(self._child())
                self._lines()
                continue
            token = self._step()
            key = token.text.strip("'") if token.kind in ("word", "text", "number") else ""
            if key and self._take(":"):
                self._lines()
                entries.append((key, self._expression()))
            elif token.text == "...":
                self._expression()
            elif not key:
                self._at = max(self._at, before + 1)
            self._take(",")
            self._lines()
        self._close("}")
        return Object(tuple(entries), start, self._tokens[self._at - 1].end)

    def _child(self) -> Iterator[tuple[str, Expr]]:
        """A resource that is declared inside another one, under a key that no property can have."""
        declared = self._declaration(Token("word", "resource", self._here.start, self._here.end))
        if declared is not None and declared.value is not None:
            yield f"resource {declared.name} {declared.of}", declared.value

    def _array(self) -> Expr:
        start = self._step().start
        self._lines()
        if self._here.text == "for":
            return self._loop(start)
        items: list[Expr] = []
        while self._here.text != "]" and self._here.kind != "end":
            before = self._at
            items.append(self._expression())
            self._take(",")
            self._lines()
            if self._at == before:
                self._at += 1
        self._close("]")
        return Array(tuple(items), start, self._tokens[self._at - 1].end)

    def _loop(self, start: int) -> Expr:
        self._at += 1
        name = ""
        if self._here.text == "(":
            name = self._tokens[self._at + 1].text
            self._skip_group()
        elif self._here.kind == "word":
            name = self._step().text
        if self._here.text == "in":
            self._at += 1
        source = self._expression()
        self._lines()
        self._take(":")
        self._lines()
        body = self._expression()
        self._lines()
        self._close("]")
        return Loop(name, source, body, start, self._tokens[self._at - 1].end)

    def _text(self, token: Token) -> Expr:
        raw = token.text
        if raw.startswith("'''"):
            return Text((raw[3:-3].removeprefix("\n"),), token.start, token.end)
        inner = raw[1:-1] if raw.endswith("'") and len(raw) > 1 else raw[1:]
        if self._doubled:
            return Text((inner.replace("''", "'"),), token.start, token.end)
        return Text(tuple(self._parts(inner, token.start + 1)), token.start, token.end)

    def _parts(self, inner: str, offset: int) -> Iterator[str | Expr]:
        position = 0
        while True:
            at = inner.find("${", position)
            if at < 0 or (at and inner[at - 1] == "\\"):
                yield _unescaped(inner[position:])
                return
            end = _hole_end(inner, at + 2)
            yield _unescaped(inner[position:at])
            stream = tokens(self._source, offset + at + 2, offset + end)
            parser = Parser(self._source, stream)
            parser._depth = self._depth + 1
            yield parser.expression()
            position = end + 1

    # -- stepping ------------------------------------------------------------------------------------------------

    @property
    def _here(self) -> Token:
        return self._tokens[self._at] if self._at < self._count else self._tokens[-1]

    def _step(self) -> Token:
        token = self._here
        self._at += 1
        return token

    def _take(self, text: str) -> bool:
        if self._here.text == text and self._here.kind == "mark":
            self._at += 1
            return True
        return False

    def _lines(self) -> None:
        while self._here.kind == "newline":
            self._at += 1

    def _close(self, text: str) -> None:
        """Passes over what is left before a closing mark, and the mark."""
        depth = 0
        while self._here.kind != "end":
            token = self._step()
            if token.text == text and depth == 0:
                return
            depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))

    def _skip_group(self) -> bool:
        """Passes over a group in brackets, if one begins here."""
        closing = {"(": ")", "[": "]", "{": "}"}.get(self._here.text)
        if closing is None:
            return False
        self._at += 1
        self._close(closing)
        return True

    def _next_line(self) -> None:
        while self._here.kind not in ("newline", "end"):
            if not self._skip_group():
                self._at += 1
        self._lines()


def _hole_end(text: str, position: int) -> int:
    depth = 1
    for at in range(position, len(text)):
        depth += (text[at] == "{") - (text[at] == "}")
        if depth == 0:
            return at
    return len(text)


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda m: {"n": "\n", "r": "\r", "t": "\t"}.get(m[1], m[1]), text)
