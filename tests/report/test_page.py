"""The page of a check is complete, and its short forms agree with it."""

from __future__ import annotations

import pytest
from factories import a_check, some_examples, some_frameworks

from nhilint.report.page import check_help, check_help_text, check_page, fenced

EXAMPLES = some_examples()


def page(check=None, examples=EXAMPLES):
    return check_page(check or a_check(), examples, some_frameworks())


def headings(text):
    return [line for line in text.splitlines() if line.startswith("#")]


def test_the_page_has_everything_in_order():
    assert headings(page()) == [
        "# Credential written in clear in an MCP server's configuration",
        "## Reported: token typed into the file",
        "## Not reported: a reference instead",
        "## What to do",
        "## When it may be waived",
        "## How it decides",
        "## Mapping",
        "## References",
    ]


def test_the_facts_stand_under_the_title():
    assert page().splitlines()[2] == (
        "`literal-credential-in-mcp-server` · high severity · high confidence · stable since 0.1 · judges `tool`"
    )


def test_examples_are_shown_as_files():
    assert '`.mcp.json`\n\n```json\n{"a": 1}\n```' in page()
    assert "`docs/x.md`\n\n````markdown\n```sh\nls\n```\n````" in page()


def test_every_example_is_named():
    for line in (
        "- reported: token typed into the file",
        "- reported: another case",
        "- not reported: a reference instead",
        "- undecided: value comes from a template",
    ):
        assert line in page()


def test_the_conditions_are_shown():
    assert (
        "For every `tool` (`subject`), once for every entry of `credentials` (`item`), when all of these hold:"
        in page()
    )
    assert "```cel\nitem.source == 'literal'\nitem.type != 'none'\n```" in page()
    assert "For every `tool` (`subject`), when all of these hold:" in page(a_check(each=""))


def test_the_mapping_names_framework_control_and_title():
    assert "| OWASP NHI Top 10 | [NHI2:2025](https://example.org/NHI2:2025) | Title of NHI2:2025 |" in page()
    assert "| CWE | [CWE-798](https://cwe.mitre.org/data/definitions/798.html) | |" in page()
    odd = page(a_check(frameworks={"unknown-list": ("X|1",), "owasp-nhi-2025": ("NHI99",)}))
    assert "| unknown-list | X\\|1 |" in odd
    assert "| OWASP NHI Top 10 | NHI99 |" in odd


def test_a_page_without_examples_or_exceptions_has_no_empty_sections():
    bare = page(a_check(false_positives="", cwe=(), frameworks={}, references=()), ())
    assert [h for h in headings(bare) if h.startswith("##")] == ["## What to do", "## How it decides"]


@pytest.mark.parametrize(
    ("replaced_by", "words"), [("", "by default.\n"), ("new-one", "by default. Use `new-one` inst")]
)
def test_a_deprecated_check_says_so_first(replaced_by, words):
    text = page(a_check(status="deprecated", replaced_by=replaced_by, aliases=("older",)))
    assert words in text
    assert "Formerly `older`." in text


def test_the_help_is_the_page_without_title_examples_and_conditions():
    text = check_help(a_check(), some_frameworks())
    assert headings(text) == ["## What to do", "## When it may be waived", "## Mapping", "## References"]
    assert all(line in page() for line in text.splitlines())
    assert "<details" not in text


def test_the_plain_help_says_the_same_without_markup():
    text = check_help_text(a_check())
    assert "What to do: Reference an environment variable" in text
    assert "Maps to: owasp-nhi-2025/NHI2:2025, owasp-nhi-2025/NHI7:2025, owasp-agentic-2026/ASI03" in text
    assert "#" not in text


def test_a_fence_is_longer_than_any_inside():
    assert fenced("````\nx", "").startswith("`````\n")
    assert fenced("x\n", "json") == "```json\nx\n```"


def test_control_characters_of_a_pack_are_spelled_out():
    assert "\x1b" not in page(a_check(rationale="red \x1b[31m text"))
