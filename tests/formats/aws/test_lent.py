"""What AWS-managed policies give their holder, at the place that attaches them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nhilint.formats.aws.assembled import literal
from nhilint.formats.aws.identity import Holding, identity
from nhilint.model.fact import Known, known_records, value_of
from nhilint.model.place import Place

AT = Place("main.tf")
ON_INSTANCES = {
    "Statement": {"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}
}
OF_THE_ACCOUNT = {
    "Statement": {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam::111122223333:root"}, "Action": "sts:AssumeRole"}
}
OF_A_PIPELINE = {
    "Statement": {
        "Effect": "Allow",
        "Action": "sts:AssumeRoleWithWebIdentity",
        "Principal": {"Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"},
        "Condition": {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/shop:*"}},
    }
}


def holding(*policies: str, trust: object = ON_INSTANCES) -> Holding:
    return Holding(
        kind="role",
        name="shop",
        at=AT,
        trust=literal(trust, AT),
        managed=tuple(literal(policy, AT._replace(pointer=(n,))) for n, policy in enumerate(policies)),
    )


def lent(held: Holding) -> list[str | None]:
    return [value_of(grant.name) for grant in known_records(identity(held).grants)]


def arn(name: str) -> str:
    return f"arn:aws:iam::aws:policy/{name}"


@pytest.mark.parametrize(
    ("policies", "names"),
    [
        ([arn("AmazonS3FullAccess")], ["AWS' policy AmazonS3FullAccess"]),
        (["arn:aws-cn:iam::aws:policy/AmazonS3FullAccess"], ["AWS' policy AmazonS3FullAccess"]),
        (["AmazonS3FullAccess"], ["AWS' policy AmazonS3FullAccess"]),
        ([arn("AmazonS3FullAccess"), "AmazonS3FullAccess"], ["AWS' policy AmazonS3FullAccess"]),
        (["arn:aws:iam::111122223333:policy/AmazonS3FullAccess"], []),
        ([arn("AmazonS3FullAccess"), arn("IAMFullAccess")], []),
        ([arn("AmazonSSMManagedInstanceCore"), arn("CloudWatchAgentServerPolicy")], []),
        (["${var.policy}"], []),
    ],
)
def test_policies_that_open_whole_services(policies, names):
    assert lent(holding(*policies)) == names


@pytest.mark.parametrize(
    ("trust", "policy", "counts"),
    [
        (ON_INSTANCES, "PowerUserAccess", True),
        (OF_THE_ACCOUNT, "PowerUserAccess", False),
        (OF_THE_ACCOUNT, "AmazonS3FullAccess", True),
        (OF_A_PIPELINE, "PowerUserAccess", True),
        (OF_A_PIPELINE, "AWSLambda_FullAccess", False),
        (ON_INSTANCES, "AWSLambda_FullAccess", True),
    ],
)
def test_who_is_meant_to_hold_it(trust, policy, counts):
    assert bool(lent(holding(arn(policy), trust=trust))) is counts


def test_a_boundary_and_people_keep_it_back():
    held = holding(arn("AmazonS3FullAccess"))
    assert lent(replace(held, boundary=Known("arn:aws:iam::1:policy/limits", AT))) == []
    assert lent(replace(held, name="RolePreDeploymentLambda")) == []
    assert lent(replace(held, kind="user", trust=None, signs_in=True)) == []


def test_each_service_stands_at_the_attachment():
    facts = identity(holding(arn("AmazonSSMManagedInstanceCore"), arn("SecretsManagerReadWrite")))
    assert [one.at.pointer for one in known_records(facts.whole_services)] == [(1,)]
    way = next(iter(known_records(identity(holding("x", "y", arn("AmazonEC2FullAccess"))).escalations)))
    assert (way.at.pointer, value_of(way.through)) == ((2,), "AWS' policy AmazonEC2FullAccess")


def test_a_denial_beside_it_takes_it_off():
    denial = {"Statement": {"Effect": "Deny", "Action": "secretsmanager:*", "Resource": "*"}}
    held = replace(holding(arn("SecretsManagerReadWrite")), documents=(literal(denial, AT),))
    assert not known_records(identity(held).whole_services)
