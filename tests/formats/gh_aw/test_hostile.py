"""Odd front matter never raises: an odd value is an unknown fact, or left out."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from nhilint.evaluate.activation import activate
from nhilint.formats.gh_aw import lock, workflow
from nhilint.formats.gh_aw.claims import CLAIMS
from nhilint.source.document import Document, Syntax
from tests.odd_values import odd_values

KEYS = [
    "on", "roles", "bots", "slash_command", "issues", "types", "events", "permissions", "tools", "bash", "github",
    "min-integrity", "safe-outputs", "threat-detection", "jobs", "staged", "network", "allowed", "sandbox", "agent",
    "engine", "env", "mcp-servers", "imports", "push-to-pull-request-branch", "description", "max-turns", "if", "schedule",
]  # fmt: skip
WORDS = ["all", "*", ":*", "", "opened", "write", "write-all", "${{ secrets.X }}", "none", "daily", "a"]
odd = odd_values(KEYS, WORDS)


@given(st.dictionaries(st.sampled_from(KEYS), odd, max_size=8) | odd, odd)
@settings(max_examples=300, deadline=None)
def test_any_front_matter_is_read_or_left(front, body):
    document = Document("a.md", Syntax.MARKDOWN, "---\n---\n", {"frontmatter": front, "body": body})
    for resource in workflow.extract(document, CLAIMS[0]).resources:
        activate(resource.facts)


@given(odd, st.text(max_size=40))
@settings(max_examples=100, deadline=None)
def test_any_compiled_file_is_read_or_left(value, text):
    document = Document("a.lock.yml", Syntax.YAML, f"# gh-aw-metadata: {{{text}}}\n", value)
    for resource in lock.extract(document, CLAIMS[1]).resources:
        activate(resource.facts)


def test_large_files_end():
    value = {
        "frontmatter": {
            "on": {f"e{n}": {} for n in range(20_000)},
            "tools": {"bash": ["git status"] * 50_000},
            "safe-outputs": {"jobs": {f"j{n}": {} for n in range(20_000)}},
        },
        "body": "${{ " * 100_000,
    }
    (resource,) = workflow.extract(Document("a.md", Syntax.MARKDOWN, "---\n" * 50_000, value), CLAIMS[0]).resources
    assert len(resource.facts.triggers) == 100
