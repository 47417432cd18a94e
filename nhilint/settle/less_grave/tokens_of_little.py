"""A token without an end of an account of a cluster weighs what the account may do.

It is told one step less gravely where all that the account is given here is next to nothing
(`nhilint.settle.less_grave.reads_of_little`): whoever holds it learns who is who and what runs where, and changes
nothing. Pods are among it, as dashboards list them, their logs and workloads' maps are not; a credential in clear in
their variables has checks of its own. Several accounts of one name have to be alike for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.less_grave.reads_of_little import little_that_it_does
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

OF_TOKENS = "token-secret-without-end"
_LISTED = frozenset({"pods"})


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], _: Tree) -> tuple[Finding, ...]:
    """The findings; those about tokens of accounts that do next to nothing lowered."""
    return tuple(_lowered(one, resources) for one in findings)


def _lowered(finding: Finding, resources: tuple[Resource, ...]) -> Finding:
    if finding.check != OF_TOKENS or finding.severity <= Severity.LOW:
        return finding
    alike = tuple(facts_behind(finding, resources, Identity))
    little = {little_that_it_does(one, besides=_LISTED) for one in alike}
    if len(little) != 1 or little == {""}:
        return finding
    return a_step_lower(finding, f"all that the account is given here is {little.pop()}")
