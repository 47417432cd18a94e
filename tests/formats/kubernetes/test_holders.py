"""What the holder of a right is, by the names of its account and role."""

from __future__ import annotations

import pytest

from nhilint.formats.kubernetes.holders import with_holders
from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.place import Place
from nhilint.model.vocabulary.escalation import Escalation
from nhilint.model.vocabulary.identity import Identity

AT = Place("rbac.yaml", ())


def sorts(name, role=""):
    way = Escalation(at=AT, id=Known("k8s-secrets-list", AT), through=Known(role, AT) if role else None)
    (told,) = with_holders(Identity(at=AT, name=Known(name, AT), escalations=(way,))).escalations
    return told.held_by.value


@pytest.mark.parametrize(
    ("name", "role", "held_by"),
    [
        ("shop/api", "ClusterRole api", ()),
        ("edge/contour", "ClusterRole edge", ("controller",)),
        ("edge/contours", "ClusterRole edge", ()),
        ("shop/api", "ClusterRole api-operator", ("controller",)),
        ("store/nfs-provisioner", "ClusterRole nfs", ("provisioner", "signs_in_for_others")),
        ("store/disk-provisioner", "ClusterRole disk", ("provisioner",)),
        ("keys/external-secrets", "ClusterRole keys", ("keeper_of_secrets", "signs_in_for_others")),
        ("keys/cert-manager", "ClusterRole cert-manager", ("controller", "keeper_of_secrets", "signs_in_for_others")),
        ("watch/trivy", "ClusterRole looks", ("inspector",)),
        ("ops/nightly-backup", "ClusterRole ops", ("backup",)),
        ("ops/backupper", "ClusterRole ops", ()),
        ("edge/web", "ClusterRole haproxy", ("router",)),
        ("edge/haproxy", "ClusterRole web", ()),
        ("argo/onboarding", "ClusterRole onboarding", ()),
        ("flows/argo-workflows", "ClusterRole flows", ("controller",)),
        ("rights/hnc", "ClusterRole rights", ("keeper_of_roles",)),
        ("trust/spire-agent", "ClusterRole agent", ("issuer_of_identities",)),
        ("mesh/sidecar-injector", "ClusterRole mesh", ("admission",)),
        ("web/oidc-proxy", "ClusterRole web", ("proxy_of_people",)),
        ("web/clusterproxy-home", "ClusterRole web", ("proxy_of_people",)),
        ("web/multiproxy", "ClusterRole web", ()),
        ("keys/csi-provider", "ClusterRole keys", ("signs_in_for_others",)),
        ("keys/csi-secrets-store-provider-x", "ClusterRole keys", ("keeper_of_secrets", "signs_in_for_others")),
        ("keys/a", "ClusterRole secrets-store-csi-driver-provider-x", ("keeper_of_secrets", "signs_in_for_others")),
        ("disks/csi-driver", "ClusterRole disks", ()),
        ("watch/node-exporter", "ClusterRole watch", ("monitor",)),
    ],
)
def test_names_tell_what_a_holder_is(name, role, held_by):
    assert sorts(name, role) == held_by


@pytest.mark.parametrize(
    ("name", "taken_by"),
    [
        ("argocd/argocd-application-controller", "deployment"),
        ("team-gitops-argocd-application-controller", "deployment"),
        ("openshift-gitops/main-application-controller", "deployment"),
        ("shop/main-application-controller", None),
        ("velero/anything", "deployment"),
        ("kube-system/fleet-agent", "deployment"),
        ("kube-system/fleet-agents", None),
        ("shop/flux-applier", "deployment"),
        ("shop/flux-appliers", None),
        ("kubernetes-dashboard/admin-user", "people"),
        ("shop/api", None),
    ],
)
def test_names_tell_who_becomes_an_account(name, taken_by):
    told = with_holders(Identity(at=AT, name=Known(name, AT)))
    assert value_of(told.taken_by) == taken_by


def test_a_way_without_a_role_is_told_by_the_account():
    assert sorts("edge/traefik") == ("controller",)


def test_ways_that_are_not_known_stay_so():
    facts = Identity(at=AT, escalations=Unknown("a template", AT))
    assert with_holders(facts) == facts
