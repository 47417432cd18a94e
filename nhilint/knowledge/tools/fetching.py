"""Reads runners that fetch a package and run it: npx, pnpm dlx, yarn dlx, bunx, uvx, pipx run, go run, dnx, nix run, …

The package stands in an option (`--package`, `--from`, `--spec`) or is the first positional; in the first case the
positional names the program inside the package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.knowledge.tools.draft import Found, NestedText
from nhilint.knowledge.tools.launch import ShellUse
from nhilint.knowledge.tools.options import Option, part_options
from nhilint.knowledge.tools.package_spec import read_spec, with_version, without_credentials
from nhilint.knowledge.tools.runner_table import runner_table
from nhilint.knowledge.tools.words import Word, program_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.knowledge.tools.draft import Draft
    from nhilint.knowledge.tools.launch import Package
    from nhilint.knowledge.tools.runner_table import Runner


def read_fetch(runner: Runner, words: Sequence[Word], draft: Draft) -> Sequence[Word] | NestedText | None:
    """A runner that fetches and runs. Answers with the words of a program that only starts another one."""
    parted = part_options(words, runner)
    noted = _Noted(runner, parted.options, draft)
    if noted.inline is not None:
        draft.extra += noted.packages
        draft.shell = ShellUse("sh", noted.inline.value, at=noted.inline.at)
        return NestedText(noted.inline.value or "", noted.inline.at)
    if noted.packages:
        named = [replace(package, registry=noted.registry) for package in noted.packages]
        draft.extra += named[1:]
        return _run_binary(named[0], parted.rest, draft)
    if not parted.rest:
        draft.unknown = f"{runner.id} is given no package"
        return None
    first, rest = parted.rest[0], parted.rest[1:]
    package = noted.finish(read_spec(runner.ecosystem, first.text), first.at)
    rest = _late_options(runner, rest, noted) if "version" in runner.roles.values() else rest
    if noted.version:
        package = replace(with_version(package, noted.version), registry=package.registry, words=package.words)
    return _run_package(package, rest, first.at, draft)


def read_install(runner: Runner, words: Sequence[Word], draft: Draft) -> None:
    """A command that installs packages. The first one stands for the launch, the rest come along."""
    parted = part_options(words, runner)
    noted = _Noted(runner, parted.options, draft)
    named = [word for word in parted.rest if not word.text.startswith("-")]
    packages = noted.packages + [noted.finish(read_spec(runner.ecosystem, word.text), word.at) for word in named]
    if not packages:
        packages = [noted.finish(read_spec("npm", "./"), words[0].at if words else 0)]
    draft.wrappers.append(runner.id)
    draft.found = Found(packages[0], ())
    draft.extra += packages[1:]


def _late_options(runner: Runner, words: Sequence[Word], noted: _Noted) -> Sequence[Word]:
    """dotnet reads its own options after the package too, up to `--`."""
    parted = part_options(words, runner)
    noted.take(parted.options)
    return parted.rest


def _run_package(package: Package, rest: Sequence[Word], at: int, draft: Draft) -> Sequence[Word] | None:
    """The package is the program, unless it is known to start another one (mcp-remote, tsx, cross-env, …)."""
    name = program_name(package.name) if package.ecosystem == "pypi" else package.name  # uvx python3.12 starts Python
    if name in runner_table().by_package and package.ecosystem in {"npm", "pypi"}:
        _note_starter(Found(package, rest), draft)
        return [Word(name, at), *rest]
    draft.found = Found(package, rest)
    return None


def _run_binary(package: Package, rest: Sequence[Word], draft: Draft) -> Sequence[Word] | None:
    """`-p X program …`: X is the program, unless the program is one that starts another (uvx --from X python …)."""
    if not rest:
        draft.found = Found(package, ())
        return None
    program = program_name(rest[0].text)
    if package.name in runner_table().by_package:
        _note_starter(Found(package, rest[1:]), draft)
        return [Word(package.name, rest[0].at), *rest[1:]] if program == package.name else rest
    if program in runner_table().by_command:
        draft.fallback = Found(package, rest[1:])
        return rest
    draft.found = Found(package, rest[1:])
    return None


def _note_starter(found: Found, draft: Draft) -> None:
    if draft.starter is None:
        draft.starter = found
    else:
        draft.extra.append(found.package)


class _Noted:
    """What the options of a fetching runner say."""

    def __init__(self, runner: Runner, options: Sequence[Option], draft: Draft) -> None:
        self.runner = runner
        self.draft = draft
        self.packages: list[Package] = []
        self.registry: str | None = None
        self.version: str | None = None
        self.inline: Option | None = None
        self.take(options)

    def take(self, options: Sequence[Option]) -> None:
        for option in options:
            role = self.runner.role_of(option.name)
            if role is None or option.value is None:
                continue
            if role == "registry":
                self.registry = self.registry or without_credentials(option.value)
            elif role == "version":
                self.version = option.value
            elif role == "inline":
                self.inline = option
            elif role == "env_file":
                self.draft.env_files.append(option.value)
            else:
                self._packages(role, option)

    def _packages(self, role: str, option: Option) -> None:
        value = option.value or ""
        # uv splits --with at commas; npm takes one package for each -p.
        parts = value.split(",") if role == "with" and "[" not in value else [value]
        for part in parts:
            package = replace(read_spec(self.runner.ecosystem, part.strip()), words=(option.at, option.at + 1))
            (self.draft.extra if role == "with" else self.packages).append(package)

    def finish(self, package: Package, at: int) -> Package:
        """The package with its place and the registry it comes from."""
        return replace(package, registry=self.registry, words=(at, at + 1))
