"""What the `Resource` of a statement leaves open: every resource, all of one type, or only those it names.

`arn:aws:iam::*:role/*` leaves every role open, and with it the actions that act on roles; `arn:aws:iam::*:role/ci-*`
names roles. An account in the pattern does not narrow it, since a policy is only ever used in its own, but for
`sts:AssumeRole`: whoever names an account may well mean another one, whose roles decide themselves. Source:
docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html, partly re-read 2026-11-22.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from nhilint.formats.node import Node
    from nhilint.model.fact import Fact

_EVERY_RESOURCE = frozenset({"*", "arn:aws:*:*:*:*", "arn:*:*:*:*:*", "arn:aws:*", "arn:*"})
_TEMPLATE = Deferred(r"\$\{[^{}]*\}")
_OPEN = Deferred(
    r"^arn:[^:]*:(?P<service>[a-z0-9-]+):(?P<region>[^:]*):(?P<account>[^:]*):"
    r"(?:(?P<type>[\w-]+)[:/])?/?\*(?:[:/]\*)*$"
)
_ACCOUNT = Deferred(r"\d{12}")
_NAMED_BY_COLON = frozenset({"lambda", "logs", "rds", "secretsmanager", "states"})
"""Services whose ARNs have a colon before the name, so that `*/*` names only what has a slash in its own name."""

_WITHOUT_ACCOUNT = frozenset({"image", "snapshot", "fpga-image"})
"""What of EC2 has an ARN without an account: whoever leaves it out elsewhere names nothing
(docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html, from a survey, page not re-read)."""

_ALSO_ACTS_ON: dict[str, tuple[str, ...]] = {"iam": ("sts",), "ec2": ("ssm", "ec2-instance-connect")}
"""Services whose actions take the ARNs of another service."""

_RUNS_ANY_COMMAND = Deferred(r":document/(?:AWS-Run(?:Shell|PowerShell|Remote)Script|\*)$")
"""Documents of Systems Manager that run what the caller says. Sending a command needs one of them and an instance."""


def covers_every_resource(statement: Node, resources: Fact[tuple[str, ...]]) -> Fact[bool]:
    """Whether a statement covers every resource; None when it has neither element. A template could be a star."""
    if isinstance(resources, Known) and _EVERY_RESOURCE.isdisjoint(resources.value):
        return Known(value=False, at=resources.at)
    resource = statement["Resource"]
    if not resource.exists:
        excepted = statement["NotResource"]
        return Known(value=True, at=excepted.at) if excepted.exists else None
    star = next((i for i in resource.items() if isinstance(i.value, str) and i.value in _EVERY_RESOURCE), None)
    if star is not None:
        return Known(value=True, at=star.at)
    return resources if isinstance(resources, Unknown) else Known(value=False, at=resource.at)


def left_open(
    matched: aws.ActionSet | Unknown,
    everywhere: Fact[bool],
    resources: Fact[tuple[str, ...]],
    known: Sequence[str] = (),
) -> aws.ActionSet | Unknown:
    """Those of the matched actions that the resources of their statement do not narrow. Where not all of these can be
    told, those that the `known` ones leave open are, whatever stands beside them."""
    if isinstance(matched, Unknown):
        return matched
    if isinstance(everywhere, Known) and everywhere.value:
        return matched
    if isinstance(resources, Unknown):
        return _opened_by_all(matched, known) or resources
    return _opened_by_all(matched, resources.value if resources else ())


def _opened_by_all(matched: aws.ActionSet, patterns: Sequence[str]) -> aws.ActionSet:
    opened = aws.ActionSet()
    for pattern in patterns:
        opened = opened | _opened_by(pattern)
    if not any(_RUNS_ANY_COMMAND.search(pattern) for pattern in patterns):
        opened = opened - aws.matching("ssm:SendCommand")
    return matched & opened


def names_any_role(resources: Fact[tuple[str, ...]]) -> bool:
    """Whether one of the resources is every role of an account."""
    return isinstance(resources, Known) and any(
        pattern in _EVERY_RESOURCE or "iam:PassRole" in _opened_by(pattern) for pattern in resources.value
    )


def _names_a_bucket(match: re.Match[str]) -> bool:
    """Whether it is `arn:aws:s3:::bucket/*`: without a region and an account the first word is the name of a bucket.

    An empty name (`arn:aws:s3:::/*`) is no bucket's."""
    nameless = match[0].endswith(":::/*")
    return (
        match["service"] == "s3" and (nameless or match["type"] is not None) and not match["region"] + match["account"]
    )


def _names_nothing(match: re.Match[str]) -> bool:
    """Whether it is `arn:aws:ec2:eu-west-1::instance/*`: instances, volumes and networks belong to an account."""
    return match["service"] == "ec2" and not match["account"] and match["type"] not in _WITHOUT_ACCOUNT


@lru_cache(maxsize=4096)
def _opened_by(pattern: str) -> aws.ActionSet:
    """The actions whose resources one pattern does not narrow. What is no type to AWS is the beginning of a name."""
    match = _OPEN.match(_TEMPLATE.sub("0", pattern))
    if match is None or match["account"] == "aws" or _names_a_bucket(match) or _names_nothing(match):
        return aws.ActionSet()
    if match["service"] in _NAMED_BY_COLON and pattern.endswith("*/*"):
        return aws.ActionSet()
    opened = aws.ActionSet()
    elsewhere = match["service"] == "iam" and _ACCOUNT.fullmatch(match["account"]) is not None
    for service in (match["service"], *(() if elsewhere else _ALSO_ACTS_ON.get(match["service"], ()))):
        if match["type"]:
            opened = opened | (aws.acting_on(service, match["type"]) or aws.ActionSet())
        elif service == match["service"] or service == "sts":
            opened = opened | aws.matching(f"{service}:*").with_resource_types()
    return opened
