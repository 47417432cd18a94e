"""What an account for emergencies may do is told one step less gravely, and nothing else of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.model.fact import Known
from nhilint.model.finding import Confidence, Finding, Severity, Subject
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.identity import ResourcePolicy
from nhilint.model.vocabulary.statement import Grant, Principal
from nhilint.settle.less_grave.in_an_emergency import OF_POWER, OF_POWER_GIVEN, retold
from nhilint.tree import MemoryTree

EMPTY = MemoryTree({})
POWER = "basic-role-on-workload"
AT = Place("main.tf", ("role",))
ELSEWHERE = Place("main.tf", ("other",))
MEDIUM = Severity.MEDIUM


def finding(check: str, subject: str, severity: Severity = Severity.HIGH) -> Finding:
    return Finding(
        check=check,
        severity=severity,
        confidence=Confidence.HIGH,
        message="one may do much",
        place=AT,
        subject=Subject("identity", subject),
        fingerprint="f",
    )


def project(*called: str, at: Place = AT) -> Resource:
    """A policy of a project that gives a role to those who are called so."""
    members = tuple(Principal(at=at, called=Known(name, at)) for name in called)
    grant = Grant(at=at, role=Known("roles/iam.serviceAccountTokenCreator", at), principals=members)
    return Resource("resource_policy", "project", "gcp-iam", ResourcePolicy(at=at, grants=(grant,)))


def severity(one: Finding, *held: Resource) -> Severity:
    (told,) = retold((one,), held, EMPTY)
    return told.severity


@pytest.mark.parametrize("name", ["break-glass", "break_glass", "sa-breakglass-prod", "emergency-access"])
def test_the_power_of_such_an_account_is_one_step_less_grave(name: str) -> None:
    (told,) = retold((finding(POWER, name),), (), EMPTY)
    assert told.severity == Severity.MEDIUM
    assert told.message.endswith("; by its name it is for emergencies")


def test_so_is_what_a_policy_gives_to_one() -> None:
    assert severity(finding(OF_POWER_GIVEN, "project"), project("ci", at=ELSEWHERE), project("break-glass")) == MEDIUM


@pytest.mark.parametrize(
    "held", [(), (project("ci"),), (project("ci", "break-glass"),), (project("break-glass", at=ELSEWHERE),)]
)
def test_what_it_gives_to_others_stays(held: tuple[Resource, ...]) -> None:
    assert severity(finding(OF_POWER_GIVEN, "project"), *held) == Severity.HIGH


@pytest.mark.parametrize(("check", "name"), [(POWER, "emergency"), ("trust-open-to-anyone", "break-glass")])
def test_others_and_other_things_of_it_stay(check: str, name: str) -> None:
    assert severity(finding(check, name)) == Severity.HIGH


def test_it_never_falls_below_medium() -> None:
    assert severity(finding(POWER, "break-glass", Severity.MEDIUM)) == Severity.MEDIUM


def test_the_checks_are_there() -> None:
    checks = Path(__file__).parents[3] / "checks"
    assert {path.stem for path in checks.rglob("*.yaml")} >= {*OF_POWER, OF_POWER_GIVEN}
