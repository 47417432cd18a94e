"""A policy inside a text of another file becomes paths whose places point into that text.

Placeholders of the surrounding language arrive masked, so that offsets stay; `fill` gives back what they stand for. In
manifests these are actions of Helm, which may hold quotes; Vault's own `{{identity.…}}` is part of a path.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.embedded_hcl import embedded_hcl
from nhilint.formats.vault.policy import path_rules
from nhilint.formats.vault.rules import PathRule, policy_of
from nhilint.model.fact import Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re
    from collections.abc import Callable

    from nhilint.formats.node import Node
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.policy import Policy

_ACTION = Deferred(r"""\{\{-?\s*(["'`])(?P<said>.{0,300}?)\1\s*-?\}\}|\{\{(?!\s*identity\.)[^{}]{0,300}\}\}""")
_MASKED = Deferred(r"([\ue000-\uf8ff])\1*")
_PRIVATE, _MOST_ACTIONS = 0xE000, 6_000


def written_policy(name: str, at: Place, text: Node) -> Policy:
    """The policy that a text of a manifest holds; one that cannot be read may allow anything."""
    actions: list[str] = []

    def mask(match: re.Match[str]) -> str:
        said = match["said"]
        actions.append(said if said is not None else match[0])
        return chr(_PRIVATE + min(len(actions), _MOST_ACTIONS) - 1) * len(match[0])

    def fill(part: str) -> str:
        return _MASKED.sub(lambda found: actions[ord(found[1]) - _PRIVATE], part)

    masked = _ACTION.sub(mask, text.value)
    is_plain = len(actions) < _MOST_ACTIONS and _MASKED.search(text.value) is None
    rules = embedded_rules(masked, text.at, fill) if is_plain else None
    return policy_of(name, at, rules if rules is not None else [Unknown("a text with templates", text.at)])


def embedded_rules(text: str, place: Place, fill: Callable[[str], str], offset: int = 0) -> list[PathRule] | None:
    """The paths of a policy in a text; None when it is none. `offset` is where the text begins at its place."""
    root = embedded_hcl(text, place, offset) if "path" in text else None
    if root is None or not root["path"].is_mapping:
        return None
    return [PathRule(fill(rule.path), rule.body, rule.at) for rule in path_rules(root)]
