"""Hooks become commands that run by themselves and hooks that never fire; the form is shared by several products.

Event → entries; an entry is a handler itself or a group with a list of handlers below `hooks`. A handler runs the
command under one of the keys that its product reads. What the events are called, and which of them can stop something,
is in a `HookGrammar`; other families hand in their own. Handlers that ask a model or an agent run nothing and are left
out.
Sources for Codex: https://developers.openai.com/codex/hooks and https://github.com/openai/codex,
codex-rs/config/src/hook_config.rs, read 2026-11-22. A hook of a project runs once its exact text has been approved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.claude.commands import read_command
from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.endpoints import endpoint_of
from nhilint.formats.guarding_hooks import any_guards, commands_of
from nhilint.model.fact import Known, known_records
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.vocabulary.agent import Agent, ConfiguredCommand
    from nhilint.model.vocabulary.capability import Endpoint
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.model.vocabulary.tool import IneffectiveSetting

MOST_HANDLERS = 500
"""More handlers in one file are left out."""

_LETTERS = Deferred(r"[^a-z]")


class HookGrammar(NamedTuple):
    """The hooks of one product. `guarding` are events whose hooks can stop a call, `told` those that get its input."""

    title: str
    docs: str
    events: frozenset[str]
    guarding: frozenset[str]
    told: frozenset[str]
    keys: tuple[str, ...] = ("command",)
    others: frozenset[str] = frozenset()
    """Keys beside the events that are no events."""
    is_complete: bool = True
    """Whether `events` are all there are. If not, only a name that differs by its capitals is called unknown."""


class ReadHooks(NamedTuple):
    """What the hooks of one file do."""

    commands: tuple[ConfiguredCommand, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    credentials: tuple[Credential, ...] = ()
    ineffective: tuple[IneffectiveSetting, ...] = ()

    def held_by(self, agent: Agent) -> Agent:
        """The agent of a file with what its hooks do, before what the rest of the file says of the same."""
        return replace(
            agent,
            commands=(*self.commands, *known_records(agent.commands)),
            endpoints=(*self.endpoints, *known_records(agent.endpoints)),
            credentials=(*self.credentials, *known_records(agent.credentials)),
            ineffective=(*self.ineffective, *known_records(agent.ineffective)),
        )


CODEX = HookGrammar(
    title="Codex",
    docs="https://developers.openai.com/codex/hooks",
    events=frozenset(
        {
            "Interrupt", "PermissionRequest", "PostCompact", "PostToolUse", "PreCompact", "PreToolUse", "SessionEnd",
            "SessionStart", "Stop", "SubagentStart", "SubagentStop", "UserPromptSubmit",
        }
    ),
    guarding=frozenset({"PreToolUse", "PermissionRequest"}),
    told=frozenset({"PreToolUse", "PermissionRequest", "PostToolUse", "UserPromptSubmit"}),
    others=frozenset({"state", "managed_dir", "windows_managed_dir"}),
)  # fmt: skip


def read_hooks(hooks: Node, grammar: HookGrammar) -> ReadHooks:
    """The hooks below a `hooks` key; a value that is no mapping has none."""
    commands: list[ConfiguredCommand] = []
    endpoints: list[Endpoint] = []
    credentials: list[Credential] = []
    for count, (event, node) in enumerate(_command_nodes(hooks, grammar)):
        if count >= MOST_HANDLERS:
            break
        found = read_command(event, node, takes_input=event in grammar.told)
        if found is None:
            continue
        commands.append(found.record)
        credentials.extend(found.credentials)
        if found.sent_to is not None:
            endpoints.append(replace(endpoint_of(found.sent_to, node.at, event), carries=Known("events", node.at)))
    return ReadHooks(tuple(commands), tuple(endpoints), tuple(credentials), tuple(_faults(hooks, grammar)))


def _command_nodes(hooks: Node, grammar: HookGrammar) -> Iterator[tuple[str, Node]]:
    for event, entries in hooks.entries():
        if event in grammar.others:
            continue
        for entry in entries.items():
            for handler in entry["hooks"].items() if entry["hooks"].is_list else [entry]:
                yield from ((event, handler[key]) for key in grammar.keys if handler[key].is_text)


def _faults(hooks: Node, grammar: HookGrammar) -> Iterator[IneffectiveSetting]:
    """Hooks of an event that the product does not have."""
    for event, entries in hooks.entries():
        if event in grammar.events or event in grammar.others or not entries.is_list or not entries.value:
            continue
        fault = _unknown_event(event, grammar, commands_of(entries))
        if fault is not None:
            yield ineffective_setting(f"hooks.{event[:60]}", fault, entries.at.at_key())


def _unknown_event(event: str, grammar: HookGrammar, commands: tuple[str, ...]) -> Fault | None:
    plain = _LETTERS.sub("", event.lower())
    near = next((known for known in sorted(grammar.events) if _LETTERS.sub("", known.lower()) == plain), "")
    if not near and not grammar.is_complete:
        return None
    example = min(grammar.guarding, default=min(grammar.events))
    instead = f"write {near}" if near else f"use an event of the hooks reference, such as {example}"
    is_in_the_way = near in grammar.guarding or plain.startswith(("pre", "before"))
    protects = is_in_the_way and (any_guards(commands) if commands else True)
    reason = f"{grammar.title} has no event named {event[:40]} and skips its hooks"
    return Fault(reason, instead, grammar.docs, protects)
