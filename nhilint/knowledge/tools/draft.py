"""What has been learned about a command line so far, while its wrappers are being taken away.

The readers in `fetching`, `interpreting`, `containers`, `bridging` and `shells` each take one layer away: they note
what it says in the draft and answer with what stands beneath it (more words, or a nested text), or None when the
program itself has been found. Only `unwrapping` drives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from nhilint.knowledge.tools.launch import DockerOptions, Launch, Package, ShellUse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.knowledge.tools.shell_text import Dialect
    from nhilint.knowledge.tools.words import Word


class NestedText(Struct, frozen=True):
    """A command line inside an argument."""

    text: str
    at: int
    dialect: Dialect = "posix"


class Found(Struct, frozen=True):
    """A program and the words it gets."""

    package: Package
    arguments: Sequence[Word]


class Draft(Struct):
    """The mutable side of a `Launch`. `end` is the index after the last argument, `depth` how deep texts are nested,
    `program` the name of the layer that is being read.

    `fallback` is a package that was fetched to run something else, such as a base image or `uvx --from X python …`: it
    is the program after all when that something else is only a local script. `starter` was fetched to start another
    program (tsx, mcp-remote, cross-env): it is the program only when none is found beneath it.
    """

    end: int
    depth: int = 0
    program: str = ""
    found: Found | None = None
    fallback: Found | None = None
    starter: Found | None = None
    extra: list[Package] = field(default_factory=list)
    remote_url: str | None = None
    remote_url_at: int | None = None
    headers: list[tuple[str, str, int]] = field(default_factory=list)
    image_options: DockerOptions | None = None
    shell: ShellUse | None = None
    environment: list[tuple[str, str, int]] = field(default_factory=list)
    env_passed: list[str] = field(default_factory=list)
    env_files: list[str] = field(default_factory=list)
    elevated: bool = False
    secret_injector: str | None = None
    remote_host: str | None = None
    wrappers: list[str] = field(default_factory=list)
    unknown: str | None = None

    def note_assignment(self, text: str, at: int) -> None:
        """`NAME=value`, or a bare NAME that is handed through from outside."""
        name, equals, value = text.partition("=")
        if equals:
            self.environment.append((name, value, at))
        elif name:
            self.env_passed.append(name)

    def note_header(self, text: str, at: int) -> None:
        """`Name: value`, the colon with or without a space."""
        name, colon, value = text.partition(":")
        if colon:
            self.headers.append((name.strip(), value.strip(), at))

    def note_url(self, text: str, at: int) -> None:
        """The server that a bridge connects to."""
        self.remote_url, self.remote_url_at = text, at

    def find(self, package: Package, arguments: Sequence[Word], word: Word | None = None) -> None:
        """The program has been found; `word` is the argument that names it."""
        if word is not None:
            package = replace(package, words=(word.at, word.at + 1))
        self.found = Found(package, arguments)

    def absorb(self, other: Draft) -> None:
        """Take over what a nested text said about the same launch."""
        for mine, theirs in (
            (self.extra, other.packages_beside()),
            (self.headers, other.headers),
            (self.environment, other.environment),
            (self.env_passed, other.env_passed),
            (self.env_files, other.env_files),
            (self.wrappers, other.wrappers),
        ):
            mine.extend(theirs)  # type: ignore[arg-type]
        if other.remote_url is not None:
            self.remote_url, self.remote_url_at = other.remote_url, other.remote_url_at
        self.found = other.settled() or self.found
        self.image_options = other.image_options or self.image_options
        self.elevated = self.elevated or other.elevated
        self.secret_injector = self.secret_injector or other.secret_injector
        self.remote_host = self.remote_host or other.remote_host
        self.shell = self.shell or other.shell
        self.unknown = self.unknown or other.unknown

    def settled(self) -> Found | None:
        """The program, once the packages that only led to it have been weighed against what they led to."""
        if self.fallback is not None and (self.found is None or self.found.package.pin == "local"):
            return self.fallback
        if self.found is None:
            return self.starter if self.shell is None else None
        return self._installed_for_it(self.found)

    def _installed_for_it(self, found: Found) -> Found:
        """`uv run --with mcp-foo mcp-foo`: the installed program is the package that was added for it."""
        name = _plain(found.package.name)
        twin = next((package for package in self.extra if _plain(package.name) == name), None)
        return Found(twin, found.arguments) if twin and found.package.ecosystem == "local" else found

    def packages_beside(self) -> list[Package]:
        """The packages that run with the program, it left out."""
        found = self.settled()
        led = [step.package for step in (self.starter, self.fallback) if step is not None]
        return [package for package in (*led, *self.extra) if found is None or package != found.package]

    def launch(self) -> Launch:
        """The finished value."""
        found = self.settled()
        known = found is not None or self.shell is not None or self.remote_url is not None
        arguments = found.arguments if found else ()
        return Launch(
            package=found.package if found else None,
            extra_packages=tuple(self.packages_beside()),
            remote_url=self.remote_url,
            remote_url_at=self.remote_url_at,
            headers=tuple(self.headers),
            image_options=self.image_options,
            shell=self.shell,
            environment=tuple(self.environment),
            env_passed=tuple(self.env_passed),
            env_files=tuple(self.env_files),
            elevated=self.elevated,
            secret_injector=self.secret_injector,
            remote_host=self.remote_host,
            wrappers=tuple(self.wrappers),
            arguments=tuple(word.text for word in arguments),
            arguments_at=arguments[0].at if arguments else self.end,
            unknown=None if known else self.unknown or "no program is named",
        )


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
