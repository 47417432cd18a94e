"""Hooks before a tool's call: does one stand in the way, or does it only format, record and remind?

A hook's words tell as far as they do: a script called block-secrets.sh is there to refuse, prettier is not. Of one that
says nothing of itself nobody knows without running it, and what a guard lets through is as little known.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Unknown, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.formats.node import Node
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Permission

_MOST = 500
_LONGEST = 20_000
_BY_A_GUARD = "a matter of a hook that may refuse the command"
_REFUSES = Deferred(
    r"block|den(?:y|ied)|guard|forbid|prevent|protect|restrict|refus|reject|exit 2\b|permissionDecision|secret|danger|"
    r"firewall|sandbox|enforce|\bgate\b|not allowed",
    flags=re.IGNORECASE,
)
_ELSE = Deferred(
    r"prettier|format|\bfmt\b|lint|\bblack\b|\bruff\b|\blog|notif|\becho\b|\bsay\b|afplay|osascript|sound|track|metric|"
    r"telemetry|record|remind|observ|context|memory|\bdate\b|session|status",
    flags=re.IGNORECASE,
)
_LOOKS = Deferred(r"check|valid|verify|secur|safe|polic|confirm|approv", flags=re.IGNORECASE)


def guards(text: str) -> bool | None:
    """Whether a hook's command stands in the way of something, by its words; None where they do not tell."""
    words = text[:_LONGEST]
    if _REFUSES.search(words):
        return True
    if _ELSE.search(words):
        return False
    return True if _LOOKS.search(words) else None


def guard_among(entries: Node, is_meant: Callable[[str], bool]) -> Place | None:
    """The first handler of an event that may be a guard of the tools meant; `is_meant` is asked about a matcher."""
    for entry in list(entries.items())[:_MOST]:
        matcher = entry["matcher"]
        if matcher.is_text and matcher.value not in ("", "*", ".*") and not is_meant(matcher.value):
            continue
        for handler in _handlers(entry):
            asks = handler["type"].value in ("prompt", "agent")
            if asks or (handler["command"].is_text and guards(handler["command"].value) is not False):
                return handler.at
    return None


def commands_of(entries: Node) -> tuple[str, ...]:
    """The command lines of an event's handlers."""
    return tuple(command for entry in list(entries.items())[:_MOST] for command in commands_of_group(entry))


def commands_of_group(entry: Node) -> tuple[str, ...]:
    """The command lines of the handlers of one group, or of one handler."""
    return tuple(handler["command"].value for handler in _handlers(entry) if handler["command"].is_text)


def _handlers(entry: Node) -> list[Node]:
    return list(entry["hooks"].items())[:_MOST] if entry["hooks"].is_list else [entry]


def any_guards(commands: tuple[str, ...]) -> bool | None:
    """Whether one of several hooks stands in the way of something; None where none is known to and one may."""
    found = {guards(command) for command in commands}
    return True if True in found else None if None in found else False


def behind_guard(permissions: Many[Permission], guard: Place | None) -> Many[Permission]:
    """The rules; one that allows every command has an unknown effect where a hook looks at each command first."""
    if guard is None or isinstance(permissions, Unknown):
        return permissions
    return tuple(one if isinstance(one, Unknown) else _behind(one) for one in permissions)


def _behind(rule: Permission) -> Permission:
    is_free = value_of(rule.effect) == "allow" and value_of(rule.shell_reach) == "any_command"
    return replace(rule, effective=Unknown(_BY_A_GUARD, rule.at)) if is_free and value_of(rule.effective) else rule
