"""The text report: what a person sees, in which order, and what is never left unsaid."""

from __future__ import annotations

import re

import pytest
from factories import (
    HOSTILE,
    SERVER,
    TOKEN,
    a_context,
    a_finding,
    a_flow_finding,
    a_full_run,
    a_hostile_run,
    a_run,
    settled_findings,
)

from nhilint.model.finding import Confidence, Counts, Note, Severity, Verdict
from nhilint.model.place import Place
from nhilint.report import render
from nhilint.report.cells import cells

SGR = re.compile(r"\x1b\[[0-9;]*m")

WHOLE = """\
.github/workflows/triage.yml ───────────────────────────────────────── 1 finding

  .github/workflows/triage.yml:14:15  critical  ungated-agent-reaches-admin-role
    medium confidence
    Agent triage, which reads issues from anyone, can become the administrator
    deploy
    14 │       - uses: anthropics/claude-code-action@v1
       │               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    → agent triage runs without approval      .github/workflows/triage.yml:14:15
      → its server github holds a credential  .mcp.json:3:5
        → which opens role deploy             infra/iam.tf:4:1
    → the server that receives it             .mcp.json:3:5
    fix: Ask a person before the agent acts.
         nhilint explain ungated-agent-reaches-admin-role

.mcp.json ──────────────────────────────────────────────────────────── 1 finding

  .mcp.json:7:25  high  literal-credential-in-mcp-server
    MCP server github carries GITHUB_TOKEN in clear
    7 │         "GITHUB_TOKEN": "ghp_•••••••••••••••••"
      │                         ^^^^^^^^^^^^^^^^^^^^^^
    → the server that receives it  .mcp.json:3:5
    fix: Reference an environment variable, as in `${GITHUB_TOKEN}`.
         nhilint explain literal-credential-in-mcp-server

problems ───────────────────────────────────────────────────── 1 error, 1 remark

  broken.yaml:3:7  malformed
    a mapping value is not allowed here
  settings.json:2  duplicate-key (remark)
    the key mode occurs twice; the last one counts

14 of 120 files recognised · 2 findings (1 critical, 1 high) · 1 hidden
1 waived · 1 baselined · 1 undecided · 0 unread · 2 left out
incomplete: 2 findings at or above high and 1 problem kept the scan from being
complete
to see the rest: --show-suppressed --show-undecided
"""


def text(run, **context):
    return render("text", run, a_context(**context))


def test_the_whole_report_at_eighty_columns():
    assert text(a_full_run()) == WHOLE


@pytest.mark.parametrize("width", [80, 120, 200])
def test_lines_keep_to_the_width(width):
    report = text(a_full_run(), width=width, show_suppressed=True, show_undecided=True)
    assert not [line for line in report.splitlines() if cells(line) > width]


def test_only_single_words_and_commands_pass_a_narrow_width():
    too_long = [line for line in text(a_full_run(), width=50).splitlines() if cells(line) > 50]
    assert {line.strip() for line in too_long} == {
        "nhilint explain literal-credential-in-mcp-server",
        "nhilint explain ungated-agent-reaches-admin-role",
        "to see the rest: --show-suppressed --show-undecided",
    }


def test_colour_changes_nothing_but_colour():
    run = a_full_run()
    coloured = text(run, color=True, show_suppressed=True, show_undecided=True)
    assert SGR.search(coloured)
    assert SGR.sub("", coloured) == text(run, show_suppressed=True, show_undecided=True)


def test_findings_come_by_file_and_line_whatever_the_order_of_the_run():
    findings = (a_finding(TOKEN), a_flow_finding(), a_finding(SERVER))
    assert text(a_run(*findings)) == text(a_run(*reversed(findings)))


def test_a_clean_run_counts_and_says_that_it_passed():
    assert text(a_run()) == (
        "14 of 120 files recognised · 0 findings · 0 hidden · 0 waived · 0 baselined\n"
        "0 undecided · 0 unread · 2 left out\n"
        "passed: nothing at or above high\n"
    )


@pytest.mark.parametrize("word", ["waived: approved by @alex", "baselined: in the baseline", "hidden: its confidence"])
def test_suppressed_findings_are_counted_and_shown_on_request_only(word):
    run = a_run(*settled_findings())
    assert word not in text(run)
    assert "1 hidden · 1 waived · 1 baselined" in text(run).replace("\n", " · ")
    assert "--show-suppressed" in text(run)
    assert word in text(run, show_suppressed=True)
    assert "--show-suppressed" not in text(run, show_suppressed=True)


def test_undecided_conditions_are_counted_and_shown_on_request_only():
    assert "tool jira: env.TOKEN is not known" not in text(a_full_run())
    assert "tool jira: env.TOKEN is not known" in text(a_full_run(), show_undecided=True)


@pytest.mark.parametrize(("code", "word"), [(0, "passed"), (1, "failed"), (3, "failed"), (4, "incomplete")])
def test_the_verdict_has_a_word_for_every_exit_code(code, word):
    run = a_run(verdict=Verdict(code == 0, code, "for a reason"))
    assert text(run).endswith(f"{word}: for a reason\n")


def test_large_counts_are_grouped():
    run = a_run(counts=Counts(seen=120_000, recognised=14_000))
    assert "14,000 of 120,000 files recognised" in text(run)


def test_a_confidence_that_is_not_high_is_said():
    assert "low confidence" in text(a_run(a_finding(confidence=Confidence.LOW)))
    assert "confidence" not in text(a_run(a_finding()))


def test_places_and_severities_of_one_file_stand_in_columns():
    run = a_run(a_finding(TOKEN, severity=Severity.MEDIUM), a_finding(SERVER, severity=Severity.LOW))
    heads = [line for line in text(run).splitlines() if line.startswith("  .mcp.json:")]
    assert heads == [
        "  .mcp.json:3:5   low     literal-credential-in-mcp-server",
        "  .mcp.json:7:25  medium  literal-credential-in-mcp-server",
    ]


def test_a_place_that_was_not_located_shows_no_source():
    report = text(a_run(a_finding(Place("gone.json", ("a",)))))
    assert "gone.json:1:1" in report
    assert "│" not in report


def test_a_check_that_is_not_in_the_pack_is_reported_without_a_fix():
    report = text(a_run(a_finding(check="somebody-elses-check")))
    assert "somebody-elses-check" in report
    assert "fix:" not in report


def test_a_note_without_words_is_told_by_its_route():
    assert "→ /mcpServers/github  .mcp.json:3:5" in text(a_run(a_finding(related=(Note("", SERVER),))))


@pytest.mark.parametrize("color", [False, True])
@pytest.mark.parametrize("width", [40, 80, 1000])
def test_hostile_text_is_only_text(color, width):
    report = text(a_hostile_run(), color=color, width=width, show_suppressed=True, show_undecided=True)
    bare = SGR.sub("", report)
    assert all(char.isprintable() or char == "\n" for char in bare)
    assert not re.search(r"(?m)^\s*::", bare)
    assert "##[" not in report
    assert "\\x1b[31m" in bare
    assert HOSTILE not in bare
    report.encode()


def test_a_long_list_of_places_is_cut_and_counted():
    notes = tuple(Note("the same here", Place("a.json", (str(number),))) for number in range(20))
    text = render("text", a_run(a_finding(related=notes)), a_context())
    assert text.count("→ the same here") == 12
    assert "→ and 8 more places, in the JSON report" in text
