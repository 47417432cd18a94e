"""What a step's shell script leaves for later steps: outputs, environment variables and files, with their origin.

A value is traced through one script by its text alone: a variable set from an expression, from the environment or from
a command that fetches what people have written, and lines that go to `$GITHUB_OUTPUT`, `$GITHUB_ENV` or a file, one by
one, in a group, or as a text of several lines. What a pipe or a command has been through keeps its origin but is marked
as changed: it is still that person's text to whoever reads it, but may have lost what would end a quoted word.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands (output parameters,
environment variables, multiline strings), https://cli.github.com/manual/, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct
from msgspec.structs import replace

from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.formats.github.untrusted import Chooser

Kind = Literal["output", "variable", "file"]

_MOST_LINES = 1_000
_MOST_LINE = 2_000
_TARGET = Deferred(
    r"(?:>{1,2}|\btee(?:\s+-a|\s+--append)?)\s*[\"']?(\$\{?GITHUB_(?:OUTPUT|ENV)\}?|[\w./${}-]{1,200})[\"']?"
)
_HEREDOC = Deferred(r"<<-?\s*[\"']?([A-Za-z_]\w{0,60})[\"']?")
_ASSIGNMENT = Deferred(r"\s*(?:export\s+|local\s+)?([A-Za-z_]\w{0,80})=(.*)")
_VARIABLE = Deferred(r"\$(?:\{([A-Za-z_]\w*)([^}\n]{0,200})\}|([A-Za-z_]\w*))")
_NAMED = Deferred(r"[\"'\s]*([A-Za-z_][\w-]{0,80})(=|<<)(.*)")
_SPEAKS = Deferred(r"\s*(?:echo|printf)\s+(?:-[neE]{1,3}\s+)?(?:[\"']%s(?:\\n)?[\"']\s+)?(.*)")
_CHANGES = Deferred(r"\||\$\(|`")
_BEFORE = Deferred(r"&&|\|\||;|\bthen\b|\belse\b")
_FETCH = Deferred(r"\bgh\s+(issue|pr)\s+(view|list|diff)\b([^|;&)\n]{0,400})")
_FIELDS = Deferred(r"--json[ =][\"']?([\w,]{1,300})")
_TOLD = frozenset({"title", "body", "comments", "reviews", "headRefName", "files", "commits", "latestReviews"})


class Origin(Struct, frozen=True):
    """Where a value comes from: the context as written in the first place, and who chooses it.

    `changed` says that a command has worked on it since.
    """

    expression: str
    chooser: Chooser
    path: tuple[str, ...]
    changed: bool = False


class Left(Struct, frozen=True):
    """One value that a script leaves behind: an output, a variable of the environment, or a file by its path."""

    kind: Kind
    name: str
    origin: Origin


class _Line(Struct, frozen=True):
    """A line that is written somewhere: `spoken` when it goes there as it stands, not as the outcome of a command."""

    text: str
    target: str
    spoken: bool


def left_by(
    script: str, of_text: Callable[[str], Origin | None], of_variable: Callable[[str], Origin | None]
) -> tuple[Left, ...]:
    """What a script leaves. `of_text` finds the origin of an expression, `of_variable` that of the environment."""
    if ">" not in script and "tee" not in script:
        return ()
    return tuple(_Script(script, of_text, of_variable).left())


def lines_to_environment(script: str, writes: Deferred | None = None) -> Iterator[tuple[int, str]]:
    """The lines that are written to `$GITHUB_ENV` as they stand, each with where it starts in the script: single ones,
    those of a group that begin with a command that `writes` (one that says something), and those of a text of several
    lines whose variables the shell fills in.

    Left out is what a pipe has been through, and a value between delimiters that nobody can foresee.
    """
    lines = script.splitlines(keepends=True)[:_MOST_LINES]
    writes = writes or _SAYS
    groups, position = _groups(lines), 0
    ends, into, delimiter = "", False, ""
    for index, line in enumerate(lines):
        start, position = position, position + len(line)
        if ends:
            ends = "" if line.strip() == ends else ends
            if ends and into:
                yield start, line
            continue
        target = _target_of(line) or groups.get(index, "")
        heredoc = _HEREDOC.search(line) if re.match(r"\s*(?:cat|tee)\b", line) else None
        if heredoc is not None:
            ends, into = heredoc[1], target == "variable" and not {"'", '"'}.intersection(heredoc[0])
        elif target == "variable":
            made_up = _MADE_UP.search(line)
            if delimiter and delimiter in line:
                delimiter = ""
            elif made_up is not None:
                delimiter = made_up[1]
            elif not delimiter and "|" not in line and (index not in groups or writes.match(line) is not None):
                yield start, line


_SAYS = Deferred(r"\s*(?:echo|printf|cat)\b")
_MADE_UP = Deferred(r"\w<<[\"']?(\$\{?\w{1,60}|\$\()")
"""How a delimiter begins that the script makes up when it runs."""


def fetched(text: str) -> Origin | None:
    """What people have written, fetched by a command; None where it asks for numbers, names and states alone."""
    for match in _FETCH.finditer(text):
        fields = _FIELDS.search(match[3])
        is_text = fields is None or not _TOLD.isdisjoint(fields[1].split(","))
        if is_text and "--name-only" not in match[3]:
            return Origin(f"gh {match[1]} {match[2]}", "outsiders", ("gh", match[1]), changed=True)
    return None


class _Script:
    """One script with the values that its own variables and files have by the line that is looked at."""

    def __init__(
        self, script: str, of_text: Callable[[str], Origin | None], of_variable: Callable[[str], Origin | None]
    ) -> None:
        self._lines = [line[:_MOST_LINE] for line in script.replace("\\\n", " ").splitlines()[:_MOST_LINES]]
        self._of_text = of_text
        self._of_variable = of_variable
        self._own: dict[str, Origin | None] = {}
        self._files: dict[str, Origin] = {}

    def left(self) -> Iterator[Left]:
        ends = ""
        name = ""
        for line in self._written():
            if line.target not in ("output", "variable"):
                origin = self._origin(line.text, spoken=line.spoken)
                if origin is not None and line.target not in self._files:
                    self._files[line.target] = origin
                    yield Left("file", line.target, origin)
                continue
            kind: Kind = "output" if line.target == "output" else "variable"
            if ends:
                if ends in line.text:
                    ends = ""
                elif (origin := self._origin(line.text)) is not None:
                    yield Left(kind, name, origin)
                continue
            match = _NAMED.match(line.text)
            if match is not None and match[2] == "<<":
                name, ends = match[1], match[3].strip("\"' ") or "\0"
            elif match is not None and (origin := self._origin(match[3])) is not None:
                yield Left(kind, match[1], origin)

    def _written(self) -> Iterator[_Line]:
        """Every line of text that goes somewhere, in order; assignments are noted on the way."""
        groups = _groups(self._lines)
        ends, into = "", ""
        for index, line in enumerate(self._lines):
            if ends:
                if line.strip() == ends:
                    ends = ""
                elif into:
                    yield _Line(line, into, spoken=True)
                continue
            target = _target_of(line) or groups.get(index, "")
            heredoc = _HEREDOC.search(line) if re.match(r"\s*(?:cat|tee)\b", line) else None
            if heredoc is not None:
                ends, into = heredoc[1], target
                continue
            self._note(line)
            if target:
                said = _SPEAKS.match(_without_target(line))
                yield _Line(said[1] if said is not None else _without_target(line), target, said is not None)

    def _note(self, line: str) -> None:
        match = _ASSIGNMENT.match(line)
        if match is not None:
            self._own[match[1]] = self._origin(match[2])

    def _origin(self, text: str, *, spoken: bool = True) -> Origin | None:
        """The origin of a text: of an expression in it, of what a command in it fetches, of a variable or a file.

        A text that is not `spoken` is a command, which works on what it names.
        """
        changed = not spoken or _CHANGES.search(text) is not None
        found = self._of_text(text) or fetched(text) or self._of_names(text, spoken=spoken)
        return replace(found, changed=True) if found is not None and changed else found

    def _of_names(self, text: str, *, spoken: bool) -> Origin | None:
        for match in _VARIABLE.finditer(text):
            name = match[1] or match[3]
            origin = self._own[name] if name in self._own else self._of_variable(name)
            if origin is not None:
                return replace(origin, changed=origin.changed or bool(match[2]))
        reads = not spoken or "cat " in text or "<" in text
        return next((o for name, o in self._files.items() if reads and name in text), None)


def _groups(lines: list[str]) -> dict[int, str]:
    """For the lines between `{` and `} >> TARGET`: the target."""
    found: dict[int, str] = {}
    opened: list[int] = []
    for index, line in enumerate(lines):
        bare = line.strip()
        if bare in ("{", "("):
            opened.append(index)
        elif bare.startswith(("}", ")")) and opened:
            start, target = opened.pop(), _target_of(bare)
            if target:
                found.update({inner: target for inner in range(start + 1, index) if inner not in found})
    return found


def _target_of(line: str) -> str:
    """Where a line writes to: `output`, `variable`, or a file's path; empty for nowhere that can be told."""
    for match in _TARGET.finditer(line):
        name = match[1]
        if "GITHUB_OUTPUT" in name:
            return "output"
        if "GITHUB_ENV" in name:
            return "variable"
        path = name.rpartition("}/")[2] if "}/" in name else name
        path = path.split("/", 1)[1] if path.startswith("$") and "/" in path else path
        if not path.startswith(("/dev/", "&", "$")) and len(path.rsplit("/", 1)[-1]) > 3:
            return path.removeprefix("./")
    return ""


def _without_target(line: str) -> str:
    """The last command of a line, without where it writes to: what was asked before it is not written."""
    match = _TARGET.search(line)
    return _BEFORE.split(line[: match.start()] if match is not None else line)[-1]
