"""Which files belong to browser extensions, and to programs that extensions may talk to."""

from __future__ import annotations

from nhilint.formats.format import Claim
from nhilint.source.document import Syntax

CLAIMS: tuple[Claim, ...] = (
    Claim(
        format="web-extension",
        title="Browser extension manifests",
        syntax=Syntax.JSONC,
        reads="web_extension.manifest",
        suffixes=("manifest.json",),
        paths=("manifest.*.json", "*manifest*v3*.json", "*manifest*v2*.json"),
        probe=(b"manifest_version",),
        docs="https://developer.chrome.com/docs/extensions/reference/manifest",
    ),
    Claim(
        format="native-messaging-host",
        title="Native messaging hosts of browsers",
        syntax=Syntax.JSON,
        reads="web_extension.native_host",
        suffixes=(".json", ".json.in", ".json.template"),
        probe=(b"allowed_origins", b"allowed_extensions"),
        docs="https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging",
    ),
)
