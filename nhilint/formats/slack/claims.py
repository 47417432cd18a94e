"""Which files belong to Slack's app manifests."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_PROBE = (b"display_information",)
_DOCS = "https://docs.slack.dev/reference/app-manifest"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="slack-manifest",
        title="Slack app manifests",
        syntax=Syntax.JSON,
        reads="slack.manifest",
        suffixes=("manifest.json", ".manifest.json"),
        paths=("*slack*.json", "**/slack/*.json", "**/.slack/*.json"),
        probe=_PROBE,
        docs=_DOCS,
    ),
    Claim(
        format="slack-manifest",
        title="Slack app manifests",
        syntax=Syntax.YAML,
        reads="slack.manifest",
        suffixes=("manifest.yml", "manifest.yaml"),
        paths=("*slack*.yml", "*slack*.yaml", "**/slack/*.yml", "**/slack/*.yaml"),
        probe=_PROBE,
        docs=_DOCS,
    ),
)
