"""Amazon Resource Names: text becomes its parts, and a pattern with wildcards becomes a yes or no about another ARN.

Format and wildcard rules: AWS IAM User Guide, "IAM identifiers: ARNs" and "IAM JSON policy elements: Resource". Texts
with an unresolved template in front of the resource part are no ARNs here, so that nobody reads an account out of one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from nhilint.knowledge.aws.wildcard import Automaton, has_wildcard

_ACCOUNT_DIGITS = 12
_TEMPLATE_MARKS = ("${", "{{", "<", "%{")


class Arn(NamedTuple):
    """The parts of an ARN; any may hold wildcards, `region` and `account` are empty where the service has none."""

    partition: str
    service: str
    region: str
    account: str
    resource: str
    """everything after the fifth colon, colons included"""


def parse_arn(text: str) -> Arn | None:
    """The parts of `arn:partition:service:region:account:resource`, or None for any other text."""
    head, *parts = text.split(":", 5)
    if head != "arn" or len(parts) != len(Arn._fields):
        return None
    arn = Arn(*parts)
    if not arn.partition or not arn.service or not arn.resource:
        return None
    if any(mark in part for part in parts[:-1] for mark in _TEMPLATE_MARKS):
        return None
    return arn


def account_of(arn: str) -> str | None:
    """The twelve-digit account of an ARN, or of the bare account id that Principal also takes.

    None for an ARN without an account (S3 buckets), with `aws` or a wildcard in its place, and for any other text.
    """
    parsed = parse_arn(arn)
    account = parsed.account if parsed else arn
    return account if len(account) == _ACCOUNT_DIGITS and account.isascii() and account.isdigit() else None


def arn_matches(pattern: str, arn: str) -> bool:
    """Whether a Resource or ArnLike pattern covers an ARN. Case counts.

    A `*` stays within its colon-separated part, unless it ends the part or stands in the resource part: then it covers
    colons as well. A lone `*` covers everything. Wildcards in `arn` are taken as plain characters: a pattern that
    covers `x/*` does cover whatever `x/*` stands for.
    """
    if pattern in {"*", arn}:
        return True
    return has_wildcard(pattern) and _automaton(pattern).matches(arn)


@lru_cache(maxsize=1024)
def _automaton(pattern: str) -> Automaton:
    stars = [index for index, character in enumerate(pattern) if character == "*"]
    resource = len(pattern) - len((pattern.split(":", 5) + [""] * 6)[5])
    crosses = frozenset(i for i in stars if i >= resource or i + 1 == len(pattern) or pattern[i + 1] == ":")
    return Automaton.of(pattern, barrier=":", crosses=crosses)
