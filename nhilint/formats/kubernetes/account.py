"""Service accounts, the token Secrets made for them, and values that a Secret of the repository holds in clear.

Sources, read 2026-11-22: https://kubernetes.io/docs/concepts/security/service-accounts/ (a Secret of the type
kubernetes.io/service-account-token is filled with a token that never expires);
https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html (eks.amazonaws.com/role-arn);
https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity (iam.gke.io/gcp-service-account);
https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
(azure.workload.identity/client-id);
https://docs.redhat.com/en/documentation/openshift_container_platform/4.17/html/authentication_and_authorization/using-service-accounts-as-oauth-client
(serviceaccounts.openshift.io/oauth-redirecturi.<name>; the client's secret is a token of the account);
https://argo-workflows.readthedocs.io/en/latest/argo-server-sso/ (workflows.argoproj.io/rbac-rule: people act as the
account that fits them, through a Secret called <account>.service-account-token);
https://docs.siderolabs.com/kubernetes-guides/advanced-guides/talos-api-access-from-k8s (ServiceAccount of talos.dev:
Talos fills a Secret of its name with a credential for the API of the nodes) and
https://docs.siderolabs.com/talos/v1.12/security/rbac (os:admin: every method).
"""

from __future__ import annotations

import base64
import binascii
from itertools import islice
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.kubernetes.node_owners import release_of
from nhilint.formats.kubernetes.parts import StatedAccount, StatedToken
from nhilint.formats.kubernetes.secret_documents import credentials_of_document, short_key
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, moved, read_slot
from nhilint.knowledge.credentials.certificates import holds_example_certificate
from nhilint.knowledge.credentials.names import words_of
from nhilint.knowledge.credentials.words import placeholder_word_in
from nhilint.model.fact import Known, value_of
from nhilint.model.vocabulary.cluster import CloudIdentity
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.credential import Credential

CLOUDS: dict[str, Literal["aws", "gcp", "azure"]] = {
    "eks.amazonaws.com/role-arn": "aws",
    "iam.gke.io/gcp-service-account": "gcp",
    "azure.workload.identity/client-id": "azure",
}
_TOKEN_TYPE = "kubernetes.io/service-account-token"  # noqa: S105 - the name of a type
_ACCOUNT_NAME = "kubernetes.io/service-account.name"
_FOR_PEOPLE = ("serviceaccounts.openshift.io/oauth-redirect", "workflows.argoproj.io/rbac-rule")
_FETCHED_BY_NAME = frozenset({("cloud-init-settings", "cloud-init-getter-token")})
"""Tokens that Kubermatic's operating-system-manager gets by these two names, for the machines that it lets join
(github.com/kubermatic/operating-system-manager, read 2026-11-22)."""
_OF_TALOS = "talos.dev/"
_TALOS_ADMIN = "os:admin"
_MOST_VALUES = 500
_SHORTEST = 8


def account(node: Node) -> StatedAccount | None:
    """A service account."""
    name = object_name(node)
    if not name:
        return None
    return StatedAccount(
        name=name,
        namespace=namespace_of(node.at_path("metadata", "namespace")),
        at=node.at_path("metadata", "name").at,
        automounts=node["automountServiceAccountToken"].boolean(),
        cloud=tuple(cloud_of(node.at_path("metadata", "annotations"))),
        signs_people_in=any(
            key.startswith(_FOR_PEOPLE) for key, _ in node.at_path("metadata", "annotations").entries()
        ),
        release=release_of(node),
    )


def cloud_of(annotations: Node) -> Iterator[CloudIdentity | Unknown]:
    """The cloud identities that an account's annotations let it become; an empty text names none."""
    for key, provider in CLOUDS.items():
        stated = annotations[key].text()
        if isinstance(stated, Known) and not stated.value.strip():
            continue
        if isinstance(stated, Known):
            yield CloudIdentity(at=stated.at, provider=Known(provider, stated.at), identity=stated)
        elif stated is not None:
            yield stated


def is_of_talos(node: Node) -> bool:
    """Whether an object is no account of the cluster, but one of the nodes' operating system for its own API."""
    return str(node["apiVersion"].value).startswith(_OF_TALOS)


def administers_nodes(node: Node) -> StatedToken | None:
    """An account of Talos that may call every method of the nodes' API, as a credential of who is called like it."""
    name = object_name(node)
    role = next((one for one in node.at_path("spec", "roles").items() if one.value == _TALOS_ADMIN), None)
    if not name or role is None:
        return None
    namespace = namespace_of(node.at_path("metadata", "namespace"))
    return StatedToken(name, name, namespace, role.at, way="k8s-pod-talos-admin", kind="Talos' ServiceAccount")


def token(node: Node) -> StatedToken | None:
    """A Secret that asks for a long-lived token; None for any other, and for one that a product gets by its name."""
    if node["type"].value != _TOKEN_TYPE:
        return None
    stated = name_of(node.at_path("metadata", "annotations", _ACCOUNT_NAME))
    if not stated:
        return None
    name, namespace = object_name(node), namespace_of(node.at_path("metadata", "namespace"))
    return None if (namespace, name) in _FETCHED_BY_NAME else StatedToken(name, stated, namespace, node["type"].at)


_OF_A_TEST = Deferred(r"^\s*ssh-(?:rsa|ed25519) [\w+/=]{40,2000} (?:test|example|demo)[\w.-]{0,40}@")
"""A public key whose own comment says that its pair was made for a test."""
_BASE64_OF_OBJECT = ("eyJ", "eyA", "ewo", "ew0")
"""How an object in JSON begins in base64: a quote, a blank or the end of a line follows its bracket."""


def secret_values(node: Node) -> Iterator[Credential]:
    """Credentials in clear among the values of a Secret, which base64 does not hide."""
    values = tuple(_values(node))
    sample_pair = any(holds_example_certificate(one) or _OF_A_TEST.search(one) for one in values)
    made_up = any(map(placeholder_word_in, values))
    for credential in _in_clear(node):
        is_key = value_of(credential.type) == "pem-private-key"
        yield replace(
            credential,
            sample=Known(value=True, at=credential.at) if is_key and sample_pair else None,
            beside_made_up=Known(made_up, credential.at),
        )


def _values(node: Node) -> Iterator[str]:
    for key in ("stringData", "data"):
        for _, value in islice(node[key].entries(), _MOST_VALUES):
            yield value.value if key == "stringData" and isinstance(value.value, str) else _decoded(value.value)


def _in_clear(node: Node) -> Iterator[Credential]:
    for number, (name, value) in enumerate(node["stringData"].entries()):
        if isinstance(value.value, str) and number < _MOST_VALUES:
            yield from _literals(value.value, Slot(name, value.at, "field", sensitive=True))
    for number, (name, value) in enumerate(node["data"].entries()):
        text = _decoded(value.value) if number < _MOST_VALUES else ""
        found = _literals(text, Slot(name, value.at, "field", sensitive=True)) if len(text) >= _SHORTEST else ()
        for credential in found:
            yield moved(credential, value.at.at_value())


def _literals(text: str, slot: Slot) -> tuple[Credential, ...]:
    """The credentials in clear of a value, or of the document that it is (an ini file, the accounts of registries)."""
    inside = credentials_of_document(text, slot) or short_key(text, slot)
    if inside:
        return inside
    encoded = _decoded(text) if text.startswith(_BASE64_OF_OBJECT) else ""
    if encoded.startswith("{"):
        return tuple(_of_object(one, slot) for one in credentials_of_document(encoded, slot))
    found = (one for one in read_slot(text, slot, Expansion())[0] if value_of(one.source) == "literal")
    names_a_key = words_of(slot.name)[-1:] == ("id",)
    return tuple(one for one in found if value_of(one.shaped) or not names_a_key)


def _of_object(credential: Credential, slot: Slot) -> Credential:
    """One that stands in an object which the value has in base64: it is told at the value, with the value's name."""
    at = slot.at.at_value()
    name = f"{(value_of(credential.name) or 'a value').partition(' of ')[0]} of {slot.name}"
    return replace(moved(credential, at), name=Known(name, at))


def _decoded(value: object) -> str:
    if not isinstance(value, str) or "{" in value:
        return ""
    try:
        return base64.b64decode("".join(value.split()), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
