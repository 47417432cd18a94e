from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.app_code import with_code
from nhilint.gather import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

MANIFEST = json.dumps(
    {"manifest_version": 3, "name": "Bridge", "version": "1.0", "permissions": ["nativeMessaging", "storage"]}
)
LISTED = "<dict><key>NSExtensionPointIdentifier</key><string>com.apple.Safari.web-extension</string></dict>"


def access_in(path, **beside):
    tree = MemoryTree({path: MANIFEST, **beside})
    gathered = gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC)))
    (found,) = (one for one in with_code(gathered.resources, tree) if one.kind == "app")
    return [grant.access.value for grant in found.facts.scopes]


@pytest.mark.parametrize(
    ("path", "beside", "access"),
    [
        ("apple/SafariExtension/Resources/manifest.json", {}, "send"),
        ("apple/Safari Web Extension (iOS)/Resources/manifest.json", {}, "send"),
        ("Shared/Resources/manifest.json", {"Shared/SafariWebExtensionHandler.swift": "class"}, "send"),
        ("Shared/manifest.json", {"Shared/Info.plist": LISTED}, "send"),
        ("Shared/Resources/manifest.json", {"Shared/Info.plist": "<dict/>"}, "execute"),
        ("src/manifest.json", {"xcode/Shared/SafariWebExtensionHandler.swift": "class"}, "execute"),
        ("extension/manifest.json", {}, "execute"),
        ("src/manifest.safari.json", {}, "send"),
        ("src/manifest.chrome.json", {}, "execute"),
        ("not-only-safari/extension/manifest.json", {}, "execute"),
    ],
)
def test_whom_an_extension_of_a_safari_app_talks_to(path, beside, access):
    assert access_in(path, **beside) == [access, "write"]
