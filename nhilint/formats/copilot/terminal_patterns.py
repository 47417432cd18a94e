r"""A key of `chat.tools.terminal.autoApprove` becomes the commands that it covers.

A plain key covers commands that begin with it. A key between slashes is a regular expression: `/^git (status|log)\b/`.
It is tried on each part of a command line, or on the whole line with `matchCommandLine`; without `^` it also holds for
commands that only mention it. Expressions are never run: one made of words, blanks, simple choices and a trailing
wildcard is spelled out, any other is not resolved.
Source: https://github.com/microsoft/vscode, src/vs/workbench/contrib/terminalContrib/chatAgentTools/common/
terminalChatAgentToolsConfiguration.ts, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from nhilint.source.deferred import Deferred

Kind = Literal["prefix", "exact", "any", "mention", "nothing", "unresolved"]

_EXPRESSION = Deferred(r"/(.*)/([a-z]*)", flags=re.DOTALL)
_EVERYTHING = frozenset(
    {"", ".*", ".+", "^.*", "^.*$", "^.+$", ".*$", "^", r"[\s\S]*", r"^[\s\S]*$", r"^[\s\S]*", r"[\s\S]+"}
)
_BLANKS = Deferred(r"\\s[+*]?|\[ \]\+?| \+")
_ENDS = (
    r"(\s.*)?$",
    r"(\s+.*)?$",
    r"(?:\s.*)?$",
    r"( .*)?$",
    r".*$",
    r"(\s|$)",
    r"(?:\s|$)",
    r"\b.*$",
    ".*",
    r"\b",
    "",
)
_CHOICE = Deferred(r"\((?:\?:)?([^()]*)\)")
_PLAIN = Deferred(r"[\w .,:@%+=/~-]*")
_ESCAPED = Deferred(r"\\([./@:+=~ -])")
_MOST_COMMANDS = 60
_LONGEST = 600


class TerminalPattern(NamedTuple):
    """The commands of one key. `commands` are their beginnings, or the commands themselves when exact."""

    kind: Kind
    commands: tuple[str, ...] = ()


def read_key(key: str) -> TerminalPattern:
    """The pattern that a key is."""
    found = _EXPRESSION.fullmatch(key.strip())
    if found is None:
        text = key.strip()
        return TerminalPattern("nothing" if "*" in text or not text else "prefix", (text,))
    body = found[1]
    if body in _EVERYTHING:
        return TerminalPattern("any")
    if not body.startswith("^"):
        return TerminalPattern("mention")
    return _spelled_out(body[1:])


def _spelled_out(body: str) -> TerminalPattern:
    if len(body) > _LONGEST:
        return TerminalPattern("unresolved")
    kind: Kind = "prefix"
    if body.endswith("$") and not any(body.endswith(end) for end in _ENDS if end.endswith("$")):
        kind, body = "exact", body[:-1]
    else:
        body = body.removesuffix(next(end for end in _ENDS if body.endswith(end)))
    body = _BLANKS.sub(" ", body)
    texts = [_ESCAPED.sub(r"\1", text).replace("\\b", "") for text in _expanded(body)]
    if not texts or len(texts) > _MOST_COMMANDS or not all(_PLAIN.fullmatch(text) for text in texts):
        return TerminalPattern("unresolved")
    if any("." in text and "\\." not in body for text in texts):
        return TerminalPattern("unresolved")
    return TerminalPattern(kind, tuple(text.strip() for text in texts))


def _expanded(body: str) -> list[str]:
    """The texts of a body whose choices are not nested; nothing when there are too many."""
    texts = [body]
    for _ in range(4):
        match = _CHOICE.search(texts[0])
        if match is None:
            return texts
        texts = [
            text[: found.start()] + choice + text[found.end() :]
            for text in texts
            for found in [_CHOICE.search(text)]
            if found is not None
            for choice in found[1].split("|")
        ]
        if not texts or len(texts) > _MOST_COMMANDS:
            return []
    return [] if _CHOICE.search(texts[0]) else texts
