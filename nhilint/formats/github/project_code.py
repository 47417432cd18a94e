"""Says whether a shell script runs code of the work tree: its build, its tests, its package scripts, its own files.

A package manager runs the project's scripts when it installs, a build tool runs the build file, a test runner or linter
loads configuration that is code; so does the tester of Helm charts, whose ct.yaml names commands to run for each chart.
Asking for a version, reading a file or formatting text does none of that.

Source: https://github.com/helm/chart-testing/blob/main/doc/ct_lint.md (additional-commands), read 2026-11-22.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from nhilint.knowledge.tools.shell_text import split_commands
from nhilint.knowledge.tools.words import program_name
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ALWAYS = _names(
    "make ninja just task gradle gradlew mvn mvnw sbt lein ant tox nox pytest rake rspec rails msbuild xcodebuild bazel"
    " bazelisk jest vitest eslint prettier tsc webpack vite turbo nx lerna mocha playwright cypress ansible-playbook"
    " pulumi docker-compose mkdocs sphinx-build jekyll hardhat forge scons meson tsx ts-node"
)
_SUBCOMMANDS = {
    "cargo": "build test run check clippy bench doc nextest xtask install",
    "go": "test run generate",
    "uv": "sync run build pip",
    "poetry": "install run build",
    "pdm": "install run build",
    "hatch": "run build test",
    "pipenv": "install run sync",
    "rye": "sync run build",
    "bundle": "install exec",
    "composer": "install update run run-script",
    "dotnet": "build test run publish pack restore",
    "swift": "build test run",
    "docker": "build buildx compose",
    "podman": "build compose",
    "terraform": "init plan apply",
    "tofu": "init plan apply",
    "deno": "run task test",
    "pre-commit": "run",
    "ct": "lint install lint-and-install",
    "mix": "deps.get test run compile",
    "flutter": "test run build pub",
    "dart": "test run pub",
    "stack": "build test run",
    "cabal": "build test run",
    "mage": "",
    "earthly": "",
}
_NODE = frozenset({"npm", "pnpm", "yarn", "bun"})
_NODE_HARMLESS = _names(
    "config whoami view info pkg cache version login logout audit outdated ls list why search dist-tag owner access"
    " publish --version -v --help dlx create init store"
)
_INTERPRETERS = _names("node python ruby perl php bash sh zsh pwsh source . lua rscript")
_MODULES = _names("pytest build unittest tox nox nose pip mkdocs sphinx")
_WRAPPERS = _names("sudo time exec nohup xvfb-run env timeout nice command retry npx bunx")
_PROJECT_OPTIONS = _names("-e -r --requirement --editable")
_FILE = Deferred(r"\.(?:[cm]?[jt]sx?|py|sh|bash|zsh|ps1|rb|php|pl|lua|r)$", flags=re.IGNORECASE)
_EXPRESSION = Deferred(r"\$\{\{[^}]{0,400}\}\}")


def neutral(text: str, word: str = "EXPRESSION") -> str:
    """A text with its workflow expressions replaced by one plain word each, so that it reads as shell, or as JSON."""
    return _EXPRESSION.sub(word, text) if "${{" in text else text


@lru_cache(maxsize=512)
def runs_project_code(text: str, apart: tuple[str, ...] = ()) -> bool:
    """Whether a script runs code that stands in its working folder. A script too long to read counts as no.

    Programs in the folders `apart`, which hold other code, do not count.
    """
    try:
        commands = split_commands(neutral(text))
    except ValueError:
        return False
    return any(_runs(command.words, apart) for command in commands)


def _runs(words: Sequence[str], apart: tuple[str, ...]) -> bool:
    rest = list(words)
    while rest and ("=" in rest[0] or rest[0] in _WRAPPERS or (rest[0].startswith("-") and len(rest) > 1)):
        numbered = rest[0] == "timeout" and len(rest) > 2
        rest = rest[2:] if numbered else rest[1:]
    if not rest:
        return False
    first, program, arguments = rest[0], program_name(rest[0]), rest[1:]
    if _is_program_of(rest, apart):
        return False
    if first.startswith("./") or (first.startswith("../") and "/" in first):
        return True
    if program in _ALWAYS:
        return "--version" not in arguments and "--help" not in arguments
    return _program_runs(program, arguments)


def _is_program_of(words: Sequence[str], folders: tuple[str, ...]) -> bool:
    """Whether the program, or the script that an interpreter runs, stands in one of the folders."""
    named = words[0]
    if program_name(named) in _INTERPRETERS:
        named = next((word for word in words[1:] if not word.startswith("-")), "")
    path = named.removeprefix("./")
    return ".." not in path and any(path.startswith(f"{folder}/") for folder in folders)


def builds(words: Sequence[str]) -> bool:
    """Whether one command is a build tool's, a test runner's or a package manager's."""
    program = _program(words)
    return program in _ALWAYS or program in _SUBCOMMANDS or program in _NODE or program in ("pip", "pip3")


def _program(words: Sequence[str]) -> str:
    return program_name(next((word for word in words if not word.startswith("-") and word not in _WRAPPERS), ""))


def code_named(words: Sequence[str]) -> tuple[str, ...]:
    """The arguments of one command that name code to run or to build: the program, a script, a folder with a project.

    What an interpreter gets behind its script, and what stands behind a long option, is data.
    """
    plain = [
        word
        for before, word in zip(("", *words), words, strict=False)
        if not word.startswith("-") and not before.startswith("--")
    ]
    while plain and plain[0] in _WRAPPERS:
        plain = plain[1:]
    if not plain:
        return ()
    program = program_name(plain[0])
    if program in _INTERPRETERS or program in ("tsx", "ts-node"):
        return tuple(plain[:2])
    return tuple(plain) if builds(plain) else (plain[0],)


def _program_runs(program: str, arguments: Sequence[str]) -> bool:
    if program in _NODE:
        return _runs_scripts(arguments)
    if program in ("pip", "pip3"):
        return _installs_project(arguments)
    if program in _INTERPRETERS:
        return _interprets(program, arguments)
    return _subcommand(program, arguments)


def _runs_scripts(arguments: Sequence[str]) -> bool:
    plain = [word for word in arguments if not word.startswith("-")]
    if "--ignore-scripts" in arguments or (arguments and arguments[0] in _NODE_HARMLESS):
        return False
    added = plain[:1] in (["install"], ["i"], ["add"]) and len(plain) > 1
    return not (added and ("-g" in arguments or "--global" in arguments))


def _installs_project(arguments: Sequence[str]) -> bool:
    if not arguments or arguments[0] != "install":
        return False
    return any(word in _PROJECT_OPTIONS or word.startswith(".") for word in arguments)


def _interprets(program: str, arguments: Sequence[str]) -> bool:
    if program == "python" and arguments[:1] == ["-m"] and len(arguments) > 1:
        return arguments[1] in _MODULES and (arguments[1] != "pip" or _installs_project(arguments[2:]))
    script = next((word for word in arguments if not word.startswith("-")), "")
    outside = script.startswith(("/", "~", "$"))
    return "-c" not in arguments and "-e" not in arguments and not outside and _FILE.search(script) is not None


def _subcommand(program: str, arguments: Sequence[str]) -> bool:
    known = _SUBCOMMANDS.get(program)
    if known is None:
        return False
    verb = next((word for word in arguments if not word.startswith(("-", "+"))), "")
    if program == "uv" and verb == "pip":
        return _installs_project([word for word in arguments if word != "pip"])
    if program == "uv" and verb == "run" and "--no-project" in arguments:
        return False
    return not known or verb in known.split()
