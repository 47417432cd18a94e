"""The settings of a Consul agent become a policy as far as they say what holds when no token's rule fits.

`acl.default_policy` is `allow` unless somebody says otherwise, but access control is also off then; a file that says
neither is no policy. Older agents spell it `acl_default_policy`. Source:
developer.hashicorp.com/consul/docs/reference/agent/configuration-file/acl, read 2026-11-22.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy
from nhilint.source.value import Expression

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.fact import Fact
    from nhilint.source.document import Document

_SPELLINGS: dict[str, Literal["allow", "deny"]] = {"allow": "allow", "deny": "deny", "extend-cache": "deny"}


def extract(document: Document, claim: Claim) -> Extraction:
    """The default of an agent's access control."""
    root = Node.root(document, braces)
    access = root["acl"]
    stated = (access[0] if access.is_list else access)["default_policy"]
    stated = stated if stated.exists else root["acl_default_policy"]
    default = _default(stated)
    if not root.is_mapping or default is None:
        return Extraction(recognised=False)
    name = document.path.rpartition("/")[2].partition(".")[0]
    facts = Policy(at=root.at, name=Known(name, root.at), engine=Known("consul", root.at), default=default)
    return Extraction((Resource("policy", name, claim.format, facts),))


def _default(node: Node) -> Fact[Literal["allow", "deny"]]:
    if isinstance(node.value, Expression):
        return Unknown("an expression", node.at)
    text = node.text()
    if isinstance(text, Known):
        said = _SPELLINGS.get(text.value)
        return Known(said, node.at) if said is not None else None
    return text if isinstance(text, Unknown) and node.is_text else None
