"""The reviewed table of Kubernetes' escalation paths becomes the data that nhilint ships.

    python tools/refresh/kubernetes_escalations.py            write nhilint/knowledge/data/kubernetes-escalations.jsonl
    python tools/refresh/kubernetes_escalations.py --check    say whether it is what the table gives

No registry serves these facts, so kubernetes_escalations.txt beside this file is the source and is changed there. The
shapes were first taken from rbac-police (MIT, commit 1ec5d029f008, lib/*.rego) and KubeHound (Apache-2.0, commit
53da187ac341, docs/reference/attacks), read against Kubernetes' RBAC good practices, and changed where Kubernetes really
decides otherwise: `bind` is asked on roles and never on bindings; approving a certificate takes the approval and the
signer; a token secret must be written and read; users and groups belong to no namespace; the template of a job's
pods cannot be changed once it is there, that of a cron job can. Not part of the installed
package.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

DATA = Path(__file__).parents[2] / "nhilint" / "knowledge" / "data" / "kubernetes-escalations.jsonl"
TABLE = Path(__file__).with_suffix(".txt")
PAGES = {
    "GOOD/": "https://kubernetes.io/docs/concepts/security/rbac-good-practices/",
    "ATTACKS/": "https://kubehound.io/reference/attacks/",
}

Record = dict[str, object]
Steps = list[list[Record]]


def records(table: str) -> list[Record]:
    """The paths of a table, in its order. ValueError for a line that fits no form."""
    found: list[Record] = []
    steps: Steps = []
    for line in table.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line.startswith(" "):
            steps = []
            found.append(_header(line, steps))
        elif line.startswith(("  and ", "  or ")):
            _add_shape(line, steps)
        else:
            found[-1]["name"] = line.strip()
    return found


def _header(line: str, steps: Steps) -> Record:
    path_id, plane, kind, severity, page, *open_names = line.split()
    for short, full in PAGES.items():
        page = page.replace(short, full, 1) if page.startswith(short) else page
    words = {"id": path_id, "name": "", "plane": plane, "kind": kind, "severity": severity}
    return {**words, "needs": steps, "open_names": open_names, "url": page}


def _add_shape(line: str, steps: Steps) -> None:
    head, groups, resources, verbs = (part.strip() for part in line.split(": ", 3))
    joined, reach = head.split()
    if joined == "and":
        steps.append([])
    steps[-1].append(
        {
            "groups": ["" if group == "core" else group for group in groups.split(",") if group],
            "resources": resources.split(),
            "verbs": verbs.split(),
            "cluster_wide": reach == "cluster",
        }
    )


def text() -> str:
    """The data file: one record a line."""
    return "".join(json.dumps(record) + "\n" for record in records(TABLE.read_text("ascii")))


def main(arguments: list[str]) -> int:
    """Write the file, or with --check compare it. The exit code is 1 when it differs."""
    fresh = text()
    if DATA.is_file() and DATA.read_text("ascii") == fresh:
        return 0
    if "--check" in arguments:
        sys.stdout.write(f"{DATA.name} is not what {TABLE.name} gives\n")
        return 1
    DATA.write_text(fresh, "ascii")
    sys.stdout.write(f"wrote {DATA.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
