"""Which files belong to CodeBuddy Code: the settings of a project or a home folder."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="codebuddy-settings",
        title="CodeBuddy Code settings",
        syntax=Syntax.JSON,
        reads="codebuddy.settings",
        paths=(".codebuddy/settings.json", ".codebuddy/settings.local.json"),
        docs="https://cloud.tencent.com/document/product/1831/137009",
    ),
)
