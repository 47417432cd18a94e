"""Service accounts, the token Secrets made for them, and values that a Secret of the repository holds in clear.

Sources, read 2026-11-22: https://kubernetes.io/docs/concepts/security/service-accounts/ (a Secret of the type
kubernetes.io/service-account-token is filled with a token that never expires);
https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html (eks.amazonaws.com/role-arn);
https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity (iam.gke.io/gcp-service-account);
https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html
(azure.workload.identity/client-id).
"""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.kubernetes.names import name_of, namespace_of, object_name
from nhilint.formats.kubernetes.parts import StatedAccount, StatedToken
from nhilint.formats.mcp.dialect import Expansion
from nhilint.formats.mcp.holding import Slot, read_slot
from nhilint.model.fact import Known
from nhilint.model.vocabulary.cluster import CloudIdentity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.node import Node
    from nhilint.model.fact import Unknown
    from nhilint.model.vocabulary.credential import Credential

_CLOUD: dict[str, Literal["aws", "gcp", "azure"]] = {
    "eks.amazonaws.com/role-arn": "aws",
    "iam.gke.io/gcp-service-account": "gcp",
    "azure.workload.identity/client-id": "azure",
}
_TOKEN_TYPE = "kubernetes.io/service-account-token"  # noqa: S105 - the name of a type
_ACCOUNT_NAME = "kubernetes.io/service-account.name"
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
        cloud=tuple(_cloud(node.at_path("metadata", "annotations"))),
    )


def _cloud(annotations: Node) -> Iterator[CloudIdentity | Unknown]:
    for key, provider in _CLOUD.items():
        stated = annotations[key].text()
        if isinstance(stated, Known):
            yield CloudIdentity(at=stated.at, provider=Known(provider, stated.at), identity=stated)
        elif stated is not None:
            yield stated


def token(node: Node) -> StatedToken | None:
    """A Secret that asks for a long-lived token; None for any other."""
    if node["type"].value != _TOKEN_TYPE:
        return None
    stated = name_of(node.at_path("metadata", "annotations", _ACCOUNT_NAME))
    if not stated:
        return None
    namespace = namespace_of(node.at_path("metadata", "namespace"))
    return StatedToken(object_name(node), stated, namespace, node["type"].at)


def secret_values(node: Node) -> Iterator[Credential]:
    """Credentials in clear among the values of a Secret, which base64 does not hide."""
    for number, (name, value) in enumerate(node["stringData"].entries()):
        if isinstance(value.value, str) and number < _MOST_VALUES:
            yield from _literals(value.value, Slot(name, value.at, "field", sensitive=True))
    for number, (name, value) in enumerate(node["data"].entries()):
        text = _decoded(value.value) if number < _MOST_VALUES else ""
        text = text if len(text) >= _SHORTEST else ""
        for credential in _literals(text, Slot(name, value.at, "field", sensitive=True)) if text else ():
            yield replace(credential, at=value.at.at_value())


def _literals(text: str, slot: Slot) -> Iterator[Credential]:
    for credential in read_slot(text, slot, Expansion())[0]:
        if isinstance(credential.source, Known) and credential.source.value == "literal":
            yield credential


def _decoded(value: object) -> str:
    if not isinstance(value, str) or "{" in value:
        return ""
    try:
        return base64.b64decode("".join(value.split()), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return ""
