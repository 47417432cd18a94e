"""Who takes a principal and what it is for, as far as that says how much its permissions matter: always a known answer.

What cannot be read counts as anybody, so that no finding is lost to a template. Sources, read 2026-11-22: IAM Identity
Center's roles are named AWSReservedSSO_* (docs.aws.amazon.com/singlesignon/latest/userguide/
referencingpermissionsets.html); only IAM users have the credentials of Amazon SES's SMTP interface
(docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html); sessions of services and roles carry no second factor
(docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from nhilint.model.fact import Known, known_records, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.model.fact import Many, Unknown
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.identity import Condition, Grant, Principal, Trust

Taker = Literal["people", "schedule", "definition", "anything"]

_OF_A_RULE = frozenset({"events.amazonaws.com", "scheduler.amazonaws.com", "pipes.amazonaws.com"})
_OF_A_DEFINITION = _OF_A_RULE | {"codepipeline.amazonaws.com", "states.amazonaws.com"}
_OF_PEOPLE = re.compile(r"(?:^|[/_-])(?:single-?sign-?on|sso|permission[-_]?sets?|identity-?cent(?:er|re))(?:[/_.-]|$)")
"""Names of files and folders that hold the policies of permission sets, which people take in IAM Identity Center."""
_MAIL = re.compile(r"ses:send(?:raw)?email", re.IGNORECASE)


def taken_by(kind: str, trusts: Many[Trust], at: Place) -> Known[Taker]:
    """Who takes it: people, the rule or definition of a service that does nothing else, or anything."""
    ways = known_records(trusts)
    if kind == "policy" and _OF_PEOPLE.search(at.path.lower()):
        return Known("people", at)
    if kind == "group" or any(value_of(way.issuer_kind) == "saml" for way in ways):
        return Known("people", at)
    if not _has_only(trusts, ways):
        return Known("anything", at)
    if all(_asks_for_people(way) for way in ways):
        return Known("people", at)
    services = [_services(way) for way in ways]
    if all(named and named <= _OF_A_RULE for named in services):
        return Known("schedule", at)
    held = all(named and named <= _OF_A_DEFINITION for named in services)
    return Known("definition" if held else "anything", at)


def only_sends_mail(grants: Sequence[Grant], unread: Sequence[Unknown], at: Place) -> Known[bool]:
    """Whether all that is allowed is to send mail through Amazon SES."""
    allowed = [grant for grant in grants if value_of(grant.effect) != "deny"]
    words = [value_of(grant.actions) or ("",) for grant in allowed]
    mail = all(_MAIL.fullmatch(word) for named in words for word in named)
    return Known(bool(allowed) and not unread and mail, at)


def _asks_for_people(way: Trust) -> bool:
    return any(_names_people(condition) for condition in known_records(way.conditions))


def _names_people(condition: Condition) -> bool:
    """Whether a condition admits roles of IAM Identity Center only, or sessions with a second factor."""
    named = value_of(condition.values) or ()
    if value_of(condition.key) == "aws:multifactorauthpresent":
        return value_of(condition.operator) == "Bool" and [value.lower() for value in named] == ["true"]
    is_positive = "Not" not in (value_of(condition.operator) or "Not")
    of_center = bool(named) and all("AWSReservedSSO_" in value for value in named)
    return is_positive and of_center and value_of(condition.key) == "aws:principalarn"


def _services(way: Trust) -> frozenset[str]:
    """The services that a way in admits; none where it admits anybody else as well."""
    admitted = known_records(way.principals)
    if not _has_only(way.principals, admitted) or any(value_of(one.kind) != "service" for one in admitted):
        return frozenset()
    return frozenset(value_of(one.value) or "" for one in admitted)


def _has_only(many: Many[Trust] | Many[Principal], known: Sequence[Trust] | Sequence[Principal]) -> bool:
    """Whether a list has something, and all of it could be read."""
    return isinstance(many, tuple) and 0 < len(known) == len(many)
