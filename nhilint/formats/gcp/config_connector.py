"""Config Connector's IAM kinds: policies, members, custom roles, accounts, keys, pool providers; clusters and builds.

Source, read 2026-11-22: the pages below cloud.google.com/config-connector/docs/reference/resource-docs/iam and the
samples of github.com/GoogleCloudPlatform/k8s-config-connector (IAMPolicy, IAMPartialPolicy, IAMPolicyMember,
IAMCustomRole, IAMServiceAccount, IAMServiceAccountKey, IAMWorkloadIdentityPoolProvider). An account that an object
refers to is one of the same folder, so that it keeps its own name.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.bedrock.spelling import Hosted
from nhilint.formats.cloud_builds.cloudbuild import account_referred, pipeline
from nhilint.formats.gcp.clusters import legacy_cluster
from nhilint.formats.gcp.declared import Account, Binding, CustomRole, Declarations, Key, Provider, Target, declared
from nhilint.formats.gcp.members import OWN
from nhilint.formats.gcp.policy import condition, member
from nhilint.formats.kubernetes import manifest
from nhilint.formats.kubernetes.claims import CLAIMS as KUBERNETES
from nhilint.formats.node import Node
from nhilint.model.fact import Known, Unknown
from nhilint.model.resource import Extraction, Resource
from nhilint.source.deferred import Deferred
from nhilint.source.value import Stream

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.gcp.declared import Member, Scope
    from nhilint.source.document import Document

_GROUP = "iam.cnrm.cloud.google.com/"
_CLUSTERS = "container.cnrm.cloud.google.com/"
_BUILDS = "cloudbuild.cnrm.cloud.google.com/"
_MOST = 2_000
_DEEPEST = 12
_TO_FILL_IN = Deferred(r"^\w{1,20}:\s?\$\{[^{}]{0,200}\}$")
"""A member of which a sample leaves everything but the kind to its reader (`serviceAccount:${GSA_EMAIL?}`)."""
_LEFT_TO_READER = Deferred(r"\$\{[A-Z][A-Z0-9_]{0,60}\?\}")
"""How the vendor's samples call what their reader has to replace (`${PROJECT_ID?}`); envsubst and Flux leave it."""
_SCOPES: dict[str, Scope] = {
    "Project": "project",
    "Folder": "folder",
    "Organization": "organization",
    "IAMServiceAccount": "service_account",
}
_SERVICES = {
    "StorageBucket": "storage",
    "SecretManagerSecret": "secretmanager",
    "KMSCryptoKey": "cloudkms",
    "KMSKeyRing": "cloudkms",
    "PubSubTopic": "pubsub",
    "PubSubSubscription": "pubsub",
    "RunService": "run",
    "BigQueryDataset": "bigquery",
    "ArtifactRegistryRepository": "artifactregistry",
}


class _Object(NamedTuple):
    kind: str
    name: str
    node: Node

    @property
    def spec(self) -> Node:
        return self.node["spec"]


def extract(document: Document, claim: Claim) -> Extraction:
    """The declarations of every IAM object in a file; not this format's where a file has none."""
    objects = list(_objects(Node.root(document)))
    content = Declarations(
        bindings=tuple(binding for each in objects for binding in _bindings(each)),
        roles=tuple(_role(each) for each in objects if each.kind == "IAMCustomRole"),
        accounts=tuple(_account(each) for each in objects if each.kind == "IAMServiceAccount"),
        keys=tuple(_key(each) for each in objects if each.kind == "IAMServiceAccountKey"),
        providers=tuple(_provider(each) for each in objects if each.kind == "IAMWorkloadIdentityPoolProvider"),
    )
    clusters = tuple(_clusters(Node.root(document), claim))
    triggers = tuple(_triggers(Node.root(document), claim))
    if not content and not clusters and not triggers:
        return Extraction(recognised=False)
    setting = "example" if any(_is_left_to_reader(each.node) for each in objects) else "production"
    found = (declared(content, document.path, claim.format, setting),) if content else ()
    return Extraction((*found, *clusters, *triggers, *_neighbours(document)))


def _is_left_to_reader(node: Node, depth: int = 0) -> bool:
    """Whether a value of an object is still the sample's, so that nobody applies it as it is."""
    if isinstance(node.value, str):
        return _LEFT_TO_READER.search(node.value) is not None
    held = node.items() if node.is_list else (inner for _, inner in node.entries())
    return depth < _DEEPEST and any(_is_left_to_reader(inner, depth + 1) for inner in islice(held, _MOST))


def _triggers(root: Node, claim: Claim) -> Iterator[Resource]:
    """The triggers of Cloud Build that build pull requests."""
    accounts = {each.name: each.node.at for each in _objects(root) if each.kind == "IAMServiceAccount"}
    for each in _objects(root, _BUILDS):
        if each.kind == "CloudBuildTrigger":
            trigger = Hosted(each.kind, each.name, each.spec, each.node.at)
            found = pipeline(trigger, account_referred(each.spec["serviceAccountRef"], each.node.at, accounts))
            if found is not None:
                yield Resource("workflow", each.name, claim.format, found)


def _clusters(root: Node, claim: Claim) -> Iterator[Resource]:
    for each in _objects(root, _CLUSTERS):
        facts = legacy_cluster(each.name, each.node.at, each.spec["enableLegacyAbac"])
        if each.kind == "ContainerCluster" and facts is not None:
            yield Resource("resource_policy", each.name, claim.format, facts)


def _neighbours(document: Document) -> tuple[Resource, ...]:
    """Workloads and accounts of the cluster that stand in the same file: one file is read once, so both are."""
    if not isinstance(document.value, Stream):
        return ()
    return manifest.extract(document, KUBERNETES[0]).resources


def _objects(root: Node, group: str = _GROUP) -> Iterator[_Object]:
    documents = [root[index] for index in range(len(root.value))] if isinstance(root.value, Stream) else [root]
    for node in documents[:_MOST]:
        if node.is_mapping and str(node["apiVersion"].value).startswith(group):
            yield _Object(str(node["kind"].value), str(node.at_path("metadata", "name").value), node)


def _bindings(each: _Object) -> Iterator[Binding]:
    if each.kind == "IAMPolicyMember":
        who = (
            _member_from(each.spec["memberFrom"])
            if each.spec["memberFrom"].is_mapping
            else _stated(each.spec["member"])
        )
        yield _binding(each, each.spec, (who,))
    elif each.kind in ("IAMPolicy", "IAMPartialPolicy"):
        for node in list(each.spec["bindings"].items())[:_MOST]:
            if node.is_mapping and node["role"].exists:
                named = list(node["members"].items())[:_MOST]
                yield _binding(each, node, tuple(_listed_member(item) for item in named))


def _binding(each: _Object, node: Node, members: tuple[Member, ...]) -> Binding:
    return Binding(
        at=node.at,
        policy=each.name,
        policy_at=each.node.at,
        role=member(node["role"]),
        members=members,
        condition=condition(node["condition"]),
        target=_target(each.spec["resourceRef"]),
    )


def _listed_member(node: Node) -> Member:
    """A member of a list: a text, or in a partial policy an object that holds or refers to one."""
    if not node.is_mapping:
        return _stated(node)
    return _member_from(node["memberFrom"]) if node["memberFrom"].is_mapping else _stated(node["member"])


def _stated(node: Node) -> Member:
    """A member as written; unknown where it is only a name for one."""
    if isinstance(node.value, str) and _TO_FILL_IN.match(node.value):
        return Unknown("to be filled in", node.at)
    return member(node)


def _member_from(node: Node) -> Member:
    reference = node["serviceAccountRef"]
    if reference["name"].is_text:
        return Known(f"serviceAccount:{reference['name'].value}{OWN}", node.at)
    return member(reference["external"]) if reference["external"].exists else Unknown("a reference", node.at)


def _target(node: Node) -> Target:
    kind = str(node["kind"].value)
    if _SCOPES.get(kind) != "service_account":
        scope = _SCOPES.get(kind, "resource")
        return Target(scope, _SERVICES.get(kind, kind.lower()) if scope == "resource" else "resourcemanager")
    if node["name"].is_text:
        return Target("service_account", "iam", f"serviceAccount:{node['name'].value}{OWN}")
    named = str(node["external"].value) if node["external"].is_text else "${reference}"
    return Target("service_account", "iam", "serviceAccount:" + named.rpartition("/")[2])


def _role(each: _Object) -> CustomRole:
    listed = each.spec["permissions"]
    role_id = each.spec["resourceID"].value if each.spec["resourceID"].is_text else each.name
    return CustomRole(
        at=each.node.at,
        label=str(role_id),
        names=frozenset(f"{parent}/own/roles/{role_id}" for parent in ("projects", "organizations")),
        permissions=tuple(member(item) for item in list(listed.items())[: 10 * _MOST])
        if listed.is_list
        else Unknown("not of the expected type", listed.at),
        disabled=each.spec["stage"].value == "DISABLED",
    )


def _account(each: _Object) -> Account:
    return Account(at=each.node.at, label=each.name, member=f"serviceAccount:{each.name}{OWN}", account_id=each.name)


def _key(each: _Object) -> Key:
    named = each.spec["serviceAccountRef"]["name"]
    text = f"serviceAccount:{named.value}{OWN}" if named.is_text else None
    return Key(at=each.node.at, label=each.name, member=text, kind="service-account-key")


def _provider(each: _Object) -> Provider:
    mapping = each.spec["attributeMapping"]
    pool = each.spec["workloadIdentityPoolRef"]
    named = pool["name"].value if pool["name"].is_text else str(pool["external"].value).rpartition("/")[2]
    oidc = each.spec["oidc"]
    listed = oidc["allowedAudiences"]
    return Provider(
        at=each.node.at,
        label=each.name,
        pools=frozenset({str(named)}),
        issuer=member(oidc["issuerUri"]) if oidc.is_mapping else Known("sts.amazonaws.com", each.spec["aws"].at),
        condition=member(each.spec["attributeCondition"]) if each.spec["attributeCondition"].exists else None,
        mapping={key: str(node.value) for key, node in mapping.entries()},
        mapping_at=mapping.at if mapping.is_mapping else None,
        audiences=listed.texts() if listed.is_list and listed.value else None,
    )
