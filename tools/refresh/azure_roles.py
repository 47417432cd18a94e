"""Azure's list of built-in roles becomes the compressed table that nhilint ships.

    python tools/refresh/azure_roles.py FILE            write nhilint/knowledge/data/azure-roles.json.gz
    python tools/refresh/azure_roles.py FILE --check    say whether it is what the pinned file gives

FILE is azure/built-in-roles-raw.json of github.com/iann0036/iam-dataset (MIT) at the commit below; no package registry
carries it. To move to a newer commit, change COMMIT and SHA256 and review the names that came and went. Descriptions
and scopes are left out: facts only. Not part of the installed package.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

COMMIT = "2073fa52ac008a45477aa0b1b4580cd99135bf60"
SHA256 = "d4d27632646c90a0097776768bc0a50ac60840eb95c0cc0076bbf59cef3cf2b7"
TARGET = Path(__file__).parents[2] / "nhilint" / "knowledge" / "data" / "azure-roles.json.gz"
LISTS = ("actions", "notActions", "dataActions", "notDataActions")


def table(roles: list[dict[str, Any]]) -> dict[str, Any]:
    """Every operation once, then each role with the numbers of its operations."""
    built_in = [role for role in roles if role["roleType"] == "BuiltInRole"]
    spelled = {text for role in built_in for block in role["permissions"] for name in LISTS for text in block[name]}
    operations = sorted(spelled)
    numbers = {text: number for number, text in enumerate(operations)}
    found = [
        [
            role["name"],
            role["roleName"],
            [[sorted(numbers[text] for text in block[name]) for name in LISTS] for block in role["permissions"]],
        ]
        for role in sorted(built_in, key=lambda role: str(role["name"]))
    ]
    return {"operations": operations, "roles": found}


def packed(source: bytes) -> bytes:
    """The data file. ValueError for another source than the pinned one."""
    if hashlib.sha256(source).hexdigest() != SHA256:
        raise ValueError(f"not the file of commit {COMMIT}: change COMMIT and SHA256 if a newer one is meant")
    text = json.dumps(table(json.loads(source)), separators=(",", ":"), ensure_ascii=True)
    return gzip.compress(text.encode("ascii"), mtime=0)


def main(arguments: list[str]) -> int:
    """Write or compare; 1 when the comparison fails."""
    made = packed(Path(arguments[0]).read_bytes())
    if "--check" in arguments:
        same = gzip.decompress(TARGET.read_bytes()) == gzip.decompress(made)
        print("up to date" if same else "differs")
        return 0 if same else 1
    TARGET.write_bytes(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
