"""What a service of the Serverless Framework turns into."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nhilint.formats.cloudformation.claims import CLAIMS
from nhilint.formats.cloudformation.kept import KeptService
from nhilint.formats.cloudformation.serverless_framework import extract
from nhilint.formats.cloudformation.serverless_variables import Variables
from nhilint.model.fact import Unknown
from nhilint.source.document import Syntax, read
from nhilint.testing import rendered


def extracted(text):
    found = extract(read("serverless.yml", text.encode(), Syntax.YAML), CLAIMS[0])
    return replace(found, resources=tuple(one for one in found.resources if not isinstance(one, KeptService)))


def role_of(provider, more=""):
    (role,) = (r.facts for r in extracted(f"service: orders\nprovider:\n  name: aws\n{provider}{more}").resources)
    return role


STATEMENTS = "[{Effect: Allow, Action: 's3:*', Resource: '*'}]"


@pytest.mark.parametrize(
    ("provider", "place"),
    [
        (f"  iam: {{role: {{statements: {STATEMENTS}}}}}\n", "/provider/iam/role/statements/0/Action"),
        (f"  iamRoleStatements: {STATEMENTS}\n", "/provider/iamRoleStatements/0/Action"),
    ],
)
def test_the_functions_share_one_role(provider, place):
    role = role_of(provider)
    assert (role.name.value, role.kind.value) == ("orders", "role")
    assert role.trusts[0].services.value == ("lambda.amazonaws.com",)
    assert role.grants[0].whole_services.value == ("s3",)
    assert rendered(role.grants[0].actions.at) == f"serverless.yml#{place}"


def test_managed_policies_and_the_boundary():
    role = role_of(
        "  iam:\n    role:\n      name: worker\n      permissionsBoundary: arn:aws:iam::111122223333:policy/edge\n"
        "      managedPolicies: [arn:aws:iam::aws:policy/AdministratorAccess]\n"
    )
    assert role.name.value == "worker"
    assert role.managed_admin.value == ("arn:aws:iam::aws:policy/AdministratorAccess",)
    assert role.boundary.value.endswith("edge")


@pytest.mark.parametrize(
    "provider", ["  iam: {role: 'arn:aws:iam::111122223333:role/x'}\n", "  role: x\n  iamRoleStatements: []\n", ""]
)
def test_a_role_from_elsewhere_is_not_made(provider):
    assert extracted(f"provider:\n  name: aws\n{provider}").resources == ()


def test_statements_of_another_file_are_unknown():
    role = role_of("  iam: {role: {statements: '${file(iam.yml)}'}}\n")
    assert isinstance(role.grants[0], Unknown)


@pytest.mark.parametrize("listed", ["${self:custom.may}", "${self:custom.again}", "[ '${self:custom.may.0}' ]"])
def test_statements_of_another_part_of_the_file_are_read_there(listed):
    more = f"custom:\n  may: {STATEMENTS}\n  again: '${{self:custom.may}}'\n"
    grant = role_of(f"  iamRoleStatements: {listed}\n", more).grants[0]
    if "0" in listed:
        assert isinstance(grant, Unknown)
    else:
        assert rendered(grant.actions.at) == "serverless.yml#/custom/may/0/Action"


def test_a_list_that_names_itself_ends():
    role = role_of("  iamRoleStatements: '${self:custom.may}'\n", "custom:\n  may: ['${self:custom.may}']\n")
    assert isinstance(role.grants[0], Unknown)


def test_version_four_makes_a_role_of_a_function_without_a_plug_in():
    functions = f"plugins: []\nfunctions: {{f: {{handler: a.b, iam: {{role: {{statements: {STATEMENTS}}}}}}}}}\n"
    role = role_of("", functions)
    assert role.name.value == "f"
    assert rendered(role.grants[0].actions.at) == "serverless.yml#/functions/f/iam/role/statements/0/Action"


def test_resources_are_a_template_with_variables():
    text = """
provider: {name: aws}
custom: {scope: '*'}
resources:
  Resources:
    Worker:
      Type: AWS::IAM::Role
      Properties:
        Policies:
          - PolicyDocument: {Statement: {Effect: Allow, Action: 'sqs:*', Resource: '${self:custom.scope}'}}
"""
    (role,) = (r.facts for r in extracted(text).resources)
    assert role.grants[0].all_resources.value is True
    assert rendered(role.at) == "serverless.yml#/resources/Resources/Worker"


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("${self:custom.a}", "b"),
        ("${self:custom.${self:custom.key}}", "b"),
        ("${self:custom.none, 'x'}", "x"),
        ("${self:custom.a, 'x'}", "b"),
        ("${self:custom.shared.none, 'x'}", "${self.custom.shared.none}"),
        ("${opt:stage, 'dev'}", "dev"),
        ("${opt:stage}", "${opt.stage}"),
        ("${opt:stage, self:custom.a}", "b"),
        ("${opt:stage, env:STAGE, 'dev'}", "dev"),
        ("${opt:stage, ssm:/stage, 'dev'}", "${opt.stage}"),
        ("${sls:stage}", "dev"),
        ("${ssm:/scope, '*'}", "${ssm.scope}"),
        ("${file(x.yml):a, 'x'}", "${file.x.yml.a}"),
        ("arn:aws:sqs:${aws:region}:${aws:accountId}:q", "arn:aws:sqs:${AWS.Region}:${AWS.AccountId}:q"),
        ("#{AWS::AccountId}", "${AWS.AccountId}"),
        ("${aws:username}", "${aws:username}"),
        ("${self:custom.round}", "${self.custom.round}"),
    ],
)
def test_variables(text, filled):
    service = {"custom": {"a": "b", "key": "a", "shared": "${file(x.yml)}"}}
    assert Variables(service).filled(text) == filled


def test_a_list_of_parts_is_one_template():
    found = extracted("""
provider: {name: aws}
resources:
  - Description: what stands in other files is read there
  - ${file(more.yml)}
  - Resources:
      Worker: {Type: AWS::IAM::Role, Properties: {RoleName: worker}}
  - Resources:
      Wide:
        Type: AWS::IAM::Policy
        Properties:
          Roles: [!Ref Worker]
          PolicyDocument: {Statement: {Effect: Allow, Action: 'sqs:*', Resource: '*'}}
""").resources
    assert [resource.name for resource in found] == ["worker"]
    assert rendered(found[0].facts.at) == "serverless.yml#/resources/2/Resources/Worker"
    (grant,) = found[0].facts.grants
    assert rendered(grant.actions.at).startswith("serverless.yml#/resources/3/Resources/Wide/")


@pytest.mark.parametrize("parts", ["[]", "[1, null, [], {}]", "{Resources: []}", "text", "[{Resources: {A: [x]}}]"])
def test_parts_that_are_none_hold_nothing(parts):
    assert extracted(f"provider: {{name: aws}}\nresources: {parts}\n").resources == ()


def test_variables_that_name_themselves_end():
    assert "${" in Variables({"a": "${self:a}${self:a}"}).filled("${self:a}")


def test_a_service_of_another_cloud_is_left():
    assert not extracted("provider:\n  name: google\n").recognised


FUNCTION = f"functions:\n  bill: {{handler: bill.run, iamRoleStatements: {STATEMENTS}}}\n"


@pytest.mark.parametrize(
    ("plugins", "read"),
    [
        ("", True),
        ("plugins: ['serverless-iam-roles-per-function']\n", True),
        ("plugins: {modules: [serverless-granular-iam]}\n", True),
        ("plugins: '${file(plugins.yml)}'\n", True),
        ("plugins: [serverless-offline]\n", False),
    ],
)
def test_a_function_has_a_role_of_its_own_by_a_plug_in(plugins, read):
    found = [r.facts for r in extracted(f"service: orders\nprovider: {{name: aws}}\n{FUNCTION}{plugins}").resources]
    assert [(role.name.value, role.grants[0].whole_services.value) for role in found] == [("bill", ("s3",))] * read
    assert [rendered(r.at) for r in found] == ["serverless.yml#/functions/bill/iamRoleStatements"] * read


@pytest.mark.parametrize(("inherits", "statements"), [("true", 2), ("false", 1)])
def test_a_function_may_inherit_the_common_statements(inherits, statements):
    text = (
        f"service: orders\nprovider: {{name: aws, iamRoleStatements: {STATEMENTS}}}\nfunctions:\n"
        f"  bill: {{iamRoleStatementsInherit: {inherits}, iamRoleStatements: {STATEMENTS}}}\n"
        f"  mail: {{role: own, iamRoleStatements: {STATEMENTS}}}\n"
    )
    common, function = (r.facts for r in extracted(text).resources)
    assert (common.name.value, function.name.value) == ("orders", "bill")
    assert len(function.grants) == statements


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("true", "/functions/bill/url"),
        ("{cors: true}", "/functions/bill/url"),
        ("{authorizer: aws_iam}", None),
        ("{authorizer: '${self:custom.who}'}", None),
        ("false", None),
    ],
)
def test_an_address_without_authorizer_is_open(url, place):
    text = f"service: orders\nprovider: {{name: aws}}\nfunctions:\n  bill: {{handler: bill.run, url: {url}}}\n"
    found = [r.facts for r in extracted(text).resources]
    assert [rendered(policy.grants[0].principals[0].at) for policy in found] == (
        [f"serverless.yml#{place}"] if place else []
    )
