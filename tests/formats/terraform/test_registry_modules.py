"""Roles that well-known modules of the registry make, told by the module's address and variables."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from nhilint.link import link
from nhilint.model.fact import Unknown, value_of
from nhilint.pipeline import gather
from nhilint.settings import Settings
from nhilint.tree import MemoryTree

ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess"


def identities(text: str):
    tree = MemoryTree({"main.tf": text.encode()})
    found = link(gather(tree, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return {one.name: one.facts for one in found if one.kind == "identity"}


def open_to(*texts: str):
    tree = MemoryTree({f"part{index}.tf": text.encode() for index, text in enumerate(texts)})
    settings = Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))
    return {one.kind for one in link(gather(tree, settings).resources)}


def call(module: str, arguments: str) -> str:
    return f'module "m" {{\n  source = "terraform-aws-modules/iam/aws//modules/{module}"\n  {arguments}\n}}\n'


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("iam-role", f'name = "r"\n  policies = {{ admin = "{ADMIN}" }}'),
        ("iam-github-oidc-role", f'name = "r"\n  policies = {{ admin = "{ADMIN}" }}'),
        ("iam-role-for-service-accounts-eks", f'role_name = "r"\n  role_policy_arns = {{ admin = "{ADMIN}" }}'),
        ("iam-assumable-role", f'role_name = "r"\n  create_role = true\n  custom_role_policy_arns = ["{ADMIN}"]'),
        ("iam-assumable-role", 'role_name = "r"\n  create_role = true\n  attach_admin_policy = true'),
        ("iam-assumable-role-with-oidc", f'role_name = "r"\n  create_role = true\n  role_policy_arns = ["{ADMIN}"]'),
        ("iam-user", f'name = "r"\n  policies = {{ admin = "{ADMIN}" }}'),
        ("iam-user", f'name = "r"\n  policy_arns = ["{ADMIN}"]'),
    ],
)
def test_the_policies_that_a_module_attaches(module, arguments):
    found = identities(call(module, arguments))
    assert value_of(found["r"].managed_admin) == (ADMIN,)


def test_who_enters_the_role_of_a_module():
    arguments = 'name = "r"\n  subjects = ["acme/site:environment:production", "repo:acme/docs:*"]'
    (trust,) = identities(call("iam-github-oidc-role", arguments))["r"].trusts
    assert value_of(trust.issuer_kind) == "github"
    assert value_of(trust.subjects) == ("repo:acme/docs:*", "repo:acme/site:environment:production")
    assert value_of(trust.subject_scope) == "repository"
    newer = 'name = "r"\n  enable_github_oidc = true\n  oidc_wildcard_subjects = ["acme/*"]'
    (trust,) = identities(call("iam-role", newer))["r"].trusts
    assert value_of(trust.subject_scope) == "organization"
    other = 'role_name = "r"\n  create_role = true\n  provider_url = "https://gitlab.com"\n  '
    other += 'oidc_fully_qualified_subjects = ["project_path:acme/site:ref_type:branch:ref:main"]'
    (trust,) = identities(call("iam-assumable-role-with-oidc", other))["r"].trusts
    assert value_of(trust.issuer_kind) == "gitlab"


@pytest.mark.parametrize(
    ("more", "factor", "secret"),
    [("", True, False), ("role_requires_mfa = false", False, False), ('role_sts_externalid = "x"', True, True)],
)
def test_who_is_named_enters_an_assumable_role(more, factor, secret):
    arguments = f'role_name = "r"\n  create_role = true\n  trusted_role_arns = ["*"]\n  {more}'
    (trust,) = identities(call("iam-assumable-role", arguments))["r"].trusts
    assert value_of(trust.anyone) is True
    assert [value_of(one.key) for one in trust.conditions] == [
        *(["aws:multifactorauthpresent"] if factor else []),
        *(["sts:externalid"] if secret else []),
    ]


def test_statements_that_a_role_is_given():
    arguments = """name = "r"
  trust_policy_permissions = { in = { actions = ["sts:AssumeRole"], principals = [{ type = "AWS", identifiers = ["*"] }] } }
  create_inline_policy = true
  inline_policy_permissions = { all = { actions = ["*"], resources = ["*"] } }"""
    role = identities(call("iam-role", arguments))["r"]
    assert value_of(role.admin) is True
    assert value_of(role.trusts[0].anyone) is True
    assert value_of(identities(call("iam-role", arguments.replace("true", "false")))["r"].admin) is False


def test_what_is_left_out_or_unknown():
    assert "r" not in identities(call("iam-assumable-role", 'role_name = "r"\n  attach_admin_policy = true'))
    assert "r" not in identities(call("iam-role", 'name = "r"\n  create = false'))
    assert identities(call("iam-policy", 'name = "r"')) == {}
    found = identities(call("iam-role", "name = var.name\n  policies = { a = var.policy }"))["m"]
    assert isinstance(found.managed, Unknown)
    assert found.trusts == ()


IRSA = """oidc_providers = {
    main = { provider_arn = ARN, namespace_service_accounts = [ACCOUNTS] }
  }"""


@pytest.mark.parametrize(
    ("module", "name"), [("iam-role-for-service-accounts", "name"), ("iam-role-for-service-accounts-eks", "role_name")]
)
def test_service_accounts_that_enter_a_role(module, name):
    arn = '"arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/AB"'
    stated = IRSA.replace("ARN", arn).replace("ACCOUNTS", '"apps:site"')
    (trust,) = identities(call(module, f'{name} = "r"\n  {stated}'))["r"].trusts
    assert value_of(trust.issuer_kind) == "kubernetes"
    assert value_of(trust.subjects) == ("system:serviceaccount:apps:site",)
    assert value_of(trust.audience) == ("sts.amazonaws.com",)
    stated = IRSA.replace("ARN", "module.eks.oidc_provider_arn").replace("ACCOUNTS", '"apps:site"')
    (trust,) = identities(call(module, f'{name} = "r"\n  {stated}'))["r"].trusts
    assert value_of(trust.issuer_kind) == "kubernetes"
    assert value_of(trust.subjects) == ("system:serviceaccount:apps:site",)


def function(arguments: str) -> str:
    return f'module "f" {{\n  source = "terraform-aws-modules/lambda/aws"\n  function_name = "job"\n  {arguments}\n}}\n'


STATEMENTS = """policy_statements = {
    all = { effect = "Allow", actions = ["iam:*"], resources = ["*"] }
  }"""


def test_the_role_of_a_function_from_the_registry():
    role = identities(function(f"attach_policy_statements = true\n  {STATEMENTS}"))["job"]
    assert value_of(role.grants[0].actions) == ("iam:*",)
    assert value_of(role.grants[0].resources) == ("*",)
    listed = 'policy_statements = [{ effect = "Allow", actions = ["iam:*"], resources = ["*"] }]'
    role = identities(function(f"attach_policy_statements = true\n  {listed}"))["job"]
    assert value_of(role.grants[0].actions) == ("iam:*",)
    held = identities(function(f'attach_policies = true\n  policies = ["{ADMIN}"]'))["job"]
    assert value_of(held.managed_admin) == (ADMIN,)
    text = 'jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })'
    told = identities(function(f"attach_policy_json = true\n  policy_json = {text}"))["job"]
    assert value_of(told.grants[0].actions) == ("s3:*",)


@pytest.mark.parametrize(
    "switch", ["", "attach_policy_statements = false", "attach_policy_statements = true\n  create_role = false"]
)
def test_what_is_not_attached_to_a_function_does_not_count(switch):
    assert identities(function(f"{switch}\n  {STATEMENTS}")) == {}


def test_conditions_and_principals_of_a_functions_statements():
    stated = '{ actions = ["s3:GetObject"], resources = ["*"], condition = [CONDITION] }'
    condition = '{ test = "StringEquals", variable = "aws:SourceVpc", values = ["vpc-1"] }'
    text = f"attach_policy_statements = true\n  policy_statements = [{stated.replace('CONDITION', condition)}]"
    (grant,) = identities(function(text))["job"].grants
    assert value_of(grant.conditioned) is True


def test_a_policy_from_the_registry_stands_for_its_document_once():
    document = (
        'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["iam:*"]\n    resources = ["*"]\n  }\n}\n'
    )
    made = call("iam-policy", 'name = "p"\n  policy = data.aws_iam_policy_document.d.json')
    found = identities(document + made)
    assert list(found) == ["p"]
    assert value_of(found["p"].grants[0].actions) == ("iam:*",)
    assert identities(call("iam-policy", 'create = false\n  policy = "{}"')) == {}


def test_the_policy_of_an_endpoint_opens_no_resource():
    document = 'data "aws_iam_policy_document" "d" {\n  statement {\n    actions = ["s3:*"]\n    resources = ["*"]\n'
    document += '    principals {\n      type = "*"\n      identifiers = ["*"]\n    }\n  }\n}\n'
    assert open_to(document) == {"resource_policy"}
    for source in ("terraform-aws-modules/vpc/aws//modules/vpc-endpoints", "git::https://git.example/vpc_endpoint.git"):
        used = f'module "e" {{\n  source = "{source}"\n'
        used += "  endpoints = { s3 = { policy = data.aws_iam_policy_document.d.json } }\n}\n"
        assert open_to(document + used) == set()
        assert open_to(document, used) == set()


ROLE = 'resource "aws_iam_role" "ci" {\n  name = "ci"\n  assume_role_policy = "{}"\n}\n'


def cluster_of(source: str, arguments: str):
    text = f'module "c" {{\n  source = "{source}"\n  name = "main"\n  {arguments}\n}}\n'
    apart = MemoryTree({"cluster.tf": text.encode(), "iam.tf": ROLE.encode()})
    found = link(gather(apart, Settings(root=Path(), now=datetime(2026, 11, 22, tzinfo=UTC))).resources)
    return next(one.facts.cluster_access for one in found if one.name == "ci")


@pytest.mark.parametrize(
    ("policy", "scope", "power"),
    [
        ("AmazonEKSClusterAdminPolicy", "cluster", "administers"),
        ("AmazonEKSClusterAdminPolicy", "namespace", "limited"),
        ("AmazonEKSViewPolicy", "cluster", "limited"),
    ],
)
def test_roles_that_a_cluster_of_the_registry_lets_in(policy, scope, power):
    held = f'a = {{ policy_arn = "arn:aws:eks::aws:cluster-access-policy/{policy}", access_scope = {{ type = "{scope}" }} }}'
    entry = f"ci = {{ principal_arn = aws_iam_role.ci.arn, policy_associations = {{ {held} }} }}"
    (access,) = cluster_of("terraform-aws-modules/eks/aws", f"access_entries = {{ {entry} }}")
    assert value_of(access.power) == power
    assert value_of(access.cluster) == "main"
    assert cluster_of("acme/eks/aws", f"access_entries = {{ {entry} }}") == ()


@pytest.mark.parametrize("source", ["terraform-aws-modules/eks/aws", "terraform-aws-modules/eks/aws//modules/aws-auth"])
def test_groups_that_a_role_has_in_a_cluster(source):
    stated = (
        'aws_auth_roles = [{ rolearn = aws_iam_role.ci.arn, username = "ci", groups = ["GROUP"] }, 7, { groups = 1 }]'
    )
    (access,) = cluster_of(source, stated.replace("GROUP", "system:masters"))
    assert value_of(access.power) == "administers"
    (access,) = cluster_of(source, stated.replace("GROUP", "readers"))
    assert value_of(access.power) == "limited"


@pytest.mark.parametrize(
    ("kind", "name", "written", "power"),
    [
        (
            "kubernetes_config_map",
            "aws-auth",
            'yamlencode([{rolearn = aws_iam_role.ci.arn, groups = ["GROUP"]}])',
            "administers",
        ),
        (
            "kubernetes_config_map_v1_data",
            "aws-auth",
            'yamlencode([{rolearn = aws_iam_role.ci.arn, groups = ["x"]}])',
            "limited",
        ),
        ("kubernetes_config_map", "other", 'yamlencode([{rolearn = aws_iam_role.ci.arn, groups = ["GROUP"]}])', None),
        ("kubernetes_config_map", "aws-auth", "yamlencode(var.roles)", None),
        ("kubernetes_config_map", "aws-auth", "7", None),
    ],
)
def test_the_config_map_of_a_cluster(kind, name, written, power):
    text = (
        f'resource "aws_iam_role" "ci" {{\n  name = "ci"\n}}\nresource "{kind}" "auth" {{\n'
        f'  metadata {{\n    name = "{name}"\n  }}\n'
        f"  data = {{\n    mapRoles = {written.replace('GROUP', 'system:masters')}\n  }}\n}}\n"
    )
    access = identities(text)["ci"].cluster_access
    assert [value_of(one.power) for one in access] == ([] if power is None else [power])


@pytest.mark.parametrize(
    ("arguments", "taker"),
    [
        ("", "people"),
        ("role_requires_mfa = true", "people"),
        ("role_requires_mfa = false", "anything"),
        ('trusted_role_services = ["ec2.amazonaws.com"]', "anything"),
    ],
)
def test_an_assumable_role_asks_for_a_second_factor(arguments, taker):
    policy = 'resource "aws_iam_policy" "all" {\n  policy = jsonencode({ Statement = [{ Effect = "Allow", '
    policy += 'Action = "iam:*", Resource = "*" }] })\n}\n'
    role = f"""module "m" {{
  source            = "github.com/acme/terraform-aws-iam.git//modules/iam-assumable-role?ref=v5.60.0"
  trusted_role_arns = ["arn:aws:iam::111122223333:root"]
  create_role       = true
  role_name         = "r"
  {arguments}
  custom_role_policy_arns = [aws_iam_policy.all.arn]
}}
"""
    found = identities(policy + role)
    assert list(found) == ["r"]
    assert value_of(found["r"].taken_by) == taker
    assert found["r"].escalations
