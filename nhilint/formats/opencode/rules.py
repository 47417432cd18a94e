"""opencode's permissions become an ordered list of rules, whatever form they are written in.

The older form is a word for everything, or a map from a tool (`*` for any characters) to a word or to a map from
patterns to words; `tools: {bash: false}` denies. The newer one is a list of `{action, resource, effect}`. Either way
the last rule that matches decides, so the order of the file counts.
Sources: https://opencode.ai/v1/docs/permissions/ and https://opencode.ai/docs/permissions, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from nhilint.formats.claude.rules import matches_wildcards

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.place import Place

Effect = Literal["allow", "ask", "deny"]

MOST_RULES = 1_000
SHELLS = frozenset({"bash", "shell"})
EDITORS = frozenset({"edit", "write", "patch", "multiedit"})
READERS = frozenset({"read", "glob", "grep", "list", "lsp"})
_EFFECTS: dict[str, Effect] = {"allow": "allow", "ask": "ask", "deny": "deny"}
_SOMETHING = "\x00 \x00"
"""Stands for what a wildcard of the covered pattern may be."""


class Rule(NamedTuple):
    """One rule. `tool` and `pattern` may hold wildcards; `is_new`: it is written in the newer form."""

    tool: str
    pattern: str
    effect: Effect
    at: Place
    is_new: bool = False

    @property
    def text(self) -> str:
        """The rule in one line."""
        return self.tool if self.pattern == "*" else f"{self.tool}: {self.pattern}"


def read_rules(holder: Node) -> tuple[Rule, ...]:
    """The rules of a configuration or of one agent, in the order in which they are tried."""
    rules: list[Rule] = []
    for rule in (*_of_tools(holder["tools"]), *_of_map(holder["permission"]), *_of_list(holder["permissions"])):
        rules.append(rule)
        if len(rules) >= MOST_RULES:
            break
    return tuple(rules)


def _of_map(node: Node) -> Iterator[Rule]:
    effect = _effect(node)
    if effect is not None:
        yield Rule("*", "*", effect, node.at)
    for tool, entry in node.entries():
        effect = _effect(entry)
        if effect is not None:
            yield Rule(tool, "*", effect, entry.at)
        for pattern, inner in entry.entries():
            effect = _effect(inner)
            if effect is not None:
                yield Rule(tool, pattern, effect, inner.at)


def _of_list(node: Node) -> Iterator[Rule]:
    for item in node.items() if node.is_list else ():
        effect, action, resource = _effect(item["effect"]), item["action"], item["resource"]
        if effect is not None and action.is_text:
            yield Rule(action.value, resource.value if resource.is_text else "*", effect, item.at, is_new=True)


def _of_tools(node: Node) -> Iterator[Rule]:
    """The older switches: a tool that is off is denied; one that is on only takes an earlier denial back."""
    for tool, entry in node.entries():
        if entry.value is False:
            yield Rule(tool, "*", "deny", entry.at)


def _effect(node: Node) -> Effect | None:
    return _EFFECTS.get(node.value) if node.is_text else None


def is_about(rule: Rule, tool: str) -> bool:
    """Whether a rule's tool is, or its wildcard covers, a tool."""
    return rule.tool == tool or ("*" in rule.tool and matches_wildcards(rule.tool, tool))


def covers(outer: Rule, inner: Rule) -> bool:
    """Whether the outer rule matches everything that the inner one does."""
    if not (is_about(outer, inner.tool) or outer.tool == "*"):
        return False
    if outer.pattern == "*":
        return True
    if inner.pattern == "*":
        return False
    sample = inner.pattern.replace("*", _SOMETHING)
    return matches_wildcards(outer.pattern, sample) or (
        outer.pattern.endswith(" *") and outer.pattern[:-2] == inner.pattern and "*" not in inner.pattern
    )


def decide(rules: tuple[Rule, ...], tools: frozenset[str]) -> Effect | None:
    """What is decided for a use of one of the tools that no narrower rule is about; None when no rule is."""
    matching = [r for r in rules if r.pattern == "*" and any(is_about(r, tool) for tool in tools)]
    return matching[-1].effect if matching else None
