"""Whether a principal builds infrastructure: by who takes it, by what it is called, or by what its file says of it.

Sources, read 2026-11-22: what a service role of CloudFormation is for (docs.aws.amazon.com/AWSCloudFormation/latest/
UserGuide/using-iam-servicerole.html) and a launch role of Service Catalog (docs.aws.amazon.com/servicecatalog/latest/
adminguide/constraints-launch.html).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhilint.formats.aws.ways_in import has_only, services_of, words_of
from nhilint.knowledge import aws
from nhilint.model.fact import Unknown, known_records, value_of
from nhilint.source.deferred import Deferred

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhilint.model.fact import Many
    from nhilint.model.vocabulary.trust import Trust

_NAMED_BY_AWS = Deferred(
    r"^(?:OrganizationAccountAccessRole|AWSControlTower(?:Execution|StackSetRole|Admin)|stacksets-exec-.{1,64}|"
    r"(?:AWS)?(?:CloudFormation)?StackSet-?ExecutionRole.{0,40}|AWSAccelerator-.{1,60})$",
    flags=re.IGNORECASE,
)
"""Roles under which AWS's own products build in the accounts of an organisation, as their documentation names them
(docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-prereqs-self-managed.html, docs.aws.amazon.com/
organizations/latest/userguide/orgs_manage_accounts_access.html, docs.aws.amazon.com/controltower/latest/userguide/
roles-how.html, read 2026-11-22)."""
_OF_STACK_SETS = Deferred(r"(?:^|/)AWSCloudFormationStackSetAdministrationRole$", flags=re.IGNORECASE)
"""The role with which stack sets enter the accounts that they build in, as the page on their prerequisites names it."""
_OF_TEMPLATES = frozenset(
    {
        "cloudformation.amazonaws.com",
        "cloudformation.sync.codeconnections.amazonaws.com",
        "resources.cloudformation.amazonaws.com",
        "servicecatalog.amazonaws.com",
    }
)
"""Services that build what a template says, with the role that they are handed for it, be it for the resource types of
others (docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/registry-public.html, known, not re-read) or as Git sync,
which makes the change sets of stacks that are linked to a branch (…/git-sync-prereq.html, read 2026-11-23)."""
_OF_STAGES = frozenset({"codebuild.amazonaws.com", "codepipeline.amazonaws.com"})
"""Services that run the stages of a pipeline, which a role called after deploying is for."""
PIPELINES = frozenset({"github", "gitlab", "bitbucket", "circleci", "buildkite", "terraform_cloud"})
"""The kinds of issuers whose tokens the runs of pipelines carry."""
_REVIEWED = "branch_or_environment"
_REVIEWED_IN_ANY = Deferred(r"^repo:[^*?]{1,500}:(?:ref:refs/heads/|environment:)[^*?$]{1,200}$")
"""Subjects of GitHub for one branch or environment, whatever owner and repository are filled in."""
_REVIEWED_BY_NAME = Deferred(
    r"^repo:[^*?]{1,500}:(?:ref:refs/heads/|environment:)(?:[^*?$]{1,200}|\$\{[^{}]{1,200}\})$"
)
"""The same where subjects are compared letter for letter, so that a branch or environment may be filled in as well."""
DEPLOYS = frozenset({"deploy", "deploys", "deployer", "deployment", "deployments", "terraform", "terragrunt", "tofu"})
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


def purpose(description: str) -> str:
    """The word for a name that a description adds to it; empty where it says nothing of building infrastructure."""
    return "deployment" if _SAID_TO_DEPLOY.search(description[:1_000]) else ""


def deploys(name: str, trusts: Many[Trust], ways: Sequence[Trust], managed: Sequence[str]) -> bool:
    """Whether it builds infrastructure: it is handed to a service that applies templates or to Terraform Cloud,
    pipelines of a protected branch or environment alone take it, or it is called so and neither a workload nor an
    unreviewed pipeline does; a program that applies what is declared is a workload itself."""
    if has_only(trusts, ways) and all(map(_lets_in_what_builds, ways)):
        return True
    if any(map(_NAMED_BY_AWS.match, name.split())) and not any(value_of(way.anyone) is True for way in ways):
        return True
    words = frozenset(words_of(name))
    named = not DEPLOYS.isdisjoint(words) or _EXECUTES.search(name[:200]) is not None
    misnamed = _PLANS in words and any(aws.managed_policy_level(policy) == "admin" for policy in managed)
    called = named and not misnamed and not any(map(_is_open, ways))
    applies = not _APPLIES.isdisjoint(words | _accounts_of_a_cluster(ways)) and not any(map(_admits_anybody, ways))
    return (called or applies) and isinstance(trusts, tuple) and len(ways) == len(trusts)


def _lets_in_what_builds(way: Trust) -> bool:
    return _of_templates(way) or _is_reviewed(way) or _applies(way) or _of_deployers(way)


def _of_deployers(way: Trust) -> bool:
    """Whether only roles enter that are called so, or the one of stack sets: what they build, they build with this."""
    admitted = known_records(way.principals)
    names = [(value_of(one.value) or "").rpartition("role/")[2] for one in admitted]
    roles = all(value_of(one.kind) == "role" for one in admitted)
    return roles and has_only(way.principals, admitted) and bool(names) and all(map(_builds_by_name, names))


def _builds_by_name(role: str) -> bool:
    """Whether a role, by its path and name, is the one of stack sets or called after deploying or applying."""
    return _OF_STACK_SETS.search(role) is not None or not (DEPLOYS | {_APPLY}).isdisjoint(words_of(role))


def _of_templates(way: Trust) -> bool:
    named = services_of(way)
    return bool(named) and named <= _OF_TEMPLATES


def _is_reviewed(way: Trust) -> bool:
    if isinstance(way.subject_scope, Unknown) and value_of(way.issuer_kind) == "github":
        named = value_of(way.subjects) or ()
        reviewed = _REVIEWED_IN_ANY if "Like" in (value_of(way.subject_operator) or "Like") else _REVIEWED_BY_NAME
        return bool(named) and all(map(reviewed.match, named))
    return value_of(way.issuer_kind) in PIPELINES and value_of(way.subject_scope) == _REVIEWED


def _applies(way: Trust) -> bool:
    """Whether Terraform Cloud enters for an organisation, a project or a workspace that is named: it runs nothing
    else (developer.hashicorp.com/terraform/cloud-docs/workspaces/dynamic-provider-credentials/aws-configuration)."""
    named = value_of(way.subject_scope) in ("organization", "repository", "workload", _REVIEWED)
    return value_of(way.issuer_kind) == "terraform_cloud" and named


def _accounts_of_a_cluster(ways: Sequence[Trust]) -> frozenset[str]:
    """The words of the service accounts and namespaces that come in, where no others do."""
    named = [value_of(way.subjects) or () for way in ways]
    of_cluster = all(found and all(one.startswith(_OF_A_CLUSTER) for one in found) for found in named)
    shared = [frozenset(words_of(one)) for found in named for one in found] if of_cluster else []
    return frozenset.intersection(*shared) if shared else frozenset()


def _admits_anybody(way: Trust) -> bool:
    """Whether anybody enters, or a pipeline that nobody has reviewed."""
    unreviewed = value_of(way.issuer_kind) in PIPELINES and not _is_reviewed(way)
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
