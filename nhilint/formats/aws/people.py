"""Whether people are meant by a way in: directories, second factors, users whose names say no work that runs by itself.

Sources, read 2026-11-22: IAM Identity Center's roles are named AWSReservedSSO_* (docs.aws.amazon.com/singlesignon/
latest/userguide/referencingpermissionsets.html); sessions of services and roles carry no second factor
(docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.aws.deployers import DEPLOYS
from nhilint.formats.aws.ways_in import has_only, of_accounts, words_of
from nhilint.model.fact import known_records, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.vocabulary.statement import Condition, Grant
    from nhilint.model.vocabulary.trust import Trust

GroupOf = Literal["administrators", "people", "staff"]
_RUNS_BY_ITSELF = frozenset(
    {
        "agent",
        "app",
        "automation",
        "backup",
        "bot",
        "build",
        "cd",
        "ci",
        "circleci",
        "github",
        "gitlab",
        "jenkins",
        "job",
        "jobs",
        "lambda",
        "machine",
        "packer",
        "pipeline",
        "robot",
        "runner",
        "service",
        "svc",
        "system",
        "travis",
    }
)
"""Words of a user's name that say nobody signs in as it."""
_HOME_OF_PEOPLE = Deferred(r"(?:^|[^a-z])(?:identit(?:y|ies)|users?|bastion)(?:[^a-z]|$)")
"""What a reference to an account is called in which people have their users, and nothing else runs."""

_ADMINISTRATORS = Deferred(
    r"(?i:(?:^|[-_. ])(?:admins?|administrators?|gods?|root|superusers?)(?:[-_. ]|$))",
    r"|(?:^|[a-z0-9_. -])(?:Admins|Administrators|Superusers|(?:Admin|Administrator)(?:[A-Z][A-Za-z]*)?Groups?)",
    r"(?:[A-Z_. -]|$)",
)
_PEOPLE = Deferred(r"(?i:(?:^|[-_. ])(?:people|humans?)(?:[-_. ]|$))|(?:^|[a-z0-9_. -])People(?:[A-Z_. -]|$)")
_STAFF = Deferred(r"(?i)(?:^|[-_. ])(?:developers?|engineers?|staff|employees)(?:[-_. ]|$)")
"""How a group is called whose members sign in themselves: those who administer the account, anybody, some of them."""


def group_of(name: str) -> GroupOf | None:
    """Whose a group is by its name; None where that says nothing."""
    if _ADMINISTRATORS.search(name):
        return "administrators"
    if _PEOPLE.search(name):
        return "people"
    return "staff" if _STAFF.search(name) else None


def asks_for_people(way: Trust) -> bool:
    """Whether a condition admits people only."""
    return any(_names_people(condition) for condition in known_records(way.conditions))


def _names_people(condition: Condition) -> bool:
    """Whether a condition admits roles of IAM Identity Center only, or sessions with a second factor."""
    named = value_of(condition.values) or ()
    if value_of(condition.key) == "aws:multifactorauthpresent":
        return value_of(condition.operator) == "Bool" and [value.lower() for value in named] == ["true"]
    is_positive = "Not" not in (value_of(condition.operator) or "Not")
    of_center = bool(named) and all("AWSReservedSSO_" in value for value in named)
    return is_positive and of_center and value_of(condition.key) == "aws:principalarn"


def brings_second_factor(way: Trust) -> bool:
    """Whether a condition asks for a second factor, be it by `BoolIfExists`, which keys alone meet as well: it says for
    whom a way in is meant, where something else says so too."""
    return any(
        value_of(one.key) == "aws:multifactorauthpresent"
        and (value_of(one.operator) or "").startswith("Bool")
        and [value.lower() for value in value_of(one.values) or ()] == ["true"]
        for one in known_records(way.conditions)
    )


def of_persons(way: Trust, *, or_accounts: bool = False) -> bool:
    """Whether only users enter, none of whom is called after work that runs by itself; beside them whole accounts,
    where it is said so."""
    listed = known_records(way.principals)
    admitted = [one for one in listed if not (or_accounts and value_of(one.kind) == "account")]
    called = {word for one in admitted for word in words_of((value_of(one.value) or "").rpartition("user/")[2])}
    users = all(value_of(one.kind) == "user" for one in admitted)
    return users and has_only(way.principals, listed) and (DEPLOYS | _RUNS_BY_ITSELF).isdisjoint(called)


def of_home_of_people(way: Trust) -> bool:
    """Whether only accounts enter whose ids stand in references that are called after people."""
    named = [value_of(one.value) or "" for one in known_records(way.principals)]
    return of_accounts(way) and all(_HOME_OF_PEOPLE.search(name.lower()) for name in named)


def turns_away_keys_alone(stated: Grant) -> bool:
    """Whether a Deny turns away who has given no second factor, which leaves keys by themselves nothing to do.

    `Bool` alone would let them pass: requests with lasting keys do not carry the key at all."""
    asked = known_records(stated.conditions)
    wide = stated.not_actions is not None or value_of(stated.all_actions) is True
    return value_of(stated.effect) == "deny" and wide and len(asked) == 1 and _lacks_second_factor(asked[0])


def _lacks_second_factor(condition: Condition) -> bool:
    named = [value.lower() for value in value_of(condition.values) or ()]
    meant = {"BoolIfExists": ["false"], "Null": ["true"]}.get(value_of(condition.operator) or "")
    return value_of(condition.key) == "aws:multifactorauthpresent" and named == meant
