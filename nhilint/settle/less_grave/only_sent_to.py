"""A topic that anyone may only publish to is told less gravely: nobody learns by it what the topic carries.

What its subscribers make of a message that a stranger sent is theirs to say; that takes a step more than reading a
store or calling a function. A statement that lets strangers subscribe as well gives them all that is published. Source:
docs.aws.amazon.com/sns/latest/dg/sns-access-policy-language-api-permissions-reference.html, from a survey.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import ResourcePolicy
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.place import Place
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.statement import Grant
    from nhilint.tree import Tree

OPEN_TO_ANYONE = "public-resource-policy"
_PUBLISHES = "sns:publish"


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], _: Tree) -> tuple[Finding, ...]:
    """The findings; those above medium about such a statement lowered."""
    policies = (one.facts for one in resources if isinstance(one.facts, ResourcePolicy))
    only = [grant.at for policy in policies for grant in known_records(policy.grants) if _only_publishes(grant)]
    because = "they can only send messages to it, and read none"
    return tuple(
        a_step_lower(one, because, at_least=Severity.MEDIUM)
        if one.check == OPEN_TO_ANYONE and any(_stands_in(one.place, at) for at in only)
        else one
        for one in findings
    )


def _only_publishes(grant: Grant) -> bool:
    words = value_of(grant.actions) or ()
    return bool(words) and all(word.lower() == _PUBLISHES for word in words)


def _stands_in(place: Place, statement: Place) -> bool:
    return place.path == statement.path and place.pointer[: len(statement.pointer)] == statement.pointer
