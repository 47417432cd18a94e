"""What a principal of AWS holds is told less gravely where, by what stands here, nobody who could misuse it gets it.

That is a role with which Amazon ECS only starts tasks or Amazon EMR only the machines of clusters, what a service that
runs no code could do besides the calls that it is set up for (the more so with secrets that it only compares), a shell
on instances that no agent of Systems Manager opens, or in containers that no agent of ECS Exec does, the key of a user
that only registers servers, the end of log groups by what takes whole stacks down, a role of functions that only
CloudFormation calls, a policy that only CloudFormation builds with after a bootstrap, and one that no file refers to.
Of no consequence, as far as anything here tells, is what a control plane of AWS may do with a role that only it takes,
a policy that infrastructure code attaches to nothing, and what a vendor asks for a role of its own. A policy that
others are meant to attach, as a module hands it out or a file of its own has it, is none of these.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from nhilint.formats.aws.holders import (
    manages_a_machine,
    only_compares_secrets,
    runs_no_code,
    starts_clusters,
    takes_pipelines,
)
from nhilint.formats.aws.single_use import only_registers_servers, takes_stacks_down
from nhilint.model.fact import known_records, value_of
from nhilint.model.finding import Severity
from nhilint.model.vocabulary.identity import Identity
from nhilint.settle.less_grave.attached_nowhere import Attaching
from nhilint.settle.less_grave.commands_in_tasks import reached_through_tasks, shows_tasks_without_agent
from nhilint.settle.less_grave.managed_instances import reached_through_instances, shows_instances_without_agent
from nhilint.settle.less_grave.pipeline_commands import has_commands_in_pipelines
from nhilint.settle.less_grave.who_is_meant import meant_by, vendor_prescribing
from nhilint.settle.less_grave.words_elsewhere import is_written
from nhilint.settle.lowered import a_step_lower, without_consequence
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from nhilint.model.finding import Finding
    from nhilint.model.resource import Resource
    from nhilint.tree import Tree

_OF_SINGLE_SERVICES = frozenset(
    {
        "parameters-of-every-workload",
        "permission-change-on-every-resource",
        "secrets-of-every-workload",
        "stored-data-of-every-workload",
        "unlimited-pass-role",
        "whole-service-wildcard",
        "workload-may-silence-its-watch",
    }
)
"""The checks whose danger is code that makes calls which nobody meant it to make."""
OF_POWER = _OF_SINGLE_SERVICES | {
    "administrator-policy-attached",
    "allow-all-but-a-few",
    "full-admin-policy",
    "identity-can-escalate",
    "identity-may-assume-any-role",
    "identity-may-start-any-build-or-job",
}
"""The checks that tell how much somebody may do."""
_OF_INSTANCES = "identity-can-escalate"
_OF_WAYS = frozenset({"identity-can-escalate", "unlimited-pass-role"})
"""Those of them that tell of starting something that runs as somebody else."""
_OF_EVERYTHING = frozenset({"administrator-policy-attached", "allow-all-but-a-few", "full-admin-policy"})
"""Those that tell of all that an account has."""
_OF_CALLS = _OF_SINGLE_SERVICES | _OF_EVERYTHING
"""Those that a service which only makes the calls that it is set up for does not come to by itself."""
_OF_CODE = _OF_SINGLE_SERVICES | _OF_WAYS
"""Both: who only starts machines or is called by CloudFormation alone makes none of these calls for anybody else."""
_OF_SECRETS = "secrets-of-every-workload"
_OF_KEYS = "secret-key-in-stack-outputs"
_OF_PARAMETERS = "parameters-of-every-workload"
_READ_BY_AGENTS = frozenset({"ssm:GetParameter", "ssm:GetParameters"})
"""What AmazonSSMManagedInstanceCore reads of every parameter (docs.aws.amazon.com/aws-managed-policy/latest/reference/
AmazonSSMManagedInstanceCore.html, from a survey)."""
_OF_RECORDS = "workload-may-silence-its-watch"
_OF_STACKS = Deferred(r"^(?:ec2|logs|route53resolver):")
"""Records that a stack keeps of itself; trails, detectors and guardrails watch others."""

_ON_EKS = r"emr-containers"
"""The commands and the service of Amazon EMR on EKS, whose jobs run with a role that is made for the service first
(docs.aws.amazon.com/emr/latest/EMR-on-EKS-DevelopmentGuide/creating-job-execution-role.html, from a survey)."""
_BEGINS = ("Create", "Enable", "Put", "Start")


def retold(findings: tuple[Finding, ...], resources: tuple[Resource, ...], tree: Tree) -> tuple[Finding, ...]:
    """The findings; those about such a principal lowered. Several principals that one may mean have to be alike."""
    named: dict[str, list[Identity]] = defaultdict(list)
    for resource in resources:
        if isinstance(resource.facts, Identity) and value_of(resource.facts.provider) == "aws":
            named[resource.name].append(resource.facts)
    files = Attaching(tree)
    told: list[Finding] = []
    for finding in findings:
        about = meant_by(finding, named.get(finding.subject.name, ()))
        told.append(_told(finding, about, resources, files) if about else finding)
    return tuple(told)


def _told(finding: Finding, alike: tuple[Identity, ...], held: tuple[Resource, ...], files: Attaching) -> Finding:
    check = finding.check
    told = _told_of_power(finding, alike, files) if check in OF_POWER else finding
    if check == _OF_RECORDS and all(map(_sets_up_records, alike)):
        return without_consequence(told, "only CloudFormation calls the functions with it, which set up what they end")
    if told is not finding or finding.severity <= Severity.LOW:
        return told
    because = _why_less(check, alike, held, files.tree)
    return a_step_lower(finding, because) if because else finding


def _why_less(check: str, alike: tuple[Identity, ...], held: tuple[Resource, ...], tree: Tree) -> str:
    """What makes a finding of one check alone less grave; empty where nothing does."""
    if check in _BY_FACTS:
        holds, because = _BY_FACTS[check]
        return because if all(map(holds, alike)) else ""
    if check != _OF_INSTANCES:
        return ""
    if all(map(reached_through_instances, alike)) and shows_instances_without_agent(held, tree, alike):
        return "no other role of an instance here lets the agent of Systems Manager in"
    if all(map(reached_through_tasks, alike)) and shows_tasks_without_agent(held, tree):
        return "no role of a task here lets the agent of ECS Exec in, and nothing enables it"
    return ""


def _told_of_power(finding: Finding, alike: tuple[Identity, ...], files: Attaching) -> Finding:
    if all(value_of(one.taken_by) == "control_plane" for one in alike):
        by = "only a control plane that AWS runs takes it, which hands its credentials to nobody"
        return without_consequence(finding, by)
    if all(files.is_left_over(one) for one in alike):
        return without_consequence(finding, "nothing in this repository attaches the policy")
    vendors = {vendor_prescribing(finding.check, one) for one in alike}
    if None not in vendors:
        by = " and ".join(sorted(filter(None, vendors)))
        return without_consequence(finding, f"only {by} takes it, by a role of its own, and asks for these rights")
    return _told_of_less_power(finding, alike, files) if finding.severity > Severity.LOW else finding


def _told_of_less_power(finding: Finding, alike: tuple[Identity, ...], files: Attaching) -> Finding:
    if all(value_of(one.starts_tasks) is True for one in alike):
        return a_step_lower(finding, "Amazon ECS starts tasks with it, whose containers never hold it")
    if finding.check in _OF_CODE and _starts_clusters(alike, files.tree):
        return a_step_lower(finding, "only Amazon EMR takes it, to start the machines of clusters, which never hold it")
    if finding.check == _OF_SECRETS and all(only_compares_secrets(one.trusts) for one in alike):
        by = "only a service of AWS takes it, which compares secrets with what requests bring and gives none out"
        return a_step_lower(finding, by, steps=2)
    if finding.check in _OF_CALLS and _runs_no_code(alike, files.tree):
        return a_step_lower(finding, "only a service of AWS takes it, which makes the calls that it is set up for")
    if finding.check in _OF_CODE and all(value_of(one.of_custom_resources) is True for one in alike):
        return a_step_lower(finding, "only functions run as it that CloudFormation calls, as the stack changes")
    because = {files.why_nobody_has(one) for one in alike}
    return a_step_lower(finding, because.pop()) if len(because) == 1 and "" not in because else finding


def _reads_as_an_agent_does(holder: Identity) -> bool:
    """Whether it carries such a policy, and reads no parameter in another way than that lets it."""
    reads = {one for grant in known_records(holder.grants) for one in value_of(grant.unlimited_store_reads) or ()}
    of_parameters = {one for one in reads if one.startswith("ssm:")}
    return manages_a_machine(value_of(holder.managed) or ()) and of_parameters <= _READ_BY_AGENTS


def _starts_clusters(alike: tuple[Identity, ...], tree: Tree) -> bool:
    """Whether only Amazon EMR takes them, for clusters of its own: the role of jobs on Amazon EKS is made with the same
    trust, and opened to their pods by a command."""
    return all(starts_clusters(one.trusts) for one in alike) and not is_written(_ON_EKS, tree)


def _runs_no_code(alike: tuple[Identity, ...], tree: Tree) -> bool:
    """Whether only such services take them; a pipeline is one of these as long as none of its actions is a command."""
    if not all(runs_no_code(one.trusts) for one in alike):
        return False
    return not any(takes_pipelines(one.trusts) for one in alike) or not has_commands_in_pipelines(tree)


def _sets_up_records(holder: Identity) -> bool:
    """Whether functions of custom resources alone hold it, which make or start in each service what they end there."""
    grants = known_records(holder.grants)
    ends = {one.partition(":")[0] for grant in grants for one in value_of(grant.unlimited_silencing) or ()}
    writes = [one.partition(":") for grant in grants for one in value_of(grant.unlimited_writes) or ()]
    makes = {service for service, _, verb in writes if verb.startswith(_BEGINS)}
    return value_of(holder.of_custom_resources) is True and bool(ends) and ends <= makes


def _ends_records_of_stacks(holder: Identity) -> bool:
    ends = [one for grant in known_records(holder.grants) for one in value_of(grant.unlimited_silencing) or ()]
    return all(map(_OF_STACKS.search, ends)) and takes_stacks_down(holder)


_BY_FACTS = {
    _OF_KEYS: (only_registers_servers, "all that it may do is to register servers with a service that copies them"),
    _OF_PARAMETERS: (
        _reads_as_an_agent_does,
        "a policy of AWS for the agent of Systems Manager, which it carries, gives it the same",
    ),
    _OF_RECORDS: (
        _ends_records_of_stacks,
        "it deletes in many services and makes nothing, as what takes stacks down does",
    ),
}
"""What makes findings of one check alone less grave: a fact of who holds the power, and the words for it."""
