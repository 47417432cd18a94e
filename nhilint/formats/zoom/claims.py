"""Which files belong to manifests of Zoom apps."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="zoom-manifest",
        title="Zoom app manifests",
        syntax=Syntax.JSON,
        reads="zoom.manifest",
        suffixes=("manifest.json", ".manifest.json"),
        paths=("*zoom*.json", "**/*zoom*/**/*.json", "*oauth_information*.json"),
        probe=(b"oauth_information",),
        docs="https://developers.zoom.us/docs/build-flow/manifests/",
    ),
)
