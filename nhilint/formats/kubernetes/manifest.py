"""A file of Kubernetes manifests becomes the parts that say who may do what: roles, bindings, accounts, workloads.

Several documents in a file, `List` kinds and Helm templates are read alike; what a template prints stays a template and
is not known. A patch of kustomize (a kind without what makes it whole) waits for the kustomization that names it. Other
kinds are passed over.
Source: https://kubernetes.io/docs/reference/kubernetes-api/ and the pages named in the modules that read each kind,
read 2026-11-22.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.kubernetes.account import account, administers_nodes, is_of_talos, secret_values, token
from nhilint.formats.kubernetes.agent_runtime import (
    agent_workload,
    is_agent_resource,
    is_of_platform,
    says_it_runs_agents,
)
from nhilint.formats.kubernetes.applied_as import applier, takes_account
from nhilint.formats.kubernetes.aws_auth import entries, is_entries
from nhilint.formats.kubernetes.carried import every_object
from nhilint.formats.kubernetes.copied import is_copy, is_labelled_release, is_of_chart
from nhilint.formats.kubernetes.flux import is_sync, sync
from nhilint.formats.kubernetes.guests import guest_resources, is_guest
from nhilint.formats.kubernetes.installed import Guarding
from nhilint.formats.kubernetes.own_stores import with_own_stores
from nhilint.formats.kubernetes.parts import Manifest, StatedWorkload
from nhilint.formats.kubernetes.patches import as_manifest, is_incomplete, laid_over
from nhilint.formats.kubernetes.pod_templates import is_controller, pods_made_by
from nhilint.formats.kubernetes.rbac import binding, role
from nhilint.formats.kubernetes.releases import is_release, parts_of
from nhilint.formats.kubernetes.workload import (
    WORKLOADS,
    is_at_rest,
    is_run_by_hand,
    is_taken_away,
    is_unserved,
    workload,
)
from nhilint.formats.node import Node
from nhilint.formats.templates import braces
from nhilint.model.fact import Known
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhilint.formats.format import Claim
    from nhilint.formats.kubernetes.parts import Part
    from nhilint.model.vocabulary.credential import Credential
    from nhilint.source.document import Document

_ROLES = frozenset({"Role", "ClusterRole"})
_BINDINGS = frozenset({"RoleBinding", "ClusterRoleBinding"})
_CLEAR = frozenset({"literal", "default_literal"})
_DECIDED_ELSEWHERE = frozenset({"identity", "policy"})
_OF_A_CLOUD = ("upbound.io", "crossplane.io", "cnrm.cloud.google.com")
"""API groups whose kinds are called as Kubernetes' own, and are a cloud's roles, accounts and secrets."""
_READ = _ROLES | _BINDINGS | WORKLOADS | {"ServiceAccount", "Secret"}
_ALSO_READ = (
    is_entries,
    is_agent_resource,
    is_of_platform,
    is_guest,
    is_sync,
    is_release,
    is_controller,
    takes_account,
)


def extract(document: Document, claim: Claim) -> Extraction:
    """The parts of a file; one without a kind that is read here is no manifest of ours."""
    root = Node.root(document, braces)
    objects = [node for node in every_object(root) if _is_read(node)]
    resources: list[Resource] = []
    copied = bool(objects) and (
        is_copy(document) or any(map(is_of_chart, objects)) or is_labelled_release(document, root)
    )
    guarding = Guarding(document) if objects else None
    for node in objects:
        for one in _read(node, claim, root):
            told = guarding.told(one, node) if guarding is not None and isinstance(one, Manifest) else one
            resources.append(_as_copy(told) if copied else told)
    return Extraction(tuple(with_own_stores(resources, root)), recognised=bool(objects))


def _as_copy(resource: Resource) -> Resource:
    """The same, told as a copy; agents, tools and credentials in clear are one's own wherever the file comes from."""
    return replace(resource, setting="copied") if resource.kind in _DECIDED_ELSEWHERE else resource


def _is_read(node: Node) -> bool:
    """Whether it is of a kind that is read: Kubernetes' own, or one of those that stand for some of them."""
    kind, group = str(node["kind"].value), str(node["apiVersion"].value).partition("/")[0]
    if kind in _READ:
        return not group.endswith(_OF_A_CLOUD)
    return any(is_read(node) for is_read in _ALSO_READ)


def _read(node: Node, claim: Claim, root: Node) -> Iterator[Resource]:
    if is_incomplete(node):
        yield as_manifest(laid_over(node), claim.format)
    if node["$patch"].exists:
        return
    if node["kind"].value == "ConfigMap" and isinstance(data := node["data"].value, dict):
        texts = import_module("nhilint.formats.kubernetes.config_texts")
        yield from texts.written_in_configuration(data, node["data"].at, claim.format)
        if any(isinstance(text, str) and "cedarv1" in text for text in data.values()):
            policies = import_module("nhilint.formats.kubernetes.toolhive_policies")
            yield from policies.policies_of_data(node, claim.format)
    if is_guest(node) and not is_entries(node):
        yield from guest_resources(node, claim)
        return
    if takes_account(node):
        yield _manifest(applier(node), claim.format)
    if is_release(node):
        yield from (_manifest(one, claim.format) for one in parts_of(node))
        return
    if is_controller(node):
        yield from (_manifest(one, claim.format) for one in pods_made_by(node))
        return
    part = _part(node)
    if part is not None:
        manifest = _manifest(part, claim.format)
        is_kept = is_run_by_hand(node) or is_at_rest(node) or is_taken_away(node) or is_unserved(node)
        yield replace(manifest, setting="example") if is_kept else manifest
    if is_of_platform(node):
        platforms = import_module("nhilint.formats.kubernetes.agent_platforms")
        yield from platforms.declared(node, claim.format, root)
        return
    for credential in _in_clear(node, part):
        name = credential.name.value if isinstance(credential.name, Known) else "secret"
        yield Resource("credential", name, claim.format, credential)


def manifest_of(node: Node, format_id: str, setting: str) -> Manifest | None:
    """One object that another format states in a manifest's terms; None where it holds nothing that is joined."""
    kind = node["kind"].value
    part = _part(node) if isinstance(kind, str) and kind in _READ else None
    return replace(_manifest(part, format_id), setting=setting) if part is not None else None


def _manifest(part: Part, format_id: str) -> Manifest:
    facts = Identity(at=part.at, name=Known(part.name, part.at), provider=Known("kubernetes", part.at))
    return Manifest("identity", part.name, format_id, facts, part=part)


def _in_clear(node: Node, part: Part | None) -> Iterator[Credential]:
    """Credentials that the file holds itself: in a Secret, or in the environment of a container."""
    if isinstance(part, StatedWorkload):
        yield from (one for one in part.credentials if isinstance(one.source, Known) and one.source.value in _CLEAR)
    elif part is None and node["kind"].value == "Secret":
        yield from secret_values(node)


def _part(node: Node) -> Part | None:
    kind = node["kind"].value
    if kind in _ROLES:
        return role(node)
    if kind in _BINDINGS:
        return binding(node)
    if kind == "ServiceAccount":
        return administers_nodes(node) if is_of_talos(node) else account(node)
    if kind == "Secret":
        return token(node)
    if kind == "ConfigMap":
        return entries(node)
    return sync(node) if is_sync(node) else _workload(node)


def _workload(node: Node) -> StatedWorkload | None:
    if is_agent_resource(node):
        return agent_workload(node)
    part = workload(node) if node["kind"].value in WORKLOADS else None
    if part is not None and says_it_runs_agents(node, part.name, part.images):
        return replace(part, runs_agent=True)
    return part
