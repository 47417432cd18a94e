"""What a shell script is made of, with places: words of several parts, assignments, and simple commands.

Nothing is expanded here. A part that only a run can tell keeps what it is called, so that whoever reads a word can look
the name up or leave a gap.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct, field

PartKind = Literal["text", "variable", "list", "argument", "output", "document", "default"]


class Part(Struct, frozen=True):
    """A piece of a word. `text` is the text itself, the name of a `variable` or of a `list` that is taken whole
    (`"${ROLES[@]}"`), the number of an `argument`, the characters of a here-document that a substitution prints
    (`document`, as `12:90:1`), those of the commands whose `output` it is, or a name and what stands for it where
    nobody gives it another meaning (`default`, as `NAME=text`). `quoted` tells of quotes.
    """

    kind: PartKind
    text: str
    quoted: bool = False


class Word(Struct, frozen=True):
    """A word of a command and the characters of the script that it stands on."""

    parts: tuple[Part, ...]
    start: int
    end: int

    @property
    def leading(self) -> str:
        """The text before the first part that is none; a keyword or an option begins with it."""
        found = []
        for part in self.parts:
            if part.kind != "text":
                break
            found.append(part.text)
        return "".join(found)

    @property
    def plain(self) -> str | None:
        """The whole word where it is nothing but text."""
        return self.leading if all(part.kind == "text" for part in self.parts) else None

    @property
    def is_bare(self) -> bool:
        """Whether it is written without any quotes, as a keyword has to be."""
        return not any(part.quoted for part in self.parts)

    def after(self, count: int) -> Word:
        """The word without so many characters of its leading text."""
        kept: list[Part] = []
        left = count
        for part in self.parts:
            taken = min(left, len(part.text)) if part.kind == "text" else 0
            left -= taken
            if part.kind != "text" or len(part.text) > taken:
                kept.append(Part(part.kind, part.text[taken:], part.quoted) if taken else part)
        return Word(tuple(kept), min(self.start + count, self.end), self.end)


class Assignment(Struct, frozen=True):
    """`NAME=value` or `NAME=(a b c)`. `local` tells of a function's own variable; `certain` is false where a branch
    decides whether it is made at all, or where it adds to what is there (`added`), `repeated` true within a loop.
    `joined` says that `&&`, `||` or a substitution decides about it even within its branch."""

    name: str
    values: tuple[Word, ...]
    is_list: bool
    certain: bool
    function: str
    local: bool = False
    repeated: bool = False
    added: bool = False
    joined: bool = False


class HereDocument(Struct, frozen=True):
    """A here-document: its characters, and whether variables are filled into it."""

    start: int
    end: int
    is_filled: bool


class Command(Struct):
    """One simple command: its words without assignments before it, the function whose body it stands in (`""`: none),
    the files that it writes to, its here-documents, and whether a branch of `case` chooses it among others."""

    words: list[Word] = field(default_factory=list)
    function: str = ""
    written: list[Word] = field(default_factory=list)
    documents: list[HereDocument] = field(default_factory=list)
    is_chosen: bool = False
    reads_from: int | None = None
    """The number of the command whose output it reads through a pipe."""


class Script(Struct):
    """All commands of a text in order, its assignments, the names of the functions that it defines, and where each
    branch of an `if` or `case` and the body of each loop stands, in the order of their ends."""

    text: str
    commands: list[Command] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    functions: set[str] = field(default_factory=set)
    branches: list[tuple[int, int]] = field(default_factory=list)
