"""The argument of a shell rule: which commands it covers, and the worst that those can do.

`Bash(npm test)` is one exact command. `Bash(npm test *)` and `Bash(npm test:*)` cover everything that begins so; a `*`
stands for any text and may stand anywhere.
Source: https://code.claude.com/docs/en/permissions (Bash), read 2026-11-22.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from nhilint.formats.claude.rules import matches_wildcards
from nhilint.source.deferred import Deferred

Kind = Literal["any", "prefix", "glob", "exact"]
Reach = Literal[
    "any_command",
    "any_code",
    "acts_as_user",
    "fetches_code",
    "runs_project_code",
    "network_out",
    "deletes",
    "reads_files",
    "narrow",
]

_SCRIPT = Deferred(r"\*[^\s*]*\.(?:[cm]?[jt]s|py|sh|rb|pl|php)\b")
"""`node *render.js`: the wildcard is there for the folder of a script."""
_SOMETHING = "\x00 \x00"
"""Stands for what a wildcard of the covered pattern may be: two words that no pattern contains."""


class CommandPattern(Struct, frozen=True):
    """The commands of one rule. `beginning` is what they all start with."""

    text: str
    kind: Kind
    beginning: str


class CommandReach(Struct, frozen=True):
    """The worst that the commands can do, and why, as a clause. `by_option`: only an unusual option does so."""

    reach: Reach
    reason: str
    by_option: bool = False


def read_pattern(argument: str | None) -> CommandPattern:
    """The pattern that a rule's argument is."""
    text = (argument or "*").strip()
    if text in ("*", ":*"):
        return CommandPattern("*", "any", "")
    if text.endswith(":*"):
        text = text[:-2].rstrip() + " *"
    if "*" not in text:
        return CommandPattern(text, "exact", text)
    beginning = text.partition("*")[0]
    kind: Kind = "prefix" if text.endswith("*") and text.count("*") == 1 else "glob"
    return CommandPattern(text, kind, beginning.strip())


def covers(outer: CommandPattern, inner: CommandPattern) -> bool:
    """Whether every command of `inner` is one of `outer`."""
    if outer.kind == "any":
        return True
    if inner.kind == "any":
        return False
    return _matches(outer, inner.text.replace("*", _SOMETHING))


def _matches(pattern: CommandPattern, command: str) -> bool:
    """A trailing ` *` also matches the command without arguments."""
    if matches_wildcards(pattern.text, command):
        return True
    return pattern.kind == "prefix" and pattern.text.endswith(" *") and command == pattern.text[:-2]


def reach_of(pattern: CommandPattern) -> CommandReach:
    """The worst that the commands of a pattern can do."""
    if pattern.kind == "any":
        return CommandReach("any_command", "it names the shell without a command")
    if pattern.kind == "exact":
        return CommandReach("narrow", "it is one exact command")
    if not pattern.beginning:
        reason = "a wildcard stands in place of the command's name, so other programs fit as well"
        return CommandReach("any_code", reason, by_option=True)
    if pattern.beginning.startswith("command -v"):
        return CommandReach("narrow", "it only looks a command up")
    return _known_reach(pattern)


def _known_reach(pattern: CommandPattern) -> CommandReach:
    from nhilint.knowledge.tools import shell_reach

    found = shell_reach(pattern.text, client="claude-code")
    if found is None:
        return CommandReach("narrow", "nothing is known that would make it more")
    if found.grade == "fetches_code" and _names_package(pattern.beginning):
        return CommandReach("narrow", f"{found.program} is one package, whose version is another question")
    if pattern.kind == "glob" and found.grade == "any_code" and _SCRIPT.search(pattern.text):
        reason = f"{found.program} {found.reason}, where an option stands before the script that the rule names"
        return CommandReach(found.grade, reason, by_option=True)
    return CommandReach(found.grade, f"{found.program} {found.reason}{_words_between(pattern)}", found.by_option)


_FETCHING = {"pnpm": "dlx", "yarn": "dlx", "npm": "exec", "bun": "x"}
"""Package managers with the word after which they fetch a package and run it."""
_BEFORE_A_NAME = ("-", "workspace")


def _words_between(pattern: CommandPattern) -> str:
    """What a wildcard before the last word lets in, which reads as if it stood for the name of one package."""
    program, verb = pattern.text.partition(" ")[0], _FETCHING.get(pattern.text.partition(" ")[0])
    before, _, behind = pattern.text.partition("*")
    if pattern.kind != "glob" or verb is None or not behind.strip(" *"):
        return ""
    named = before.startswith(f"{program} ") and before.split()[-1].startswith(_BEFORE_A_NAME)
    sample = f"{before}{'x ' if named else ''}{verb} any-package{behind.replace('*', '')}"
    instead = "name the package" if named else "write out what is meant"
    return f"; * stands for any words (`{sample}`): {instead}"


def _names_package(beginning: str) -> bool:
    """Whether a runner is told which package to run, as in `uvx ruff`; installers take any name after it."""
    from nhilint.knowledge.tools import unwrap_text

    launches = unwrap_text(beginning)
    if not launches or any(wrapper.endswith("install") for wrapper in launches[0].wrappers):
        return False
    package = launches[0].package
    return package is not None and package.ecosystem != "local" and package.pin != "local"
