"""One entry becomes one tool: every fact that the entry states or its product fixes, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.mcp.address import read_address
from nhilint.formats.mcp.ambient import mounted_credential, profiles_by_option, signed_in_as
from nhilint.formats.mcp.authentication import auth_of
from nhilint.formats.mcp.browser_session import browser_sessions
from nhilint.formats.mcp.command_line import CommandLine, command_line_of, read_arguments
from nhilint.formats.mcp.credentials import headers_of, stated_credentials
from nhilint.formats.mcp.gates import approval_of, auto_approved_of, enabled_of, exposed_of
from nhilint.formats.mcp.settings import ineffective_settings
from nhilint.formats.mcp.starting import (
    elevated_of,
    host_network_of,
    launch_of,
    mounts_of,
    package_of,
    shell_of,
)
from nhilint.formats.mcp.transport import transport_of
from nhilint.formats.mcp.what_it_does import capabilities_of, look_up, official_of, publisher_of
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.tool import Mount, Package, ShellUse, Tool

if TYPE_CHECKING:
    from nhilint.formats.mcp.entry import Entry
    from nhilint.knowledge.tools import Launch, ToolKnowledge
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential


class _Started(NamedTuple):
    """What the command line says. `line` and `launch` are None when there is no command."""

    line: CommandLine | None
    launch: Launch | None
    words: tuple[str, ...]
    credentials: tuple[Credential, ...]
    mounts: tuple[Mount, ...]


def read_server(entry: Entry, format_id: str) -> Resource:
    """The tool that an entry configures. Never raises for odd values: they are left out or unknown."""
    started = _start(entry)
    endpoint, in_address = _endpoint(entry, started)
    known = _knowledge(entry, started, endpoint)
    credentials = (*started.credentials, *in_address, *stated_credentials(entry))
    auto_approved = auto_approved_of(entry)
    exposed, exposed_tools = exposed_of(entry)
    approval = approval_of(entry, auto_approved)
    transport = transport_of(entry)
    official = official_of(known, entry.at)
    tool = Tool(
        at=entry.at,
        name=Known(entry.name, entry.at),
        client=Known(entry.dialect.client, entry.at) if entry.dialect.client else None,
        kind=Known("builtin" if value_of(transport) == "builtin" else "mcp_server", entry.at),
        transport=transport,
        command=Known(started.words[0], started.line.places[0]) if started.line else None,
        arguments=_arguments(entry, started),
        endpoint=endpoint,
        package=_package(started, entry.name, known if endpoint is None else None, bridge=endpoint is not None),
        extra_packages=_extra_packages(started),
        mounts=started.mounts,
        shell=_shell(started),
        elevated=elevated_of(started.launch, started.line) if started.launch and started.line else None,
        host_network=host_network_of(started.launch, started.line) if started.launch and started.line else None,
        auth=auth_of(entry, credentials, offered=_oauth_offered(entry.dialect.client, endpoint, known)),
        credentials=credentials,
        runs_as=signed_in_as(credentials),
        exposed=exposed,
        exposed_tools=exposed_tools,
        approval=approval,
        auto_approved=auto_approved,
        enabled=enabled_of(entry),
        official=official,
        capabilities=capabilities_of(known, entry, value_of(approval)),
        ineffective=tuple(ineffective_settings(entry, credentials)),
    )
    return Resource("tool", entry.name, format_id, tool)


def _start(entry: Entry) -> _Started:
    line = command_line_of(entry)
    if line is None:
        return _Started(None, None, (), (), ())
    launch = launch_of(line)
    words, credentials = read_arguments(line, entry.dialect.expansion, launch)
    mounts = mounts_of(launch, line)
    mounted = tuple(filter(None, map(mounted_credential, mounts)))
    lent = (*mounted, *profiles_by_option(line, launch), *browser_sessions(line))
    return _Started(line, launch, words, (*credentials, *lent), mounts)


def _endpoint(entry: Entry, started: _Started) -> tuple[Endpoint | None, tuple[Credential, ...]]:
    """The address that the entry states, or the one to which its command is a bridge."""
    node = entry.part(entry.dialect.keys.address)
    if isinstance(node.value, str) and node.value.strip():
        return read_address(node.value, node.at, node.key, entry.dialect.expansion)
    launch, line = started.launch, started.line
    if launch is None or line is None or launch.remote_url is None:
        return None, ()
    at = line.place_of(launch.remote_url_at or 0)
    endpoint, _ = read_address(launch.remote_url, at, "url", entry.dialect.expansion)
    return endpoint, ()  # its credentials were found among the arguments


def _knowledge(entry: Entry, started: _Started, endpoint: Endpoint | None) -> ToolKnowledge | None:
    environment = entry.part(entry.dialect.keys.environment)
    return look_up(
        entry.name,
        started.launch,
        str(value_of(endpoint.url) or "") if endpoint is not None else "",
        {name: str(node.value) for name, node in environment.entries() if isinstance(node.value, str)},
        {name: str(node.value) for name, node in headers_of(entry) if isinstance(node.value, str)},
    )


def _arguments(entry: Entry, started: _Started) -> Fact[tuple[str, ...]]:
    if started.line is None:
        return None
    node = entry.part(entry.dialect.keys.arguments)
    return Known(started.words[1:], node.at if node.exists else started.line.places[0])


def _package(started: _Started, name: str, known: ToolKnowledge | None, *, bridge: bool) -> Package | None:
    """What is started. Of a bridge to a server elsewhere nothing is known by what is known of that server."""
    launch, line = started.launch, started.line
    if launch is None or line is None:
        return None
    if launch.package is not None:
        official, archived = (None, None) if bridge else publisher_of(known, launch.package, name)
        return package_of(launch.package, line, official=official, archived=archived)
    if launch.unknown is None:
        return None
    reason = Unknown(launch.unknown, line.places[0])
    return Package(at=line.places[0], ecosystem=reason, name=reason, version=reason, pin=reason, registry=reason)


def _extra_packages(started: _Started) -> tuple[Package, ...]:
    if started.launch is None or started.line is None:
        return ()
    return tuple(package_of(extra, started.line) for extra in started.launch.extra_packages)


def _shell(started: _Started) -> ShellUse | None:
    if started.launch is None or started.line is None:
        return None
    return shell_of(started.launch, started.line)


_BY_APPOINTMENT = {"api.githubcopilot.com": frozenset({"vscode", "copilot"})}
"""Servers that sign in only clients they have registered: GitHub's registers none by itself
(github/github-mcp-server, issue 2532), and its own editors are the ones it has."""


def _oauth_offered(client: str, endpoint: Endpoint | None, known: ToolKnowledge | None) -> bool | None:
    registered = _BY_APPOINTMENT.get(value_of(endpoint.host) or "") if endpoint is not None else None
    if registered is not None and client not in registered:
        return False
    return known.remote_oauth if known is not None and endpoint is not None and known.confidence == "sure" else None
