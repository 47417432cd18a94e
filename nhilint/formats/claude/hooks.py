"""Hooks become commands that run by themselves, addresses that are told what happens, and hooks that never fire.

A file of settings, a plug-in's hooks/hooks.json and the front matter of skills and subagents share one form:
event → groups with a `matcher` → handlers. Command handlers run programs, http handlers post everything they are told;
prompt, agent and mcp_tool handlers run nothing of their own and are left out.
Sources: https://code.claude.com/docs/en/hooks (hook handler fields, matcher patterns) and /debug-your-config, read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.claude.commands import read_command
from nhilint.formats.claude.hook_faults import EVENTS, fault_of_event, fault_of_exit, fault_of_matcher
from nhilint.formats.claude.ineffective import ineffective_setting
from nhilint.formats.endpoints import endpoint_of
from nhilint.formats.guarding_hooks import commands_of, commands_of_group
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, is_header_of_credential, read_slot
from nhilint.model.fact import Known

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import ConfiguredCommand
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import IneffectiveSetting

MOST_HANDLERS = 500
"""More handlers in one file are left out."""

_WITH_INPUT = frozenset({"PreToolUse", "PostToolUse", "PostToolUseFailure", "PermissionRequest", "UserPromptSubmit"})
"""Events whose input a model or an outsider can choose: arguments of a tool, its result, a prompt."""


class ReadHooks(NamedTuple):
    """What the hooks of one file do."""

    commands: tuple[ConfiguredCommand, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    credentials: tuple[Credential, ...] = ()
    ineffective: tuple[IneffectiveSetting, ...] = ()


class _Handler(NamedTuple):
    event: str
    node: Node


def read_hooks(hooks: Node) -> ReadHooks:
    """The hooks below a `hooks` key. Odd values are left out."""
    commands: list[ConfiguredCommand] = []
    endpoints: list[Endpoint] = []
    credentials: list[Credential] = []
    for count, handler in enumerate(_handlers(hooks)):
        if count >= MOST_HANDLERS:
            break
        kind = handler.node["type"].value
        if kind == "http" or (kind is None and handler.node["url"].is_text):
            endpoints.extend(_posted(handler))
            credentials.extend(_headers(handler.node["headers"]))
        elif kind in ("command", None):
            _take_command(handler, commands, endpoints, credentials)
    return ReadHooks(tuple(commands), tuple(endpoints), tuple(credentials), tuple(_faults(hooks)))


def looks_like_hooks(hooks: Node) -> bool:
    """Whether a mapping has the form of Claude Code's hooks, and not that of another product with the same key."""
    events = [node for name, node in hooks.entries() if name in EVENTS]
    return bool(events) and any(group["hooks"].is_list for event in events for group in event.items())


def _handlers(hooks: Node) -> Iterator[_Handler]:
    groups = ((event, group) for event, of_event in hooks.entries() for group in of_event.items())
    for event, group in groups:
        yield from (_Handler(event, handler) for handler in group["hooks"].items() if handler.is_mapping)


def _take_command(
    handler: _Handler, commands: list[ConfiguredCommand], endpoints: list[Endpoint], credentials: list[Credential]
) -> None:
    node = handler.node
    takes_input = handler.event in _WITH_INPUT
    found = read_command(handler.event, node["command"], node["args"], takes_input=takes_input)
    if found is None:
        return
    commands.append(found.record)
    credentials.extend(found.credentials)
    if found.sent_to is not None:
        endpoint = endpoint_of(found.sent_to, node["command"].at, handler.event)
        endpoints.append(replace(endpoint, carries=Known("events", endpoint.at)))


def _posted(handler: _Handler) -> Iterator[Endpoint]:
    url = handler.node["url"].text()
    if isinstance(url, Known):
        endpoint = endpoint_of(url.value, url.at, handler.event)
        yield replace(endpoint, carries=Known("events", url.at))


def _headers(headers: Node) -> Iterator[Credential]:
    for name, node in headers.entries():
        if node.is_text:
            slot = Slot(name, node.at, "header", is_header_of_credential(name))
            yield from read_slot(node.value, slot, Expansion())[0]


def _faults(hooks: Node) -> Iterator[IneffectiveSetting]:
    """Hooks that never fire: an event that does not exist, a matcher that no tool's name matches."""
    for event, groups in hooks.entries():
        fault = fault_of_event(event, commands_of(groups))
        if fault is not None:
            yield ineffective_setting(f"hooks.{event}", fault, groups.at.at_key())
            continue
        for group in groups.items():
            matcher = group["matcher"]
            fault = fault_of_matcher(event, matcher.value, commands_of_group(group))
            if fault is not None:
                yield ineffective_setting(f"hooks.{event} matcher {str(matcher.value)[:60]}", fault, matcher.at)
            yield from _faults_of_commands(event, group)


def _faults_of_commands(event: str, group: Node) -> Iterator[IneffectiveSetting]:
    for handler in group["hooks"].items():
        fault = fault_of_exit(event, handler["command"].value)
        if fault is not None:
            yield ineffective_setting(f"hooks.{event} command", fault, handler["command"].at)
