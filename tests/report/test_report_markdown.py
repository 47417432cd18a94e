"""The job summary shows hostile text literally, and keeps to GitHub's size."""

from __future__ import annotations

import re

import pytest
from factories import HOSTILE, SERVER, a_context, a_finding, a_full_run, a_hostile_run, a_run, many_findings
from hypothesis import given
from hypothesis import strategies as st

from nhilint.model.finding import Note, Severity
from nhilint.report import markdown, render
from nhilint.report.markdown_text import code, plain


def summary(run, **context):
    return render("markdown", run, a_context(**context))


def test_the_head_tells_verdict_and_counts():
    text = summary(a_full_run())
    assert text.startswith("## nhilint: incomplete\n\n2 findings at or above high and 1 problem kept")
    assert "| critical | high | medium | low | info |\n| --: | --: | --: | --: | --: |\n| 1 | 1 | 0 | 0 | 0 |" in text
    assert "14 of 120 files recognised, 0 unread, 2 left out. 1 hidden, 1 waived, 1 baselined, 1 undecided." in text


def test_files_come_worst_first_and_open_where_they_block():
    text = summary(a_full_run())
    assert re.findall(r"<details( open)?><summary><code>([^<]*)", text) == [
        (" open", ".github/workflows/triage.yml"),
        (" open", ".mcp.json"),
    ]
    quiet = summary(a_run(a_finding(severity=Severity.LOW)))
    assert "<details><summary><code>.mcp.json</code>: 1 finding</summary>" in quiet


def test_a_finding_has_place_chain_and_cure():
    text = summary(a_run(a_finding(related=(Note("the server", SERVER),))))
    assert (
        "- **high** `literal-credential-in-mcp-server` at `.mcp.json:7`: MCP server github carries GITHUB\\_TOKEN in clear\n"
        "  - the server `.mcp.json:3`\n"
        "  - fix: Reference an environment variable, as in `${GITHUB_TOKEN}`.\n"
    ) in text


def test_suppressed_and_undecided_are_listed_on_request_only():
    assert "approved by" not in summary(a_full_run())
    assert "env.TOKEN" not in summary(a_full_run())
    text = summary(a_full_run(), show_suppressed=True, show_undecided=True)
    assert "(waived: approved by @&#8203;alex until 2027-01-31)" in text
    assert "tool jira: env.TOKEN is not known" in text


def test_hostile_text_opens_no_element_link_or_command():
    text = summary(a_hostile_run(), show_suppressed=True, show_undecided=True)
    without_titles = re.sub(r"<summary>.*?</summary>", "", text)
    outside_code = re.sub(r"(?<![\\`])(`+)(?!`).*?(?<!`)\1(?!`)", "", without_titles)
    assert "<img" not in outside_code
    assert not re.search(r"(?<!\\)\]\(", outside_code)
    assert "@team" not in outside_code
    assert "<img" not in "".join(re.findall(r"<summary>.*?</summary>", text))
    assert all(char.isprintable() or char == "\n" for char in text)
    assert "##[" not in text
    assert set(re.findall(r"(?m)^<[^>]*>", text)) <= {"<details>", "<details open>", "</details>"}


def test_a_huge_run_is_cut_below_a_megabyte_and_says_so():
    text = summary(many_findings(6_000))
    assert len(text.encode()) <= markdown.MOST_BYTES
    assert "left out: GitHub shows no more in one place" in text.splitlines()[-1]


@pytest.mark.parametrize(
    ("raw", "escaped"),
    [
        ("plain words, 1.5", "plain words, 1.5"),
        ("a_b *c*", "a\\_b \\*c\\*"),
        ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
        ("[x](y)", "\\[x\\]\\(y\\)"),
        ("https://evil.example", "https\\://evil.example"),
        ("www.evil.example", "www.&#8203;evil.example"),
        ("@team #12", "@&#8203;team \\#&#8203;12"),
        ("a|b", "a\\|b"),
    ],
)
def test_plain_text_is_escaped(raw, escaped):
    assert plain(raw) == escaped


@pytest.mark.parametrize(
    ("raw", "span"),
    [("a", "`a`"), ("a`b", "``a`b``"), ("`", "`` ` ``"), ("a``b`", "``` a``b` ```"), ("", "")],
)
def test_code_spans_end_where_they_should(raw, span):
    assert code(raw) == span


@given(st.text(st.characters(whitelist_categories=["L", "N", "P", "S"]), max_size=40))
def test_no_fence_occurs_inside_its_span(text):
    span = code(text)
    if text:
        fence = re.match("`+", span)[0]
        inside = span[len(fence) : -len(fence)]
        assert len(fence) not in {len(run) for run in re.findall("`+", inside)}


def test_hostile_stays_hostile():
    assert all(mark in HOSTILE for mark in ("\x1b", "\u202e", "\r\n", "|", "`", "](", "<img", "@", "::error::", "##["))
