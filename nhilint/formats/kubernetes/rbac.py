"""Roles and bindings of Kubernetes' access control as files state them.

Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ (rules, aggregation, subjects, roleRef), read
2026-11-22. An absent `resourceNames` leaves every object open; an empty list does too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.kubernetes.parts import StatedBinding, StatedRole, StatedRule, StatedSubject
from nhilint.model.fact import Known
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact, Unknown

_PRINTED = Deferred(
    r"\{\{-?\s*(?:toYaml\s+)?(\$?\.(?:Values\.[\w.-]{1,120})?)(?:\s*\|\s*(?:toYaml|n?indent\s+\d{1,2}|trim))*\s*-?\}\}"
)
_MOST_RULES = 1_000
_MOST_SUBJECTS = 1_000


def role(node: Node) -> StatedRole | None:
    """A role; None for a patch, which has neither rules nor a way to gather them."""
    rules, aggregation = node["rules"], node["aggregationRule"]
    name = object_name(node)
    if not name or not (rules.exists or aggregation.exists):
        return None
    labels = node.at_path("metadata", "labels")
    return StatedRole(
        kind=str(node["kind"].value),
        name=name,
        namespace=namespace_of(node.at_path("metadata", "namespace")),
        at=node.at_path("metadata", "name").at,
        rules=tuple(rules_of(rules)),
        labels=frozenset(_labels(labels)),
        labels_at=labels.at,
        selectors=tuple(_selectors(aggregation["clusterRoleSelectors"])),
        printed=printed_by(rules.value),
    )


def printed_by(text: object) -> str:
    """What a template prints in place of a list, `.Values` with a route or `.`; empty for anything else."""
    found = _PRINTED.fullmatch(text.strip()) if isinstance(text, str) and "toYaml" in text else None
    return found[1] if found else ""


def rules_of(node: Node) -> Iterator[StatedRule | Unknown]:
    """The rules of a list, which charts state in their values too."""
    for number, item in enumerate(node.items()):
        if number >= _MOST_RULES:
            yield node.unknown("a list that is too long")
            return
        if not item.is_mapping:
            yield item.unknown("a template" if item.is_text else "not a rule")
            continue
        yield StatedRule(
            at=item.at,
            verbs=item["verbs"].texts(),
            groups=_groups(item["apiGroups"]),
            resources=item["resources"].texts(),
            names=item["resourceNames"].texts(),
            urls=item["nonResourceURLs"].texts(),
        )


def _groups(node: Node) -> Fact[tuple[str, ...]]:
    """The API groups; an entry that is left empty (`- ` alone) is the core group, as the API server reads it."""
    stated = node.texts()
    if isinstance(stated, Known) and any(item.value is None for item in node.items()):
        return Known((*stated.value, ""), stated.at)
    return stated


def _labels(node: Node) -> Iterator[tuple[str, str]]:
    for key, value in node.entries():
        if isinstance(value.value, str | bool):
            yield key, str(value.value).lower() if isinstance(value.value, bool) else value.value


def _selectors(node: Node) -> Iterator[frozenset[tuple[str, str]]]:
    for item in node.items():
        labels = frozenset(_labels(item["matchLabels"]))
        if labels:
            yield labels


def binding(node: Node) -> StatedBinding | None:
    """A binding; None for a patch, which leaves out the role."""
    reference = node["roleRef"]
    role_name = name_of(reference["name"])
    if not role_name:
        return None
    return StatedBinding(
        kind=str(node["kind"].value),
        name=object_name(node),
        namespace=namespace_of(node.at_path("metadata", "namespace")),
        at=node.at_path("metadata", "name").at,
        role_kind=str(reference["kind"].value),
        role_name=role_name,
        role_at=reference["name"].at,
        subjects=tuple(_subjects(node["subjects"])),
    )


def _subjects(node: Node) -> Iterator[StatedSubject]:
    for number, item in enumerate(node.items()):
        name = name_of(item["name"])
        if name and number < _MOST_SUBJECTS:
            kind = str(item["kind"].value)
            yield StatedSubject(kind, name, namespace_of(item["namespace"]), item["name"].at)
