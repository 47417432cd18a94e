"""A JSON file with AWS policy documents becomes identities and policies on resources.

What a document is for is told by what stands in it, as AWS itself does: principals and actions of entering make a trust
policy, principals and other actions a policy on a resource, no principals an identity policy. Service and resource
control policies and permissions boundaries look like identity policies but only ever limit; their usual names and
folders tell them apart, since nothing inside does.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Literal

from msgspec.structs import replace

from nhilint.formats.aws.documents import find, statements
from nhilint.formats.aws.effective import found_escalations, is_admin
from nhilint.formats.aws.statement import grant
from nhilint.formats.aws.trust import is_trust, trust
from nhilint.formats.node import Node
from nhilint.knowledge import aws
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity, ResourcePolicy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.aws.documents import Found
    from nhilint.formats.format import Claim
    from nhilint.model.fact import Fact
    from nhilint.model.vocabulary.identity import Trust
    from nhilint.source.document import Document

IdentityKind = Literal["role", "user", "group", "policy", "control_policy"]

_LIMITS = re.compile(
    r"(?:^|[/_.-])(?:scps?|rcps?|service[-_]?control|resource[-_]?control|boundar(?:y|ies)|guardrails?|"
    r"vpc[-_]?endpoints?|vpce|endpoint[-_]polic(?:y|ies)|session[-_]polic(?:y|ies))(?:[/_.-]|$)",
    re.IGNORECASE,
)


def extract(document: Document, claim: Claim) -> Extraction:
    """Every principal and document of the file; a file with none is something else."""
    root = Node.root(document)
    resources = tuple(r for found in find(root) for r in _resources(found, claim.format))
    return Extraction(resources, recognised=bool(resources))


def _resources(found: Found, format_id: str) -> Iterator[Resource]:
    if found.owner is not None:
        yield _principal(found, found.owner, format_id)
        return
    for document in found.documents:
        yield _loose(document, format_id)


def _principal(found: Found, owner: Node, format_id: str) -> Resource:
    kinds: dict[str, IdentityKind] = {"RoleName": "role", "UserName": "user", "GroupName": "group"}
    key = next(key for key in kinds if owner[key].is_text)
    name = str(owner[key].value)
    arn = owner["Arn"].text()
    account = aws.account_of(arn.value) if isinstance(arn, Known) else None
    held = [s for document in found.documents for s in statements(document)]
    identity = _identity(owner, name, kinds[key], held, account)
    managed = _managed(owner)
    identity = replace(
        identity,
        arn=arn,
        trusts=tuple(_trusts(found.trust, account)),
        managed=managed,
        managed_admin=_administering(managed),
        boundary=owner.at_path("PermissionsBoundary", "PermissionsBoundaryArn").text(),
        session_hours=_hours(owner["MaxSessionDuration"]),
    )
    return Resource("identity", name, format_id, identity)


def _loose(document: Node, format_id: str) -> Resource:
    held = statements(document)
    name = _name(document)
    if held and all(is_trust(statement) for statement in held):
        role = _identity(document, name, "role", [], None)
        return Resource("identity", name, format_id, replace(role, trusts=tuple(_trusts(document, None))))
    if any(statement["Principal"].exists or statement["NotPrincipal"].exists for statement in held):
        return Resource("resource_policy", name, format_id, _resource_policy(document, name, held))
    kind: IdentityKind = "control_policy" if _LIMITS.search(f"{document.path}/{name}") else "policy"
    return Resource("identity", name, format_id, _identity(document, name, kind, held, None))


def _identity(node: Node, name: str, kind: IdentityKind, held: list[Node], account: str | None) -> Identity:
    limits = kind == "control_policy"
    return Identity(
        at=node.at,
        name=Known(name, node.at),
        provider=Known("aws", node.at),
        kind=Known(kind, node.at),
        grants=tuple(grant(statement, index, account) for index, statement in enumerate(held)),
        escalations=() if limits else found_escalations(held),
        admin=Known(value=False, at=node.at) if limits else is_admin(held, node.at),
    )


def _resource_policy(document: Node, name: str, held: list[Node]) -> ResourcePolicy:
    grants = tuple(grant(statement, index, None) for index, statement in enumerate(held))
    services = {s for g in grants if isinstance(g.services, Known) for s in g.services.value}
    return ResourcePolicy(
        at=document.at,
        name=Known(name, document.at),
        provider=Known("aws", document.at),
        service=Known(next(iter(services)), document.at) if len(services) == 1 else None,
        network_endpoint=Known(bool(_LIMITS.search(f"{document.path}/{name}")), document.at),
        grants=grants,
    )


def _trusts(document: Node | None, account: str | None) -> Iterator[Trust]:
    if document is None:
        return
    for index, statement in enumerate(statements(document)):
        sid = statement["Sid"]
        name = str(sid.value) if sid.is_text and sid.value else f"statement {index + 1}"
        way_in = trust(statement, name, account)
        if way_in is not None:
            yield way_in


def _managed(owner: Node) -> Fact[tuple[str, ...]]:
    attached = owner["AttachedManagedPolicies"]
    if not attached.exists:
        return owner["ManagedPolicyArns"].texts()
    arns = [str(entry["PolicyArn"].value) for entry in attached.items() if entry["PolicyArn"].is_text]
    return Known(tuple(arns), attached.at)


def _administering(managed: Fact[tuple[str, ...]]) -> Fact[tuple[str, ...]]:
    if not isinstance(managed, Known):
        return managed
    strong = tuple(a for a in managed.value if aws.managed_policy_level(a) in ("admin", "iam"))
    return Known(strong, managed.at)


def _hours(node: Node) -> Fact[float]:
    seconds = node.number()
    return Known(seconds.value / 3600, node.at) if isinstance(seconds, Known) else seconds


def _name(document: Node) -> str:
    """What the file calls a loose document: the name beside it, the key that holds it, else the file."""
    for index in range(len(document.pointer) - 1, -1, -1):
        part = document.pointer[index]
        if isinstance(part, str) and part not in ("PolicyDocument", "Document", "PolicyVersion", "Policy"):
            return part
    return PurePosixPath(document.path).name
