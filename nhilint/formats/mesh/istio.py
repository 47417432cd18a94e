"""Istio's objects about identities become policies: who may call, who must prove an identity, whose tokens count.

A workload without an ALLOW policy takes every call; with one it takes what any ALLOW policy names, so that one policy
for everybody makes the others idle. Without `selector` a policy is for its namespace, in the root one for the mesh.
A RequestAuthentication refuses wrong tokens and lets a call without one through. Sources, read 2026-11-22:
istio.io/latest/docs/reference/config/security/{authorization-policy,peer_authentication,request_authentication}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.kubernetes.names import object_name
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.policy import Policy, PolicyRule
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact

_EVERYBODY = frozenset({"*", "0.0.0.0/0"})
_FOR_SOME = ("selector", "targetRefs", "targetRef")
_NARROWING_SOURCE = ("notPrincipals", "notNamespaces", "notIpBlocks", "notRemoteIpBlocks", "notRequestPrincipals",
                     "notServiceAccounts")  # fmt: skip
_NAMING_SOURCE = ("principals", "requestPrincipals", "namespaces", "ipBlocks", "remoteIpBlocks", "serviceAccounts")
_EVERY = {"methods": {"*"}, "paths": {"*", "/*"}, "hosts": {"*"}, "ports": {"*"}}
_READS_TOKEN = ("forwardOriginalToken", "outputPayloadToHeader", "outputClaimToHeaders")
_ROOT = "istio-system"
_GATEWAYS = Deferred(r"(?:^|-)(?:gateways?|ingress|ingressgateway)(?:-|$)")
_UNPROVEN: dict[str, Literal["some", "all"]] = {"PERMISSIVE": "some", "DISABLE": "all"}
_MOST = 1_000


def read(node: Node) -> Iterator[tuple[str, Policy]]:
    """The policy of an object, with the object's name; nothing for a patch."""
    kind, name = node["kind"].value, object_name(node)
    if not name or node["spec"].is_text:
        return
    if kind == "AuthorizationPolicy":
        yield name, _authorization(node, name)
    elif kind == "EnvoyFilter" and "ext_authz" in str(node["spec"].value):
        at = node.at_path("metadata", "name").at
        yield (
            name,
            Policy(at=at, name=Known(name, at), engine=Known("istio", at), asks_for_token=Known(value=True, at=at)),
        )
    elif kind == "PeerAuthentication" and node.at_path("spec", "mtls", "mode").exists:
        yield name, _peers(node, name)
    elif kind == "RequestAuthentication" and node["spec"]["jwtRules"].is_list:
        yield name, _tokens(node, name)


def _authorization(node: Node, name: str) -> Policy:
    spec, at = node["spec"], node.at_path("metadata", "name").at
    action = spec["action"].value if spec["action"].exists else "ALLOW"
    written = list(spec["rules"].items())[:_MOST]
    allows = action == "ALLOW"
    return Policy(
        at=at,
        name=Known(name, at),
        engine=Known("istio", at),
        rules=tuple(_rule(rule, number, spec) for number, rule in enumerate(written, 1)) if allows else (),
        denies=Known(action == "DENY", spec.at),
        asks_for_token=Known(action == "CUSTOM" or any(_names_token(rule) for rule in written), spec.at),
    )


def _rule(node: Node, number: int, spec: Node) -> PolicyRule | Unknown:
    if not node.is_mapping:
        return Unknown("a template", node.at)
    return PolicyRule(
        at=node.at,
        name=Known(f"rule {number}", node.at),
        effect=Known("allow", node.at),
        everyone=_any_of(node["from"], "source", _is_everybody),
        every_action=_any_of(node["to"], "operation", _is_every_operation),
        every_resource=Known(not any(spec[key].exists for key in _FOR_SOME), spec.at),
        conditioned=Known(bool(node["when"].value) if node["when"].exists else False, node.at),
    )


def _any_of(listed: Node, key: str, fits: Callable[[Node], bool]) -> Fact[bool]:
    """Whether one entry of a list leaves everything open; a list that is not there does."""
    if not listed.exists or listed.value in (None, []):
        return Known(value=True, at=listed.at)
    if not listed.is_list:
        return Unknown("a template", listed.at)
    return Known(any(fits(item[key]) for item in listed.items()), listed.at)


def _is_everybody(source: Node) -> bool:
    if any(source[key].exists for key in _NARROWING_SOURCE):
        return False
    named = [source[key] for key in _NAMING_SOURCE if source[key].exists]
    return (
        source.is_mapping
        and bool(named)
        and all(node.key != "requestPrincipals" and _EVERYBODY & _texts(node) for node in named)
    )


def _is_every_operation(operation: Node) -> bool:
    if not operation.is_mapping or any(key.startswith("not") for key, _ in operation.entries()):
        return False
    return all(_EVERY.get(key, set()) & _texts(node) for key, node in operation.entries())


def _names_token(rule: Node) -> bool:
    """Whether a rule asks something of the token of a call."""
    sources = [item["source"] for item in rule["from"].items()]
    if any(source[key].exists for source in sources for key in ("requestPrincipals", "notRequestPrincipals")):
        return True
    return any(str(item["key"].value).startswith("request.auth") for item in rule["when"].items())


def _peers(node: Node, name: str) -> Policy:
    at = node.at_path("metadata", "name").at
    mode = node.at_path("spec", "mtls", "mode")
    stated = mode.text()
    unproven: Fact[Literal["none", "some", "all"]] = (
        Known(_UNPROVEN.get(stated.value, "none"), stated.at) if isinstance(stated, Known) else stated
    )
    return Policy(
        at=at, name=Known(name, at), engine=Known("istio", at), unproven_callers=unproven, reach=_calling(node)
    )


def _tokens(node: Node, name: str) -> Policy:
    at = node.at_path("metadata", "name").at
    rules = node["spec"]["jwtRules"]
    is_read_elsewhere = any(rule[key].value for rule in rules.items() for key in _READS_TOKEN if rule[key].exists)
    optional = (
        Unknown("for the program behind it to say", rules.at) if is_read_elsewhere else Known(value=True, at=rules.at)
    )
    return Policy(at=at, name=Known(name, at), engine=Known("istio", at), token_optional=optional, reach=_reach(node))


def _calling(node: Node) -> Fact[Literal["mesh", "namespace", "workload"]]:
    """Whose callers are meant: a namespace called after gateways holds what takes calls from outside of the mesh, which
    have no certificate of it."""
    namespace = node.at_path("metadata", "namespace")
    outside = isinstance(namespace.value, str) and _GATEWAYS.search(namespace.value)
    return Known("workload", namespace.at) if outside else _reach(node)


def _reach(node: Node) -> Fact[Literal["mesh", "namespace", "workload"]]:
    namespace = node.at_path("metadata", "namespace")
    if any(node["spec"][key].exists for key in _FOR_SOME):
        return Known("workload", node["spec"].at)
    return Known("mesh" if namespace.value == _ROOT else "namespace", node["spec"].at)


def _texts(node: Node) -> set[str]:
    return {item.value for item in node.items() if isinstance(item.value, str)}
