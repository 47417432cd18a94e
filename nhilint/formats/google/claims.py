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
    Claim(
        format="google-oauth-client",
        title="Google OAuth client and token files",
        syntax=Syntax.JSON,
        reads="google.client_file",
        names=("credentials.json", "token.json", "oauth2.json", "oauth.json", "client.json", ".clasprc.json"),
        paths=("client_secret*.json", "*client_secret*.json", "*credentials*.json", "*token*.json"),
        probe=(b".apps.googleusercontent.com", b'"refresh_token"'),
        docs="https://developers.google.com/identity/protocols/oauth2",
    ),
)
