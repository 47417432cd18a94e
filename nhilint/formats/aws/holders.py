"""Who takes a principal and what it is for, as far as that says how much its permissions matter: always a known answer.

What cannot be read counts as anybody, so that no finding is lost to a template. Sources, read 2026-11-22: IAM Identity
Center's roles are named AWSReservedSSO_* (docs.aws.amazon.com/singlesignon/latest/userguide/
referencingpermissionsets.html); only IAM users have the credentials of Amazon SES's SMTP interface
(docs.aws.amazon.com/ses/latest/dg/smtp-credentials.html); sessions of services and roles carry no second factor
(docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html); what a service role of
CloudFormation is for (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html) and a launch
role of Service Catalog (docs.aws.amazon.com/servicecatalog/latest/adminguide/constraints-launch.html).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from nhilint.knowledge import aws
from nhilint.model.fact import Known, Unknown, known_records, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhilint.formats.node import Node
    from nhilint.model.fact import Many
    from nhilint.model.place import Place
    from nhilint.model.vocabulary.identity import Condition, Grant, Principal, Trust

Taker = Literal["people", "schedule", "definition", "deployment", "vendor", "anything"]

_OF_A_RULE = frozenset({"events.amazonaws.com", "scheduler.amazonaws.com", "pipes.amazonaws.com"})
_OF_A_DEFINITION = _OF_A_RULE | {
    "appflow.amazonaws.com",
    "backup.amazonaws.com",
    "batchoperations.s3.amazonaws.com",
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
template, with the role (docs.aws.amazon.com/fis/latest/userguide/getting-started-iam-service-role.html)."""
_OF_A_RUNBOOK = "ssm.amazonaws.com"
"""Systems Manager, which takes the steps of a runbook with the role that an automation or a remediation of AWS Config
is given (docs.aws.amazon.com/config/latest/developerguide/remediation.html, read 2026-11-22)."""
_MANAGES_A_MACHINE = Deferred(r"/(?:AmazonSSMManaged(?:EC2)?Instance\w{1,40}|AmazonEC2RoleforSSM)$")
"""AWS's policies for what an agent of Systems Manager runs on: a machine outside of EC2 takes such a role itself
(docs.aws.amazon.com/systems-manager/latest/userguide/hybrid-multicloud-service-role.html, read 2026-11-22)."""
_NAMED_BY_AWS = Deferred(
    r"^(?:OrganizationAccountAccessRole|AWSControlTower(?:Execution|StackSetRole|Admin)|stacksets-exec-.{1,64}|"
    r"(?:AWS)?(?:CloudFormation)?StackSet-?ExecutionRole.{0,40}|AWSAccelerator-.{1,60})$",
    flags=re.IGNORECASE,
)
"""Roles under which AWS's own products build in the accounts of an organisation, as their documentation names them
(docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html, docs.aws.amazon.com/
organizations/latest/userguide/orgs_manage_accounts_access.html, docs.aws.amazon.com/controltower/latest/userguide/
roles-how.html, read 2026-11-22)."""
_REGIONAL = Deferred(r"\.[a-z]{2}(?:-[a-z]{1,10}){1,3}-\d(?=\.amazonaws\.com)")
"""The region that the names of some services may hold."""
_OF_TEMPLATES = frozenset({"cloudformation.amazonaws.com", "servicecatalog.amazonaws.com"})
"""Services that build what a template says, with the role that they are handed for it."""
_OF_STAGES = frozenset({"codebuild.amazonaws.com", "codepipeline.amazonaws.com"})
"""Services that run the stages of a pipeline, which a role called after deploying is for."""
_PIPELINES = frozenset({"github", "gitlab", "bitbucket", "circleci", "buildkite", "terraform_cloud"})
_REVIEWED = "branch_or_environment"
_REVIEWED_IN_ANY = Deferred(r"^repo:[^*?]{1,500}:(?:ref:refs/heads/|environment:)[^*?$]{1,200}$")
"""Subjects of GitHub for one branch or environment, whatever owner and repository are filled in."""
_REVIEWED_BY_NAME = Deferred(
    r"^repo:[^*?]{1,500}:(?:ref:refs/heads/|environment:)(?:[^*?$]{1,200}|\$\{[^{}]{1,200}\})$"
)
"""The same where subjects are compared letter for letter, so that a branch or environment may be filled in as well."""
_DEPLOYS = frozenset({"deploy", "deploys", "deployer", "deployment", "deployments", "terraform", "terragrunt", "tofu"})
"""Words of a name that say it builds infrastructure."""
_APPLY = "apply"
"""The word of a name for the run that builds what was planned."""
_PLANS = "plan"
"""The word of a name for what only compares, which runs on every pull request (developer.hashicorp.com/terraform/cli/
commands/plan): it applies nothing, so that its purpose does not need an administrator's policy."""
_EXECUTES = Deferred(r"(?:cdk|cfn|cloud-?formation)[a-z_-]{0,20}exec|project-factory", flags=re.IGNORECASE)
"""What policies are called that `cdk bootstrap --cloudformation-execution-policies` is given
(docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html, read 2026-11-22), and roles that build with them; also
the account that makes projects of Google Cloud (github.com/terraform-google-modules/terraform-google-project-factory,
helpers/setup-sa.sh)."""
_OF_A_CLUSTER = "system:serviceaccount:"
"""How the subjects of a cluster's tokens begin."""
_APPLIES = frozenset({"atlantis", "crossplane", "upjet"})
"""Programs, named by what they run as, that build in an account whatever is merged or declared."""
_SAID_TO_DEPLOY = Deferred(
    r"\b(?:used|assumed|taken) by terraform\b|\b(?:allows?|for|delegated) (?:[\w/-]{1,30} ){0,3}\(?terraform\b|"
    r"\bterraform (?:automation|permissions|runs?|runners?)\b|\bto (?:apply|deploy) (?:[\w/-]{1,30} ){0,2}"
    r"(?:terraform|terragrunt|infrastructure)\b",
    flags=re.IGNORECASE,
)
"""What a description says of what builds infrastructure; "managed by Terraform" stands everywhere and says nothing."""
_ADMINISTERS = frozenset({"admin", "admins", "administrator", "administrators"})
"""Words of a name that say it administers an account."""
_IN_AN_EMERGENCY = Deferred(r"(?:^|[^a-z])(?:break[-_ ]?glass|emergency)(?:[^a-z]|$)", flags=re.IGNORECASE)
"""Names of what people enter by when nothing else lets them in."""
_RUNS_BY_ITSELF = frozenset(
    {
        "agent",
        "app",
        "automation",
        "backup",
        "bot",
        "build",
        "cd",
        "ci",
        "circleci",
        "github",
        "gitlab",
        "jenkins",
        "job",
        "jobs",
        "lambda",
        "machine",
        "packer",
        "pipeline",
        "robot",
        "runner",
        "service",
        "svc",
        "system",
        "travis",
    }
)
"""Words of a user's name that say nobody signs in as it."""
_HELPS = frozenset({"ops", "operations", "developer", "developers", "support", "engineer", "engineers"})
"""Words of a name that say people look after something with it."""
_OF_A_PRODUCT = "sts.windows.net/33e01921-4d64-4f8c-a055-5bdaffd5e33d"
"""Microsoft's own tenant, from which Defender for Cloud enters the accounts of its customers."""
_HOME_OF_PEOPLE = Deferred(r"(?:^|[^a-z])(?:identit(?:y|ies)|users?|bastion)(?:[^a-z]|$)")
"""What a reference to an account is called in which people have their users, and nothing else runs."""
_WORD = Deferred(r"[A-Z]?[a-z]{1,40}|[A-Z]{1,40}(?![a-z])")
_OF_PEOPLE = Deferred(r"(?:^|[/_-])(?:single-?sign-?on|sso|permission[-_]?sets?|identity-?cent(?:er|re))(?:[/_.-]|$)")
"""Names of files and folders that hold the policies of permission sets, which people take in IAM Identity Center."""
_TELEMETRY = Deferred(
    r"(?:xray:(?:Put\w{0,40}|GetSampling\w{0,40})|cloudwatch:PutMetricData|aps:RemoteWrite|"
    r"logs:(?:Create|Put)Log\w{0,20}|logs:DescribeLog(?:Group|Stream)s)",
    flags=re.IGNORECASE,
)
_REPORTING = frozenset(
    {
        "AWSLambdaBasicExecutionRole",
        "AWSXRayDaemonWriteAccess",
        "AWSXrayWriteOnlyAccess",
        "AmazonAPIGatewayPushToCloudWatchLogs",
        "AmazonPrometheusRemoteWriteAccess",
    }
)
"""AWS's own policies that do no more (docs.aws.amazon.com/aws-managed-policy/latest/reference)."""
_MAIL = Deferred(r"ses:send(?:raw)?email", flags=re.IGNORECASE)


def purpose(description: str) -> str:
    """The word for a name that a description adds to it; empty where it says nothing of building infrastructure."""
    return "deployment" if _SAID_TO_DEPLOY.search(description[:1_000]) else ""


def taken_by(
    kind: str, name: str, trusts: Many[Trust], at: Place, grants: Sequence[Grant] = (), managed: Sequence[str] = ()
) -> Known[Taker]:
    """Who takes it: people, the rule or definition of a service that does nothing else, what deploys, a vendor, or
    anything. `name` is all that a file says of its name: parts that a run fills in may be left out. `managed` are the
    managed policies that it carries, by ARN or name."""
    ways = known_records(trusts)
    if kind == "user" and any(map(_turns_away_keys_alone, grants)):
        return Known("people", at)
    if kind == "policy" and _OF_PEOPLE.search(at.path.lower()):
        return Known("people", at)
    if kind == "group" or any(value_of(way.issuer_kind) == "saml" for way in ways):
        return Known("people", at)
    if kind in ("role", "policy") and _deploys(name, trusts, ways, managed):
        return Known("deployment", at)
    on_a_machine = any(_MANAGES_A_MACHINE.search(f"/{policy}") for policy in managed)
    return Known(_admitted(name, ways, on_a_machine=on_a_machine) if _has_only(trusts, ways) else "anything", at)


def _admitted(name: str, ways: Sequence[Trust], *, on_a_machine: bool) -> Taker:
    """Who takes it by ways in that are all known."""
    if all(_asks_for_people(way) for way in ways):
        return "people"
    if all(map(_of_vendor, ways)):
        return "vendor"
    administers = not _ADMINISTERS.isdisjoint(_words(name)) or _IN_AN_EMERGENCY.search(name[:200])
    if administers and all(_of_accounts(way) or _of_persons(way) for way in ways):
        return "people"
    if not _HELPS.isdisjoint(_words(name)) and all(map(_of_home_of_people, ways)):
        return "people"
    services = [_services(way) for way in ways]
    if all(named and named <= _OF_A_RULE for named in services):
        return "schedule"
    defined = _OF_A_DEFINITION if on_a_machine else _OF_A_DEFINITION | {_OF_A_RUNBOOK}
    return "definition" if all(named and named <= defined for named in services) else "anything"


def _deploys(name: str, trusts: Many[Trust], ways: Sequence[Trust], managed: Sequence[str]) -> bool:
    """Whether it builds infrastructure: it is handed to a service that applies templates or to Terraform Cloud,
    pipelines of a protected branch or environment alone take it, or it is called so and neither a workload nor an
    unreviewed pipeline does; a program that applies what is declared is a workload itself."""
    if _has_only(trusts, ways) and all(map(_lets_in_what_builds, ways)):
        return True
    if any(map(_NAMED_BY_AWS.match, name.split())) and not any(value_of(way.anyone) is True for way in ways):
        return True
    words = frozenset(_words(name))
    named = not _DEPLOYS.isdisjoint(words) or _EXECUTES.search(name[:200]) is not None
    misnamed = _PLANS in words and any(aws.managed_policy_level(policy) == "admin" for policy in managed)
    called = named and not misnamed and not any(map(_is_open, ways))
    applies = not _APPLIES.isdisjoint(words | _accounts_of_a_cluster(ways)) and not any(map(_admits_anybody, ways))
    return (called or applies) and isinstance(trusts, tuple) and len(ways) == len(trusts)


def _lets_in_what_builds(way: Trust) -> bool:
    return _of_templates(way) or _is_reviewed(way) or _applies(way) or _of_deployers(way)


def _of_deployers(way: Trust) -> bool:
    """Whether only roles enter that are called after deploying or applying: what they build, they build with this."""
    admitted = known_records(way.principals)
    called = [frozenset(_words((value_of(one.value) or "").rpartition("role/")[2])) for one in admitted]
    roles = all(value_of(one.kind) == "role" for one in admitted)
    return roles and _has_only(way.principals, admitted) and all((_DEPLOYS | {_APPLY}) & words for words in called)


def _words(name: str) -> Iterator[str]:
    return (word.lower() for word in _WORD.findall(name[:200]))


def _of_accounts(way: Trust) -> bool:
    """Whether whole accounts enter and no one role, service or directory: whom they let in is theirs to say."""
    admitted = known_records(way.principals)
    return _has_only(way.principals, admitted) and all(value_of(one.kind) == "account" for one in admitted)


def _of_persons(way: Trust) -> bool:
    """Whether only users enter, none of whom is called after work that runs by itself."""
    admitted = known_records(way.principals)
    called = {word for one in admitted for word in _words((value_of(one.value) or "").rpartition("user/")[2])}
    users = all(value_of(one.kind) == "user" for one in admitted)
    return users and _has_only(way.principals, admitted) and (_DEPLOYS | _RUNS_BY_ITSELF).isdisjoint(called)


def _of_home_of_people(way: Trust) -> bool:
    """Whether only accounts enter whose ids stand in references that are called after people."""
    named = [value_of(one.value) or "" for one in known_records(way.principals)]
    return _of_accounts(way) and all(_HOME_OF_PEOPLE.search(name.lower()) for name in named)


def _turns_away_keys_alone(stated: Grant) -> bool:
    """Whether a Deny turns away who has given no second factor, which leaves keys by themselves nothing to do.

    `Bool` alone would let them pass: requests with lasting keys do not carry the key at all."""
    asked = known_records(stated.conditions)
    wide = stated.not_actions is not None or value_of(stated.all_actions) is True
    return value_of(stated.effect) == "deny" and wide and len(asked) == 1 and _lacks_second_factor(asked[0])


def _lacks_second_factor(condition: Condition) -> bool:
    named = [value.lower() for value in value_of(condition.values) or ()]
    meant = {"BoolIfExists": ["false"], "Null": ["true"]}.get(value_of(condition.operator) or "")
    return value_of(condition.key) == "aws:multifactorauthpresent" and named == meant


def _of_vendor(way: Trust) -> bool:
    """Whether only another account enters, which has to give an external id: so is a product connected that is
    run elsewhere (docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html)."""
    if (value_of(way.issuer) or "").startswith(_OF_A_PRODUCT):
        return True
    foreign = value_of(way.external) is not False or not _has_only(way.principals, known_records(way.principals))
    asked = value_of(way.external_id) is True and value_of(way.anyone) is not True
    return foreign and asked and not _services(way)


def _of_templates(way: Trust) -> bool:
    named = _services(way)
    return bool(named) and named <= _OF_TEMPLATES


def _is_reviewed(way: Trust) -> bool:
    if isinstance(way.subject_scope, Unknown) and value_of(way.issuer_kind) == "github":
        named = value_of(way.subjects) or ()
        reviewed = _REVIEWED_IN_ANY if "Like" in (value_of(way.subject_operator) or "Like") else _REVIEWED_BY_NAME
        return bool(named) and all(map(reviewed.match, named))
    return value_of(way.issuer_kind) in _PIPELINES and value_of(way.subject_scope) == _REVIEWED


def _applies(way: Trust) -> bool:
    """Whether Terraform Cloud enters for an organisation, a project or a workspace that is named: it runs nothing
    else (developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration)."""
    named = value_of(way.subject_scope) in ("organization", "repository", "workload", _REVIEWED)
    return value_of(way.issuer_kind) == "terraform_cloud" and named


def _accounts_of_a_cluster(ways: Sequence[Trust]) -> frozenset[str]:
    """The words of the service accounts and namespaces that come in, where no others do."""
    named = [value_of(way.subjects) or () for way in ways]
    of_cluster = all(found and all(one.startswith(_OF_A_CLUSTER) for one in found) for found in named)
    shared = [frozenset(_words(one)) for found in named for one in found] if of_cluster else []
    return frozenset.intersection(*shared) if shared else frozenset()


def _admits_anybody(way: Trust) -> bool:
    """Whether anybody enters, or a pipeline that nobody has reviewed."""
    unreviewed = value_of(way.issuer_kind) in _PIPELINES and not _is_reviewed(way)
    return _may_be_anybody(way) or unreviewed


def _is_open(way: Trust) -> bool:
    """Whether something takes it that nobody has reviewed, or that runs by itself."""
    federated = value_of(way.issuer) is not None or way.issuer is not None
    services = {value_of(one.value) for one in known_records(way.principals) if value_of(one.kind) == "service"}
    runs = not services <= _OF_TEMPLATES | _OF_STAGES
    return _may_be_anybody(way) or runs or (federated and not _is_reviewed(way))


def _may_be_anybody(way: Trust) -> bool:
    """Whether everybody may be meant; who stands in a list beside somebody who is named is somebody as well."""
    anyone, subjects = value_of(way.anyone), value_of(way.subjects) or ()
    of_cluster = bool(subjects) and all(one.startswith(_OF_A_CLUSTER) for one in subjects)
    return anyone is True or (anyone is None and not known_records(way.principals) and not of_cluster)


def only_sends_mail(grants: Sequence[Grant], unread: Sequence[Unknown], at: Place) -> Known[bool]:
    """Whether all that is allowed is to send mail through Amazon SES."""
    allowed = [grant for grant in grants if value_of(grant.effect) != "deny"]
    words = [value_of(grant.actions) or ("",) for grant in allowed]
    mail = all(_MAIL.fullmatch(word) for named in words for word in named)
    return Known(bool(allowed) and not unread and mail, at)


def only_reports(grants: Sequence[Grant], managed: Sequence[Node]) -> bool:
    """Whether all that is allowed is to send logs, metrics and traces."""
    allowed = [grant for grant in grants if value_of(grant.effect) != "deny"]
    words = [word for grant in allowed for word in value_of(grant.actions) or ("",)]
    named = [str(node.value).rpartition("/")[2] for node in managed]
    told = all(map(_TELEMETRY.fullmatch, words)) and _REPORTING.issuperset(named)
    return bool(allowed or managed) and told


def _asks_for_people(way: Trust) -> bool:
    return any(_names_people(condition) for condition in known_records(way.conditions))


def _names_people(condition: Condition) -> bool:
    """Whether a condition admits roles of IAM Identity Center only, or sessions with a second factor."""
    named = value_of(condition.values) or ()
    if value_of(condition.key) == "aws:multifactorauthpresent":
        return value_of(condition.operator) == "Bool" and [value.lower() for value in named] == ["true"]
    is_positive = "Not" not in (value_of(condition.operator) or "Not")
    of_center = bool(named) and all("AWSReservedSSO_" in value for value in named)
    return is_positive and of_center and value_of(condition.key) == "aws:principalarn"


def _services(way: Trust) -> frozenset[str]:
    """The services that a way in admits; none where it admits anybody else as well."""
    admitted = known_records(way.principals)
    if not _has_only(way.principals, admitted) or any(value_of(one.kind) != "service" for one in admitted):
        return frozenset()
    return frozenset(_REGIONAL.sub("", value_of(one.value) or "") for one in admitted)


def _has_only(many: Many[Trust] | Many[Principal], known: Sequence[Trust] | Sequence[Principal]) -> bool:
    """Whether a list has something, and all of it could be read."""
    return isinstance(many, tuple) and 0 < len(known) == len(many)
