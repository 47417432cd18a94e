"""What many may look at who were not meant is told one step less gravely where next to nothing is to be seen.

Strangers who may read kinds that hold no data, such as the classes that clusters are made from, learn no workload, no
setting and no log (`nhilint.settle.less_grave.reads_of_little`). Pods that name no account and may read what there is
in their own namespace, and none of its secrets, take nothing over by it: a pod that mounts the same things reads more.
What Argo asks for the pods that it starts lets everybody note how a step ended, and read nothing. A rule that cannot be
read and a role that is declared elsewhere leave it as it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.facts_behind import facts_behind
from nhilint.settle.less_grave.reads_of_little import little_that_it_does
from nhilint.settle.lowered import a_step_lower

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.model.vocabulary.statement import Grant
    from nhilint.tree import Tree

OF_STRANGERS = "strangers-may-look-around"
OF_DEFAULT = "default-account-with-rights"
OF_EVERYBODY = "rights-for-every-account"
CHECKS = frozenset({OF_STRANGERS, OF_DEFAULT, OF_EVERYBODY})
_READING = ("get ", "list ", "watch ")
_TELLING = frozenset({"*", "secrets", "pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "services/proxy"})
"""What a reading verb opens: secrets, and ways into pods."""
_OF_PODS = "k8s-subject-default"
_OF_EXECUTORS = frozenset({"create workflowtaskresults", "patch workflowtaskresults"})
_WORKFLOWS = ("argoproj.io",)
NOTES_OUTCOMES = "all that it is given here is to note how steps of workflows ended, and it reads nothing"
IN_ITS_NAMESPACE = "it reads what there is in one namespace, no secret, and changes nothing"


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], _: Tree) -> tuple[Finding, ...]:
    """The findings; those on such subjects lowered."""
    return tuple(_told(one, resources) if one.check in CHECKS else one for one in findings)


def _told(finding: Finding, resources: tuple[Resource, ...]) -> Finding:
    alike = tuple(facts_behind(finding, resources, Identity))
    if not alike or finding.severity <= Severity.LOW:
        return finding
    if finding.check == OF_DEFAULT:
        return a_step_lower(finding, IN_ITS_NAMESPACE) if all(map(_reads_its_namespace, alike)) else finding
    if finding.check == OF_EVERYBODY:
        return a_step_lower(finding, NOTES_OUTCOMES) if all(map(_notes_outcomes, alike)) else finding
    little = {little_that_it_does(one) for one in alike}
    if len(little) != 1 or little == {""}:
        return finding
    return a_step_lower(finding, f"all that it is given here is {little.pop()}")


def _reads_its_namespace(account: Identity) -> bool:
    """Whether all that is bound to it shows what there is in one namespace, by roles whose rules are known."""
    bound = [one for one in known_records(account.escalations) if value_of(one.id) == _OF_PODS]
    if not bound or not all(value_of(one.only_shows) and value_of(one.cluster_wide) is False for one in bound):
        return False
    if not isinstance(account.grants, tuple) or not account.grants:
        return False
    if isinstance(account.managed, Known) and account.managed.value:
        return False
    return not any(isinstance(grant, Unknown) or not _reads(grant) for grant in account.grants)


def _notes_outcomes(subject: Identity) -> bool:
    """Whether all that is bound to it is what the pods of Argo's workflows need.

    Source, known, page not re-read: https://argo-workflows.readthedocs.io/en/latest/workflow-rbac/.
    """
    if not isinstance(subject.grants, tuple) or not subject.grants:
        return False
    if not isinstance(subject.managed, Known) or subject.managed.value:
        return False
    return not any(
        isinstance(grant, Unknown)
        or value_of(grant.services) != _WORKFLOWS
        or not frozenset(value_of(grant.actions) or ("*",)) <= _OF_EXECUTORS
        for grant in subject.grants
    )


def _reads(grant: Grant) -> bool:
    actions = value_of(grant.actions) or ()
    kinds = {one.partition(" ")[2] for one in actions}
    reads = bool(actions) and all(one.startswith(_READING) for one in actions)
    return reads and value_of(grant.cluster_wide) is False and kinds.isdisjoint(_TELLING)
