"""A skill or a command becomes an agent: what it approves in advance, what runs when it is loaded, whom it starts.

`allowed-tools` approves calls for the turn and limits nothing; no question of trust stands before it, not even in a
`claude -p` run. Other products load the same files, but what they make of `allowed-tools` is not documented, so there
the effect of a rule is unknown. Where no folder tells who loads a file, it is read as Claude Code would and its product
left unknown: whether a plug-in ships it is known after linking.
Source: https://code.claude.com/docs/en/skills (front matter, pre-approve tools, run skills in a subagent), read
2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.claude.frontmatter import credentials_in, read_definition, stem_of, switch
from nhilint.formats.claude.hooks import read_hooks
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.claude.levels import CLAUDE_CODE, is_in_claude_folder, product_of
from nhilint.formats.claude.load_commands import as_instructions, read_load_commands
from nhilint.formats.claude.permissions import StatedRule, judge_rules
from nhilint.formats.claude.rules import parse_rule
from nhilint.formats.claude.unloaded import NO_LOADER, as_unloaded
from nhilint.formats.claude.word_lists import entries_of
from nhilint.model.fact import Fact, Known, Unknown, known_records, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Delegation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.frontmatter import Definition
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.agent import Permission
    from nhilint.source.document import Document

_OF_COMMANDS = ("allowed-tools", "argument-hint", "disable-model-invocation", "disallowed-tools")


def extract(document: Document, claim: Claim) -> Extraction:
    """One skill or command. Outside `.claude` a command is known by a field that only commands have."""
    definition = read_definition(document)
    kind: Literal["skill", "command"] = "skill" if claim.format == "claude-skill" else "command"
    fields = definition.fields
    if kind == "skill" and not (fields["name"].exists or fields["description"].exists):
        return Extraction(recognised=is_in_claude_folder(document.path))
    if kind == "command" and not _is_command(document.path, fields):
        return Extraction(recognised=False)
    agent = read_skill(document, definition, kind)
    name = fields["name"].value if fields["name"].is_text else stem_of(document.path)
    return Extraction((Resource("agent", name, claim.format, agent),))


def _is_command(path: str, fields: Node) -> bool:
    return is_in_claude_folder(path) or any(fields[key].exists for key in _OF_COMMANDS)


def read_skill(document: Document, definition: Definition, kind: Literal["skill", "command"]) -> Agent:
    """The agent that a skill or command describes."""
    fields, body = definition
    product = product_of(document.path)
    hooks = read_hooks(fields["hooks"])
    loaded = tuple(read_load_commands(body))
    at = fields["name"].at if fields["name"].exists else fields.at
    name = fields["name"].text() or Known(stem_of(document.path), at)
    permissions = _permissions(fields, product)
    by_person = switch(fields["disable-model-invocation"]) is True
    agent = Agent(
        at=at,
        name=name,
        product=Known(product, at) if product is not None else Unknown(NO_LOADER, at),
        kind=Known(kind, at),
        level=Known("project", at) if is_in_claude_folder(document.path) else None,
        purpose=fields["description"].text(),
        model=fields["model"].text(),
        initiation=Known("human" if by_person else "tool_mediated", at),
        acts_as=Known("user_proxy", at),
        tools_exposed=Known("all", at),
        permissions=permissions,
        free_shell=_free_shell(permissions, at),
        commands=(*hooks.commands, *(command.record for command in loaded)),
        endpoints=hooks.endpoints,
        delegations=tuple(_delegations(fields)),
        credentials=(*hooks.credentials, *credentials_in(body)),
        instructions=(*read_instructions(fields, body), *as_instructions(loaded)),
        ineffective=hooks.ineffective,
    )
    if product in (CLAUDE_CODE, None):
        return agent
    return as_unloaded(agent, f"{product} does not document what it makes of this field")


def _permissions(fields: Node, product: str | None) -> Many[Permission]:
    is_other = product not in (CLAUDE_CODE, None)
    allowed = fields.first("allowed-tools", "allowed_tools") if is_other else fields["allowed-tools"]
    if isinstance(allowed.text(), Unknown) and allowed.is_text:
        return (allowed.unknown("a template"),)
    stated = [StatedRule(parse_rule(entry.text), "allow", entry.at) for entry in entries_of(allowed)]
    stated += [StatedRule(parse_rule(e.text), "deny", e.at) for e in entries_of(fields["disallowed-tools"])]
    return judge_rules(stated, "project").permissions


def _free_shell(permissions: Many[Permission], at: Place) -> Fact[bool]:
    """Whether every command runs unasked while the text is in force."""
    for rule in known_records(permissions):
        is_free = value_of(rule.effect) == "allow" and value_of(rule.shell_reach) == "any_command"
        if is_free and value_of(rule.effective):
            return Known(value=True, at=rule.at)
    return Known(value=False, at=at)


def _delegations(fields: Node) -> Iterator[Delegation]:
    """`context: fork` runs the text in a subagent of the named type."""
    if fields["context"].value != "fork":
        return
    agent = fields["agent"]
    target = agent.text() if agent.exists else Known("general-purpose", fields["context"].at)
    yield Delegation(at=agent.at if agent.exists else fields["context"].at, target=target, gate=None)
