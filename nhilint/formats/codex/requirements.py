"""Codex's managed requirements become the rules and hooks that an organisation puts before its users' configuration.

Which policies, sandbox modes and profiles users may choose are limits, not choices, and no fact says them; the rules
can only ask or forbid. Sources: https://developers.openai.com/codex/enterprise/managed-configuration;
https://github.com/openai/codex, codex-rs/config/src/config_requirements.rs and requirements_exec_policy.rs, read
2026-11-22.
"""

from __future__ import annotations

import shlex
from itertools import islice, product
from typing import TYPE_CHECKING, Literal

from nhilint.formats.claude.templates import engine_template
from nhilint.formats.hook_commands import CODEX, read_hooks
from nhilint.formats.node import Node
from nhilint.formats.shell_rules import shell_permission
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.agent import Agent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.agent import Permission
    from nhilint.source.document import Document

_TELLING = frozenset(
    {
        "allowed_approval_policies", "allowed_sandbox_modes", "allowed_permission_profiles", "allow_managed_hooks_only",
        "rules",
    }
)  # fmt: skip
_DECISIONS: dict[str, Literal["ask", "deny"]] = {"prompt": "ask", "forbidden": "deny"}
_MOST_RULES = 2_000
_MOST_CHOICES = 24


def extract(document: Document, claim: Claim) -> Extraction:
    """One agent for the file; a requirements.toml of another tool has none of the keys."""
    root = Node.root(document, engine_template)
    if not root.is_mapping or _TELLING.isdisjoint(root.value):
        return Extraction(recognised=False)
    agent = Agent(
        at=root.at,
        name=Known(root.path, root.at),
        product=Known("codex", root.at),
        kind=Known("settings", root.at),
        level=Known("managed", root.at),
        initiation=Known("human", root.at),
        acts_as=Known("user_proxy", root.at),
        permissions=tuple(_permissions(root["rules"]["prefix_rules"])),
    )
    agent = read_hooks(root["hooks"], CODEX).held_by(agent)
    return Extraction((Resource("agent", document.path, claim.format, agent),))


def _permissions(rules: Node) -> Iterator[Permission | Unknown]:
    for count, rule in enumerate(rules.items()):
        if count >= _MOST_RULES:
            yield rules.unknown(f"the list has more than {_MOST_RULES:,} rules")
            return
        effect = _DECISIONS.get(rule["decision"].value) if rule["decision"].is_text else None
        tokens = [_choices(token) for token in rule["pattern"].items()]
        if effect is None or not tokens or not all(tokens):
            yield rule.unknown("a rule whose pattern or decision is not one that Codex knows")
            continue
        commands = [shlex.join(words) for words in islice(product(*tokens), _MOST_CHOICES)]
        shown = " ".join("|".join(choices) for choices in tokens)
        yield shell_permission(shown, effect, rule["pattern"].at, commands, client="codex")


def _choices(token: Node) -> tuple[str, ...]:
    if token["token"].is_text:
        return (token["token"].value,)
    return tuple(item.value for item in token["any_of"].items() if item.is_text)
