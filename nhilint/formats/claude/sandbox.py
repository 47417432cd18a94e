"""The `sandbox` block becomes facts: whether commands run confined, what they reach, and what lets them out.

An excluded command still goes through the permission rules, and so does the retry outside the sandbox: both are holes
only where a rule of the same file approves the command without a question.
Sources: https://code.claude.com/docs/en/sandboxing and /settings-reference#sandbox-settings, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.claude.command_patterns import CommandPattern, covers, reach_of, read_pattern
from nhilint.formats.claude.path_patterns import reach_of_path
from nhilint.formats.claude.rules import SHELLS
from nhilint.formats.node import first_texts
from nhilint.model.fact import Fact, Known, known_records, value_of
from nhilint.model.vocabulary.agent import Opening, Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Permission

Lets = Literal["any_command", "container_engine", "any_socket", "any_host", "any_file", "weaker_isolation"]

_ENGINE_SOCKETS = ("docker.sock", "podman.sock", "containerd.sock")
_ENGINES = frozenset({"docker", "docker-compose", "podman", "nerdctl"})
_MOST_ENTRIES = 300


def read_sandbox(node: Node, permissions: Many[Permission]) -> Sandbox | None:
    """The sandbox that a file of settings states, or None."""
    if not node.is_mapping:
        return None
    openings = tuple(_openings(node, permissions))
    return Sandbox(
        at=node.at,
        enabled=node["enabled"].boolean(default=False) if "enabled" in node.value else None,
        network=_network(node["network"]),
        filesystem=_filesystem(node["filesystem"]),
        escapes=Known(tuple(str(value_of(opening.setting)) for opening in openings), node.at),
        openings=openings,
    )


def _network(network: Node) -> Fact[Literal["none", "list", "all"]]:
    domains = network["allowedDomains"]
    if not domains.is_list:
        return None
    return Known("all" if "*" in domains.value else "list", domains.at)


def _filesystem(filesystem: Node) -> Fact[Literal["read_only", "workspace", "all"]]:
    if filesystem["disabled"].value is True:
        return Known("all", filesystem["disabled"].at)
    wide = [item for item in first_texts(filesystem["allowWrite"], _MOST_ENTRIES) if _is_wide(item.value)]
    return Known("all", wide[0].at) if wide else Known("workspace", filesystem.at) if filesystem.exists else None


def _openings(node: Node, permissions: Many[Permission]) -> Iterator[Opening]:
    yield from _excluded(node["excludedCommands"], permissions)
    yield from _retried(node, permissions)
    yield from _sockets(node["network"])
    for item in first_texts(node.at_path("network", "allowedDomains"), _MOST_ENTRIES):
        if item.value == "*":
            yield _opening(item.at, "network.allowedDomains: *", "any_host", "every host is allowed in advance")
    for item in first_texts(node.at_path("filesystem", "allowWrite"), _MOST_ENTRIES):
        if _is_wide(item.value):
            setting = f"filesystem.allowWrite: {item.value}"
            yield _opening(item.at, setting, "any_file", "files that other programs trust can be rewritten")
    weaker = node["enableWeakerNestedSandbox"]
    if weaker.value is True:
        reason = "inside a container it keeps only part of the isolation"
        yield _opening(weaker.at, "enableWeakerNestedSandbox", "weaker_isolation", reason)


def _excluded(commands: Node, permissions: Many[Permission]) -> Iterator[Opening]:
    """Commands that run outside and that a rule approves unasked."""
    for item in first_texts(commands, _MOST_ENTRIES):
        pattern = read_pattern(item.value)
        lets = _let_out(pattern)
        approving = next((rule for rule in _shell_rules(permissions) if _approves(rule, item.value)), None)
        if lets is None or approving is None:
            continue
        reason = f"it runs outside the sandbox, and the rule {value_of(approving.rule)} approves it without a question"
        yield _opening(item.at, f"excludedCommands: {item.value}"[:120], lets, reason)


def _let_out(pattern: CommandPattern) -> Lets | None:
    """What an excluded command may do outside: only one that runs anything, or moves a container engine, is a hole."""
    if (pattern.beginning.split() or [""])[0] in _ENGINES:
        return "container_engine"
    reach = reach_of(pattern)
    return "any_command" if reach.reach in ("any_command", "any_code") and not reach.by_option else None


def _retried(node: Node, permissions: Many[Permission]) -> Iterator[Opening]:
    """A rule for every command also approves the retry outside the sandbox, unless retries are switched off."""
    retry = node["allowUnsandboxedCommands"]
    if retry.value is False:
        return
    for rule in _shell_rules(permissions):
        if value_of(rule.shell_reach) == "any_command":
            reason = "a command that the sandbox stops is tried again outside, and this rule approves that unasked"
            yield _opening(rule.at, f"permissions.allow: {value_of(rule.rule)}", "any_command", reason)
            return


def _sockets(network: Node) -> Iterator[Opening]:
    every = network["allowAllUnixSockets"]
    if every.value is True:
        yield _opening(
            every.at, "network.allowAllUnixSockets", "any_socket", "every local service can be told what to do"
        )
    for item in first_texts(network["allowUnixSockets"], _MOST_ENTRIES):
        if item.value.endswith(_ENGINE_SOCKETS):
            setting = f"network.allowUnixSockets: {item.value}"
            yield _opening(item.at, setting, "container_engine", "whoever may use the engine may mount the whole disk")


def _shell_rules(permissions: Many[Permission]) -> Iterator[Permission]:
    for rule in known_records(permissions):
        if value_of(rule.effect) == "allow" and value_of(rule.effective) and value_of(rule.tool) in SHELLS:
            yield rule


def _approves(rule: Permission, command: str) -> bool:
    return covers(read_pattern(value_of(rule.argument)), read_pattern(command))


def _is_wide(path: str) -> bool:
    """Whether a sandbox path opens the disk or a home folder; here `/x` is absolute, unlike in a rule."""
    text = path.strip().removesuffix("/**") or "/"
    anchored = f"/{text}" if text.startswith("/") and not text.startswith("//") else text
    return reach_of_path(anchored.rstrip("/") + "/**" if text != "/" else "//**") in ("root", "home")


def _opening(at: Place, setting: str, lets: Lets, reason: str) -> Opening:
    return Opening(at=at, setting=Known(setting, at), lets=Known(lets, at), reason=Known(reason, at))
