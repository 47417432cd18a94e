"""A JSON file with AWS policy documents becomes identities and policies on resources.

What a document is for is told by what stands in it, as AWS itself does: principals and actions of entering make a trust
policy, principals and other actions a policy on a resource, no principals an identity policy. Service and resource
control policies and permissions boundaries look like identity policies but only ever limit; their usual names and
folders tell them apart, since nothing inside does. What AWS printed of an account is in force there, unless it is kept
among examples: then it shows what a tool reads, and nobody deploys it.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.aws.documents import find, statements
from nhilint.formats.aws.identity import LIMITS, Holding, IdentityKind, identity, resource_policy
from nhilint.formats.aws.policy_template import PolicyTemplate
from nhilint.formats.aws.role_chains import Member, with_role_chains
from nhilint.formats.aws.trust import is_trust
from nhilint.formats.node import Node
from nhilint.knowledge import aws
from nhilint.model.fact import Known, value_of
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity
from nhilint.setting import less_real, setting_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.aws.documents import Found
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_SAY_NOTHING = frozenset({"policydocument", "assumerolepolicydocument", "document", "policyversion", "policy"})
"""Keys that hold a document and do not name it."""
_GENERATOR = "IamPolicyAutopilot"
"""What github.com/awslabs/iam-policy-autopilot calls the policies that it drafts from source code."""
_PRETENDED = "000000000000"
_ACCOUNTS_OF_EXAMPLES = frozenset({"123456789012", _PRETENDED})
"""The account of AWS's documentation, and the one that LocalStack pretends to be, for which AWS is never asked
(docs.localstack.cloud/aws/capabilities/config/credentials, read 2026-11-22): a policy that names one was never meant
for an account of one's own."""

_PUBLISHED = Deferred(
    r"(?:^|/)(?:openshift_\w{1,100}_(?:credentials|creds)_policy|sts_(?:installer|instance|support|ocm|hcp)_\w{1,60}_policy)"
    r"\.json$"
)
"""Names under which Red Hat publishes the policies that OpenShift's installer and operators ask for, for customers to
take over as they are: github.com/openshift/managed-cluster-config, resources/sts, read 2026-11-22."""


def extract(document: Document, claim: Claim) -> Extraction:
    """Every principal and document of the file; a file with none is something else."""
    root = Node.root(document)
    resources = _chained([r for found in find(root) for r in _as_kept(found, claim.format)])
    if len(resources) == 1 and not resources[0].at.pointer and "${" in document.text:
        (only,) = resources
        resources = (PolicyTemplate(only.kind, only.name, only.format, only.facts, only.setting, document.value),)
    return Extraction(resources, recognised=bool(resources))


def _chained(resources: list[Resource]) -> tuple[Resource, ...]:
    """The resources with principals that know which roles of the file they may become."""
    named = [r.facts for r in resources if isinstance(r.facts, Identity) and r.facts.arn is not None]
    chained = iter(with_role_chains([Member(facts, (value_of(facts.arn) or "",)) for facts in named]))
    known = {id(facts): next(chained) for facts in named}
    return tuple(replace(r, facts=known[id(r.facts)]) if id(r.facts) in known else r for r in resources)


def _as_kept(found: Found, format_id: str) -> Iterator[Resource]:
    resources = _resources(found, format_id)
    if _is_specimen(found.owner) or (found.owner is None and any(map(_is_draft, found.documents))):
        return (replace(resource, setting=less_real(resource.setting, "example")) for resource in resources)
    if found.owner is None and _is_handed_out(found.documents[0].path):
        return (replace(resource, setting=less_real(resource.setting, "example")) for resource in resources)
    if found.owner is None and any(_PUBLISHED.search(document.path) for document in found.documents):
        return (replace(resource, setting=less_real(resource.setting, "copied")) for resource in resources)
    return map(_of_no_account, resources) if found.printed else resources


def _is_handed_out(path: str) -> bool:
    """Whether a finished document lies among the templates of a program, which writes it down for whoever uses it; what
    a module of Terraform names there is read with that module."""
    return path.endswith(".json") and setting_of(path) == "template"


def _is_specimen(owner: Node | None) -> bool:
    """Whether a principal belongs to an account that nobody has."""
    return owner is not None and aws.account_of(str(owner["Arn"].value)) == _PRETENDED


def _is_draft(document: Node) -> bool:
    """Whether a loose document is what a generator proposed, or names an account that only documentation has."""
    if document["Id"].value == _GENERATOR:
        return True
    named = (str(arn) for statement in statements(document) for arn in statement.values_under("Resource"))
    return any(aws.account_of(arn) in _ACCOUNTS_OF_EXAMPLES for arn in named)


def _resources(found: Found, format_id: str) -> Iterator[Resource]:
    if found.owner is not None:
        yield _principal(found, found.owner, format_id)
        return
    for document in found.documents:
        yield _loose(document, found.name or _name(document), format_id)


def _of_no_account(resource: Resource) -> Resource:
    """A printed principal or policy, which among examples is a specimen."""
    at = resource.facts.at
    return resource if setting_of(at.path) == "production" else replace(resource, setting="test")


def _principal(found: Found, owner: Node, format_id: str) -> Resource:
    kinds: dict[str, IdentityKind] = {"RoleName": "role", "UserName": "user", "GroupName": "group"}
    key = next(key for key in kinds if owner[key].is_text)
    name = str(owner[key].value)
    arn = owner["Arn"].text()
    attached = owner["AttachedManagedPolicies"]
    facts = identity(
        Holding(
            kind=kinds[key],
            name=name,
            at=owner.at,
            documents=found.documents,
            attached=found.attached,
            trust=found.trust,
            managed=tuple(entry["PolicyArn"] for entry in attached.items() if entry["PolicyArn"].is_text),
            managed_at=attached.at if attached.exists else None,
            arn=arn,
            account=aws.account_of(arn.value) if isinstance(arn, Known) else None,
            boundary=owner.at_path("PermissionsBoundary", "PermissionsBoundaryArn").text(),
            session=owner["MaxSessionDuration"].number(),
        )
    )
    return Resource("identity", name, format_id, facts)


def _loose(document: Node, name: str, format_id: str) -> Resource:
    held = statements(document)
    if held and all(is_trust(statement) for statement in held):
        role = identity(Holding(kind="role", name=name, at=document.at, trust=document))
        return Resource("identity", name, format_id, role)
    if any("Principal" in statement.value or "NotPrincipal" in statement.value for statement in held):
        return Resource("resource_policy", name, format_id, resource_policy(document, name, document.at))
    kind: IdentityKind = "control_policy" if LIMITS.search(f"{document.path}/{name}") else "policy"
    loose = identity(Holding(kind=kind, name=name, at=document.at, documents=(document,)))
    return Resource("identity", name, format_id, loose)


def _name(document: Node) -> str:
    """What the file calls a loose document: the name beside it, the key that holds it, else the file."""
    for index in range(len(document.pointer) - 1, -1, -1):
        part = document.pointer[index]
        if isinstance(part, str) and part.lower() not in _SAY_NOTHING:
            return part
    return PurePosixPath(document.path).name
