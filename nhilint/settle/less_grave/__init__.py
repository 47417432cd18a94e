"""Findings told a step or two less gravely than their check has it, for a fact of the repository that they then name.

Each module knows one kind of reason: a block that is made on request, an account that nothing uses, a cluster whose
nodes the account owns anyway, a holder that nobody can misuse, a role for emergencies. Where it is certain that nothing
runs, applies or attaches what a finding is about, its confidence is low instead, with the doubt in words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.formats.on_request import FORMAT as ON_REQUEST
from nhilint.model.fact import value_of
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.in_an_emergency import told_in_an_emergency

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_OF_TALOS = "administrators-identity-handed-to-workload"
_OF_VAULT = frozenset({"policy-opens-whole-secret-store", "policy-decides-over-rights"})
_OF_PARAMETERS = "parameters-of-every-workload"
_OF_PEOPLE = "people-may-act-as-every-service-account"
_OF_SERVICES = "whole-service-wildcard"
_OF_TOPICS = "public-resource-policy"
_OF_SECRETS = frozenset({"literal-credential", "literal-secret-value"})


def told_less_gravely(
    findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree
) -> tuple[Finding, ...]:
    """The findings, in their order; the severities that the configuration gives come after this."""
    if not findings:
        return findings
    told, formats = findings, {one.format for one in resources}
    if ON_REQUEST in formats:
        from nhilint.settle.less_grave.on_request import told_on_request

        told = told_on_request(told, resources, tree)
    if any(finding.lessened_by for finding in told):
        from nhilint.settle.less_grave.by_its_facts import told_lessened

        told = told_lessened(told, tree)
    told = _by_their_formats(_by_their_checks(told, resources, tree), resources, tree)
    return told_in_an_emergency(_by_their_holders(told, resources, tree), resources)


def _by_their_checks(findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """What is asked about the findings of one check or two alone."""
    told, checks = findings, {one.check for one in findings}
    if _OF_TALOS in checks:
        from nhilint.settle.less_grave.talos_admission import told_where_talos_admits

        told = told_where_talos_admits(told, resources, tree)
    if _OF_VAULT & checks:
        from nhilint.settle.less_grave.vault_policies import told_of_vault

        told = told_of_vault(told, resources, tree)
    if _OF_TOPICS in checks:
        from nhilint.settle.less_grave.only_sent_to import told_of_topics

        told = told_of_topics(told, resources)
    if _OF_SERVICES in checks:
        from nhilint.settle.less_grave.clusters_without_entries import told_of_clusters

        told = told_of_clusters(told, resources)
    if _OF_PEOPLE in checks:
        from nhilint.settle.less_grave.people_who_start_nothing import told_of_people

        told = told_of_people(told, resources)
    if _OF_PARAMETERS in checks:
        from nhilint.settle.less_grave.plain_parameters import told_of_parameters

        told = told_of_parameters(told, tree)
    return told


def _by_their_formats(
    findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree
) -> tuple[Finding, ...]:
    """What only the files of one format can tell."""
    told, formats = findings, {one.format for one in resources}
    if any(one.check in _OF_SECRETS for one in told) and any(name.startswith("terraform") for name in formats):
        from nhilint.settle.less_grave.variables_read_by_nothing import told_of_unread_variables

        told = told_of_unread_variables(told, tree)
    if "bicep" in formats:
        from nhilint.settle.less_grave.called_by_nothing import told_of_uncalled

        told = told_of_uncalled(told, tree)
    if any(name.startswith("gitlab") for name in formats):
        from nhilint.settle.less_grave.left_out_of_pipelines import told_where_included

        told = told_where_included(told, resources)
    return told


def _by_their_holders(
    findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree
) -> tuple[Finding, ...]:
    """What depends on who holds the power in a cluster or an account of AWS."""
    told = findings
    providers = {value_of(one.facts.provider) for one in resources if isinstance(one.facts, Identity)}
    if "kubernetes" in providers:
        from nhilint.settle.less_grave.applied_by_nothing import told_unapplied
        from nhilint.settle.less_grave.asked_to_create import told_where_create_is_asked
        from nhilint.settle.less_grave.commented_out import told_of_commented_out
        from nhilint.settle.less_grave.groups_not_taken import told_of_proxies
        from nhilint.settle.less_grave.in_clusters import told_in_clusters
        from nhilint.settle.less_grave.of_monitoring import told_of_monitoring
        from nhilint.settle.less_grave.run_by_what_is_left_out import told_where_left_out
        from nhilint.settle.less_grave.shown_to_many import told_of_many
        from nhilint.settle.less_grave.tokens_by_hand import told_where_people_take_tokens
        from nhilint.settle.less_grave.tokens_of_little import told_of_tokens

        told = told_of_many(told_of_tokens(told_in_clusters(told, resources), resources), resources)
        told = told_where_left_out(told_of_proxies(told, resources), resources, tree)
        told = told_of_commented_out(told_unapplied(told, tree), tree)
        told = told_where_people_take_tokens(told, resources, tree)
        told = told_where_create_is_asked(told_of_monitoring(told, tree), resources, tree)
    if "aws" in providers:
        from nhilint.settle.less_grave.beside_administration import told_beside_administration
        from nhilint.settle.less_grave.keys_of_little import told_of_keys
        from nhilint.settle.less_grave.out_of_reach import told_out_of_reach

        told = told_of_keys(told, resources, tree)
        told = told_beside_administration(told_out_of_reach(told, resources, tree), resources)
    return told
