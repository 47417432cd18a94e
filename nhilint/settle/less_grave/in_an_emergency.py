"""How much an account may do that is called after emergencies is told one step less gravely, and that it is one.

Such an account is kept so that somebody gets in when nothing else does, with the power that takes: what counts is who
may become it, which other checks judge, and those stay as they are. Roles of AWS that people take so are quiet already
(`nhilint.formats.aws.holders`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.knowledge.emergencies import is_called_after_emergencies
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import ResourcePolicy
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

OF_POWER = frozenset(
    {
        "administrator-policy-attached",
        "administrator-role-on-subscription",
        "basic-role-on-workload",
        "custom-role-allows-everything",
    }
)
"""The checks that tell how much their subject may do."""
OF_POWER_GIVEN = "impersonation-of-every-service-account"
"""The check that tells how much a policy gives somebody, the first whom it names there."""


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], _: Tree) -> tuple[Finding, ...]:
    """The findings; those of the power of such an account lowered, down to medium."""
    return tuple(_told(one, resources) if one.severity > Severity.MEDIUM else one for one in findings)


def _told(finding: Finding, resources: tuple[Resource, ...]) -> Finding:
    holder = _holder(finding, resources)
    if holder is None or not is_called_after_emergencies(holder):
        return finding
    return a_step_lower(finding, "by its name it is for emergencies")


def _holder(finding: Finding, resources: tuple[Resource, ...]) -> str | None:
    """What the one is called whose power a finding tells."""
    if finding.check in OF_POWER:
        return finding.subject.name
    if finding.check != OF_POWER_GIVEN:
        return None
    policies = facts_behind(finding, resources, ResourcePolicy)
    given = (grant for policy in policies for grant in known_records(policy.grants))
    told = next((grant for grant in given if grant.role is not None and grant.role.at == finding.place), None)
    first = known_records(told.principals)[:1] if told is not None else ()
    return value_of(first[0].called) if first else None
