"""What the gate makes of findings and problems: the highest code that applies."""

from __future__ import annotations

import pytest

from nhilint.model.finding import Confidence, Disposition, Finding, Problem, Severity, Subject
from nhilint.model.place import Place
from nhilint.settle.gate import decide


def finding(severity=Severity.HIGH, disposition=Disposition.ACTIVE):
    subject = Subject("app", "x")
    return Finding("c", severity, Confidence.HIGH, "m", Place("a"), subject, "f", disposition=disposition)


REMARK = Problem("a", "lenient", "m", incomplete=False)
UNREAD = Problem("a", "malformed", "m")


def code(findings=(), problems=(), *, fail_on=Severity.HIGH, recognised=1, require_inputs=False, exit_zero=False):
    verdict = decide(
        findings, problems, fail_on, recognised=recognised, require_inputs=require_inputs, exit_zero=exit_zero
    )
    assert verdict.passed is (verdict.code == 0)
    assert verdict.because
    return verdict.code


@pytest.mark.parametrize("fail_on", Severity)
@pytest.mark.parametrize("severity", Severity)
def test_a_finding_fails_the_gate_at_its_severity_and_above(severity, fail_on):
    assert code([finding(severity)], fail_on=fail_on) == (1 if severity >= fail_on else 0)


@pytest.mark.parametrize("disposition", [d for d in Disposition if d is not Disposition.ACTIVE])
def test_only_active_findings_count(disposition):
    assert code([finding(disposition=disposition)]) == 0


def test_exit_zero_forgives_findings_and_nothing_else():
    assert code([finding()], exit_zero=True) == 0
    assert code([finding()], [UNREAD], exit_zero=True) == 4
    assert code(recognised=0, require_inputs=True, exit_zero=True) == 3


def test_inputs_are_missed_only_when_required():
    assert code(recognised=0) == 0
    assert code(recognised=0, require_inputs=True) == 3
    assert code(recognised=1, require_inputs=True) == 0


def test_a_remark_is_no_reason_to_fail():
    assert code(problems=[REMARK]) == 0
    assert code(problems=[REMARK, UNREAD]) == 4


def test_the_highest_code_wins():
    assert code([finding()], recognised=0, require_inputs=True) == 3
    assert code([finding()], [UNREAD], recognised=0, require_inputs=True) == 4


def test_every_reason_is_told():
    verdict = decide(
        [finding(), finding()], [UNREAD], Severity.HIGH, recognised=0, require_inputs=True, exit_zero=False
    )
    assert verdict.because == (
        "2 findings at or above high and nothing was recognised and 1 problem kept the scan from being complete"
    )
