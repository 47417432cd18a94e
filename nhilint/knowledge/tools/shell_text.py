"""Splits the text of a shell command line into simple commands, without running or expanding anything.

POSIX quoting, comments, redirections, here-documents and the operators `&& || ; | & newline ( ) { }` are understood;
keywords (`if`, `then`, `do`, …) are dropped. PowerShell and cmd differ in the escape character and are split by the
same code. Substitutions stay in their word and are listed beside it. The scan is one pass and bounded: a text that is
too long or has too many commands is refused as a whole, so that nothing is concluded from a part of it.
"""

from __future__ import annotations

import re
from typing import Literal

from msgspec import Struct, field

from nhilint.source.deferred import Deferred

LONGEST_TEXT = 65_536
MOST_COMMANDS = 256
Dialect = Literal["posix", "cmd", "powershell"]
_ESCAPES = {"posix": "\\", "cmd": "^", "powershell": "`"}
_KEYWORDS = frozenset({"if", "then", "elif", "else", "while", "until", "do", "!", "{", "}", "fi", "done", "esac", "&"})
_HERE = Deferred(r"<<-?\s*(['\"]?)([A-Za-z_]\w{0,63})\1")
_REDIRECT = Deferred(r"(?:\d{0,2}|&)(?:>>|>\||>&|<&|<>|<<<|>|<)")

_PLAIN = Deferred(r"[A-Za-z_./:=,@%+~*?!{}\[\]-]+")
_PLAIN_IN_QUOTES = Deferred(r'[^"\\^`$<]+')
"""Runs of characters that mean nothing by themselves, outside and inside of double quotes."""


class SimpleCommand(Struct):
    """One command of a text: its words, the operator before it and the texts of its substitutions.

    `operator` is empty for the first one; `|` means that it reads what the one before wrote. `substitutions` are the
    insides of `$(…)`, backticks and `<(…)`. `written` are files it redirects its output to.
    """

    words: list[str] = field(default_factory=list)
    operator: str = ""
    substitutions: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)


class TextTooLongError(ValueError):
    """The text exceeds what is read; its message completes "cannot be told because …"."""


def split_commands(text: str, dialect: Dialect = "posix") -> list[SimpleCommand]:
    """The simple commands of `text`, in order. Raises TextTooLongError beyond 65,536 characters or 256 commands."""
    if len(text) > LONGEST_TEXT:
        raise TextTooLongError(f"the command line is longer than {LONGEST_TEXT} characters")
    commands = _Splitter(text, dialect).split()
    if len(commands) > MOST_COMMANDS:
        raise TextTooLongError(f"the command line holds more than {MOST_COMMANDS} commands")
    return commands


class _Splitter:
    """One pass over a text. `position` only grows."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self.text = text
        self.escape = _ESCAPES[dialect]
        self.quotes = '"' if dialect == "cmd" else "\"'"
        self.position = 0
        self.word: list[str] = []
        self.in_word = False
        self.current = SimpleCommand()
        self.commands: list[SimpleCommand] = []
        self.here: list[str] = []
        self.parentheses = 0
        self.target: Literal["", "written", "read"] = ""

    def split(self) -> list[SimpleCommand]:
        while self.position < len(self.text) and len(self.commands) <= MOST_COMMANDS:
            self._step(self.text[self.position])
        self._end_command("")
        return self.commands

    def _step(self, character: str) -> None:
        if character == self.escape:
            self._escaped()
        elif character in self.quotes:
            self._quoted(character)
        elif character in " \t\r":
            self._end_word()
            self.position += 1
        elif character in "\n;|&()" and not self._in_condition():
            self._operator(character)
        elif character == "#" and not self.in_word:
            self._skip_to(self.text.find("\n", self.position))
        elif character in "<>0123456789" and self._redirected():
            return
        elif not self._substituted(character):
            run = _PLAIN.match(self.text, self.position)
            plain = run[0] if run is not None else character
            self._add(plain)
            self.position += len(plain)

    def _add(self, text: str) -> None:
        self.word.append(text)
        self.in_word = True

    def _skip_to(self, position: int) -> None:
        self.position = len(self.text) if position < 0 else position

    def _escaped(self) -> None:
        following = self.text[self.position + 1 : self.position + 2]
        if following != "\n":
            self._add(following)
        self.position += 2

    def _quoted(self, quote: str) -> None:
        """Take a quoted run; an unclosed one reaches to the end."""
        self.position += 1
        self._add("")
        while self.position < len(self.text):
            run = self._plain_run(quote)
            if run:
                self._add(run)
                self.position += len(run)
                continue
            character = self.text[self.position]
            if character == quote:
                self.position += 1
                return
            if character == self.escape and self.text[self.position + 1 : self.position + 2] in '"\\$`\n':
                self._escaped()
            elif not self._substituted(character):
                self._add(character)
                self.position += 1

    def _plain_run(self, quote: str) -> str:
        """What stands before the next character that may mean something inside of these quotes."""
        if quote == "'":
            end = self.text.find(quote, self.position)
            return self.text[self.position : end if end >= 0 else None]
        match = _PLAIN_IN_QUOTES.match(self.text, self.position)
        return match[0] if match is not None else ""

    def _substituted(self, character: str) -> bool:
        """Take `$(…)`, a backtick run or `<(…)` whole, into the word and into the list."""
        if character == "`" and self.escape != "`":
            end = self.text.find("`", self.position + 1)
            return self._take_substitution(1, end)
        if character in "$<" and self.text.startswith("(", self.position + 1):
            return self._take_substitution(2, _closing(self.text, self.position + 2))
        return False

    def _take_substitution(self, opening: int, end: int) -> bool:
        end = len(self.text) if end < 0 else end
        self.current.substitutions.append(self.text[self.position + opening : end])
        self._add(self.text[self.position : end + 1])
        self.position = end + 1
        return True

    def _redirected(self) -> bool:
        """Skip a redirection with its target; False when there is none here."""
        numbered = self.in_word and self.text[self.position].isdigit()
        if numbered or self.text.startswith("<(", self.position) or self._in_condition():
            return False
        here = _HERE.match(self.text, self.position)
        if here is not None:
            self._end_word()
            self.here.append(here.group(2))
            self.position = here.end()
            return True
        found = _REDIRECT.match(self.text, self.position)
        if found is None:
            return False
        self._end_word()
        self.position = found.end()
        self.target = "written" if ">" in found.group() else "read"
        return True

    def _in_condition(self) -> bool:
        """Whether a `[[ … ]]` is open, inside of which operators and parentheses are part of the condition."""
        return self.current.words[:1] == ["[["] and "]]" not in self.current.words

    def _operator(self, character: str) -> None:
        if character == "&" and self.text.startswith("&>", self.position):
            self.position += 1
            self._redirected()
            return
        if self.text.startswith("((", self.position) and not self.current.words and not self.in_word:
            end = self.text.find("))", self.position)
            self._skip_to(end + 2 if end > 0 else -1)
            return
        if character == "(" and self.in_word and "".join(self.word).endswith("="):
            self._skip_to(_closing(self.text, self.position + 1))
            self.position += 1
            return
        if character == ")" and self.parentheses == 0:
            self._end_pattern()
            return
        self.parentheses += (character == "(") - (character == ")")
        doubled = character in "|&;" and self.text.startswith(character * 2, self.position)
        self.position += 2 if doubled or self.text.startswith("|&", self.position) else 1
        self._end_command(character * 2 if doubled else ";" if character in "\n()" else character)
        if character == "\n" and self.here:
            self._skip_here_documents()

    def _end_pattern(self) -> None:
        """A parenthesis that nothing opened ends a pattern of `case`."""
        self._end_word()
        self.current.words = []
        self.position += 1

    def _skip_here_documents(self) -> None:
        for mark in self.here:
            end = re.compile(rf"^[ \t]*{mark}[ \t\r]*$", re.MULTILINE).search(self.text, self.position)
            self._skip_to(end.end() if end else -1)
        self.here = []

    def _end_word(self) -> None:
        if not self.in_word:
            return
        text = "".join(self.word)
        self.word, self.in_word = [], False
        if self.target:
            # The word after a redirection is a file or a descriptor, not part of the command.
            self.current.written += [text] if self.target == "written" and not text.isdigit() else []
            self.target = ""
        elif self.current.words or text not in _KEYWORDS:
            self.current.words.append(text)

    def _end_command(self, operator: str) -> None:
        self._end_word()
        self.target = ""
        if self.current.words or self.current.substitutions:
            self.commands.append(self.current)
            self.current = SimpleCommand(operator=operator)
        elif operator != ";" or not self.current.operator:
            self.current.operator = operator


def _closing(text: str, position: int) -> int:
    """The index of the parenthesis that closes one opened just before `position`; -1 when there is none."""
    depth = 1
    while position < len(text):
        character = text[position]
        if character == "\\":
            position += 1
        elif character in "'\"":
            end = text.find(character, position + 1)
            position = end if end > 0 else position
        elif character == "(":
            depth += 1
        elif character == ")":
            depth -= 1
            if depth == 0:
                return position
        position += 1
    return -1
