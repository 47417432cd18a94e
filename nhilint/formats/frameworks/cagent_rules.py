"""Permission patterns of Docker's agent runner become rules, and rules become the gate before a tool.

A pattern is a tool's name with wildcards, and conditions on arguments behind it: `shell:cmd=git status*`. A star
crosses spaces, so `shell:cmd=git*` covers every command that begins with git.
Source: https://github.com/docker/cagent, docs/configuration/permissions/index.md, read 2026-11-22.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from nhilint.formats.shell_rules import shell_permission
from nhilint.model.fact import Fact, Known, Unknown, value_of
from nhilint.model.vocabulary.agent import Permission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.formats.shell_rules import Effect
    from nhilint.model.vocabulary.capability import Capability, Gate

_EFFECTS: tuple[Effect, ...] = ("deny", "allow", "ask")
_GATES: dict[str, Gate] = {"deny": "denied", "allow": "none", "ask": "prompt"}
_MEMBERS = {
    ("filesystem", "read"): "read_file",
    ("filesystem", "write"): "write_file",
    ("filesystem", "delete"): "remove_file",
}
"""A tool of a set that stands for one kind of access."""
_UNASKED = frozenset({"filesystem", "lsp", "think", "todo", "tasks", "memory", "user_prompt", "model_picker", "api"})
"""Sets whose reading tools are marked as such by the product, which then asks nothing."""
_MOST = 500


def permissions(node: Node) -> Iterator[Permission]:
    """The rules of a file: denials, then allowances, then questions, which is the order in which they decide."""
    shell_denied = any(item.value in ("shell", "*") for item in node["deny"].items())
    for effect in _EFFECTS:
        for item in list(node[effect].items())[:_MOST]:
            text = item.text()
            if isinstance(text, Known):
                yield _rule(text.value, effect, item, shell_denied=shell_denied)


def _rule(pattern: str, effect: Effect, item: Node, *, shell_denied: bool) -> Permission:
    tool, _, conditions = pattern.partition(":")
    if fnmatchcase("shell", tool.lower()) and (not conditions or conditions.startswith("cmd=")):
        command = conditions.removeprefix("cmd=")
        exact = bool(command) and not command.endswith("*")
        is_effective = effect != "allow" or not shell_denied
        return shell_permission(
            pattern,
            effect,
            item.at,
            [command.rstrip("*").rstrip()],
            client="cagent",
            exact=exact,
            effective=is_effective,
        )
    return Permission(
        at=item.at,
        rule=Known(pattern, item.at),
        effect=Known(effect, item.at),
        tool=Known(tool, item.at),
        argument=Known(conditions, item.at) if conditions else None,
        effective=Known(value=True, at=item.at),
    )


def gate_of(tool: str, capability: Capability, rules: tuple[Permission, ...]) -> Fact[Gate]:
    """What stands before one thing that a toolset can do: the first rule about every use of it, else the product."""
    access = value_of(capability.access) or ""
    names = {tool, _MEMBERS.get((tool, access), tool)}
    for rule in rules:
        pattern = (value_of(rule.tool) or "").lower()
        is_whole = rule.argument is None or value_of(rule.shell_reach) == "any_command"
        effect = value_of(rule.effect)
        if effect and is_whole and any(fnmatchcase(name, pattern) for name in names):
            return Known(_GATES[effect], rule.at)
    if access == "read" and tool in _UNASKED:
        return Known("none", capability.at)
    if tool == "fetch" or tool in _UNASKED or tool in ("shell", "script", "openapi", "background_agents"):
        return Known("prompt", capability.at)
    return (
        Unknown("a matter of what the server says of each tool", capability.at)
        if access == "read"
        else Known("prompt", capability.at)
    )
