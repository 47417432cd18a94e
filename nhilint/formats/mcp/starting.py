"""What a command line really starts becomes the facts of a tool: package, mounts, inline code, elevation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.mcp.address import shown_address
from nhilint.formats.mcp.paths import path_reach
from nhilint.knowledge.tools import unwrap
from nhilint.model.fact import Fact, Known, Unknown
from nhilint.model.vocabulary.tool import Mount, Package, ShellUse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.mcp.command_line import CommandLine
    from nhilint.knowledge.tools import Launch
    from nhilint.knowledge.tools import Package as StartedPackage
    from nhilint.model.place import Place

_MOVES = "a version that a variable decides"
_FILE_SERVERS = frozenset(
    {
        "@modelcontextprotocol/server-filesystem",
        "mcp/filesystem",
        "mcp-server-filesystem",
        "@cyanheads/filesystem-mcp-server",
        "@anthropic-ai/mcp-server-filesystem",
        "fast-filesystem-mcp",
        "rust-mcp-filesystem",
    }
)
"""Servers whose arguments without an option are the folders that they open, with writing allowed."""


def launch_of(line: CommandLine) -> Launch:
    """What the command line starts, runners and wrappers taken away."""
    return unwrap(line.words[0], line.words[1:])


def package_of(
    started: StartedPackage, line: CommandLine, *, official: bool | None = None, archived: bool | None = None
) -> Package:
    """A package with the place of the word that names it."""
    at = line.place_of(started.words[0])
    return Package(
        at=at,
        ecosystem=Known(started.ecosystem, at),
        name=Known(started.name, at),
        version=_version(started, at),
        pin=Unknown(_MOVES, at) if started.pin == "unknown" else Known(started.pin, at),
        first_party=Known(official, at) if official is not None else None,
        archived=Known(archived, at) if archived is not None else None,
        registry=Known(shown_address(started.registry), at) if started.registry else None,
    )


def _version(started: StartedPackage, at: Place) -> Fact[str]:
    if started.pin == "unknown":
        return Unknown(_MOVES, at)
    return Known(started.version, at) if started.version else None


def mounts_of(launch: Launch, line: CommandLine) -> tuple[Mount, ...]:
    """Host paths given to a container, and folders given to a file server."""
    return (*_container_mounts(launch, line), *_opened_folders(launch, line))


def shell_of(launch: Launch, line: CommandLine) -> ShellUse | None:
    """Inline code, when the command is an interpreter."""
    if launch.shell is None:
        return None
    at = line.place_of(launch.shell.at)
    return ShellUse(
        at=at,
        interpreter=Known(launch.shell.interpreter, at),
        downloads=Known(launch.shell.pipes_download_to_shell, at),
        encoded=Known(launch.shell.encoded, at),
    )


def elevated_of(launch: Launch, line: CommandLine) -> Fact[bool]:
    """Whether it runs as root by sudo, or in a container without the walls of one."""
    options = launch.image_options
    if launch.elevated:
        return Known(value=True, at=line.places[0])
    if options is None:
        return Known(value=False, at=line.places[0])
    return Known(options.privileged, _place_of_word(line, "--privileged"))


def host_network_of(launch: Launch, line: CommandLine) -> Fact[bool]:
    """Whether the container shares the network of the host; None when there is no container."""
    if launch.image_options is None:
        return None
    return Known(launch.image_options.host_network, _place_of_word(line, "--net"))


def _container_mounts(launch: Launch, line: CommandLine) -> Iterator[Mount]:
    options = launch.image_options
    if options is None:
        return
    for mount in options.mounts:
        if mount.kind == "bind":
            yield _mount(mount.source, line.place_of(mount.at), read_only=mount.read_only)


def _opened_folders(launch: Launch, line: CommandLine) -> Iterator[Mount]:
    """In a container the folders are its own; there the mounts say what they really are."""
    if launch.package is None or launch.package.name not in _FILE_SERVERS or launch.image_options is not None:
        return
    for index, argument in enumerate(launch.arguments, start=launch.arguments_at):
        if not argument.startswith("-"):
            yield _mount(argument, line.place_of(index), read_only=False)


def _mount(source: str, at: Place, *, read_only: bool) -> Mount:
    reach = path_reach(source)
    return Mount(
        at=at,
        source=Known(source, at),
        read_only=Known(read_only, at),
        reach=Known(reach, at) if reach else Unknown("a path that a variable decides", at),
    )


def _place_of_word(line: CommandLine, beginning: str) -> Place:
    """Where the option stands; the program when it is not there."""
    return next(
        (place for word, place in zip(line.words, line.places, strict=True) if word.startswith(beginning)),
        line.places[0],
    )
