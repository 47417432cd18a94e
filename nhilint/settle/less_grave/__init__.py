"""Findings told a step or two less gravely than their check has it, for a fact of the repository that they then name.

Each module knows one kind of reason: a block that is made on request, an account that nothing uses, a cluster whose
nodes the account owns anyway, a holder that nobody can misuse, a role for emergencies. Where it is certain that nothing
runs, applies or attaches what a finding is about, its confidence is low instead, with the doubt in words.

Each has `retold`, a function from all findings, in their order, to the same findings in the same order. What reasons
they have is listed here in the order in which they are asked, and imported only where its question holds.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from nhilint.formats.on_request import FORMAT as ON_REQUEST
from nhilint.model.fact import value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import Identity

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree


class _Told(NamedTuple):
    """What the questions look at: checks that have findings, formats of resources, providers of identities, whether
    facts lessen a finding, and whether one is above medium."""

    checks: frozenset[str]
    formats: frozenset[str]
    providers: frozenset[str | None]
    is_lessened: bool
    is_grave: bool

    def is_read_from(self, family: str) -> bool:
        """Whether a resource comes from a format of that family."""
        return any(name.startswith(family) for name in self.formats)


def _of_checks(*names: str) -> Callable[[_Told], bool]:
    return lambda told: not told.checks.isdisjoint(names)


def _in_clusters(told: _Told) -> bool:
    return "kubernetes" in told.providers


def _in_accounts_of_aws(told: _Told) -> bool:
    return "aws" in told.providers


def _of_secrets_in_terraform(told: _Told) -> bool:
    return told.is_read_from("terraform") and _of_checks("literal-credential", "literal-secret-value")(told)


_REASONS: tuple[tuple[str, Callable[[_Told], bool]], ...] = (
    ("on_request", lambda told: ON_REQUEST in told.formats),
    ("by_its_facts", lambda told: told.is_lessened),
    ("talos_admission", _of_checks("administrators-identity-handed-to-workload")),
    ("vault_policies", _of_checks("policy-opens-whole-secret-store", "policy-decides-over-rights")),
    ("only_sent_to", _of_checks("public-resource-policy")),
    ("clusters_without_entries", _of_checks("whole-service-wildcard")),
    ("people_who_start_nothing", _of_checks("people-may-act-as-every-service-account")),
    ("plain_parameters", _of_checks("parameters-of-every-workload")),
    ("variables_read_by_nothing", _of_secrets_in_terraform),
    ("called_by_nothing", lambda told: "bicep" in told.formats),
    ("left_out_of_pipelines", lambda told: told.is_read_from("gitlab")),
    ("in_clusters", _in_clusters),
    ("tokens_of_little", _in_clusters),
    ("shown_to_many", _in_clusters),
    ("groups_not_taken", _in_clusters),
    ("run_by_what_is_left_out", _in_clusters),
    ("applied_by_nothing", _in_clusters),
    ("commented_out", _in_clusters),
    ("tokens_by_hand", _in_clusters),
    ("of_monitoring", _in_clusters),
    ("asked_to_create", _in_clusters),
    ("keys_of_little", _in_accounts_of_aws),
    ("out_of_reach", _in_accounts_of_aws),
    ("beside_administration", _in_accounts_of_aws),
    ("in_an_emergency", lambda told: told.is_grave),
)


def told_less_gravely(
    findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree
) -> tuple[Finding, ...]:
    """The findings, in their order; the severities that the configuration gives come after this."""
    if not findings:
        return findings
    asked = _looked_at(findings, resources)
    for module, holds in _REASONS:
        if holds(asked):
            findings = import_module(f"{__name__}.{module}").retold(findings, resources, tree)
    return findings


def _looked_at(findings: tuple[Finding, ...], resources: tuple[Resource, ...]) -> _Told:
    return _Told(
        checks=frozenset(one.check for one in findings),
        formats=frozenset(one.format for one in resources),
        providers=frozenset(value_of(one.facts.provider) for one in resources if isinstance(one.facts, Identity)),
        is_lessened=any(one.lessened_by for one in findings),
        is_grave=any(one.severity > Severity.MEDIUM for one in findings),
    )
