"""The power of an account of a cluster is told one step less gravely where facts of the cluster lessen it."""

from __future__ import annotations

import pytest

from nhilint.model.fact import Known
from nhilint.model.finding import Confidence, Finding, Severity, Subject
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.escalation import Escalation
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.in_clusters import retold
from nhilint.tree import MemoryTree

EMPTY = MemoryTree({})
RULE = Place("deploy/role.yaml", ("rules", 0))
AT = Place("deploy/account.yaml", ())


def account(way="k8s-escalate", **facts):
    ways = (Escalation(at=RULE, id=Known(way, RULE)),)
    return Resource("identity", "ops/bot", "kubernetes", Identity(at=AT, escalations=ways, **facts))


def finding(place=RULE, name="ops/bot", kind="identity", severity=Severity.HIGH):
    return Finding(
        check="role-may-grow-by-itself",
        severity=severity,
        confidence=Confidence.HIGH,
        message="it may grow",
        place=place,
        subject=Subject(kind, name),
        fingerprint="f",
    )


OWNING = {"owns_nodes": Known("its_pods", AT)}
BESIDE = {"owns_nodes": Known("beside_it", AT)}
UNAPPLIED = {"unapplied": Known(value=True, at=AT)}


@pytest.mark.parametrize(
    ("facts", "because"),
    [(OWNING, "its own pods run"), (BESIDE, "nothing here runs as it"), (UNAPPLIED, "no Application")],
)
def test_what_such_an_account_may_do_is_told_less_gravely(facts, because):
    (told,) = retold((finding(),), (account(**facts),), EMPTY)
    assert told.severity == Severity.MEDIUM
    assert told.message.startswith(f"it may grow; {because}")


@pytest.mark.parametrize(
    ("told", "held"),
    [
        (finding(), account()),
        (finding(name="ops/other"), account(**OWNING)),
        (finding(place=AT), account(**OWNING)),
        (finding(), account(way="k8s-aws-roles", **OWNING)),
        (finding(), account(way="k8s-pod-legacy-token", **OWNING)),
        (finding(kind="credential"), account(**UNAPPLIED)),
        (finding(severity=Severity.LOW), account(**UNAPPLIED)),
    ],
)
def test_other_findings_stay(told, held):
    assert retold((told,), (held,), EMPTY) == (told,)


def test_what_its_role_gives_over_pods_counts_as_its_power():
    (told,) = retold((finding(),), (account(way="k8s-pod-exec", **OWNING),), EMPTY)
    assert told.severity == Severity.MEDIUM
