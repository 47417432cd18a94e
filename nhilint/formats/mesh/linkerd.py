"""Linkerd's objects about identities become policies: what a port takes by default, and whom a policy lets call.

`accessPolicy` of a Server says what holds for calls to its port that no authorization speaks about; `audit` lets them
through. Where no Server stands, the mesh's own default holds, `all-unauthenticated` unless it was set up otherwise. An
AuthorizationPolicy that requires no authentication lets everybody call, from every network; one without the list is
refused. Sources, read 2026-11-22: github.com/linkerd/website,
linkerd.io/content/docs/reference/authorization-policy.md; github.com/linkerd/linkerd2,
policy-controller/k8s/index/src/inbound/index.rs (policy_client_authz) and
policy-test/tests/admit_authorization_policy.rs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.kubernetes.names import object_name
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.policy import Policy, PolicyRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact

_OPEN = frozenset({"all-unauthenticated", "cluster-unauthenticated", "audit"})
_WITHIN = "cluster-unauthenticated"
WITHIN_CLUSTER = "for one port alone, and only for callers within the cluster"
_CLOSED = frozenset({"deny", "all-authenticated", "cluster-authenticated"})


def read(node: Node) -> Iterator[tuple[str, Policy]]:
    """The policy of an object, with the object's name."""
    name = object_name(node)
    if not name or not node["spec"].is_mapping:
        return
    at = node.at_path("metadata", "name").at
    if node["kind"].value == "Server" and node["spec"]["accessPolicy"].exists:
        default = _default(node["spec"]["accessPolicy"])
        less = Known(WITHIN_CLUSTER, at) if node["spec"]["accessPolicy"].value == _WITHIN else None
        yield name, Policy(at=at, name=Known(name, at), engine=Known("linkerd", at), default=default, lessened_by=less)
    elif node["kind"].value == "AuthorizationPolicy":
        yield name, Policy(at=at, name=Known(name, at), engine=Known("linkerd", at), rules=(_rule(node["spec"]),))


def _default(node: Node) -> Fact[Literal["allow", "deny"]]:
    stated = node.text()
    if not isinstance(stated, Known):
        return stated
    if stated.value in _OPEN:
        return Known("allow", stated.at)
    return Known("deny", stated.at) if stated.value in _CLOSED else None


def _rule(spec: Node) -> PolicyRule:
    required = spec["requiredAuthenticationRefs"]
    everyone: Fact[bool] = Known(required.value == [], required.at)
    if required.is_text:
        everyone = Unknown("a template", required.at)
    return PolicyRule(
        at=required.at,
        name=Known("requiredAuthenticationRefs", required.at),
        effect=Known("allow", required.at),
        everyone=everyone,
        every_action=Known(value=True, at=spec.at),
        every_resource=Known(spec["targetRef"]["kind"].value == "Namespace", spec.at),
        conditioned=Known(value=False, at=spec.at),
    )
