"""The scopes that Google and GitHub publish are compared with nhilint's catalogue; what it lacks is printed.

    python tools/refresh/scopes.py    exit code 1 when a published scope is not in nhilint/knowledge/data/scopes

New scopes are printed as records, judged by the grammar of their names: a start for the person who reviews them, adds
them to the file by hand and, where they are critical or high, to the lists in tests/knowledge/scopes. Scopes that a
provider withdraws are kept, because old manifests hold them. The other providers publish no machine-readable list on a
package registry. Not part of the installed package.

Sources, pinned: Google's discovery documents in PyPI google-api-python-client (Apache-2.0), GitHub App permissions in
GitHub's interface description in npm @octokit/openapi (MIT).
"""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

from aws_actions import download

from nhilint.knowledge.scopes import look_up
from nhilint.knowledge.scopes.catalogue import entries

GOOGLE = "google-api-python-client==2.202.0"
GOOGLE_SHA256 = "aaa90064c9bb642ff1d065b22ca8958a2cb6e345909cefe70d0e5452fc50e08b"
GITHUB_VERSION = "23.0.2"
GITHUB_SHA512 = "pV8M7L9GY23AybNvTmo2nyjmpmnt6+2sRE/tqr0ZLQcPS4lnw7u5eZGNmwRNkBC3D7gZXbFx5AHzLUVRBXGDhg=="
GITHUB_URL = f"https://registry.npmjs.org/@octokit/openapi/-/openapi-{GITHUB_VERSION}.tgz"


def google_wheel() -> bytes:
    """The pinned wheel, fetched by pip. ValueError when its hash is another."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, GOOGLE]
        subprocess.run(command, check=True)
        wheel = next(Path(folder).glob("*.whl")).read_bytes()
    found = hashlib.sha256(wheel).hexdigest()
    if found != GOOGLE_SHA256:
        raise ValueError(f"{GOOGLE} has sha256 {found}, not {GOOGLE_SHA256}")
    return wheel


def published_by_google(wheel: bytes) -> set[str]:
    """Every scope that a discovery document in the wheel names."""
    scopes: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        for name in archive.namelist():
            if "/discovery_cache/documents/" in name and name.endswith(".json"):
                scopes.update(json.loads(archive.read(name)).get("auth", {}).get("oauth2", {}).get("scopes", {}))
    return scopes


def published_by_github(package: bytes) -> set[str]:
    """Every App permission with each of its levels, `contents:write`."""
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        source = archive.extractfile("package/generated/api.github.com.json")
        assert source is not None
        permissions = json.load(source)["components"]["schemas"]["app-permissions"]["properties"]
    return {f"{name}:{level}" for name, permission in permissions.items() for level in permission["enum"]}


def missing(provider: str, published: set[str]) -> list[str]:
    """A record for each published scope that the catalogue lacks, sorted by name."""
    lines = []
    for name in sorted(published - {entry.id for entry in entries(provider)}):
        judged = look_up(provider, name)
        record = {"id": name}
        if judged:
            record |= {"category": judged.category, "access": judged.access, "sensitivity": judged.sensitivity}
        lines.append(json.dumps(record))
    return lines


def main() -> int:
    """Print what is new; 1 when anything is."""
    new = [f"google: {line}" for line in missing("google", published_by_google(google_wheel()))]
    new += [f"github: {line}" for line in missing("github", published_by_github(download(GITHUB_URL, GITHUB_SHA512)))]
    sys.stdout.writelines(f"new in {line}\n" for line in new)
    return 1 if new else 0


if __name__ == "__main__":
    sys.exit(main())
