"""Facts of whole documents: what only looks, what keeps strangers out, what is an endpoint."""

from __future__ import annotations

import json

import pytest

from nhilint.formats.aws.assembled import literal
from nhilint.formats.aws.claims import CLAIMS
from nhilint.formats.aws.identity import Holding, identity, resource_policy
from nhilint.formats.aws.policy import extract
from nhilint.formats.node import Node
from nhilint.model.fact import Known
from nhilint.model.place import Place
from nhilint.source.document import Syntax, read


def one(*statements, path="policy.json"):
    value = {"Version": "2012-10-17", "Statement": list(statements)}
    (found,) = extract(read(path, json.dumps(value).encode(), Syntax.JSON), CLAIMS[0]).resources
    return found.facts


def allow(action, resource="*", **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def test_a_policy_that_only_reads_changes_nothing():
    assert one(allow(["s3:Get*", "s3:List*"])).changes_something.value is False
    assert one(allow("s3:GetObject"), allow("sqs:SendMessage")).changes_something.value is True


QUEUE = "arn:aws:sqs:eu-west-1:111122223333:q"


def test_everything_on_everything_for_everybody_is_an_endpoint():
    assert one(allow("*", Principal="*")).network_endpoint.value is True
    assert one(allow("kms:*", Principal="*")).network_endpoint.value is False


def test_a_policy_whose_resource_is_known_is_no_endpoints():
    document = Node.root(read("p.json", json.dumps({"Statement": [allow("*", Principal="*")]}).encode(), Syntax.JSON))
    assert resource_policy(document, "vpc-endpoint", document.at, "s3").network_endpoint.value is False


@pytest.mark.parametrize("path", ["iam/TeamPermissionsBoundary.json", "org/denyServiceControlPolicy.json"])
def test_names_in_one_word_also_say_that_a_document_only_limits(path):
    assert one(allow("iam:*"), path=path).kind.value == "control_policy"


def test_everybody_but_a_few_is_a_trust():
    facts = one({"Effect": "Allow", "NotPrincipal": {"AWS": "111122223333"}, "Action": "sts:AssumeRole"})
    assert facts.trusts[0].not_principals.value == ("111122223333",)


@pytest.mark.parametrize(
    ("managed", "actions", "only"),
    [
        (("arn:aws:iam::aws:policy/ReadOnlyAccess",), (), True),
        (("arn:aws:iam::aws:policy/ReadOnlyAccess", "arn:aws:iam::aws:policy/PowerUserAccess"), (), False),
        (("arn:aws:iam::${account}:policy/plan",), (), False),
        ((), ("s3:GetObject", "ec2:Describe*"), True),
        ((), ("s3:GetObject", "secretsmanager:GetSecretValue"), False),
        ((), ("s3:PutObject",), False),
        ((), (), False),
    ],
)
def test_what_only_reads(managed, actions, only):
    at = Place("role.json")
    listed = [literal({"Statement": [{"Effect": "Allow", "Action": list(actions), "Resource": "*"}]}, at)]
    facts = identity(
        Holding(
            kind="role",
            name="r",
            at=at,
            documents=tuple(listed if actions else ()),
            managed=tuple(literal(arn, at) for arn in managed),
        )
    )
    assert facts.only_reads == Known(only, at)


def test_statements_are_counted_in_their_own_document():
    texts = [
        json.dumps({"Statement": [allow("sqs:SendMessage"), allow(f"s3:Get{part}")]}) for part in ("Object", "Acl")
    ]
    documents = tuple(Node.root(read(f"{i}.json", text.encode(), Syntax.JSON)) for i, text in enumerate(texts))
    plain = Node.root(read("p.json", json.dumps({"Statement": allow("sqs:DeleteMessage")}).encode(), Syntax.JSON))
    facts = identity(Holding(kind="role", name="r", at=Place("p.json"), documents=(*documents, plain)))
    names = [grant.name.value for grant in facts.grants]
    assert names == ["statement 1", "statement 2", "statement 1", "statement 2", "statement 1"]
