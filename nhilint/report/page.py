"""A check becomes Markdown: the page of the documentation, of `nhilint explain`, and in short the help in SARIF.

The texts of a check are Markdown by its author; what a page adds is plain CommonMark with tables, without HTML.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from nhilint.report.links import cwe_page
from nhilint.report.printable import printable_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.catalogue.check import Check, Example
    from nhilint.catalogue.framework import Control, Frameworks

_LANGUAGES = {
    ".cedar": "cedar",
    ".hcl": "hcl",
    ".json": "json",
    ".jsonc": "jsonc",
    ".md": "markdown",
    ".mdc": "markdown",
    ".rego": "rego",
    ".tf": "hcl",
    ".toml": "toml",
    ".xml": "xml",
    ".yaml": "yaml",
    ".yml": "yaml",
}
_OUTCOMES = {"fail": "reported", "pass": "not reported", "undecided": "undecided"}


def check_page(check: Check, examples: Sequence[Example], frameworks: Frameworks) -> str:
    """The whole page of one check: why, before, after, cure, when to waive, how it decides, mapping, references."""
    parts = [
        f"# {check.title}",
        _facts(check),
        *_standing(check),
        check.rationale.strip(),
        *_before_and_after(examples),
        "## What to do",
        check.remediation.strip(),
        *_waiving(check),
        "## How it decides",
        *_decision(check),
        *_other_cases(examples),
        *_mapping(check, frameworks),
        *_references(check),
    ]
    return printable_lines("\n\n".join(parts)) + "\n"


def check_help(check: Check, frameworks: Frameworks) -> str:
    """The page without title, examples and conditions: what a code host shows beside an alert."""
    parts = [
        check.rationale.strip(),
        "## What to do",
        check.remediation.strip(),
        *_waiving(check),
        *_mapping(check, frameworks),
        *_references(check),
    ]
    return printable_lines("\n\n".join(parts)) + "\n"


def check_help_text(check: Check) -> str:
    """The same for readers that show no Markdown."""
    parts = [check.rationale.strip(), f"What to do: {check.remediation.strip()}"]
    if check.false_positives:
        parts.append(f"When it may be waived: {check.false_positives.strip()}")
    parts.append(f"Maps to: {', '.join((*check.tags, *check.cwe))}")
    parts.append("References: " + " ".join(check.references))
    return printable_lines("\n\n".join(parts)) + "\n"


def _facts(check: Check) -> str:
    return (
        f"`{check.id}` · {check.severity.word} severity · {check.confidence.word} confidence · "
        f"{check.status} since {check.since} · judges `{check.subject}`"
    )


def _standing(check: Check) -> Iterator[str]:
    """What a reader of an old link must know first."""
    if check.status == "deprecated":
        instead = f" Use `{check.replaced_by}` instead." if check.replaced_by else ""
        yield f"**Deprecated:** it no longer runs by default.{instead}"
    if check.aliases:
        yield f"Formerly {', '.join(f'`{alias}`' for alias in check.aliases)}."


def _before_and_after(examples: Sequence[Example]) -> Iterator[str]:
    """The first failing example and the edit that mends it."""
    before = next((e for e in examples if e.expect == "fail"), None)
    if before is None:
        return
    after = next((e for e in examples if e.expect == "pass" and e.fixes == before.name), None)
    yield f"## Reported: {before.name}"
    yield from _files(before)
    if after is not None:
        yield f"## Not reported: {after.name}"
        yield from _files(after)


def _files(example: Example) -> Iterator[str]:
    for path, content in example.files.items():
        yield f"`{path}`"
        yield fenced(content, _LANGUAGES.get(PurePosixPath(path).suffix, ""))


def fenced(content: str, language: str) -> str:
    """A code block whose fence is longer than any row of backticks inside."""
    fence = "```"
    while fence in content:
        fence += "`"
    body = content if content.endswith("\n") else content + "\n"
    return f"{fence}{language}\n{body}{fence}"


def _waiving(check: Check) -> Iterator[str]:
    if check.false_positives:
        yield "## When it may be waived"
        yield check.false_positives.strip()


def _decision(check: Check) -> Iterator[str]:
    each = f", once for every entry of `{check.each}` (`item`)" if check.each else ""
    yield f"For every `{check.subject}` (`subject`){each}, when all of these hold:"
    yield fenced("\n".join(clause.strip() for clause in check.when), "cel")


def _other_cases(examples: Sequence[Example]) -> Iterator[str]:
    """One line for every example, so that a reader sees where the line is drawn."""
    if examples:
        yield "\n".join(f"- {_OUTCOMES[example.expect]}: {example.name}" for example in examples)


def _mapping(check: Check, frameworks: Frameworks) -> Iterator[str]:
    rows = [*_control_rows(check, frameworks), *(f"| CWE | [{cwe}]({cwe_page(cwe)}) | |" for cwe in check.cwe)]
    if rows:
        yield "## Mapping"
        yield "\n".join(["| framework | control | |", "|---|---|---|", *rows])


def _control_rows(check: Check, frameworks: Frameworks) -> Iterator[str]:
    for tag in check.tags:
        framework_id, _, control_id = tag.partition("/")
        framework = frameworks.get(framework_id)
        control = framework.control(control_id) if framework else None
        yield f"| {_cell(framework.title if framework else framework_id)} | {_control(control_id, control)} |"


def _control(control_id: str, control: Control | None) -> str:
    if control is None:
        return f"{_cell(control_id)} | "
    linked = f"[{_cell(control.id)}]({control.url})" if control.url else _cell(control.id)
    return f"{linked} | {_cell(control.title) if control.title != control.id else _cell(control.summary)}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _references(check: Check) -> Iterator[str]:
    if check.references:
        yield "## References"
        yield "\n".join(f"- <{reference}>" for reference in check.references)
