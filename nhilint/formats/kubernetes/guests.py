"""Objects in manifests that belong to other products go to the readers of those products.

A reader is a module with `read(node)`, which yields names with identities or policies, and is imported only when a file
needs it. What sets up another system counts as that system's format.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from nhilint.model.resource import Resource
from nhilint.model.vocabulary.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.node import Node


class _Guest(NamedTuple):
    reader: str
    kinds: frozenset[str]
    format: str = ""


_GUESTS: dict[str, _Guest] = {
    "spire.spiffe.io": _Guest("spire.objects", frozenset({"ClusterSPIFFEID", "ClusterStaticEntry"})),
    "spiffeid.spiffe.io": _Guest("spire.objects", frozenset({"SpiffeID"})),
    "security.istio.io": _Guest(
        "mesh.istio", frozenset({"AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication"})
    ),
    "networking.istio.io": _Guest("mesh.istio", frozenset({"EnvoyFilter"})),
    "policy.linkerd.io": _Guest("mesh.linkerd", frozenset({"AuthorizationPolicy", "Server"})),
    "vault.banzaicloud.com": _Guest("vault.objects", frozenset({"Vault"}), "vault-settings"),
    "redhatcop.redhat.io": _Guest(
        "vault.objects", frozenset({"Policy", "KubernetesAuthEngineRole", "JWTOIDCAuthEngineRole"}), "vault-settings"
    ),
    "": _Guest("spire.configuration", frozenset({"ConfigMap"})),
}
"""By the group of the API. The core group's ConfigMaps may hold settings of SPIRE."""


def is_guest(node: Node) -> bool:
    """Whether an object is one that another product's reader reads."""
    guest = _guest(node)
    return guest is not None and node["kind"].is_one_of(guest.kinds)


def guest_resources(node: Node, claim: Claim) -> Iterator[Resource]:
    """What the reader of an object's product makes of it."""
    guest = _guest(node)
    if guest is None:
        return
    reader = import_module(f"nhilint.formats.{guest.reader}")
    for name, facts in reader.read(node):
        yield Resource("policy" if isinstance(facts, Policy) else "identity", name, guest.format or claim.format, facts)


def _guest(node: Node) -> _Guest | None:
    group, slash, _ = str(node["apiVersion"].value).partition("/")
    return _GUESTS.get(group if slash else "")
