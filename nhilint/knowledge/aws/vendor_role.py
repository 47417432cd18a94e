"""Roles in accounts of vendors that customers let in by name, and which powers the vendor has them give.

A short list in a data file that names its sources. An account as a whole is not among them: who enters from there is
not said.
"""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from msgspec import Struct

from nhilint.knowledge.aws.arn import parse_arn

_DATA = Path(__file__).parent.parent / "data" / "aws-vendor-roles.txt"
_ROLE = "role/"


class VendorRole(Struct, frozen=True):
    """A role of a vendor: its account and name, a star in which stands for what differs by customer."""

    account: str
    name: str
    vendor: str
    prescribed: frozenset[str]
    """actions that the policy for it allows on every resource, as far as they give power"""


def vendor_role(arn: str) -> VendorRole | None:
    """The role of a vendor that an ARN names; None for everything else."""
    parts = parse_arn(arn)
    if parts is None or parts.service != "iam" or not parts.resource.startswith(_ROLE):
        return None
    name = parts.resource.removeprefix(_ROLE)
    return next((one for one in _all() if one.account == parts.account and fnmatchcase(name, one.name)), None)


@cache
def _all() -> tuple[VendorRole, ...]:
    lines = (line.split() for line in _DATA.read_text("ascii").splitlines() if not line.startswith("#"))
    return tuple(VendorRole(a, name, v.replace("_", " "), frozenset(actions)) for a, name, v, *actions in lines)
