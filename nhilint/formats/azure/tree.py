"""The parts of a Bicep file or of an ARM template expression, each with its offsets."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import Struct


class Literal(Struct, frozen=True):
    """A number, a truth value or null."""

    value: float | bool | None
    start: int
    end: int


class Text(Struct, frozen=True):
    """A text and the expressions inside it, in order."""

    parts: tuple[str | Expr, ...]
    start: int
    end: int


class Object(Struct, frozen=True):
    """An object; entries in order."""

    entries: tuple[tuple[str, Expr], ...]
    start: int
    end: int


class Array(Struct, frozen=True):
    """An array."""

    items: tuple[Expr, ...]
    start: int
    end: int


class Loop(Struct, frozen=True):
    """`[for name in source: body]`."""

    name: str
    source: Expr
    body: Expr
    start: int
    end: int


class Name(Struct, frozen=True):
    """A name that stands for something."""

    name: str
    start: int
    end: int


class Member(Struct, frozen=True):
    """A part of something, by name or by an expression in brackets."""

    base: Expr
    name: Expr | str
    start: int
    end: int


class Call(Struct, frozen=True):
    """A function and its arguments; the function's namespace is left out."""

    name: str
    arguments: tuple[Expr, ...]
    start: int
    end: int


class Unclear(Struct, frozen=True):
    """An expression that is not followed."""

    start: int
    end: int


Expr: TypeAlias = "Literal | Text | Object | Array | Loop | Name | Member | Call | Unclear"


class Declaration(Struct, frozen=True):
    """`param`, `var`, `resource`, `module`, `output`, `targetScope`, `using` or `import`.

    `of` is what a resource or module is, or the file that something comes from. The value of an import is the name that
    it has there; None for a whole file under a name.
    """

    keyword: str
    name: str
    of: str
    existing: bool
    value: Expr | None
    start: int
    end: int
