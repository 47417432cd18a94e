"""Which files belong to manifests that GitHub Apps are registered from."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

_PROBE = (b"default_permissions",)
_DOCS = "https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest"

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="github-app-manifest",
        title="GitHub App manifests",
        syntax=Syntax.YAML,
        reads="github_app.manifest",
        suffixes=("app.yml", "app.yaml", "manifest.yml", "manifest.yaml"),
        paths=("*github*.yml", "*github*.yaml", "**/*github*app*/**/*.yml", "**/*github*app*/**/*.yaml"),
        probe=_PROBE,
        docs=_DOCS,
    ),
    Claim(
        format="github-app-manifest",
        title="GitHub App manifests",
        syntax=Syntax.JSON,
        reads="github_app.manifest",
        suffixes=("app.json", "manifest.json"),
        paths=("*github*.json", "**/*github*app*/**/*.json"),
        probe=_PROBE,
        docs=_DOCS,
    ),
)
