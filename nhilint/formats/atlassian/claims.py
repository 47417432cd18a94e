"""Which files belong to apps of Atlassian's products."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="atlassian-forge",
        title="Atlassian Forge manifests",
        syntax=Syntax.YAML,
        reads="atlassian.forge",
        suffixes=("manifest.yml", "manifest.yaml"),
        paths=("manifest.*.yml", "manifest.*.yaml", "*manifest-*.yml", "*manifest-*.yaml"),
        probe=(b"ari:cloud:ecosystem", b"modules:"),
        docs="https://developer.atlassian.com/platform/forge/manifest-reference/",
    ),
    Claim(
        format="atlassian-connect",
        title="Atlassian Connect descriptors",
        syntax=Syntax.JSON,
        reads="atlassian.connect",
        suffixes=("atlassian-connect.json", "atlassian-plugin.json", "descriptor.json"),
        paths=("*connect*.json",),
        probe=(b"baseUrl",),
        docs="https://developer.atlassian.com/cloud/jira/platform/connect-app-descriptor/",
    ),
)
