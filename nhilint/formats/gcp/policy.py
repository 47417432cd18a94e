"""Policies as `gcloud … get-iam-policy` writes them, deny policies, custom roles and pool providers, in JSON or YAML.

Sources, read 2026-11-22: cloud.google.com/iam/docs/reference/rest/v1/Policy (bindings, members, condition),
cloud.google.com/iam/docs/reference/rest/v1/projects.roles (includedPermissions, stage),
cloud.google.com/iam/docs/reference/rest/v2/policies (rules, denyRule). What a policy stands on is not in the file: its
bindings count as a project's where one of their roles can only be given there, or where the file's name says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.gcp.declared import Binding, CustomRole, Declarations, Denial, Target, declared
from nhilint.formats.node import Node
from nhilint.knowledge import gcp
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.gcp.declared import Member, Scope
    from nhilint.model.fact import Fact
    from nhilint.source.document import Document

_MOST = 2_000
_PARENTS: tuple[tuple[str, Scope], ...] = (
    ("organization", "organization"),
    ("folder", "folder"),
    ("project", "project"),
)
_NAMED = Deferred(r"(?:^|[/_.-])(org(?:anization)?|folder|project)s?(?:[/_.-]|$)", flags=re.IGNORECASE)
_HOME = Deferred(r"(?:^|/)(org(?:anization)?|folder|project)s/[^/]+$", flags=re.IGNORECASE)
_RESOURCE_ONLY = Deferred(r"^roles/(?:storage\.legacy|storage\.object)", flags=re.IGNORECASE)


def extract(document: Document, claim: Claim) -> Extraction:
    """The bindings, roles and rules of a file."""
    root = Node.root(document)
    name = document.path.rpartition("/")[2].partition(".")[0]
    content = Declarations(
        bindings=tuple(policy_bindings(root, name, _target(root, document.path))),
        roles=tuple(_roles(root, name)),
        denials=tuple(deny_rules(root, name)),
    )
    if not content:
        return Extraction(recognised=False)
    return Extraction((declared(content, document.path, claim.format),))


def policy_bindings(policy: Node, name: str, target: Target) -> Iterator[Binding]:
    """The bindings of a policy; a list of anything else holds none."""
    for node in list(policy["bindings"].items())[:_MOST] if policy["bindings"].is_list else ():
        members = node["members"]
        if not node.is_mapping or not node["role"].exists or not (members.is_list or members.is_text):
            continue
        if isinstance(node["role"].value, str) and not _is_role(node["role"].value):
            continue
        yield Binding(
            at=node.at,
            policy=name,
            policy_at=policy.at,
            role=member(node["role"]),
            members=tuple(member(item) for item in list(members.items())[:_MOST]),
            condition=condition(node["condition"]),
            target=target,
        )


def member(node: Node) -> Member:
    """A text of Google's; unknown for anything else."""
    return Known(node.value, node.at) if isinstance(node.value, str) else Unknown("not of the expected type", node.at)


def condition(node: Node) -> Fact[str]:
    """The expression of a binding's condition."""
    return member(node["expression"]) if node.is_mapping and node["expression"].exists else None


def deny_rules(policy: Node, name: str) -> Iterator[Denial]:
    """The rules of a deny policy."""
    for rule in list(policy["rules"].items())[:_MOST] if policy["rules"].is_list else ():
        body = rule["denyRule"]
        if body.is_mapping:
            yield Denial(
                at=body.at,
                policy=name,
                principals=tuple(member(item) for item in body["deniedPrincipals"].items()),
                exceptions=tuple(member(item) for item in body["exceptionPrincipals"].items()),
                permissions=tuple(member(item) for item in body["deniedPermissions"].items()),
                condition=condition(body["denialCondition"]),
            )


def _roles(root: Node, name: str) -> Iterator[CustomRole]:
    listed = root["includedPermissions"]
    if not root.is_mapping or not listed.is_list or root["bindings"].exists:
        return
    stated = root["name"].value
    full = stated if isinstance(stated, str) and "/roles/" in stated else None
    if isinstance(stated, str) and stated.startswith("roles/"):
        return
    yield CustomRole(
        at=listed.at,
        label=full.rpartition("/")[2] if full else name,
        names=frozenset({full} if full else ()),
        permissions=tuple(member(item) for item in list(listed.items())[: 10 * _MOST]),
        disabled=root["stage"].value == "DISABLED",
    )


def _target(root: Node, path: str) -> Target:
    named = _NAMED.search(path.rpartition("/")[2]) or _HOME.search(path)
    if named:
        scope = next(scope for word, scope in _PARENTS if word.startswith(named[1].lower()[:3]))
        return Target(scope, "resourcemanager")
    roles = [str(node["role"].value) for node in root["bindings"].items()]
    if any(role in gcp.BASIC_ROLES or role.startswith("roles/resourcemanager.") for role in roles):
        return Target("project", "resourcemanager")
    services = {role.removeprefix("roles/").partition(".")[0] for role in roles if role.startswith("roles/")}
    if len(services) > 1 and not all(_RESOURCE_ONLY.match(role) for role in roles):
        return Target("project", "resourcemanager")
    return Target("resource", next(iter(services), "policy"))


def _is_role(text: str) -> bool:
    return text.startswith(("roles/", "projects/", "organizations/", "$", "{{", "%")) or "/roles/" in text
