"""A `ClusterConfig` of eksctl becomes the AWS roles that eksctl makes: of service accounts, of nodes and of add-ons.

Each has attached policies (`attachPolicyARNs`), a document of its own (`attachPolicy`) or both; pod identity
associations call them `permissionPolicyARNs` and `permissionPolicy`. A role that is made elsewhere (`attachRoleARN`,
`instanceRoleARN`, `roleARN`) is not this file's. What eksctl writes by itself (`wellKnownPolicies`,
`withAddonPolicies`, the policies that every node needs) is not read. Sources, in excerpts 2026-11-22:
docs.aws.amazon.com/eks/latest/eksctl/iamserviceaccounts.html and …/iam-policies.html, and
pkg/apis/eksctl.io/v1alpha5/assets/schema.json of github.com/eksctl-io/eksctl.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from nhilint.formats.aws.assembled import literal
from nhilint.formats.aws.identity import Holding, identity
from nhilint.formats.aws.words import OWN_ACCOUNT, OWN_REGION
from nhilint.formats.kubernetes import manifest
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.model.vocabulary.identity import Identity
    from nhilint.source.document import Document
    from nhilint.source.value import Value

_GROUP = "eksctl.io/"
_ISSUER = f"oidc.eks.{OWN_REGION}.amazonaws.com/id/cluster"
_MOST = 500
_NODES = ("nodeGroups", "managedNodeGroups")


class _Role(NamedTuple):
    """A role as an entry asks for it: what it is called, where the entry stands, and whom it lets in."""

    name: str
    entry: Node
    trust: Value


def extract(document: Document, claim: Claim) -> Extraction:
    """The roles of every cluster in a file, and the objects of Kubernetes beside them."""
    root = Node.root(document, braces)
    documents = list(root.items() if root.is_list else (root,))[:_MOST]
    clusters = [one for one in documents if _is_cluster(one)]
    if not clusters:
        return Extraction(recognised=False)
    roles = (role for cluster in clusters for role in _roles(cluster))
    found = tuple(Resource("identity", role.name, claim.format, facts) for role in roles if (facts := _facts(role)))
    beside = manifest.extract(document, replace(claim, format="kubernetes")).resources
    return Extraction((*found, *beside))


def _is_cluster(one: Node) -> bool:
    version = one["apiVersion"].value
    return isinstance(version, str) and version.startswith(_GROUP) and one["kind"].value == "ClusterConfig"


def _roles(cluster: Node) -> Iterator[_Role]:
    for account in _entries(cluster["iam"]["serviceAccounts"]):
        named = account["metadata"]
        yield _of_account(account, named["namespace"], named["name"])
    for pod in _entries(cluster["iam"]["podIdentityAssociations"]):
        yield _of_pods(pod)
    for addon in _entries(cluster["addons"]):
        yield _Role(f"add-on {_text(addon['name'])}", addon, _web_identity("*", "*"))
        for pod in _entries(addon["podIdentityAssociations"]):
            yield _of_pods(pod)
    for kind in _NODES:
        for group in _entries(cluster[kind]):
            name = _text(group["iam"]["instanceRoleName"], f"nodes {_text(group['name'])}")
            yield _Role(name, group["iam"], _service("ec2.amazonaws.com", "sts:AssumeRole"))


def _entries(listed: Node) -> list[Node]:
    return [entry for entry in listed.items() if entry.is_mapping][:_MOST]


def _of_account(entry: Node, namespace: Node, account: Node) -> _Role:
    space, name = _text(namespace, "default"), _text(account)
    return _Role(_text(entry["roleName"], f"{space}/{name}"), entry, _web_identity(space, name))


def _of_pods(entry: Node) -> _Role:
    space, name = _text(entry["namespace"], "default"), _text(entry["serviceAccountName"])
    trust = _service("pods.eks.amazonaws.com", ["sts:AssumeRole", "sts:TagSession"])
    return _Role(_text(entry["roleName"], f"{space}/{name}"), entry, trust)


def _text(node: Node, otherwise: str = "unnamed") -> str:
    stated = node.text()
    return stated.value if isinstance(stated, Known) and stated.value else otherwise


def _facts(role: _Role) -> Identity | None:
    """The facts of a role; None where the entry gives it nothing, or where it is made elsewhere."""
    entry = role.entry
    elsewhere = ("attachRoleARN", "instanceRoleARN", "roleARN", "serviceAccountRoleARN")
    if any(entry[name].exists for name in elsewhere):
        return None
    document = entry.first("attachPolicy", "permissionPolicy")
    managed = entry.first("attachPolicyARNs", "permissionPolicyARNs")
    if not document.is_mapping and not managed.exists:
        return None
    boundary = entry.first("permissionsBoundary", "permissionsBoundaryARN", "instanceRolePermissionsBoundary")
    return identity(
        Holding(
            kind="role",
            name=role.name,
            at=entry.at,
            documents=(document,) if document.is_mapping else (),
            trust=literal(role.trust, entry.at),
            managed=tuple(managed.items()),
            boundary=boundary.text(),
        )
    )


def _web_identity(namespace: str, account: str) -> Value:
    """The trust of a role for one service account; that of an add-on is known to the add-on alone."""
    known = namespace != "*"
    subject = f"system:serviceaccount:{namespace}:{account}" if known else "${the add-on's account}"
    statement: Value = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": f"arn:aws:iam::{OWN_ACCOUNT}:oidc-provider/{_ISSUER}"},
        "Condition": {"StringEquals": {f"{_ISSUER}:sub": subject, f"{_ISSUER}:aud": "sts.amazonaws.com"}},
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def _service(name: str, action: Value) -> Value:
    statement: Value = {"Effect": "Allow", "Action": action, "Principal": {"Service": name}}
    return {"Version": "2012-10-17", "Statement": [statement]}
