"""A token without an end of an account of a cluster weighs what the account may do.

It is told one step less gravely where all that the account is given here is next to nothing
(`nhilint.settle.less_grave.reads_of_little`): whoever holds it learns who is who and what runs where, and changes
nothing. It is told one step more gravely where the account is an administrator of the whole cluster: a copy of it is
the cluster for as long as nobody deletes the Secret. Such a binding may stand in another folder of the repository than
the Secret; then the words name the role as well. Several accounts of one name have to be alike to be lowered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.less_grave.reads_of_little import little_that_it_does
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource

OF_TOKENS = "token-secret-without-end"
_REAL = "production"
_EVERYTHING = "everything"


def told_of_administrators(findings: Iterable[Finding], resources: tuple[Resource, ...]) -> tuple[Finding, ...]:
    """The findings; those about tokens of administrators raised, before anything lowers them."""
    return tuple(_raised(one, resources) if one.check == OF_TOKENS else one for one in findings)


def told_of_tokens(findings: Iterable[Finding], resources: tuple[Resource, ...]) -> tuple[Finding, ...]:
    """The findings; those about tokens of accounts that do next to nothing lowered."""
    return tuple(_lowered(one, resources) for one in findings)


def _raised(finding: Finding, resources: tuple[Resource, ...]) -> Finding:
    powers = _powers(finding, resources)
    if not powers:
        return finding
    has = f", and has {', '.join(powers)} over the whole cluster"
    said = finding.message if has in finding.message else f"{finding.message}{has}"
    return replace(finding, severity=max(finding.severity, Severity.HIGH), message=said)


def _powers(finding: Finding, resources: tuple[Resource, ...]) -> tuple[str, ...]:
    """The roles by which the account administers its cluster, with what the other folders of the repository give it
    where its full name says which account is meant."""
    name, own = finding.subject.name, [one for one in resources if one.name == finding.subject.name]
    real = [one.facts for one in own if isinstance(one.facts, Identity) and one.setting == _REAL]
    told = [one for one in real if value_of(one.provider) == "kubernetes"]
    if "/" not in name:
        told = [one for one in told if any(way.at == finding.place for way in known_records(one.escalations))]
    roles = (role for one in told for role in (value_of(one.managed_admin) or ()))
    powers = tuple(dict.fromkeys(roles))
    return powers or ((_EVERYTHING,) if any(value_of(one.admin) for one in told) else ())


def _lowered(finding: Finding, resources: tuple[Resource, ...]) -> Finding:
    if finding.check != OF_TOKENS or finding.severity <= Severity.LOW:
        return finding
    alike = tuple(facts_behind(finding, resources, Identity))
    little = {little_that_it_does(one) for one in alike}
    if len(little) != 1 or little == {""}:
        return finding
    return a_step_lower(finding, f"all that the account is given here is {little.pop()}")
