"""Annotations are well-formed workflow commands, within what GitHub shows."""

from __future__ import annotations

import re

import pytest
from factories import SERVER, TOKEN, a_context, a_finding, a_flow_finding, a_full_run, a_hostile_run, a_run

from nhilint.model.finding import Problem, Severity
from nhilint.report import render

COMMAND = re.compile(r"::(?P<kind>error|warning|notice) (?P<properties>[^:]*)::(?P<message>.*)")


def github(run, **context):
    return render("github", run, a_context(**context)).splitlines()


def parsed(line):
    """A command as the runner takes it apart."""
    match = COMMAND.fullmatch(line)
    assert match, line
    properties = dict(part.split("=", 1) for part in match["properties"].split(","))
    return match["kind"], {k: unescaped(v) for k, v in properties.items()}, unescaped(match["message"])


def unescaped(text):
    return re.sub(r"%(0D|0A|3A|2C|25)", lambda m: chr(int(m[1], 16)), text)


def test_a_finding_is_annotated_at_its_place():
    kind, properties, message = parsed(github(a_run(a_finding()))[0])
    assert kind == "error"
    assert properties == {
        "file": ".mcp.json",
        "line": "7",
        "endLine": "7",
        "col": "25",
        "endColumn": "46",
        "title": "literal-credential-in-mcp-server (high)",
    }
    assert message == (
        "MCP server github carries GITHUB_TOKEN in clear\n"
        "fix: Reference an environment variable, as in `${GITHUB_TOKEN}`."
    )


@pytest.mark.parametrize(
    ("severity", "kind"),
    [
        (Severity.CRITICAL, "error"),
        (Severity.HIGH, "error"),
        (Severity.MEDIUM, "warning"),
        (Severity.LOW, "notice"),
        (Severity.INFO, "notice"),
    ],
)
def test_severity_decides_the_command(severity, kind):
    assert parsed(github(a_run(a_finding(severity=severity)))[0])[0] == kind


def test_the_worst_come_first_and_the_verdict_last():
    lines = github(a_full_run())
    assert "(critical)" in lines[0]
    assert lines[-1].startswith("nhilint incomplete: 2 findings")


def test_problems_are_annotated_too():
    problems = (Problem("a.yaml", "malformed", "bad: 1"), Problem("", "limit", "enough", incomplete=False))
    first, second, _ = github(a_run(problems=problems))
    assert parsed(first) == ("error", {"file": "a.yaml", "title": "nhilint: malformed"}, "bad: 1")
    assert parsed(second) == ("notice", {"title": "nhilint: limit"}, "enough")


def test_ten_of_a_type_are_annotated_and_the_rest_counted():
    findings = [a_finding(TOKEN)] * 12 + [a_finding(SERVER, severity=Severity.MEDIUM)] * 11 + [a_flow_finding()]
    lines = github(a_run(*findings))
    kinds = [parsed(line)[0] for line in lines if line.startswith("::")]
    assert (kinds.count("error"), kinds.count("warning")) == (10, 10)
    assert "(critical)" in lines[0]
    assert [line for line in lines if "not annotated" in line] == [
        "nhilint: 3 more errors not annotated here, since GitHub shows 10 of a type for one step",
        "nhilint: 1 more warning not annotated here, since GitHub shows 10 of a type for one step",
    ]


def test_hostile_text_stays_inside_its_command():
    lines = github(a_hostile_run(), show_suppressed=True)
    commands = [parsed(line) for line in lines[:-1]]
    assert [kind for kind, _, _ in commands] == ["error", "error", "error"]
    for _, properties, message in commands:
        assert set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}
        assert "\x1b" not in message + properties["file"]
        assert message.count("\n") <= 1
    assert lines[-1].startswith("nhilint failed")


def test_suppressed_findings_are_annotated_on_request_only():
    assert len(github(a_full_run())) + 3 == len(github(a_full_run(), show_suppressed=True))
