"""A Teleport role becomes a policy: what its holder may do to the cluster itself, and as whom on which machines.

A role says nothing about who holds it, and allows what it lists. Rules with `where` are narrowed. Source:
goteleport.com/docs/reference/access-controls/roles (spec.allow: rules, logins, node_labels), read 2026-11-22; shape of
the documents: gravitational/teleport, examples/resources/role.yaml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy, PolicyRule
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.fact import Fact
    from nhilint.source.document import Document

_VERSION = Deferred(r"v[1-9]\d?")
_DECIDING = frozenset({"*", "role", "user", "token", "bot", "access_list", "auth_connector", "oidc", "saml", "github"})
_WRITING = frozenset({"*", "create", "update"})
_MOST = 1_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The roles of a file."""
    root = Node.root(document, braces)
    documents = root.items() if root.is_list else iter((root,))
    found = [_policy(node) for node in documents if _is_role(node)][:_MOST]
    resources = tuple(
        Resource("policy", policy.name.value if isinstance(policy.name, Known) else "role", claim.format, policy)
        for policy in found
    )
    return Extraction(resources, recognised=bool(resources))


def _is_role(node: Node) -> bool:
    version = node["version"].value
    is_versioned = isinstance(version, str) and _VERSION.fullmatch(version) is not None
    return node["kind"].value == "role" and is_versioned and node["spec"].is_mapping


def _policy(node: Node) -> Policy:
    allow = node["spec"]["allow"]
    stated = node["metadata"]["name"]
    written = list(allow["rules"].items())[:_MOST]
    return Policy(
        at=node.at,
        name=Known(stated.value if isinstance(stated.value, str) else "role", stated.at),
        engine=Known("teleport", node.at),
        default=Known("deny", node.at),
        rules=(*(_rule(rule, number) for number, rule in enumerate(written, 1)), *_logins(allow)),
        gives_rights=_gives_rights(allow["rules"], written),
    )


def _rule(node: Node, number: int) -> PolicyRule:
    resources, verbs = _texts(node["resources"]), _texts(node["verbs"])
    return PolicyRule(
        at=node.at,
        name=Known(f"rule {number}", node.at),
        effect=Known("allow", node.at),
        actions=verbs,
        resources=resources,
        every_action=_holds(verbs),
        every_resource=_holds(resources),
        conditioned=Known(node["where"].exists, node.at),
    )


def _logins(allow: Node) -> Iterator[PolicyRule]:
    """Root on every machine: the labels let all of them in."""
    logins, labels = allow["logins"], allow["node_labels"]
    named = next((item for item in logins.items() if item.value == "root"), None)
    if named is None or "*" not in [item.value for item in labels["*"].items()]:
        return
    yield PolicyRule(
        at=named.at,
        name=Known("logins", named.at),
        effect=Known("allow", named.at),
        actions=Known(("root",), named.at),
        resources=Known(("every machine",), labels.at),
        every_action=Known(value=True, at=named.at),
        every_resource=Known(value=True, at=labels.at),
        conditioned=Known(allow["node_labels_expression"].exists, named.at),
    )


def _gives_rights(rules: Node, written: list[Node]) -> Fact[tuple[str, ...]]:
    found: dict[str, Node] = {}
    for node in written:
        resources = {str(item.value) for item in node["resources"].items()}
        verbs = {str(item.value) for item in node["verbs"].items()}
        is_everything = "*" in resources and "*" in verbs
        if verbs & _WRITING and not is_everything and not node["where"].exists:
            found.update(dict.fromkeys(sorted(resources & _DECIDING), node))
    return Known(tuple(found), next(iter(found.values())).at if found else rules.at)


def _holds(fact: Fact[tuple[str, ...]]) -> Fact[bool]:
    return Known("*" in fact.value, fact.at) if isinstance(fact, Known) else fact


def _texts(node: Node) -> Fact[tuple[str, ...]]:
    found = node.texts()
    return found if found is not None else Unknown("nothing that is stated", node.at)
