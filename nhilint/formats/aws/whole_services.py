"""Which statements of an identity open grave services as a whole, the gravest first, so that a check speaks once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.vocabulary.authority import WholeServices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.vocabulary.identity import Grant

_GRAVEST_FIRST = (
    "iam",
    "organizations",
    "sso",
    "sts",
    "secretsmanager",
    "kms",
    "ssm",
    "sso-directory",
    "identitystore",
    "cognito-idp",
    "bedrock-agentcore",
    "lambda",
    "cloudformation",
    "eks",
    "s3",
    "ec2",
)
"""Services of which everything includes changing who may do what, running code as others, or reading their data."""


def whole_services(grants: Iterable[Grant]) -> tuple[WholeServices | Unknown, ...]:
    """The statements that do, and an unknown one for each that may."""
    found: list[WholeServices] = []
    unknown: list[Unknown] = []
    for grant in grants:
        narrowed = grant.conditioned
        if isinstance(narrowed, Known) and narrowed.value:
            continue
        if isinstance(grant.unlimited_services, Unknown):
            unknown.append(grant.unlimited_services)
            continue
        held = set(value_of(grant.unlimited_services) or ())
        named = tuple(service for service in _GRAVEST_FIRST if service in held)
        if not named or grant.unlimited_services is None:
            continue
        if isinstance(narrowed, Unknown):
            unknown.append(narrowed)
            continue
        at = grant.unlimited_services.at
        found.append(WholeServices(at=at, statement=grant.name, services=Known(named, at)))
    return (*sorted(found, key=_rank), *unknown)


def _rank(found: WholeServices) -> int:
    return _GRAVEST_FIRST.index((value_of(found.services) or _GRAVEST_FIRST[-1:])[0])
