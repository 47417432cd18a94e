"""A tailnet policy file becomes a policy: its grants and access rules, and who may give which tag to a machine.

A tailnet denies what nothing allows, rules only add up, and a machine has the rights of the tags that it was
given. Source: tailscale.com/docs/reference/syntax/policy-file (read 2026-11-22, validated there April 2026): sections
grants, acls (with the older `users` and `ports`) and tagOwners.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy, PolicyRule

if TYPE_CHECKING:
    from nhilint.formats.format import Claim
    from nhilint.model.fact import Fact
    from nhilint.model.place import Place
    from nhilint.source.document import Document

_EVERYONE = frozenset({"*", "autogroup:danger-all"})
_MEMBERS = frozenset({"*", "autogroup:member", "autogroup:members"})
_MOST = 2_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a file."""
    root = Node.root(document, braces)
    grants = [node for node in root["grants"].items() if node["src"].exists and node["dst"].exists]
    older = [node for node in root.first("acls", "ACLs").items() if _is_access_rule(node)]
    owners = root.first("tagOwners", "TagOwners")
    if not root.is_mapping or not (grants or older or _names_tags(owners)):
        return Extraction(recognised=False)
    name = document.path.rpartition("/")[2].partition(".")[0]
    rules = (
        *(_grant(node, number) for number, node in enumerate(grants[:_MOST], 1)),
        *(_access_rule(node, number) for number, node in enumerate(older[:_MOST], 1)),
    )
    facts = Policy(
        at=root.at,
        name=Known(name, root.at),
        engine=Known("tailscale", root.at),
        default=Known("deny", root.at),
        rules=rules,
        open_by_nature=_as_delivered(rules, root.at),
        gives_rights=_open_tags(owners),
    )
    return Extraction((Resource("policy", name, claim.format, facts),))


def _as_delivered(rules: tuple[PolicyRule, ...], at: Place) -> Fact[bool]:
    """Whether no rule tells groups or tags apart."""
    lists = [named for rule in rules for named in (rule.callers, rule.resources)]
    if any(word.startswith(("tag:", "group:")) for named in lists for word in value_of(named) or ()):
        return Known(value=False, at=at)
    return next((named for named in lists if isinstance(named, Unknown)), Known(value=True, at=at))


def _is_access_rule(node: Node) -> bool:
    return node["action"].value == "accept" and node.first("src", "users").is_list


def _names_tags(owners: Node) -> bool:
    return any(key.startswith("tag:") for key, _ in owners.entries())


def _grant(node: Node, number: int) -> PolicyRule:
    targets, ports = node["dst"].texts(), node["ip"].texts()
    return PolicyRule(
        at=node.at,
        name=Known(f"grant {number}", node.at),
        effect=Known("allow", node.at),
        callers=node["src"].texts(),
        actions=ports,
        resources=targets,
        everyone=_holds(node["src"].texts(), _EVERYONE),
        every_action=_holds(ports, frozenset({"*", "*:*"})) if ports is not None else Known(value=False, at=node.at),
        every_resource=_holds(targets, frozenset({"*"})),
        conditioned=Known(node["srcPosture"].exists or node["via"].exists, node.at),
    )


def _access_rule(node: Node, number: int) -> PolicyRule:
    sources, targets = node.first("src", "users").texts(), node.first("dst", "ports").texts()
    narrowed = node["srcPosture"].exists or node["proto"].exists
    return PolicyRule(
        at=node.at,
        name=Known(f"access rule {number}", node.at),
        effect=Known("allow", node.at),
        callers=sources,
        resources=targets,
        everyone=_holds(sources, _EVERYONE),
        every_action=_holds(targets, frozenset({"*:*", "*"})),
        every_resource=_holds(targets, frozenset({"*:*", "*"})),
        conditioned=Known(narrowed, node.at),
    )


def _open_tags(owners: Node) -> Fact[tuple[str, ...]]:
    """Tags that every member may give to a machine of his own."""
    found: list[Node] = []
    for _, node in owners.entries():
        listed = node.texts()
        if isinstance(listed, Known) and _MEMBERS & set(listed.value):
            found.append(node)
    return Known(tuple(node.key for node in found), found[0].at if found else owners.at)


def _holds(fact: Fact[tuple[str, ...]], words: frozenset[str]) -> Fact[bool]:
    if isinstance(fact, Known):
        return Known(bool(words & set(fact.value)), fact.at)
    return fact if isinstance(fact, Unknown) else None
