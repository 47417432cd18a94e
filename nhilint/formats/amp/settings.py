"""`.amp/settings.json` becomes one agent and, for its MCP servers, one tool each.

`amp.permissions` is one ordered list and the first rule that matches decides; `matches` narrows a rule by arguments,
and without it every call is meant. `reject` refuses, `delegate` lets a program of `to` decide. `amp.commands.allowlist`
is the older list of shell commands; `amp.dangerouslyAllowAll` lifts every question.
Source: https://ampcode.com/manual (permissions, appendix); field names from a survey, page not re-read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.agent_settings import extract_settings
from nhilint.formats.assistant import session
from nhilint.formats.claude.commands import read_command
from nhilint.formats.claude.ineffective import Fault, ineffective_setting
from nhilint.formats.claude.rules import matches_wildcards
from nhilint.formats.shell_rules import Effect, shell_permission
from nhilint.formats.tool_rules import tool_permission
from nhilint.model.fact import Fact, Known, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.claude.commands import ReadCommand
    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node
    from nhilint.model.resource import Extraction
    from nhilint.model.vocabulary.agent import Agent, Autonomy, Permission
    from nhilint.model.vocabulary.tool import IneffectiveSetting
    from nhilint.source.document import Document

SERVERS = "mcp-amp"
RULES = "amp.permissions"
OLDER = "amp.commands.allowlist"
ALL = "amp.dangerouslyAllowAll"
_TELLING = frozenset({RULES, OLDER, ALL, "amp.tools.disable", "amp.url", "amp.mcpPermissions", "amp.hooks"})
_EFFECTS: dict[str, Effect] = {"allow": "allow", "ask": "ask", "reject": "deny"}
_FILES = frozenset({"edit_file", "create_file", "Read", "undo_edit"})
_MENTIONED = "sh"
"""What a pattern with a star in front comes to: any line that only mentions its words, whatever else it does."""
_MOST = 500
_DOCS = "https://ampcode.com/manual"


def extract(document: Document, claim: Claim) -> Extraction:
    """The agent and the servers of the file."""
    return extract_settings(document, claim, SERVERS, _TELLING, read_settings)


def read_settings(root: Node) -> Agent:
    """The agent that settings describe."""
    rules = [rule for rule in root[RULES].items() if rule["tool"].is_text][:_MOST]
    deciders = tuple(_deciders(rules))
    return replace(
        session(root, "amp", None if "/.amp/" in f"/{root.path}" else "user"),
        autonomy=_autonomy(root, rules),
        tools_exposed=Known("all", root.at),
        permissions=(*_permissions(rules), *_older(root[OLDER])),
        commands=tuple(found.record for found in deciders),
        credentials=tuple(credential for found in deciders for credential in found.credentials),
        ineffective=tuple(_dead(rules)),
    )


def _autonomy(root: Node, rules: list[Node]) -> Fact[Autonomy]:
    if root[ALL].value is True:
        return Known("ungated", root[ALL].at)
    first = rules[0] if rules else None
    if first is not None and _is_whole(first) and first["tool"].value == "*" and first["action"].value == "allow":
        return Known("ungated", first["action"].at)
    return None


def _is_whole(rule: Node) -> bool:
    """Whether a rule is about every call of its tools, in every context."""
    return not _is_narrowed(rule) and not rule["context"].exists


def _is_narrowed(rule: Node) -> bool:
    return rule["matches"].is_mapping and bool(rule["matches"].value)


def _deciders(rules: list[Node]) -> Iterator[ReadCommand]:
    for rule in rules:
        found = (
            read_command("delegate", rule["to"]) if rule["action"].value == "delegate" and rule["to"].is_text else None
        )
        if found is not None:
            yield found


def _permissions(rules: list[Node]) -> Iterator[Permission | Unknown]:
    for index, rule in enumerate(rules):
        effect = _EFFECTS.get(rule["action"].value) if rule["action"].is_text else None
        if effect is None:
            if rule["action"].value != "delegate":
                yield rule.unknown("no action that Amp knows")
            continue
        is_dead = _stronger(rules[:index], rule) is not None
        for permission in _of_rule(rule, effect):
            yield replace(permission, effective=Known(value=False, at=permission.at)) if is_dead else permission


def _stronger(earlier: list[Node], rule: Node) -> Node | None:
    """The earlier rule that decides every call that this one is about."""
    tool = rule["tool"].value
    return next((one for one in earlier if _is_whole(one) and matches_wildcards(one["tool"].value, tool)), None)


def _of_rule(rule: Node, effect: Effect) -> Iterator[Permission]:
    tool, at = rule["tool"].value, rule["tool"].at
    if tool in ("Bash", "*"):
        commands = [item for item in rule["matches"]["cmd"].items() if item.is_text][:_MOST]
        for item in commands or [rule["tool"]]:
            words = item.value if commands else ""
            shown = f"{tool}: {words}" if words else tool
            command = _MENTIONED if words.startswith("*") and words.strip("* ") else words.rstrip("* ")
            found = shell_permission(
                shown[:200], effect, item.at, [command], client="amp", tool=tool, exact="*" not in words
            )
            yield replace(found, argument=Known(words[:200], item.at)) if words else found
        return
    server = tool[5:].split("__", 1)[0] if tool.startswith("mcp__") else None
    found = tool_permission(tool, effect, at, server=server, is_file=tool in _FILES)
    yield replace(found, argument=Known("some arguments", rule["matches"].at)) if _is_narrowed(rule) else found


def _older(node: Node) -> Iterator[Permission]:
    for item in list(node.items())[:_MOST]:
        if item.is_text:
            words = item.value.rstrip("* ")
            yield shell_permission(
                item.value[:200], "allow", item.at, [words], client="amp", tool="Bash", exact="*" not in item.value
            )


def _dead(rules: list[Node]) -> Iterator[IneffectiveSetting]:
    """Rules that refuse or ask and never decide anything, since an earlier one is milder."""
    for index, rule in enumerate(rules):
        earlier = _stronger(rules[:index], rule)
        if earlier is not None and rule["action"].value in ("ask", "reject") and earlier["action"].value == "allow":
            reason = f"the first matching rule decides, and {earlier['tool'].value[:40]} is allowed before it"
            fault = Fault(reason, "put it before the wider rule", _DOCS)
            yield ineffective_setting(f"{rule['action'].value} {rule['tool'].value[:60]}", fault, rule["action"].at)
