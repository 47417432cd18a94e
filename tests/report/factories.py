"""Runs built by hand for the tests of the reports: a small believable repository, and a hostile one."""

from __future__ import annotations

from datetime import UTC, datetime

from nhilint.catalogue.check import Check, Example, Pack
from nhilint.catalogue.framework import Control, Framework, Frameworks
from nhilint.model.finding import (
    Confidence,
    Counts,
    Disposition,
    Finding,
    Note,
    Problem,
    Severity,
    Subject,
    Undecided,
    Verdict,
)
from nhilint.model.place import Place
from nhilint.model.run import Located, Run
from nhilint.report import Context

ESCAPE, OVERRIDE = "\x1b[31m", "\u202e"
HOSTILE = (
    f"a{ESCAPE}b\r\nc{OVERRIDE}d\u2028e|f`g](https://evil.example)<img src=x>@team #1 ::error::x ##[add-mask]y\udcff"
)


def a_check(check_id="literal-credential-in-mcp-server", **changes) -> Check:
    facts = {
        "id": check_id,
        "title": "Credential written in clear in an MCP server's configuration",
        "status": "stable",
        "since": "0.1",
        "severity": Severity.HIGH,
        "confidence": Confidence.HIGH,
        "frameworks": {
            "nist-csf-2.0": ("PR.AA-01",),
            "owasp-agentic-2026": ("ASI03",),
            "owasp-nhi-2025": ("NHI2:2025", "NHI7:2025"),
        },
        "rationale": "Whoever can read the file can use the credential.\nIt outlives the person who typed it.\n",
        "subject": "tool",
        "when": ("item.source == 'literal'", "item.type != 'none'"),
        "message": "unused here",
        "remediation": "Reference an environment variable, as in `${GITHUB_TOKEN}`. Then revoke the old one.\n",
        "each": "credentials",
        "cwe": ("CWE-798",),
        "false_positives": "The value is a placeholder of a tutorial.\n",
        "references": ("https://modelcontextprotocol.io/specification", "https://example.org/second"),
    }
    return Check(**(facts | changes))


def some_examples() -> tuple[Example, ...]:
    return (
        Example(name="token typed into the file", expect="fail", files={".mcp.json": '{"a": 1}\n'}),
        Example(name="another case", expect="fail", files={"x.txt": "no line end"}),
        Example(
            name="a reference instead",
            expect="pass",
            fixes="token typed into the file",
            files={".mcp.json": '{"a": "${A}"}\n', "docs/x.md": "```sh\nls\n```\n"},
        ),
        Example(name="value comes from a template", expect="undecided", files={".mcp.json": "{}"}),
    )


def some_frameworks() -> Frameworks:
    def framework(framework_id, title, rank, *controls):
        return Framework(
            id=framework_id,
            title=title,
            short=framework_id,
            publisher="OWASP" if "owasp" in framework_id else "NIST",
            edition="1",
            year=2025,
            url=f"https://example.org/{framework_id}",
            license="CC",
            license_note="",
            verified_on="2026-11-22",
            verified_against="the site",
            controls=tuple(
                Control(c, f"Title of {c}", f"Summary of {c}.", f"https://example.org/{c}", "") for c in controls
            ),
            rank=rank,
        )

    return Frameworks(
        (
            framework("owasp-nhi-2025", "OWASP NHI Top 10", 1, "NHI2:2025", "NHI7:2025"),
            framework("owasp-agentic-2026", "OWASP Agentic Top 10", 2, "ASI03"),
            framework("nist-csf-2.0", "NIST CSF", 3, "PR.AA-01"),
        )
    )


SERVER = Place(".mcp.json", ("mcpServers", "github"))
TOKEN = Place(".mcp.json", ("mcpServers", "github", "env", "GITHUB_TOKEN"))
AGENT = Place(".github/workflows/triage.yml", ("jobs", "triage", "steps", 2, "uses"))
ROLE = Place("infra/iam.tf", ("resource", "aws_iam_role", "deploy"))

POSITIONS = {
    SERVER: Located(3, 5, 3, 13, '    "github": {', "/mcpServers/github"),
    TOKEN: Located(
        7, 25, 7, 47, '        "GITHUB_TOKEN": "ghp_•••••••••••••••••"', "/mcpServers/github/env/GITHUB_TOKEN"
    ),
    AGENT: Located(14, 15, 14, 48, "      - uses: anthropics/claude-code-action@v1", "/jobs/triage/steps/2/uses"),
    ROLE: Located(4, 1, 9, 2, 'resource "aws_iam_role" "deploy" {', "/resource/aws_iam_role/deploy"),
}


def a_finding(place=TOKEN, **changes) -> Finding:
    facts = {
        "check": "literal-credential-in-mcp-server",
        "severity": Severity.HIGH,
        "confidence": Confidence.HIGH,
        "message": "MCP server github carries GITHUB_TOKEN in clear",
        "place": place,
        "subject": Subject("tool", "github"),
        "fingerprint": "0123456789abcdef0123456789abcdef",
    }
    return Finding(**(facts | changes))


def a_flow_finding(**changes) -> Finding:
    facts = {
        "check": "ungated-agent-reaches-admin-role",
        "severity": Severity.CRITICAL,
        "confidence": Confidence.MEDIUM,
        "message": "Agent triage, which reads issues from anyone, can become the administrator deploy",
        "subject": Subject("agent", "triage"),
        "fingerprint": "f" * 32,
        "flow": (
            Note("agent triage runs without approval", AGENT),
            Note("its server github holds a credential", SERVER),
            Note("which opens role deploy", ROLE),
        ),
        "related": (Note("the server that receives it", SERVER),),
    }
    return a_finding(AGENT, **(facts | changes))


def settled_findings() -> tuple[Finding, ...]:
    """One finding of each disposition that is not active."""
    return (
        a_finding(
            SERVER, disposition=Disposition.WAIVED, because="approved by @alex until 2027-01-31", fingerprint="1" * 32
        ),
        a_finding(SERVER, disposition=Disposition.BASELINED, because="in the baseline", fingerprint="2" * 32),
        a_finding(
            SERVER,
            disposition=Disposition.HIDDEN,
            because="its confidence is low",
            confidence=Confidence.LOW,
            fingerprint="3" * 32,
        ),
    )


def a_run(*findings: Finding, **changes) -> Run:
    facts = {
        "version": "0.1.0",
        "started": datetime(2026, 11, 22, 1, 38, tzinfo=UTC),
        "root": "shop",
        "revision": None,
        "fail_on": Severity.HIGH,
        "min_confidence": Confidence.MEDIUM,
        "counts": Counts(seen=120, recognised=14, unread=0, ignored=2, formats=(("mcp", 1), ("workflow", 13))),
        "findings": findings,
        "undecided": (),
        "problems": (),
        "verdict": Verdict(
            not findings, 1 if findings else 0, "1 finding at or above high" if findings else "nothing at or above high"
        ),
        "positions": POSITIONS,
        "checks_run": ("literal-credential-in-mcp-server", "ungated-agent-reaches-admin-role"),
    }
    return Run(**(facts | changes))


def a_full_run(**changes) -> Run:
    """Something of everything."""
    facts = {
        "undecided": (Undecided("literal-credential-in-mcp-server", Subject("tool", "jira"), SERVER, "env.TOKEN"),),
        "problems": (
            Problem("broken.yaml", "malformed", "a mapping value is not allowed here", 3, 7),
            Problem(
                "settings.json", "duplicate-key", "the key mode occurs twice; the last one counts", 2, incomplete=False
            ),
        ),
        "verdict": Verdict(False, 4, "2 findings at or above high and 1 problem kept the scan from being complete"),
        "revision": "0123456789012345678901234567890123456789",
    }
    return a_run(
        a_finding(related=(Note("the server that receives it", SERVER),)),
        a_flow_finding(),
        *settled_findings(),
        **(facts | changes),
    )


def a_hostile_run() -> Run:
    """Every text that a scanned tree can choose is hostile."""
    place = Place(f"::error::{HOSTILE}/a b%.json", ("x",))
    other = Place(f"{HOSTILE}.yml", ("y",))
    located = Located(2, 1, 2, 2 + len(HOSTILE), HOSTILE, f"/{HOSTILE}")
    finding = a_finding(
        place,
        message=HOSTILE,
        subject=Subject("tool", HOSTILE),
        related=(Note(HOSTILE, other),),
        flow=(Note(HOSTILE, place), Note("", other)),
    )
    waived = a_finding(other, disposition=Disposition.WAIVED, because=HOSTILE)
    return a_run(
        finding,
        waived,
        positions={place: located, other: located},
        undecided=(Undecided("literal-credential-in-mcp-server", Subject("tool", HOSTILE), place, HOSTILE),),
        problems=(Problem(f"{HOSTILE}.json", "malformed", HOSTILE, 1, 1),),
        root=HOSTILE,
    )


def many_findings(number: int) -> Run:
    """A run with so many findings, each on a line of its own."""
    places = [Place(f"services/s{index % 97}/.mcp.json", ("servers", index)) for index in range(number)]
    positions = {
        place: Located(index // 97 + 1, 5, index // 97 + 1, 12, "    token: ••••", "/servers")
        for index, place in enumerate(places)
    }
    findings = [
        a_finding(
            place,
            fingerprint=f"{index:032x}",
            related=(Note("the server", place),),
            flow=(Note("a", place), Note("b", place)),
        )
        for index, place in enumerate(places)
    ]
    return a_run(*findings, positions=positions)


def a_context(**changes) -> Context:
    other = a_check(
        "ungated-agent-reaches-admin-role",
        title="Agent without approval that can become an administrator",
        severity=Severity.CRITICAL,
        confidence=Confidence.MEDIUM,
        each="",
        remediation="Ask a person before the agent acts:\n\n- set `approval`\n",
    )
    return Context(**({"pack": Pack((a_check(), other)), "frameworks": some_frameworks()} | changes))
