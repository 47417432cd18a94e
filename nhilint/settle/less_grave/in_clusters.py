"""What an account may do in its cluster is told one step less gravely where facts of the cluster lessen it.

Either whoever takes it over owns every node anyway: its own pods run privileged on all of them, or those of an account
that was installed beside it, while nothing here runs as it (`nhilint.formats.kubernetes.node_owners`). What leads out
of the cluster, into a cloud, stays as grave as it is then, and so do tokens that never expire and who may become the
account. Or all that is said of it stands in folders that the repository's own Argo CD does not apply
(`nhilint.formats.kubernetes.argo`): somebody may have applied it by hand. A secret in clear is open wherever it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.kubernetes.argo import files_about
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.place import Place
from nhilint.model.vocabulary import Identity
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_INTO_THE_CLOUD = frozenset(
    {"k8s-azure-roles", "k8s-google-roles", "k8s-aws-roles", "k8s-azure-federation", "k8s-crossplane", "k8s-aws-auth"}
)
_OF_PODS = "k8s-pod-"
_OF_SUBJECTS = "k8s-subject-"
_THROUGH_ROLES = frozenset({"k8s-pod-exec", "k8s-pod-exec-get", "k8s-pod-ephemeral", "k8s-pod-attach", "k8s-pod-create",
                            "k8s-pod-patch"})  # fmt: skip
"""Ways that are called after pods and come from rules, not from how a pod is set up."""
_SAID = {
    "its_pods": "its own pods run privileged on every node already",
    "beside_it": "nothing here runs as it, and the pods installed beside it run privileged on every node already",
}


_UNAPPLIED = "no Application of this repository applies the folder that it stands in"


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], _: Tree) -> tuple[Finding, ...]:
    """The findings; those on what such accounts may do, and on what is not applied, lowered."""
    said = dict(_said_at(resources))
    return tuple(_told(one, said) for one in findings) if said else findings


def _told(finding: Finding, said: dict[tuple[str, Place], str]) -> Finding:
    place = finding.place
    because = said.get((finding.subject.name, place)) or said.get((finding.subject.name, Place(place.path)))
    if because is None or finding.subject.kind != "identity" or finding.severity <= Severity.LOW:
        return finding
    return a_step_lower(finding, because)


def _said_at(resources: Iterable[Resource]) -> Iterator[tuple[tuple[str, Place], str]]:
    """Of every such account the places that give it power within the cluster, with what lessens it."""
    for resource in resources:
        facts = resource.facts
        if not isinstance(facts, Identity):
            continue
        owns = value_of(facts.owns_nodes)
        if value_of(facts.unapplied):
            yield from (((resource.name, Place(path)), _UNAPPLIED) for path in files_about(facts))
        elif owns is not None:
            yield from (((resource.name, place), _SAID[owns]) for place in places_of_power(facts))


def places_of_power(facts: Identity) -> frozenset[Place]:
    """Where an account is given what it may do in its cluster, without what leads out of it."""
    outward = {one.at for one in known_records(facts.escalations) if value_of(one.id) in _INTO_THE_CLOUD}
    return frozenset(_powers(facts)) - outward


def _powers(facts: Identity) -> Iterator[Place]:
    for fact in (facts.admin, facts.managed_admin):
        if isinstance(fact, Known) and fact.value:
            yield fact.at
    for way in known_records(facts.escalations):
        id = value_of(way.id) or ""  # noqa: A001 - the path's own word
        if id in _THROUGH_ROLES or not id.startswith((_OF_PODS, _OF_SUBJECTS)):
            yield way.at
