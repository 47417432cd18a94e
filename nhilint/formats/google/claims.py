"""Which files belong to Google's app manifests."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="google-apps-script",
        title="Google Apps Script and Workspace add-on manifests",
        syntax=Syntax.JSON,
        reads="google.apps_script",
        names=("appsscript.json",),
        docs="https://developers.google.com/apps-script/manifest",
    ),
)
