"""What an account may do in its cluster is told one step less gravely where all that runs as it here is left out of
what is applied: its kustomization does not list the file, or Flux does not reach it.

The rights are there until somebody deletes them; nothing holds them today. An account for which a Secret keeps a token,
or one that another file of the repository names as a pod's or a chart's, stays as grave as it is. What leads out of the
cluster does as well.
"""

from __future__ import annotations

from posixpath import dirname
from typing import TYPE_CHECKING

from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.in_clusters import places_of_power
from nhilint.settle.less_grave.tokens_by_hand import KEPT_TOKENS, may_run
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

LEFT_OUT = "all that runs as it here is left out of what is applied"
_REAL, _LEFT_OUT = "production", "example"


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those on the power of such accounts lowered."""
    about = {one.subject.name for one in findings if one.subject.kind == "identity" and one.severity > Severity.LOW}
    files = {name: found for name in about if "/" in name and (found := _files_left_out(name, resources))}
    files = {name: paths for name, paths in files.items() if not may_run(name.partition("/")[2], tree, paths)}
    return tuple(_told(one, resources) if one.subject.name in files else one for one in findings) if files else findings


def _files_left_out(name: str, resources: tuple[Resource, ...]) -> frozenset[str]:
    """The files of what would run as an account, where they are left out of the folder in which it is declared, and
    nothing else runs as it."""
    found: set[str] = set()
    homes: set[str] = set()
    for setting, account in _accounts(name, resources):
        kept = any(value_of(way.id) == KEPT_TOKENS for way in known_records(account.escalations))
        if kept or (setting == _REAL and account.workloads != ()):
            return frozenset()
        if setting == _LEFT_OUT:
            found |= {value.at.path for value in known_records(account.workloads)}
        else:
            homes.add(dirname(account.at.path))
    return frozenset(found) if set(map(dirname, found)) <= homes else frozenset()


def _accounts(name: str, resources: tuple[Resource, ...]) -> list[tuple[str, Identity]]:
    named = [(one.setting, one.facts) for one in resources if one.name == name and isinstance(one.facts, Identity)]
    return [(setting, one) for setting, one in named if value_of(one.provider) == "kubernetes"]


def _told(finding: Finding, resources: tuple[Resource, ...]) -> Finding:
    accounts = [one for setting, one in _accounts(finding.subject.name, resources) if setting == _REAL]
    is_power = any(finding.place in places_of_power(one) for one in accounts)
    return a_step_lower(finding, LEFT_OUT) if is_power and finding.severity > Severity.LOW else finding
