"""Which files belong to GitHub Agentic Workflows: the sources, shared parts among them, and the compiled twins.

A compiled twin is a workflow of GitHub Actions like any other, so this family comes before `github`.
"""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://github.github.com/gh-aw/reference/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="gh-aw-workflow",
        title="GitHub Agentic Workflows",
        syntax=Syntax.MARKDOWN,
        reads="gh_aw.workflow",
        paths=(".github/workflows/**/*.md", "workflows/*.md", "workflows/shared/**/*.md"),
        probe=(b"\non:", b"\nsafe-outputs:", b"\nmcp-servers:"),
        docs=_DOCS + "frontmatter/",
    ),
    Claim(
        format="github-workflow",
        title="Compiled agentic workflow",
        syntax=Syntax.YAML,
        reads="gh_aw.lock",
        paths=(".github/workflows/*.lock.yml",),
        probe=(b"# gh-aw-metadata:", b"STOP_TIME"),
        docs=_DOCS + "compilation-process/",
    ),
)
