"""Every claim on files, and the one question "whose file is this?", answered without parsing.

Families come in order: the first claim that fits wins. Adding a family is one name here; adding a format is a claim in
its family.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, cast

from nhilint.formats.screen import Screen
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.formats.format import Claim, Reader

_Entry = tuple[int, str | None]
_WILD = Deferred(r"(\*\*/|\*|\?)")

FAMILIES = (
    "gh_aw",
    "codex",
    "gemini",
    "copilot",
    "opencode",
    "cursor",
    "claude",
    "codebuddy",
    "kiro",
    "qwen",
    "factory",
    "augment",
    "zed",
    "amp",
    "goose",
    "roo",
    "crush",
    "pi",
    "grok",
    "windsurf",
    "aider",
    "continue_dev",
    "openclaw",
    "librechat",
    "instruction_files",
    "mcp",
    "github",
    "gitlab",
    "bedrock",
    "aws",
    "google",
    "gcp",
    "slack",
    "registries",
    "mcp_authorization",
    "openapi",
    "a2a",
    "frameworks",
    "github_app",
    "atlassian",
    "web_extension",
    "shopify",
    "salesforce",
    "hubspot",
    "zoom",
    "auth0",
    "keycloak",
    "ory",
    "supabase",
    "nango",
    "vault",
    "spire",
    "cedar",
    "rego",
    "sql",
    "shell_grants",
    "firebase",
    "tailscale",
    "teleport",
    "consul",
    "relations",
    "cerbos",
    "nomad",
    "casbin",
    "settings_files",
    "crossplane",
    "eksctl",
    "databricks",
    "kubernetes",
    "microsoft365",
    "copilot_studio",
    "azure",
    "cloudformation",
    "terraform",
    "pulumi",
    "private_keys",
)


@cache
def claims() -> tuple[Claim, ...]:
    """Every claim of every family, strongest first."""
    found: list[Claim] = []
    for family in FAMILIES:
        found.extend(import_module(f"nhilint.formats.{family}.claims").CLAIMS)
    return tuple(found)


def reader_of(claim: Claim) -> Reader:
    """The module that reads the files of a claim."""
    return cast("Reader", import_module(f"nhilint.formats.{claim.reads}"))


class Recogniser:
    """Matches paths to claims. Every pattern is filed under the last part of its name, or under that part's ending and
    the longest word that a path must have for it, so that a path meets only the few patterns that could fit it, and
    only those are ever compiled."""

    def __init__(self, all_claims: Iterable[Claim]) -> None:
        self._claims = tuple(all_claims)
        self._by_name: dict[str, list[_Entry]] = {}
        self._by_ending: dict[str, dict[str, list[_Entry]]] = {}
        self._screens: dict[tuple[int, ...], Screen] = {}
        self._last: tuple[str, tuple[int, ...]] = ("", ())
        for index, claim in enumerate(self._claims):
            for name in claim.names:
                self._by_name.setdefault(name.lower(), []).append((index, None))
            for suffix in claim.suffixes:
                self._file_open(suffix.lower(), "", (index, f"*{suffix}"))
            for glob in claim.paths:
                self._file(index, glob)

    def _file(self, index: int, glob: str) -> None:
        last = glob.rsplit("/", 1)[-1].lower()
        if "*" in last or "?" in last:
            self._file_open(last, max(_words(glob), key=len, default=""), (index, glob))
        else:
            self._by_name.setdefault(last, []).append((index, glob))

    def _file_open(self, last: str, word: str, entry: _Entry) -> None:
        self._by_ending.setdefault(_ending(last), {}).setdefault(word, []).append(entry)

    def candidates(self, path: str) -> tuple[Claim, ...]:
        """The claims that fit a path, strongest first; their probes are not looked at yet."""
        return tuple(self._claims[index] for index in self._fitting(path))

    def recognise(self, path: str, data: bytes) -> Iterator[Claim]:
        """The claims that fit a path and its bytes, strongest first; a weaker one is tried only when asked for."""
        fitting = self._fitting(path)
        screen = self._screens.get(fitting)
        if screen is None:
            screen = self._screens[fitting] = Screen(self._claims[index] for index in fitting)
        return screen.fitting(data)

    def _fitting(self, path: str) -> tuple[int, ...]:
        """The claims that fit a path, by their index; who asks for the candidates asks next with the bytes."""
        if path != self._last[0]:
            self._last = (path, self._found(path))
        return self._last[1]

    def _found(self, path: str) -> tuple[int, ...]:
        lower = path.lower()
        name = lower.rsplit("/", 1)[-1]
        filed = list(self._by_name.get(name, ()))
        for ending in {_ending(name), ""}:
            for word, entries in self._by_ending.get(ending, {}).items():
                if word in lower or not lower.isascii():
                    filed.extend(entries)
        return tuple(sorted({index for index, glob in filed if glob is None or _fits(glob, path, lower)}))


def _ending(name: str) -> str:
    """What stands after the last dot; empty without one, or where a wildcard leaves it open."""
    ending = name.rpartition(".")[2] if "." in name else ""
    return "" if "*" in ending or "?" in ending else ending


def _fits(glob: str, path: str, lower: str) -> bool:
    """Whether a glob holds for a path, also given in lower case. Compiling an expression costs more than a small scan,
    so one is made only for a path that has all of the glob's words in it."""
    ending = _only_ending(glob)
    if ending is not None:
        return lower.endswith(ending)
    if lower.isascii() and not all(word in lower for word in _words(glob)):
        return False
    return _compiled(glob).search(path) is not None


@cache
def _only_ending(glob: str) -> str | None:
    """The ending that is all a glob asks for, in lower case; None where it asks for more."""
    is_open = glob.startswith("*") and not _WILD.search(glob, 1) and "/" not in glob
    return glob[1:].lower() if is_open else None


@cache
def _words(glob: str) -> tuple[str, ...]:
    """What a path must have in it for a glob to hold."""
    return tuple(dict.fromkeys(word for word in _WILD.split(glob.lower())[::2] if word))


@cache
def _compiled(glob: str) -> re.Pattern[str]:
    return re.compile(_pattern(glob), re.IGNORECASE)


def _pattern(glob: str) -> str:
    """A path glob as a regular expression without nested repetition: `**/` any folders, `*` within one part."""
    parts = _WILD.split(glob)
    meaning = {"**/": "(?:.*/)?", "*": "[^/]*", "?": "[^/]"}
    return "(?:^|/)" + "".join(meaning.get(part, re.escape(part)) for part in parts) + "$"
