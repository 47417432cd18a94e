"""How wide a federated trust is, by the subjects that it accepts."""

from __future__ import annotations

import pytest

from nhilint.formats.aws.federation import (
    before_review,
    impossible,
    issuer_kind,
    issuer_of,
    of_tenant,
    widest,
    widest_as_written,
)
from nhilint.formats.aws.trust import trust
from nhilint.formats.node import Node
from nhilint.model.fact import value_of


@pytest.mark.parametrize(
    ("subject", "scope"),
    [
        ("repo:acme/site:ref:refs/heads/main", "branch_or_environment"),
        ("repo:acme/site:environment:production", "branch_or_environment"),
        ("repo:acme@123/site@456:ref:refs/heads/main", "branch_or_environment"),
        ("repo:acme/site:pull_request", "pull_request"),
        ("repo:acme/site:*", "repository"),
        ("repo:acme/site:ref:refs/heads/*", "repository"),
        ("repo:acme/site:environment:*", "repository"),
        ("repo:acme/site:ref:refs/heads/release/*", "branch_or_environment"),
        ("repo:acme/site", "repository"),
        ("repo:acme/site:*:refs/heads/main", "branch_or_environment"),
        ("repo:acme/site:*:refs/heads/*", "repository"),
        ("repo:acme/*", "organization"),
        ("repo:acme/*:ref:refs/heads/main", "organization"),
        ("repo:acme/site-*:*", "organization"),
        ("repo:acme*", "any"),
        ("repo:acme-*/site:*", "any"),
        ("repo:*", "any"),
        ("*", "any"),
        ("*:ref:refs/heads/main", "any"),
        ("repo:acme@1/*", "organization"),
        ("repo:acme@*/site@*:*", "any"),
        ("environment:production", "any"),
        ("job_workflow_ref:*", "any"),
        ("repository_owner:*:environment:production", "any"),
        ("repository_owner_id:1234:*", "organization"),
        ("repository_id:1234:environment:production", "repository"),
        ("repo:acme/*:job_workflow_ref:acme/flows/.github/workflows/deploy.yml@refs/heads/main", "workload"),
        ("job_workflow_ref:acme/flows/.github/workflows/deploy.yml@*", "repository"),
        ("something-else:production", "workload"),
    ],
)
def test_github(subject, scope):
    assert widest("github", (subject,), "StringLike") == scope


@pytest.mark.parametrize(
    ("subject", "scope"),
    [
        ("project_path:acme/site:ref_type:branch:ref:main", "branch_or_environment"),
        ("project_path:acme/site:*", "repository"),
        ("project_path:acme/*:ref_type:branch:ref:main", "organization"),
        ("project_path:*", "any"),
        ("*", "any"),
    ],
)
def test_gitlab(subject, scope):
    assert widest("gitlab", (subject,), "StringLike") == scope


def test_kubernetes_any_namespace_is_any():
    assert widest("kubernetes", ("system:serviceaccount:*:*",), "StringLike") == "any"
    assert widest("kubernetes", ("system:serviceaccount:prod:api",), "StringEquals") == "workload"


@pytest.mark.parametrize(
    ("subject", "scope"),
    [
        ("system:serviceaccount:pr-*:web", "organization"),
        ("system:serviceaccount:pr-*:*", "organization"),
        ("system:serviceaccount:pr-*", "organization"),
        ("system:serviceaccount:default*:web", "organization"),
        ("system:serviceaccount:*-preview:web", "organization"),
        ("system:serviceaccount:team-?:web", "organization"),
        ("system:serviceaccount:prod:*", "workload"),
        ("system:serviceaccount:*:web", "any"),
        ("system:serviceaccount:?*:web", "any"),
        ("system:serviceaccount:*-*:web", "any"),
        ("system:serviceaccount:*-preview", "any"),
        ("system:serviceaccount:*web*", "any"),
        ("system:serviceaccount:*", "any"),
        ("system:*", "any"),
    ],
)
def test_a_pattern_with_a_word_for_the_namespace_is_narrower_than_every_namespace(subject, scope):
    assert widest("kubernetes", (subject,), "StringLike") == scope


def test_an_empty_list_admits_nobody():
    assert widest("github", (), "StringEquals") == "workload"


@pytest.mark.parametrize("subject", ["repo:shop:*", "repo:shop", "repo:shop:ref:refs/heads/main"])
def test_a_repository_without_its_owner_is_nobody(subject):
    assert widest("github", (subject,), "StringLike") == "workload"
    assert impossible("github", (subject,), "StringLike") == (subject,)


@pytest.mark.parametrize(
    "subject", ["repo:acme/shop:*", "repo:acme*", "repo:*", "repo:${Name}:*", "repo:${Name}-site:*"]
)
def test_a_repository_that_may_have_an_owner_is_somebody(subject):
    assert impossible("github", (subject,), "StringLike") == ()


def test_the_widest_of_several_counts():
    subjects = ("repo:acme/site:ref:refs/heads/main", "repo:acme/*")
    assert widest("github", subjects, "StringLike") == "organization"


def test_a_star_is_a_plain_character_without_like():
    assert widest("github", ("repo:acme/site:*",), "StringEquals") == "workload"


def test_for_all_values_narrows_since_every_token_has_a_subject():
    subject = "repo:acme/site:ref:refs/heads/main"
    assert widest("github", (subject,), "ForAllValues:StringLike") == "branch_or_environment"


def test_issuers():
    provider = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com"
    assert issuer_of(provider) == "token.actions.githubusercontent.com"
    assert issuer_kind(provider) == "github"
    assert issuer_kind("arn:aws:iam::111122223333:saml-provider/okta") == "saml"
    assert issuer_of("arn:aws:iam::111122223333:saml-provider/okta") is None
    assert issuer_kind("cognito-identity.amazonaws.com") == "cognito"
    assert issuer_kind("arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/X") == "kubernetes"


@pytest.mark.parametrize(
    ("subject", "scope"),
    [
        ("organization:acme:project:*:workspace:site:run_phase:*", "workload"),
        ("organization:acme:project:*:workspace:*:run_phase:*", "organization"),
        ("organization:acme:project:site:workspace:site-*:run_phase:*", "organization"),
    ],
)
def test_a_workspace_of_terraform_cloud_stands_once_in_its_organisation(subject, scope):
    assert widest("terraform_cloud", (subject,), "StringLike") == scope


@pytest.mark.parametrize(
    ("kind", "subject", "scope"),
    [
        ("terraform_cloud", "organization:*:project:*:workspace:*:run_phase:*", "any"),
        ("terraform_cloud", "organization:acme*:project:site:workspace:prod:run_phase:*", "any"),
        ("buildkite", "organization:*", "any"),
        ("buildkite", "organization:acme:*", "organization"),
        ("buildkite", "organization:acme:pipeline:site:*", "repository"),
        ("buildkite", "organization:acme:pipeline:site:ref:refs/heads/main:*", "branch_or_environment"),
        ("circleci", "org/1/project/2/user/*", "repository"),
        ("circleci", "org/1/project/*", "organization"),
        ("bitbucket", "*", "organization"),
        ("bitbucket", "{1}:*", "repository"),
        ("bitbucket", "{1}:{2}:*", "branch_or_environment"),
        ("vercel", "owner:acme:project:*:environment:production", "organization"),
        ("vercel", "owner:acme:project:site:environment:production", "workload"),
        ("vercel", "owner:acme:project:site:environment:*", "repository"),
        ("azure_devops", "sc://acme/*", "organization"),
        ("azure_devops", "sc://acme/site/*", "repository"),
        ("azure_devops", "sc://acme/site/aws-prod", "workload"),
    ],
)
def test_subjects_of_other_services(kind, subject, scope):
    assert widest(kind, (subject,), "StringLike") == scope


def test_the_issuer_of_one_customer_lets_nobody_else_in():
    assert of_tenant("gitlab", "gitlab.acme.example", "any") == "organization"
    assert of_tenant("gitlab", "gitlab.com", "any") == "any"
    assert of_tenant("circleci", "oidc.circleci.com/org/1", "any") == "organization"
    assert of_tenant("github", "token.actions.githubusercontent.com", "any") == "any"


@pytest.mark.parametrize(
    ("subject", "scope"),
    [
        ("repo:${var.org}/${var.repo}:*", "repository"),
        ("repo:${var.repo}:*", "repository"),
        ("repo:${var.team}-site:*", None),
        ("repo:${Org}/*:*", "organization"),
        ("repo:${var.owner}/*", "organization"),
        ("repo:${var.repository}/*", None),
        ("repo:acme/${each.key}:pull_request", "pull_request"),
        ("repo:${var.org}/${var.repo}:ref:refs/heads/main", None),
        ("repo:${var.org}/${var.repo}:${var.context}", None),
        ("repo:${var.all}", None),
        ("${var.subject}*", None),
    ],
)
def test_what_is_written_of_a_subject_of_which_only_the_names_are_filled_in(subject, scope):
    assert widest_as_written("github", (subject,), "StringLike") == scope
    assert widest_as_written("github", (subject,), "StringEquals") is None
    assert widest_as_written("gitlab", (subject,), "StringLike") is None


def test_the_way_in_of_a_subject_of_which_only_the_names_are_filled_in():
    issuer = "token.actions.githubusercontent.com"
    stated = {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": f"arn:aws:iam::111122223333:oidc-provider/{issuer}"},
        "Condition": {"StringLike": {f"{issuer}:sub": "repo:${var.org}/${var.repo}:*"}},
    }
    way = trust(Node(stated, "trust.json", ("Statement", 0)), "ci", None)
    assert way is not None
    assert value_of(way.subject_scope) == "repository"


@pytest.mark.parametrize(
    ("subjects", "told"),
    [
        (("repo:acme/site:pull_request", "repo:acme/site:ref:refs/heads/main"), ("repo:acme/site:pull_request",)),
        (("repo:acme/site:environment:prod", "repo:${Name}:*"), ("repo:${Name}:*",)),
        (("repo:acme/site:environment:prod",), ("repo:acme/site:environment:prod",)),
    ],
)
def test_subjects_that_come_before_review_are_told_apart(subjects, told):
    assert before_review("github", subjects) == told
