"""A proxy that speaks for people is told one step less gravely where no rule lets it add a group that gives power.

Such a request is of one name and of `system:authenticated`, which everybody has who signs in: the power of
`system:masters`, which no binding takes away, is out of reach, and so are service accounts, whose names the API server
asks for by themselves. A person who is an administrator by name is left, which is why it is still told. A rule that
cannot be read, or a star, leaves it as it is. Source, known, page not re-read:
https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Unknown, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.statement import Grant
    from nhilint.tree import Tree

OF_PROXIES = "proxy-acts-as-anybody"
NO_GROUP = "it may add no group but system:authenticated, and be no service account"
_TAKES = ("impersonate ", "* ")
_POWERFUL = frozenset({"groups", "serviceaccounts", "*"})
_OF_ALL = frozenset({"system:authenticated", "system:authenticated:oauth"})


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], _: Tree) -> tuple[Finding, ...]:
    """The findings; those on such proxies lowered."""
    return tuple(_told(one, resources) if one.check == OF_PROXIES else one for one in findings)


def _told(finding: Finding, resources: tuple[Resource, ...]) -> Finding:
    alike = tuple(facts_behind(finding, resources, Identity))
    if finding.severity <= Severity.LOW or not alike or not all(map(_takes_no_group, alike)):
        return finding
    return a_step_lower(finding, NO_GROUP)


def _takes_no_group(account: Identity) -> bool:
    grants = account.grants
    return isinstance(grants, tuple) and not any(isinstance(one, Unknown) or _takes_one(one) for one in grants)


def _takes_one(grant: Grant) -> bool:
    """Whether a rule lets its holder be of a group that not everybody is in, or a service account."""
    actions = value_of(grant.actions)
    if actions is None:
        return True
    taken = {one.partition(" ")[2] for one in actions if one.startswith(_TAKES)} & _POWERFUL
    return bool(taken) and not (taken == {"groups"} and _OF_ALL.issuperset(value_of(grant.resources) or ("*",)))
