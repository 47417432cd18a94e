"""A file of Cedar statements becomes one policy; Cedar denies what no statement permits, and a forbid wins.

In AgentCore everybody who may call is `AgentCore::OAuthUser` or `AgentCore::IamEntity`, and what is guarded is a
gateway, so that naming those narrows nothing. Source: docs.aws.amazon.com/bedrock-agentcore/latest/devguide/policy.html
and docs.cedarpolicy.com/policies/syntax-policy.html, read 2026-11-22.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.formats.cedar.statements import statements
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.place import Place
from nhilint.model.resource import Extraction, Resource
from nhilint.model.vocabulary.policy import Policy, PolicyRule
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhilint.formats.cedar.statements import Statement
    from nhilint.formats.format import Claim
    from nhilint.source.document import Document

_ANY_CALLER = Deferred(r"(?:is AgentCore::(?:OAuthUser|IamEntity))?")
_ANY_GATEWAY = Deferred(r'is AgentCore::Gateway(?: in .*)?|== AgentCore::Gateway::".*"', flags=re.DOTALL)
_IDLE = frozenset({("when", "true"), ("unless", "false"), ("when", ""), ("unless", "")})
_MOST = 2_000


def extract(document: Document, claim: Claim) -> Extraction:
    """The policy of a file."""
    name = document.path.rpartition("/")[2].removesuffix(".cedar")

    def place(start: int, end: int) -> Place:
        return Place(document.path, (), "source", (start, end))

    found = policy_of(name, document.text, Place(document.path), place)
    if found is None:
        return Extraction(recognised=False)
    return Extraction((Resource("policy", name, claim.format, found),))


def policy_of(name: str, text: str, at: Place, place: Callable[[int, int], Place]) -> Policy | None:
    """The policy that a text states; `place` gives the place of a stretch of it. None where it is no Cedar."""
    found = statements(text)
    if not found:
        return None
    return Policy(
        at=at,
        name=Known(name, at),
        engine=Known("cedar", at),
        default=Known("deny", at),
        rules=tuple(_rule(one, number, place(*one.head)) for number, one in enumerate(found[:_MOST], 1)),
        denies=Known(any(one.effect == "forbid" for one in found), at),
        open_by_nature=Known(any(map(_forbids_some, found)), at),
    )


def together(policies: Sequence[Policy]) -> Policy:
    """Statements that stand in several texts of one engine, as the one policy that they are; at least one."""
    first = policies[0]
    rules = tuple(rule for one in policies for rule in known_records(one.rules))
    denies = Known(any(value_of(one.denies) for one in policies), first.at)
    by_nature = Known(any(value_of(one.open_by_nature) for one in policies), first.at)
    return replace(first, rules=rules, denies=denies, open_by_nature=by_nature)


def _forbids_some(one: Statement) -> bool:
    """Whether a statement forbids something that its conditions choose; a gateway's tools are listed the other way."""
    return one.effect == "forbid" and "AgentCore::" not in one.action and not _IDLE.issuperset(one.conditions)


def _rule(one: Statement, number: int, at: Place) -> PolicyRule:
    return PolicyRule(
        at=at,
        name=Known(one.name or f"statement {number}", at),
        effect=Known("allow" if one.effect == "permit" else "deny", at),
        callers=Known((one.principal or "principal",), at),
        actions=Known((one.action or "action",), at),
        resources=Known((one.resource or "resource",), at),
        everyone=Known(_ANY_CALLER.fullmatch(one.principal) is not None, at),
        every_action=Known(one.action == "", at),
        every_resource=Known(one.resource == "" or _ANY_GATEWAY.fullmatch(one.resource) is not None, at),
        conditioned=Known(any(condition not in _IDLE for condition in one.conditions), at),
    )
