"""A token without an end of an account of a cluster is told one step less gravely where all that the account is given
here is to ask questions: whose a token is, and what somebody may do.

Whoever holds it learns who is who and changes nothing; a proxy is given that much to have its callers checked. An
account that is given nothing here, or a role that is declared elsewhere, may have more, and one with a rule that
cannot be read stays as it is. Source, from a survey, page not re-read:
https://kubernetes.io/docs/reference/access-authn-authz/authorization/#checking-api-access.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Known, Unknown, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.statement import Grant

OF_TOKENS = "token-secret-without-end"
ASKS = "all that the account is given here is to ask whose a token is and what somebody may do"
_REVIEWS = ("tokenreviews", "subjectaccessreviews", "localsubjectaccessreviews", "selfsubjectaccessreviews",
            "selfsubjectrulesreviews", "selfsubjectreviews")  # fmt: skip
_ASKING = frozenset(f"create {kind}" for kind in _REVIEWS)


def told_of_tokens(findings: Iterable[Finding], resources: tuple[Resource, ...]) -> tuple[Finding, ...]:
    """The findings; those about tokens of such accounts lowered. Several accounts of one name have to be alike."""
    return tuple(_told(one, resources) for one in findings)


def _told(finding: Finding, resources: tuple[Resource, ...]) -> Finding:
    if finding.check != OF_TOKENS or finding.severity <= Severity.LOW:
        return finding
    alike = tuple(facts_behind(finding, resources, Identity))
    return a_step_lower(finding, ASKS) if alike and all(map(_only_asks, alike)) else finding


def _only_asks(account: Identity) -> bool:
    """Whether every rule that it is given lets it ask, and there is one at least, and no built-in role beside them."""
    if not isinstance(account.grants, tuple) or not isinstance(account.managed, Known) or account.managed.value:
        return False
    return bool(account.grants) and all(map(_asks, account.grants))


def _asks(grant: Grant | Unknown) -> bool:
    actions = None if isinstance(grant, Unknown) else value_of(grant.actions)
    return bool(actions) and _ASKING.issuperset(actions or ())
