"""Which files are templates of environment settings in which an OAuth client's scopes may stand."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="environment-scopes",
        title="OAuth scopes in environment settings",
        syntax=Syntax.TEXT,
        reads="settings_files.environment",
        names=(
            ".env",
            ".env.example",
            ".env.sample",
            ".env.template",
            ".env.dist",
            "env.example",
            ".env.local.example",
        ),
        paths=(".env.*", "*.env.example", "*.env"),
        probe=(b"SCOPE", b"_PERMISSIONS"),
        docs="https://datatracker.ietf.org/doc/html/rfc6749#section-3.3",
    ),
)
