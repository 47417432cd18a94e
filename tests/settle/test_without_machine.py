"""What stands in a job on a withdrawn image is told one step less gravely; live jobs and secrets in clear stay."""

from __future__ import annotations

from msgspec.structs import replace

from nhilint.model.fact import Known
from nhilint.model.finding import Confidence, Finding, Severity, Subject
from nhilint.model.place import Place
from nhilint.model.resource import Resource
from nhilint.model.vocabulary.tool import Package
from nhilint.model.vocabulary.workflow import Job, Workflow
from nhilint.settle.without_machine import told_of_idle_jobs, without_machine


def job(path: str, name: str, *, withdrawn: bool | None = None, calls: str = "") -> Job:
    at = Place(path, ("jobs", name))
    called = Package(at=at, ecosystem=Known("local", at), name=Known(calls, at)) if calls else None
    gone = Known(withdrawn, at) if withdrawn is not None else None
    return Job(at=at, name=Known(name, at), withdrawn=gone, called=called)


def workflow(path: str, *jobs: Job) -> Resource:
    return Resource("workflow", path, "github-workflow", Workflow(at=Place(path, ()), jobs=jobs))


def finding(path: str, name: str, kind: str = "workflow", severity: Severity = Severity.HIGH) -> Finding:
    return Finding(
        check="unpinned-action-with-secrets",
        severity=severity,
        confidence=Confidence.HIGH,
        message="it is handed a key",
        place=Place(path, ("jobs", name, "steps", 0, "uses")),
        subject=Subject(kind, "x"),
        fingerprint="f",
    )


DEAD = workflow("dead.yml", job("dead.yml", "old", withdrawn=True))
HALF = workflow("half.yml", job("half.yml", "old", withdrawn=True), job("half.yml", "new", withdrawn=False))


def test_a_job_on_such_an_image_is_told_less_gravely():
    (told,) = told_of_idle_jobs([finding("half.yml", "old")], [HALF])
    assert told.severity == Severity.MEDIUM
    assert told.message.endswith("; its job waits for a hosted image that has been withdrawn")


def test_the_job_beside_it_stays():
    assert told_of_idle_jobs([finding("half.yml", "new")], [HALF])[0].severity == Severity.HIGH


def test_a_secret_in_clear_stays_and_nothing_falls_below_low():
    told = told_of_idle_jobs(
        [finding("dead.yml", "old", "credential"), finding("dead.yml", "old", severity=Severity.LOW)], [DEAD]
    )
    assert [one.severity for one in told] == [Severity.HIGH, Severity.LOW]


def test_a_caller_of_nothing_but_such_jobs_waits_too():
    callers = [
        workflow("a.yml", job("a.yml", "call", calls="./dead.yml")),
        workflow("b.yml", job("b.yml", "call", calls="./half.yml")),
        workflow("c.yml", job("c.yml", "call", calls="./nowhere.yml")),
    ]
    assert without_machine([*callers, DEAD, HALF]) == {"a.yml", "dead.yml"}


def test_one_that_stands_in_a_live_job_too_stays():
    both = replace(finding("half.yml", "old"), copies=(finding("half.yml", "new"),))
    assert told_of_idle_jobs([both], [HALF])[0].severity == Severity.HIGH


def test_the_severity_of_the_configuration_stays():
    told = told_of_idle_jobs([finding("dead.yml", "old")], [DEAD], {"unpinned-action-with-secrets"})
    assert told[0].severity == Severity.HIGH
