"""What an account for emergencies may do is told one step less gravely, and nothing else of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhilint.model.finding import Confidence, Finding, Severity, Subject
from nhilint.model.place import Place
from nhilint.settle.less_grave.in_an_emergency import OF_POWER, told_in_an_emergency

POWER = "impersonation-of-every-service-account"


def finding(check: str, message: str, severity: Severity = Severity.HIGH) -> Finding:
    return Finding(
        check=check,
        severity=severity,
        confidence=Confidence.HIGH,
        message=message,
        place=Place("main.tf", ()),
        subject=Subject("identity", "x"),
        fingerprint="f",
    )


@pytest.mark.parametrize("name", ["break-glass", "break_glass", "sa-breakglass-prod", "emergency-access"])
def test_the_power_of_such_an_account_is_one_step_less_grave(name: str) -> None:
    told = told_in_an_emergency(finding(POWER, f"{name} can sign in as every service account of the project"))
    assert told.severity == Severity.MEDIUM
    assert told.message.endswith("; by its name it is for emergencies")


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (POWER, "ci can sign in as every service account of the project with roles/break-glass"),
        (POWER, "emergency can sign in as every service account"),
        ("trust-open-to-anyone", "break-glass lets anyone in"),
    ],
)
def test_others_and_other_things_of_it_stay(check: str, message: str) -> None:
    assert told_in_an_emergency(finding(check, message)).severity == Severity.HIGH


def test_it_never_falls_below_medium() -> None:
    assert told_in_an_emergency(finding(POWER, "break-glass may", Severity.MEDIUM)).severity == Severity.MEDIUM


def test_the_checks_are_there() -> None:
    checks = Path(__file__).parents[3] / "checks"
    assert {path.stem for path in checks.rglob("*.yaml")} >= OF_POWER
