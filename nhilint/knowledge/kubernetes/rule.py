"""Whether a rule of a role allows what a shape asks for, as Kubernetes' own RBAC authorizer decides it.

Sources, read 2026-11-22: https://kubernetes.io/docs/reference/access-authn-authz/rbac/ (subresources, wildcards, and
that `create` cannot be limited by name) and plugin/pkg/auth/authorizer/rbac of kubernetes/kubernetes (`*/scale` stands
for that subresource of every resource, `*` for subresources too).
"""

from __future__ import annotations

from fnmatch import fnmatchcase

from msgspec import Struct

_NAMELESS = frozenset({"create", "deletecollection"})
"""Verbs whose request carries no name of an object."""
_MANY_HAVE_IT = frozenset({"roles", "policies"})
"""Names that the kinds of several APIs bear: beside a star for the group they do not say whose is meant."""
_OF_KUBERNETES = "rbac.authorization.k8s.io"


class Rule(Struct, frozen=True):
    """One rule of a role. Empty `names` leave every object open; `urls` are paths that are no resources."""

    verbs: frozenset[str]
    groups: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()


class Shape(Struct, frozen=True):
    """What a step of a path needs: one of the verbs on one of the resources of one of the groups.

    `cluster_wide` is true for what belongs to no namespace: a grant within one namespace never reaches it.
    """

    groups: tuple[str, ...]
    resources: tuple[str, ...]
    verbs: tuple[str, ...]
    cluster_wide: bool


def allows(rule: Rule, shape: Shape, open_names: tuple[str, ...] = (), *, of_urls: bool = False) -> bool:
    """Whether the rule gives what the shape asks for.

    A rule that names its objects counts only where a name is one of the patterns `open_names`. With `of_urls` the
    shape's resources are paths.
    """
    if of_urls:
        return _meets(rule.urls, shape.resources) and _meets(rule.verbs, shape.verbs)
    verbs = [verb for verb in shape.verbs if verb in rule.verbs or "*" in rule.verbs]
    resources = [resource for resource in shape.resources if _covers(rule.resources, resource)]
    if "*" in rule.groups and "*" not in rule.resources and _OF_KUBERNETES not in shape.groups:
        resources = [resource for resource in resources if resource not in _MANY_HAVE_IT]
    if not verbs or not resources or not any(_in_group(rule.groups, group) for group in shape.groups):
        return False
    return not rule.names or _open_by_name(rule.names, verbs, resources, open_names)


def _open_by_name(names: frozenset[str], verbs: list[str], resources: list[str], open_names: tuple[str, ...]) -> bool:
    if all(verb in _NAMELESS for verb in verbs) and not any("/" in resource for resource in resources):
        return False
    return any(fnmatchcase(name, pattern) for name in names for pattern in open_names)


def _covers(resources: frozenset[str], resource: str) -> bool:
    if resource in resources or "*" in resources:
        return True
    return "/" in resource and f"*/{resource.partition('/')[2]}" in resources


def _in_group(groups: frozenset[str], group: str) -> bool:
    if group in groups or "*" in groups:
        return True
    return group != "*" and "*" in group and any(fnmatchcase(held, group) for held in groups)


def _meets(held: frozenset[str], wanted: tuple[str, ...]) -> bool:
    return any(one in held for one in wanted)
