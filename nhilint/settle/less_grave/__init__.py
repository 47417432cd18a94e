"""Findings told a step or two less gravely than their check has it, for a fact of the repository that they then name.

Each module knows one kind of reason: a block that is made on request, an account that nothing uses, a cluster whose
nodes the account owns anyway, a holder that nobody can misuse, a role for emergencies. Nothing is hidden for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.on_request import FORMAT as ON_REQUEST
from nhilint.model.fact import value_of
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.in_an_emergency import told_in_an_emergency
from nhilint.settle.less_grave.in_clusters import told_in_clusters

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree


def told_less_gravely(
    findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree
) -> tuple[Finding, ...]:
    """The findings, in their order; the severities that the configuration gives come after this."""
    told = findings
    if any(resource.format == ON_REQUEST for resource in resources):
        from nhilint.settle.less_grave.on_request import told_on_request

        told = told_on_request(told, resources, tree)
    if any(finding.lessened_by for finding in told):
        from nhilint.settle.less_grave.by_its_facts import told_lessened

        told = told_lessened(told, tree)
    told = told_in_clusters(told, resources)
    if any(_is_of_aws(resource.facts) for resource in resources):
        from nhilint.settle.less_grave.out_of_reach import told_out_of_reach

        told = told_out_of_reach(told, resources, tree)
    return tuple(map(told_in_an_emergency, told))


def _is_of_aws(facts: object) -> bool:
    return isinstance(facts, Identity) and value_of(facts.provider) == "aws"
