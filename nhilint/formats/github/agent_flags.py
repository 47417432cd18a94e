"""Reads command-line arguments as agents take them: flags with a value, flags without, values that add up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from nhilint.formats.github.expression import Literal, Operation, embedded, parse
from nhilint.formats.github.project_code import neutral

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.github.expression import Term

MOST_TEXT = 20_000
"""Arguments beyond this many characters are not read."""


class Flags(Struct, frozen=True):
    """The words of one command line. Names are given with their dashes."""

    words: tuple[str, ...]

    def has(self, *names: str) -> bool:
        """Whether one of the flags is set, with or without a value."""
        return any(word.partition("=")[0] in names for word in self.words)

    def value(self, *names: str) -> str | None:
        """The value of the last such flag."""
        return next(reversed([values[0] for values in self._values(names) if values]), None)

    def values(self, *names: str) -> tuple[str, ...]:
        """Every value of these flags, of those that take several words too."""
        return tuple(value for values in self._values(names) for value in values)

    def _values(self, names: Sequence[str]) -> Iterator[tuple[str, ...]]:
        for index, word in enumerate(self.words):
            name, equals, value = word.partition("=")
            if name not in names:
                continue
            if equals:
                yield (value,)
                continue
            following: list[str] = []
            for later in self.words[index + 1 :]:
                if later.startswith("-"):
                    break
                following.append(later)
            yield tuple(following)


def spelled_out(text: str) -> tuple[str, bool]:
    """A text with each expression replaced by every text that can come out of it, and whether that is all of it."""
    parts: list[str] = []
    position, complete = 0, True
    for part in embedded(text):
        term = parse(part.source)
        found = list(literals(term)) if term is not None else [None]
        complete = complete and None not in found
        parts += [text[position : part.start], " ".join(literal for literal in found if literal)]
        position = part.end
    return "".join((*parts, text[position:])), complete


def literals(term: Term) -> Iterator[str | None]:
    """The texts that an expression can have as its value; None for one that the file does not tell."""
    if isinstance(term, Literal):
        yield term.value if isinstance(term.value, str) else ""
    elif isinstance(term, Operation) and term.sign == "||":
        for part in term.operands:
            yield from literals(part)
    elif isinstance(term, Operation) and term.sign == "&&":
        yield from literals(term.operands[-1])
    else:
        yield None


def read_flags(text: str) -> Flags:
    """The arguments in a text, quotes taken away; lines that are comments are left out.

    Nothing is an operator here: the text goes to a program, not to a shell.
    """
    lines = [line for line in neutral(spelled_out(text)[0]).splitlines() if not line.lstrip().startswith("#")]
    plain = " ".join(line.rstrip().removesuffix("\\") for line in lines)[:MOST_TEXT]
    from shlex import shlex

    lexer = shlex(plain, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    try:
        return Flags(tuple(lexer))
    except ValueError:
        return Flags(tuple(plain.split()))
