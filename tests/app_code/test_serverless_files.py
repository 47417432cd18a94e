"""A service of the Serverless Framework has what the files hold that its variables name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from nhilint.app_code import has_code, with_code
from nhilint.evaluate.activation import activate
from nhilint.gather import gather
from nhilint.link import link
from nhilint.model.fact import Unknown
from nhilint.settings import Settings
from nhilint.testing import WHEN, rendered
from nhilint.tree import MemoryTree
from tests.odd_values import odd_values

STATEMENTS = "- {Effect: Allow, Action: 's3:*', Resource: '*'}\n"
ROLE = """
Type: AWS::IAM::Role
Properties:
  RoleName: worker-${self:custom.suffix}
  AssumeRolePolicyDocument: {Statement: {Effect: Allow, Action: sts:AssumeRole, Principal: {Service: x.amazonaws.com}}}
  Policies: [{PolicyDocument: {Statement: {Effect: Allow, Action: 'sqs:*', Resource: '*'}}}]
"""


def indented(text, by="    "):
    return "".join(f"{by}{line}\n" for line in text.strip().splitlines())


def subjects(files, path="svc/serverless.yml"):
    tree = MemoryTree(files)
    found = with_code(gather(tree, Settings(root=Path(), now=WHEN)).resources, tree)
    return [resource for resource in link(found) if resource.kind in ("identity", "resource_policy")]


def service(provider="", more=""):
    return f"service: orders\nprovider:\n  name: aws\n  stage: ${{opt:stage, 'dev'}}\n{provider}{more}"


@pytest.mark.parametrize(
    ("listed", "file", "at"),
    [
        ("${file(iam.yml)}", STATEMENTS, "svc/iam.yml#/0/Action"),
        ("${file(./iam.yml):may}", f"may:\n{STATEMENTS}", "svc/iam.yml#/may/0/Action"),
        (
            "${file(iam.yml):${self:provider.stage}.may}",
            f"dev:\n  may:\n{indented(STATEMENTS)}",
            "svc/iam.yml#/dev/may/0/Action",
        ),
        ("${file(./iam.${self:custom.file}):may, ''}", f"may:\n{STATEMENTS}", "svc/iam.yml#/may/0/Action"),
        ("${self:custom.shared.may}", f"may:\n{STATEMENTS}", "svc/iam.yml#/may/0/Action"),
    ],
)
def test_statements_are_read_in_the_file_that_has_them(listed, file, at):
    more = "custom: {file: yml, shared: '${file(iam.yml)}'}\n"
    text = service(f"  iamRoleStatements: {listed}\n", more)
    (role,) = subjects({"svc/serverless.yml": text, "svc/iam.yml": file})
    assert role.facts.grants[0].whole_services.value == ("s3",)
    assert rendered(role.facts.grants[0].actions.at) == at


@pytest.mark.parametrize(
    "listed",
    [
        "${file(none.yml)}",
        "${file(../../iam.yml)}",
        "${file(/etc/passwd)}",
        "${file(iam.js)}",
        "${file(serverless.yml)}",
    ],
)
def test_what_the_repository_has_not_is_unknown(listed):
    files = {
        "svc/serverless.yml": service(f"  iamRoleStatements: {listed}\n"),
        "svc/iam.js": STATEMENTS,
        "iam.yml": "[]",
    }
    (role,) = subjects(files)
    assert isinstance(role.facts.grants[0], Unknown)


@pytest.mark.parametrize(
    ("resources", "file", "at"),
    [
        ("resources: {Resources: {Worker: '${file(role.yml)}'}}", ROLE, "svc/role.yml#"),
        ("resources: {Resources: '${file(role.yml)}'}", f"Worker:\n{indented(ROLE)}", "svc/role.yml#/Worker"),
        (
            "resources: ['${file(role.yml)}']",
            f"Resources:\n  Worker:\n{indented(ROLE)}",
            "svc/role.yml#/Resources/Worker",
        ),
        (
            "resources: '${file(role.yml)}'",
            f"Resources:\n  Worker:\n{indented(ROLE)}",
            "svc/role.yml#/Resources/Worker",
        ),
    ],
)
def test_roles_of_other_files_are_part_of_the_template(resources, file, at):
    text = service("", f"custom: {{suffix: prod}}\n{resources}\n")
    (role,) = subjects({"svc/serverless.yml": text, "svc/role.yml": file})
    assert (role.name, rendered(role.at)) == ("worker-prod", at)
    assert role.facts.grants[0].whole_services.value == ("sqs",)


def test_functions_of_another_file_have_their_roles():
    function = f"bill:\n  handler: a.b\n  iamRoleStatements:\n{indented(STATEMENTS)}"
    text = service("", "functions: ['${file(functions.yml)}']\n")
    (role,) = subjects({"svc/serverless.yml": text, "svc/functions.yml": function})
    assert (role.name, rendered(role.at)) == ("bill", "svc/functions.yml#/bill/iamRoleStatements")


def test_a_file_of_two_services_is_told_once():
    one = service("", "resources: {Resources: {Worker: '${file(../role.yml)}'}}\n")
    files = {"a/serverless.yml": one, "b/serverless.yml": one, "role.yml": ROLE}
    assert [rendered(role.at) for role in subjects(files)] == ["role.yml#"]


def test_files_that_name_each_other_end():
    files = {
        "svc/serverless.yml": service("  iamRoleStatements: '${file(a.yml):x}'\n"),
        "svc/a.yml": "x: ${file(b.yml):x}",
        "svc/b.yml": "x: ${file(a.yml):x}",
    }
    (role,) = subjects(files)
    assert isinstance(role.facts.grants[0], Unknown)


def test_a_service_depends_on_files_that_no_format_reads():
    tree = MemoryTree({"serverless.yml": service("  iamRoleStatements: ${file(iam.yml)}\n")})
    assert any(map(has_code, gather(tree, Settings(root=Path(), now=WHEN)).resources))


odd = odd_values(
    ["Statement", "Resources", "Type", "x"], ["${file(a.json)}", "${file(a.json):x}", "${self:custom.x}", "*"]
)


@given(odd, odd, odd)
@settings(max_examples=60, deadline=None)
def test_any_file_is_read_or_left(statements, resources, lent):
    whole = {"provider": {"name": "aws", "iamRoleStatements": statements}, "resources": resources, "functions": lent}
    for found in subjects({"svc/serverless.yml": json.dumps(whole), "svc/a.json": json.dumps(lent)}):
        activate(found.facts)
