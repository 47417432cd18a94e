"""Which statements of an identity open grave services as a whole, the gravest first, so that a check speaks once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.vocabulary.authority import OpenService, WholeServices

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.escalation import Escalation
    from nhilint.model.vocabulary.statement import Grant

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

_LESSER = frozenset(_GRAVEST_FIRST[6:])
"""Those of them that are not worth a word of their own where the same list of actions leads to more privilege."""


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
        words = tuple(OpenService(at=_word_for(each, grant, at), service=Known(each, at)) for each in named)
        found.append(WholeServices(at=at, statement=grant.name, services=Known(named, at), words=words))
    return (*sorted(found, key=_rank), *unknown)


def told_besides(
    found: Many[WholeServices], ways: Many[Escalation], *, administers: bool = False
) -> tuple[WholeServices | Unknown, ...]:
    """The statements with those of their services that no way to more privilege tells already, which come first.

    Whoever administers everything by another statement, or gains it by actions of IAM alone, needs no other service:
    then nothing is left to tell.
    """
    grave = [way for way in known_records(ways) if value_of(way.kind) != "resource-access"]
    actions = [value_of(way.actions) or () for way in grave]
    told = {action.partition(":")[0] for named in actions for action in named}
    lists = {_list_of(way.at) for way in grave}
    gains_all = administers or any(named and all(action.startswith("iam:") for action in named) for named in actions)
    known = [
        _with_rest(one, told | (_LESSER if _list_of(one.at) in lists else frozenset()), gains_all=gains_all)
        for one in known_records(found)
    ]
    unknown = (found,) if isinstance(found, Unknown) else tuple(one for one in found if isinstance(one, Unknown))
    return (*sorted(known, key=lambda one: not value_of(one.besides)), *unknown)


def _with_rest(one: WholeServices, told: set[str], *, gains_all: bool) -> WholeServices:
    rest = () if gains_all else tuple(s for s in value_of(one.services) or () if s not in told)
    at = next((word.at for word in known_records(one.words) if value_of(word.service) in rest[:1]), one.at)
    return replace(one, at=at, besides=Known(rest, at))


def _word_for(service: str, grant: Grant, gravest: Place) -> Place:
    """The word for a service, in the list of actions that has a word for the gravest of them."""
    last = gravest.pointer[-1] if gravest.pointer else None
    words = [word.lower() for word in value_of(grant.actions) or ()]
    if gravest == grant.at or not isinstance(last, int) or f"{service}:*" not in words or not words[last : last + 1]:
        return gravest
    return gravest._replace(pointer=(*gravest.pointer[:-1], words.index(f"{service}:*")))


def _list_of(at: Place) -> tuple[str, tuple[str | int, ...]]:
    """The list of actions that a word is in; the word itself where there is no list."""
    pointer = at.pointer
    return at.path, pointer[:-1] if pointer and isinstance(pointer[-1], int) else pointer


def _rank(found: WholeServices) -> int:
    return gravity((value_of(found.services) or _GRAVEST_FIRST[-1:])[0])


def gravity(service: str) -> int:
    """The rank of a service, the gravest first; those that are not grave come last."""
    return _GRAVEST_FIRST.index(service) if service in _GRAVEST_FIRST else len(_GRAVEST_FIRST)
