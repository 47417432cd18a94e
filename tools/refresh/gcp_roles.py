"""A clone of iann0036/iam-dataset becomes the table of Google Cloud's predefined roles and their permissions.

    python tools/refresh/gcp_roles.py CLONE            write nhilint/knowledge/data/gcp-roles.txt.gz
    python tools/refresh/gcp_roles.py CLONE --check    say whether it is what the pinned commit gives; change nothing

CLONE is the folder of a git repository that has the commit, bare or not. No package registry carries this data. To move
on, change COMMIT and review the diff of the unpacked table. Titles and descriptions are left out: facts only. Not part
of the installed package.
"""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import tarfile
from itertools import pairwise
from pathlib import Path

COMMIT = "2073fa52ac008a45477aa0b1b4580cd99135bf60"
FILE = Path(__file__).parents[2] / "nhilint" / "knowledge" / "data" / "gcp-roles.txt.gz"
HEADING = (
    "# Google Cloud permissions, then roles with stage and ranges of permissions by line. Source:\n"
    f"# iann0036/iam-dataset {COMMIT[:12]} (MIT). Written by tools/refresh/gcp_roles.py.\n"
)


def roles_of(clone: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Role name without `roles/` → its stage and permissions, from the pinned commit."""
    command = ["git", "-C", clone, "archive", COMMIT, "gcp/roles"]
    archive = subprocess.run(command, check=True, capture_output=True).stdout
    roles: dict[str, tuple[str, frozenset[str]]] = {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        for member in tar:
            source = tar.extractfile(member) if member.name.endswith(".json") else None
            if source is not None:
                role = json.load(source)
                held = frozenset(role.get("includedPermissions", ()))
                roles[role["name"].removeprefix("roles/")] = (role.get("stage", "GA"), held)
    return dict(sorted(roles.items()))


def ranges(held: list[int]) -> str:
    """Sorted numbers as `a-b,c`; a range includes both ends."""
    starts = [held[0], *(b for a, b in pairwise(held) if b != a + 1)] if held else []
    ends = [*(a for a, b in pairwise(held) if b != a + 1), held[-1]] if held else []
    return ",".join(f"{a}" if a == b else f"{a}-{b}" for a, b in zip(starts, ends, strict=True))


def table(roles: dict[str, tuple[str, frozenset[str]]]) -> str:
    """The unpacked file: permissions, a blank line, then a line `name stage ranges` for every role."""
    permissions = sorted(frozenset[str]().union(*(held for _, held in roles.values())))
    number = {permission: index for index, permission in enumerate(permissions)}
    lines = (
        f"{name} {stage} {ranges(sorted(number[p] for p in held))}".rstrip() for name, (stage, held) in roles.items()
    )
    return HEADING + "\n".join(permissions) + "\n\n" + "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the file, or with --check compare it. The exit code is 1 when it differs."""
    clone = next(argument for argument in arguments if not argument.startswith("--"))
    text = table(roles_of(clone))
    if FILE.is_file() and gzip.decompress(FILE.read_bytes()).decode("ascii") == text:
        return 0
    if "--check" in arguments:
        sys.stdout.write(f"{FILE.name} is not what {COMMIT} gives\n")
        return 1
    FILE.write_bytes(gzip.compress(text.encode("ascii"), 9, mtime=0))
    sys.stdout.write(f"wrote {FILE.name}, {len(text)} characters\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
