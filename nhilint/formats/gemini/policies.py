"""A policy file becomes an agent's permissions. In a project's folder none of them is in force.

`[[rule]]` names tools, a server, the beginning of commands or a pattern, and decides allow, ask_user or deny; the
highest priority wins. Gemini CLI reads policies of the user and of the system; those of a workspace are switched off.
Sources: https://geminicli.com/docs/reference/policy-engine/ and
https://github.com/google-gemini/gemini-cli/issues/18186; packages/core/src/policy/toml-loader.ts and
packages/cli/src/config/policy.ts (disableWorkspacePolicies), commit 5411f11 of 2026-08-21, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.claude.templates import engine_template
from nhilint.formats.gemini.tool_rules import SHELL, Effect, tool_permission
from nhilint.formats.node import Node
from nhilint.formats.shell_rules import shell_permission
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent, Permission
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.tool import IneffectiveSetting
    from nhilint.source.document import Document

_DECISIONS: dict[str, Effect] = {"allow": "allow", "ask_user": "ask", "deny": "deny"}
_WORKSPACE = Deferred(r"(?:^|/)\.gemini/policies/")
_HOME_FOLDER = Deferred(r"(?:^|/)(?:home|users?|stow|chezmoi|[\w.-]*dotfiles?[\w.-]*)/", flags=re.IGNORECASE)
_ISSUE = "https://github.com/google-gemini/gemini-cli/issues/18186"
_MOST_RULES = 1_000
_MOST_NAMES = 50


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a file without a rule that decides something is another tool's."""
    root = Node.root(document, engine_template)
    rules = [rule for rule in root["rule"].items() if rule["decision"].exists][:_MOST_RULES]
    if not rules:
        return Extraction(recognised=False)
    in_force = not _WORKSPACE.search(document.path) or _HOME_FOLDER.search(document.path) is not None
    read = [permission for rule in rules for permission in _permissions(rule)]
    agent = Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known("gemini-cli", root.at),
        kind=Known("settings", root.at),
        level=Known("user" if in_force else "project", root.at),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
        permissions=tuple(read if in_force else (_dead(one) for one in read)),
        ineffective=() if in_force else tuple(_switched_off(root, read)),
    )
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def _permissions(rule: Node) -> Iterator[Permission | Unknown]:
    decision = rule["decision"]
    effect = _DECISIONS.get(decision.value) if decision.is_text else None
    if effect is None:
        yield decision.unknown("no decision that Gemini CLI knows")
        return
    prefixes = [item for item in rule["commandPrefix"].items() if item.is_text][:_MOST_NAMES]
    names = [item for item in rule["toolName"].items() if item.is_text][:_MOST_NAMES]
    if prefixes:
        for item in prefixes:
            yield shell_permission(item.value, effect, item.at, [item.value], client="gemini-cli", tool=SHELL)
    elif rule["commandRegex"].exists or rule["argsPattern"].exists:
        yield from (_by_pattern(item.value, effect, rule) for item in names)
    elif rule["mcpName"].is_text:
        yield _of_server(rule["mcpName"], names, effect)
    else:
        yield from (tool_permission(item.value, effect, item.at) for item in names)


def _by_pattern(tool: str, effect: Effect, rule: Node) -> Permission:
    """A rule whose commands only a regular expression tells."""
    node = rule["commandRegex"] if rule["commandRegex"].exists else rule["argsPattern"]
    unknown = node.unknown("commands that a regular expression selects")
    return Permission(
        at=node.at,
        rule=node.text(),
        effect=Known(effect, node.at),
        tool=Known(tool, node.at),
        argument=node.text(),
        shell_reach=unknown if tool == SHELL else None,
        effective=Known(value=True, at=node.at),
    )


def _of_server(server: Node, names: list[Node], effect: Effect) -> Permission:
    tool = names[0].value if names else "*"
    return Permission(
        at=server.at,
        rule=Known(f"mcpName = {server.value}, toolName = {tool}"[:120], server.at),
        effect=Known(effect, server.at),
        tool=Known("mcp_*" if server.value == "*" else f"mcp_{server.value}_{tool}", server.at),
        server=Known(server.value, server.at),
        argument=Known(tool, server.at) if tool != "*" else None,
        effective=Known(value=True, at=server.at),
    )


def _dead(permission: Permission | Unknown) -> Permission | Unknown:
    if isinstance(permission, Unknown):
        return permission
    return replace(permission, effective=Known(value=False, at=permission.at))


def _switched_off(root: Node, read: list[Permission | Unknown]) -> Iterator[IneffectiveSetting]:
    """One record for the whole file: what it would deny or ask about is allowed or asked as if it were not there."""
    effects = {one.effect.value for one in read if isinstance(one, Permission) and isinstance(one.effect, Known)}
    reason = "Gemini CLI does not load policies from a project's .gemini/policies"
    instead = "put the file into ~/.gemini/policies or the system's policy folder, or name it in policyPaths"
    fault = Fault(reason, instead, _ISSUE, protects=not effects.isdisjoint({"ask", "deny"}))
    yield ineffective_setting("the whole file", fault, root["rule"].at)
