"""Statements of one principal taken together."""

from __future__ import annotations

import pytest

from nhilint.formats.aws.effective import escalations_beyond, found_escalations, is_admin, reached
from nhilint.formats.aws.statement import read_statement
from nhilint.formats.node import Node
from nhilint.model.fact import Unknown
from nhilint.model.place import Place

PASS = {"Action": "iam:PassRole", "Resource": "*"}
TO_EC2 = {"Condition": {"StringEquals": {"iam:PassedToService": "ec2.amazonaws.com"}}}


def read(*stated):
    return [
        read_statement(Node({"Effect": "Allow", **keys}, "policy.json", ("Statement", index)))
        for index, keys in enumerate(stated)
    ]


def ids(*stated, **more):
    statements = read(*stated)
    return {path.id.value for path in found_escalations(statements, reached(statements), **more)}


def test_a_role_passed_to_one_service_can_be_used_by_that_service():
    launch = {"Action": "ec2:RunInstances", "Resource": "*"}
    build = {"Action": ["lambda:CreateFunction", "lambda:InvokeFunction"], "Resource": "*"}
    assert "ec2-001" in ids(PASS | TO_EC2, launch)
    assert "lambda-001" not in ids(PASS | TO_EC2, build)
    assert "lambda-001" in ids(PASS, build)


def through(*services):
    return {"Condition": {"ForAnyValue:StringEquals": {"aws:CalledVia": list(services)}}}


@pytest.mark.parametrize(
    ("condition", "own", "admin"),
    [
        (through("cloudformation.amazonaws.com"), ["cloudformation:*"], True),
        (through("cloudformation.amazonaws.com"), ["cloudformation:CreateStack"], True),
        (through("cloudformation.amazonaws.com"), ["cloudformation:DescribeStacks"], False),
        (through("athena.amazonaws.com"), ["cloudformation:*"], False),
        ({"Condition": {"StringNotEquals": {"aws:CalledVia": "cloudformation.amazonaws.com"}}}, ["*:*Stack"], False),
    ],
)
def test_what_only_stacks_may_do_is_open_to_who_may_make_them(condition, own, admin):
    statements = read({"Action": "*", "Resource": "*"} | condition, {"Action": own, "Resource": "*"})
    assert is_admin(statements, reached(statements), Place("policy.json")).value is admin


@pytest.mark.parametrize(
    ("own", "first"),
    [
        ((), "iam-009"),
        (("arn:aws:iam::111122223333:role/ci",), "iam-009"),
        (("arn:aws:iam::111122223333:user/ci", "arn:aws:iam::111122223333:policy/ci"), "iam-001"),
        (("arn:aws:iam::111122223333:user/ci",), "iam-009"),
    ],
)
def test_what_raises_the_holder_itself_in_one_step_leads(own, first):
    statements = read({"Action": ["iam:AttachRolePolicy", "iam:CreatePolicyVersion"], "Resource": "*"})
    assert found_escalations(statements, reached(statements), own=own)[0].id.value == first


STACKS = "arn:aws:cloudformation:eu-west-1:111122223333:stack/"


@pytest.mark.parametrize(
    ("passing", "stack", "opened"),
    [
        (PASS, "site*/*", {"cloudformation-001"}),
        (PASS, "site/1", set()),
        (PASS | TO_EC2, "site*/*", set()),
        ({"Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/site"}, "site*/*", set()),
    ],
)
def test_something_new_with_any_role_may_be_called_what_the_pattern_asks_for(passing, stack, opened):
    made = {"Action": ["cloudformation:CreateStack", "cloudformation:UpdateStack"], "Resource": STACKS + stack}
    assert ids(passing, made) == opened


def test_becoming_any_role_has_a_check_of_its_own_and_is_told_last():
    statements = read({"Action": ["ec2:*", "sts:AssumeRole"], "Resource": "*"})
    first, *_, last = found_escalations(statements, reached(statements))
    assert (first.id.value, last.id.value) == ("ec2-002", "sts-001")


@pytest.mark.parametrize(
    ("denied", "everything"),
    [
        ({"Action": "iam:CreateUser", "Resource": "*"}, True),
        ({"Action": "iam:*", "Resource": "*"}, False),
        ({"Action": ["iam:AttachRolePolicy"], "Resource": "*"}, False),
        ({"NotAction": "iam:*", "Resource": "*"}, False),
    ],
)
def test_a_denial_counts_where_it_takes_off_a_change_of_the_holders_own_rights(denied, everything):
    statements = read({"Action": "*", "Resource": "*"}, {"Effect": "Deny"} | denied)
    told = is_admin(statements, reached(statements), statements[0].at)
    assert getattr(told, "value", None) is everything
    assert (found_escalations(statements, reached(statements)) == ()) is everything


def test_passing_one_role_to_a_service_is_no_escalation():
    one_role = {"Action": "iam:PassRole", "Resource": "arn:aws:iam::111122223333:role/node"}
    assert ids(one_role | TO_EC2, {"Action": "ec2:RunInstances", "Resource": "*"}) == set()


def test_a_service_that_hands_roles_on_is_known_by_the_name_of_the_other():
    to_tasks = {"Condition": {"StringEquals": {"iam:PassedToService": "ecs-tasks.amazonaws.com"}}}
    run = {"Action": ["ecs:RegisterTaskDefinition", "ecs:RunTask"], "Resource": "*"}
    assert "prowler-passrole-ecs-runtask" in ids(PASS | to_tasks, run)


def test_passing_that_is_denied_opens_nothing():
    forbidden = {"Effect": "Deny", "Action": "iam:PassRole", "Resource": "*"}
    assert ids(PASS | TO_EC2, {"Action": "ec2:RunInstances", "Resource": "*"}, forbidden) == set()


def test_leaving_a_boundary_needs_a_boundary():
    leave = {"Action": "iam:DeleteUserPermissionsBoundary", "Resource": "*"}
    assert ids(leave) == set()
    assert ids(leave, has_boundary=True) == {"iam-022"}


@pytest.mark.parametrize(
    ("action", "resource", "path"),
    [
        ("sts:AssumeRole", "arn:aws:iam::*:role/deploy-*", "sts-001"),
        (
            ["bedrock-agentcore:GetWorkloadAccessToken", "bedrock-agentcore:GetResourceApiKey"],
            "arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default",
            "own-agentcore-apikey",
        ),
    ],
)
def test_paths_that_need_a_target_are_judged_by_the_resource(action, resource, path):
    assert path in ids({"Action": action, "Resource": "*"})
    assert ids({"Action": action, "Resource": resource}) == set()


def test_the_place_is_the_statement_that_grants_it_where_it_is_open():
    narrow = {"Action": ["iam:PutUserPolicy"], "Resource": "arn:aws:iam::111122223333:user/bot"}
    (path,) = found_escalations(
        statements := read(narrow, {"Action": ["s3:GetObject", "iam:PutUserPolicy"], "Resource": "*"}),
        reached(statements),
    )
    assert path.at.pointer == ("Statement", 1, "Action", 1)


def test_attached_policies_are_joined_and_not_told_twice():
    passing, launching = read(PASS), read({"Action": "ec2:RunInstances", "Resource": "*"})
    alone = read({"Action": "iam:PutUserPolicy", "Resource": "*"})
    joined = escalations_beyond([], [passing, launching, alone], has_boundary=False)
    assert {path.id.value for path in joined} == {"ec2-001"}


def test_administration_is_everything_on_everything():
    at = Place("policy.json")
    whole = read({"Action": "*", "Resource": "*"})
    part = read({"Action": "*", "Resource": "arn:aws:s3:::acme/*"})
    assert is_admin(whole, reached(whole), at).value is True
    assert is_admin(part, reached(part), at).value is False


def test_administration_is_open_only_where_a_template_could_come_to_it():
    at = Place("policy.json")
    narrow = read({"Action": "s3:GetObject", "Resource": "${bucket}"})
    wide = read({"Action": "*", "Resource": "${resource}"})
    assert is_admin(narrow, reached(narrow), at).value is False
    assert isinstance(is_admin(wide, reached(wide), at), Unknown)


OF_ONES_OWN = {"Condition": {"StringEquals": {"aws:ResourceTag/team": "web"}}}
ATTACH = {"Action": "iam:AttachRolePolicy", "Resource": "*"}


@pytest.mark.parametrize(
    ("stated", "opened"),
    [
        ([ATTACH | OF_ONES_OWN], set()),
        ([ATTACH | OF_ONES_OWN, {"Action": "iam:TagRole", "Resource": "*"}], {"iam-009"}),
        ([ATTACH | OF_ONES_OWN, {"Action": "iam:TagUser", "Resource": "*"}], set()),
        ([ATTACH | OF_ONES_OWN, {"Action": "iam:TagRole", "Resource": "*"} | OF_ONES_OWN], set()),
        ([ATTACH | OF_ONES_OWN, {"Action": "iam:TagRole", "Resource": "arn:aws:iam::*:role/web-*"}], set()),
        ([ATTACH | OF_ONES_OWN, {"Action": "iam:TagRole", "Resource": "*"},
          {"Effect": "Deny", "Action": "iam:TagRole", "Resource": "*"}], set()),
        ([ATTACH | {"Condition": {"StringEquals": {"aws:ResourceTag/team": "web", "iam:PermissionsBoundary": "arn:x"}}},
          {"Action": "iam:TagRole", "Resource": "*"}], set()),
    ],
)  # fmt: skip
def test_a_tag_that_the_holder_sets_by_itself_keeps_it_from_nothing(stated, opened):
    assert ids(*stated) == opened


OWN_USER = {
    "Action": ["iam:CreateUser", "iam:AttachUserPolicy", "iam:CreateAccessKey"],
    "Resource": "arn:aws:iam::*:user/vault-*",
}
OWN_ROLE = {"Action": ["iam:CreateRole", "iam:AttachRolePolicy"], "Resource": "arn:aws:iam::*:role/web-*"}
BOUNDARY = {"Condition": {"StringEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limit"}}}
UNBOUND = {"Condition": {"StringNotEquals": {"iam:PermissionsBoundary": "arn:aws:iam::111122223333:policy/limit"}}}


@pytest.mark.parametrize(
    ("stated", "opened"),
    [
        ([OWN_ROLE], {"own-role-made-and-attached"}),
        ([OWN_ROLE | {"Resource": "arn:aws:iam::*:role/*-role"}], {"own-role-made-and-attached"}),
        ([OWN_ROLE | BOUNDARY], set()),
        ([OWN_ROLE, {"Effect": "Deny", "Action": "iam:CreateRole", "Resource": "*"} | UNBOUND], set()),
        ([OWN_ROLE | {"Resource": "*"}, {"Effect": "Deny", "Action": OWN_ROLE["Action"], "Resource": "*"} | UNBOUND], set()),
        ([OWN_ROLE | {"Resource": "arn:aws:iam::111122223333:role/web"}], set()),
        ([OWN_ROLE | {"Action": "iam:CreateRole"}, OWN_ROLE | {"Action": "iam:PutRolePolicy"}],
         {"own-role-made-and-written"}),
        ([OWN_ROLE | {"Action": "iam:CreateRole"},
          {"Action": "iam:PutRolePolicy", "Resource": "arn:aws:iam::*:role/other-*"}], set()),
        ([OWN_ROLE | {"Action": ["iam:CreateRole", "iam:PassRole"]}], set()),
        ([OWN_USER], {"own-user-made-and-attached"}),
        ([OWN_USER | BOUNDARY], set()),
        ([OWN_USER | {"Resource": "arn:aws:iam::*:role/vault-*"}], set()),
        ([OWN_USER | {"Action": OWN_USER["Action"][:2]}], set()),
        ([OWN_USER, {"Effect": "Deny", "Action": "iam:CreateUser", "Resource": "*"} | UNBOUND], set()),
    ],
)  # fmt: skip
def test_a_pattern_of_names_does_not_limit_what_a_principal_of_ones_own_may_do(stated, opened):
    assert ids(*stated) == opened


ANY_STACK = {"Action": ["cloudformation:CreateStack", "cloudformation:UpdateStack"], "Resource": "*"}
EXECUTING = "arn:aws:iam::111122223333:role/ci-CloudFormationExecutionRole"


def hand(*roles, **more):
    return {"Action": "iam:PassRole", "Resource": list(roles), **more}


TO_STACKS = {"Condition": {"StringEquals": {"iam:PassedToService": "cloudformation.amazonaws.com"}}}


@pytest.mark.parametrize(
    ("stated", "ordinary"),
    [
        ((ANY_STACK, hand(EXECUTING)), True),
        ((ANY_STACK, hand("arn:aws:iam::111122223333:role/makes-things", **TO_STACKS)), True),
        ((ANY_STACK, hand("arn:aws:iam::111122223333:role/makes-things")), False),
        ((ANY_STACK, hand(EXECUTING, "arn:aws:iam::111122223333:role/another")), False),
        ((ANY_STACK, hand("arn:aws:iam::111122223333:role/cfn-*")), False),
        ((ANY_STACK,), False),
        ((ANY_STACK | {"Action": "cloudformation:UpdateStack"}, hand(EXECUTING)), False),
    ],
)
def test_changing_stacks_is_ordinary_for_who_makes_them_as_one_named_role(stated, ordinary):
    statements = read(*stated)
    found = {path.id.value: path for path in found_escalations(statements, reached(statements))}
    assert (found["cloudformation-002"].ordinary is not None) == ordinary


@pytest.mark.parametrize(
    ("actions", "opened"),
    [
        (["s3:*"], set()),
        (["s3:PutBucketPolicy", "s3:Get*"], {"own-s3-putbucketpolicy"}),
        (["s3:P*", "s3:Get*"], {"own-s3-putbucketpolicy"}),
    ],
)
def test_who_holds_a_whole_service_gains_nothing_by_opening_it(actions, opened):
    assert ids({"Action": actions, "Resource": "*"}) == opened
