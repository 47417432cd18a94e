"""One agent of opencode, from an entry of the configuration or from the front matter of a file.

Sources: https://opencode.ai/v1/docs/agents/ and https://opencode.ai/docs/agents, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.claude.frontmatter import count_of, credentials_in
from nhilint.formats.claude.instructions import read_instructions
from nhilint.formats.opencode.permissions import ineffective_rules, read_autonomy, read_directories, read_permissions
from nhilint.formats.opencode.rules import Rule, covers, read_rules
from nhilint.model.fact import Known
from nhilint.model.vocabulary.agent import Agent, Delegation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node

_STARTERS = frozenset({"task", "subagent"})


def read_agent(
    name: str, node: Node, level: Literal["project", "user"], *, before: tuple[Rule, ...] = (), body: Node | None = None
) -> Agent:
    """The agent; `before` are the rules of the session, `body` the text of a file."""
    stated = read_rules(node)
    own = tuple(rule for rule in stated if not _is_said_already(rule, before))
    rules = (*before, *stated)
    at = node.at.at_key() if node.key and body is None else node.at
    text = body if body is not None else node["prompt"] if node["prompt"].exists else node["system"]
    return Agent(
        at=at,
        name=Known(name, at),
        product=Known("opencode", at),
        kind=Known("subagent" if node["mode"].value == "subagent" else "settings", at),
        level=Known(level, at),
        purpose=node["description"].text(),
        model=node["model"].text() if node["model"].is_text else None,
        autonomy=read_autonomy(rules) if stated else None,
        initiation=Known("tool_mediated" if node["mode"].value == "subagent" else "human", at),
        acts_as=Known("user_proxy", at),
        tools_exposed=Known("all", at),
        permissions=tuple(read_permissions(own, before=before)),
        directories=tuple(read_directories(own)),
        delegations=tuple(_delegations(own)),
        credentials=tuple(credentials_in(text)),
        instructions=read_instructions(node, text),
        ineffective=tuple(ineffective_rules(own, before=before)),
        max_turns=count_of(node["steps"] if node["steps"].exists else node["maxSteps"]),
    )


def _is_said_already(rule: Rule, before: tuple[Rule, ...]) -> bool:
    """Whether the session's rules decide the same for everything that an agent's own rule is about."""
    covering = [one for one in before if covers(one, rule)]
    return bool(covering) and covering[-1].effect == rule.effect == "allow"


def _delegations(rules: tuple[Rule, ...]) -> Iterator[Delegation]:
    """Agents that rules let it start."""
    for rule in rules:
        if rule.tool in _STARTERS and rule.effect != "deny":
            gate: Literal["none", "prompt"] = "none" if rule.effect == "allow" else "prompt"
            yield Delegation(at=rule.at, target=Known(rule.pattern, rule.at), gate=Known(gate, rule.at))
