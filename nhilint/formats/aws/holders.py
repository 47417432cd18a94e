"""Who takes a principal and what it is for, as far as that says how much its permissions matter: always a known answer.

What cannot be read counts as anybody, so that no finding is lost to a template.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from nhilint.formats.aws.deployers import deploys
from nhilint.formats.aws.people import (
    asks_for_people,
    brings_second_factor,
    of_home_of_people,
    of_persons,
    turns_away_keys_alone,
)
from nhilint.formats.aws.ways_in import has_only, of_accounts, services_of, words_of
from nhilint.knowledge.aws import vendor_role
from nhilint.knowledge.emergencies import is_called_after_emergencies
from nhilint.model.fact import Known, known_records, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhilint.knowledge.aws import VendorRole
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.statement import Grant
    from nhilint.model.vocabulary.trust import Trust

Taker = Literal["people", "schedule", "definition", "control_plane", "deployment", "vendor", "anything"]

_OF_A_RULE = frozenset({"events.amazonaws.com", "scheduler.amazonaws.com", "pipes.amazonaws.com"})
_OF_A_DEFINITION = _OF_A_RULE | {
    "appflow.amazonaws.com",
    "backup.amazonaws.com",
    "batchoperations.s3.amazonaws.com",
    "budgets.amazonaws.com",
    "codedeploy.amazonaws.com",
    "codepipeline.amazonaws.com",
    "datasync.amazonaws.com",
    "delivery.logs.amazonaws.com",
    "dlm.amazonaws.com",
    "dms.amazonaws.com",
    "elastictranscoder.amazonaws.com",
    "export.rds.amazonaws.com",
    "fis.amazonaws.com",
    "firehose.amazonaws.com",
    "logs.amazonaws.com",
    "mediaconnect.amazonaws.com",
    "mediaconvert.amazonaws.com",
    "medialive.amazonaws.com",
    "mediapackage.amazonaws.com",
    "mediapackagev2.amazonaws.com",
    "mediatailor.amazonaws.com",
    "monitoring.rds.amazonaws.com",
    "s3.amazonaws.com",
    "states.amazonaws.com",
    "vmie.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
}
"""Services that do with a role what one definition, job or plan says, and run nobody's code with it: what CodeDeploy
brings to a machine or function runs as that (docs.aws.amazon.com/codedeploy/latest/userguide/
getting-started-create-service-role.html, read 2026-11-22), and what Fault Injection Service does stands in a
template, with the role (docs.aws.amazon.com/fis/latest/userguide/getting-started-iam-service-role.html). An action of
Budgets attaches the policy or stops the instances that it names (docs.aws.amazon.com/cost-management/latest/userguide/
budgets-controls.html, from a survey)."""
_OF_A_CONTROL_PLANE = frozenset(
    {
        "autoscaling.amazonaws.com",
        "cloudtrail.amazonaws.com",
        "config.amazonaws.com",
        "eks-fargate-pods.amazonaws.com",
        "eks.amazonaws.com",
    }
)
"""Services that keep up what they are there for with a role, run by AWS alone: no code and no person of the customer
gets its credentials. A cluster manages its nodes and load balancers with it, and what runs in a pod on Fargate cannot
assume that pod's execution role (docs.aws.amazon.com/eks/latest/userguide/cluster-iam-role.html, …/pod-execution-role
.html); AWS Config writes down what it finds and asks for it (docs.aws.amazon.com/config/latest/developerguide/
iamrole-permissions.html); Auto Scaling tells of instances that come and go (docs.aws.amazon.com/autoscaling/ec2/
userguide/prepare-for-lifecycle-notifications.html, all read 2026-11-23); CloudTrail writes to a log group (docs.aws.
amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html, from a survey)."""
_OF_A_RUNBOOK = "ssm.amazonaws.com"
"""Systems Manager, which takes the steps of a runbook with the role that an automation or a remediation of AWS Config
is given (docs.aws.amazon.com/config/latest/developerguide/remediation.html, read 2026-11-22)."""
_MANAGES_A_MACHINE = Deferred(r"/(?:AmazonSSMManaged(?:EC2)?Instance\w{1,40}|AmazonEC2RoleforSSM)$")
"""AWS's policies for what an agent of Systems Manager runs on: a machine outside of EC2 takes such a role itself
(docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-multicloud-service-role.html, read 2026-11-22)."""
_CALLS_AS_SET_UP = _OF_A_DEFINITION | {"apigateway.amazonaws.com"}
"""Services that make with a role the calls that somebody set up, with no code of the customer's that could make others:
those above, and API Gateway, where each method is integrated with one action of a service (docs.aws.amazon.com/
apigateway/latest/developerguide/getting-started-aws-proxy.html, read 2026-11-23). What they call may be handed on by
whoever calls the API, so that such a role is told, less gravely, where the others stay quiet."""
_PIPELINES = "codepipeline.amazonaws.com"
_OF_CLUSTERS_OF_MACHINES = frozenset({"elasticmapreduce.amazonaws.com"})
"""Amazon EMR, which starts the machines of a cluster with its service role; what runs on them has another one, of the
instance profile (docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role.html, read 2026-11-23)."""
_ONLY_COMPARES = frozenset({"mediapackage.amazonaws.com", "mediapackagev2.amazonaws.com"})
"""Services that read a secret to compare it with what a request brings, and give it to nobody (docs.aws.amazon.com/
mediapackage/latest/userguide/cdn-auth.html, read 2026-11-23)."""
_ADMINISTERS = frozenset({"admin", "admins", "administrator", "administrators"})
"""Words of a name that say it administers an account."""
_HELPS = frozenset({"ops", "operations", "developer", "developers", "support", "engineer", "engineers"})
"""Words of a name that say people look after something with it."""
_OF_A_PRODUCT = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d"
"""Microsoft's own tenant, from which Defender for Cloud enters the accounts of its customers."""
_OF_PEOPLE = Deferred(r"(?:^|[/_-])(?:single-?sign-?on|sso|permission[-_]?sets?|identity-?cent(?:er|re))(?:[/_.-]|$)")
"""Names of files and folders that hold the policies of permission sets, which people take in IAM Identity Center."""


def taken_by(
    kind: str, name: str, trusts: Many[Trust], at: Place, grants: Sequence[Grant] = (), managed: Sequence[str] = ()
) -> Known[Taker]:
    """Who takes it: people, the rule or definition of a service that does nothing else, a control plane that AWS runs,
    what deploys, a vendor, or anything. `name` is all that a file says of its name: parts that a run fills in may be
    left out. `managed` are the managed policies that it carries, by ARN or name."""
    ways = known_records(trusts)
    if kind == "user" and any(map(turns_away_keys_alone, grants)):
        return Known("people", at)
    if kind == "policy" and _OF_PEOPLE.search(at.path.lower()):
        return Known("people", at)
    if kind == "group" or any(value_of(way.issuer_kind) == "saml" for way in ways):
        return Known("people", at)
    if kind in ("role", "policy") and deploys(name, trusts, ways, managed):
        return Known("deployment", at)
    on_a_machine = manages_a_machine(managed)
    return Known(_admitted(name, ways, on_a_machine=on_a_machine) if has_only(trusts, ways) else "anything", at)


def manages_a_machine(managed: Iterable[str]) -> bool:
    """Whether one of some managed policies, by ARN or name, is there for the agent of Systems Manager."""
    return any(_MANAGES_A_MACHINE.search(f"/{policy}") for policy in managed)


def _admitted(name: str, ways: Sequence[Trust], *, on_a_machine: bool) -> Taker:
    """Who takes it by ways in that are all known."""
    if all(asks_for_people(way) for way in ways):
        return "people"
    if all(map(_of_vendor, ways)):
        return "vendor"
    in_emergencies = is_called_after_emergencies(name, only_people_enter=True)
    administers = in_emergencies or not _ADMINISTERS.isdisjoint(words_of(name))
    if administers and all(of_accounts(way) or of_persons(way, or_accounts=True) for way in ways):
        return "people"
    helps = not _HELPS.isdisjoint(words_of(name)) and all(map(of_accounts, ways))
    if helps and (all(map(of_home_of_people, ways)) or all(map(brings_second_factor, ways))):
        return "people"
    return _service_taking([services_of(way) for way in ways], on_a_machine=on_a_machine)


def _service_taking(services: Sequence[frozenset[str]], *, on_a_machine: bool) -> Taker:
    """Who takes it of the services that each way in admits, where all are of one sort."""
    defined = _OF_A_DEFINITION if on_a_machine else _OF_A_DEFINITION | {_OF_A_RUNBOOK}
    sorts: tuple[tuple[Taker, frozenset[str]], ...] = (
        ("schedule", _OF_A_RULE),
        ("control_plane", _OF_A_CONTROL_PLANE),
        ("definition", defined),
    )
    return next((taker for taker, sort in sorts if all(named and named <= sort for named in services)), "anything")


def runs_no_code(trusts: Many[Trust]) -> bool:
    """Whether all that take it are services that make set-up calls and run nobody's code, as a runbook may."""
    return _is_only_of(trusts, _CALLS_AS_SET_UP)


def takes_pipelines(trusts: Many[Trust]) -> bool:
    """Whether CodePipeline is among the services that take it."""
    return any(_PIPELINES in services_of(way) for way in known_records(trusts))


def starts_clusters(trusts: Many[Trust]) -> bool:
    """Whether all that take it are services that start the machines of a cluster with it, which never hold it."""
    return _is_only_of(trusts, _OF_CLUSTERS_OF_MACHINES)


def only_compares_secrets(trusts: Many[Trust]) -> bool:
    """Whether all that take it are services that compare the secrets they read with it, and never give them out."""
    return _is_only_of(trusts, _ONLY_COMPARES)


def _is_only_of(trusts: Many[Trust], services: frozenset[str]) -> bool:
    ways = known_records(trusts)
    return has_only(trusts, ways) and all(named and named <= services for named in map(services_of, ways))


def _of_vendor(way: Trust) -> bool:
    """Whether only a role of a vendor enters that is known by its name, or another account that has to give an external
    id: so is a product connected that is run elsewhere
    (docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html)."""
    if (value_of(way.issuer) or "").startswith(_OF_A_PRODUCT) or vendor_roles(way):
        return True
    foreign = value_of(way.external) is not False or not has_only(way.principals, known_records(way.principals))
    asked = value_of(way.external_id) is True and value_of(way.anyone) is not True
    return foreign and asked and not services_of(way)


def vendor_roles(way: Trust) -> tuple[VendorRole, ...]:
    """The roles of vendors that a way in admits by name; none where it admits anybody else as well."""
    admitted = known_records(way.principals)
    roles = [role for one in admitted if (role := vendor_role(value_of(one.value) or "")) is not None]
    return tuple(roles) if has_only(way.principals, admitted) and len(roles) == len(admitted) else ()
