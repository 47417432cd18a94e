"""Which files belong to GitHub Actions. Workflows are run from one folder only; an action may stand anywhere."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_DOCS = "https://docs.github.com/en/actions/reference/workflows-and-actions/"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="github-workflow",
        title="GitHub Actions workflow",
        syntax=Syntax.YAML,
        reads="github.workflow",
        paths=(".github/workflows/*.yml", ".github/workflows/*.yaml"),
        probe=(b"jobs",),
        docs=_DOCS + "workflow-syntax",
    ),
    Claim(
        format="github-action",
        title="GitHub action (composite, or run from an image)",
        syntax=Syntax.YAML,
        reads="github.action",
        names=("action.yml", "action.yaml"),
        probe=(b"composite", b"docker://"),
        docs=_DOCS + "metadata-syntax",
    ),
)
