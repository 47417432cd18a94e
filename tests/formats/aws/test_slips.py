"""Statements that do not do what they say: which are told, with what effect, and which are left alone."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.aws.slips import slips_of
from nhilint.formats.aws.statement import read_statement
from nhilint.formats.node import Node
from nhilint.knowledge import aws
from nhilint.model.fact import value_of
from nhilint.source.document import Syntax, read


def slips(**stated: object) -> list[tuple[str | None, str | None, str | None]]:
    whole = {"Effect": "Allow", "Resource": "*"} | stated
    document = read("p.json", json.dumps(whole).encode(), Syntax.JSON)
    found = slips_of([read_statement(Node.root(document))], [0])
    return [(value_of(slip.leads_to), value_of(slip.word), value_of(slip.meant)) for slip in found]


def test_a_bucket_refuses_what_fits_nothing():
    stated = {
        "Effect": "Deny",
        "Action": "s3:PutObject",
        "Resource": "arn:aws:s3:::a",
        "Condition": {"StringEquals": {"kms:ViaService": "x"}, "StringNotEquals": {"aws:PrincipalArn": "arn:*"}},
    }
    held = [read_statement(Node.root(read("p.json", json.dumps(stated).encode(), Syntax.JSON)))]
    assert [value_of(slip.leads_to) for slip in slips_of(held, range(len(held)))] == ["never", "never", "always"]
    assert [value_of(slip.leads_to) for slip in slips_of(held, range(len(held)), of_bucket=True)] == ["always"]


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        ("arn:aws:iam::aws:policy/service-role/AWSGlueServiceRole", ["s3:GetBucketVersioning"]),
        ("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", []),
        ("AdministratorAccess", []),
        ("arn:aws:iam::111122223333:policy/AmazonS3ReadOnlyAccess", ["s3:GetBucketAcl, s3:GetBucketVersioning"]),
        ("arn:aws:iam::aws:policy/AmazonSQSFullAccess", ["s3:GetBucketAcl, s3:GetBucketVersioning"]),
    ],
)
def test_what_a_policy_beside_it_gives_is_not_in_vain(beside, words):
    stated = {
        "Effect": "Allow",
        "Action": ["s3:GetObject", "s3:GetBucketAcl", "s3:GetBucketVersioning"],
        "Resource": "arn:aws:s3:::a/*",
    }
    held = [read_statement(Node.root(read("p.json", json.dumps(stated).encode(), Syntax.JSON)))]
    assert [
        value_of(slip.word) for slip in slips_of(held, range(len(held)), given=aws.given_on_everything([beside]))
    ] == words


HERE = "eu-west-1:111122223333"


@pytest.mark.parametrize(
    ("action", "resource", "word", "meant"),
    [
        ("s3:GetObject", "arn:aws:s3:::a", "s3:GetObject", "arn:aws:s3:::a/*"),
        (["s3:ListBucket", "s3:GetObject"], "arn:aws:s3:::a/*", "s3:ListBucket", "arn:aws:s3:::a"),
        (
            "logs:PutLogEvents",
            f"arn:aws:logs:{HERE}:log-group:x",
            "logs:PutLogEvents",
            f"arn:aws:logs:{HERE}:log-group:x:*",
        ),
        ("s3:ListBucket", f"arn:aws:s3:::${{{'x' * 60}}}/*", "s3:ListBucket", "the ARN of the bucket alone"),
        ("s3:ListBucket", "arn:aws:s3:::{{resolve:ssm:/lake/raw}}/*", "s3:ListBucket", "the ARN of the bucket alone"),
        ("s3:ListBucket", "arn:aws:s3:::main/*", "s3:ListBucket", "the ARN of the bucket alone"),
        ("s3:ListBucket", "arn:aws:s3:::ArtifactStore/*", "s3:ListBucket", "the ARN of the bucket alone"),
        ("s3:GetObject", "arn:aws:s3:::our_files", "s3:GetObject", "the same ARN with /* behind it"),
        (
            "logs:PutLogEvents",
            "arn:aws:logs:${AWS.Region}:${AWS.AccountId}:log-group:label",
            "logs:PutLogEvents",
            "the same ARN with :* behind it",
        ),
        ("s3:ListBucket", "arn:aws:s3:::${var.bucket}/*", "s3:ListBucket", "arn:aws:s3:::${var.bucket}"),
        ("kms:Decrypt", f"arn:aws:kms:{HERE}:alias/x", "kms:Decrypt", "the ARN of the key itself"),
        ("logs:PutLogEvents", f"arn:aws:logs:{HERE}:/glue/*", "logs:PutLogEvents", None),
        (["s3:ListBucket", "s3:Describe*"], "arn:aws:s3:::a/*", "s3:ListBucket", "arn:aws:s3:::a"),
    ],
)
def test_resources_that_an_action_is_not_decided_on(action, resource, word, meant):
    assert slips(Action=action, Resource=resource) == [("never", word, meant)]


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:Describe*", "arn:aws:s3:::a/*"),
        ("logs:PutLogEvents", "arn:aws:logs:*:*:/glue/*"),
        ("s3:GetObject", "*"),
        ("kms:Decrypt", f"arn:aws:kms:{HERE}:alias/aws/ssm"),
        ("s3:ListAllMyBuckets", "arn:aws:s3:::a"),
        ("s3:*", "arn:aws:s3:::a"),
        ("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{HERE}:secret:app-a1B2c3"),
        ("secretsmanager:GetSecretValue", f"arn:aws:secretsmanager:{HERE}:secret:app*"),
        ("secretsmanager:ListSecrets", f"arn:aws:secretsmanager:{HERE}:secret:app"),
        ("cloudformation:CreateChangeSet", "arn:aws:cloudformation:eu-west-1:aws:transform/Serverless-2016-10-31"),
        ("waf-regional:GetWebACLForResource", f"arn:aws:waf-regional:{HERE}:webacl/x"),
    ],
)
def test_resources_that_nothing_is_said_about(action, resource):
    assert slips(Action=action, Resource=resource) == []


def conditioned(operator: str, key: str, value: str, **more: object) -> list[tuple[str | None, str | None, str | None]]:
    return slips(Action="sqs:SendMessage", Condition={operator: {key: value}}, **more)


@pytest.mark.parametrize(
    ("operator", "key", "value", "leads_to"),
    [
        ("StringEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/x-*", "never"),
        ("StringNotEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/x-*", "always"),
        ("ArnLike", "aws:PrincipalArn", "arn:aws:sts::111122223333:assumed-role/x/*", "never"),
        ("IpAddress", "aws:SourceIp", "10.1.0.0/16", "never"),
        ("IpAddress", "aws:SourceIp", "office", "never"),
        ("Bool", "aws:SecureTransport", "yes", "never"),
        ("StringEquals", "aws:SourceAccount", "11112222333", "never"),
        ("StringEquals", "s3:prefix", "home/", "never"),
        ("StringEquals", "aws:PrincipalOrgsID", "o-a1b2c3d4e5", "never"),
        ("StringEqualsIfExists", "aws:PrincipalOrgsID", "o-a1b2c3d4e5", "always"),
        ("StringLike", "iam:RoleName", "web-*", "never"),
        ("StringNotLike", "iam:UserName", "web-*", "always"),
        ("ForAllValues:StringLike", "aws:PrincipalTag/team", "billing", "always"),
        ("ForAllValues:StringEquals", "aws:SourceArn", "arn:aws:sqs:*:*:jobs", "always"),
        ("BoolIfExists", "aws:MultiFactorAuthPresent", "true", "always"),
    ],
)
def test_conditions_that_never_hold_or_always(operator, key, value, leads_to):
    assert [told for told, _, _ in conditioned(operator, key, value)] == [leads_to]


@pytest.mark.parametrize(
    ("operator", "key", "value"),
    [
        ("StringLike", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/x-*"),
        ("StringEquals", "aws:PrincipalTag/team", "*"),
        ("StringEquals", "aws:ResourceAccount", "${aws:PrincipalAccount}"),
        ("StringEquals", "aws:SourceAccount", "${account}"),
        ("IpAddress", "aws:SourceIp", "203.0.113.0/24"),
        ("IpAddress", "aws:SourceIp", "192.0.2.0/24"),
        ("IpAddress", "aws:VpcSourceIp", "10.0.0.0/8"),
        ("ForAllValues:StringEquals", "aws:TagKeys", "team"),
        ("ForAllValues:StringEquals", "aws:PrincipalArn", "arn:aws:iam::111122223333:role/x"),
        ("Bool", "aws:MultiFactorAuthPresent", "true"),
        ("StringEquals", "aws:NewThingOfTomorrow", "x"),
        ("StringEquals", "sqs:NewThingOfTomorrow", "x"),
        ("StringEquals", "token.actions.githubusercontent.com:sub", "repo:acme/site:*"),
        ("Null", "aws:PrincipalOrgsID", "true"),
    ],
)
def test_conditions_that_nothing_is_said_about(operator, key, value):
    assert conditioned(operator, key, value) == []


def test_a_denial_on_the_second_factor_that_access_keys_slip_past():
    assert conditioned("Bool", "aws:MultiFactorAuthPresent", "false", Effect="Deny") == [
        ("never", "aws:MultiFactorAuthPresent", "BoolIfExists")
    ]
    assert conditioned("BoolIfExists", "aws:MultiFactorAuthPresent", "false", Effect="Deny") == []


@pytest.mark.parametrize(
    ("value", "meant"),
    [("arn:aws:sqs:eu-west-1:111122223333:work", "StringEquals"), ("arn:aws:sqs:*:*:work", "StringLike")],
)
def test_the_operator_that_is_meant_takes_a_star_as_the_value_does(value, meant):
    told = conditioned("ForAllValues:StringEquals", "aws:SourceArn", value)
    assert told == [("always", "aws:sourcearn", meant)]


def test_a_role_is_passed_to_a_service_by_its_whole_name():
    condition = {"StringEquals": {"iam:PassedToService": "lambda"}}
    told = slips(Action="iam:PassRole", Condition=condition)
    assert told == [("never", "iam:PassRole", "lambda.amazonaws.com")]


def test_what_another_statement_allows_is_no_loss():
    both = [
        {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "arn:aws:s3:::a/*"},
        {"Effect": "Allow", "Action": "s3:List*", "Resource": "arn:aws:s3:::a"},
    ]
    document = read("p.json", json.dumps(both).encode(), Syntax.JSON)
    assert slips_of([read_statement(node) for node in Node.root(document).items()], [0, 1]) == ()


NEVER = {"StringEquals": {"ec2:ResourceTag/app": "x"}}


@pytest.mark.parametrize(
    ("beside", "words"),
    [
        ({"Action": "sqs:*", "Resource": f"arn:aws:sqs:{HERE}:jobs-*"}, []),
        ({"Action": "sqs:SendMessage", "Resource": "*"}, ["sqs:ReceiveMessage"]),
        ({"Action": "sqs:*", "Resource": f"arn:aws:sqs:{HERE}:mail"}, ["sqs:SendMessage, sqs:ReceiveMessage"]),
        ({"Effect": "Deny", "Action": "sqs:*"}, ["sqs:SendMessage, sqs:ReceiveMessage"]),
        ({"Action": "sqs:*", "Condition": NEVER}, ["sqs:SendMessage, sqs:ReceiveMessage", "sqs:*"]),
    ],
)
def test_what_another_statement_allows_without_the_condition_is_no_loss(beside, words):
    conditioned = {"Action": ["sqs:SendMessage", "sqs:ReceiveMessage"], "Resource": f"arn:aws:sqs:{HERE}:jobs*"}
    both = [{"Effect": "Allow", "Condition": NEVER} | conditioned, {"Effect": "Allow", "Resource": "*"} | beside]
    held = [read_statement(node) for node in Node.root(read("p.json", json.dumps(both).encode(), Syntax.JSON)).items()]
    assert [value_of(slip.word) for slip in slips_of(held, range(len(held)))] == words


OU = "arn:aws:organizations::111122223333:ou/o-abcde12345/*"


@pytest.mark.parametrize(
    ("actions", "resource", "lost"),
    [
        (["organizations:ListAccounts"], OU, True),
        (["ec2:DescribeInstances"], f"arn:aws:ec2:{HERE}:instance/*", True),
        (["ecr:GetAuthorizationToken"], f"arn:aws:ecr:{HERE}:repository/app", True),
        (["organizations:ListAccountsForParent"], OU, False),
        (["organizations:ListAccounts", "organizations:ListAccountsForParent"], OU, False),
        (["organizations:ListAccounts"], "*", False),
        (["ec2:DescribeInstances"], f"arn:aws:ec2:{HERE}:*", False),
        (["organizations:ListAccounts"], "${var.unit}", False),
        (["s3:ListAllMyBuckets"], "arn:aws:s3:::*", False),
    ],
)
def test_what_no_resource_narrows_is_not_given_on_one(actions, resource, lost):
    stated = {"Effect": "Allow", "Action": actions, "Resource": resource}
    held = [read_statement(Node.root(read("p.json", json.dumps(stated).encode(), Syntax.JSON)))]
    assert [value_of(slip.word) for slip in slips_of(held, [0])] == ([actions[0]] if lost else [])


@pytest.mark.parametrize(
    ("objects", "meant"),
    [
        ("arn:aws:s3:::ledger/*", "arn:aws:s3:::ledger"),
        ("arn:aws:s3:::ledger-*/*", "arn:aws:s3:::ledger-*"),
        ("arn:aws:s3:::*/*", "the ARN of the bucket alone"),
        ("arn:aws:s3:::**/*", "the ARN of the bucket alone"),
    ],
)
def test_every_bucket_is_no_cure(objects, meant):
    told = ("never", "s3:ListBucket", meant)
    assert slips(Action=["s3:GetObject", "s3:ListBucket"], Resource=objects) == [told]
