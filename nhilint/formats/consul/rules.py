"""The rules of a Consul policy become a policy: whether its holder may write tokens and policies.

A file is one only where every part of it is a resource of Consul. Source:
developer.hashicorp.com/consul/docs/reference/acl/rule, read 2026-11-22: `acl = "write"` manages tokens, policies and
roles without a bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_NAMED = frozenset({"agent", "event", "identity", "key", "node", "query", "service", "session"})
_WHOLE = frozenset({"acl", "keyring", "mesh", "operator", "peering"})
_KEYS = _WHOLE | _NAMED | {f"{name}_prefix" for name in _NAMED} | {"namespace", "namespace_prefix", "partition"}
_WORDS = frozenset({"read", "write", "deny", "list"})


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a file."""
    root = Node.root(document)
    if not root.is_mapping or not root.value or not set(root.value) <= _KEYS or not _says_something(root):
        return Extraction(recognised=False)
    name = document.path.rpartition("/")[2].partition(".")[0]
    access = root["acl"]
    writes = access.value == "write"
    facts = Policy(
        at=root.at,
        name=Known(name, root.at),
        engine=Known("consul", root.at),
        gives_rights=Known(("acl",) if writes else (), access.at if writes else root.at),
    )
    return Extraction((Resource("policy", name, claim.format, facts),))


def _says_something(root: Node) -> bool:
    """Whether a whole resource has one of Consul's words, or a named one a body with such."""
    whole = any(isinstance(word := root[key].value, str) and word in _WORDS for key in _WHOLE)
    bodies = (body for key in _KEYS - _WHOLE for _, named in root[key].entries() for body in named.items())
    return whole or any(isinstance(word := body["policy"].value, str) and word in _WORDS for body in bodies)
