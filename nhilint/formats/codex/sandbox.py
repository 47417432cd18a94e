"""The sandbox of Codex's own commands becomes facts: on or off, network, writable folders, and what opens it.

Written in one of two ways that do not mix: `sandbox_mode` with `[sandbox_workspace_write]`, or a permission profile.
Commands have no network unless it is switched on; with the feature `network_proxy` it leads to the hosts that are
allowed there. Servers of MCP run outside of it. Under `never` without a mode the default of a trusted folder holds,
which is writing in the workspace.
Sources: https://developers.openai.com/codex/config-reference and /codex/permissions; https://github.com/openai/codex,
codex-rs/config/src/permissions_toml.rs, and pull request 20147 (the proxy as a feature), read 2026-11-22.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Literal

from nhilint.formats.codex.modes import Mode
from nhilint.formats.mcp.paths import path_reach
from nhilint.formats.node import first_texts
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.agent import Opening, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

Lets = Literal["any_command", "container_engine", "any_socket", "any_host", "any_file", "weaker_isolation"]
Network = Literal["none", "list", "all"]

_ENGINE_SOCKETS = ("docker.sock", "podman.sock", "containerd.sock")
_WHOLE_DISK = frozenset({":root", "/"})
_REWRITTEN = "files that other programs trust can be rewritten"
_MOST_ENTRIES = 300


def read_sandbox(root: Node, mode: Mode | Unknown | None) -> Sandbox | None:
    """The sandbox that a configuration states; None when it states neither a mode nor that nobody is asked."""
    if isinstance(mode, Unknown):
        return Sandbox(at=mode.at, enabled=mode, network=mode, filesystem=mode)
    if mode is None:
        policy = root["approval_policy"]
        if policy.value != "never":
            return None
        mode = Mode("workspace", policy.at)
    openings = tuple(_openings(root, mode))
    return Sandbox(
        at=mode.at,
        enabled=Known(mode.confinement != "none", mode.at),
        network=_network(root, mode),
        filesystem=_filesystem(mode, openings),
        escapes=Known(tuple(str(value_of(one.setting)) for one in openings), mode.at) if openings else None,
        openings=openings,
    )


def _network(root: Node, mode: Mode) -> Fact[Network]:
    if mode.confinement == "none":
        return Known("all", mode.at)
    if mode.profile is None:
        access = root["sandbox_workspace_write"]["network_access"]
        if access.value is not True or mode.confinement != "workspace":
            return Known("none", access.at if access.exists else mode.at)
        return _through_proxy(root) or Known("all", access.at)
    network = mode.profile["network"]
    if network["enabled"].value is not True:
        return Known("none", network.at if network.exists else mode.at)
    everything = network["domains"]["*"]
    if network["domains"].is_mapping and everything.value != "allow":
        return Known("list", network["domains"].at)
    return Known("all", everything.at if everything.exists else network["enabled"].at)


def _through_proxy(root: Node) -> Fact[Network]:
    """What Codex's proxy lets through to; None where it is not in the way or lets everything through."""
    proxy = root["features"]["network_proxy"]
    if proxy.value is True:
        return Known("list", proxy.at)
    is_limited = proxy["enabled"].value is True and proxy["domains"]["*"].value != "allow"
    return Known("list", proxy.at) if is_limited else None


def _filesystem(mode: Mode, openings: tuple[Opening, ...]) -> Fact[Literal["read_only", "workspace", "all"]]:
    wide = next((one for one in openings if value_of(one.lets) == "any_file"), None)
    if wide is not None or mode.confinement == "none":
        return Known("all", wide.at if wide is not None else mode.at)
    return Known(mode.confinement, mode.at)


def _openings(root: Node, mode: Mode) -> Iterator[Opening]:
    if mode.confinement == "none":
        return
    if mode.profile is not None:
        yield from _profile_openings(mode.profile)
        return
    if mode.confinement != "workspace":
        return
    table = root["sandbox_workspace_write"]
    access = table["network_access"]
    if access.value is True and _through_proxy(root) is None:
        yield _opening(access.at, "sandbox_workspace_write.network_access", "any_host", "commands reach every host")
    for item in first_texts(table["writable_roots"], _MOST_ENTRIES):
        if path_reach(item.value) in ("root", "home"):
            setting = f"sandbox_workspace_write.writable_roots: {item.value}"
            yield _opening(item.at, setting, "any_file", _REWRITTEN)


def _profile_openings(profile: Node) -> Iterator[Opening]:
    for key, node in islice(profile["filesystem"].entries(), _MOST_ENTRIES):
        if node.value == "write" and (key in _WHOLE_DISK or path_reach(key) in ("root", "home")):
            yield _opening(node.at, f"filesystem {key} = write", "any_file", _REWRITTEN)
    network = profile["network"]
    if network["enabled"].value is not True:
        return
    sockets = network["dangerously_allow_all_unix_sockets"]
    if sockets.value is True:
        reason = "every local service can be told what to do"
        yield _opening(sockets.at, "network.dangerously_allow_all_unix_sockets", "any_socket", reason)
    for key, node in islice(network["unix_sockets"].entries(), _MOST_ENTRIES):
        if node.value == "allow" and key.endswith(_ENGINE_SOCKETS):
            reason = "whoever may use the engine may mount the whole disk"
            yield _opening(node.at, f"network.unix_sockets {key}", "container_engine", reason)
    everything = network["domains"]["*"]
    if everything.value == "allow":
        yield _opening(everything.at, "network.domains *", "any_host", "every host is allowed")


def _opening(at: Place, setting: str, lets: Lets, reason: str) -> Opening:
    return Opening(at=at, setting=Known(setting[:120], at), lets=Known(lets, at), reason=Known(reason, at))
