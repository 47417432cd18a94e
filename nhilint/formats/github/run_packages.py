"""Finds scripts that fetch a package from a public registry and run it at once, at a version that moves.

`uvx tool`, `pnpm dlx tool` and `npx tool@latest` run what the registry holds as the newest on that day. `npx tool`
alone runs what the project's lockfile has installed, where it has, and is not told; nor is an exact version, which a
registry gives out once, nor a folder or an address of the caller's own.

Sources, read 2026-11-22: https://docs.npmjs.com/cli/v11/commands/npx, https://pnpm.io/cli/dlx, https://bun.com/docs/cli/bunx
and https://docs.astral.sh/uv/guides/tools/.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from nhilint.formats.github.actions import words_of_secret
from nhilint.formats.github.project_code import neutral
from nhilint.knowledge.tools.package_spec import read_spec
from nhilint.knowledge.tools.shell_text import split_commands
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.formats.node import Node
    from nhilint.knowledge.tools.launch import Package
    from nhilint.model.place import Place

_WORDS = Deferred(r"\b(?:npx|bunx|pnpx|uvx|dlx|pipx|uv\s+tool\s+run|npm\s+exec)\b")
_IN_WORDS = (("npx",), ("bunx",), ("pnpx",), ("uvx",), ("dlx",), ("pipx",), ("uv", "tool", "run"), ("npm", "exec"))
Moving = Literal["none", "range", "tag"]
_MOVES: dict[str, Moving] = {"none": "none", "range": "range", "tag": "tag"}
_REGISTRY = {"npm": "npm", "pypi": "PyPI"}
_PREFERS_INSTALLED = frozenset({"npx", "bunx", "npm exec"})
_RUNNERS = {
    ("npx",): "npm", ("bunx",): "npm", ("pnpx",): "npm", ("npm", "exec"): "npm", ("pnpm", "dlx"): "npm",
    ("yarn", "dlx"): "npm", ("uvx",): "pypi", ("uv", "tool", "run"): "pypi", ("pipx", "run"): "pypi",
}  # fmt: skip
_NAMES_PACKAGE = {"npm": frozenset({"-p", "--package"}), "pypi": frozenset({"--from", "--spec"})}
_TAKES_VALUE = frozenset(
    {
        *("--python", "-p", "--with", "--index", "--index-url", "--default-index", "--extra-index-url", "--registry"),
        *("--prerelease", "--cache-dir", "--pip-args", "--directory", "--project", "--constraints", "-c", "--call"),
        *("--allow-build", "--reporter", "--loglevel", "--userconfig"),
    }
)
_WRAPPERS = frozenset({"sudo", "env", "time", "timeout", "exec", "command"})
_ALSO_SERVES = {
    "wrangler": "cloudflare", "eas-cli": "expo", "npm": "npm node", "twine": "pypi twine", "aws-cdk": "aws cdk",
    "cdk": "aws cdk", "awscli": "aws", "firebase-tools": "firebase gcp google", "@google/gemini-cli": "gemini google",
    "@vscode/vsce": "vsce azure marketplace", "vsce": "vsce azure", "ovsx": "ovsx open vsx",
    "@anthropic-ai/claude-code": "anthropic claude", "checkov": "bridgecrew prisma", "snowflake-cli": "snow",
}  # fmt: skip
"""Words of the services that a package is the tool of, where its name does not tell."""


class RunPackage(Struct, frozen=True):
    """A package that is fetched and run, and the place of its name."""

    package: Package
    pin: Moving
    at: Place

    @property
    def said(self) -> str:
        """What is fetched, in words."""
        version = self.package.version or "the newest version"
        return f"{self.package.name} at {version} from {_REGISTRY[self.package.ecosystem]}"

    def serves(self, secret: str) -> bool:
        """Whether a secret's name says that it opens the service that the package is the tool of."""
        name = self.package.name.lower()
        told = f"{name} {_ALSO_SERVES.get(name, '')}"
        return any(word in told for word in [*words_of_secret(secret), re.split(r"[_-]", secret.lower())[0]])


def run_package(step: Node) -> RunPackage | None:
    """The first package of a script that is fetched and run at a version that moves."""
    text = step.value_under("run")
    if not isinstance(text, str) or not _may_run_package(text) or _WORDS.search(text) is None:
        return None
    text = _without_fallbacks(text) if "fi" in text else text
    try:
        commands = split_commands(neutral(text))
    except ValueError:
        return None
    before = ""
    for command in commands:
        spec = _moving(command.words)
        has_failed = before if command.operator == "||" else ""
        before = " ".join(command.words).lower()
        if spec is not None and _program(spec[1]) not in has_failed:
            start = max(text.find(spec[0]), 0)
            at = step["run"].at.within_text(start, start + len(spec[0]))
            return RunPackage(spec[1], _MOVES[spec[1].pin], at)
    return None


def _may_run_package(text: str) -> bool:
    """Whether all words of a command that runs packages are in a text."""
    return any(all(map(text.__contains__, words)) for words in _IN_WORDS)


def _without_fallbacks(text: str) -> str:
    """The script with blanks for the lines that run a package because its program was looked for and is missing.

    Who writes `if [ -x "$LINT" ]; then …; else npx lint@1` has it installed as a rule.
    """
    tests: list[str] = []
    lines = text.split("\n")
    for number, line in enumerate(lines[:_MOST_LINES]):
        word = _FIRST_WORD.match(line)
        if word is None:
            if tests and _is_fallback(line, "\n".join(test for test in tests if _MISSING in test)):
                lines[number] = " " * len(line)
        elif word[1] == "fi":
            tests = tests[:-1]
        elif word[1] == "if" and not line.rstrip("; \t").endswith(" fi"):
            tests.append(line.lower() if _LOOKS.search(line) else "")
        elif tests and word[1] != "if":
            more = line.lower() if word[1] == "elif" and _LOOKS.search(line) else ""
            tests[-1] = f"{_MISSING}{tests[-1]}{more}"
    return "\n".join(lines)


def _is_fallback(line: str, tests: str) -> bool:
    if not tests or not _may_run_package(line):
        return False
    try:
        found = [_moving(command.words) for command in split_commands(neutral(line))]
    except ValueError:
        return False
    return any(spec is not None and _program(spec[1]) in tests for spec in found)


def _program(package: Package) -> str:
    return package.name.rpartition("/")[2].lower()


_MOST_LINES = 500
_MISSING = "!"
"""Stands in a test for a program that is not there: written so, or put there for the branches after the first."""
_FIRST_WORD = Deferred(r"\s*(if|elif|else|fi)\b")
_LOOKS = Deferred(r"\[ (?:! )?-[xfe] |\b(?:command -v|which|type) ")


def _moving(words: Sequence[str]) -> tuple[str, Package] | None:
    """What one command runs from a registry, as written and read; None where that is fixed or no such thing."""
    rest = list(words)
    while rest and ("=" in rest[0] or rest[0] in _WRAPPERS):
        rest = rest[1:]
    runner = next((key for key in _RUNNERS if tuple(rest[: len(key)]) == key), None)
    if runner is None:
        return None
    spec = _spec(rest[len(runner) :], _RUNNERS[runner])
    if not spec or "EXPRESSION" in spec or "$" in spec or spec.startswith((".", "/", "~", "git+", "http", "file:")):
        return None
    package = read_spec(_RUNNERS[runner], spec)
    installed = " ".join(runner) in _PREFERS_INSTALLED and package.pin == "none"
    fetched = package.ecosystem == _RUNNERS[runner] and package.pin in _MOVES and not installed
    return (spec, package) if fetched else None


def _spec(words: Sequence[str], ecosystem: str) -> str | None:
    """The package that the options name, or else the first word that is none."""
    first: str | None = None
    skips = False
    for word, after in zip(words, (*words[1:], ""), strict=True):
        if skips:
            skips = False
            continue
        option, given, value = word.partition("=")
        if option in _NAMES_PACKAGE[ecosystem]:
            return value if given else after
        if word.startswith("-"):
            if word in ("--no-install", "--offline", "--no", "--version", "--help"):
                return None
            skips = word in _TAKES_VALUE and not given
            continue
        first = word
        break
    return first
