"""The commands of one level of a script, put together from its words: what joins them, where each stands, what is set.

A level is the script itself or the inside of a substitution. Branches, loops and functions are told by their keywords
alone, which is enough to say what an assignment depends on and which function a command belongs to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.shell_grants.parts import Assignment, Command, Word
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.formats.shell_grants.scanner import Scanner

MOST_COMMANDS = 8_000
_OPENS = {"if": "if", "case": "case", "while": "while", "until": "while", "for": "for", "select": "while"}
_CLOSES = {"fi": ("if",), "esac": ("case",), "done": ("while", "for")}
_BRANCHES = frozenset({"then", "elif", "else", "do"})
_DROPPED = frozenset({"if", "then", "elif", "else", "while", "until", "do", "!", "time", "coproc", *_CLOSES})
_DECLARES = frozenset({"local", "export", "readonly", "declare", "typeset"})
_HERE = Deferred(r"<<(-?)[ \t]*(?:'([^'\n]{1,80})'|\"([^\"\n]{1,80})\"|\\?([A-Za-z_][\w.-]{0,79}))")
_REDIRECTS = Deferred(r"(?:\d{0,2}|&)(?:>>|>\||>&|<&|<>|<<<|>|<)")
_ASSIGNS = Deferred(r"([A-Za-z_]\w{0,127})(\+?)=")
_FUNCTION = Deferred(r"\(\s{0,20}\)")


class RefusedError(ValueError):
    """The text is too long, too deep or holds too many commands; its message completes "is not read, because …"."""


class Sequence:
    """The commands of one level: what is being put together, and what joins it to the one before."""

    def __init__(self, scanner: Scanner) -> None:
        self.scanner = scanner
        self.current = Command()
        self.assigned: list[tuple[str, tuple[Word, ...], bool, bool]] = []
        self.operator = ""
        self.parentheses = 0
        self.awaits_pattern = False
        self.last: int | None = None

    def step(self, character: str) -> None:
        """Take what begins with the character at the scanner's position."""
        scanner = self.scanner
        text, position = scanner.text, scanner.position
        if character in " \t\r\0":
            scanner.position += 1
        elif character == "\\" and text.startswith(("\\\n", "\\\r\n"), position):
            scanner.position += 3 if text[position + 1] == "\r" else 2
        elif character == "#":
            end = text.find("\n", position)
            scanner.position = len(text) if end < 0 else end
        elif self.awaits_pattern:
            self._pattern()
        elif self._in_condition() and character in "|&()<>":
            scanner.position += 1
        elif character in "<>&0123456789" and self._redirected():
            return
        elif character in "\n;|&()":
            self._joined(character)
        else:
            self._take(scanner.word())

    def _pattern(self) -> None:
        """Go behind the pattern of a branch of `case`; there is none where its end stands."""
        scanner = self.scanner
        if scanner.text[scanner.position] == "\n":
            scanner.position += 1
            return
        self.awaits_pattern = False
        if not scanner.text.startswith("esac", scanner.position):
            end = scanner.text.find(")", scanner.position)
            scanner.position = len(scanner.text) if end < 0 else end + 1
            scanner.branch(begins=True)

    def _in_condition(self) -> bool:
        words = self.current.words
        return bool(words) and words[0].plain == "[[" and words[-1].plain != "]]"

    def _redirected(self) -> bool:
        scanner = self.scanner
        if scanner.text.startswith(("<(", ">("), scanner.position):
            return False
        here = _HERE.match(scanner.text, scanner.position)
        if here is not None and not scanner.text.startswith("<<<", scanner.position):
            mark = here[2] or here[3] or here[4]
            scanner.waiting.append((self.current, mark, here[1] == "-", here[4] is not None and "\\" not in here[0]))
            scanner.position = here.end()
            return True
        found = _REDIRECTS.match(scanner.text, scanner.position)
        if found is None:
            return False
        scanner.position = found.end()
        while scanner.text[scanner.position : scanner.position + 1] in (" ", "\t"):
            scanner.position += 1
        target = scanner.word()
        if ">" in found[0] and "&" not in found[0] and not found[0].startswith("2"):
            self.current.written.append(target)
        return True

    def _joined(self, character: str) -> None:
        scanner = self.scanner
        text, position = scanner.text, scanner.position
        if character == "(" and self._opened():
            return
        doubled = character in "|&;" and text.startswith(character * 2, position)
        scanner.position += 2 if doubled or text.startswith("|&", position) else 1
        self.parentheses = max(self.parentheses + (character == "(") - (character == ")"), 0)
        self.end(character * 2 if doubled else character)
        self.awaits_pattern = doubled and character == ";" and scanner.blocks[-1:] == ["case"]
        if self.awaits_pattern:
            scanner.branch()
        if character == "\n" and scanner.waiting:
            scanner.documents()

    def _opened(self) -> bool:
        """Take `name()`, `((…))` and `NAME=(…)` whole."""
        scanner = self.scanner
        if scanner.text.startswith("((", scanner.position) and not self.current.words:
            scanner.arithmetic()
            return True
        empty = _FUNCTION.match(scanner.text, scanner.position)
        if empty is not None and (len(self.current.words) == 1 or (scanner.named and not self.current.words)):
            scanner.named = (self.current.words[0].plain or "") if self.current.words else scanner.named
            self.current.words = []
            scanner.position = empty.end()
            return True
        if self.assigned and self.assigned[-1][1] and self.assigned[-1][1][0].end == scanner.position:
            name, _, _, added = self.assigned[-1]
            self.assigned[-1] = (name, self._elements(), True, added)
            return True
        return False

    def _elements(self) -> tuple[Word, ...]:
        scanner = self.scanner
        scanner.position += 1
        found: list[Word] = []
        while scanner.position < len(scanner.text) and scanner.text[scanner.position] != ")":
            character = scanner.text[scanner.position]
            if character == "#":
                end = scanner.text.find("\n", scanner.position)
                scanner.position = len(scanner.text) if end < 0 else end
            elif character in " \t\r\n;|&(<>" or scanner.text.startswith("\\\n", scanner.position):
                scanner.position += 2 if character == "\\" else 1
            else:
                found.append(scanner.word())
        scanner.position += 1
        return tuple(found)

    def _take(self, word: Word) -> None:
        words, plain = self.current.words, word.plain if word.is_bare else None
        if not words and plain is not None and self._keyword(plain):
            return
        match = _ASSIGNS.match(word.leading)
        declared = bool(words) and words[0].plain in _DECLARES
        if match is not None and (not words or declared):
            self.assigned.append((match[1], (word.after(match.end()),), False, bool(match[2])))
            return
        if len(words) == 1 and words[0].plain == "function":
            self.scanner.named = word.plain or ""
            words.clear()
            return
        words.append(word)
        if len(words) == 3 and words[0].plain == "case" and plain == "in":
            self.end("\n")
            self.awaits_pattern = True

    def _keyword(self, plain: str) -> bool:
        blocks = self.scanner.blocks
        if plain == "{":
            blocks.append("{" + self.scanner.named)
            if self.scanner.named:
                self.scanner.script.functions.add(self.scanner.named)
            self.scanner.named = ""
            return True
        if plain == "}":
            self._close("{")
            return True
        if plain in _OPENS:
            blocks.append(_OPENS[plain])
        if plain in _BRANCHES or plain in _CLOSES:
            self.scanner.branch(begins=plain in _BRANCHES)
        for kind in _CLOSES.get(plain, ()):
            if blocks and blocks[-1] == kind:
                blocks.pop()
                break
        return plain in _DROPPED

    def _close(self, opening: str) -> None:
        blocks = self.scanner.blocks
        if blocks and blocks[-1].startswith(opening):
            blocks.pop()

    def end(self, operator: str) -> None:
        """Close the command that is being put together."""
        scanner, command = self.scanner, self.current
        words = command.words
        function = scanner.function()
        self._assign(function, is_local=bool(words) and words[0].plain == "local")
        if words or command.documents or any(one is command for one, *_ in scanner.waiting):
            command.function = function
            command.is_chosen = _innermost(scanner.blocks) == "case"
            command.reads_from = self.last if self.operator in ("|", "|&") else None
            scanner.script.commands.append(command)
            self.last = len(scanner.script.commands) - 1
            if self.last >= MOST_COMMANDS:
                raise RefusedError(f"it holds more than {MOST_COMMANDS} commands")
        if words or self.assigned or operator not in ("\n", ""):
            self.operator = operator
        self.assigned = []
        self.current = Command()

    def _assign(self, function: str, *, is_local: bool) -> None:
        if self.current.words and self.current.words[0].plain not in _DECLARES:
            return  # `NAME=value program …` sets it for that program alone
        certain = self.scanner.decided(self.operator) and "(" not in self.scanner.blocks
        repeated = not {"for", "while"}.isdisjoint(self.scanner.blocks)
        joined = self.operator in ("&&", "||") or "(" in self.scanner.blocks
        for name, values, is_list, added in self.assigned:
            self.scanner.script.assignments.append(
                Assignment(name, values, is_list, certain and not added, function, is_local, repeated, added, joined)
            )


def _innermost(blocks: list[str]) -> str:
    """What chooses a command: the `case` around it up to the function or substitution that it stands in."""
    for block in reversed(blocks):
        if block.startswith("{") and len(block) > 1:
            return ""
        if block == "case":
            return block
    return ""
