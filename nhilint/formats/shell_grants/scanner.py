"""Takes the text of a shell script apart in one bounded pass, without running or expanding anything.

Quotes, comments, continuations, here-documents, redirections, substitutions, functions, arrays and the branches that
assignments stand in are understood, as POSIX (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html)
and the manual of bash say (not re-read). The scanner of `knowledge.tools.shell_text` knows neither places nor
assignments, nor what is in a here-document, and those are what a grant is read from. A text that is too long, or goes
too deep, is refused as a whole: nothing is concluded from a part of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.shell_grants.parts import Command, HereDocument, Part, Script, Word
from nhilint.formats.shell_grants.sequence import RefusedError, Sequence
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.shell_grants.parts import PartKind

LONGEST = 400_000
DEEPEST = 12
_PLAIN = Deferred(r"[^\s\\'\"`$;|&()<>#\x00]+")
_IN_QUOTES = Deferred(r"[^\"\\`$\x00]+")
_NAME = Deferred(r"[A-Za-z_]\w{0,127}")
_BRACED = Deferred(r"\$\{([A-Za-z_]\w{0,127}|\d{1,3}|[@*#?$!-])(\[[@*]\])?\}")
_DEFAULT = Deferred(r"""\$\{([A-Za-z_]\w{0,127}):?[-=](["']?)([\w./@:-]{1,200})\2\}""")
"""A variable with what it is where nothing sets it, written out."""
_BRACES = Deferred(r"\{[^{}\s]{0,200}(?:,|\.\.)[^{}\s]{0,200}\}")


def scan(text: str) -> Script:
    """The commands of a script. Raises RefusedError beyond the limits."""
    if len(text) > LONGEST:
        raise RefusedError(f"it is longer than {LONGEST} characters")
    script = Script(text)
    Scanner(script).run()
    return script


class Scanner:
    """One pass; `position` only grows. Substitutions are scanned where they stand, one level deeper."""

    def __init__(self, script: Script) -> None:
        self.script = script
        self.text = script.text
        self.position = 0
        self.depth = 0
        self.blocks: list[str] = []
        self.begun: list[tuple[int, int]] = []
        self.waiting: list[tuple[Command, str, bool, bool]] = []
        self.named = ""
        self.closing = ""

    def run(self) -> None:
        """Take the whole text."""
        while self.position < len(self.text):
            self._commands(closed_by="")
            self.position += 1

    # -- commands ------------------------------------------------------------------------------------------------

    def _commands(self, closed_by: str) -> None:
        """Commands up to the end of the text, or to the character that closes the substitution they stand in."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise RefusedError(f"substitutions are more than {DEEPEST} deep")
        outer, self.closing = self.closing, closed_by
        state = Sequence(self)
        while self.position < len(self.text):
            if (
                closed_by
                and self.text[self.position] == closed_by
                and state.parentheses == 0
                and not state.awaits_pattern
            ):
                break
            state.step(self.text[self.position])
        state.end("")
        self.closing = outer
        self.depth -= 1

    def function(self) -> str:
        """The function that the text is in; empty outside of any."""
        return next((block[1:] for block in reversed(self.blocks) if block.startswith("{") and len(block) > 1), "")

    def decided(self, operator: str) -> bool:
        """Whether what stands here is run whenever its script or function is."""
        return operator not in ("&&", "||") and not any(block in ("if", "case", "while") for block in self.blocks)

    def branch(self, *, begins: bool = False) -> None:
        """End the branch that is open in the innermost block here, if there is one, and maybe begin the next."""
        depth = len(self.blocks)
        while self.begun and self.begun[-1][0] >= depth:
            opened, start = self.begun.pop()
            if opened == depth:
                self.script.branches.append((start, self.position))
        if begins:
            self.begun.append((depth, self.position))

    def documents(self) -> None:
        """The here-documents that begin with the line here, each handed to its command."""
        for command, mark, is_indented, is_filled in self.waiting:
            tabs = "\t*" if is_indented else ""
            found = re.compile(rf"^{tabs}{re.escape(mark)}[ \t\r]*$", re.MULTILINE).search(self.text, self.position)
            end = found.start() if found else len(self.text)
            command.documents.append(HereDocument(self.position, end, is_filled))
            self.position = min(found.end() + 1, len(self.text)) if found else len(self.text)
        self.waiting = []

    # -- words ---------------------------------------------------------------------------------------------------

    def word(self) -> Word:
        """The word that begins here; the position is behind it then."""
        parts: list[Part] = []
        start = self.position
        while self.position < len(self.text):
            character = self.text[self.position]
            if character == "`" and self.closing == "`":
                break
            if character in " \t\r\n;|&()<>" and not self.text.startswith(("<(", ">("), self.position):
                break
            self._piece(character, parts)
        return Word(_merged(parts), start, self.position)

    def _piece(self, character: str, parts: list[Part]) -> None:
        if character == "\\":
            self._escaped(parts, quoted=False)
        elif character == "'":
            end = self.text.find("'", self.position + 1)
            end = len(self.text) if end < 0 else end
            parts.append(Part("text", self.text[self.position + 1 : end], quoted=True))
            self.position = end + 1
        elif character == '"':
            self._quoted(parts)
        elif character in "<>":
            self.position += 2
            self._inner(parts, ")")
        elif not self._substituted(character, parts, quoted=False):
            self._plain(parts)

    def _plain(self, parts: list[Part]) -> None:
        run = _PLAIN.match(self.text, self.position)
        if run is None:
            parts.append(Part("text", self.text[self.position].replace("\0", "")))
            self.position += 1
            return
        self.position = run.end()
        parts.append(Part("output", "") if _BRACES.search(run[0]) else Part("text", run[0]))

    def _escaped(self, parts: list[Part], *, quoted: bool) -> None:
        length = 3 if self.text.startswith("\\\r\n", self.position) else 2
        following = self.text[self.position + 1 : self.position + length]
        if following not in ("\n", "\r\n"):
            parts.append(
                Part("text", following if not quoted or following in '$`"\\' else f"\\{following}", quoted=True)
            )
        self.position += length

    def _quoted(self, parts: list[Part]) -> None:
        """A run in double quotes; one that nothing closes reaches to the end."""
        self.position += 1
        parts.append(Part("text", "", quoted=True))
        while self.position < len(self.text):
            character = self.text[self.position]
            run = _IN_QUOTES.match(self.text, self.position)
            if run is not None:
                parts.append(Part("text", run[0], quoted=True))
                self.position = run.end()
            elif character == '"':
                self.position += 1
                return
            elif character == "\\":
                self._escaped(parts, quoted=True)
            elif not self._substituted(character, parts, quoted=True):
                parts.append(Part("text", character.replace("\0", ""), quoted=True))
                self.position += 1

    def _substituted(self, character: str, parts: list[Part], *, quoted: bool) -> bool:
        """Take a variable or a substitution; False where there is none here."""
        if character == "`":
            self.position += 1
            self._inner(parts, "`")
            return True
        if character != "$":
            return False
        if self.text.startswith("$((", self.position):
            self.arithmetic()
            parts.append(Part("output", ""))
        elif self.text.startswith("$(", self.position):
            self.position += 2
            self._inner(parts, ")")
        elif self.text.startswith("${{", self.position):
            self._expression(parts)
        else:
            return self._variable(parts, quoted=quoted)
        return True

    def _inner(self, parts: list[Part], closing: str) -> None:
        before, start = len(self.script.commands), self.position
        blocks, self.blocks = self.blocks, [*self.blocks, "("]
        self._commands(closed_by=closing)
        self.blocks = blocks
        parts.append(_printed(self.script.commands[before:], start, self.position))
        self.position += 1

    def arithmetic(self) -> None:
        """Go behind a `((…))`, with or without a `$`."""
        depth = 0
        while self.position < len(self.text):
            character = self.text[self.position]
            self.position += 1
            depth += (character == "(") - (character == ")")
            if character == ")" and depth == 0:
                return

    def _skip_behind(self, closing: str, parts: list[Part]) -> None:
        end = self.text.find(closing, self.position)
        self.position = len(self.text) if end < 0 else end + len(closing)
        parts.append(Part("output", ""))

    def _expression(self, parts: list[Part]) -> None:
        """`${{ … }}`, which a CI system fills in before the shell sees it."""
        start = self.position + 3
        self._skip_behind("}}", parts)
        parts[-1] = Part("variable", self.text[start : self.position - 2].strip()[:200])

    def _computed(self, parts: list[Part]) -> None:
        """`${NAME:-…}` and its like, with others inside; what it gives depends on where the script is run."""
        depth = 0
        while self.position < len(self.text):
            character = self.text[self.position]
            depth += self.text.startswith("${", self.position)
            depth -= character == "}"
            self.position += 2 if character in "\\$" else 1
            if depth == 0:
                break
        parts.append(Part("output", ""))

    def _variable(self, parts: list[Part], *, quoted: bool) -> bool:
        braced = _BRACED.match(self.text, self.position)
        if braced is not None:
            self.position = braced.end()
            parts.append(_named(braced[1], whole=braced[2] is not None))
            return True
        default = _DEFAULT.match(self.text, self.position)
        if default is not None:
            self.position = default.end()
            parts.append(Part("default", f"{default[1]}={default[3]}", quoted=quoted))
            return True
        if self.text.startswith("${", self.position):
            self._computed(parts)
            return True
        following = self.text[self.position + 1 : self.position + 2]
        name = _NAME.match(self.text, self.position + 1)
        if name is not None:
            parts.append(Part("variable", name[0], quoted=quoted))
            self.position = name.end()
        elif following and following in "0123456789@*#?$!-":
            parts.append(_named(following, whole=False))
            self.position += 2
        else:
            return False
        return True


def _printed(commands: list[Command], start: int, end: int) -> Part:
    """What a substitution stands for: the here-document that its one command prints, or what only a run can tell."""
    only = commands[0] if len(commands) == 1 else None
    if only is not None and len(only.words) == 1 and only.words[0].plain == "cat" and len(only.documents) == 1:
        document = only.documents[0]
        return Part("document", f"{document.start}:{document.end}:{int(document.is_filled)}")
    return Part("output", f"{start}:{end}")


def _named(name: str, *, whole: bool) -> Part:
    kind: PartKind = "list" if whole else "argument" if name.isdigit() else "variable"
    return Part(kind, name) if kind != "variable" or name[0].isalpha() or name[0] == "_" else Part("output", "")


def _merged(parts: list[Part]) -> tuple[Part, ...]:
    """The parts without empty ones between others; a word of quotes alone keeps one."""
    kept = [part for part in parts if part.text or part.kind != "text"]
    return tuple(kept or parts[:1])
