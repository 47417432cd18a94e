"""A file of a Vault policy becomes a policy: HCL blocks `path "…" { capabilities = […] }`, or the same in JSON.

Only a file that holds nothing but such paths is one. Source:
developer.hashicorp.com/vault/docs/concepts/policies, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.vault.rules import PathRule, policy_of
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_WORDS = frozenset({"capabilities", "policy"})
_ELSE = frozenset({"path", "name"})


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a file."""
    root = Node.root(document)
    if not root.is_mapping or not set(root.value) <= _ELSE or not root["path"].is_mapping:
        return Extraction(recognised=False)
    rules = list(path_rules(root))
    if not any(rule.body[word].exists for rule in rules for word in _WORDS):
        return Extraction(recognised=False)
    stated = root["name"].value
    name = stated if isinstance(stated, str) else document.path.rpartition("/")[2].partition(".")[0]
    return Extraction((Resource("policy", name, claim.format, policy_of(name, root.at, rules)),))


def path_rules(root: Node) -> Iterator[PathRule]:
    """Every path of a policy with its body."""
    for path, bodies in root["path"].entries():
        for body in bodies.items():
            if body.is_mapping:
                yield PathRule(path, body, body.at)
