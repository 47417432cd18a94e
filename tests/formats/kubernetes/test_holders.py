"""What the holder of a right is, by the names of its account and role."""

from __future__ import annotations

import pytest

from nhilint.formats.kubernetes.holders import with_holders
from nhilint.model.fact import Known, Unknown
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
        ("store/nfs-provisioner", "ClusterRole nfs", ("provisioner",)),
        ("keys/external-secrets", "ClusterRole keys", ("keeper_of_secrets",)),
        ("keys/cert-manager", "ClusterRole cert-manager", ("controller", "keeper_of_secrets")),
        ("watch/trivy", "ClusterRole looks", ("inspector",)),
        ("ops/nightly-backup", "ClusterRole ops", ("backup",)),
        ("ops/backupper", "ClusterRole ops", ()),
        ("edge/web", "ClusterRole haproxy", ("router",)),
        ("edge/haproxy", "ClusterRole web", ()),
    ],
)
def test_names_tell_what_a_holder_is(name, role, held_by):
    assert sorts(name, role) == held_by


def test_a_way_without_a_role_is_told_by_the_account():
    assert sorts("edge/traefik") == ("controller",)


def test_ways_that_are_not_known_stay_so():
    facts = Identity(at=AT, escalations=Unknown("a template", AT))
    assert with_holders(facts) == facts
