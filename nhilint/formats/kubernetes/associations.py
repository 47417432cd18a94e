"""An association of EKS Pod Identity becomes a part of the cluster: a service account and the role it is given.

Infrastructure code states it (Terraform, CloudFormation), not a manifest. With a target role, pods have that one's
credentials and not the first one's. Source, read 2026-11-22:
https://docs.aws.amazon.com/eks/latest/userguide/pod-id-association.html and
docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-eks-podidentityassociation.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.names import name_of, namespace_of
from nhilint.formats.kubernetes.parts import Manifest, StatedAssociation
from nhilint.formats.templates import braces
from nhilint.model.fact import Known, Unknown
from nhilint.model.vocabulary.cluster import CloudIdentity
from nhilint.model.vocabulary.identity import Identity

if TYPE_CHECKING:
    from nhilint.formats.node import Node
    from nhilint.model.place import Place

_FORMAT = "kubernetes"


def association(
    account: Node, namespace: Node, role: Node, at: Place, setting: str, own_role: str | None
) -> Manifest | None:
    """One association; None where nothing tells which account it is for.

    `own_role` is what the same file or module calls the role, where it makes the role itself.
    """
    name = name_of(account)
    if not name or braces(name):
        return None
    identity = _identity(role, own_role)
    cloud: CloudIdentity | Unknown = identity if isinstance(identity, Unknown) else _of_aws(identity)
    part = StatedAssociation(name, namespace_of(namespace), at, cloud)
    facts = Identity(at=at, name=Known(name, at), provider=Known("kubernetes", at))
    return Manifest("identity", name, _FORMAT, facts, setting, part=part)


def _identity(role: Node, own_role: str | None) -> Known[str] | Unknown:
    if own_role:
        return Known(own_role, role.at)
    if not isinstance(role.value, str) or braces(role.value):
        return Unknown("a role that is made elsewhere", role.at)
    return Known(role.value, role.at)


def _of_aws(identity: Known[str]) -> CloudIdentity:
    return CloudIdentity(at=identity.at, provider=Known("aws", identity.at), identity=identity)
